"""Raw counts made safe: the fewest withheld, or rounded; and never from inside a repository."""

from __future__ import annotations

import csv
import io
import subprocess
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import tables
from databook.cli.commands import databook
from databook.model import Area, Disclosure, Unit
from databook.periods import PeriodType
from databook.problems import Checked
from databook.protect import attack
from databook.protect.margins import safe_table
from databook.protect.raw import Rule, Safe, safe
from databook.protect.sums import Need

FAMOUS = ((15, 1, 3, 1), (20, 10, 10, 15), (3, 10, 10, 2), (12, 14, 7, 2))
MARGINS = {"row": "Total", "column": "All"}
HEAD = "period,area,sex,value\n"


def text_of(table: tables.Rows) -> str:
    """A table with its margins, as a spreadsheet saves it."""
    width = len(table[0])
    rows = [[f"r{n}", *row, sum(row)] for n, row in enumerate(table)]
    bottom = [sum(column) for column in zip(*table, strict=True)]
    rows.append(["Total", *bottom, sum(bottom)])
    head = ["", *(f"c{n}" for n in range(width)), "All"]
    return "".join(",".join(map(str, row)) + "\n" for row in [head, *rows])


def made(table: tables.Rows, **policy: int) -> Checked[Safe]:
    rule = Rule(policy=Disclosure(**policy), totals=MARGINS)  # type: ignore[arg-type]
    return safe_table(text_of(table), "raw.csv", rule)


def hidden_in(text: str) -> list[tables.Cell]:
    rows = list(csv.reader(io.StringIO(text)))[1:]
    return [(r, c - 1) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell == "[c]"]


def with_margins(table: tables.Rows) -> list[list[int]]:
    rows = [[*row, sum(row)] for row in table]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


# --- withheld ------------------------------------------------------------------------------


def test_the_famous_table_takes_five_more_cells_and_no_fewer() -> None:
    found = made(FAMOUS).value
    assert found is not None
    assert found.fewest
    hidden = hidden_in(found.text)
    small = [(r, c) for r in range(4) for c in range(4) if FAMOUS[r][c] <= 5]
    assert set(small) < set(hidden)
    assert len(hidden) - len(small) == 5
    seen = attack.ranges(tables.system(FAMOUS, hidden), [4 * r + c for r, c in small])
    for low, high in seen.values():
        assert high - low >= 5
        assert high > 5


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2), min_size=2, max_size=2),
    st.integers(1, 3),
)
def test_no_choice_of_fewer_cells_is_safe_and_the_chosen_one_is(
    table: list[list[int]], threshold: int
) -> None:
    found = made(table, threshold=threshold)
    assume(found.value is not None)
    assert found.value is not None
    hidden = hidden_in(found.value.text)
    whole = with_margins(table)
    need = Need(least=1, most=threshold, width=threshold)
    assert safe_with(whole, hidden, need)
    if found.value.fewest:
        small = [(r, c) for r, c in cells(whole) if 1 <= whole[r][c] <= threshold]
        others = [(r, c) for r, c in cells(whole) if whole[r][c] > threshold]
        fewer = len(hidden) - len(small) - 1
        if fewer >= 0:
            tried = combinations(others, fewer)
            assert not any(safe_with(whole, [*small, *more], need) for more in tried)


def cells(table: Sequence[Sequence[int]]) -> list[tables.Cell]:
    return [(r, c) for r in range(len(table)) for c in range(len(table[0]))]


def safe_with(whole: list[list[int]], hidden: Sequence[tables.Cell], need: Need) -> bool:
    """Whether a table with margins as cells of their own is safe; by the audit."""
    from databook.protect.sums import Figure, System, adds_up

    width = len(whole[0])
    figures = tuple(
        Figure(name="", low=need.least, need=need)
        if (r, c) in hidden
        else Figure(name="", low=whole[r][c], high=whole[r][c])
        for r, c in cells(whole)
    )
    rows = [
        adds_up(r * width + width - 1, [r * width + c for c in range(width - 1)])
        for r in range(len(whole))
    ]
    bottom = (len(whole) - 1) * width
    columns = [
        adds_up(bottom + c, [r * width + c for r in range(len(whole) - 1)]) for c in range(width)
    ]
    return not attack.exposed(System(figures=figures, sums=(*rows, *columns)))


