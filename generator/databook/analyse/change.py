"""What moved, how far and for how long; never from one definition to another."""

from __future__ import annotations

from databook.analyse import intervals
from databook.findings import Change, Direction, Point, Series, Verdict
from databook.model import Better, Measurable


def previous(series: Series, indicator: Measurable) -> Change | None:
    """From the period before (else the latest earlier figure) to the newest one."""
    points = comparable(series)
    return between(points[-2], points[-1], indicator) if len(points) > 1 else None


def overall(series: Series, indicator: Measurable) -> Change | None:
    """Point to point: from the first figure of the present definition to the newest."""
    points = comparable(series)
    return between(points[0], points[-1], indicator) if len(points) > 1 else None


def comparable(series: Series) -> tuple[Point, ...]:
    """The figures counted by the same definition as the newest one."""
    known = series.known
    return tuple(p for p in known if p.since_break == known[-1].since_break)


def run(series: Series) -> tuple[int, Direction | None]:
    """How many steps in a row the figure has gone the way it went last; a gap ends the run."""
    length, way = 0, None
    points = comparable(series)
    for earlier, later in zip(points[-2::-1], points[:0:-1], strict=True):
        if later.period.step - earlier.period.step != 1:
            break
        moved = direction(_value(later) - _value(earlier))
        if way not in (None, moved):
            break
        length, way = length + 1, moved
    return length, way


def between(earlier: Point, later: Point, indicator: Measurable) -> Change:
    """The change from one figure to a later one, and whether it is more than chance."""
    difference = _value(later) - _value(earlier)
    way = direction(difference)
    return Change(
        earlier=earlier, later=later, difference=difference, direction=way,
        verdict=verdict(difference, indicator.better), clear=_clear(earlier, later, indicator),
    )  # fmt: skip


def direction(difference: float) -> Direction:
    """Which way a difference points."""
    if difference == 0:
        return Direction.SAME
    return Direction.UP if difference > 0 else Direction.DOWN


def verdict(difference: float, better: Better) -> Verdict:
    """Better or worse by declared polarity; higher or lower where neither is better."""
    if difference == 0:
        return Verdict.SAME
    if better is Better.NEUTRAL:
        return Verdict.HIGHER if difference > 0 else Verdict.LOWER
    good = (difference > 0) == (better is Better.HIGHER)
    return Verdict.BETTER if good else Verdict.WORSE


def _clear(earlier: Point, later: Point, indicator: Measurable) -> bool | None:
    """Whether the 95 % interval of the change leaves out zero; None where it cannot be had.

    Periods that share data (pooled years) are not independent, so no test is made of them.
    """
    if earlier.interval is None or later.interval is None:
        return None
    if earlier.period.end >= later.period.start:
        return None
    if earlier.value == later.value:
        return False
    first, second = intervals.estimate(later, indicator), intervals.estimate(earlier, indicator)
    assert first is not None and second is not None  # noqa: S101, PT018 - they have intervals
    low, high = intervals.difference(
        first, (later.interval.lower, later.interval.upper),
        second, (earlier.interval.lower, earlier.interval.upper),
    )  # fmt: skip
    return low > 0 or high < 0


def _value(point: Point) -> float:
    assert point.value is not None  # noqa: S101 - callers pass known points
    return point.value
