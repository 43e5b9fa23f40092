"""What is made of all indicators together: overview pages, search, the archive, the frame."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import polars as pl

from databook import analyse, draw, load, protect, render, schema, site, store, validate
from databook.editions import Calendar
from databook.findings import Accuracy, Outturn
from databook.model import Indicator
from databook.observations import Card, Context, Observations
from databook.pages import Page, SearchRecord
from databook.performance import Performance
from databook.pipeline import bundle, cache, parquet
from databook.pipeline.explaining import explained
from databook.pipeline.linking import linked, paired
from databook.pipeline.task import Kept
from databook.problems import Problem
from databook.site import Frame
from databook.sources import Narrative, Sources
from databook.store import Made

# Faults for which a folder is not read at all.
UNNAMED = ("folder-slug", "folder-symlink", "folder-unreadable")
Files = Mapping[str, bytes]
OBSERVATIONS = f"{render.API}observations/"
INTERFACE = "the interface"
MEASURES = "downloads of measures"  # who made them, should two files have one address
Fetch = Callable[[str], bytes]  # bytes of a file of the site, made just now or kept


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
    calendar, faults = _calendar(root)
    problems += faults
    texts = narratives.value or ()
    problems += validate.content(texts, _addresses(root, context, performance))
    return Surroundings(
        root=root,
        sources=shared.value,
        context=context,
        narratives=tuple(texts),
        performance=performance,
        calendar=calendar,
        problems=tuple(problems),
    )


def _calendar(root: Path) -> tuple[Calendar | None, tuple[Problem, ...]]:
    """Which editions are announced, where the book says so."""
    read = load.calendar(root)
    if read.value is None:
        return None, read.problems
    checked = validate.calendar(read.value)
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
    programmes = {programme.slug for programme in performance.programmes}
    known = {
        "indicators": frozenset({*indicators, *(f"{slug}/report" for slug in indicators)}),
        "programmes": frozenset(
            {*programmes, *(f"{slug}/report" for slug in programmes), *performance.figures}
        ),
        "frameworks": frozenset(outcomes | {f.slug for f in context.frameworks}),
    }
    for kind in ("agreements", "audits", "boards", "checklists", "plans"):
        known[kind] = frozenset(paper.slug for paper in getattr(performance, kind))
    return known


def _performance(root: Path, context: Context) -> tuple[Performance, list[Problem]]:
    """Programmes and the papers around them; few and small, so read again at every build."""
    read = load.performance(root)
    if read.value is None:
        return Performance(), list(read.problems)
    checked = validate.performance(read.value, context, frozenset(load.slugs(root)))
    safe_papers = protect.papers(checked.value or Performance(), context, read.value.papers)
    whole = safe_papers.value or Performance()
    cards = validate.measured(read.value, context, whole.programmes)
    problems = [*read.problems, *checked.problems, *safe_papers.problems, *cards.problems]
    figures = {}
    for key, card in (cards.value or {}).items():
        safe = protect.measure(card, context)
        problems += safe.problems
        if safe.value is not None:
            figures[key] = safe.value
    problems += paired(whole, cards.value or {}, context)
    return replace(whole, figures=figures), problems


def across(
    around: Surroundings, kept: Sequence[Kept], claimed: frozenset[str] | None = frozenset()
) -> tuple[Problem, ...]:
    """What is wrong between indicators, at the lines where it stands.

    `claimed`: outcomes named by indicators that are left out, or None where nobody knows them.
    """
    if any(p.code in UNNAMED and p.place.path.startswith(load.INDICATORS) for p in around.problems):
        claimed = None  # a folder that was not even looked into
    context, sources = around.context, around.sources
    if context is None or sources is None:
        return ()
    # These rules ask what indicators declare; figures of all of them are never held at once.
    none = Observations(frame=pl.DataFrame())
    cards = [Card(indicator=item.indicator, observations=none) for item in kept]
    together = linked(around.root, [item.indicator for item in kept], context)
    problems = validate.across(context, cards, claimed=claimed)
    if not problems:
        return together
    about = {p.place.path.split("/")[2] for p in problems if "/indicators/" in p.place.path}
    folders = {slug: load.indicator(around.root, slug).value for slug in sorted(about)}
    read = {slug: folder for slug, folder in folders.items() if folder is not None}
    found = validate.across(context, cards, replace(sources, indicators=read), claimed=claimed)
    return (*found, *together)


def frame_digest(made: Made) -> str:
    """Digest of what of the last frame shows on every page."""
    digest: str = store.unpack(made.kept)[1]
    return digest


def frame_kept(made: Made) -> Frame:
    """The frame that the last build made, for pages that are hung later."""
    frame: Frame = store.unpack(made.kept)[0]
    return frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Framed:
    """The frame, with the files that came with it, and a digest of what shows on every page.

    The schemas come with it, since like the frame they change with the program.
    """

    frame: Frame
    digest: str
    made: Made
    files: Mapping[str, bytes | None]
    fresh: bool


def framed(
    root: Path, context: Context, key: str, old: Made | None, shared: Path | None = None
) -> Framed:
    """The frame of the last build, or a new one where something behind it has changed."""
    if old is not None and old.key == key:
        frame, digest = store.unpack(old.kept)
        files: dict[str, bytes | None] = dict.fromkeys(old.files)
        return Framed(frame=frame, digest=digest, made=old, files=files, fresh=False)
    known = cache.get(shared, key)
    if known is not None and isinstance(known.value, tuple):
        frame, digest = known.value
        return _framed(key, frame, digest, known.problems, known.files, fresh=False)
    with workshop(root) as staging:
        whole = site.make_frame(root, context, staging)
    # The words of content/index.md stand on the home page, which is one of ours.
    pages = {path: data for path, data in whole.files.items() if path != "index.html"}
    pages |= render.book_card(context)
    pages |= {f"schemas/{name}": text.encode() for name, text in schema.files().items()}
    pages |= render.api_schemas(context)
    search = {path: record for path, record in whole.search.items() if path}
    frame = replace(whole, files={}, search=search)
    hangers = replace(frame, search={}, problems=())
    digest = store.mix(*(f"{name}={getattr(hangers, name)!r}" for name in hangers.__slots__))
    entry = cache.Entry(value=(frame, digest), problems=whole.problems, files=pages)
    cache.put(shared, key, entry)
    return _framed(key, frame, digest, whole.problems, pages, fresh=True)


def _framed(
    key: str,
    frame: Frame,
    digest: str,
    problems: tuple[Problem, ...],
    files: Mapping[str, bytes],
    *,
    fresh: bool,
) -> Framed:
    kept = store.pack((frame, digest))
    made = Made(key=key, problems=problems, kept=kept, files=tuple(files))
    return Framed(frame=frame, digest=digest, made=made, files=files, fresh=fresh)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Pages about many indicators, hung, and the downloads beside them.

    In parts, by who made them: two parts with one address are found when the site is merged.
    """

    parts: Mapping[str, Mapping[str, bytes]]
    search: Mapping[str, SearchRecord]
    performance: tuple[Page, ...] = ()  # pages about programmes and papers


