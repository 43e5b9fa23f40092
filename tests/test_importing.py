"""Sheets as people have them become indicators: nothing lost unseen, nothing guessed unsaid."""

# ruff: noqa: E501 - published layouts stand in it as they are
from __future__ import annotations

import contextlib
import csv
import io
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from databook import importing, pipeline
from databook.cli.commands import databook
from databook.importing import Answers, Understanding
from databook.periods import PeriodType

TINY = Path(__file__).parent / "cases" / "books" / "tiny"
AREAS = {"N1": "Northwick", "N2": "Southwick", "R1": "The Wicks", "C1": "Exampland"}
ONS = {"E06000044": "Portsmouth", "E12000008": "South East", "E92000001": "England"}
ACADEMIC = PeriodType.ACADEMIC_YEAR


def read(sheet: str | bytes, areas: dict[str, str] = AREAS, **said: object) -> Understanding:
    data = sheet.encode() if isinstance(sheet, str) else sheet
    answers = Answers(**said)  # type: ignore[arg-type]
    return importing.understand(importing.from_bytes(data), answers, areas)


def figures(found: Understanding) -> dict[tuple[str, ...], str]:
    assert not found.questions, found.questions
    return {row.key: row.value or f"[{row.marker}]" for row in found.rows}


def asked(found: Understanding) -> list[str]:
    return [question.flag for question in found.questions]


