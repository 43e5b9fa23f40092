"""Curves fitted to a series and carried on: numbers in, numbers out.

Each fit takes the known (step, value) pairs, in order of steps and each step once, and a horizon
in steps; it returns `horizon` values, the first for the step after the last known one, each with
its 80 % and 95 % limits in the unit of the values. Limits are None where the pairs show no spread,
and the list is empty where they are too few. `forecast` asks for no fit of fewer than
five pairs (`FEWEST_SURE`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import NormalDist, fmean, median

from databook.analyse.intervals import student_t

Known = tuple[tuple[int, float], ...]
# Expected value, then lower and upper 80 % and lower and upper 95 % limits.
Ahead = tuple[float, float | None, float | None, float | None, float | None]

# Smoothing constants of damped Holt, fixed because ten points cannot settle three of them.
HOLT_LEVEL, HOLT_TREND, HOLT_DAMPING = 0.6, 0.15, 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A transformation to fit on, and the way back."""

    forward: Callable[[float], float]
    backward: Callable[[float], float]
    lowest: float
    highest: float

    def takes(self, known: Known) -> bool:
        """Whether every figure lies strictly inside what the scale can hold."""
        return all(self.lowest < value < self.highest for _, value in known)

    def there(self, known: Known) -> Known:
        """The figures on the scale."""
        return tuple((step, self.forward(value)) for step, value in known)

    def back(self, ahead: Sequence[Ahead]) -> list[Ahead]:
        """What was forecast on the scale, as figures again."""
        turned = [[None if n is None else self.backward(n) for n in one] for one in ahead]
        return [(value or 0.0, *limits) for value, *limits in turned]  # type: ignore[misc]


def _logit(percent: float) -> float:
    return math.log(percent / (100 - percent))


def _percent(logit: float) -> float:
    return 100 / (1 + math.exp(-logit))


PERCENT = Scale(forward=_logit, backward=_percent, lowest=0, highest=100)
POSITIVE = Scale(forward=math.log, backward=math.exp, lowest=0, highest=math.inf)


def changes(known: Known) -> list[float]:
    """Changes from one step to the very next; a change across a gap is none."""
    return [
        value - before
        for (earlier, before), (step, value) in pairwise(known)
        if step - earlier == 1
    ]


def around(value: float, spread: float | None, freedom: int) -> Ahead:
    """A value with limits by Student's t; without limits where there is no spread."""
    if spread is None:
        return (value, None, None, None, None)
    near, far = student_t(0.80, freedom) * spread, student_t(0.95, freedom) * spread
    return (value, value - near, value + near, value - far, value + far)


def mean_of_last_three(known: Known, horizon: int) -> list[Ahead]:
    """The mean of the latest three, within an interval as wide as steps have usually been."""
    moved = changes(known)
    value = fmean(v for _, v in known[-3:])
    if not moved:
        return [around(value, None, 1)] * horizon
    typical = math.sqrt(fmean(d * d for d in moved))
    return [around(value, typical * math.sqrt(h), len(moved)) for h in range(1, horizon + 1)]


def drift(known: Known, horizon: int) -> list[Ahead]:
    """The mean change a step carried on (Hyndman and Athanasopoulos, section 5.2)."""
    moved = changes(known)
    if len(moved) < 2:
        return []
    mean, n = fmean(moved), len(moved)
    scatter = math.sqrt(math.fsum((d - mean) ** 2 for d in moved) / (n - 1))
    last = known[-1][1]
    return [
        around(last + mean * h, scatter * math.sqrt(h * (1 + h / n)), n - 1)
        for h in range(1, horizon + 1)
    ]


def least_squares(known: Known, horizon: int) -> list[Ahead]:
    """Ordinary least squares, with its prediction interval (Hyndman and Athanasopoulos, 7.6).

    Needs three pairs: two leave nothing to tell the spread by.
    """
    times, values = [t for t, _ in known], [v for _, v in known]
    middle, mean = fmean(times), fmean(values)
    across = math.fsum((t - middle) ** 2 for t in times)
    slope = math.fsum((t - middle) * (v - mean) for t, v in known) / across
    return _line(known, horizon, slope, mean - slope * middle)


def theil_sen(known: Known, horizon: int) -> list[Ahead]:
    """The median of all slopes between two points; intercept the median of what is left.

    Theil 1950, Sen 1968. Needs three pairs.
    The interval is that of a least-squares line about the same residuals. Of all the methods
    tried it was the falsest: 95 % limits held 60 % of what followed.
    """
    slope = median((w - v) / (u - t) for i, (t, v) in enumerate(known) for u, w in known[i + 1 :])
    return _line(known, horizon, slope, median(v - slope * t for t, v in known))


def damped_holt(
    known: Known, horizon: int, *, level: float = HOLT_LEVEL, trend: float = HOLT_TREND,
    damping: float = HOLT_DAMPING,
) -> list[Ahead]:  # fmt: skip
    """Exponential smoothing with a damped trend, ETS(A,Ad,N), in its error form.

    Hyndman, Koehler, Ord and Snyder 2008, the variance being that of their chapter 6. Needs five
    points in a row: of a series with gaps, those since the last one. It starts from the mean of the
    first four changes.
    """
    values = _on_end(known)
    if len(values) < 5:
        return []
    slope = (values[4] - values[0]) / 4
    at, errors = values[0] - slope, []
    for value in values:
        expected = at + damping * slope
        error = value - expected
        at, slope = expected + level * error, damping * slope + trend * error
        errors.append(error)
    variance = math.fsum(e * e for e in errors) / len(errors)
    ahead: list[Ahead] = []
    damped, factor = 0.0, 1.0
    for h in range(1, horizon + 1):
        damped += damping**h
        ahead.append(_normal(at + slope * damped, math.sqrt(variance * factor)))
        factor += (level + trend * damped) ** 2
    return ahead


def _on_end(known: Known) -> list[float]:
    """The values since the last gap."""
    kept = [known[-1]]
    for point in known[-2::-1]:
        if kept[-1][0] - point[0] != 1:
            break
        kept.append(point)
    return [value for _, value in reversed(kept)]


def _line(known: Known, horizon: int, slope: float, intercept: float) -> list[Ahead]:
    n, middle = len(known), fmean(t for t, _ in known)
    across = math.fsum((t - middle) ** 2 for t, _ in known)
    left = math.fsum((v - intercept - slope * t) ** 2 for t, v in known)
    scatter, last = math.sqrt(left / (n - 2)), known[-1][0]
    return [
        around(
            intercept + slope * t,
            scatter * math.sqrt(1 + 1 / n + (t - middle) ** 2 / across) if scatter else None,
            n - 2,
        )
        for t in range(last + 1, last + horizon + 1)
    ]


def _normal(value: float, deviation: float) -> Ahead:
    if not deviation:
        return (value, None, None, None, None)
    near, far = (NormalDist().inv_cdf((1 + share) / 2) * deviation for share in (0.80, 0.95))
    return (value, value - near, value + near, value - far, value + far)
