"""Sheets whose periods lie in pieces, or that hold more than one table: put together, or asked."""

from __future__ import annotations

from typing import Any

import pytest

from databook import importing
from databook.importing import Answers, Understanding, UnreadableError, from_bytes
from databook.periods import PeriodType

AREAS = {"E06000044": "Portsmouth", "E12000008": "South East", "E92000001": "England"}
P, E = "E06000044", "E92000001"


def understood(sheet: str, **said: Any) -> Understanding:
    grid = importing.from_bytes(sheet.encode("cp1252"), "", hidden=False)
    return importing.understand(grid, Answers(**said), AREAS)


def taken(found: Understanding) -> dict[tuple[str, ...], str]:
    assert not found.questions, found.questions
    return {row.key: row.value or f"[{row.marker}]" for row in found.rows}


@pytest.mark.parametrize(
    ("sheet", "kind", "figures"),
    [
        (
            "Financial Year,Financial Quarter,ONS Code,Offences\n"
            "2022/23,1,E06000044,101\n2022/23,4,E06000044,104\n",
            PeriodType.QUARTER,
            {("2022-Q2", P): "101", ("2023-Q1", P): "104"},
        ),
        (
            "Year,Month,Area,Calls\n2023,November,Portsmouth,7.5\n2024,Jan,Portsmouth,8.1\n",
            PeriodType.MONTH,
            {("2023-11", P): "7.5", ("2024-01", P): "8.1"},
        ),
        (
            "Month,Portsmouth,England\n45292,40.1,900\n45323,41.2,901\n",
            PeriodType.MONTH,
            {
                ("2024-01", P): "40.1",
                ("2024-01", E): "900",
                ("2024-02", P): "41.2",
                ("2024-02", E): "901",
            },
        ),
        (
            "Area code,Period,Value\nE06000044,FY2015-16,10.5\nE06000044,FY16/17,11.5\n",
            PeriodType.FINANCIAL_YEAR,
            {("2015/16", P): "10.5", ("2016/17", P): "11.5"},
        ),
    ],
    ids=["year-and-quarter", "year-and-month", "day-numbers", "fy"],
)
def test_periods_in_pieces_are_put_together(
    sheet: str, kind: PeriodType, figures: dict[tuple[str, ...], str]
) -> None:
    found = understood(sheet)
    assert found.kind is kind
    assert taken(found) == figures


def test_a_quarter_of_a_year_that_may_begin_in_january_or_april_is_not_guessed() -> None:
    found = understood("Year,Quarter,Area code,N\n2022,1,E06000044,5\n2022,2,E06000044,6\n")
    assert found.questions


def test_points_between_thousands_show_that_the_comma_is_one_of_decimals() -> None:
    sheet = "Area;Year;Cost (\xa3)\nPortsmouth;2021;\xa31.234,50\nPortsmouth;2022;\xa31.250,00\n"
    found = understood(sheet, period_type=PeriodType.FINANCIAL_YEAR)
    assert taken(found) == {("2020/21", P): "1234.50", ("2021/22", P): "1250.00"}


TWO = """Table 1: Number of referrals
Area,2021,2022
Portsmouth,100,120
England,5000,5100

"Table 2: Rate of referrals per 10,000"
Area,2021,2022
Portsmouth,250.1,260.2
England,240.0,241.5
"""


def test_of_two_tables_on_one_sheet_it_is_asked_which_is_meant() -> None:
    asked = understood(TWO).questions
    assert [(question.flag, question.choices) for question in asked] == [
        ("--header-row", ("2", "7"))
    ]
    assert "Table 2: Rate of referrals" in asked[0].what
    first = understood(TWO, header_row=2, period_type=PeriodType.CALENDAR_YEAR)
    second = understood(TWO, header_row=7, period_type=PeriodType.CALENDAR_YEAR)
    assert taken(first)[("2022", P)] == "120"
    assert taken(second) == {
        ("2021", P): "250.1", ("2022", P): "260.2", ("2021", E): "240.0", ("2022", E): "241.5",
    }  # fmt: skip
    assert len(first.rows) == 4


def test_rows_without_a_code_in_open_sdg_are_told_of_with_the_flag_that_takes_them() -> None:
    sheet = (
        "Year,Units,Sex,GeoCode,Value\n2019,%,,,22.0\n2019,%,Female,,22.9\n2019,%,,E06000044,23.1\n"
    )
    without = understood(sheet, period_type=PeriodType.CALENDAR_YEAR)
    told = [said for subject, said in without.said if subject == "left out"]
    assert any("2 rows" in said and "--area" in said for said in told)
    found = understood(sheet, period_type=PeriodType.CALENDAR_YEAR, areas={"(no code)": E})
    assert {row.value for row in found.rows} == {"22.0", "22.9", "23.1"}


