"""The spreadsheets: accessible by the Analysis Function's guidance, and true to its source."""

from __future__ import annotations

import csv
import json
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
from databook.periods import PeriodType, parse
from databook.pipeline import Order, build

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


def books(site: Path) -> dict[str, Any]:
    """The spreadsheets of a site by name: the book's, and one for each topic."""
    paths = [site / WORKBOOK, *sorted((site / "data/topics").glob("*.xlsx"))]
    return {path.name: openpyxl.load_workbook(path) for path in paths}


def figures(site: Path) -> list[dict[str, Any]]:
    """Rows of all tables of figures."""
    found = []
    for book in books(site).values():
        if "Figures" in book.sheetnames:
            names, *rows = cells(book["Figures"])
            found += [dict(zip(names, row, strict=True)) for row in rows]
    return found


def test_they_have_cover_contents_notes_and_one_named_table_on_each_sheet(
    demonstration: Path,
) -> None:
    for name, book in books(demonstration).items():
        own = "Topics" if name == "databook.xlsx" else "Figures"
        tables = ["Latest", own, "Shorthand"]
        assert book.sheetnames == ["Cover", "Contents", "Notes", *tables]
        assert not book["Cover"].tables
        for sheet in book.worksheets[1:]:
            (table,) = sheet.tables.values()
            assert table.name
            assert sheet["A1"].value, "a sheet begins with its title"
            assert sheet.cell(2, 1).value.startswith("This worksheet contains one table.")
            assert not sheet.merged_cells.ranges
        linked = [cell.value for cell in book["Contents"]["A"] if cell.hyperlink]
        assert linked == tables


def test_the_books_spreadsheet_leads_to_that_of_each_topic(demonstration: Path) -> None:
    found = books(demonstration)
    home = "https://databook.example/portsmouth/"
    topics = cells(found.pop("databook.xlsx")["Topics"])[1:]
    assert {address.rpartition("/")[2] for _, _, address in topics} == set(found)
    for topic, many, address in topics:
        book = openpyxl.load_workbook(demonstration / address.removeprefix(home))
        assert book["Cover"]["A1"].value == f"{topic}: figures of Portsmouth"
        assert len(cells(book["Latest"])) - 1 == many
    page = (demonstration / "indicators/school-absence/index.html").read_text(encoding="utf-8")
    assert "data/topics/school-attendance-and-exclusion.xlsx" in page


def test_no_cell_of_a_table_is_empty_and_shorthand_is_explained(
    demonstration: Path, marked: Path
) -> None:
    for site in (demonstration, marked):
        for book in books(site).values():
            explained = {row[0] for row in cells(book["Shorthand"])[1:]}
            assert explained == {f"[{mark}]" for mark in MARKERS}
        sheets = (sheet for book in books(site).values() for sheet in book.worksheets[1:])
        for sheet in (s for s in sheets if s.title != "Notes"):
            text = " ".join(str(c.value) for row in sheet.iter_rows(max_row=40) for c in row)
            for row in cells(sheet):
                assert all(value not in (None, "") for value in row), (sheet.title, row)
                for value in row:
                    for mark in set(re.findall(r"\[([a-z]+)\]", str(value))) & set(MARKERS):
                        assert f"[{mark}] = " in text or sheet.title == "Shorthand"


def test_every_figure_of_the_place_is_there_and_equals_its_source_row(demonstration: Path) -> None:
    told = {(row["Indicator"], row["Period"]): row for row in figures(demonstration)}
    latest = {row[0] for row in cells(books(demonstration)["databook.xlsx"]["Latest"])[1:]}
    seen = 0
    for path in sorted((demonstration / "indicators").glob("*/data.csv")):
        page = (path.parent / "index.html").read_text(encoding="utf-8")
        (title,) = re.findall(r"<h1>(.*?)</h1>", unescape(page))
        assert title in latest
        document = demonstration / f"api/v1/observations/{path.parent.name}.json"
        periods = PeriodType(json.loads(document.read_bytes())["periods"])
        with path.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["area_name"] == "Portsmouth"]
        groups = set(rows[0]) - {
            "period", "area", "area_name", "value", "numerator", "denominator", "lower", "upper",
            "marker", "note",
        }  # fmt: skip
        for row in rows:
            if any(row[group] not in ("All", "All children") for group in groups):
                continue
            said = parse(row["period"], periods).short
            assert said in page
            found = told.pop((title, said))
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
    told = {row["Period"]: row for row in figures(marked)}
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
    again = machines.built(tmp_path, "--jobs", 1)
    for name in ("databook.xlsx", "topics/school.xlsx"):
        there = marked / "data" / name
        assert (again / "data" / name).read_bytes() == there.read_bytes()
        with zipfile.ZipFile(there) as archive:
            assert {info.date_time[0] for info in archive.infolist()} == {1980}


@pytest.mark.parametrize("jobs", [1, 2])
def test_only_what_holds_something_else_is_written_again(tmp_path: Path, jobs: int) -> None:
    root, out = machines.book(tmp_path / "book"), tmp_path / "site"
    assert not build(Order(root=root, out=out, jobs=jobs)).failed
    folder = root / "scorecards/indicators/reading"
    (folder / "story.md").write_text("Another story.\n", encoding="utf-8")
    told = build(Order(root=root, out=out, jobs=jobs))
    assert "indicators/reading/index.html" in told.changed
    assert not [path for path in told.changed if path.endswith(".xlsx")]
    data = folder / "data.csv"
    data.write_text(data.read_text("utf-8").replace("N1,All,70.0,700", "N1,All,69.9,699"), "utf-8")
    revised = build(Order(root=root, out=out, jobs=jobs))
    assert [path for path in revised.changed if path.endswith(".xlsx")] == [
        "data/topics/school.xlsx"
    ]
    first = next(row for row in figures(out) if row["Period"] == "2021")
    assert (first["Value"], first["Numerator"]) == (69.9, 699)


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed: libreoffice-calc-nogui")
def test_libreoffice_reads_every_sheet_as_it_is(demonstration: Path, tmp_path: Path) -> None:
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [OFFICE, profile, "--headless", "--convert-to", every_sheet, "--outdir", tmp_path]
    paths = [demonstration / WORKBOOK, demonstration / "data/topics/health.xlsx"]
    subprocess.run([*map(str, command), *paths], check=True, timeout=300)
    for book_path in paths:
        for sheet in openpyxl.load_workbook(book_path).worksheets[1:]:
            path = tmp_path / f"{book_path.stem}-{sheet.title}.csv"
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))
            wanted = cells(sheet)[1:]
            for told, row in zip(rows[-len(wanted) :], wanted, strict=True):
                for text, value in zip(told, row, strict=False):
                    if isinstance(value, int | float):
                        assert float(text) == pytest.approx(value, abs=5e-10), (sheet.title, row)
                    else:
                        assert text == str(value)
