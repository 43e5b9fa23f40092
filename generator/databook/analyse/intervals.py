"""95 % intervals of a book's figures, and of differences between them.

Student's t is solved here in plain Python, since importing scipy costs half a second of each
process. Tests hold it to scipy.
"""

from __future__ import annotations

import math
from decimal import Decimal
from functools import lru_cache

from databook.findings import Interval, Point
from databook.limits import falling, poisson, wilson
from databook.model import Measurable, Unit


def difference(
    first: float, first_limits: tuple[float, float],
    second: float, second_limits: tuple[float, float],
) -> tuple[float, float]:  # fmt: skip
    """Limits of first minus second, from the limits of each (Newcombe 1998, method 10).

    All in one unit; each pair is lower, upper, and encloses its value. The two are independent.
    With Wilson limits this is Newcombe's hybrid score interval; with other limits, the "square
    and add" method that generalises it (Zou and Donner 2008).
    """
    between = first - second
    down = math.hypot(first - first_limits[0], second_limits[1] - second)
    up = math.hypot(first_limits[1] - first, second - second_limits[0])
    return between - down, between + up


@lru_cache(maxsize=512)
def student_t(coverage: float, freedom: int) -> float:
    """How many standard errors either side of the middle hold `coverage` of Student's t.

    `coverage` lies between 0 and 1, `freedom` is 1 or more: else ValueError.
    """
    if freedom < 1 or not 0 < coverage < 1:
        raise ValueError(f"no t distribution with {freedom} degrees of freedom")
    # Searched on the angle atan(t/sqrt(df)), where coverage rises from 0 to 1.
    angle = falling(lambda a: 1 - _within(a, freedom), 1 - coverage, 0.0, math.pi / 2)
    return math.tan(angle) * math.sqrt(freedom)


def of_point(
    value: float | None, numerator: float | None, denominator: float | None,
    lower: float | None, upper: float | None, indicator: Measurable,
) -> Interval | None:  # fmt: skip
    """The interval of a figure: as published, else from its counts, else none can be had.

    In the figure's unit: 0 to 100 for percentages (Wilson), per `indicator.per` for rates (exact
    Poisson or Byar). Counts that do not give the figure are not used.
    """
    if value is None:
        return None
    if lower is not None and upper is not None:
        return Interval(lower=lower, upper=upper, method="published")
    if (
        numerator is None
        or not denominator
        or not _agrees(value, numerator, denominator, indicator)
    ):
        return None
    if indicator.unit is Unit.PERCENT:
        low, high = wilson(numerator, denominator)
        return Interval(lower=100 * low, upper=100 * high, method="Wilson")
    if (limits := poisson(numerator)) is None:
        return None
    scale = (indicator.per or 1) / denominator
    return Interval(lower=limits[0] * scale, upper=limits[1] * scale, method=limits[2])


def estimate(point: Point, indicator: Measurable) -> float | None:
    """The figure before the publisher rounded it, where its interval rests on its counts."""
    if point.interval is None or point.interval.method == "published":
        return point.value
    if point.numerator is None or not point.denominator:
        return point.value
    return _ratio(point.numerator, point.denominator, indicator)


def _ratio(numerator: float, denominator: float, indicator: Measurable) -> float:
    scale = 100 if indicator.unit is Unit.PERCENT else indicator.per or 1
    return scale * numerator / denominator


def _agrees(value: float, numerator: float, denominator: float, indicator: Measurable) -> bool:
    """Whether the figure is its counts' ratio, to one unit of the last digit it was given to.

    Counts that belong to something else (70 of 100 beside "62.5 %") carry no interval for it.
    """
    if indicator.unit not in (Unit.PERCENT, Unit.RATE) or numerator < 0:
        return False
    if indicator.unit is Unit.PERCENT and numerator > denominator:
        return False
    if indicator.unit is Unit.RATE and indicator.per is None:
        return False
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    unit = 10.0 ** min(0, exponent if isinstance(exponent, int) else 0)
    return abs(value - _ratio(numerator, denominator, indicator)) <= unit * (1 + 1e-9)


def _within(angle: float, freedom: int) -> float:
    """Chance that |t| < tan(angle) x sqrt(df), by the finite series for whole df.

    Abramowitz and Stegun 1964, 26.7.3 (odd) and 26.7.4 (even).
    """
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = freedom % 2
    term = cosine if odd else 1.0
    total = 0.0
    for k in range(2 + odd, freedom + 1, 2):
        total += term
        term *= cosine * cosine * (k - 1) / k
    return (angle + sine * total) * 2 / math.pi if odd else sine * total
