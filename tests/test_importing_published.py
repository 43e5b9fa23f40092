"""Sheets laid out as large publishers lay them out, and workbooks of every kind.

The layouts are theirs; the figures are made up where that matters to nobody.
"""

from __future__ import annotations

import io
import os
import pty
import select
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt  # type: ignore[import-untyped]

import sheets
from databook import importing
from databook.importing import Answers, Understanding
from databook.periods import PeriodType
from memory import PEAK

SHEETS = Path(__file__).parent / "cases" / "sheets"
TINY = Path(__file__).parent / "cases" / "books" / "tiny"
ONS = {"E06000044": "Portsmouth", "E12000008": "South East", "E92000001": "England"}
P, SE, E = ONS
ACADEMIC, FINANCIAL = PeriodType.ACADEMIC_YEAR, PeriodType.FINANCIAL_YEAR
CALENDAR, POOLED = PeriodType.CALENDAR_YEAR, PeriodType.POOLED_CALENDAR_YEARS


def understood(data: bytes, *, hidden: bool = False, sheet: str = "", **said: Any) -> Understanding:
    grid = importing.from_bytes(data, sheet, hidden=hidden)
    return importing.understand(grid, Answers(**said), ONS)


def taken(found: Understanding) -> dict[tuple[str, ...], str]:
    assert not found.questions, found.questions
    return {row.key: row.value or f"[{row.marker}]" for row in found.rows}


def asked(found: Understanding) -> list[tuple[str, str]]:
    return [(question.flag, question.key) for question in found.questions]


def told(found: Understanding, subject: str) -> str:
    return " | ".join(finding for each, finding in found.said if each == subject)


# --- text --------------------------------------------------------------------------------------

# File, what is asked of it, the answers, and what comes of it.
PUBLISHED: dict[str, tuple[list[tuple[str, str]], dict[str, Any], dict[tuple[str, ...], str]]] = {
    "explore-education-statistics": (
        [("--value-column", "")], {"value_column": "sess_overall_percent"},
        {("2018/19 autumn", E): "4.30416", ("2019/20 autumn", E): "4.9412",
         ("2018/19 autumn", P): "4.7", ("2019/20 autumn", P): "[z]"},
    ),
    "fingertips": (
        [("--filter", "Sex")], {"filters": {"Sex": "Male"}},
        {("2001-2003", E): "76.15927", ("2001-2003", P): "74.91", ("2019-2020", E): "76.2",
         ("2002-2004", P): "[c]"},
    ),
    "open-sdg": (
        [], {},
        {("2001-Q4", E, "All"): "12.9347813419", ("2002-Q1", E, "All"): "13.2707124248",
         ("2001-Q4", E, "Male"): "10.5509188777", ("2002-Q1", E, "Male"): "11.2383020327",
         ("2001-Q4", E, "Female"): "15.3368751468", ("2002-Q1", E, "Female"): "15.320125526"},
    ),
    "lg-inform": (
        [], {},
        {("2018/19", P): "5.6", ("2019/20", P): "[x]", ("2020/21", P): "6.0",
         ("2018/19", E): "5.1", ("2019/20", E): "5.2", ("2020/21", E): "4.7"},
    ),
    "lg-inform-long": (
        [("--period-type", "")], {"period_type": FINANCIAL},
        {("2015/16", P): "2700", ("2016/17", P): "2650", ("2015/16", E): "670000"},
    ),
    "nomis-one-date": ([], {}, {("2023", P): "74.2", ("2023", SE): "78.7"}),
    "nomis-dates-across": (
        [], {},
        {("2015/16", P): "74.2", ("2016/17", P): "75.1", ("2017/18", P): "[c]",
         ("2015/16", E): "74.2", ("2016/17", E): "75.1", ("2017/18", E): "75"},
    ),
    "nomis-query": (
        [("--filter", "MEASURES_NAME")], {"filters": {"MEASURES_NAME": "Confidence"}},
        {("2020", P): "3.4", ("2021", P): "[x]"},
    ),
    "ons-time-series": (
        [("--place", "")], {"place": E, "period_type": PeriodType.QUARTER},
        {("2021-Q1", E): "5.0", ("2021-Q2", E): "4.8"},
    ),
    "ons-v4": (
        [("--period-type", "")], {"period_type": FINANCIAL},
        {("2018/19", E): "75.1", ("2018/19", P): "72.3", ("2019/20", P): "[x]"},
    ),
    "measures-stacked": ([], {}, {("2016/17", P): "8", ("2017/18", P): "8.1"}),
}  # fmt: skip


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_layout_asks_only_what_nobody_can_know(name: str) -> None:
    questions, answers, figures = PUBLISHED[name]
    data = (SHEETS / f"{name}.csv").read_bytes()
    assert asked(understood(data))[: len(questions) or 1] == questions
    assert taken(understood(data, **answers)) == figures