def test_a_layout_whose_columns_are_empty_is_asked_about() -> None:
    sheet = (
        "time_period,time_identifier,geographic_level,new_la_code,rate\n"
        "202122,Academic year,,E06000044,5.1\n202223,Academic year,,E06000044,5.2\n"
    )
    (asked,) = understood(sheet).questions
    assert asked.flag == "--layout"
    assert "geographic_level" in asked.what


def test_a_number_beyond_all_figures_is_none() -> None:
    found = understood("Area code,Period,Value\nE06000044,2021,1e99\nE06000044,2022,5\n",
                       period_type=PeriodType.CALENDAR_YEAR)  # fmt: skip
    assert [(question.flag, question.key) for question in found.questions] == [("--symbol", "1e99")]


def test_a_quarter_is_of_the_calendar_once_somebody_says_that_it_is_a_quarter() -> None:
    sheet = "Year,Quarter,Area code,N\n2022,Q1,E06000044,5\n2022,Q2,E06000044,6\n"
    found = understood(sheet, period_type=PeriodType.QUARTER)
    assert taken(found) == {("2022-Q1", P): "5", ("2022-Q2", P): "6"}


def test_a_first_and_a_last_day_are_put_together_to_the_year_between_them() -> None:
    found = understood(
        "REPORTING_PERIOD_START,REPORTING_PERIOD_END,Area code,MEASURE_VALUE\n"
        "01/04/2021,31/03/2022,E06000044,5\n01/04/2022,31/03/2023,E06000044,6\n"
    )
    assert found.kind is PeriodType.FINANCIAL_YEAR
    assert taken(found) == {("2021/22", P): "5", ("2022/23", P): "6"}


def test_years_across_may_say_their_unit_behind_them() -> None:
    found = understood(
        "Area,2020/21 (%),2021/22 (%)\nPortsmouth,13.4,13.9\nSouthampton,12.2,12.9\n",
        period_type=PeriodType.FINANCIAL_YEAR,
    )
    assert taken(found)[("2021/22", P)] == "13.9"


def test_a_column_that_eurostat_packed_is_split_at_its_commas() -> None:
    grid = from_bytes(b"freq,unit,geo\\TIME_PERIOD\t2020 \t2021 \nA,PC,UK\t12.1 \t13.0 p\n")
    assert grid.rows[0] == ("freq", "unit", "geo", "2020", "2021")
    assert grid.rows[1] == ("A", "PC", "UK", "12.1", "13.0 p")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b" \n", "The file is empty"),
        (b'[{"year": 2020}]', "This is JSON and no sheet."),
        (b'{"resources": [{"path": "data/a.csv"}, {"path": ["b.csv"]}]}', "\u201cdata/a.csv\u201d"),
        (b"{" * 100_000, "This is JSON and no sheet."),
        (b"x" * 200_000, "a cell of it is vast"),
        (b"area" + b",2023" * 6_000, "A line of the file has 6,001 cells;"),
    ],
)
def test_what_is_no_sheet_is_refused_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        from_bytes(data)


def test_measures_below_their_periods_leave_the_headings_of_places_a_row_above() -> None:
    # As Nomis gives figures with their confidence: only the upper row says what the places are.
    sheet = (
        '"annual population survey"\n\n'
        '"local authority","mnemonic","Jan 2022-Dec 2022",,"Jan 2023-Dec 2023",\n'
        ',,"%","conf","%","conf"\n'
        '"Portsmouth","E06000044",4.1,1.1,4.3,1.2\n"England","E92000001",3.7,0.1,3.9,0.1\n'
    )
    found = understood(sheet, filters={"Measure": "%"})
    assert taken(found) == {
        ("2022", P): "4.1", ("2023", P): "4.3", ("2022", E): "3.7", ("2023", E): "3.9",
    }  # fmt: skip


@pytest.mark.parametrize("mark", [" [note 2]", " [notes 1, 2]", " (2)", "²", "*", " [3]"])
def test_a_mark_that_leads_to_a_note_is_no_part_of_a_place_s_name(mark: str) -> None:
    found = understood(f'Area,2021,2022\n"Portsmouth{mark}",10.5,11.5\n',
                       period_type=PeriodType.CALENDAR_YEAR)  # fmt: skip
    assert taken(found) == {("2021", P): "10.5", ("2022", P): "11.5"}


@pytest.mark.parametrize(("row", "other"), [(2, 7), (7, 2)])
def test_whoever_names_one_of_two_tables_is_told_that_the_other_is_left_out(
    row: int, other: int
) -> None:
    found = understood(TWO, header_row=row, period_type=PeriodType.CALENDAR_YEAR)
    said = [text for subject, text in found.said if subject == "left out"]
    assert said == [f"the table with its headings in row {other}"]
