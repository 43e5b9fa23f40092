"""All indicators of a book: those that changed go down the line, the others are as they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from databook import load, store
from databook.pipeline import cache
from databook.pipeline.cache import Entry
from databook.pipeline.crew import work
from databook.pipeline.inputs import Inputs
from databook.pipeline.order import Hands, pages
from databook.pipeline.task import Done, Ground, Kept, claimed
from databook.problems import Problem
from databook.store import Made

PREFIX = "indicator/"  # of their names in the store
Put = Callable[[Mapping[str, bytes]], None]


def nowhere(files: Mapping[str, bytes]) -> None:
    """Where files go that nobody asked for."""
    del files


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaves:
    """The indicators in order of their names."""

    made: Mapping[str, Made]
    kept: tuple[Kept, ...]
    still: tuple[str, ...] = field(repr=False)  # files that lie in the site already
    problems: tuple[Problem, ...]
    anew: int  # pages that were worked out
    cached: int  # indicators that were taken from a cache
    claimed: frozenset[str] | None
    """Outcomes named by indicators that have errors; None where they cannot be known."""


def keys(ground: Ground, now: Inputs, frame: str) -> Mapping[str, str]:
    """What each indicator is made from, by slug. `frame` is the digest of what they hang in."""
    return {
        slug: store.mix(
            now.common, frame, slug, now.indicators.get(slug, ""), _before(ground, slug)
        )
        for slug in load.slugs(ground.root)
    }


def due(keys: Mapping[str, str], old: Mapping[str, Made]) -> list[str]:
    """The indicators that are to be made again."""
    return [
        slug
        for slug, key in keys.items()
        if (one := old.get(PREFIX + slug)) is None or one.key != key
    ]


def leaves(
    ground: Ground,
    keys: Mapping[str, str],
    old: Mapping[str, Made],
    *,
    hands: Hands,
    tell: Callable[[str, int, int], None],
    put: Put = nowhere,
    shared: Path | None = None,
) -> Leaves:
    """Bring every indicator up to date.

    `shared` is a cache; what it does not hold yet is put there.

    Finished files are `put` away as they come and not held: there may be gigabytes of them.
    """
    changed = due(keys, old)
    again = set(changed)
    still = {slug: old[PREFIX + slug] for slug in keys if slug not in again}
    done: dict[str, Done] = {}
    fresh: dict[str, Made] = {}
    shared = shared if ground.frame is not None else None
    cached = 0
    for task in _known(changed, keys, shared):
        cached += 1
        put(task.files)
        fresh[task.slug] = _made(keys[task.slug], task)
        done[task.slug] = replace(task, files={})
        tell("Indicators", len(done), len(changed))
    anew = 0
    for task in work([slug for slug in changed if slug not in done], ground, hands):
        put(task.files)
        if task.kept is not None:
            entry = Entry(value=task.kept, problems=task.problems, files=task.files)
            cache.put(shared, keys[task.slug], entry)
        anew += pages(task.files)
        fresh[task.slug] = _made(keys[task.slug], task)
        done[task.slug] = replace(task, files={})
        tell("Indicators", len(done), len(changed))
    made = {slug: still.get(slug) or fresh[slug] for slug in keys}
    kept = (done[slug].kept if slug in done else _unpacked(still[slug]) for slug in keys)
    return Leaves(
        made={PREFIX + slug: one for slug, one in made.items()},
        kept=tuple(one for one in kept if one is not None),
        still=tuple(path for one in still.values() for path in one.files),
        problems=tuple(problem for one in made.values() for problem in one.problems),
        anew=anew,
        cached=cached,
        claimed=claimed([task.claims for task in done.values()]),
    )


def _known(slugs: Sequence[str], keys: Mapping[str, str], shared: Path | None) -> Iterator[Done]:
    """What a cache holds of these."""
    for slug in slugs:
        entry = cache.get(shared, keys[slug])
        if entry is not None and isinstance(entry.value, Kept):
            yield Done(slug=slug, problems=entry.problems, kept=entry.value, files=entry.files)


def _before(ground: Ground, slug: str) -> str:
    """What earlier editions said of an indicator, as a digest."""
    return ground.past.digest(f"indicators/{slug}/") if ground.past else ""


def _made(key: str, done: Done) -> Made:
    kept = store.pack(done.kept)
    return Made(key=key, problems=done.problems, kept=kept, files=tuple(done.files))


def _unpacked(made: Made) -> Kept:
    kept: Kept = store.unpack(made.kept)
    return kept
