"""What is made of all indicators together: overview pages, search, the archive."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from databook import analyse, draw, render, site, store
from databook.findings import Accuracy, Outturn
from databook.model import Indicator
from databook.observations import Context
from databook.pages import Page, SearchRecord
from databook.performance import Performance
from databook.pipeline import bundle, cache, parquet
from databook.pipeline.explaining import explained
from databook.pipeline.recounting import Measures
from databook.pipeline.surroundings import Surroundings
from databook.pipeline.task import Kept
from databook.site import Frame
from databook.store import Made

Files = Mapping[str, bytes]
OBSERVATIONS = f"{render.API}observations/"
INTERFACE = "the interface"
MEASURES = "downloads of measures"  # who made them, should two files have one address
Fetch = Callable[[str], bytes]  # bytes of a file of the site, made just now or kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Pages about many indicators, hung, and the downloads beside them.

    In parts, by who made them: two parts with one address are found when the site is merged.
    """

    parts: Mapping[str, Mapping[str, bytes]]
    search: Mapping[str, SearchRecord]
    measures: Measures  # with what changed since earlier editions
    performance: tuple[Page, ...] = ()  # pages about programmes and papers


def overview(
    around: Surroundings, context: Context, kept: Sequence[Kept], frame: Frame, measures: Measures
) -> Overview:
    """Everything that is made of all entries, and of programmes and papers."""
    performance = measures.performance
    entries = [item.entry for item in kept if item.entry is not None]
    record = analyse.measured(item.tried for item in kept if item.tried is not None)
    found = analyse.performance(performance, context)
    measures = measures.told(found, context)
    figures = performance.figures
    charts = {
        key: draw.charts(finding, figures[key].indicator) for key, finding in found.measures.items()
    }
    pictures = {
        f"{agreement.slug}/{table.slug}": draw.population(table)
        for agreement in performance.agreements
        for table in agreement.population
    }
    found = replace(found, charts=charts, pictures=pictures)
    papers = render.performance_pages(context, performance, found, entries)
    pages = (
        *render.book_pages(context, entries, around.narratives, performance),
        render.record_page(record, *_outturns(kept)),
        *papers,
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
        performance,
        found,
        around.calendar,
    )
    parts["downloads of the book"] = render.book_downloads(context, entries, performance, found)
    parts["charts of measures"] = render.measures_shared(performance, found, context, frame.stamped)
    parts["what was said of measures"] = measures.files
    parts[MEASURES] = render.measure_downloads(performance, found, context)
    search = {page.path: page.search for page in pages if page.search is not None}
    return Overview(parts=parts, search=search, performance=tuple(papers), measures=measures)


def _outturns(
    kept: Sequence[Kept],
) -> tuple[tuple[Accuracy, ...], list[tuple[Indicator, tuple[Outturn, ...]]]]:
    """How forecasts that were made turned out: all together, and of each indicator."""
    found = [
        (item.indicator, item.recount.outturns)
        for item in kept
        if item.recount is not None and item.recount.outturns
    ]
    return analyse.summed(one for _, outturns in found for one in outturns), found


def tables_of_measures(over: Overview, performance: Performance) -> list[str]:
    """Figures of programmes for the tables of the whole book.

    Invented ones stay beside their own page, where it says that they are.
    """
    invented = tuple(
        f"{folder}{programme.slug}/"
        for programme in performance.programmes
        if programme.illustrative
        for folder in ("programmes/", OBSERVATIONS)
    )
    paths = (path for part in (MEASURES, INTERFACE) for path in over.parts[part])
    return [path for path in paths if not path.startswith(invented)]


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
    root: Path,
    records: Mapping[str, SearchRecord],
    key: str,
    shared: Path | None,
) -> site.Index:
    known = cache.get(shared, key)
    if known is not None and isinstance(known.value, site.Index):
        return replace(known.value, files=known.files)
    with store.workshop(root) as staging:
        index = site.index_search(records, staging)
    files = {path: data for path, data in index.files.items() if data is not None}
    cache.put(shared, key, cache.Entry(value=replace(index, files={}), files=files))
    return index


def figures(
    context: Context, names: Sequence[str], fetch: Fetch, before: parquet.Before | None = None
) -> bytes:
    """The book as one table, from what its parts made."""
    documents = {
        name.removeprefix(OBSERVATIONS).removesuffix(".json"): partial(fetch, name)
        for name in sorted(names)
        if name.startswith(OBSERVATIONS)
    }
    return parquet.table(context, documents, before)


def archive(context: Context, names: Sequence[str], fetch: Fetch) -> dict[str, bytes]:
    """The book as one archive and one package, from what its parts made."""
    wanted = [name for name in names if name.endswith(("/data.csv", "/datapackage.json"))]
    packed = {name: fetch(name) for name in wanted} | {bundle.AREAS: render.area_table(context)}
    return {**bundle.together(context, packed), bundle.AREAS: packed[bundle.AREAS]}


def data_pages(
    context: Context, kept: Sequence[Kept], frame: Frame, read: Fetch
) -> dict[str, bytes]:
    """The pages about downloads, which say how large each is."""
    entries = [item.entry for item in kept if item.entry is not None]
    sizes = {path: len(read(path)) for path in render.measured_files(entries)}
    pages = render.data_pages(context, entries, sizes)
    return {site.address(page): site.hang(page, frame) for page in pages}
