"""Sheets of a workbook, of whichever kind: which one is meant, and its cells as a grid of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from databook.importing.grid import CELLS, Grid, SheetWantedError, UnreadableError, grid

# Sheets that stand around the tables, as official workbooks name them.
_AROUND = re.compile(
    r"(cover|contents?|notes?|information|info|introduction|read ?me|about|metadata|glossary|"
    r"definitions?|quality|methodology|index|table of contents|technical notes?|revisions?)\b.*",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"-?[0-9][0-9,]*(\.[0-9]+)?%?")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)")
_PLAIN = (b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252")
FEW = 3  # a sheet with fewer figures is text: a cover with a date, a list of tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: its cells as people see them, and what is merged and hidden (from 0)."""

    title: str
    rows: list[list[str]] = field(repr=False)
    merged: tuple[tuple[int, int, int, int], ...] = ()  # left, top, right, bottom, inclusive
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    remarks: tuple[str, ...] = ()


def chosen(sheets: list[Sheet], wanted: str, *, hidden: bool) -> Grid:
    """The sheet that is meant, as a grid; raises where nobody can know which."""
    if wanted:
        found = [each for each in sheets if each.title == wanted]
    else:
        shown = [each for each in sheets if not each.hidden]
        found = [each for each in shown if _holds_figures(each)]
        found = (
            [each for each in found if not _around(each)]
            or found
            or (shown if len(shown) == 1 else [])
        )
    if len(found) != 1:
        names = [each.title for each in (found or sheets) if not each.hidden]
        said = ", ".join(f"“{name}”" for name in names) or "none with figures"
        lack = f"There is no sheet “{wanted}”" if wanted else "The workbook has several sheets"
        raise SheetWantedError(f"{lack}: {said}.", tuple(names))
    sheet = found[0]
    remarks = [f"Sheet “{sheet.title}”.", *sheet.remarks]
    if len(sheets) > 1 and not wanted:
        remarks[0] = f"Sheet “{sheet.title}”, the only one that holds a table of figures."
    others = [each for each in sheets if each is not sheet and not _around(each)]
    if wanted and (rest := [each.title for each in others if _holds_figures(each)]):
        remarks.append(f"Left out: other sheets with figures ({', '.join(rest)}).")
    if merged := sum(1 for bound in sorted(sheet.merged) if _fill(sheet.rows, bound)):
        remarks.append(f"Merged cells ({merged}) were read as if each held the text.")
    rows, hid = (sheet.rows, "") if hidden else _seen(sheet)
    if hid:
        remarks.append(f"Left out: {hid}; --hidden takes what is hidden, too.")
    return grid(rows, tuple(remarks))


def _around(sheet: Sheet) -> bool:
    """Whether its name says that it is a cover, contents or notes."""
    return bool(_AROUND.fullmatch(sheet.title.replace("_", " ")))


def too_big(title: str, rows: int, columns: int) -> None:
    """Refuse a sheet that one stray cell makes vast."""
    if rows * columns > CELLS:
        raise UnreadableError(
            f"Sheet “{title}” reaches to row {rows:,} and column {columns:,}. Delete the empty "
            "rows and columns."
        )


def declares(xml: bytes) -> bool:
    """Whether XML declares entities or an encoding that would hide them; no office program does.

    Expat reads any encoding that Python knows, and in some of them no letter is where it is in
    ASCII, so that a search for a declaration would find none.
    """
    said = _ENCODING.search(xml[:300])
    plain = said is None or said[1].lower() in _PLAIN
    return not plain or b"\0" in xml or b"<!DOCTYPE" in xml or b"<!ENTITY" in xml


def number(value: float, form: str) -> str:
    """A number as its cell's format shows it: a share of one as a percentage."""
    plain = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", form)
    return text_of(value * 100) + "%" if "%" in plain else text_of(value)


def text_of(value: float) -> str:
    """Fifteen digits are what a spreadsheet shows; the rest is the machine's own arithmetic."""
    text = f"{value:.15g}"
    return f"{value:.10f}".rstrip("0").rstrip(".") if "e" in text else text


def date_of(year: int, month: int, day: int, form: str) -> str:
    """A date as far as its cell's format shows it: a year, a month, or a day."""
    plain = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|am/pm', "", form.casefold())
    if "y" in plain and "d" not in plain:
        return f"{year}-{month:02d}" if "m" in plain else str(year)
    return f"{year}-{month:02d}-{day:02d}"


def _holds_figures(sheet: Sheet) -> bool:
    cells = (cell for row in sheet.rows for cell in row if cell and _FIGURE.fullmatch(cell))
    return len(list(islice(cells, FEW))) == FEW


def _seen(sheet: Sheet) -> tuple[list[list[str]], str]:
    """The rows without what is hidden, and how much of it held anything.

    Rows keep their numbers, because people are told of rows by number: hidden ones are emptied.
    """
    rows = [r for r in sheet.hidden_rows if r < len(sheet.rows) and any(sheet.rows[r])]
    width = max((len(row) for row in sheet.rows), default=0)
    columns = [
        c for c in sheet.hidden_columns
        if c < width and any(c < len(row) and row[c] for row in sheet.rows)
    ]  # fmt: skip
    out = [
        [] if at in sheet.hidden_rows
        else [cell for c, cell in enumerate(row) if c not in sheet.hidden_columns]
        for at, row in enumerate(sheet.rows)
    ]  # fmt: skip
    parts = [f"{len(found)} hidden {word}{'s' * (len(found) > 1)}"
             for found, word in ((rows, "row"), (columns, "column")) if found]  # fmt: skip
    return out, " and ".join(parts)


def _fill(rows: list[list[str]], bound: tuple[int, int, int, int]) -> bool:
    """Put the text of a merged cell into each that it covers; a lone title stays as it is."""
    left, top, right, bottom = bound
    if top >= len(rows) or left >= len(rows[top]):
        return False
    text = rows[top][left]
    alone = sum(map(bool, rows[top])) == 1
    if not text or (alone and right > left and left == 0):
        return False
    for row, column in _covered(left, top, right, min(bottom, len(rows) - 1)):
        if column < len(rows[row]):
            rows[row][column] = text
    return True


def _covered(left: int, top: int, right: int, bottom: int) -> Iterator[tuple[int, int]]:
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield row, column
