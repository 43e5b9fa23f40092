"""Recent trend."""

from __future__ import annotations

from recorder import Example, Method

from analyse_values import from_first, indicator, point, series
from databook.analyse import trend
from databook.model import Better, Unit

METHOD = Method(
    title="Recent trend over five years",
    words="""
    Five yearly figures in a row are tested for a steady rise or fall. The bar is high, and the
    direction must hold with any one of the years left out. In a small place real changes often
    do not pass it: “no significant change” does not mean that nothing changed.""",
    formula="""
    for a share, r of n in years t = 1 to 5 with sums R and N:
    χ² = N(NΣrt − RΣnt)² ÷ (R(N − R)(NΣnt² − (Σnt)²)); for other figures, χ² = β² ÷ Var(β) of
    the regression line weighted by 1 ÷ se², where se is the width of the 95% interval ÷ 3.92.
    Significant above 9.5495 (99.8%).""",
    source="""
    Office for Health Improvement and Disparities, public health technical guidance, trend
    markers; test data of the department's Fingertips programs.""",
)


def test_falling_share(example: Example) -> None:
    """621 of 3,454 falling to 447 of 3,121, lower is better

    Published test data: a clear fall in a share of people."""
    counts, totals = [621, 599, 556, 535, 447], [3454, 3195, 3256, 3227, 3121]
    example.given(counts=counts, out_of=totals)
    of = indicator(better=Better.LOWER)
    five = [
        point(2020 + i, 100 * c / n, counts=(c, n), of=of)
        for i, (c, n) in enumerate(zip(counts, totals, strict=True))
    ]
    found = trend.recent(series(five), of)
    example.expect("χ²", found.chi_squared, 20.115, within=1e-4)
    example.expect("trend", found.word, "getting better")


def test_falling_vaccination(example: Example) -> None:
    """Vaccinated two-year-olds, 92.6% falling to 90.1%, higher is better

    Published figures with published limits, of Yorkshire and the Humber."""
    values = [92.6254, 92.3221, 90.8708, 90.017, 90.1013]
    lower = [92.4168, 92.1072, 90.6358, 89.7694, 89.8578]
    upper = [92.8288, 92.5315, 91.1004, 90.2594, 90.3396]
    example.given(figures=values, lower_limits=lower, upper_limits=upper)
    of = indicator(better=Better.HIGHER)
    five = [
        point(2020 + i, v, limits=(low, high), of=of)
        for i, (v, low, high) in enumerate(zip(values, lower, upper, strict=True))
    ]
    found = trend.recent(series(five), of)
    example.expect("χ²", found.chi_squared, 418.5, within=1e-3)
    example.expect("trend", found.word, "getting worse")


def test_rising_rate(example: Example) -> None:
    """A rate that fell once and then rose, lower is better

    Published figures: sight lost through diabetic eye disease per 100,000. Leaving out any one
    year the slope stays upward, though once only just."""
    values = [2.935, 1.93028, 2.7567, 2.8701, 3.0121]
    lower = [2.7841, 1.8085, 2.6113, 2.7225, 2.8616]
    upper = [3.0919, 2.058, 2.9082, 3.0237, 3.1683]
    example.given(figures=values, lower_limits=lower, upper_limits=upper)
    of = indicator(unit=Unit.RATE, per=100_000, better=Better.LOWER)
    five = [
        point(2020 + i, v, limits=(low, high), of=of)
        for i, (v, low, high) in enumerate(zip(values, lower, upper, strict=True))
    ]
    found = trend.recent(series(five), of)
    test = trend.of_values(values, [h - low for low, h in zip(lower, upper, strict=True)])
    example.expect("χ²", found.chi_squared, 33.49, within=1e-3)
    example.expect("least slope with a year left out", min(test.slopes_without_one), 0.0152,
                   within=1e-2)  # fmt: skip
    example.expect("trend", found.word, "getting worse")


def test_no_counts(example: Example) -> None:
    """Five figures without counts or limits

    Nobody can say whether they moved by more than chance."""
    values = [20.0, 19.0, 18.0, 17.0, 16.0]
    example.given(figures=values)
    found = trend.recent(from_first(2020, values), indicator())
    example.expect("trend", found.word, "cannot be calculated")
    example.expect(
        "why", found.reason,
        "The figures are published without counts or intervals, which the test needs.",
    )  # fmt: skip


def test_a_missing_year(example: Example) -> None:
    """Five figures, but not of five years in a row

    The pandemic took a year out of many series; no test is made across the hole."""
    example.given(figures="2018 to 2023 without 2020")
    known = {y: (100 + y, 1000) for y in (2018, 2019, 2021, 2022, 2023)}
    points = [point(y, c / 10, counts=(c, n)) for y, (c, n) in known.items()]
    found = trend.recent(series(points), indicator())
    example.expect("trend", found.word, "cannot be calculated")
    example.expect("why", found.reason, "Some of the last 5 years have no figure.")
