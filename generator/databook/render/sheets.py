"""What the spreadsheets of the book hold: one of the latest figures, and one for each topic.

They hold the figures of the book's own place; those of all places are in the CSV files and the
Parquet table. No cell is empty: shorthand says what is missing, and why.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence

from databook import words
from databook.citing import citation
from databook.findings import Benchmark, Finding, Point
from databook.model import Indicator
from databook.observations import MARKERS, WITHOUT_VALUE, Context
from databook.render.entries import Entry, comparison, rank_text
from databook.spreadsheets import Cell, Front, Sheet, Workbook

PATH, TOPICS = "data/databook.xlsx", "data/topics/"
MOST_NAME = 40  # letters of a file's name
NONE = "None"  # a cell is never empty
NOT_AVAILABLE = "[x]"
SHORTHAND = re.compile(r"\[([a-z]+)\]")

# What stands under a heading's reference to the sheet of notes.
NOTES = {
    "verdict": "“Higher: worse” and the like compare published figures where no interval is "
    "published, so the difference may be chance. “Better” and “worse” alone are judged by the "
    "95% interval.",
    "rank": "Similar places are statistical neighbours. Ties share a rank; 1 is best, or highest "
    "where neither way is better.",
    "turn": "The latest figure against the forecast that was frozen before it was known.",
    "limits": "Lower and upper limits of the 95% interval, where one is published; not available, "
    "[x], where none is.",
    "counts": "The count behind the value and what it is out of, where published; not "
    "available, [x], where not.",
}
FIGURE_COLUMNS = (
    "Indicator", "Period", "Value", "Unit", "Shorthand", "Lower limit", "Upper limit", "Numerator",
    "Denominator", "Note",
)  # fmt: skip

# Left out of a sheet where no figure of it has any.
MAY_BE_MISSING = ("Shorthand", "Lower limit", "Upper limit", "Numerator", "Denominator", "Note")
NOTHING = (NONE, *(f"[{mark}]" for mark in WITHOUT_VALUE))


def workbooks(context: Context, entries: Sequence[Entry]) -> Mapping[str, Workbook]:
    """The spreadsheets by path: one of the latest figures, and one for each topic with all."""
    topics: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda e: (e.indicator.topic, e.indicator.title)):
        topics.setdefault(entry.indicator.topic, []).append(entry)
    ordered = [entry for mine in topics.values() for entry in mine]
    made = {PATH: _whole(context, ordered, topics)}
    for topic, mine in topics.items():
        made[topic_path(topic)] = _topic(context, topic, mine)
    return made


def topic_path(topic: str) -> str:
    """Where the spreadsheet of a topic stands; no two topics have one place."""
    plain = re.sub(r"[^a-z0-9]+", "-", topic.lower()).strip("-")[:MOST_NAME]
    same = plain.replace("-", " ") == topic.lower()
    mark = "" if same else f"-{hashlib.sha256(topic.encode()).hexdigest()[:6]}"
    return f"{TOPICS}{plain}{mark}.xlsx"


def _whole(
    context: Context, entries: Sequence[Entry], topics: Mapping[str, Sequence[Entry]]
) -> Workbook:
    """The latest figure of every indicator, and where the others are."""
    settings, book = context.settings, context.cited
    holds = (
        f"This workbook holds the latest figure of every indicator for {context.place.name}, "
        "with what the book found. Earlier figures are in a workbook for each topic, which the "
        "table Topics lists."
    )
    listed = Sheet(
        name="Topics",
        title="Topics, and where their figures are",
        columns=("Topic", "Indicators", "Address"),
        rows=tuple(
            (topic, len(mine), book.address(topic_path(topic))) for topic, mine in topics.items()
        ),
    )
    sheets = (_latest(context, entries), listed, _shorthand()) if entries else (_shorthand(),)
    return _workbook(context, settings.title, holds, PATH, sheets)


def _topic(context: Context, topic: str, entries: Sequence[Entry]) -> Workbook:
    """The figures of one topic, all periods."""
    title = f"{topic}: figures of {context.place.name}"
    figures = sum(entry.known for entry in entries)
    holds = (
        f"This workbook holds {words.plural(figures, 'figure')} of {context.place.name} on "
        f"{words.plural(len(entries), 'indicator')}, from {context.settings.title}: the latest "
        "with what the book found, and those of all periods."
    )
    told = [entry for entry in entries if entry.lines.figures]
    sheets = (
        _latest(context, entries),
        *([_figures(context, topic, told)] if told else []),
        _shorthand(),
    )
    return _workbook(context, title, holds, topic_path(topic), sheets)


def _workbook(
    context: Context, title: str, holds: str, path: str, sheets: tuple[Sheet, ...]
) -> Workbook:
    settings, book = context.settings, context.cited
    state = "" if book.published else " This is a draft that nobody has published."
    front = Front(
        title=title,
        intro=(
            settings.summary,
            f"Edition {settings.edition.id}, {words.day(settings.edition.date)}.{state}",
            *([settings.notice] if settings.notice else []),
        ),
        about=(
            holds,
            "Figures of other places and of groups are in the CSV files and the Parquet table of "
            f"the book: {book.address('data/')}",
            "Values are as published and not rounded. A true zero is 0. Where there is no number, "
            "shorthand in square brackets says why; the table Shorthand explains it. A column for "
            "which nothing is published is left out.",
            f"Licence: {settings.licence}, {settings.licence_url}",
            f"To cite: {citation(book, title, path)}",
        ),
        contact=(settings.contact,),
    )
    return Workbook(
        front=front,
        author=settings.publisher,
        edition=settings.edition.id,
        date=settings.edition.date,
        notes=NOTES,
        sheets=sheets,
    )


def _legend(rows: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    """What the shorthand in a table means."""
    texts = (cell for row in rows for cell in row if isinstance(cell, str))
    used = {mark for text in texts for mark in SHORTHAND.findall(text)}
    return tuple(f"[{mark}] = {said}" for mark, said in MARKERS.items() if mark in used)


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
    notes = {against: "verdict", "Rank": "rank", "Curve": "turn"}
    title = f"Latest figures and what the book found, {context.place.name}"
    rows = tuple(entry.lines.latest for entry in entries)
    return Sheet(
        name="Latest", title=title, columns=columns, rows=rows, notes=notes, legend=_legend(rows)
    )


def latest_row(finding: Finding, indicator: Indicator, context: Context) -> tuple[Cell, ...]:
    """The latest figure of an indicator, with what the book found."""
    latest = finding.latest or (finding.own.points[-1] if finding.own.points else None)
    country = comparison(finding, Benchmark.COUNTRY)
    titles = {f"{f.slug}/{o.slug}": o.title for f in context.frameworks for o in f.outcomes}
    return (
        indicator.title,
        indicator.topic,
        "; ".join(dict.fromkeys(titles[reference] for reference in indicator.outcomes)),
        latest.period.short if latest else NOT_AVAILABLE,
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


def _figures(context: Context, topic: str, entries: Sequence[Entry]) -> Sheet:
    title = f"{topic}: all figures of {context.place.name}"
    notes = {
        "Lower limit": "limits",
        "Upper limit": "limits",
        "Numerator": "counts",
        "Denominator": "counts",
    }
    rows = tuple(row for entry in entries for row in entry.lines.figures)
    told = [
        at
        for at, column in enumerate(FIGURE_COLUMNS)
        if column not in MAY_BE_MISSING or any(row[at] not in NOTHING for row in rows)
    ]
    columns = tuple(FIGURE_COLUMNS[at] for at in told)
    return Sheet(
        name="Figures",
        title=title,
        columns=columns,
        rows=(kept := tuple(tuple(row[at] for at in told) for row in rows)),
        legend=_legend(kept),
        notes={column: note for column, note in notes.items() if column in columns},
    )


def figure_rows(finding: Finding, indicator: Indicator) -> tuple[tuple[Cell, ...], ...]:
    """The figures of an indicator, period by period."""
    return tuple(_figure_row(point, indicator) for point in finding.own.points)


def _figure_row(point: Point, indicator: Indicator) -> tuple[Cell, ...]:
    interval = point.interval
    published = interval is not None and interval.method == "published"
    missing = _missing(point) if point.value is None else NOT_AVAILABLE

    def given(number: float | None) -> float | str:
        return missing if number is None else number

    return (
        indicator.title,
        point.period.short,
        _value(point),
        indicator.unit_label,
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