def overview(
    around: Surroundings, context: Context, kept: Sequence[Kept], frame: Frame
) -> Overview:
    """Everything that is made of all entries, and of programmes and papers."""
    entries = [item.entry for item in kept if item.entry is not None]
    record = analyse.measured(item.tried for item in kept if item.tried is not None)
    found = analyse.performance(around.performance, context)
    figures = around.performance.figures
    charts = {
        key: draw.charts(finding, figures[key].indicator) for key, finding in found.measures.items()
    }
    pictures = {
        f"{agreement.slug}/{table.slug}": draw.population(table)
        for agreement in around.performance.agreements
        for table in agreement.population
    }
    found = replace(found, charts=charts, pictures=pictures)
    performance = render.performance_pages(context, around.performance, found, entries)
    pages = (
        *render.book_pages(context, entries, around.narratives, around.performance),
        render.record_page(record, *_outturns(kept)),
        *performance,
        render.editions_page(context, around.calendar),
        render.checks_page(explained()),
        *site.own_pages(context),
    )
    parts: dict[str, Mapping[str, bytes]] = {
        f"page {number}, {page.title}": {site.address(page): site.hang(page, frame)}
        for number, page in enumerate(pages, start=1)
    }
    parts[INTERFACE] = render.api_files(
        context,
        entries,
        [item.told for item in kept if item.entry is not None],
        around.performance,
        found,
        around.calendar,
    )
    parts["downloads of the book"] = render.book_downloads(
        context, entries, around.performance, found
    )
    parts["charts of measures"] = render.measures_shared(
        around.performance, found, context, frame.stamped
    )
    parts[MEASURES] = render.measure_downloads(around.performance, found, context)
    search = {page.path: page.search for page in pages if page.search is not None}
    return Overview(parts=parts, search=search, performance=tuple(performance))