def test_every_sheet_that_is_kept_is_tried() -> None:
    assert {path.stem for path in SHEETS.iterdir()} == set(PUBLISHED)


def test_a_series_of_years_quarters_and_months_is_asked_about_and_the_rest_told() -> None:
    data = (SHEETS / "ons-time-series.csv").read_bytes()
    found = understood(data, place=E)
    assert set(found.questions[0].choices) >= {CALENDAR, PeriodType.QUARTER, PeriodType.MONTH}
    assert "several kinds" in found.questions[0].what
    months = understood(data, place=E, period_type=PeriodType.MONTH)
    assert taken(months) == {("2021-01", E): "5.1", ("2021-02", E): "5.0"}
    assert ("rows about periods of another kind", 4) in months.left_out


def test_years_that_begin_in_july_are_named_and_not_taken_for_anything_else() -> None:
    found = understood(b"Area,Jul 2019 to Jun 2020,Jul 2020 to Jun 2021\nPortsmouth,5,6\n")
    assert "Jul 2019 to Jun 2020" in found.questions[0].what
    mixed = understood(b"Area,2019/20,Jul 2020 to Jun 2021\nPortsmouth,5,6\n")
    assert "Jul 2020 to Jun 2021" in mixed.questions[0].what


def test_a_change_beside_the_years_is_no_period_and_is_told() -> None:
    found = understood(b"Area,2019,2020,Change 2019 to 2020\nPortsmouth,5,6,1\n",
                       period_type=CALENDAR)  # fmt: skip
    assert taken(found) == {("2019", P): "5", ("2020", P): "6"}
    assert "Change 2019 to 2020" in told(found, "not taken")


PERIODS = {
    "financial-year": ["2015/16", "2015-16", "201516", "2015/2016", "Apr 2015 to Mar 2016",
                       "1 April 2015 to 31 March 2016", "Year ending March 2016",
                       "12 months to March 2016", "FY 2015/16", "2015/16 [note 3]", "2015–16"],
    "academic-year": ["2015/16 (academic)", "Sep 2015 to Aug 2016", "Aug 2015-Jul 2016"],
    "calendar-year": ["2015", "2015.0", "Jan 2015-Dec 2015", "Year ending 31 December 2015"],
    "quarter": ["2015 Q2", "Q2 2015", "Quarter 2 2015", "Apr to Jun 2015", "Q2 2015 (Apr to Jun)",
                "Q1 2015/16", "Financial year Q1 201516", "Apr 2015 to Jun 2015"],
    "month": ["May 2015", "2015 MAY", "May-15", "2015-05", "2015M05", "01/05/2015"],
    "pooled-calendar-years": ["2013 - 15", "2013-2015", "2013 to 2015", "Jan 2013 to Dec 2015",
                              "2013 - 15 (3 year range)"],
    "pooled-financial-years": ["2013/14 - 15/16", "2013/14 to 2015/16", "Apr 2013 to Mar 2016"],
    "term": ["Autumn term 201516", "2015/16 autumn term"],
}  # fmt: skip
CODES = {
    "financial-year": "2015/16", "academic-year": "2015/16", "calendar-year": "2015",
    "quarter": "2015-Q2", "month": "2015-05", "pooled-calendar-years": "2013-2015",
    "pooled-financial-years": "2013/14-2015/16", "term": "2015/16 autumn",
}  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(k, t) for k, texts in PERIODS.items() for t in texts])
def test_periods_are_read_as_tables_print_them(kind: str, text: str) -> None:
    data = f'Period,Area,Value\n"{text}",{P},5\n'.encode()
    found = understood(data, period_type=PeriodType(kind))
    assert list(taken(found)) == [(CODES[kind], P)]