def test_a_table_too_large_for_one_programme_is_made_safe_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from databook.protect import withhold

    monkeypatch.setattr(withhold, "LARGE", 0)
    found = made(FAMOUS).value
    assert found is not None
    assert not found.fewest
    assert safe_with(with_margins(FAMOUS), hidden_in(found.text), Need())
    assert len(hidden_in(found.text)) <= 14


def test_zeros_are_shown_or_withheld_as_the_rule_says() -> None:
    table = ((0, 20, 30), (25, 35, 45))
    shown = made(table).value
    assert shown is not None
    assert shown.hidden == ()
    strict = made(table, zero_ok=False).value
    assert strict is not None
    assert (0, 0) in hidden_in(strict.text)


def test_all_but_a_few_and_very_small_wholes_are_withheld_with_their_reasons() -> None:
    text = (
        "period,area,numerator,denominator\n"
        "2024,A,197,200\n2024,B,60,200\n2024,C,3,4\n2024,D,2,300\n2024,E,200,200\n"
    )
    found = safe(text, "raw.csv", Rule()).value
    assert found is not None
    assert [(h.line, h.why) for h in found.hidden] == [
        (2, "all but a few"), (4, "small"), (5, "small"),
    ]  # fmt: skip
    assert found.text.splitlines() == [
        "period,area,numerator,denominator,value,marker",
        "2024,A,,200,,c", "2024,B,60,200,30.0,", "2024,C,,,,c", "2024,D,,300,,c",
        "2024,E,200,200,100.0,",
    ]  # fmt: skip


def test_of_a_group_of_very_few_the_others_denominators_are_withheld_too() -> None:
    text = (
        "period,area,sex,numerator,denominator\n"
        "2024,A,All,60,100\n2024,A,Boys,50,80\n2024,A,Girls,8,16\n2024,A,Other,2,4\n"
    )
    found = safe(text, "raw.csv", Rule()).value
    assert found is not None
    assert found.text.splitlines()[1:] == [
        "2024,A,All,60,100,60.0,", "2024,A,Boys,50,80,62.5,",
        "2024,A,Girls,,,,c", "2024,A,Other,,,,c",
    ]  # fmt: skip


def test_none_of_very_few_is_withheld_as_the_check_wants_it() -> None:
    text = "period,area,numerator,denominator\n2024,A,0,3\n2024,B,0,40\n2024,C,20,40\n"
    found = safe(text, "raw.csv", Rule()).value
    assert found is not None
    assert found.text.splitlines()[1:] == ["2024,A,,,,c", "2024,B,0,40,0.0,", "2024,C,20,40,50.0,"]


def test_a_programme_that_the_solver_wrongly_calls_impossible_is_solved_all_the_same() -> None:
    areas = tuple(
        Area(code=code, name=code, level="place", parent=parent)
        for code, parent in (("R", ""), ("A", "R"), ("B", "R"), ("C", "R"))
    )
    rows = (
        "2024,B,B,89,121 2024,A,G,18,45 2023,R,All,36,273 2023,R,G,21,243 "
        "2023,C,G,11,124 2024,C,B,5,21 2024,A,B,13,22 2024,R,G,19,74 "
        "2023,B,All,8,50 2024,B,G,0,24 2023,A,G,6,76 2024,B,All,89,145 "
        "2023,B,B,4,7 2023,A,All,10,90 2024,A,All,31,67 2024,R,All,126,238 "
        "2024,R,B,107,164 2024,C,All,6,26 2024,C,G,1,5 2023,C,All,18,133 "
        "2023,C,B,7,9 2023,A,B,4,14 2023,B,G,4,43 2023,R,B,15,30 "
    )
    text = "\n".join(["period,area,sex,numerator,denominator", *rows.split()])
    found = safe(text, "raw.csv", Rule(areas=areas))
    assert found.problems == ()


