"""OpenDocument spreadsheets (.ods), as LibreOffice and much of government write them.

Read here rather than by a library, because a figure must come out as people see it: those that
read .ods give shares of one for percentages, and nothing of what is hidden.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from databook.importing import sheets
from databook.importing.grid import CELLS, UnreadableError
from databook.importing.sheets import Sheet

TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
CONTENT = 40_000_000  # bytes of content.xml unpacked; it is read piece by piece
COLUMNS = 16_384
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_PROGRAM = re.compile(r"(Basic|Scripts)/.+/")
_NO_DAY = re.compile(r"(19|20)\d\d|[A-Za-z]{3,9}[ -]\d\d(\d\d)?")
_HIDDEN = ("collapse", "filter")


def read(data: bytes) -> list[Sheet]:
    """The sheets of an .ods file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            sizes = {part.filename: part.file_size for part in parts.infolist()}
            if any(_PROGRAM.match(name) for name in sizes):
                raise UnreadableError(
                    "The spreadsheet holds macros (programs). Save the sheet as .xlsx or CSV."
                )
            if sizes.get("content.xml", 0) > CONTENT or len(sizes) > 2_000:
                raise UnreadableError(
                    "The spreadsheet is too big once unpacked. Save the one sheet as CSV."
                )
            text = parts.read("content.xml")
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError,
            ) as failed:  # fmt: skip
        raise UnreadableError("The spreadsheet is damaged or has a password.") from failed
    if sheets.declares(text):
        raise UnreadableError("The spreadsheet holds declarations that no office program writes.")
    try:
        return list(_tables(text))
    except ElementTree.ParseError as failed:
        raise UnreadableError(
            "The spreadsheet cannot be read; it may be damaged or have a password."
        ) from failed


@dataclass(slots=True)
class _Making:
    """One table while it is read."""

    title: str = ""
    hidden: bool = False
    rows: list[list[str]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    column: int = 0  # of columns that are declared before the rows
    blank: int = 0  # empty rows that something may still follow
    cells: int = 0


def _tables(text: bytes) -> Iterator[Sheet]:
    """Go through the document once; what has been read is let go at once."""
    unseen: set[str] = set()  # styles of tables that are not displayed
    now = _Making()
    style = ""
    steps = ElementTree.iterparse(io.BytesIO(text), events=("start", "end"))  # noqa: S314 - see `read`
    for event, element in steps:
        tag = element.tag
        if event == "start":
            if tag == f"{_STYLE}style":
                style = element.get(f"{_STYLE}name", "")
            elif tag == f"{_STYLE}table-properties":
                if element.get(f"{_TABLE}display") == "false":
                    unseen.add(style)
            elif tag == f"{_TABLE}table":
                hidden = element.get(f"{_TABLE}style-name", "") in unseen
                now = _Making(title=element.get(f"{_TABLE}name", "")[:80], hidden=hidden)
        elif tag == f"{_TABLE}table-column":
            _column(now, element)
        elif tag == f"{_TABLE}table-row":
            _row(now, element)
            element.clear()
        elif tag == f"{_TABLE}table":
            yield Sheet(
                title=now.title,
                rows=now.rows,
                merged=tuple(now.merged),
                hidden_rows=frozenset(now.hidden_rows),
                hidden_columns=frozenset(now.hidden_columns),
                hidden=now.hidden,
            )
            element.clear()


def _times(element: ElementTree.Element, what: str) -> int:
    said = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return min(int(said), 2_000_000) if said.isdecimal() and len(said) < 10 else 1


def _column(now: _Making, element: ElementTree.Element) -> None:
    times = min(_times(element, "columns"), COLUMNS)
    if element.get(f"{_TABLE}visibility") in _HIDDEN:
        now.hidden_columns |= set(range(now.column, min(now.column + times, COLUMNS)))
    now.column += times


def _row(now: _Making, element: ElementTree.Element) -> None:
    times = _times(element, "rows")
    cells, merged = _cells(element)
    if not cells:
        now.blank += times
        return
    # A program writes a million empty rows as one; they count only where something follows them.
    now.cells += now.blank + len(cells) * times
    if now.cells > CELLS:
        raise UnreadableError(
            f"Sheet “{now.title}” has more than {CELLS:,} cells. Save the part that is needed."
        )
    now.rows += [[] for _ in range(now.blank)]
    now.blank = 0
    top = len(now.rows)
    if element.get(f"{_TABLE}visibility") in _HIDDEN:
        now.hidden_rows |= set(range(top, top + times))
    now.merged += [(left, top, right, top + down) for left, right, down in merged]
    now.rows += [list(cells) for _ in range(times)]


def _cells(row: ElementTree.Element) -> tuple[list[str], list[tuple[int, int, int]]]:
    """The cells of a row without the empty ones at its end, and which of them are merged."""
    cells: list[str] = []
    merged = []
    blank = 0
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        times, text = min(_times(cell, "columns"), COLUMNS), _shown(cell)
        wide = _span(cell, "columns")
        down = _span(cell, "rows")
        at = len(cells) + blank
        if text and (wide > 1 or down > 1):
            merged.append((at, at + wide - 1, down - 1))
        if not text:
            blank += times
            continue
        if at + times > COLUMNS:
            break
        cells += [""] * blank + [text] * times
        blank = 0
    widest = max((right + 1 for _, right, _ in merged), default=0)
    return cells + [""] * (min(widest, COLUMNS) - len(cells)), merged


def _span(cell: ElementTree.Element, what: str) -> int:
    said = cell.get(f"{_TABLE}number-{what}-spanned", "1")
    return min(int(said), COLUMNS) if said.isdecimal() and len(said) < 8 else 1


def _shown(cell: ElementTree.Element) -> str:
    """A cell as people see it, with all its decimals."""
    if cell.tag == f"{_TABLE}covered-table-cell":
        return ""
    kind, value = cell.get(f"{_OFFICE}value-type", ""), cell.get(f"{_OFFICE}value", "")
    words = "\n".join("".join(each.itertext()) for each in cell.findall(f"{_TEXT}p"))
    if kind in ("float", "percentage", "currency"):
        try:
            return sheets.number(float(value), "%" if kind == "percentage" else "")
        except ValueError:
            return words
    if kind == "date":
        day = cell.get(f"{_OFFICE}date-value", "")[:10]
        # The words show how much of the date is meant: "Mar 2024", "2024" or a day.
        return words if _NO_DAY.fullmatch(words) else day
    return words