def test_shares_of_one_under_a_heading_that_says_percent_are_asked_about() -> None:
    data = f"Calendar year,Area,Percentage\n2019,{P},0.187\n2020,{P},0.2\n2021,{P},0\n".encode()
    assert asked(understood(data)) == [("--scale", "")]
    assert "18.7 %" in understood(data).questions[0].what
    found = understood(data, scale="fraction")
    assert taken(found) == {("2019", P): "18.7", ("2020", P): "20", ("2021", P): "0"}
    assert found.percent
    assert taken(understood(data, scale="as-is"))[("2019", P)] == "0.187"


def test_words_in_the_place_of_a_figure_mean_what_they_say() -> None:
    cells = {"Suppressed": "c", "Missing": "x", "not available": "x", "Not applicable": "z"}
    for word, marker in cells.items():
        found = understood(f"Month,Area,Value\n2019-01,{P},5\n2019-02,{P},{word}\n".encode())
        assert taken(found)[("2019-02", P)] == f"[{marker}]"


def test_an_empty_cell_with_a_remark_beside_it_is_withheld_or_missing_as_it_says() -> None:
    data = f"Month,Area,Value,Notes\n2019-01,{P},5,\n2019-02,{P},,Suppressed: small numbers\n"
    assert taken(understood(data.encode()))[("2019-02", P)] == "[c]"


def test_a_column_of_signs_is_read_beside_the_figures() -> None:
    data = f"Month,Area,Value,Status\n2019-01,{P},5,p\n2019-02,{P},,[c]\n2019-03,{P},6,\n"
    rows = understood(data.encode()).rows
    assert [(row.value, row.marker) for row in rows] == [("5", "p"), ("", "c"), ("6", "")]


# --- workbooks ---------------------------------------------------------------------------------


