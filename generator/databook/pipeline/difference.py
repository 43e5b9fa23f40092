"""Two states of a book side by side. What is the same bytes on both sides is read on one only."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from databook import analyse, compare, draw, load, protect, render, store, validate
from databook.changes import Address, Changes, Shown, Side, State
from databook.charts import Chart
from databook.observations import Context, ProtectedCard
from databook.pipeline import whole
from databook.pipeline.inputs import Inputs, inputs
from databook.pipeline.leaves import PREFIX, Leaves, leaves
from databook.pipeline.order import Tell, has_errors, silent
from databook.pipeline.revisions import NoRevision, lay_out
from databook.pipeline.task import Ground
from databook.pipeline.whole import Surroundings
from databook.problems import Problem, in_order
from databook.render import places

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """One side as read and checked."""

    root: Path
    side: Side
    around: Surroundings
    now: Inputs
    found: Leaves | None
    problems: tuple[Problem, ...]


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
        before, after = _states(old, new)
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


def _read(root: Path, side: Side, other: _Read | None, *, jobs: int, tell: Tell) -> _Read:
    """Read and check a side; what the other side has byte for byte is taken from there."""
    known: Mapping[str, store.Made] = {}
    seen: store.Seen = {}
    if other is not None:
        seen = other.now.seen
        known = other.found.made if other.found else {}
    now = inputs(root, seen)
    around = whole.surroundings(root)
    if around.context is None:
        return _Read(
            root=root, side=side, around=around, now=now, found=None,
            problems=in_order(around.problems),
        )  # fmt: skip
    edition = around.context.settings.edition
    found = leaves(Ground(root=root, context=around.context), now, known, "", jobs=jobs, tell=tell)
    across = whole.across(around, found.kept)
    return _Read(
        root=root,
        side=replace(side, edition=edition.id, date=edition.date),
        around=around,
        now=now,
        found=found,
        problems=in_order((*around.problems, *found.problems, *across)),
    )


# --- states ----------------------------------------------------------------------------------


def _states(old: _Read, new: _Read) -> tuple[State, State]:
    assert old.found is not None  # noqa: S101 - neither side has errors
    assert new.found is not None  # noqa: S101
    one, other = ({n: m.key for n, m in read.found.made.items()} for read in (old, new))  # type: ignore[union-attr]
    differ = {name for name in {*one, *other} if one.get(name) != other.get(name)}
    slugs = {name.removeprefix(PREFIX) for name in differ}
    measures = (old.now.common, old.now.performance) != (new.now.common, new.now.performance)
    return _state(old, slugs, measures=measures), _state(new, slugs, measures=measures)


def _state(read: _Read, slugs: set[str], *, measures: bool) -> State:
    context = read.around.context
    assert context is not None  # noqa: S101 - the side has no errors
    shown = {
        f"indicators/{slug}": _indicator(read.root, slug, context)
        for slug in load.slugs(read.root)
        if slug in slugs
    }
    if measures:
        shown |= _measures(read.around, context)
    return State(side=read.side, context=context, shown=shown, pages=_pages(read, context))


def _indicator(root: Path, slug: str, context: Context) -> Shown:
    folder = load.indicator(root, slug).value
    assert folder is not None  # noqa: S101 - it has been checked
    card = validate.card(folder, context).value
    assert card is not None  # noqa: S101
    safe = protect.card(card, context).value
    assert safe is not None  # noqa: S101
    return _shown(safe, f"indicators/{slug}/", context)


def _shown(safe: ProtectedCard, url: str, context: Context) -> Shown:
    return Shown(url=url, card=safe, finding=analyse.card(safe, context))


def _measures(around: Surroundings, context: Context) -> dict[str, Shown]:
    found = analyse.performance(around.performance, context).measures
    return {
        f"programmes/{key}": Shown(
            url=f"programmes/{key}/", card=around.performance.figures[key], finding=finding
        )
        for key, finding in found.items()
    }


def _pages(read: _Read, context: Context) -> dict[str, Address]:
    assert read.found is not None  # noqa: S101 - the side has no errors
    pages = [*_of_frameworks(context), *_of_narratives(read.around)]
    pages += [
        Address(path=f"indicators/{kept.indicator.slug}/", title=kept.indicator.title)
        for kept in read.found.kept
    ]
    pages += [
        Address(path=f"areas/{places.slug(area)}/", title=area.name)
        for area in places.others(context)
    ]
    pages += _of_performance(read.around, context)
    return {page.path: page for page in pages}


def _of_frameworks(context: Context) -> Iterator[Address]:
    for framework in context.frameworks:
        said = (framework.title, framework.summary, framework.enablers)
        yield Address(
            path=f"frameworks/{framework.slug}/", title=framework.title, content=repr(said)
        )
        for outcome in framework.outcomes:
            yield Address(
                path=f"frameworks/{framework.slug}/{outcome.slug}/",
                title=outcome.title,
                content=repr(outcome),
            )


def _of_narratives(around: Surroundings) -> Iterator[Address]:
    for narrative in around.narratives:
        path = narrative.path.removeprefix("content/").removesuffix(".md")
        path = "" if path == "index" else f"{path.removesuffix('/index')}/"
        yield Address(path=path, title=_title(narrative.text) or path, content=narrative.text)


def _title(text: str) -> str:
    """Title of a narrative page: that of its front matter, or its first heading."""
    for line in text.splitlines():
        if line.startswith(("title:", "# ")):
            return line.removeprefix("title:").removeprefix("# ").strip(" \"'")
    return ""


def _of_performance(around: Surroundings, context: Context) -> Iterator[Address]:
    """Pages of the other half, which are few: made, and known by all that they say."""
    found = analyse.performance(around.performance, context)
    figures = around.performance.figures
    drawn = {
        key: draw.charts(finding, figures[key].indicator) for key, finding in found.measures.items()
    }
    whole_ = replace(found, charts=drawn)
    for page in render.performance_pages(context, around.performance, whole_, ()):
        yield Address(path=page.path, title=page.title, content=store.mix(page.content))


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
            masked[name] = _shown(card, old.url, before.context)
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
