"""A sheet as a grid of text: bytes of a CSV file or a workbook in, cells out, nothing understood.

Whatever a spreadsheet program writes is taken: encodings, separators, merged cells, numbers that
are shown as percentages. What had to be decided on the way is said in `remarks`.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

CAP = 20_000_000  # bytes of a file
UNPACKED = 40_000_000  # bytes of a workbook's parts: a small zip can hold a very big file
CELLS = 3_000_000  # rows times columns; one stray cell far away makes a sheet vast
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


class UnreadableError(ValueError):
    """The bytes are no sheet that can be read; the message says what to do instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Rows of cells as text, each row as long as the longest, without spaces around."""

    rows: tuple[tuple[str, ...], ...]
    remarks: tuple[str, ...] = ()
    separator: str = ""


def from_bytes(data: bytes, sheet: str = "") -> Grid:
    """Read a file, whatever its name says it is."""
    if len(data) > CAP:
        raise UnreadableError(
            f"The file has more than {CAP:,} bytes, the most that is read. Leave out the places "
            "and years that are not needed."
        )
    if data[:4] == b"PK\x03\x04":
        return _workbook(data, sheet)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise UnreadableError(
            "This is a workbook of the old kind (.xls), or has a password. Save it as .xlsx "
            "without a password, or as CSV."
        )
    if data[:5] in (b"%PDF-", b"<!DOC", b"<html", b"<!doc"):
        raise UnreadableError(
            "This is no table but a document. Ask its publisher for a CSV or .xlsx."
        )
    return _text(data)


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
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as failed:
        raise UnreadableError(
            f"The quotes of this file do not fit together ({failed})."
        ) from failed
    if sum(map(len, rows)) > CELLS:
        raise UnreadableError(f"The file has more than {CELLS:,} cells.")
    remarks = [f"The file is in {encoding}."] if encoding != "UTF-8" else []
    if separator != ",":
        remarks.append(f"Cells are separated by {SEPARATORS[separator]}.")
    return grid(rows, tuple(remarks), separator)


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


# --- workbooks -------------------------------------------------------------------------------


def _workbook(data: bytes, wanted: str) -> Grid:
    _safe(data)
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except Exception as failed:  # openpyxl raises whatever its parsers do
        raise UnreadableError(
            "The workbook cannot be read; it may be damaged. Save it again as .xlsx, or as CSV."
        ) from failed
    shown = [each for each in book.worksheets if each.sheet_state == "visible" and each.max_row > 1]
    names = [each.title for each in shown]
    if wanted:
        shown = [each for each in book.worksheets if each.title == wanted]
    if len(shown) != 1:
        said = ", ".join(f"“{name}”" for name in names) or "none with figures"
        lack = f"There is no sheet “{wanted}”" if wanted else "The workbook has several sheets"
        raise SheetWantedError(f"{lack}: {said}.", tuple(names))
    sheet = shown[0]
    if sheet.max_row * sheet.max_column > CELLS:
        raise UnreadableError(f"Sheet “{sheet.title}” reaches to row {sheet.max_row:,} and column "
                         f"{sheet.max_column:,}. Delete the empty rows and columns.")  # fmt: skip
    rows = [[_cell(cell) for cell in row] for row in sheet.iter_rows()]
    merged = _spread(rows, [each.bounds for each in sheet.merged_cells.ranges])
    remarks = [f"Sheet “{sheet.title}”."]
    if merged:
        remarks.append(f"{merged} merged cells were read as if each held the text.")
    return grid(rows, tuple(remarks))


class SheetWantedError(UnreadableError):
    """Nobody can know which sheet of the workbook is meant."""

    def __init__(self, message: str, names: tuple[str, ...]) -> None:
        super().__init__(message)
        self.names = names


def _safe(data: bytes) -> None:
    """Refuse a zip that is no workbook, unpacks to more than it should, or declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            sizes = {part.filename: part.file_size for part in parts.infolist()}
            if "xl/workbook.xml" not in sizes:
                raise UnreadableError(
                    "This is not an Excel workbook. Save the sheet as .xlsx or CSV."
                )
            if sum(sizes.values()) > UNPACKED or len(sizes) > 2_000:
                raise UnreadableError(
                    "The workbook is too big once unpacked. Save the one sheet as CSV."
                )
            for name in (each for each in sizes if each.endswith((".xml", ".rels"))):
                if b"<!DOCTYPE" in parts.open(name).read(4_000):
                    raise UnreadableError(
                        "The workbook holds declarations that Excel never writes."
                    )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as failed:
        raise UnreadableError("The workbook is damaged or has a password.") from failed


def _cell(cell: Any) -> str:
    """A cell as people see it, with all its decimals."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        percent = "%" in str(cell.number_format)
        return _number(value * 100) + "%" if percent else _number(value)
    return str(value)


def _number(value: float) -> str:
    """Fifteen digits are what a spreadsheet shows; the rest is the machine's own arithmetic."""
    text = f"{value:.15g}"
    return f"{value:.10f}".rstrip("0").rstrip(".") if "e" in text else text


def _spread(rows: list[list[str]], bounds: list[tuple[int, int, int, int]]) -> int:
    """Put the text of a merged cell into each cell that it covers; a lone title stays as it is."""
    return sum(1 for bound in sorted(bounds) if _fill(rows, bound))


def _fill(rows: list[list[str]], bound: tuple[int, int, int, int]) -> bool:
    left, top, right, bottom = bound
    text = rows[top - 1][left - 1]
    alone = sum(map(bool, rows[top - 1])) == 1
    if not text or (alone and right > left and left == 1):
        return False
    for row, column in _covered(left, top, right, min(bottom, len(rows))):
        rows[row][column] = text
    return True


def _covered(left: int, top: int, right: int, bottom: int) -> Iterator[tuple[int, int]]:
    for row in range(top - 1, bottom):
        for column in range(left - 1, right):
            yield row, column
