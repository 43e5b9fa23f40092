"""Who does the tasks: this process, several at once, or a cluster. The results are the same bytes.

A team takes shares of the work and hands back what came of them. It holds no more than it can
soon do, and gives results away as they are asked for, so that memory is bounded whatever the size
of the book. A worker that dies is replaced, and what it was doing is tried once more with nothing
else under way: what dies then, too, is named.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from databook import load
from databook.pipeline.order import CrewFailed, Hands
from databook.pipeline.task import Done, Ground, indicator
from databook.problems import Level

# What a task costs grows with its figures, which are most of its bytes; to this much comes
# whatever it costs to make the page of a single figure.
OWN_WEIGHT = 4 * 1024
# A process needs about a second to begin (tables, templates); less than this is over sooner
# without.
WORTH_A_CREW = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Indicators that one worker does in one go."""

    slugs: tuple[str, ...]
    only_look: bool  # for problems: the book has errors, so that nothing will be published


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a share; `died` says how, where the worker died of it or over it."""

    share: Share
    done: tuple[Done, ...] = ()
    died: str = ""


class Team(Protocol):
    """Workers, wherever they are."""

    def room(self) -> int:
        """How many more shares can be of use to it now."""

    def shares(self, slugs: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The work cut into pieces of the size that suits it."""

    def give(self, share: Share) -> None:
        """Have a share done. There is room for one whenever nothing is under way."""

    def results(self) -> Sequence[Result]:
        """What has been done since last asked; waits until there is something."""

    def leave(self) -> None:
        """End everything that is under way, at once."""


def work(slugs: Sequence[str], ground: Ground, hands: Hands) -> Iterator[Done]:
    """Do all tasks; results come as they are ready, in no order.

    After the first error nothing will be published, so the rest is only looked through.
    """
    if not slugs or (hands.gather is None and (hands.jobs < 2 or len(slugs) < 2)):
        return _alone(slugs, ground)
    weights = {slug: weight(ground.root, slug) for slug in slugs}
    # The heaviest first, so that none of them is begun when all else is done.
    slugs = sorted(slugs, key=lambda slug: -weights[slug])
    if hands.gather is not None:
        return _together(hands.gather(ground), slugs, only_look=ground.frame is None)
    if sum(weights.values()) < WORTH_A_CREW:
        return _alone(slugs, ground)
    from databook.pipeline.processes import Processes

    team = Processes(ground, min(hands.jobs, len(slugs)))
    return _together(team, slugs, only_look=ground.frame is None)


def weight(root: Path, slug: str) -> int:
    """About how much work a task is, in bytes that are to be read."""
    found = OWN_WEIGHT
    with suppress(OSError), os.scandir(root / load.INDICATORS / slug) as entries:
        found += sum(entry.stat(follow_symlinks=False).st_size for entry in entries)
    return found


def _alone(slugs: Sequence[str], ground: Ground) -> Iterator[Done]:
    for slug in slugs:
        done = task(slug, ground)
        if wrong(done):
            ground = replace(ground, frame=None)
        yield done


def _together(team: Team, slugs: Sequence[str], *, only_look: bool) -> Iterator[Done]:
    rest, again, under_way = deque(team.shares(slugs)), deque[str](), 0
    try:
        while rest or again or under_way:
            while rest and team.room() > 0:
                team.give(Share(slugs=rest.popleft(), only_look=only_look))
                under_way += 1
            if again and not under_way:
                team.give(Share(slugs=(again.popleft(),), only_look=only_look))
                under_way += 1
            tried_alone = under_way == 1 and not rest
            for result in team.results():
                under_way -= 1
                if result.died:
                    again.extend(_suspects(result, tried_alone=tried_alone))
                for done in result.done:
                    only_look = only_look or wrong(done)
                    yield done
    finally:
        # At the end there is nothing; after Ctrl-C or a fault, nothing of use to anybody.
        team.leave()


def _suspects(result: Result, *, tried_alone: bool) -> tuple[str, ...]:
    """What must be tried by itself, now that a worker has died over it."""
    slugs = result.share.slugs
    if tried_alone and len(slugs) == 1:
        raise CrewFailed(
            f"Workers die while they do the indicator {slugs[0]} ({result.died}), even with "
            "nothing else under way. Is there memory enough for it?"
        )
    return slugs


def task(slug: str, ground: Ground) -> Done:
    """One indicator; a fault of ours says which."""
    try:
        return indicator(slug, ground)
    except Exception as bug:
        bug.add_note(f"while making the page of the indicator {slug}")
        raise


def wrong(done: Done) -> bool:
    """Whether an indicator has errors."""
    return any(problem.level is Level.ERROR for problem in done.problems)
