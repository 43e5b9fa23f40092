"""A sheet as a grid of text: bytes of a CSV file or a workbook in, cells out, nothing understood.

Whatever a spreadsheet program writes is taken: encodings, separators, merged cells, numbers that
are shown as percentages. What had to be decided on the way is said in `remarks`.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass

CAP = 20_000_000  # bytes of a file
CELLS = 3_000_000  # rows times columns; one stray cell far away makes a sheet vast
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how an .xls begins
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
    if data[:5].lower() in (b"%pdf-", b"<!doc", b"<html"):
        raise UnreadableError(
            "This is no table but a document. Ask its publisher for a CSV or .xlsx."
        )
    return _text(data)


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
    try:
        rows = _split(text, separator)
    except csv.Error as failed:
        raise UnreadableError(
            f"The quotes of this file do not fit together ({failed})."
        ) from failed
    remarks = [f"The file is in {encoding}."] if encoding != "UTF-8" else []
    if separator != ",":
        remarks.append(f"Cells are separated by {SEPARATORS[separator]}.")
    return grid(rows, tuple(remarks), separator)


def _split(text: str, separator: str) -> list[list[str]]:
    rows, cells = [], 0
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        cells += max(1, len(row))
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
