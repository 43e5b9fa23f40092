"""Excel workbooks: .xlsx by openpyxl, and the old .xls by xlrd. Nothing in them is ever run."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, timedelta
from typing import Any

from databook.importing import sheets
from databook.importing.grid import UnreadableError
from databook.importing.sheets import Sheet

UNPACKED = 40_000_000  # bytes of a workbook's parts: a small zip can hold a very big file
PART = 12_000_000  # bytes of one sheet, which takes up to forty times as many to read
PARTS = 2_000
OLD_CAP = 8_000_000  # bytes of an .xls, which has no more than 65,536 rows
_OLD_KINDS = {2: "number", 3: "date", 4: "truth", 5: "error"}  # as xlrd numbers them
DAMAGED = (
    "The workbook cannot be read; it may be damaged, or have a password. Save it again as .xlsx, "
    "or as CSV."
)
# A formula whose result was never saved: written by a program that does not reckon.
_UNRECKONED = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")


def read(data: bytes) -> list[Sheet]:
    """The sheets of an .xlsx workbook."""
    remarks = _safe(data)
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except Exception as failed:  # openpyxl raises whatever its parsers do
        raise UnreadableError(DAMAGED) from failed
    return [_sheet(each, remarks) for each in book.worksheets]


def _sheet(sheet: Any, remarks: tuple[str, ...]) -> Sheet:
    hidden = sheet.sheet_state != "visible"
    if not hidden:
        sheets.too_big(sheet.title, sheet.max_row, sheet.max_column)
    rows = [] if hidden and sheet.max_row * sheet.max_column > 100_000 else sheet.iter_rows()
    columns = set()
    for each in sheet.column_dimensions.values():
        if each.hidden and each.min:
            columns |= set(range(each.min - 1, min(each.max or each.min, 16_384)))
    return Sheet(
        title=sheet.title,
        rows=[[_cell(cell) for cell in row] for row in rows],
        merged=tuple(
            (left - 1, top - 1, right - 1, bottom - 1)
            for left, top, right, bottom in (each.bounds for each in sheet.merged_cells.ranges)
        ),
        hidden_rows=frozenset(n - 1 for n, row in sheet.row_dimensions.items() if row.hidden),
        hidden_columns=frozenset(columns),
        hidden=hidden,
        remarks=remarks,
    )


def _cell(cell: Any) -> str:
    """A cell as people see it, with all its decimals."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime | date):
        return sheets.date_of(value.year, value.month, value.day, str(cell.number_format))
    if isinstance(value, int | float):
        return sheets.number(value, str(cell.number_format))
    return str(value)


def _safe(data: bytes) -> tuple[str, ...]:
    """Refuse a zip that is no workbook, unpacks to too much, declares entities or holds macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            sizes = {part.filename: part.file_size for part in parts.infolist()}
            if "xl/workbook.xml" not in sizes:
                raise UnreadableError(
                    "This is not an Excel workbook. Save the sheet as .xlsx, .ods or CSV."
                )
            if any(name.endswith("vbaProject.bin") for name in sizes):
                raise UnreadableError(
                    "The workbook holds macros (programs). Save it as .xlsx, which holds none."
                )
            most = max((size for name, size in sizes.items() if "/worksheets/" in name), default=0)
            if sum(sizes.values()) > UNPACKED or most > PART or len(sizes) > PARTS:
                raise UnreadableError(
                    "The workbook is too big once unpacked. Save the one sheet as CSV."
                )
            return _looked_through(parts, sizes)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError,
            zipfile.LargeZipFile, ValueError) as failed:  # fmt: skip
        if isinstance(failed, UnreadableError):
            raise
        raise UnreadableError("The workbook is damaged or has a password.") from failed


def _looked_through(parts: zipfile.ZipFile, sizes: dict[str, int]) -> tuple[str, ...]:
    unreckoned = 0
    for name in (each for each in sizes if each.endswith((".xml", ".rels"))):
        with parts.open(name) as part:
            text = part.read(PART)
        if sheets.declares(text):
            raise UnreadableError("The workbook holds declarations that Excel never writes.")
        if name.startswith("xl/worksheets/sheet"):
            unreckoned += sum(1 for _ in _UNRECKONED.finditer(text))
    remarks = []
    if any(name.startswith("xl/externalLinks/") for name in sizes):
        remarks.append(
            "Some cells take their figures from other files. Those files are not opened: what was "
            "saved last is read."
        )
    if unreckoned:
        remarks.append(
            f"Cells with a formula whose result was never saved ({unreckoned}) are read as empty. "
            "Open the workbook in a spreadsheet program and save it again."
        )
    return tuple(remarks)


# --- .xls ------------------------------------------------------------------------------------


def read_old(data: bytes) -> list[Sheet]:
    """The sheets of an .xls workbook of Excel 97 to 2003."""
    if len(data) > OLD_CAP:
        raise UnreadableError(
            f"An .xls file of more than {OLD_CAP:,} bytes is not read. Save the sheet as CSV."
        )
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise UnreadableError(
            "The workbook holds macros (programs). Save it as .xlsx, which holds none."
        )
    try:
        import xlrd
        from xlrd.biffh import XLRDError
    except ImportError as lacking:
        raise UnreadableError(
            "This is a workbook of the old kind (.xls). Save it as .xlsx, or install what reads "
            "it: pip install 'databook[xls]'"
        ) from lacking
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, logfile=io.StringIO(), on_demand=False
        )
        return [_old_sheet(book, each) for each in book.sheets()]
    except UnreadableError:
        raise
    except XLRDError as failed:
        raise UnreadableError(
            "This is a workbook of the old kind (.xls) that has a password or is damaged. Save it "
            "as .xlsx without a password, or as CSV."
        ) from failed
    except Exception as failed:  # a damaged file meets code that does not look where it steps
        raise UnreadableError(DAMAGED) from failed


def _old_sheet(book: Any, sheet: Any) -> Sheet:
    sheets.too_big(sheet.name, sheet.nrows, sheet.ncols)
    return Sheet(
        title=sheet.name,
        rows=[
            [_old_cell(book, sheet.cell(row, column)) for column in range(sheet.ncols)]
            for row in range(sheet.nrows)
        ],
        merged=tuple((c, r, c_end - 1, r_end - 1) for r, r_end, c, c_end in sheet.merged_cells),
        hidden_rows=frozenset(n for n, row in sheet.rowinfo_map.items() if row.hidden),
        hidden_columns=frozenset(n for n, col in sheet.colinfo_map.items() if col.hidden),
        hidden=sheet.visibility != 0,
    )


def _old_cell(book: Any, cell: Any) -> str:
    form = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    kind = _OLD_KINDS.get(cell.ctype, "text")
    if kind == "number":
        return sheets.number(cell.value, form)
    if kind == "date":
        first = date(1904, 1, 1) if book.datemode else date(1899, 12, 30)
        day = first + timedelta(days=int(cell.value))
        return sheets.date_of(day.year, day.month, day.day, form)
    if kind == "truth":
        return str(bool(cell.value)).upper()
    if kind == "error":
        return "#ERROR"
    return str(cell.value)
