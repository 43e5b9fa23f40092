"""The pages about taking the book away: downloads with their sizes, and the book for machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from databook import words
from databook.findings import Finding
from databook.observations import MARKERS, Context
from databook.pages import Page, SearchRecord
from databook.render import catalogue
from databook.render.api.declared import VERSION
from databook.render.api.documents import DOCUMENTS
from databook.render.api.listing import PLACES, PROMISE, TITLES, WHOLE
from databook.render.api.statuses import MEANINGS, UNITS
from databook.render.api.writing import FOLDER, schema_path
from databook.render.entries import Entry
from databook.render.references import PATHS as CITATIONS
from databook.render.sheets import PATH as WORKBOOK
from databook.render.sheets import topic_path
from databook.render.templates import fill

DATA = "data/"
# Files whose sizes are said; they are made after all other pages.
DOWNLOADS = (
    *(path for _, _, path in WHOLE),
    *CITATIONS.values(),
    "data/areas.csv",
    "data/index.json",
)
KILO = 1_000


def data_records() -> Mapping[str, SearchRecord]:
    """What search should know of these pages, before they are made."""
    return {
        DATA: SearchRecord(
            title="Data and downloads",
            text="csv download open data package json api licence sources spreadsheet excel "
            "workbook parquet catalogue",
            filters={"kind": ("Section",)},
            summary="All figures as CSV, spreadsheet, data packages, JSON and Parquet.",
        ),
        PROMISE: SearchRecord(
            title="For machines",
            text="api json schema interface promise stability parquet dcat catalogue machines "
            "programs developers",
            filters={"kind": ("Section",)},
            summary="The book as JSON with schemas, and what never changes in it.",
        ),
    }


def data_pages(
    context: Context, entries: Sequence[Entry], sizes: Mapping[str, int]
) -> tuple[Page, ...]:
    """Both pages. `sizes`: of the files of the whole book, by path."""
    return (_data(context, entries, sizes), _machines(context, entries))


def measured_files(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Paths of the files whose sizes are said."""
    return (*DOWNLOADS, *map(topic_path, _topics(entries)))


def _topics(entries: Sequence[Entry]) -> list[str]:
    return sorted({entry.indicator.topic for entry in entries})


def size(many: int) -> str:
    """A size as people read it: 12 KB, 3.4 MB."""
    if many < KILO * KILO:
        return f"{max(1, round(many / KILO)):,} KB"
    return f"{many / KILO / KILO:,.1f} MB"


def _data(context: Context, entries: Sequence[Entry], sizes: Mapping[str, int]) -> Page:
    ordered = sorted(entries, key=lambda e: e.indicator.title)
    view = {
        "rows": [_row(entry) for entry in ordered],
        "figures": f"{sum(e.figures for e in entries):,}",
        "total": len(entries),
        "sizes": {path: size(sizes[path]) for path in DOWNLOADS},
        "workbook": WORKBOOK,
        "topics": [
            {"title": topic, "path": topic_path(topic), "size": size(sizes[topic_path(topic)])}
            for topic in _topics(entries)
        ],
        "citations": CITATIONS,
        "machines": PROMISE,
        "place": context.place.name,
    }
    return Page(
        path=DATA,
        title="Data and downloads",
        description="All figures of the book as CSV, spreadsheet, data packages, JSON and "
        "Parquet, with their sources.",
        content=fill("data.html.j2", view=view, settings=context.settings),
        section="data",
        head=catalogue.catalogue_element(context, entries),
        search=data_records()[DATA],
    )


def _row(entry: Entry) -> dict[str, Any]:
    source = entry.indicator.source
    return {
        "title": entry.indicator.title,
        "url": entry.url,
        "slug": entry.indicator.slug,
        "json": f"{FOLDER}observations/{entry.indicator.slug}.json",
        "figures": f"{entry.figures:,}",
        "periods": _span(entry.finding),
        "publisher": source.publisher,
        "publication": source.title,
        "source_url": source.url,
        "released": words.month(source.released),
        "overdue": bool(entry.finding.overdue),
        "next": words.month(source.next_release) if source.next_release else "not announced",
    }


def _span(finding: Finding) -> str:
    known = finding.own.known
    return f"{known[0].period.short} to {known[-1].period.short}" if known else "none"


def _machines(context: Context, entries: Sequence[Entry]) -> Page:
    example = entries[0].indicator.slug if entries else ""
    view = {
        "version": VERSION,
        "folder": FOLDER,
        "cited": context.cited,
        "documents": [
            {
                "title": TITLES[name],
                "path": PLACES.get(name, f"{FOLDER}{name}.json"),
                "linked": name not in PLACES,
                "schema": schema_path(name),
            }
            for name in DOCUMENTS
        ],
        "statuses": MEANINGS.items(),
        "markers": MARKERS.items(),
        "units": UNITS.items(),
        "example": f"{FOLDER}observations/{example}.json" if example else "",
    }
    return Page(
        path=PROMISE,
        title="For machines",
        description="The book as static JSON with schemas, as a data package and as one table: "
        "where everything stands, and what never changes.",
        content=fill("machines.html.j2", view=view, settings=context.settings),
        section="data",
        search=data_records()[PROMISE],
    )
