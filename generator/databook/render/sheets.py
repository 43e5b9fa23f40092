"""What the workbook of the book holds, as plain values: its cover, and one table for each sheet.

It holds the figures of the book's own place; those of all places are in the CSV files and the
Parquet table. No cell is empty: shorthand says what is missing, and why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from databook import words
from databook.citing import citation
from databook.findings import Benchmark, Point
from databook.observations import MARKERS, WITHOUT_VALUE, Context
from databook.render.entries import Entry, comparison, rank_text

PATH = "data/databook.xlsx"
NONE = "None"  # a cell is never empty
NOT_AVAILABLE = "[x]"

FIGURE_COLUMNS = (
    "Indicator", "Period", "Value", "Unit", "Shorthand", "Lower limit", "Upper limit", "Numerator",
    "Denominator", "Note",
)  # fmt: skip

# Left out of a sheet where no figure of it has any.
MAY_BE_MISSING = ("Shorthand", "Lower limit", "Upper limit", "Numerator", "Denominator", "Note")
NOTHING = (NONE, *(f"[{mark}]" for mark in WITHOUT_VALUE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table. `notes`: by column, the note that its heading refers to."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...] = field(repr=True)
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What the cover says."""

    title: str
    intro: tuple[str, ...]
    about: tuple[str, ...]
    contact: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """The whole of it, ready to be written."""

    front: Front
    author: str
    edition: str
    date: date
    sheets: tuple[Sheet, ...]


def workbook_sheets(context: Context, entries: Sequence[Entry]) -> Workbook:
    """The workbook of the book's own place."""
    settings = context.settings
    return Workbook(
        front=_cover(context, entries),
        author=settings.publisher,
        edition=settings.edition.id,
        date=settings.edition.date,
        sheets=tuple(_sheets(context, entries)),
    )


def _cover(context: Context, entries: Sequence[Entry]) -> Front:
    settings, book = context.settings, context.cited
    state = "" if book.published else " This is a draft that nobody has published."
    figures = sum(len(entry.finding.own.known) for entry in entries)
    return Front(
        title=settings.title,
        intro=(
            settings.summary,
            f"Edition {settings.edition.id}, {words.day(settings.edition.date)}.{state}",
            *([settings.notice] if settings.notice else []),
        ),
        about=(
            f"This workbook holds what {context.place.name} looks like: one table of the latest "
            f"figures with what the book found, and all {figures:,} figures of "
            f"{words.plural(len(entries), 'indicator')}, a table for each topic.",
            "Figures of other places and of groups are in the CSV files and the Parquet table of "
            f"the book: {book.address('data/')}",
            "Values are as published and not rounded. A true zero is 0. Where there is no number, "
            "shorthand in square brackets says why; the table Shorthand explains it. A column for "
            "which nothing is published is left out.",
            f"Licence: {settings.licence}, {settings.licence_url}",
            f"To cite: {citation(book, settings.title, PATH)}",
        ),
        contact=(settings.contact,),
    )


def _sheets(context: Context, entries: Sequence[Entry]) -> Iterator[Sheet]:
    """Every table, in the order of the sheets."""
    yield _shorthand()
    if not entries:
        return
    yield _latest(context, entries)
    topics: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda e: (e.indicator.topic, e.indicator.title)):
        if entry.finding.own.points:
            topics.setdefault(entry.indicator.topic, []).append(entry)
    for number, (topic, mine) in enumerate(topics.items(), start=1):
        yield _figures(context, topic, mine, number)


def _shorthand() -> Sheet:
    rows = [(f"[{mark}]", said[:1].upper() + said[1:]) for mark, said in MARKERS.items()]
    return Sheet(
        name="Shorthand", title="Shorthand", columns=("Shorthand", "Meaning"), rows=tuple(rows)
    )


def _latest(context: Context, entries: Sequence[Entry]) -> Sheet:
    country = context.area.get(context.settings.comparisons.country)
    against = f"Compared with {country.name}" if country else "Compared with the country"
    columns = (
        "Indicator", "Topic", "Outcomes", "Period", "Value", "Unit", "Shorthand", "Change",
        against, "Rank", "Recent trend", "Curve", "Rating", "Source", "Released",
    )  # fmt: skip
    ordered = sorted(entries, key=lambda e: (e.indicator.topic, e.indicator.title))
    notes = {against: "verdict", "Rank": "rank", "Curve": "turn"}
    title = f"Latest figures and what the book found, {context.place.name}"
    rows = tuple(_latest_row(context, entry) for entry in ordered)
    return Sheet(name="Latest", title=title, columns=columns, rows=rows, notes=notes)


def _latest_row(context: Context, entry: Entry) -> tuple[Any, ...]:
    indicator, finding = entry.indicator, entry.finding
    latest = finding.latest or (finding.own.points[-1] if finding.own.points else None)
    country = comparison(finding, Benchmark.COUNTRY)
    titles = {f"{f.slug}/{o.slug}": o.title for f in context.frameworks for o in f.outcomes}
    return (
        indicator.title,
        indicator.topic,
        "; ".join(dict.fromkeys(titles[reference] for reference in indicator.outcomes)),
        latest.period.code if latest else NOT_AVAILABLE,
        _value(latest) if latest else NOT_AVAILABLE,
        indicator.unit_label,
        _marks(latest) if latest else NONE,
        words.change_status(finding.previous, indicator).word,
        words.comparison_status(country).word if country else "Not compared",
        rank_text(finding),
        words.trend_status(finding.trend).word,
        words.turn_status(finding.turn).word,
        words.rating_status(finding.rating).word,
        f"{indicator.source.publisher}: {indicator.source.title}",
        indicator.source.released,
    )


def _figures(context: Context, topic: str, entries: Sequence[Entry], number: int) -> Sheet:
    title = f"{topic}: all figures of {context.place.name}"
    notes = {
        "Lower limit": "limits",
        "Upper limit": "limits",
        "Numerator": "counts",
        "Denominator": "counts",
    }
    rows = tuple(
        _figure_row(entry, point) for entry in entries for point in entry.finding.own.points
    )
    told = [
        at
        for at, column in enumerate(FIGURE_COLUMNS)
        if column not in MAY_BE_MISSING or any(row[at] not in NOTHING for row in rows)
    ]
    columns = tuple(FIGURE_COLUMNS[at] for at in told)
    return Sheet(
        name=f"Topic_{number}",
        title=title,
        columns=columns,
        rows=tuple(tuple(row[at] for at in told) for row in rows),
        notes={column: note for column, note in notes.items() if column in columns},
    )


def _figure_row(entry: Entry, point: Point) -> tuple[Any, ...]:
    interval = point.interval
    published = interval is not None and interval.method == "published"
    missing = _missing(point) if point.value is None else NOT_AVAILABLE

    def given(number: float | None) -> float | str:
        return missing if number is None else number

    return (
        entry.indicator.title,
        point.period.code,
        _value(point),
        entry.indicator.unit_label,
        _marks(point),
        given(interval.lower if published and interval else None),
        given(interval.upper if published and interval else None),
        given(point.numerator),
        given(point.denominator),
        point.note or NONE,
    )


def _value(point: Point) -> float | str:
    return _missing(point) if point.value is None else point.value


def _missing(point: Point) -> str:
    """What stands in place of a value."""
    marks = [mark for mark in point.markers if mark in MARKERS]
    return f"[{marks[0]}]" if marks else NOT_AVAILABLE


def _marks(point: Point) -> str:
    return " ".join(f"[{mark}]" for mark in point.markers) or NONE