def workbook(rows: list[list[object]], merge: tuple[str, ...] = (), percent: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for each in merge:
        sheet.merge_cells(each)
    if percent:
        for cells in sheet[percent]:
            for cell in cells:
                cell.number_format = "0.0%"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WIDE = """Table 3: Pupils who read well at eleven,,,,
,,,,
Area,2019/20,2020/21,2021/22,2022/23
Northwick,"1,234",1,*,..
Southwick,60.2,[c],61.0,[z]
Total,1,2,3,4
* = fewer than five,,,,
Source: Department for Examples,,,,
"""


def test_years_across_with_titles_above_and_notes_below_are_read() -> None:
    found = read(WIDE, period_type=ACADEMIC)
    assert figures(found) == {
        ("2019/20", "N1"): "1234", ("2020/21", "N1"): "1",
        ("2021/22", "N1"): "[c]", ("2022/23", "N1"): "[x]",
        ("2019/20", "N2"): "60.2", ("2020/21", "N2"): "[c]",
        ("2021/22", "N2"): "61.0", ("2022/23", "N2"): "[z]",
    }  # fmt: skip
    assert found.title == "Table 3: Pupils who read well at eleven"
    assert ("sign", "“*” (1) → marker c, from the sheet's notes") in found.said


def test_rows_that_are_not_taken_are_counted_with_the_reason() -> None:
    found = read(WIDE, period_type=ACADEMIC)
    assert found.left_out == (("figures of places that are not in areas.csv", 4),)
    assert ("notes", "rows 7, 8: “* = fewer than five”") in found.said
    assert ("left out", "1 place that is not in this book: Total") in found.said


def test_whether_a_split_year_is_financial_or_academic_is_asked() -> None:
    found = read(WIDE)
    assert asked(found) == ["--period-type"]
    assert set(found.questions[0].choices) == {"financial-year", "academic-year"}


def test_what_a_year_alone_means_is_asked_unless_its_heading_says_so() -> None:
    assert asked(read("Year,Area,Value\n2019,N1,5\n2020,N1,6\n")) == ["--period-type"]
    said = read("Calendar year,Area,Value\n2019,N1,5\n2020,N1,6\n")
    assert figures(said) == {("2019", "N1"): "5", ("2020", "N1"): "6"}


def test_what_a_dash_means_is_asked_and_the_answer_is_used() -> None:
    sheet = "Period,Area,Value\n2019 Q1,N1,5\n2019 Q2,N1,-\n2019 Q3,N1,-\n"
    found = read(sheet)
    assert [(q.flag, q.key) for q in found.questions] == [("--symbol", "-")]
    assert "first in row 3" in found.questions[0].what
    for answer, value in (("0", "0"), ("c", "[c]")):
        assert figures(read(sheet, symbols={"-": answer}))[("2019-Q2", "N1")] == value
    assert len(figures(read(sheet, symbols={"-": "none"}))) == 1


def test_the_measure_of_several_is_asked_and_the_others_are_told() -> None:
    sheet = "Period,Area,Boys,Girls\n2019-01,N1,5,6\n2019-02,N1,7,8\n"
    found = read(sheet)
    assert asked(found) == ["--value-column"]
    assert found.questions[0].choices == ("Boys", "Girls")
    girls = read(sheet, value_column="girls")
    assert figures(girls) == {("2019-01", "N1"): "6", ("2019-02", "N1"): "8"}
    assert ("not taken", "column “Boys”: figures of another measure") in girls.said


def test_a_name_that_is_nearly_one_of_ours_is_asked_about_never_taken() -> None:
    sheet = "Period,Area,Value\n2019-01,Northwik,5\n2019-01,Southwick,6\n"
    found = read(sheet)
    assert (found.questions[0].flag, found.questions[0].key) == ("--area", "Northwik")
    assert "Northwick (N1)" in found.questions[0].what
    told = importing.understand(
        importing.from_bytes(sheet.encode()), Answers(areas={"Northwik": "N1"}), AREAS
    )
    assert figures(told)[("2019-01", "N1")] == "5"


def test_places_across_and_periods_down_are_read() -> None:
    found = read("Month,Northwick,Southwick\nJan 2024,5.5,6\nFeb 2024,5.7,6.1\n")
    assert figures(found) == {
        ("2024-01", "N1"): "5.5", ("2024-01", "N2"): "6",
        ("2024-02", "N1"): "5.7", ("2024-02", "N2"): "6.1",
    }  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_any_usual_encoding_and_separator_is_read(encoding: str, separator: str) -> None:
    sheet = "Period,Area,Value,Note\n2024-01,Northwick,5.5,café £\n2024-02,N1,6.5,\n"
    found = read(sheet.replace(",", separator).encode(encoding))
    assert figures(found) == {("2024-01", "N1"): "5.5", ("2024-02", "N1"): "6.5"}
    assert found.rows[0].note == "café £"


def test_a_decimal_comma_is_read_where_it_is_certain_and_asked_where_it_is_not() -> None:
    sure = read("Period;Area;Value\n2024-01;N1;5,5\n2024-02;N1;1,234\n")
    assert figures(sure) == {("2024-01", "N1"): "5.5", ("2024-02", "N1"): "1.234"}
    unsure = "Period;Area;Value\n2024-01;N1;5,512\n2024-02;N1;1,234\n"
    assert asked(read(unsure)) == ["--decimal"]
    assert figures(read(unsure, decimal="point"))[("2024-01", "N1")] == "5512"


def test_percent_signs_footnote_marks_and_provisional_figures_keep_their_meaning() -> None:
    found = read(
        "Period,Area,Rate\n2023-01,N1,5.5%\n2023-02,N1,6.1%¹\n2023-03,N1,6.2% [r]\n"
        "2023-04 (p),N1,7%\n"
    )
    assert [(row.value, row.marker, bool(row.note)) for row in found.rows] == [
        ("5.5", "", False), ("6.1", "", True), ("6.2", "r", False), ("7", "p", False),
    ]  # fmt: skip
    assert found.percent
    assert found.decimals == 1


def test_the_same_figure_twice_is_taken_once_and_two_figures_are_asked_about() -> None:
    twice = read("Period,Area,Value\n2023-01,N1,5\n2023-01,N1,5\n")
    assert twice.left_out == (("repeats of a row, equal in everything", 1),)
    two = read("Period,Area,Value\n2023-01,N1,5\n2023-01,N1,6\n")
    assert "rows 2 and 3" in two.questions[0].what


def test_groups_with_a_total_become_a_breakdown_and_without_one_are_asked_about() -> None:
    sheet = "Period,Area,Sex,Value\n" + "".join(
        f"2023-0{month},N1,{sex},{month}\n"
        for month in (1, 2)
        for sex in ("Total", "Girls", "Boys")
    )
    found = read(sheet)
    assert found.groups == (("Sex", "Total", ("Girls", "Boys")),)
    assert len(found.rows) == 6
    alone = sheet.replace("Total", "Other")
    assert [(q.flag, q.key) for q in read(alone).questions] == [("--filter", "Sex")]
    girls = read(alone, filters={"Sex": "Girls"})
    assert len(figures(girls)) == 2
    assert girls.left_out == (("rows in which Sex is not “Girls”", 4),)


# --- workbooks -----------------------------------------------------------------------------


def test_a_workbook_with_merged_titles_and_percentages_is_read() -> None:
    rows: list[list[object]] = [
        ["Share of pupils by place and year", None, None, None],
        [],
        ["Region", "Area", 2022, 2023],
        ["The Wicks", "Northwick", 0.123, 0.5],
        [None, "Southwick", 0.07, "*"],
        ["Note: figures are rounded", None, None, None],
    ]
    data = workbook(rows, merge=("A1:D1", "A4:A5"), percent="C4:D5")
    found = read(data, period_type=PeriodType.CALENDAR_YEAR, area_column="Area")
    assert figures(found) == {
        ("2022", "N1"): "12.3", ("2023", "N1"): "50",
        ("2022", "N2"): "7", ("2023", "N2"): "[c]",
    }  # fmt: skip
    assert found.percent


def test_metric_rows_above_periods_are_kept_apart() -> None:
    rows: list[list[object]] = [
        ["Local figures"],
        [None, "Children in need", None, "Children in care", None],
        ["Area", "2022/23", "2023/24", "2022/23", "2023/24"],
        ["Northwick", 300, 310, 60, 65],
        ["Southwick", 200, 210, 40, 45],
    ]
    data = workbook(rows, merge=("B2:C2", "D2:E2"))
    found = read(data, layout="lg-inform", period_type=PeriodType.FINANCIAL_YEAR)
    assert [(q.flag, q.key) for q in found.questions] == [("--filter", "Measure")]
    care = read(data, layout="lg-inform", period_type=PeriodType.FINANCIAL_YEAR,
                filters={"Measure": "Children in care"})  # fmt: skip
    assert figures(care)[("2023/24", "N2")] == "45"
    assert len(care.rows) == 4


PERIODS_OVER = """Table 1,,,,,
,,2020,,2021,
Code,Area of usual residence,Number of births,Rate per 1000,Number of births,Rate per 1000
E92000001,ENGLAND,"12,576",13.0,"13,131",13.2
E06000044,Portsmouth UA,60,20.1,:,u
"""


def test_periods_that_stand_over_several_measures_are_read() -> None:
    year = PeriodType.CALENDAR_YEAR
    found = read(PERIODS_OVER, ONS, period_type=year)
    assert [(q.flag, q.key) for q in found.questions] == [("--filter", "Measure")]
    births = read(PERIODS_OVER, ONS, period_type=year, filters={"Measure": "Number of births"})
    assert figures(births) == {
        ("2020", "E92000001"): "12576", ("2021", "E92000001"): "13131",
        ("2020", "E06000044"): "60", ("2021", "E06000044"): "[x]",
    }  # fmt: skip


def test_dates_of_a_workbook_are_days_and_a_year_end_is_asked_about() -> None:
    from datetime import datetime

    rows: list[list[object]] = [["Date", "Area", "Value"]]
    rows += [[datetime(year, 3, 31), "N1", year - 2000] for year in (2022, 2023)]  # noqa: DTZ001
    found = read(workbook(rows))
    assert set(found.questions[0].choices) == {"day", "march-snapshot"}


@pytest.mark.parametrize(
    "data",
    [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", b"PK\x03\x04broken", b"%PDF-1.7", b"a\0b\0c", b""],
)
def test_what_is_no_sheet_is_refused_or_asked_about(data: bytes) -> None:
    try:
        said = [question.what for question in read(data).questions]
    except importing.UnreadableError as refused:
        said = [str(refused)]
    assert len(said[0]) > 20


# --- layouts known by name -----------------------------------------------------------------

EDUCATION = """time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,new_la_code,la_name,school_type,sess_overall_percent,enrolments
202223,Academic year,National,E92000001,England,,,,,Total,7.5,1000
202223,Academic year,Regional,E92000001,England,E12000008,South East,,,Total,7.4,100
202223,Academic year,Local authority,E92000001,England,E12000008,South East,E06000044,Portsmouth,Total,c,10
202324,Academic year,Local authority,E92000001,England,E12000008,South East,E06000044,Portsmouth,Total,low,10
202324,Academic year,Local authority,E92000001,England,E12000008,South East,E06000045,Southampton,Total,7.9,10
202324,Academic year,School,E92000001,England,E12000008,South East,E06000044,Portsmouth,Total,7.9,10
"""

FINGERTIPS = """Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,Category Type,Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Lower CI 99.8 limit,Upper CI 99.8 limit,Count,Denominator,Value note,Time period Sortable
20601,Overweight at six,,,E92000001,England,England,Persons,4-5 yrs,,,2021/22,22.3,22.1,22.5,,,100,450,,20210000
20601,Overweight at six,E12000008,South East,E06000044,Portsmouth,UA,Persons,4-5 yrs,,,2021/22,*,,,,,,,Suppressed,20210000
20601,Overweight at six,E92000001,England,E92000001,England,England,Persons,4-5 yrs,Deprivation,Most deprived,2021/22,31,30,32,,,10,33,,20210000
"""

OPEN_SDG = """Year,Sex,Units,GeoCode,Value
2020,,Percentage (%),E92000001,12.5
2020,Female,Percentage (%),E92000001,11.5
2021,,Percentage (%),E92000001,12.0
2021,Female,Percentage (%),E92000001,11.0
"""


def test_explore_education_statistics_is_known() -> None:
    found = read(EDUCATION, ONS)
    assert asked(found) == ["--value-column"]
    found = read(EDUCATION, ONS, value_column="sess_overall_percent")
    assert figures(found) == {
        ("2022/23", "E92000001"): "7.5", ("2022/23", "E12000008"): "7.4",
        ("2022/23", "E06000044"): "[c]", ("2023/24", "E06000044"): "[low]",
    }  # fmt: skip
    assert found.kind is ACADEMIC


def test_fingertips_is_known_with_its_limits_and_notes() -> None:
    found = read(FINGERTIPS, ONS, period_type=PeriodType.FINANCIAL_YEAR)
    assert figures(found) == {("2021/22", "E92000001"): "22.3", ("2021/22", "E06000044"): "[c]"}
    assert found.rows[0].others == ("100", "450", "22.1", "22.5")
    assert found.rows[1].note == "Suppressed"
    assert found.title == "Overweight at six"
    assert any("categories of places" in finding for _, finding in found.said)


def test_open_sdg_is_known_and_an_empty_group_is_everybody() -> None:
    found = read(OPEN_SDG, ONS, period_type=PeriodType.CALENDAR_YEAR)
    assert figures(found)[("2020", "E92000001", "All")] == "12.5"
    assert found.groups == (("Sex", "All", ("Female",)),)


# --- round trip ----------------------------------------------------------------------------

NUMBER = st.decimals(min_value=0, max_value=9_999_999, places=1).map(str)
MARK = st.sampled_from(["c", "z", "x", "low"])
CELL = st.one_of(NUMBER, MARK.map(lambda marker: f"[{marker}]"))
SIGNS = {"[c]": ["[c]", "c", "*"], "[z]": ["[z]", "z"], "[x]": ["[x]", "..", ":"],
         "[low]": ["[low]", "low"]}  # fmt: skip


def printed(cell: str, choice: int, *, commas: bool) -> str:
    if cell.startswith("["):
        return SIGNS[cell][choice % len(SIGNS[cell])]
    return f"{float(cell):,.1f}" if commas else cell


@settings(max_examples=60, deadline=None)
@given(
    cells=st.lists(st.tuples(CELL, CELL), min_size=2, max_size=8),
    titles=st.lists(st.sampled_from(["Table 1: how people fare", "Published in May"]), max_size=2),
    notes=st.lists(st.sampled_from(["Source: a body of figures", "1. Rounded to one place"]), max_size=3),
    commas=st.booleans(), choice=st.integers(0, 5), by_code=st.booleans(),
)  # fmt: skip
def test_a_tidy_table_laid_out_wide_comes_back_with_the_same_figures(
    cells: list[tuple[str, str]], titles: list[str], notes: list[str], commas: bool, choice: int,
    by_code: bool,
) -> None:  # fmt: skip
    years = [f"{2010 + at}/{11 + at}" for at in range(len(cells))]
    out = io.StringIO()
    write = csv.writer(out)
    write.writerows([[title] for title in titles])
    write.writerow([])
    write.writerow(["Area", *years])
    for at, (code, name) in enumerate(list(AREAS.items())[:2]):
        row = [printed(pair[at], choice, commas=commas) for pair in cells]
        write.writerow([code if by_code else name.upper(), *row])
    write.writerow([])
    write.writerows([[note] for note in notes])
    found = figures(read(out.getvalue(), period_type=ACADEMIC))
    want = {
        (year, code): pair[at] for year, pair in zip(years, cells, strict=True)
        for at, code in enumerate(("N1", "N2"))
    }  # fmt: skip
    assert found.keys() == want.keys()
    for key, cell in want.items():
        same = found[key] == cell if cell.startswith("[") else float(found[key]) == float(cell)
        assert same, (key, cell, found[key])


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode()))
def test_whatever_the_bytes_there_is_an_answer(data: bytes) -> None:
    with contextlib.suppress(importing.UnreadableError):
        read(data)