def test_places_and_periods_are_sums_where_the_rule_knows_of_them() -> None:
    areas = tuple(
        Area(code=code, name=code, level="place", parent=parent)
        for code, parent in (("R", ""), ("A", "R"), ("B", "R"), ("C", "R"))
    )
    text = "period,area,value\n" + "".join(
        f"2024,{area},{n}\n" for area, n in (("R", 100), ("A", 3), ("B", 37), ("C", 60))
    )
    alone = safe(text, "raw.csv", Rule()).value
    linked = safe(text, "raw.csv", Rule(areas=areas)).value
    assert alone is not None
    assert linked is not None
    assert [h.line for h in alone.hidden] == [3]
    assert [h.line for h in linked.hidden] == [3, 4]
    quarters = "period,area,value\n" + "".join(
        f"{code},A,{n}\n"
        for code, n in (("2023-Q2", 14), ("2023-Q3", 22), ("2023-Q4", 32), ("2024-Q1", 35))
    )
    rule = Rule(policy=Disclosure(running="financial-year"), periods=PeriodType.QUARTER)
    running = safe(quarters, "raw.csv", rule).value
    assert running is not None
    assert len(running.hidden) == 1


def test_a_table_that_does_not_add_up_is_refused_without_its_numbers() -> None:
    found = safe(HEAD + "2024,A,All,30\n2024,A,Girls,2\n2024,A,Boys,29\n", "raw.csv", Rule())
    assert found.value is None
    assert [p.code for p in found.problems] == ["raw-total"]
    found = safe(HEAD + "2024,A,All,30\n2024,A,Girls,<5\n2024,A,Boys,27\n", "raw.csv", Rule())
    assert [p.code for p in found.problems] == ["raw-number"]
    assert "<5" not in found.problems[0].what
    apart = Rule(policy=Disclosure(apart=("sex",)))
    loose = safe(HEAD + "2024,A,All,30\n2024,A,Girls,2\n2024,A,Boys,29\n", "raw.csv", apart)
    assert loose.value is not None
    assert len(loose.value.hidden) == 1


def test_what_nothing_can_protect_is_said_to_be_so() -> None:
    rule = Rule(policy=Disclosure(apart=("area",)))
    found = safe("period,area,value,sex\n2024,A,3,All\n2024,A,1,Girls\n2024,A,2,Boys\n", "r", rule)
    assert found.value is not None  # the total is withheld too
    quarters = "period,value\n2023-Q2,14\n"
    assert safe(quarters, "r", Rule()).value is not None


# --- rounded -------------------------------------------------------------------------------


def test_halves_are_rounded_up_as_people_do() -> None:
    # 0, 1, 7, 8, 12, 13, 22, 23 to the nearest five.
    text = "area,value\n" + "".join(f"{n},{n}\n" for n in (0, 1, 7, 8, 12, 13, 22, 23))
    found = safe(text, "r", Rule(policy=Disclosure(round_to=5))).value
    assert found is not None
    assert [row.split(",")[1] for row in found.text.splitlines()[1:]] == [
        "0", "0", "5", "10", "10", "15", "20", "25",
    ]  # fmt: skip
    tens = safe("area,value\na,5\nb,25\nc,35\n", "r", Rule(policy=Disclosure(round_to=10))).value
    assert tens is not None
    assert [row.split(",")[1] for row in tens.text.splitlines()[1:]] == ["10", "30", "40"]


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=4),
    st.sampled_from([3, 5, 10]),
)
def test_controlled_rounding_adds_up_and_moves_no_number_by_a_base(
    table: list[list[int]], base: int
) -> None:
    rule = Rule(policy=Disclosure(round_to=base), totals=MARGINS, controlled=True)
    found = safe_table(text_of(table), "raw.csv", rule)
    assume(found.value is not None)
    assert found.value is not None
    rows = [[int(x) for x in row[1:]] for row in csv.reader(io.StringIO(found.value.text))
            if row[0] in {"Total", *(f"r{n}" for n in range(len(table)))}]  # fmt: skip
    truth = with_margins(table)
    for seen, true in zip(rows, truth, strict=True):
        assert sum(seen[:-1]) == seen[-1]
        assert all(s % base == 0 and abs(s - t) < base for s, t in zip(seen, true, strict=True))
    assert [sum(column) for column in zip(*rows[:-1], strict=True)] == rows[-1]


