"""The book around its indicators: read and checked, and what is wrong between indicators.

All that a check needs besides the indicators themselves; loads no stage after protect.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from databook import load, protect, validate
from databook.editions import Calendar
from databook.model import Indicator
from databook.observations import Card, Context, Observations
from databook.performance import Performance
from databook.pipeline.linking import linked, paired
from databook.problems import Place, Problem
from databook.sources import Narrative, Plain, Sources
from databook.sources import Path as DocumentPath

# Faults for which a folder is not read at all.
UNNAMED = ("folder-slug", "folder-symlink", "folder-unreadable", "folder-no-indicator")


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The book around its indicators, and what is wrong there."""

    root: Path
    sources: Sources | None
    context: Context | None
    narratives: tuple[Narrative, ...]
    performance: Performance
    calendar: Calendar | None
    problems: tuple[Problem, ...]
    addresses: validate.Addresses = field(default_factory=dict)  # of the book's own pages


def surroundings(root: Path) -> Surroundings:
    """Read and check all but the indicators."""
    shared = load.common(root)
    narratives = load.content(root)
    problems = list(shared.problems + narratives.problems)
    context, performance = None, Performance()
    if shared.value is not None:
        checked = validate.context(shared.value)
        context = checked.value
        problems += checked.problems
    if context is not None:
        performance, found = _performance(root, context)
        problems += found
    calendar, faults = _calendar(root, context)
    problems += faults
    texts = narratives.value or ()
    addresses = _addresses(root, context, performance)
    problems += validate.content(texts, addresses)
    problems += validate.led(_named(root), texts, addresses)
    if context is not None and shared.value is not None:
        problems += validate.moves(_moved(context, shared.value), texts, addresses)
    return Surroundings(
        root=root,
        sources=shared.value,
        context=context,
        narratives=tuple(texts),
        performance=performance,
        calendar=calendar,
        problems=tuple(problems),
        addresses=addresses,
    )


def _moved(context: Context, sources: Sources) -> Iterator[tuple[str, str, Place, Place]]:
    """Pages that have moved, each address with its place in databook.yaml."""
    if sources.settings is None or "settings.moved" in context.doubtful:
        return
    for number, one in enumerate(context.settings.moved):
        old, new = (sources.settings.place(("moved", number, key)) for key in ("old", "new"))
        yield one.old, one.new, old, new


def _named(root: Path) -> Iterator[tuple[str, Place]]:
    """Pages that checklists and registers name, each with its place."""
    read = load.performance(root).value
    for kind, items, key in (("checklists", "steps", "page"), ("registers", "rows", "where")):
        for document in (read.papers.get(kind, {}) if read else {}).values():
            data = document.data if isinstance(document.data, dict) else {}
            for number, item in enumerate(_dicts(data.get(items))):
                path: DocumentPath = (items, number, key)
                if isinstance(page := item.get(key), str):
                    yield page, document.place(path)
                for n, link in enumerate(_dicts(item.get(key))):
                    if isinstance(to := link.get("to"), str):
                        yield to, document.place((*path, n, "to"))


def _dicts(data: Plain) -> list[dict[str, Plain]]:
    return [item for item in data if isinstance(item, dict)] if isinstance(data, list) else []


def _calendar(root: Path, context: Context | None) -> tuple[Calendar | None, tuple[Problem, ...]]:
    """Which editions are announced, where the book says so."""
    read = load.calendar(root)
    if read.value is None:
        return None, read.problems
    sure = context is not None and "settings.edition" not in context.doubtful
    edition = context.settings.edition if context is not None and sure else None
    checked = validate.calendar(read.value, edition)
    return checked.value, (*read.problems, *checked.problems)


def settled(around: Surroundings, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Problems of the book around its indicators, with what settings and frameworks know of."""
    if around.sources is None:
        return tuple(problems)
    shared = ("scorecards/databook.yaml", "scorecards/areas/", "content/")
    found = validate.settled(problems, around.sources.settings, shared)
    for slug, document in around.sources.frameworks.items():
        found = validate.settled(found, document, [f"{load.FRAMEWORKS}/{slug}.yaml"])
    return found


def _addresses(
    root: Path, context: Context | None, performance: Performance
) -> Mapping[str, frozenset[str]]:
    """Addresses that narrative pages may link to, by the folder they lie in."""
    if context is None or context.unread:
        return {}
    outcomes = {f"{f.slug}/{o.slug}" for f in context.frameworks for o in f.outcomes}
    indicators = load.slugs(root)
    programmes = load.names(root, "programmes")
    known = {
        "indicators": frozenset({*indicators, *(f"{slug}/report" for slug in indicators)}),
        "programmes": frozenset(
            {*programmes, *(f"{slug}/report" for slug in programmes), *performance.figures}
        ),
        "frameworks": frozenset(outcomes | {f.slug for f in context.frameworks}),
    }
    for kind in ("agreements", "audits", "boards", "checklists", "plans"):
        known[kind] = frozenset(load.names(root, kind))
    return known


def _performance(root: Path, context: Context) -> tuple[Performance, list[Problem]]:
    """Programmes and the papers around them; few and small, so read again at every build."""
    read = load.performance(root)
    if read.value is None:
        return Performance(), list(read.problems)
    checked = validate.performance(read.value, context, frozenset(load.slugs(root)))
    safe_papers = protect.papers(checked.value or Performance(), context, read.value.papers)
    whole = safe_papers.value or Performance()
    problems = [*read.problems, *checked.problems, *safe_papers.problems]
    cards = validate.measured(read.value, context, whole.programmes, problems)
    problems += cards.problems
    figures = {}
    for key, card in (cards.value or {}).items():
        safe = protect.measure(card, context)
        problems += safe.problems
        if safe.value is not None:
            figures[key] = safe.value
    problems += paired(whole, cards.value or {}, context)
    return replace(whole, figures=figures), problems


def across(
    around: Surroundings,
    indicators: Sequence[Indicator],
    claimed: frozenset[str] | None = frozenset(),
    aims: Sequence[tuple[str, Place]] = (),
) -> tuple[Problem, ...]:
    """What is wrong between indicators, at the lines where it stands.

    `claimed`: outcomes named by indicators that are left out, or None where nobody knows them.
    `aims`: where the links of stories lead.
    """
    if any(
        p.about == load.INDICATORS
        or (p.code in UNNAMED and p.place.path.startswith(load.INDICATORS))
        for p in around.problems
    ):
        claimed = None  # a folder that was not even looked into
    context, sources = around.context, around.sources
    if context is None or sources is None:
        return ()
    # These rules ask what indicators declare; figures of all of them are never held at once.
    none = Observations(frame=pl.DataFrame())
    cards = [Card(indicator=indicator, observations=none) for indicator in indicators]
    together = linked(around.root, indicators, context)
    together = (*together, *validate.astray(aims, around.addresses))
    problems = validate.across(context, cards, claimed=claimed)
    if not problems:
        return together
    about = {p.place.path.split("/")[2] for p in problems if "/indicators/" in p.place.path}
    folders = {slug: load.indicator(around.root, slug).value for slug in sorted(about)}
    read = {slug: folder for slug, folder in folders.items() if folder is not None}
    found = validate.across(context, cards, replace(sources, indicators=read), claimed=claimed)
    return (*found, *together)