def official(more: Callable[[Any], None] = lambda book: None) -> bytes:
    """A workbook as statistical bodies write them: cover, contents, notes, and a table."""
    book = openpyxl.Workbook()
    cover: Any = book.active
    cover.title = "Cover_sheet"
    cover.append(["School places in England, academic year 2023 to 2024"])
    for line in ("Published 12 June 2024", "Telephone", 2024, 12345, 67890):
        cover.append([line])
    notes = book.create_sheet("Notes")
    notes.append(["Note number", "Note text"])
    for number in range(1, 5):
        notes.append([number, "Figures are rounded."])
    sheet = book.create_sheet("Table_1")
    sheet.append(["Table 1: Share of pupils in the school of their first choice [note 1]"])
    sheet.append(["This worksheet contains one table. Some cells refer to notes."])
    sheet.append(["Academic year", "Area code", "Area name ", "Internal", "Share"])
    sheet.append([202223, E, "England", 17, 0.933])
    sheet.append([202223, P, "Portsmouth ", 3, 0.917])
    sheet.append([202324, E, "England", 18, "[c]"])
    sheet.append([202324, P, "Portsmouth", 4, "[low] "])
    sheet.append([202122, P, "Portsmouth", 4, 0.5])
    for cells in sheet["E4:E8"]:
        cells[0].number_format = "0.0%"
    sheet.column_dimensions["D"].hidden = True
    sheet.row_dimensions[8].hidden = True
    more(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


TABLE = {
    ("2022/23", E): "93.3", ("2022/23", P): "91.7", ("2023/24", E): "[c]", ("2023/24", P): "[low]",
}  # fmt: skip


def test_the_one_sheet_with_a_table_is_taken_and_what_is_hidden_is_left_out_and_told() -> None:
    found = understood(official())
    assert taken(found) == TABLE
    assert found.percent
    assert "the only one that holds a table" in told(found, "file")
    assert "Left out: 1 hidden row and 1 hidden column" in told(found, "file")
    whole = understood(official(), hidden=True, value_column="Share")
    assert ("2021/22", P) in taken(whole)


def test_two_sheets_with_tables_are_asked_about_by_name() -> None:
    def second(book: Any) -> None:
        book.copy_worksheet(book["Table_1"]).title = "Table_2"

    with pytest.raises(importing.SheetWantedError) as wanted:
        importing.from_bytes(official(second))
    assert wanted.value.names == ("Table_1", "Table_2")
    named = understood(official(second), sheet="Table_2")
    assert taken(named) == TABLE
    assert "Left out: other sheets with figures (Table_1)" in told(named, "file")


def test_dates_are_read_as_far_as_their_format_shows_them() -> None:
    def dated(form: str) -> bytes:
        book = openpyxl.Workbook()
        sheet: Any = book.active
        sheet.append(["Area", date(2024, 1, 1), date(2024, 2, 1)])
        sheet.append(["Portsmouth", 5.5, 6])
        for cell in sheet[1]:
            cell.number_format = form
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    month = understood(dated("mmm-yy"), period_type=PeriodType.MONTH)
    assert taken(month) == {("2024-01", P): "5.5", ("2024-02", P): "6"}
    assert asked(understood(dated("dd/mm/yyyy"))) == [("--period-type", "")]


def test_a_formula_that_was_never_reckoned_is_told() -> None:
    def sums(book: Any) -> None:
        book["Table_1"]["E4"] = "=1/2"

    assert "Cells with a formula whose result was never saved (1)" in told(
        understood(official(sums)), "file"
    )


def open_document() -> bytes:
    """The same table as LibreOffice writes it."""
    head = [sheets.text(word) for word in ("Area", "Internal")]
    days = [sheets.day("2024-01-31", "Jan 2024"), sheets.day("2024-02-29", "Feb 2024")]
    rows = [
        sheets.text("Share of pupils who swim", 'table:number-columns-spanned="4"')
        + '<table:covered-table-cell table:number-columns-repeated="3"/>',
        "".join((*head, *days)),
        "".join((sheets.text("Portsmouth "), sheets.figure(9),
                 sheets.figure(0.187, percent=True, shown="18.7%"), sheets.text("[c]"))),
        "".join((sheets.text("England"), sheets.figure(9),
                 '<table:table-cell office:value-type="percentage" office:value="0.25" '
                 'table:number-columns-repeated="2"><text:p>25%</text:p></table:table-cell>')),
    ]  # fmt: skip
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    secret = sheets.table("Working", [sheets.figure(1) * 3] * 3, hidden=True)
    cover = sheets.table("Cover", [sheets.text("Swimming")])
    return sheets.book(cover, secret, sheets.table("Table 1", rows, columns=columns))


def test_an_open_document_is_read_with_its_percentages_months_and_hidden_parts() -> None:
    found = understood(open_document(), period_type=PeriodType.MONTH)
    assert taken(found) == {
        ("2024-01", P): "18.7", ("2024-02", P): "[c]", ("2024-01", E): "25", ("2024-02", E): "25",
    }  # fmt: skip
    assert found.percent
    assert found.title == "Share of pupils who swim"
    assert "1 hidden column" in told(found, "file")


def test_an_old_workbook_is_read_with_its_percentages_and_dates() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Table 1")
    percent, month = xlwt.easyxf(num_format_str="0.0%"), xlwt.easyxf(num_format_str="mmm-yy")
    sheet.write_merge(0, 0, 0, 2, "Share of pupils who swim")
    sheet.write(1, 0, "Area")
    sheet.write(2, 0, "Portsmouth")
    sheet.write(3, 0, "England")
    for column, (year, share) in enumerate(((2023, 0.187), (2024, 0.2)), 1):
        sheet.write(1, column, date(year, 5, 1), month)
        sheet.write(2, column, share, percent)
        sheet.write(3, column, ".." if column == 2 else 0.25, percent)
    book.add_sheet("Notes").write(0, 0, "Rounded")
    out = io.BytesIO()
    book.save(out)
    assert taken(understood(out.getvalue())) == {
        ("2023-05", P): "18.7", ("2024-05", P): "20", ("2023-05", E): "25", ("2024-05", E): "[x]",
    }  # fmt: skip


# --- hostile -----------------------------------------------------------------------------------


def bomb(rows: int) -> bytes:
    """A workbook whose one sheet unpacks to very much more."""
    part = '<row><c t="n"><v>1</v></c></row>' * 1_000
    xml = ('<?xml version="1.0"?><worksheet><sheetData>' + part * (rows // 1_000)
           + "</sheetData></worksheet>")  # fmt: skip
    return sheets.zipped({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>",
                          "xl/worksheets/sheet1.xml": xml})  # fmt: skip


def dense(cells: int) -> bytes:
    """A workbook of so many cells, each in as few bytes as can be."""
    book = openpyxl.Workbook()
    out, dense = io.BytesIO(), io.BytesIO()
    book.save(out)
    row = f"<row>{'<c><v>1</v></c>' * 40}</row>"
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + row * (cells // 40)
        + "</sheetData></worksheet>"
    )
    with zipfile.ZipFile(out) as parts, zipfile.ZipFile(dense, "w", zipfile.ZIP_DEFLATED) as made:
        for name in parts.namelist():
            same = name != "xl/worksheets/sheet1.xml"
            made.writestr(name, parts.read(name) if same else xml)
    return dense.getvalue()


def entities(encoding: str) -> bytes:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha" * 50}">' for n in range(9))
    xml = (f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [{lines}]>'
           f"<office:document-content {sheets.NAMES}>&e8;</office:document-content>")  # fmt: skip
    return sheets.zipped({"mimetype": sheets.ODS, "content.xml": xml.encode(encoding)})


def one_row(times: str, cell: str) -> bytes:
    row = f'<table:table-row table:number-rows-repeated="{times}">{cell}</table:table-row>'
    return sheets.ods(
        f'{sheets.HEAD}<office:body><office:spreadsheet><table:table table:name="T">{row}'
        f"</table:table>{sheets.TAIL}"
    )


def macros(name: str) -> bytes:
    out = io.BytesIO(official())
    with zipfile.ZipFile(out, "a") as parts:
        parts.writestr(name, b"\x00")
    return out.getvalue()


WIDE_CELL = (
    '<table:table-cell table:number-columns-repeated="16000"><text:p>1</text:p></table:table-cell>'
)
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb": (lambda: bomb(2_000_000), "too big once unpacked"),
    "as many cells as are read": (lambda: dense(480_000), ""),
    "more cells than are read": (lambda: dense(1_600_000), "too big"),
    "entities": (lambda: entities("utf-8"), "declarations"),
    "entities in UTF-16": (lambda: entities("utf-16"), "declarations"),
    "entities in EBCDIC": (lambda: entities("cp037"), "damaged"),
    "a million rows of one": (lambda: one_row("1000000", WIDE_CELL), "more than"),
    "rows without number": (lambda: one_row("99999999999999999999", WIDE_CELL), ""),
    "no content": (lambda: sheets.zipped({"mimetype": sheets.ODS}), "damaged"),
    "half an open document": (lambda: open_document()[:-40], "damaged"),
    "broken XML": (lambda: sheets.ods(f"{sheets.HEAD}<office:body>"), "damaged"),
    "deep XML": (lambda: sheets.ods(f"{sheets.HEAD}{'<text:p>' * 200_000}"), "damaged"),
    "macros": (lambda: macros("xl/vbaProject.bin"), "macros"),
    "cells without end": (lambda: b"," * 15_000_000, "5,000 are the most"),
    "quotes without end": (lambda: b'"' * 15_000_000, ""),
    "lines without end": (lambda: b"\n" * 15_000_000, ""),
    "blanks without end": (lambda: b"a,b\n" + b"\n" * 2_900_000, ""),
    "an old workbook, cut": (lambda: OLD + b"\xff" * 100_000, "damaged"),
}  # fmt: skip
MEMORY, SECONDS = 512, 30
GUARDED = (
    PEAK
    + """
import sys, time
from databook import importing
began = time.process_time()
data, areas = open(sys.argv[1], "rb").read(), {"E06000044": "Portsmouth"}
try:
    found = importing.understand(importing.from_bytes(data), importing.Answers(), areas)
    said = "; ".join(question.what for question in found.questions)
except importing.UnreadableError as refused:
    said = str(refused)
print(round(peak()), round(time.process_time() - began), said)
"""
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_sheet_is_refused_quickly_in_little_memory(name: str, tmp_path: Path) -> None:
    make, word = HOSTILE[name]
    file = tmp_path / "sheet"
    file.write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", GUARDED, str(file)], capture_output=True, text=True, timeout=300,
        check=False, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2_000:]
    memory, seconds, said = done.stdout.split(" ", 2)
    assert word in said, said
    assert int(memory) < MEMORY
    assert int(seconds) < SECONDS


# --- at the terminal ---------------------------------------------------------------------------


def at_terminal(command: list[str], answers: list[tuple[str, str]]) -> tuple[int, str]:
    """Run a command on a terminal, and type each answer once its question stands there."""
    process, master = pty.fork()
    if process == 0:
        os.execv(command[0], command)
    seen, left, until = "", list(answers), time.monotonic() + 60
    while time.monotonic() < until:
        ready, _, _ = select.select([master], [], [], 0.2)
        if ready:
            try:
                more = os.read(master, 65536)
            except OSError:  # the other end is closed
                break
            if not more:
                break
            seen += more.decode(errors="replace")
        if left and left[0][0] in seen.rpartition("\x00")[2]:
            question, answer = left.pop(0)
            seen = seen.replace(question, f"{question}\x00", 1)
            os.write(master, f"{answer}\n".encode())
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status), seen


