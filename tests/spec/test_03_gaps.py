"""Newcombe's interval for a difference."""

from __future__ import annotations

from recorder import Example, Method

from analyse_values import from_first, indicator, point, series
from databook.analyse.groups import gap
from databook.analyse.intervals import difference
from databook.findings import Gap, Series
from databook.limits import wilson
from databook.model import Breakdown

METHOD = Method(
    title="Interval of a gap or a change: Newcombe",
    words="""
    The gap between two groups is surer when both groups are large. A gap or a change whose
    interval holds zero is said to be “not clear”. Periods that share years are not tested.""",
    formula="""
    with shares p and q, their Wilson limits l to u and m to w, the limits of p − q are
    (p − q) − √((p − l)² + (w − q)²) and (p − q) + √((u − p)² + (q − m)²). For rates the same is
    done with the limits of each rate.""",
    source="""
    R. G. Newcombe, Statistics in Medicine 1998, method 10; for other limits G. Y. Zou and
    A. Donner, Statistics in Medicine 2008.""",
)


def test_published_example(example: Example) -> None:
    """56 of 70 against 48 of 80

    Newcombe's own example: a gap of 20 points, and surely more than 5."""
    example.given(first=[56, 70], second=[48, 80])
    lower, upper = difference(56 / 70, wilson(56, 70), 48 / 80, wilson(48, 80))
    example.expect("lower limit", lower, 0.0524315, within=1e-5)
    example.expect("upper limit", upper, 0.3338727, within=1e-6)


def test_free_school_meals(example: Example) -> None:
    """780 of 1,000 against 240 of 400

    A gap of 18 points between two groups of pupils."""
    example.given(first=[780, 1000], second=[240, 400])
    found = _gap([("Others", 780, 1000), ("Eligible", 240, 400)])
    assert found is not None
    assert found.interval is not None
    example.expect("gap in percentage points", found.difference, 18.0)
    example.expect("lower limit", found.interval.lower, 12.6076, within=1e-5)
    example.expect("upper limit", found.interval.upper, 23.4586, within=1e-5)


def test_gap_over_the_years(example: Example) -> None:
    """A gap of 9, then 10, then 6 points

    The gap is counted from the first year with both groups, since from one year to the next it
    moves by chance."""
    all_areas, poorer = [77.0, 81.0, 80.0], [68.0, 71.0, 74.0]
    example.given(other_areas=all_areas, poorer_areas=poorer)
    breakdown = Breakdown(
        column="place", title="Place", groups=("Others", "Poorer"), gap=("Others", "Poorer")
    )
    both = [
        Series(area="a", name="a", points=from_first(2009, values).points, group=group)
        for group, values in (("Others", all_areas), ("Poorer", poorer))
    ]
    found = gap(both, breakdown, indicator())
    assert found is not None
    example.expect("gap now", found.difference, 6.0)
    example.expect("gap in the first year", found.earlier_difference, 9.0)
    example.expect("narrowing", found.narrowing, True)
    example.expect("interval", found.interval and found.interval.method, None)


def _gap(groups: list[tuple[str, int, int]]) -> Gap | None:
    breakdown = Breakdown(
        column="meals", title="Meals", groups=tuple(g for g, *_ in groups),
        gap=(groups[0][0], groups[1][0]),
    )  # fmt: skip
    both = []
    for group, count, total in groups:
        known = series([point(2024, 100 * count / total, counts=(count, total))])
        both.append(Series(area="a", name="a", points=known.points, group=group))
    return gap(both, breakdown, indicator())