def _outturns(
    kept: Sequence[Kept],
) -> tuple[tuple[Accuracy, ...], list[tuple[Indicator, tuple[Outturn, ...]]]]:
    """How forecasts that were made turned out: all together, and of each indicator."""
    found = [(item.indicator, item.recount.outturns) for item in kept if item.recount.outturns]
    return analyse.summed(one for _, outturns in found for one in outturns), found


def searched(
    root: Path,
    records: Mapping[str, SearchRecord],
    tools: str,
    old: Made | None,
    read: Fetch,
    shared: Path | None = None,
) -> tuple[Made, Mapping[str, bytes | None]]:
    """The search index; the old one where pages are found by the same words as before.

    `tools` is a digest of what they are indexed with; `read` gives files of the old site.
    """
    words = {path: replace(record, summary="") for path, record in records.items()}
    said = (path for path, record in sorted(records.items()) if record.summary)
    key = store.mix(tools, *(f"{path} {words[path]!r}" for path in sorted(words)), *said)
    if old is not None and old.key == key:
        index = site.index_changed(store.unpack(old.kept), records, read)
    else:
        index = _indexed(root, records, store.mix(key, repr(sorted(records.items()))), shared)
    names = dict.fromkeys(index.files)
    kept = store.pack(replace(index, files=names))
    return Made(key=key, kept=kept, files=tuple(names)), index.files


def _indexed(
    root: Path, records: Mapping[str, SearchRecord], key: str, shared: Path | None
) -> site.Index:
    known = cache.get(shared, key)
    if known is not None and isinstance(known.value, site.Index):
        return replace(known.value, files=known.files)
    with workshop(root) as staging:
        index = site.index_search(records, staging)
    files = {path: data for path, data in index.files.items() if data is not None}
    cache.put(shared, key, cache.Entry(value=replace(index, files={}), files=files))
    return index


def archive(
    context: Context, names: Sequence[str], fetch: Fetch, before: parquet.Before | None = None
) -> dict[str, bytes]:
    """The book as one archive, one package and one table, from what its parts made."""
    wanted = [name for name in names if name.endswith(("/data.csv", "/datapackage.json"))]
    packed = {name: fetch(name) for name in wanted} | {bundle.AREAS: render.area_table(context)}
    figures = {
        name.removeprefix(OBSERVATIONS).removesuffix(".json"): partial(fetch, name)
        for name in sorted(names)
        if name.startswith(OBSERVATIONS)
    }
    return {
        **bundle.together(context, packed),
        bundle.AREAS: packed[bundle.AREAS],
        parquet.PATH: parquet.table(context, figures, before),
    }


def data_pages(
    context: Context, kept: Sequence[Kept], frame: Frame, read: Fetch
) -> dict[str, bytes]:
    """The pages about downloads, which say how large each is."""
    entries = [item.entry for item in kept if item.entry is not None]
    sizes = {path: len(read(path)) for path in render.measured_files(entries)}
    pages = render.data_pages(context, entries, sizes)
    return {site.address(page): site.hang(page, frame) for page in pages}


@contextmanager
def workshop(root: Path) -> Iterator[Path]:
    """A folder for what tools leave lying about; gone afterwards."""
    with tempfile.TemporaryDirectory(dir=store.folder(root), prefix="work-") as folder:
        yield Path(folder)