def test_at_a_terminal_every_open_question_is_asked_and_then_whether_all_is_right(
    tmp_path: Path,
) -> None:
    book = tmp_path / "book"
    shutil.copytree(TINY, book, ignore=shutil.ignore_patterns(".databook"))
    sheet = tmp_path / "swimming.csv"
    sheet.write_text("Year,Area,Rate\n2019,N1,5\n2020,N1,-\n2020,Northwik,7\n", "utf-8")
    command = [sys.executable, "-m", "databook", "import", str(sheet), "--book", str(book)]
    code, seen = at_terminal(
        command,
        [("--area:", ""), ("--period-type:", "wrong"), ("--period-type:", "Calendar-Year"),
         ("--symbol:", "x"), ("Is that right?", "y")],
    )  # fmt: skip
    assert code == 0, seen
    assert "Did you mean Northwick (N1)?" in seen
    assert "not one of" in seen
    assert (book / "scorecards/indicators/swimming/data.csv").read_text("utf-8").splitlines() == [
        "period,area,value,marker", "2019,N1,5,", "2020,N1,,x",
    ]  # fmt: skip


def test_at_a_terminal_no_writes_nothing(tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(TINY, book, ignore=shutil.ignore_patterns(".databook"))
    sheet = tmp_path / "swimming.csv"
    sheet.write_text("Month,Area,Rate\n2019-01,N1,5\n2019-02,N1,6\n", "utf-8")
    command = [sys.executable, "-m", "databook", "import", str(sheet), "--book", str(book)]
    code, _ = at_terminal(command, [("Is that right?", "n")])
    assert code != 0
    assert not (book / "scorecards/indicators/swimming").exists()
