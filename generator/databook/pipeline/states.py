"""One side of a comparison as a value: what its changed indicators show, and all its pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from databook import analyse, draw, load, protect, render, store, validate
from databook.changes import Address, Shown, Side, State
from databook.model import Indicator
from databook.observations import Context, ProtectedCard
from databook.pipeline.inputs import Inputs
from databook.pipeline.leaves import PREFIX, Leaves
from databook.pipeline.surroundings import Surroundings
from databook.problems import Problem
from databook.render import places


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One side as read and checked."""

    root: Path
    side: Side
    around: Surroundings
    now: Inputs
    frame: str  # digest of the frame that `found` was kept under
    found: Leaves | None
    problems: tuple[Problem, ...]


def states(old: Read, new: Read) -> tuple[State, State]:
    """Both sides; what is the same bytes on both is left out of what they show."""
    assert old.found is not None  # noqa: S101 - neither side has errors
    assert new.found is not None  # noqa: S101
    one, other = ({n: m.key for n, m in read.found.made.items()} for read in (old, new))  # type: ignore[union-attr]
    differ = {name for name in {*one, *other} if one.get(name) != other.get(name)}
    slugs = {name.removeprefix(PREFIX) for name in differ}
    measures = (old.now.common, old.now.performance) != (new.now.common, new.now.performance)
    return _state(old, slugs, measures=measures), _state(new, slugs, measures=measures)


def _state(read: Read, slugs: set[str], *, measures: bool) -> State:
    context = read.around.context
    assert context is not None  # noqa: S101 - the side has no errors
    shown = {
        f"indicators/{slug}": indicator(read.root, slug, context)
        for slug in load.slugs(read.root)
        if slug in slugs
    }
    if measures:
        shown |= _measures(read.around, context)
    return State(side=read.side, context=context, shown=shown, pages=_pages(read, context))


def indicator(root: Path, slug: str, context: Context) -> Shown:
    """An indicator of a book without errors, as it shows it."""
    folder = load.indicator(root, slug).value
    assert folder is not None  # noqa: S101 - it has been checked
    card = validate.card(folder, context).value
    assert card is not None  # noqa: S101
    safe = protect.card(card, context).value
    assert safe is not None  # noqa: S101
    return shown_as(safe, f"indicators/{slug}/", context)


def shown_as(safe: ProtectedCard, url: str, context: Context) -> Shown:
    """An indicator with what its figures say."""
    return Shown(url=url, card=safe, finding=analyse.card(safe, context))


def _measures(around: Surroundings, context: Context) -> dict[str, Shown]:
    found = analyse.performance(around.performance, context).measures
    return {
        f"programmes/{key}": Shown(
            url=f"programmes/{key}/", card=around.performance.figures[key], finding=finding
        )
        for key, finding in found.items()
    }


def _pages(read: Read, context: Context) -> dict[str, Address]:
    assert read.found is not None  # noqa: S101 - the side has no errors
    indicators = [kept.indicator for kept in read.found.kept]
    pages = [*of_book(read.around, context, indicators), *_of_performance(read.around, context)]
    return {page.path: page for page in pages}


def of_book(
    around: Surroundings, context: Context, indicators: Iterable[Indicator]
) -> Iterator[Address]:
    """All pages but those about programmes and papers."""
    yield from _of_frameworks(context)
    yield from _of_narratives(around)
    for each in indicators:
        yield Address(path=f"indicators/{each.slug}/", title=each.title)
    for code, path in places.paths(context).items():
        yield Address(path=path, title=context.area[code].name)


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
