"""The audit of what can be had by subtraction: against trying everything, and in its sentences."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tables
import tiny
from databook import protect
from databook.limits import wilson
from databook.model import Area, Breakdown, Disclosure, Unit
from databook.observations import SCHEMA, Card, Context, Observations
from databook.periods import PeriodType
from databook.protect import attack
from databook.protect.sums import Figure, Need, Sum, System, adds_up, too_narrow

# The table of the handbooks: two hidden cells in each line are not enough.
FAMOUS = ((15, 1, 3, 1), (20, 10, 10, 15), (3, 10, 10, 2), (12, 14, 7, 2))
SMALL = [(r, c) for r in range(4) for c in range(4) if FAMOUS[r][c] <= 5]


# --- the famous table ----------------------------------------------------------------------


def test_two_hidden_cells_in_each_line_are_not_enough() -> None:
    hidden = [*SMALL, (1, 1), (1, 2), (3, 0)]
    for line, wanted in ((0, (3, 2, 2, 2)), (1, (2, 2, 2, 3))):
        assert tuple(sum(cell[line] == n for cell in hidden) for n in range(4)) == wanted
    made = tables.system(FAMOUS, hidden)
    told = {made.figures[e.figure].name: e for e in attack.exposed(made)}
    # Two rows less two columns leave it alone, which no single line shows.
    by = sorted(made.sums[n].why for n in told["0,3"].sums)
    assert [name.split()[0] for name in by] == ["column", "column", "row", "row"]


# --- against trying everything -------------------------------------------------------------

TABLES = st.integers(2, 3).flatmap(
    lambda height: st.integers(2, 3).flatmap(
        lambda width: st.lists(
            st.lists(st.integers(1, 7), min_size=width, max_size=width),
            min_size=height,
            max_size=height,
        )
    )
)


@settings(max_examples=60, deadline=None)
@given(TABLES, st.data())
def test_the_range_of_each_hidden_cell_is_what_trying_everything_gives(
    table: list[list[int]], data: st.DataObject
) -> None:
    cells = [(r, c) for r in range(len(table)) for c in range(len(table[0]))]
    hidden = data.draw(st.lists(st.sampled_from(cells), min_size=1, max_size=6, unique=True))
    least = data.draw(st.integers(0, 1))
    need = Need(least=least, most=3, width=3)
    made = tables.system(table, hidden, need)
    width = len(table[0])
    truth = tables.ranges(table, hidden, least)
    seen = attack.ranges(made, [r * width + c for r, c in hidden])
    assert {(n // width, n % width): each for n, each in seen.items()} == truth
    bad = {c for c, (low, high) in truth.items() if too_narrow(need, low, high)}
    told = attack.exposed(made)
    assert {(e.figure // width, e.figure % width) for e in told} == bad
    for each in told:  # the sums that are named suffice
        kept = replace(made, sums=tuple(made.sums[s] for s in each.sums))
        low, high = attack.ranges(kept, [each.figure])[each.figure]
        assert too_narrow(need, low, high)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=8, max_size=8), st.data())
def test_a_table_of_three_ways_is_judged_as_trying_everything_does(
    cube: list[int], data: st.DataObject
) -> None:
    """Two by two by two, with the totals over each pair: whole numbers say more than fractions."""
    hidden = data.draw(st.lists(st.integers(0, 7), min_size=2, max_size=8, unique=True))
    need = Need(least=0, most=3, width=3)
    figures = [
        Figure(name=str(n), low=0, need=need) if n in hidden else Figure(name="", low=v, high=v)
        for n, v in enumerate(cube)
    ]
    sums = []
    for way in (1, 2, 4):
        for n in range(8):
            if not n & way:
                total = cube[n] + cube[n | way]
                sums.append(adds_up(len(figures), [n, n | way]))
                figures.append(Figure(name="total", low=total, high=total))
    made = System(figures=tuple(figures), sums=tuple(sums))
    seen = attack.ranges(made, hidden)
    # Any one cell of such a cube fixes all that are hidden with it, so this is quick to try.
    assert seen == tried(made, cube, hidden)


def tried(made: System, cube: list[int], hidden: list[int]) -> dict[int, tuple[float, float]]:
    ways: list[dict[int, int]] = [{}]
    pairs = [tuple(f for f, _ in one.parts[1:]) for one in made.sums]
    totals = {pair: cube[pair[0]] + cube[pair[1]] for pair in pairs}
    for n in hidden:
        top = min(totals[pair] for pair in pairs if n in pair)
        ways = [
            {**way, n: v}
            for way in ways
            for v in range(top + 1)
            if fits({**way, n: v}, cube, hidden, totals)
        ]
    return {n: (min(w[n] for w in ways), max(w[n] for w in ways)) for n in hidden}


def fits(way: dict[int, int], cube: list[int], hidden: list[int], totals: dict) -> bool:  # type: ignore[type-arg]
    for (a, b), total in totals.items():
        known = [way.get(n) if n in hidden else cube[n] for n in (a, b)]
        if None not in known and sum(known) != total:  # type: ignore[arg-type]
            return False
    return True


def test_sums_with_a_range_and_fractions_are_understood() -> None:
    figures = (
        Figure(name="share of 30", low=0, need=Need()),
        Figure(name="other", low=0, high=9),
    )
    made = System(figures=figures, sums=(Sum(parts=((0, 2.0), (1, 3.0)), low=29.5, high=30.5),))
    # 2x + 3y = 30 in whole numbers: x is 3, 6, 9, 12 or 15, and y at most 9.
    assert attack.ranges(made, [0]) == {0: (3, 15)}


def test_a_contradiction_is_told_and_nothing_claimed() -> None:
    made = tables.system(((1, 2), (3, 4)), [(0, 0), (1, 1)])
    broken = replace(made.figures[4], low=1, high=1)  # the first row comes to less than it shows
    figures = (*made.figures[:4], broken, *made.figures[5:])
    with pytest.raises(attack.Contradiction):
        attack.exposed(replace(made, figures=figures))


def test_nothing_is_loaded_where_plain_subtraction_is_the_whole_truth() -> None:
    code = (
        "import sys; from databook.protect import attack, sums as s\n"
        "n = s.Need(); f = s.Figure\n"
        "figures = (f(name='a', low=1, need=n), f(name='b', low=1, need=n), "
        "f(name='t', low=40, high=40))\n"
        "made = s.System(figures=figures, sums=(s.adds_up(2, [0, 1]),))\n"
        "assert attack.exposed(made) == ()\n"
        "assert 'scipy' not in sys.modules, 'loaded'\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# --- linked figures of a card --------------------------------------------------------------

N1, N2, R1 = "N1", "N2", "R1"
Row = dict[str, object]


def row(
    area: str, count: float | None, sex: str = "All", code: str = "2025", **more: object
) -> Row:
    """One row of counts; None: withheld."""
    marker = "c" if count is None else None
    return {"code": code, "area": area, "sex": sex, "value": count, "marker": marker, **more}


def card(
    *rows: Row,
    slug: str = "reading",
    unit: Unit = Unit.COUNT,
    policy: Disclosure | None = None,
    periods: PeriodType = PeriodType.CALENDAR_YEAR,
) -> Card:
    whole = tiny.card().value
    assert whole is not None
    frame = pl.DataFrame(
        [{**dict.fromkeys(SCHEMA), "line": n, **each} for n, each in enumerate(rows, start=2)],
        schema={**dict(SCHEMA), "sex": pl.String()},
    )
    indicator = replace(
        whole.indicator, slug=slug, unit=unit, periods=periods, disclosure=policy or Disclosure(),
        breakdowns=(Breakdown(column="sex", title="Sex", groups=("Girls", "Boys")),),
    )  # fmt: skip
    seen = Observations(frame=frame, breakdowns=("sex",), totals={"sex": "All"}, path="data.csv")
    return Card(indicator=indicator, observations=seen)


def told(*rows: Row, context: Context | None = None, **about: object) -> list[str]:
    """What is said of a card, as "code line: sums"."""
    found = protect.card(card(*rows, **about), context or tiny.context())  # type: ignore[arg-type]
    assert found.value is not None
    if found.problems:
        numbers = found.value.observations.frame.select("value", "numerator", "lower", "upper")
        assert all(column.null_count() == len(column) for column in numbers)
    return [f"{p.code} {p.place.line}: {p.what.split(': ', 1)[-1]}" for p in found.problems]


def test_what_is_left_of_a_total_is_told_with_its_lines() -> None:
    assert told(row(N1, 20), row(N1, None, "Girls"), row(N1, 15, "Boys")) == [
        "disclosure-subtraction 3: N1 in 2025 (line 2) less “Boys” of N1 in 2025 (line 4)."
    ]


def test_two_withheld_of_a_total_are_safe_if_enough_is_left_between_them() -> None:
    assert told(row(N1, 40), row(N1, None, "Girls"), row(N1, None, "Boys")) == []
    narrow = told(row(N1, 6), row(N1, None, "Girls"), row(N1, None, "Boys"))
    assert [each.split(":")[0] for each in narrow] == [
        "disclosure-narrow 3", "disclosure-narrow 4"
    ]  # fmt: skip


def test_a_total_of_which_all_groups_are_shown_is_told() -> None:
    assert told(row(N1, None), row(N1, 11, "Girls"), row(N1, 15, "Boys")) == [
        "disclosure-subtraction 2: "
        "“Girls” of N1 in 2025 (line 3) and “Boys” of N1 in 2025 (line 4)."
    ]


def test_a_place_is_had_from_the_region_and_a_group_from_that() -> None:
    found = told(
        row(R1, 60), row(N1, 30), row(N2, None), row(N2, None, "Girls"), row(N2, 26, "Boys")
    )
    assert found == [
        "disclosure-subtraction 4: R1 in 2025 (line 2) less N1 in 2025 (line 3).",
        "disclosure-subtraction 5: N2 in 2025 is R1 in 2025 (line 2) less N1 in 2025 (line 3); "
        "then N2 in 2025 less “Boys” of N2 in 2025 (line 6).",
    ]


def test_places_that_are_not_all_there_are_tell_nothing() -> None:
    assert told(row(R1, 9_000), row(N1, 30), row(N2, None)) == []
    # They are known not to be all from a year in which everything is shown.
    before = [row(R1, 90, code="2024"), row(N1, 30, code="2024"), row(N2, 31, code="2024")]
    assert told(*before, row(R1, 90), row(N1, 30), row(N2, None)) == []
    assert told(row(R1, 60), row(N1, 30), row(N2, None), policy=Disclosure(apart=("R1",))) == []


def test_a_place_that_was_no_more_is_no_part() -> None:
    context = tiny.context()
    gone = Area(code="N3", name="Gonewick", level="local-authority", parent="R1", valid_to="2020")
    there = replace(gone, valid_to="")
    rows = row(R1, 60), row(N1, 30), row(N2, None)
    assert told(*rows, context=replace(context, areas=(*context.areas, gone)))
    assert not told(*rows, context=replace(context, areas=(*context.areas, there)))


def test_groups_that_overlap_tell_nothing_by_subtraction() -> None:
    shown = [row(N1, 20, code="2024"), row(N1, 14, "Girls", "2024"), row(N1, 16, "Boys", "2024")]
    hidden = [row(N1, 20), row(N1, None, "Girls"), row(N1, 8, "Boys")]
    assert not told(*shown, *hidden)
    assert told(*hidden)
    assert not told(*hidden, policy=Disclosure(apart=("sex",)))


def test_one_slip_in_many_years_does_not_make_groups_overlap() -> None:
    shown = [
        each
        for year in range(2000, 2024)
        for each in (
            row(N1, 30, code=str(year)),
            row(N1, 14, "Girls", str(year)),
            row(N1, 16 + (year == 2010), "Boys", str(year)),
        )
    ]
    assert told(*shown, row(N1, 20), row(N1, None, "Girls"), row(N1, 15, "Boys"))


def test_a_share_of_a_known_number_is_a_count() -> None:
    rows = [
        row(N1, 50.0, numerator=100.0, denominator=200.0),
        row(N1, None, "Girls", denominator=100.0),
        row(N1, 96.0, "Boys", denominator=100.0),
    ]
    assert told(*rows[:2], {**rows[2], "value": 80.0}, unit=Unit.PERCENT) == [
        "disclosure-subtraction 3: N1 in 2025 (line 2) less “Boys” of N1 in 2025 (line 4)."
    ]


def test_rounded_shares_leave_a_range_that_is_measured() -> None:
    rows = [row(N1, 50.0, denominator=20_000.0), row(N1, None, "Girls", denominator=10_000.0)]
    # To one decimal either is known within ten of 20,000 and five of 10,000: too vague to tell.
    assert not told(*rows, row(N1, 99.9, "Boys", denominator=10_000.0), unit=Unit.PERCENT)


def test_a_withheld_share_of_very_few_is_told_by_its_denominator() -> None:
    assert told(row(N1, None, denominator=4.0), unit=Unit.PERCENT) == [
        "disclosure-narrow 2: its own denominator leaves no others."
    ]
    assert not told(row(N1, None, denominator=20.0), unit=Unit.PERCENT)


def test_limits_tell_the_denominator_and_with_it_the_count() -> None:
    lower, upper = (round(100 * limit, 1) for limit in wilson(97, 194))
    rows = [
        row(N1, 50.0, numerator=100.0, denominator=200.0),
        row(N1, None, "Girls"),
        row(N1, 50.0, "Boys"),
    ]
    assert told(*rows, unit=Unit.PERCENT) == []
    with_limits = told(*rows[:2], {**rows[2], "lower": lower, "upper": upper}, unit=Unit.PERCENT)
    assert [each.split(" ")[0] for each in with_limits] == ["disclosure-narrow"]
    # Limits of more people than there are come by another formula; they contradict nothing.
    other = {**rows[2], "lower": 49.0, "upper": 51.0}
    assert told(*rows[:2], other, unit=Unit.PERCENT) == []


def test_a_count_is_no_more_than_the_denominator_that_is_left_for_it() -> None:
    rows = [
        row(N1, 50.0, numerator=100.0, denominator=200.0),
        row(N1, None, "Girls"),
        row(N1, None, "Boys", denominator=194.0),
    ]
    found = told(*rows, unit=Unit.PERCENT)
    assert [each.split(" ")[0] for each in found] == ["disclosure-narrow"]
    assert not told(*rows[:2], row(N1, None, "Boys"), unit=Unit.PERCENT)
    assert not told(*rows[:2], row(N1, None, "Boys", denominator=150.0), unit=Unit.PERCENT)


def test_pooled_years_and_running_totals_are_sums_too() -> None:
    quarters = [row(N1, n, code=f"2024-Q{q}") for q, n in ((2, 14), (3, 22), (4, 32))]
    policy = Disclosure(running="financial-year")
    last = row(N1, 37, code="2025-Q1")
    assert not told(*quarters, policy=policy, periods=PeriodType.QUARTER)
    assert not told(*quarters, last, periods=PeriodType.QUARTER)
    found = told(*quarters, last, policy=policy, periods=PeriodType.QUARTER)
    assert [each.split(" ")[0] for each in found] == ["disclosure-remainder"]


def test_a_group_that_stands_nowhere_is_what_is_left_of_the_total() -> None:
    whole = [row(N1, 30, code="2024"), row(N1, 14, "Girls", "2024"), row(N1, 16, "Boys", "2024")]
    few = told(*whole, row(N1, 20), row(N1, 17, "Girls"))
    assert few == [
        "disclosure-remainder 5: N1 in 2025 (line 5) less “Girls” of N1 in 2025 (line 6)."
    ]
    gap = {**row(N1, None, "Boys"), "marker": "x"}
    assert [each.split(" ")[0] for each in told(row(N1, 20), row(N1, 17, "Girls"), gap)] == [
        "disclosure-remainder"
    ]
    assert not told(*whole, row(N1, 40), row(N1, 17, "Girls"))
    assert not told(*whole, row(N1, 17), row(N1, 17, "Girls"))


def test_figures_of_a_statistical_body_are_its_own_to_protect() -> None:
    rows = row(N1, 20), row(N1, None, "Girls"), row(N1, 15, "Boys")
    assert not told(*rows, policy=Disclosure(published_by="A statistical office"))


def test_the_policy_sets_how_wide_the_range_must_be() -> None:
    rows = row(N1, 12), row(N1, None, "Girls"), row(N1, None, "Boys")
    assert not told(*rows)
    assert told(*rows, policy=Disclosure(protection=11))


def test_indicators_that_count_the_same_are_audited_together() -> None:
    years = card(row(N1, 60, code="2024"), row(N1, None, code="2025"))
    pooled = card(row(N1, 100, code="2024-2025"), slug="pooled",
                  periods=PeriodType.POOLED_CALENDAR_YEARS)  # fmt: skip
    assert not protect.card(years, tiny.context()).problems
    found = protect.across([years, pooled], tiny.context())
    assert [p.code for p in found] == ["disclosure-subtraction"]
    assert found[0].what.endswith(
        "it can be had: N1 in 2024-2025 (line 2) less N1 in 2024 (line 2)."
    )


def test_a_count_shown_elsewhere_is_not_withheld() -> None:
    one, other = card(row(N1, None)), card(row(N1, 60), slug="other")
    found = protect.across([one, other], tiny.context())
    assert [p.what for p in found] == [
        "N1 in 2025 is withheld here, and shown at data.csv, line 2."
    ]


def test_the_number_that_follows_is_never_said() -> None:
    found = protect.card(
        card(row(N1, 2_000), row(N1, None, "Girls"), row(N1, 1_813, "Boys")), tiny.context()
    )
    said = " ".join(f"{p.what} {p.why} {p.fix}" for p in found.problems)
    assert said
    assert "187" not in said


def test_families_are_found_whoever_names_whom() -> None:
    named = {"a": ["b"], "b": [], "c": ["d"], "d": ["e"], "e": [], "f": ["nobody"]}
    assert protect.families(named) == (("a", "b"), ("c", "d", "e"))
