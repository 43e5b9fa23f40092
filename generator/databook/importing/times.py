"""Periods that a sheet has in pieces: a year and a quarter or month beside it, or day numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from databook.importing import spans
from databook.importing.answers import Body
from databook.periods import PeriodType

# Spreadsheets count days from here (the first of January 1900 is day 1, and 1900 a leap year).
DAY_NOUGHT = date(1899, 12, 30)
FIRST, LAST = 32_874, 58_440  # 1990 to 2059; other numbers of five digits are rather counts
_OF_TIME = re.compile(r"(?:.*\b)?(?:month|date|period|day|week|quarter)(?:\b.*)?", re.IGNORECASE)
_QUARTER = re.compile(r"(?:q(?:uarter|tr)? ?)?([1-4])", re.IGNORECASE)
_YEAR = re.compile(rf"(?:{spans.SPLIT}|{spans.YEAR})")


def put_together(body: Body, kind: PeriodType | None = None) -> Body:
    """The same table with periods that can be read, where it had the parts of them.

    `kind` is the answer to what kind of period is meant: a quarter is one of the calendar.
    """
    return _with_parts(_with_ends(_with_dates(body)), kind)


def _with_ends(body: Body) -> Body:
    """The first and the last day of each period in columns of their own."""
    starts = _columns(body, "(?:start|from|begin)", _on)
    ends = _columns(body, "(?:end|to)", _on)
    if len(starts) != 1 or len(ends) != 1 or starts == ends:
        return body
    start, end = starts[0], ends[0]
    made = [f"{_on(n.cells[start])} to {_on(n.cells[end])}" for n in body.lines]
    if not all(map(spans.readings, made)):
        return body
    said = f"“{body.header[start]}” and “{body.header[end]}” together: {made[0]}"
    return _joined(body, start, end, made, said)


def _on(text: str) -> str:
    """A day in words, such as 1 Apr 2021, or nothing."""
    day = dict(spans.readings(text)).get(PeriodType.DAY)
    on = date.fromisoformat(day) if day else None
    return f"{on.day} {on:%b %Y}" if on else ""


def _with_dates(body: Body) -> Body:
    for column, name in enumerate(body.header):
        cells = [line.cells[column] for line in body.lines if line.cells[column]]
        if not cells or not _OF_TIME.fullmatch(name) or not all(map(_is_serial, cells)):
            continue
        body = _replaced(body, column, [_day(line.cells[column]) for line in body.lines])
        said = f"“{name}” holds a spreadsheet's day numbers: {cells[0]} is {_day(cells[0])}"
        body = replace(body, periods_made=(*body.periods_made, said))
    return body


def _is_serial(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{5}(?:\.0+)?", text)) and FIRST <= float(text) <= LAST


def _day(text: str) -> str:
    return (DAY_NOUGHT + timedelta(days=int(float(text)))).isoformat() if text else ""


def _with_parts(body: Body, kind: PeriodType | None) -> Body:
    """A quarter or a month in one column, and the year that it belongs to in another."""
    years = _columns(body, "year", lambda text: bool(_YEAR.fullmatch(text)))
    quarters = _columns(body, "quarter", lambda text: bool(_QUARTER.fullmatch(text)))
    months = _columns(body, "month", lambda text: bool(_month(text)))
    if len(years) != 1 or len(quarters) + len(months) != 1:
        return body
    year, part = years[0], (quarters or months)[0]
    made = [
        _whole(line.cells[year], line.cells[part], quarter=bool(quarters)) for line in body.lines
    ]
    said = spans.said(body.header[year])
    if quarters and (said is PeriodType.CALENDAR_YEAR or kind is PeriodType.QUARTER):
        made = [f"{n.cells[year]} q{n.cells[part][-1]}" for n in body.lines]
    if not all(text and spans.readings(text) for text in made):
        return body  # whose quarter of which year nobody can know
    told = f"“{body.header[year]}” and “{body.header[part]}” together: {made[0]}"
    return _joined(body, year, part, made, told)


def _joined(body: Body, into: int, gone: int, texts: Sequence[str], said: str) -> Body:
    """The table with one column made of two."""
    body = _replaced(body, into, texts)
    kept = [c for c in range(len(body.header)) if c != gone]
    return replace(
        body,
        header=tuple(body.header[c] for c in kept),
        lines=tuple(replace(n, cells=tuple(n.cells[c] for c in kept)) for n in body.lines),
        periods_made=(*body.periods_made, said),
    )


def _columns(body: Body, word: str, fits: object) -> list[int]:
    assert callable(fits)  # noqa: S101 - given by the lines above
    return [
        column
        for column, name in enumerate(body.header)
        if re.search(rf"\b{word}\b", name.replace("_", " "), re.IGNORECASE)
        and body.lines
        and all(fits(line.cells[column]) for line in body.lines)
    ]


def _whole(year: str, part: str, *, quarter: bool) -> str:
    """The period in full, or nothing where the parts leave it open."""
    split = re.fullmatch(spans.SPLIT, year)
    if quarter:
        number = _QUARTER.fullmatch(part)
        return f"Q{number[1]} {year}" if split and number else ""
    month = _month(part)
    if split:
        first = int(split[1])
        return f"{first if month >= 4 else first + 1}-{month:02d}"
    return f"{year}-{month:02d}"


def _month(text: str) -> int:
    if re.fullmatch(r"0?[1-9]|1[0-2]", text):
        return int(text)
    found = re.fullmatch(spans.MONTH, text.casefold())
    return _NAMES.get(text[:3].casefold(), 0) if found else 0


_NAMES = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}


def _replaced(body: Body, column: int, texts: Sequence[str]) -> Body:
    lines = tuple(
        replace(line, cells=(*line.cells[:column], text, *line.cells[column + 1 :]))
        for line, text in zip(body.lines, texts, strict=True)
    )
    return replace(body, lines=lines)
