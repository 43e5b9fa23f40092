"""Disclosure control: what is found, and that nothing disclosive is left afterwards."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tiny
from databook import protect
from databook.limits import poisson, wilson
from databook.model import Disclosure, Unit
from databook.observations import SCHEMA, Card, Observations, markers
from databook.protect.cells import WITHHELD

HIDDEN = dict.fromkeys(WITHHELD)


def made(unit: Unit = Unit.PERCENT, policy: Disclosure | None = None, **row: object) -> Card:
    whole = tiny.card().value
    assert whole is not None
    full = dict.fromkeys(SCHEMA) | {"line": 2, "code": "2025", "area": "N1"} | row
    frame = pl.DataFrame([full], schema=dict(SCHEMA))
    per = 10_000 if unit is Unit.RATE else None
    indicator = replace(
        whole.indicator, unit=unit, per=per, disclosure=policy or Disclosure(), decimals=1
    )
    return Card(indicator=indicator, observations=Observations(frame=frame))


def judged(card: Card) -> tuple[list[str], dict[str, object]]:
    found = protect.card(card, tiny.context())
    assert found.value is not None
    return [p.code for p in found.problems], found.value.observations.frame.row(0, named=True)


@pytest.mark.parametrize("count", [1, 5, 2.5])
def test_a_small_count_is_refused_and_withheld_with_all_that_shows_it(count: float) -> None:
    card = made(value=4.0, numerator=count, denominator=200.0, lower=1.0, upper=9.0, marker="p")
    codes, row = judged(card)
    assert codes == ["disclosure-small-count"]
    assert row | HIDDEN == row
    assert markers(str(row["marker"])) == ("c", "p")
    assert row["denominator"] == 200.0


@pytest.mark.parametrize("count", [0, 6, 194])
def test_zero_and_counts_outside_the_threshold_pass(count: float) -> None:
    card = made(value=count / 2, numerator=count, denominator=200.0)
    assert judged(card) == ([], card.observations.frame.row(0, named=True))


def test_all_but_a_few_are_refused() -> None:
    assert judged(made(value=97.5, numerator=195.0, denominator=200.0))[0] == [
        "disclosure-complement"
    ]
    # Nobody is left over, so nobody is picked out.
    assert judged(made(value=100.0, numerator=200.0, denominator=200.0))[0] == []


def test_nineteen_of_twenty_discloses_one_child() -> None:
    assert "disclosure-complement" in judged(made(value=95.0, numerator=19.0, denominator=20.0))[0]
    assert judged(made(value=95.0, denominator=20.0))[0] == ["disclosure-derived"]


@pytest.mark.parametrize(
    ("unit", "value", "denominator", "found"),
    [
        (Unit.PERCENT, 1.5, 200.0, True),  # 3 of 200, give or take 0.1
        (Unit.PERCENT, 50.0, 200.0, False),
        (Unit.PERCENT, 0.0, 200.0, False),
        (Unit.PERCENT, 0.1, 10_000.0, False),  # 5 to 15 of 10,000: cannot be told
        (Unit.RATE, 50.0, 600.0, True),  # 3 of 600
        (Unit.RATE, 50.0, 60_000.0, False),
        (Unit.SCORE, 1.5, 200.0, False),  # no share of people
    ],
)
def test_a_share_is_refused_where_it_gives_a_small_count_away(
    unit: Unit, value: float, denominator: float, found: bool
) -> None:
    codes, row = judged(made(unit, value=value, denominator=denominator))
    assert codes == (["disclosure-derived"] if found else [])
    assert (row["value"] is None) is found


@pytest.mark.parametrize(
    ("count", "total", "decimals", "found"),
    [
        (4, 166, 1, True),
        (162, 166, 1, True),  # all but four
        (5, 12, 1, True),
        (3, 150, 0, True),  # "2 % (1 to 6)" fits two to five, of whatever number
        (9, 400, 1, False),
        (40, 166, 1, False),
        (0, 60, 1, False),
        (60, 60, 1, False),
    ],
)
def test_the_limits_of_a_share_tell_on_how_many_it_rests(
    count: int, total: int, decimals: int, found: bool
) -> None:
    lower, upper = (round(100 * limit, decimals) for limit in wilson(count, total))
    card = made(value=round(100 * count / total, decimals), lower=lower, upper=upper)
    card = replace(card, indicator=replace(card.indicator, decimals=decimals))
    codes, row = judged(card)
    assert codes == (["disclosure-limits"] if found else [])
    assert (row["value"] is None) is found


def test_limits_beside_a_denominator_narrow_what_the_share_left_open() -> None:
    card = made(value=1.0, denominator=400.0)  # two to six
    card = replace(card, indicator=replace(card.indicator, decimals=0))
    assert judged(card)[0] == []
    limits = {"lower": pl.lit(0.0), "upper": pl.lit(3.0)}  # six would have had 1 to 3
    frame = card.observations.frame.with_columns(**limits)
    assert judged(replace(card, observations=Observations(frame=frame)))[0] == ["disclosure-limits"]


@pytest.mark.parametrize(("count", "found"), [(1, True), (4, True), (5, True), (6, False)])
def test_the_limits_of_a_rate_tell_how_many_cases_there_were(count: int, found: bool) -> None:
    limits = poisson(count)
    assert limits is not None
    value, lower, upper = (round(x / 12_345 * 10_000, 2) for x in (count, *limits[:2]))
    codes, _ = judged(made(Unit.RATE, value=value, lower=lower, upper=upper))
    assert codes == (["disclosure-limits"] if found else [])


def test_a_share_and_its_count_tell_how_many_are_left() -> None:
    assert judged(made(value=97.5, numerator=195.0))[0] == ["disclosure-derived"]
    assert judged(made(value=100.0, numerator=195.0))[0] == []
    assert judged(made(value=50.0, numerator=195.0))[0] == []


def test_a_share_that_is_not_of_the_count_beside_it_is_judged_by_itself() -> None:
    rounded = Disclosure(round_to=5)
    # 4 of 81 was rounded to 10 of 81 by a slip, and the share was not.
    assert judged(made(policy=rounded, value=4.9, numerator=10.0, denominator=81.0))[0] == [
        "disclosure-derived"
    ]
    assert judged(made(value=0.8, numerator=20.0, denominator=500.0))[0] == ["disclosure-derived"]
    assert judged(made(value=4.0, numerator=20.0, denominator=500.0))[0] == []


@pytest.mark.parametrize("mark", ["low", "k", "r low"])
def test_nearly_zero_is_a_small_number_where_few_would_round_to_zero(mark: str) -> None:
    for card in (made(marker=mark, denominator=900.0), made(Unit.COUNT, marker=mark)):
        codes, row = judged(card)
        assert codes == ["disclosure-derived"]
        assert not {"low", "k"} & set(markers(str(row["marker"])))
    assert judged(made(marker=mark, denominator=90_000.0))[0] == []


def test_a_count_as_value_is_judged_like_a_numerator() -> None:
    assert judged(made(Unit.COUNT, value=3.0))[0] == ["disclosure-small-count"]
    assert judged(made(Unit.SCORE, value=3.0))[0] == []


def test_a_row_marked_as_withheld_holds_no_number_afterwards() -> None:
    codes, row = judged(made(value=50.0, numerator=100.0, denominator=200.0, marker="c"))
    assert codes == ["disclosure-withheld-value"]
    assert row | HIDDEN == row
    assert row["marker"] == "c"


def test_what_a_statistical_body_has_published_passes_but_its_withheld_cells_stay_so() -> None:
    policy = Disclosure(published_by="A statistical office")
    assert judged(made(policy=policy, value=2.0, numerator=4.0, denominator=200.0))[0] == []
    codes, row = judged(made(policy=policy, value=2.0, numerator=4.0, marker="c"))
    assert codes == ["disclosure-withheld-value"]
    assert row["numerator"] is None


def test_a_book_may_withhold_zeros_and_more() -> None:
    policy = Disclosure(threshold=9, zero_ok=False)
    for numerator in (0.0, 9.0, 191.0, 200.0):
        codes, _ = judged(made(policy=policy, numerator=numerator, denominator=200.0))
        assert codes, numerator
    assert judged(made(policy=policy, numerator=10.0, denominator=200.0))[0] == []


def test_the_book_s_own_rule_holds_where_the_indicator_says_nothing() -> None:
    card = made(numerator=3.0, denominator=200.0)
    card = replace(card, indicator=replace(card.indicator, disclosure=None))
    assert judged(card)[0] == ["disclosure-small-count"]


def test_the_number_itself_is_never_said() -> None:
    card = made(value=98.765, numerator=197.531, denominator=200.0, lower=96.123, upper=99.321)
    problems = protect.card(card, tiny.context()).problems
    assert problems
    for problem in problems:
        said = f"{problem.what}{problem.why}{problem.fix}"
        assert not any(part in said for part in ("98.7", "197", "96.1", "99.3", "2.46"))


def test_other_columns_and_the_order_of_rows_stay_as_they_were() -> None:
    whole = tiny.card().value
    assert whole is not None
    found = protect.card(whole, tiny.context())
    assert found.problems == ()
    assert found.value is not None
    assert found.value.observations.frame.equals(whole.observations.frame)
    assert found.value.observations.totals == whole.observations.totals


ROW = st.fixed_dictionaries(
    {
        "value": st.none() | st.floats(0, 100).map(lambda x: round(x, 1)),
        "numerator": st.none() | st.integers(0, 30).map(float),
        "denominator": st.none() | st.integers(1, 40).map(float),
        "lower": st.none() | st.floats(0, 50),
        "upper": st.none() | st.floats(50, 100),
        "marker": st.sampled_from([None, "c", "p", "x", "c p", "low"]),
    }
)


@settings(max_examples=80, deadline=None)
@given(
    rows=st.lists(ROW, min_size=1, max_size=8),
    unit=st.sampled_from([Unit.PERCENT, Unit.RATE, Unit.COUNT]),
    threshold=st.integers(1, 12),
    zero_ok=st.booleans(),
)
def test_no_disclosive_cell_is_left(
    rows: list[dict[str, object]], unit: Unit, threshold: int, zero_ok: bool
) -> None:
    policy = Disclosure(threshold=threshold, zero_ok=zero_ok)
    card = made(unit, policy)
    blank = dict.fromkeys(SCHEMA) | {"line": 2, "code": "2025", "area": "N1"}
    frame = pl.DataFrame([blank | row for row in rows], schema=dict(SCHEMA))
    card = replace(card, observations=Observations(frame=frame))
    safe = protect.card(card, tiny.context()).value
    assert safe is not None

    def small(count: float) -> bool:
        return (count > 0 or not zero_ok) and 0 <= count <= threshold

    for row in safe.observations.frame.iter_rows(named=True):
        shown = [row[name] for name in WITHHELD if row[name] is not None]
        if "c" in markers(row["marker"]):
            assert shown == []
            continue
        numerator, denominator, value = row["numerator"], row["denominator"], row["value"]
        if numerator is not None:
            assert not small(numerator)
            if denominator is not None and unit is not Unit.COUNT:
                assert not small(denominator - numerator)
        if unit is Unit.COUNT and value is not None:
            assert not small(value)
        if unit is Unit.PERCENT and None not in (value, denominator) and numerator is None:
            fits = [
                n
                for n in range(int(denominator) + 1)
                if round(abs(100 * n / denominator - value), 9) <= 0.05
            ]
            assert not fits or not all(small(n) for n in fits), (value, denominator)
            assert not fits or not all(small(denominator - n) for n in fits)
    again = protect.card(safe, tiny.context())
    assert again.problems == ()
