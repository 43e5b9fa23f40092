"""What must hold of the methods whatever the figures are."""

from __future__ import annotations

import math
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analyse_values import forecast as frozen
from analyse_values import from_first, indicator
from databook import limits, targets
from databook.analyse import forecast, intervals, trend, turn
from databook.analyse.backtesting import trials
from databook.analyse.change import direction, verdict
from databook.findings import FORECAST_METHODS, Verdict
from databook.model import Better, Unit

whole = st.integers(0, 5000)
figure = st.floats(-1000, 1000).map(lambda x: round(x, 1))
figures = st.lists(figure, min_size=5, max_size=10)
DAY = date(2026, 1, 1)


@given(whole, st.integers(1, 5000))
def test_wilson_lies_in_0_to_1_and_holds_the_share(count: int, total: int) -> None:
    assume(count <= total)
    lower, upper = limits.wilson(count, total)
    assert 0 <= lower <= count / total <= upper <= 1
    assert lower < upper


@given(whole, st.integers(1, 5000))
def test_wilson_of_the_complement_is_its_mirror(count: int, total: int) -> None:
    assume(count <= total)
    lower, upper = limits.wilson(count, total)
    mirrored = limits.wilson(total - count, total)
    assert mirrored == pytest.approx((1 - upper, 1 - lower), abs=1e-12)


@given(whole)
def test_poisson_limits_hold_the_count_and_rise_with_it(count: int) -> None:
    found, more = limits.poisson(count), limits.poisson(count + 1)
    assert found is not None
    assert more is not None
    assert found[0] <= count < found[1]
    assert more[0] > found[0]
    assert more[1] > found[1]


@pytest.mark.parametrize("freedom", range(1, 41))
def test_student_t_equals_scipys(freedom: int) -> None:
    from scipy.special import stdtrit

    for coverage in (0.8, 0.95):
        expected = float(stdtrit(freedom, (1 + coverage) / 2))
        assert intervals.student_t(coverage, freedom) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("count", range(10))
def test_exact_limits_equal_those_by_the_chi_squared_distribution(count: int) -> None:
    from scipy.special import chdtri

    lower, upper = limits.exact_poisson(count)
    assert upper == pytest.approx(float(chdtri(2 * count + 2, 0.025)) / 2, rel=1e-12)
    expected = float(chdtri(2 * count, 0.975)) / 2 if count else 0.0
    assert lower == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("count", "total"), [(1, 0), (3, 2), (-1, 5)])
def test_a_share_that_is_none_is_refused(count: int, total: int) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        limits.wilson(count, total)


@given(figure)
def test_better_one_way_is_worse_the_other(moved: float) -> None:
    swap = {
        Verdict.BETTER: Verdict.WORSE,
        Verdict.WORSE: Verdict.BETTER,
        Verdict.SAME: Verdict.SAME,
    }
    assert swap[verdict(moved, Better.HIGHER)] is verdict(moved, Better.LOWER)
    assert direction(-moved) is not direction(moved) or moved == 0


@given(figures, st.lists(figure, min_size=2, max_size=2))
def test_a_turn_is_the_same_seen_in_a_mirror(known: list[float], ahead: list[float]) -> None:
    origin = 2020 + len(known) - 3
    start = known[-3]
    up = turn.judge(from_first(2020, known), [frozen(origin, start, ahead)], Better.HIGHER)
    down = turn.judge(
        from_first(2020, [-v for v in known]),
        [frozen(origin, -start, [-v for v in ahead])],
        Better.LOWER,
    )
    assert (up.word, up.ahead, up.gain, up.rebound) == (
        down.word,
        down.ahead,
        down.gain,
        down.rebound,
    )


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_rating_falls_short_alike_either_side_of_the_target(short: int, aim: int) -> None:
    under, over = Fraction(aim - short), Fraction(aim + short)
    target = Fraction(aim)
    assert targets.share_of_target(under, target, Better.HIGHER) == targets.share_of_target(
        over, target, Better.LOWER
    )


@given(figures, figure)
def test_a_forecast_moves_with_its_figures(known: list[float], by: float) -> None:
    of = indicator(unit=Unit.SCORE)
    moved = [v + by for v in known]
    here = forecast.baseline(from_first(2010, known), of, DAY)
    there = forecast.baseline(from_first(2010, moved), of, DAY)
    assert here is not None
    assert there is not None
    # Floats may tip a change that is only just clear; those cases say nothing.
    steps = forecast.steps_of(from_first(2010, known).points)
    assume(steps.clear == forecast.steps_of(from_first(2010, moved).points).clear)
    for one, other in zip(here.points, there.points, strict=True):
        assert other.value == pytest.approx(one.value + by, abs=1e-6)
        if one.lower_95 is not None and other.lower_95 is not None:
            assert other.lower_95 == pytest.approx(one.lower_95 + by, abs=1e-6)


@given(figures, st.sampled_from(sorted(FORECAST_METHODS)))
def test_every_method_keeps_its_value_inside_its_limits(known: list[float], method: str) -> None:
    found = forecast.of_points(
        from_first(2010, known).points, indicator(unit=Unit.SCORE), DAY, method
    )
    for p in found.points if found else ():
        if p.lower_80 is None:
            continue
        assert p.lower_95 is not None
        assert p.upper_80 is not None
        assert p.upper_95 is not None
        assert p.lower_95 <= p.lower_80 <= p.value <= p.upper_80 <= p.upper_95


@given(st.lists(st.integers(1, 99), min_size=5, max_size=5))
def test_a_trend_turned_round_in_time_has_the_same_strength(counts: list[int]) -> None:
    assume(len(set(counts)) > 1)
    there = trend.of_proportions(counts, [100] * 5)
    back = trend.of_proportions(counts[::-1], [100] * 5)
    assert there.chi_squared == pytest.approx(back.chi_squared, abs=1e-9)
    assert there.slope == pytest.approx(-back.slope, abs=1e-9)


@given(st.lists(figure, min_size=6, max_size=9))
def test_the_backtest_makes_the_very_forecasts_that_the_book_makes(known: list[float]) -> None:
    of, points = indicator(unit=Unit.SCORE), from_first(2010, known).points
    usual = sum(abs(b - a) for a, b in pairwise(known)) / (len(known) - 1)
    assume(usual > 0)
    expected = []
    for end in range(5, len(known)):
        made = forecast.of_points(points[:end], of, DAY, forecast.DEFAULT)
        assert made is not None
        for h, p in enumerate(made.points, start=1):
            if p.lower_80 is not None and end - 1 + h < len(known):
                expected.append((h, abs(known[end - 1 + h] - p.value) / usual))
    found = [(t.steps, t.error) for t in trials(points)]
    assert [h for h, _ in found] == [h for h, _ in expected]
    for (_, one), (_, other) in zip(found, expected, strict=True):
        assert math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-6)