# --- the command ---------------------------------------------------------------------------


@pytest.fixture
def book(tmp_path: Path) -> Path:
    shutil.copytree(TINY, tmp_path / "book")
    return tmp_path / "book"


def run(book: Path, sheet: str, *more: str) -> Result:
    file = book.parent / "swimming.csv"
    file.write_text(sheet, "utf-8")
    return CliRunner().invoke(databook, ["import", str(file), "--book", str(book), *more])


FILLED = {
    "plain:": '"How many can swim."', "reads_as:": '"{value} in {place} can swim"',
    "population:": '"Everybody in Northwick"', "unit:": '"count"', "unit_label:": '"people"',
    "better:": '"higher"', "outcomes:": '["good-start/ready-to-learn"]', "definition:": '"People who swim."',
    "topic:": '"Sport"', "  publisher:": '"A body"', "  title:": '"A table"',
    "  url:": '"https://example.org/"', "  released:": '"2025-11"',
}  # fmt: skip


def test_an_import_passes_the_check_once_its_questions_are_answered(book: Path) -> None:
    sheet = "Calendar year,Area,Value\n" + "".join(
        f"{year},N1,{year - 1990}\n" for year in range(2010, 2025)
    )
    done = run(book, sheet)
    assert done.exit_code == 0, done.output
    folder = book / "scorecards/indicators/swimming"
    found = pipeline.check(pipeline.Order(root=book, out=book, jobs=1, fresh=True))
    assert {problem.code for problem in found if problem.level == "error"} == {"value-empty"}
    declared = folder / "indicator.yaml"
    lines = []
    for line in declared.read_text("utf-8").splitlines():
        key = line.partition("  #")[0].rstrip()
        lines.append(f"{key} {FILLED[key]}" if key in FILLED else line)
    assert sum(line.endswith("?") and line.startswith("plain") for line in lines) == 0
    declared.write_text("\n".join(lines) + "\n", "utf-8")
    found = pipeline.check(pipeline.Order(root=book, out=book, jobs=1, fresh=True))
    assert [problem for problem in found if problem.level == "error"] == []


def test_without_a_terminal_an_open_question_ends_with_the_flag_that_answers(book: Path) -> None:
    done = run(book, "Year,Area,Value\n2019,N1,5\n2020,N1,-\n")
    assert done.exit_code == 2
    assert "--period-type" in done.output
    assert '--symbol "-=0|c|x|z|low|none"' in done.output
    assert not (book / "scorecards/indicators/swimming").exists()


def test_a_dry_run_and_a_name_that_is_taken_write_nothing(book: Path) -> None:
    sheet = "Month,Area,Value\n2019-01,N1,5\n2019-02,N1,6\n"
    assert run(book, sheet, "--dry-run").exit_code == 0
    assert not (book / "scorecards/indicators/swimming").exists()
    assert run(book, sheet, "--slug", "reading").exit_code == 2
    assert run(book, sheet, "--slug", "../x").exit_code == 2
