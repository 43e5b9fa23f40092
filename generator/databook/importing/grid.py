"""A sheet as a grid of text: bytes of a CSV file or a workbook in, cells out, nothing understood.

Whatever a spreadsheet program writes is taken: encodings, separators, merged cells, numbers that
are shown as percentages. What had to be decided on the way is said in `remarks`.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from dataclasses import dataclass

CAP = 20_000_000  # bytes of a file
COLUMNS = 5_000  # four hundred years of months; more are rows that lost their line ends
VAST = 100_000  # characters of a cell; csv's own limit is lower or higher as others set it
CELLS = 3_000_000  # rows times columns; one stray cell far away makes a sheet vast
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how an .xls begins
MISQUOTED = (
    "The quotes of this file do not fit together, or a cell of it is vast. "
    "Save the sheet as CSV anew."
)
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


class UnreadableError(ValueError):
    """The bytes are no sheet that can be read; the message says what to do instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Rows of cells as text, each row as long as the longest, without spaces around."""

    rows: tuple[tuple[str, ...], ...]
    remarks: tuple[str, ...] = ()
    separator: str = ""


class SheetWantedError(UnreadableError):
    """Nobody can know which sheet of the workbook is meant."""

    def __init__(self, message: str, names: tuple[str, ...]) -> None:
        super().__init__(message)
        self.names = names


def from_bytes(data: bytes, sheet: str = "", *, hidden: bool = False) -> Grid:
    """Read a file, whatever its name says it is. `hidden`: take hidden rows and columns too."""
    if len(data) > CAP:
        raise UnreadableError(
            f"The file has more than {CAP:,} bytes, the most that is read. Leave out the places "
            "and years that are not needed."
        )
    if data[:4] == b"PK\x03\x04" or data[:8] == OLD:
        return _workbook(data, sheet, hidden=hidden)
    if not data.strip():
        raise UnreadableError("The file is empty, so there is nothing to import.")
    if data.lstrip()[:1] in (b"{", b"["):
        raise UnreadableError(_of_json(data))
    if data[:5].lower() in (b"%pdf-", b"<!doc", b"<html"):
        raise UnreadableError(
            "This is no table but a document. Ask its publisher for a CSV or .xlsx."
        )
    return _text(data)


def _of_json(data: bytes) -> str:
    """What to import in place of JSON: the files that a data package describes, or a table."""
    try:
        described = json.loads(data)
    except (ValueError, RecursionError):
        described = None
    resources = described.get("resources") if isinstance(described, dict) else None
    paths = [each.get("path") for each in resources or () if isinstance(each, dict)]
    named = [p for path in paths for p in (path if isinstance(path, list) else [path])]
    if files := [f"“{name[:80]}”" for name in named if isinstance(name, str)]:
        return f"This describes a data package. Import one of its files: {', '.join(files[:8])}."
    return "This is JSON and no sheet. Ask its publisher for a CSV or .xlsx."


def _workbook(data: bytes, sheet: str, *, hidden: bool) -> Grid:
    from databook.importing import excel, opendocument, sheets

    if data[:8] == OLD:
        found = excel.read_old(data)
    elif opendocument.TYPE in data[:200]:
        found = opendocument.read(data)
    else:
        found = excel.read(data)
    return sheets.chosen(found, sheet, hidden=hidden)


def grid(rows: list[list[str]], remarks: tuple[str, ...] = (), separator: str = "") -> Grid:
    """Make all rows equally long and trim every cell."""
    width = max((len(row) for row in rows), default=0)
    even = tuple(
        tuple(" ".join(cell.split()) for cell in row) + ("",) * (width - len(row)) for row in rows
    )
    return Grid(rows=even, remarks=remarks, separator=separator)


# --- text ------------------------------------------------------------------------------------


def _text(data: bytes) -> Grid:
    text, encoding = _decoded(data)
    if "\0" in text:
        raise UnreadableError("This file is not text. Save the sheet as CSV or as .xlsx.")
    separator = max(SEPARATORS, key=lambda each: _fit(text, each))
    if re.match(r"[^\n\t]*\\time(?:_period)? *\t", text, re.IGNORECASE):
        separator = "\t"  # Eurostat: commas stand within the first column
    try:
        rows = _split(text, separator)
    except csv.Error as failed:
        raise UnreadableError(MISQUOTED) from failed
    remarks = [f"The file is in {encoding}."] if encoding != "UTF-8" else []
    if _packed(rows):
        rows = [[*row[0].split(","), *row[1:]] if row else row for row in rows]
        rows[0] = [name.partition("\\")[0] for name in rows[0]]
        remarks.append("The first column was split at its commas, as Eurostat packs it.")
    if separator != ",":
        remarks.append(f"Cells are separated by {SEPARATORS[separator]}.")
    return grid(rows, tuple(remarks), separator)


def _packed(rows: list[list[str]]) -> bool:
    """Eurostat's layout: all that a row is about stands in its first cell, parted by commas."""
    head = rows[0][0] if rows and rows[0] else ""
    found = re.fullmatch(r"[\w ,]+\\time(?:_period)?", head.strip(), re.IGNORECASE)
    parts = head.count(",")
    return bool(found) and all(row[0].count(",") == parts for row in rows if row and row[0])


def _split(text: str, separator: str) -> list[list[str]]:
    rows, cells = [], 0
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        cells += max(1, len(row))
        if len(row) > COLUMNS:
            raise UnreadableError(
                f"A line of the file has {len(row):,} cells; {COLUMNS:,} are the most. See that "
                "each row is on a line of its own."
            )
        if any(len(cell) > VAST for cell in row):
            raise UnreadableError(MISQUOTED)
        if cells > CELLS:
            raise UnreadableError(f"The file has more than {CELLS:,} cells or lines.")
        rows.append(row)
    return rows


def _decoded(data: bytes) -> tuple[str, str]:
    try:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return data.decode("utf-16"), "UTF-16"
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        # The encoding of Windows in western Europe, which leaves five bytes without a meaning.
        return data.decode("cp1252", errors="replace"), "Windows-1252 (Latin)"


def _fit(text: str, separator: str) -> tuple[int, int]:
    """How well a separator divides: rows of the commonest width, where that is more than one."""
    try:
        first = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=separator)
        widths = Counter(len(row) for row in first if len(row) > 1)
    except csv.Error:
        return (0, 0)
    width, rows = widths.most_common(1)[0] if widths else (0, 0)
    return (rows, width)
