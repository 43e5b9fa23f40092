"""Two states of a book side by side. What is the same bytes on both sides is read on one only."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from databook import compare, draw, store
from databook.changes import Changes, Side, State
from databook.charts import Chart
from databook.observations import ProtectedCard
from databook.pipeline import framing
from databook.pipeline.inputs import inputs
from databook.pipeline.leaves import keys, leaves
from databook.pipeline.order import Hands, Tell, has_errors, silent
from databook.pipeline.remake import FRAME
from databook.pipeline.revisions import NoRevision, lay_out
from databook.pipeline.states import Read, shown_as, states
from databook.pipeline.surroundings import across, surroundings
from databook.pipeline.task import Ground
from databook.problems import Problem, in_order

WORKING_TREE = "the working tree"
# Indicators whose charts are drawn before and after; a report with more is not looked through,
# and grows by about 30 kB for each.
DRAWN = 60
Pair = tuple[Chart | None, Chart | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a comparison came to. No `changes` where either side has errors."""

    problems: tuple[tuple[Side, tuple[Problem, ...]], ...]  # of each side that has errors
    changes: Changes | None = None
    charts: Mapping[str, Pair] | None = None
    language: str = "en-GB"


def difference(
    book: Path,
    base: str,
    head: str = "",
    *,
    jobs: int = 1,
    charts: bool = True,
    tell: Tell = silent,
) -> Compared:
    """Compare two states of a book; each is a revision or a folder, `head` may be left out."""
    with _laid(book, base) as (old_root, old_side), _laid(book, head) as (new_root, new_side):
        tell("Reading the later side", 0, 0)
        new = _read(new_root, new_side, None, jobs=jobs, tell=tell)
        tell("Reading the earlier side", 0, 0)
        old = _read(old_root, old_side, new, jobs=jobs, tell=tell)
        wrong = tuple((r.side, r.problems) for r in (old, new) if has_errors(r.problems))
        if wrong:
            return Compared(problems=wrong)
        tell("Comparing", 0, 0)
        before, after = states(old, new)
        found = _compare(before, after)
        drawn = _charts(found) if charts else {}
        language = after.context.settings.language
        return Compared(problems=(), changes=found, charts=drawn, language=language)


@contextmanager
def _laid(book: Path, name: str) -> Iterator[tuple[Path, Side]]:
    """One side as a folder: a folder as it is, a revision in a folder of its own."""
    if not name:
        yield book, Side(name=WORKING_TREE)
        return
    if (Path(name) / "scorecards").is_dir():
        yield Path(name).resolve(), Side(name=name)
        return
    with tempfile.TemporaryDirectory(prefix="databook-") as folder:
        laid = lay_out(book, name, Path(folder))
        if laid.problems:
            refused = ", ".join(problem.place.path for problem in laid.problems[:5])
            raise NoRevision(f"{name} holds links or submodules, which are not read: {refused}")
        yield Path(folder), Side(name=name, revision=laid.commit)


def _read(root: Path, side: Side, other: Read | None, *, jobs: int, tell: Tell) -> Read:
    """Read and check a side.

    What the last build left is taken from there, and for the second side also what the first has
    byte for byte.
    """
    if other is None:
        left = store.read(root)
        known, now = left.made, inputs(root, left.stats)
        old = known.get(FRAME)
        frame = framing.frame_digest(old) if old is not None and old.key == now.frame else ""
    else:
        known, now = other.found.made if other.found else {}, inputs(root, other.now.seen)
        frame = other.frame
    around = surroundings(root)
    if around.context is None:
        return Read(
            root=root, side=side, around=around, now=now, frame=frame, found=None,
            problems=in_order(around.problems),
        )  # fmt: skip
    edition = around.context.settings.edition
    ground = Ground(root=root, context=around.context)
    found = leaves(ground, keys(ground, now, frame), known, hands=Hands(jobs=jobs), tell=tell)
    between = across(around, [kept.indicator for kept in found.kept], found.claimed)
    return Read(
        root=root,
        side=replace(side, edition=edition.id, date=edition.date),
        around=around,
        now=now,
        frame=frame,
        found=found,
        problems=in_order((*around.problems, *found.problems, *between)),
    )


# --- the comparison --------------------------------------------------------------------------


def _compare(before: State, after: State) -> Changes:
    gone = {key: shown for key, shown in before.shown.items() if key not in after.shown}
    come = {key: shown for key, shown in after.shown.items() if key not in before.shown}
    moved = compare.moves(gone, come)
    masked = {}
    for key, new in after.shown.items():
        name = moved.get(key, key)
        old = before.shown.get(name)
        if old is None:
            continue
        hidden = compare.withheld(old.card.observations, new.card.observations)
        if not hidden.is_empty():
            # What is told of the earlier side is worked out as if these were never known.
            card = ProtectedCard(compare.without(old.card, hidden))  # type: ignore[arg-type]
            masked[name] = shown_as(card, old.url, before.context)
    return compare.changes(before, after, moved, masked)


def _charts(found: Changes) -> dict[str, Pair]:
    """The trend before and after, of those whose picture changes, headlines first."""
    redrawn = [subject for subject in found.subjects if subject.redrawn]
    first = sorted(redrawn, key=lambda s: (s.indicator.standing != "headline", s.key))
    return {
        subject.key: (
            draw.charts(subject.earlier, subject.indicator_before).trend
            if subject.earlier and subject.indicator_before
            else None,
            draw.charts(subject.later, subject.indicator).trend if subject.later else None,
        )
        for subject in first[:DRAWN]
    }
