"""The spreadsheet: accessible by the Analysis Function's guidance, and true to its source."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import zipfile
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import machines
from databook.observations import MARKERS

REPOSITORY = Path(__file__).parents[1]
WORKBOOK = "data/databook.xlsx"
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return machines.built(tmp_path_factory.mktemp("machines"))


def cells(sheet: Any) -> list[tuple[Any, ...]]:
    """Rows of a sheet's one table, headings first, without references to notes."""
    (table,) = sheet.tables.values()
    rows = [tuple(cell.value for cell in row) for row in sheet[table.ref]]
    return [tuple(re.split(r"\n", str(name))[0] for name in rows[0]), *rows[1:]]


def figures(book: Any) -> list[dict[str, Any]]:
    """Rows of all sheets of figures."""
    found = []
    for sheet in book:
        if sheet.title.startswith("Topic_"):
            names, *rows = cells(sheet)
            found += [dict(zip(names, row, strict=True)) for row in rows]
    return found


def test_it_has_cover_contents_notes_and_one_named_table_on_each_sheet(demonstration: Path) -> None:
    book = openpyxl.load_workbook(demonstration / WORKBOOK)
    assert book.sheetnames[:5] == ["Cover", "Contents", "Notes", "Shorthand", "Latest"]
    assert not book["Cover"].tables
    named = set()
    for sheet in book.worksheets[1:]:
        (table,) = sheet.tables.values()
        named.add(table.name)
        assert sheet["A1"].value, "a sheet begins with its title"
        assert sheet.cell(2, 1).value.startswith("This worksheet contains one table.")
        assert not sheet.merged_cells.ranges
    assert len(named) == len(book.worksheets) - 1
    linked = {cell.value for cell in book["Contents"]["A"] if cell.hyperlink}
    assert linked == {*book.sheetnames} - {"Cover", "Contents", "Notes"}


def test_no_cell_of_a_table_is_empty_and_shorthand_is_explained(
    demonstration: Path, marked: Path
) -> None:
    for site in (demonstration, marked):
        book = openpyxl.load_workbook(site / WORKBOOK)
        explained = {row[0] for row in cells(book["Shorthand"])[1:]}
        assert explained == {f"[{mark}]" for mark in MARKERS}
        for sheet in (s for s in book.worksheets[1:] if s.title != "Notes"):
            text = " ".join(str(c.value) for row in sheet.iter_rows(max_row=40) for c in row)
            for row in cells(sheet):
                assert all(value not in (None, "") for value in row), (sheet.title, row)
                for value in row:
                    for mark in set(re.findall(r"\[([a-z]+)\]", str(value))) & set(MARKERS):
                        assert f"[{mark}] = " in text or sheet.title == "Shorthand"


def test_every_figure_of_the_place_is_there_and_equals_its_source_row(demonstration: Path) -> None:
    book = openpyxl.load_workbook(demonstration / WORKBOOK)
    told = {(row["Indicator"], row["Period"]): row for row in figures(book)}
    latest = {row[0] for row in cells(book["Latest"])[1:]}
    seen = 0
    for path in sorted((demonstration / "indicators").glob("*/data.csv")):
        page = (path.parent / "index.html").read_text(encoding="utf-8")
        (title,) = re.findall(r"<h1>(.*?)</h1>", unescape(page))
        assert title in latest
        with path.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["area_name"] == "Portsmouth"]
        groups = set(rows[0]) - {
            "period", "area", "area_name", "value", "numerator", "denominator", "lower", "upper",
            "marker", "note",
        }  # fmt: skip
        for row in rows:
            if any(row[group] not in ("All", "All children") for group in groups):
                continue
            found = told.pop((title, row["period"]))
            if row["value"]:
                assert found["Value"] == float(row["value"])
            else:
                assert found["Value"] == f"[{row['marker']}]"
            for name in ("Numerator", "Denominator"):
                wanted = machines.number(row[name.lower()])
                assert found.get(name, "[x]") == ("[x]" if wanted is None else wanted)
            seen += 1
    assert told == {}
    assert seen > 350


def test_each_kind_of_nothing_has_its_shorthand_and_zero_is_a_number(marked: Path) -> None:
    told = {row["Period"]: row for row in figures(openpyxl.load_workbook(marked / WORKBOOK))}
    source = [row for row in machines.rows() if (row["area"], row["sex"]) == ("N1", "All")]
    assert set(told) == {row["period"] for row in source}
    for row in source:
        found = told[row["period"]]
        wanted = machines.number(row["value"])
        assert found["Value"] == (f"[{row['marker']}]" if wanted is None else wanted)
        marks = " ".join(f"[{mark}]" for mark in row["marker"].split())
        assert found["Shorthand"] == (marks or "None")
    assert told["2022"]["Value"] == 0
    assert told["2023"]["Note"] == "As [this] (http://example.org) or [that] (x) say, $ $all$ $"


def test_it_says_which_edition_it_is_and_is_the_same_file_each_time(
    marked: Path, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(marked / WORKBOOK)
    cover = "\n".join(str(cell.value) for cell in book["Cover"]["A"])
    assert "Edition 2026-q1, 31 March 2026. This is a draft that nobody has published." in cover
    assert book.properties.created.date().isoformat() == "2026-03-31"
    assert (
        machines.built(tmp_path).joinpath(WORKBOOK).read_bytes() == (marked / WORKBOOK).read_bytes()
    )
    with zipfile.ZipFile(marked / WORKBOOK) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed: libreoffice-calc-nogui")
def test_libreoffice_reads_every_sheet_as_it_is(demonstration: Path, tmp_path: Path) -> None:
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [OFFICE, profile, "--headless", "--convert-to", every_sheet, "--outdir", tmp_path]
    subprocess.run([*map(str, command), demonstration / WORKBOOK], check=True, timeout=180)
    book = openpyxl.load_workbook(demonstration / WORKBOOK)
    for sheet in book.worksheets[1:]:
        path = tmp_path / f"databook-{sheet.title}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        wanted = cells(sheet)
        for told, row in zip(rows[-len(wanted) + 1 :], wanted[1:], strict=True):
            for text, value in zip(told, row, strict=False):
                if isinstance(value, int | float):
                    assert float(text) == pytest.approx(value, abs=5e-10), (sheet.title, row)
                else:
                    assert text == str(value)
