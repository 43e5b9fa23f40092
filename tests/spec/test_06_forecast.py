"""The baseline forecast."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recorder import Example, Method

from analyse_values import from_first, indicator
from databook.analyse import fits
from databook.analyse.forecast import DEFAULT, of_points
from databook.findings import Forecast
from databook.model import Indicator, Unit

METHOD = Method(
    title="Baseline forecast",
    words="""
    Where is the figure heading if nothing changes? The latest figure is carried on. Only where
    the mean yearly change stands clearly out of the scatter of yearly changes is it carried on
    too: by half with five or six points in a row, whole with seven or more. The interval is as
    wide as yearly changes have been. Three or four points give a line without an interval,
    marked as an illustration; fewer give none. It reaches at most three years ahead, and at
    most half as many as there are points. Years before a change of definition are not used, and
    a step across a missing year is not a yearly change.""",
    formula="""
    with m yearly changes d in a row: mean d ÷ (standard deviation ÷ √m) beyond ±2.5 is clear; the
    limits h years ahead are the forecast ∓ t × √(mean of d²) × √h, with t of m degrees of
    freedom. Percentages stay between 0 and 100, rates and counts above 0.""",
    source="""
    Chosen by trial: fitted on the first years of 19,460 series of 217 published measures of
    children in England and set against the years that followed. The 80% and 95% intervals of
    this method held 79% and 91% of them at five points, three years ahead; those of a straight
    line 60% and 82%.""",
)

EIGHT = [12.1, 11.8, 11.9, 11.2, 11.0, 10.7, 10.9, 10.4]


def test_change_not_clear(example: Example) -> None:
    """Eight years, falling unsteadily

    The mean yearly change is −0.24, but its t of −2.04 is not beyond 2.5: the forecast is the
    latest figure, 10.4, and the interval widens with every year."""
    example.given(figures=EIGHT)
    found = _forecast(EIGHT)
    example.expect("forecast, first year", found.points[0].value, 10.4)
    example.expect("forecast, third year", found.points[2].value, 10.4)
    example.expect("80% from, first year", found.points[0].lower_80, 9.862542, within=1e-7)
    example.expect("80% to, first year", found.points[0].upper_80, 10.937458, within=1e-7)
    example.expect("95% from, third year", found.points[2].lower_95, 8.844269, within=1e-7)
    example.expect("95% to, third year", found.points[2].upper_95, 11.955731, within=1e-7)


def test_clear_change_by_half(example: Example) -> None:
    """Five years, falling steadily

    The fall of 1 a year is clear (t = −12.2). Five points carry on half of it, for two years."""
    values = [20.0, 19.0, 18.0, 17.2, 16.0]
    example.given(figures=values)
    found = _forecast(values)
    example.expect("years ahead", len(found.points), 2)
    example.expect("forecast, first year", found.points[0].value, 15.5)
    example.expect("forecast, second year", found.points[1].value, 15.0)
    example.expect("80% from, first year", found.points[0].lower_80, 13.951538, within=1e-7)
    example.expect("95% to, second year", found.points[1].upper_95, 18.965557, within=1e-7)


def test_clear_change_whole(example: Example) -> None:
    """Seven years, falling steadily

    Seven points carry on the whole of a clear change, for three years."""
    values = [24.0, 23.0, 22.2, 21.0, 20.0, 19.2, 18.0]
    example.given(figures=values)
    found = _forecast(values)
    example.expect("years ahead", len(found.points), 3)
    example.expect("forecast, third year", found.points[2].value, 15.0)
    example.expect("80% from, third year", found.points[2].lower_80, 12.473239, within=1e-7)
    example.expect("95% to, first year", found.points[0].upper_95, 19.479323, within=1e-7)


def test_three_and_two_points(example: Example) -> None:
    """Three points, and two

    Three points give a line and how far a year usually goes, but no interval; two give none."""
    example.given(three=[73.0, 76.0, 77.0], two=[76.0, 77.0])
    found = _forecast([73.0, 76.0, 77.0])
    example.expect("forecast, first year", found.points[0].value, 77.0)
    example.expect("years ahead", len(found.points), 1)
    example.expect("80% from", found.points[0].lower_80, None)
    example.expect("illustration only", found.illustrative, True)
    example.expect("typical yearly change", found.typical_change, 5**0.5)
    nothing = of_points(from_first(2020, [76.0, 77.0]).points, indicator(), _DAY, DEFAULT)
    example.expect("forecast from two", nothing and nothing.method, None)


def test_across_a_missing_year(example: Example) -> None:
    """Six figures with a missing year among them

    The step across the hole counts neither as a yearly change nor towards the points in a row:
    five of the six count, which allows two years ahead."""
    values = [50.0, 51.0, 50.0, None, 53.0, 52.0, 53.0]
    example.given(figures="50; 51; 50; none; 53; 52; 53")
    points = from_first(2018, values).known
    found = of_points(points, indicator(), _DAY, DEFAULT)
    assert found is not None
    example.expect("typical yearly change", found.typical_change, 1.0)
    example.expect("years ahead", len(found.points), 2)
    example.expect("forecast", found.points[0].value, 53.0)


def test_straight_line(example: Example) -> None:
    """By name: a straight line by least squares

    A line through the same eight figures; its interval is narrower than it ought to be."""
    example.given(figures=EIGHT, method="ols")
    _expect(example, _forecast(EIGHT, "ols"), (
        (10.16786, 9.55894, 10.77677), (9.92738, 9.27492, 10.57984), (9.68690, 8.98575, 10.38806),
    ))  # fmt: skip


def test_straight_line_on_log_odds(example: Example) -> None:
    """By name: a straight line on log odds

    Fitted on log odds, a percentage cannot run below 0 or above 100."""
    example.given(figures=EIGHT, method="ols-logit")
    _expect(example, _forecast(EIGHT, "ols-logit"), (
        (10.20166, 9.66132, 10.76863), (9.98335, 9.41643, 10.58041), (9.76920, 9.17286, 10.39987),
    ))  # fmt: skip


def test_theil_sen(example: Example) -> None:
    """By name: Theil-Sen

    The median of all slopes between two points; the intercept is the median of figure − slope ×
    time. One odd year moves it little."""
    example.given(figures=EIGHT, method="theil-sen")
    found, log_odds = _forecast(EIGHT, "theil-sen"), _forecast(EIGHT, "theil-sen-logit")
    for i, (plain, logit) in enumerate(((10.075, 10.098924), (9.825, 9.872386), (9.575, 9.650384))):
        example.expect(f"forecast, year {i + 1}", found.points[i].value, plain, within=1e-12)
        example.expect(f"on log odds, year {i + 1}", log_odds.points[i].value, logit, within=1e-6)


def test_damped_holt(example: Example) -> None:
    """By name: damped Holt smoothing

    Here with level 0.5, trend 0.1 and damping 0.9; the book's own constants are 0.6, 0.15, 0.85."""
    example.given(figures=EIGHT, method="damped-holt")
    known = tuple(enumerate(EIGHT))
    found = fits.damped_holt(known, 3, level=0.5, trend=0.1, damping=0.9)
    for i, value in enumerate((10.359985, 10.225886, 10.105197)):
        example.expect(f"forecast, year {i + 1}", found[i][0], value, within=1e-6)
    example.expect("95% from, first year", found[0][3], 9.8900, within=1e-4)
    example.expect("95% to, first year", found[0][4], 10.8300, within=1e-4)


_DAY = date(2026, 1, 1)


def _forecast(values: Sequence[float], method: str = DEFAULT) -> Forecast:
    of: Indicator = indicator(unit=Unit.PERCENT)
    found = of_points(from_first(2017, values).points, of, _DAY, method)
    assert found is not None
    return found


def _expect(
    example: Example, found: Forecast, wanted: Sequence[tuple[float, float, float]]
) -> None:
    for i, (value, low, high) in enumerate(wanted):
        year = f"year {i + 1}"
        example.expect(f"forecast, {year}", found.points[i].value, value, within=1e-6)
        example.expect(f"95% from, {year}", found.points[i].lower_95, low, within=1e-6)
        example.expect(f"95% to, {year}", found.points[i].upper_95, high, within=1e-6)