def test_shares_are_worked_out_of_the_rounded_counts() -> None:
    text = "area,numerator,denominator,value\nA,63,208,30.3\n"
    rule = Rule(policy=Disclosure(round_to=5), unit=Unit.PERCENT)
    found = safe(text, "r", rule).value
    assert found is not None
    assert found.text.splitlines()[1] == "A,65,210,31.0"


# --- the command ---------------------------------------------------------------------------


def run(*words: object) -> Result:
    return CliRunner().invoke(databook, ["protect", *map(str, words)])


def test_the_command_writes_a_safe_table_and_says_no_number_that_it_withheld(
    tmp_path: Path,
) -> None:
    raw = tmp_path / "raw.csv"
    raw.write_text(HEAD + "2024,A,All,971\n2024,A,Girls,4\n2024,A,Boys,967\n", "utf-8")
    done = run(raw, "--out", tmp_path / "safe.csv")
    assert done.exit_code == 0, done.output
    assert "line 3: “Girls” of A in 2024: small" in done.output
    assert "2 of 3 numbers are withheld" in done.output
    written = (tmp_path / "safe.csv").read_text("utf-8")
    assert written == HEAD.replace("value", "value,marker") + (
        "2024,A,All,971,\n2024,A,Girls,,c\n2024,A,Boys,,c\n"
    )
    assert "967" not in done.output
    again = run(raw, "--out", tmp_path / "safe.csv")
    assert again.exit_code == 2
    assert "is there already" in again.output


def test_the_command_refuses_what_lies_in_a_repository_or_a_book(tmp_path: Path) -> None:
    for folder, inside in (("repo", ".git"), ("book", "scorecards")):
        (tmp_path / folder / inside).mkdir(parents=True)
        raw = tmp_path / folder / "raw" / "counts.csv"
        raw.parent.mkdir()
        raw.write_text("area,value\nA,3\n", "utf-8")
        done = run(raw, "--out", tmp_path / "safe.csv")
        assert done.exit_code == 2
        assert "Raw counts must not" in done.output
        assert not (tmp_path / "safe.csv").exists()
    link = tmp_path / "linked.csv"
    link.symlink_to(tmp_path / "repo" / "raw" / "counts.csv")
    assert run(link).exit_code == 2


def test_a_work_tree_whose_git_folder_is_elsewhere_is_known_too(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "--separate-git-dir", tmp_path / "git", tmp_path / "w"],
                   check=True)  # fmt: skip
    raw = tmp_path / "w" / "raw.csv"
    raw.write_text("area,value\nA,3\n", "utf-8")
    assert run(raw).exit_code == 2


def test_the_command_takes_rule_places_and_groups_from_a_book(tmp_path: Path) -> None:
    raw = tmp_path / "raw.csv"
    raw.write_text(
        "period,area,sex,numerator,denominator\n2025,N1,All,25,1000\n2025,N1,Girls,4,500\n"
        "2025,N1,Boys,21,500\n", "utf-8"
    )  # fmt: skip
    done = run(raw, "--book", tables_book(), "--indicator", "reading", "--json")
    assert done.exit_code == 0, done.output
    assert '"fewest": true' in done.output
    assert (tmp_path / "raw-safe.csv").read_text("utf-8").splitlines()[2] == "2025,N1,Girls,,500,,c"


def tables_book() -> Path:
    return Path(__file__).parent / "cases" / "books" / "tiny"


def test_a_faulty_table_ends_with_one_and_writes_nothing(tmp_path: Path) -> None:
    raw = tmp_path / "raw.csv"
    raw.write_text("area,number\nA,3\n", "utf-8")
    done = run(raw)
    assert done.exit_code == 1
    assert "raw-column" in done.output
    assert not (tmp_path / "raw-safe.csv").exists()
    named = run(raw, "--column", "value=number")
    assert named.exit_code == 0
