"""Groups of the population side by side, and the gap between two of them over time."""

from __future__ import annotations

from collections.abc import Sequence

from databook.analyse import intervals
from databook.analyse.series import Figures
from databook.findings import Gap, Groups, Interval, Point, Series
from databook.model import Area, Breakdown, Measurable


def side_by_side(
    figures: Figures, indicator: Measurable, place: Area, country: Area | None
) -> tuple[Groups, ...]:
    """Each declared breakdown's groups in the place, and in the country where published."""
    return tuple(
        _groups(figures, indicator, breakdown, place, country)
        for breakdown in indicator.breakdowns
        if breakdown.column in figures.breakdowns
    )


def _groups(
    figures: Figures, indicator: Measurable, breakdown: Breakdown, place: Area, country: Area | None
) -> Groups:
    own = _each(figures, breakdown, place)
    other = _each(figures, breakdown, country) if country else ()
    return Groups(
        breakdown=breakdown.column,
        title=breakdown.title,
        series=own,
        country=other if any(s.known for s in other) else (),
        gap=gap(own, breakdown, indicator),
    )


def _each(figures: Figures, breakdown: Breakdown, area: Area) -> tuple[Series, ...]:
    return tuple(figures.group(area, breakdown.column, group) for group in breakdown.groups)


def gap(groups: Sequence[Series], breakdown: Breakdown, indicator: Measurable) -> Gap | None:
    """The newest difference between the two declared groups, and whether it has narrowed.

    Narrowing is counted from the first period with both figures under the present definition:
    from one year to the next a gap between small groups moves by chance.
    """
    if breakdown.gap is None:
        return None
    by_name = {series.group: series for series in groups}
    first, second = (by_name.get(name) for name in breakdown.gap)
    pairs = _pairs(first, second) if first and second else []
    if not pairs:
        return None
    now, start = pairs[-1], pairs[0]
    difference, before = _apart(now), _apart(start)
    alone = len(pairs) == 1
    return Gap(
        breakdown=breakdown.column, first=breakdown.gap[0], second=breakdown.gap[1],
        period=now[0].period, difference=difference, interval=_interval(*now, indicator),
        earlier_period=None if alone else start[0].period,
        earlier_difference=None if alone else before,
        narrowing=None if alone else abs(difference) < abs(before),
    )  # fmt: skip


def _pairs(first: Series, second: Series) -> list[tuple[Point, Point]]:
    """Points of the periods in which both groups have a figure, since the newest break."""
    others = {p.period.step: p for p in second.known}
    both = [(p, others[p.period.step]) for p in first.known if p.period.step in others]
    return [
        (p, q)
        for p, q in both
        if (p.since_break, q.since_break) == (both[-1][0].since_break, both[-1][1].since_break)
    ]


def _apart(pair: tuple[Point, Point]) -> float:
    first, second = pair
    assert first.value is not None and second.value is not None  # noqa: S101, PT018 - known
    return first.value - second.value


def _interval(first: Point, second: Point, indicator: Measurable) -> Interval | None:
    if first.interval is None or second.interval is None:
        return None
    one, other = intervals.estimate(first, indicator), intervals.estimate(second, indicator)
    assert one is not None and other is not None  # noqa: S101, PT018 - they have intervals
    lower, upper = intervals.difference(
        one, (first.interval.lower, first.interval.upper),
        other, (second.interval.lower, second.interval.upper),
    )  # fmt: skip
    return Interval(lower=lower, upper=upper, method="Newcombe")
