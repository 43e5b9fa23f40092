"""95 % intervals: Wilson for shares, exact Poisson and Byar for rates, and for differences.

Closed forms in plain Python: the two quantiles needed (Student's t, small Poisson counts) are
solved here, since importing scipy costs half a second of each process. Tests hold them to scipy.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from databook.findings import Interval, Point
from databook.model import Measurable, Unit

# Standard normal deviate that leaves 2.5 % in each tail.
Z_95 = 1.959963984540054
# Office for Health Improvement and Disparities, "Technical guidance: rates": Byar's
# approximation from ten events on, exact Poisson limits below.
FIRST_BYAR_COUNT = 10
# The exact limits of counts below ten all lie under this.
_BEYOND_EXACT = 64.0
_HALVINGS = 200  # more than enough to bring a bisection to the last bit of a float


def wilson(count: float, total: float, z: float = Z_95) -> tuple[float, float]:
    """Limits of a share of 1 (Wilson 1927; Newcombe 1998, method 3)."""
    if total <= 0 or not 0 <= count <= total:
        raise ValueError(f"{count} of {total} is not a share")
    spread = z * math.sqrt(z * z + 4 * count * (1 - count / total))
    bottom = 2 * (total + z * z)
    lower = (2 * count + z * z - spread) / bottom
    upper = (2 * count + z * z + spread) / bottom
    # The formula gives exactly 0 and 1 at the ends; floats miss by a hair.
    return (0.0 if count == 0 else max(lower, 0.0), 1.0 if count == total else min(upper, 1.0))


def byar(count: float, z: float = Z_95) -> tuple[float, float]:
    """Limits of a Poisson count by Byar's approximation (Breslow and Day 1987, p. 69)."""
    if count <= 0:
        raise ValueError("Byar's approximation needs a count above 0")
    above = count + 1
    lower = count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3
    upper = above * (1 - 1 / (9 * above) + z / (3 * math.sqrt(above))) ** 3
    return lower, upper


@lru_cache(maxsize=64)
def exact_poisson(count: int) -> tuple[float, float]:
    """Limits of a small Poisson count: each leaves 2.5 % beyond it (Garwood 1936)."""
    if not 0 <= count < FIRST_BYAR_COUNT:
        raise ValueError(f"exact limits are for counts from 0 to {FIRST_BYAR_COUNT - 1}")
    upper = _falling(lambda mean: _at_most(count, mean), 0.025, 0.0, _BEYOND_EXACT)
    if count == 0:
        return 0.0, upper
    return _falling(lambda mean: _at_most(count - 1, mean), 0.975, 0.0, _BEYOND_EXACT), upper


def poisson(count: float) -> tuple[float, float, str] | None:
    """Limits of a count and the method's name; None for a count that is no whole number."""
    if count >= FIRST_BYAR_COUNT:
        return *byar(count), "Byar"
    if count < 0 or count != int(count):
        return None
    return *exact_poisson(int(count)), "exact Poisson"


def difference(
    first: float, first_limits: tuple[float, float],
    second: float, second_limits: tuple[float, float],
) -> tuple[float, float]:  # fmt: skip
    """Limits of first minus second, from the limits of each (Newcombe 1998, method 10).

    With Wilson limits this is Newcombe's hybrid score interval; with other limits, the "square
    and add" method that generalises it (Zou and Donner 2008).
    """
    between = first - second
    down = math.hypot(first - first_limits[0], second_limits[1] - second)
    up = math.hypot(first_limits[1] - first, second - second_limits[0])
    return between - down, between + up


@lru_cache(maxsize=512)
def student_t(coverage: float, freedom: int) -> float:
    """How many standard errors either side of the middle hold `coverage` of Student's t."""
    if freedom < 1 or not 0 < coverage < 1:
        raise ValueError(f"no t distribution with {freedom} degrees of freedom")
    # Searched on the angle atan(t/sqrt(df)), where coverage rises from 0 to 1.
    angle = _falling(lambda a: 1 - _within(a, freedom), 1 - coverage, 0.0, math.pi / 2)
    return math.tan(angle) * math.sqrt(freedom)


def of_point(
    value: float | None, numerator: float | None, denominator: float | None,
    lower: float | None, upper: float | None, indicator: Measurable,
) -> Interval | None:  # fmt: skip
    """The interval of a figure: as published, else from its counts, else none can be had."""
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


def _at_most(count: int, mean: float) -> float:
    """Chance that a Poisson count with this mean is at most `count`."""
    term = total = math.exp(-mean)
    for k in range(1, count + 1):
        term *= mean / k
        total += term
    return total


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


def _falling(curve: Callable[[float], float], level: float, low: float, high: float) -> float:
    """Where a falling curve crosses a level, by halving."""
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if curve(middle) > level:
            low = middle
        else:
            high = middle
    return (low + high) / 2
