"""The baseline carried forward: where the figure is heading if nothing changes.

The default is what forecast best when the methods were tried on 19,460 yearly series of
children's measures: the latest figure, moved on by the mean yearly change only where that change
is clear, within an interval as wide as past yearly changes have been. Fitted lines are kept by
name; through five to ten yearly points they proved less accurate and falsely sure of themselves.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from databook.analyse import fits
from databook.analyse.change import comparable
from databook.findings import FORECAST_METHODS, Forecast, ForecastPoint, Point, Series
from databook.model import Measurable, Unit
from databook.periods import later, overlaps, years_per_step

LONGEST = 3  # steps ahead; and never more than half the points it rests on
FEWEST = 3  # points below which nothing is forecast
FEWEST_SURE = 5  # points below which the line is only an illustration, without an interval
FEWEST_WHOLE = 7  # points from which a clear yearly change is carried on whole, not by half
CLEAR_T = 2.5  # |t| of the mean yearly change from which it counts as clear

DEFAULT = next(iter(FORECAST_METHODS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What is known of a series' changes from one step to the next since the last break."""

    count: int
    total: float
    squares: float

    @property
    def points(self) -> int:
        """How many points in a row so many changes need; a gap costs a point."""
        return self.count + 1

    @property
    def mean(self) -> float:
        """Mean change a step."""
        return self.total / self.count

    @property
    def typical(self) -> float:
        """Root mean square change a step: how far a step usually goes, either way."""
        return math.sqrt(self.squares / self.count)

    @property
    def clear(self) -> bool:
        """Whether the mean change stands out from the scatter of the changes."""
        if self.count < 2 or self.total == 0:
            return False
        scatter = max(0.0, self.squares - self.total**2 / self.count) / (self.count - 1)
        # Compared without dividing, so that changes without any scatter need no special case.
        return abs(self.mean) > CLEAR_T * math.sqrt(scatter / self.count)

    @property
    def carried(self) -> float:
        """The change a step that the default method carries on."""
        if self.points < FEWEST_SURE or not self.clear:
            return 0.0
        return self.mean if self.points >= FEWEST_WHOLE else self.mean / 2

    @property
    def horizon(self) -> int:
        """How many steps ahead may be forecast; 0 for none."""
        return horizon(self.points)


def horizon(points: int) -> int:
    """At most three steps and half the points; one where a last-value line is all there is."""
    return min(LONGEST, max(1, points // 2)) if points >= FEWEST else 0


def steps_of(points: Sequence[Point]) -> Steps:
    """The changes between neighbouring steps; a change across a gap is none."""
    moved = fits.changes(_known(points))
    return Steps(count=len(moved), total=math.fsum(moved), squares=math.fsum(d * d for d in moved))


def baseline(series: Series, indicator: Measurable, made_on: date) -> Forecast | None:
    """The default forecast from all figures to date; None where there are too few."""
    return of_points(comparable(series), indicator, made_on, DEFAULT)


def of_points(
    points: Sequence[Point], indicator: Measurable, made_on: date, method: str
) -> Forecast | None:
    """Forecast by a named method from comparable points; None where it cannot be had.

    Only yearly figures: the default was never tried on quarters or months, which have seasons.
    """
    if not points or years_per_step(indicator.periods) != 1:
        return None
    steps, last = steps_of(points), points[-1]
    ahead = _AHEAD[method](points, indicator, steps)
    if not ahead or last.value is None:
        return None
    bounds = _bounds(points, indicator.unit)
    return Forecast(
        made_on=made_on, origin=last.period, origin_value=last.value, method=method,
        author="", assumptions=_assumed(method, steps),
        points=tuple(
            _point(last, h, one, bounds) for h, one in enumerate(ahead, start=1)
        ),
        frozen=False, illustrative=_illustrative(steps, indicator),
        typical_change=steps.typical if steps.count else None,
    )  # fmt: skip


def _by_steps(points: Sequence[Point], indicator: Measurable, steps: Steps, moved: float
              ) -> list[fits.Ahead]:  # fmt: skip
    """The latest figure moved on, within an interval as wide as steps have usually been."""
    last = points[-1].value
    if not steps.horizon or last is None:
        return []
    sure = steps.typical > 0 and not _illustrative(steps, indicator)
    spread = steps.typical if sure else None
    return [
        fits.around(last + moved * h, spread and spread * math.sqrt(h), steps.count)
        for h in range(1, steps.horizon + 1)
    ]


def _default(points: Sequence[Point], indicator: Measurable, steps: Steps) -> list[fits.Ahead]:
    return _by_steps(points, indicator, steps, steps.carried)


def _last_value(points: Sequence[Point], indicator: Measurable, steps: Steps) -> list[fits.Ahead]:
    return _by_steps(points, indicator, steps, 0.0)


def _fitted(
    fit: Callable[[fits.Known, int], list[fits.Ahead]], *, transformed: bool = False
) -> Callable[[Sequence[Point], Measurable, Steps], list[fits.Ahead]]:
    """A named fit, refused under five points, on the figures or on their log odds."""

    def ahead(points: Sequence[Point], indicator: Measurable, _: Steps) -> list[fits.Ahead]:
        known = _known(points)
        if len(known) < FEWEST_SURE:
            return []
        if not transformed:
            return fit(known, horizon(len(known)))
        scale = fits.PERCENT if indicator.unit is Unit.PERCENT else fits.POSITIVE
        if indicator.unit not in _POSITIVE | {Unit.PERCENT} or not scale.takes(known):
            return []
        return scale.back(fit(scale.there(known), horizon(len(known))))

    return ahead


_POSITIVE = frozenset({Unit.RATE, Unit.COUNT, Unit.DAYS, Unit.RATIO})
_AHEAD: Mapping[str, Callable[[Sequence[Point], Measurable, Steps], list[fits.Ahead]]] = {
    DEFAULT: _default,
    "last-value": _last_value,
    "mean-of-last-three": _fitted(fits.mean_of_last_three),
    "drift": _fitted(fits.drift),
    "ols": _fitted(fits.least_squares),
    "ols-logit": _fitted(fits.least_squares, transformed=True),
    "theil-sen": _fitted(fits.theil_sen),
    "theil-sen-logit": _fitted(fits.theil_sen, transformed=True),
    "damped-holt": _fitted(fits.damped_holt),
}


def _known(points: Sequence[Point]) -> fits.Known:
    return tuple((p.period.step, p.value) for p in points if p.value is not None)


def _illustrative(steps: Steps, indicator: Measurable) -> bool:
    """Too short for an interval, or pooled years, on which the interval was never measured."""
    return steps.points < FEWEST_SURE or overlaps(indicator.periods)


def _bounds(points: Sequence[Point], unit: Unit) -> tuple[float, float]:
    """What the figure can be at all; some "percentages" are rates that rightly pass 100."""
    values = [p.value for p in points if p.value is not None]
    if unit is Unit.PERCENT:
        return 0.0, 100.0 if max(values) <= 100 else math.inf
    if unit in _POSITIVE and min(values) >= 0:
        return 0.0, math.inf
    return -math.inf, math.inf


def _point(last: Point, h: int, ahead: fits.Ahead, bounds: tuple[float, float]) -> ForecastPoint:
    value, *limits = (None if n is None else min(max(n, bounds[0]), bounds[1]) for n in ahead)
    assert value is not None  # noqa: S101 - a forecast always has a middle
    low_80, high_80, low_95, high_95 = limits
    return ForecastPoint(
        period=later(last.period, h), value=value,
        lower_80=low_80, upper_80=high_80, lower_95=low_95, upper_95=high_95,
    )  # fmt: skip


def _assumed(method: str, steps: Steps) -> str:
    if method != DEFAULT:
        return f"Carries on {FORECAST_METHODS[method]}."
    if not steps.carried:
        return "Things stay as they are: the latest figure is carried on."
    how = (
        "the mean yearly change" if steps.points >= FEWEST_WHOLE else "half the mean yearly change"
    )
    return f"The present course goes on: the latest figure is carried on with {how}."
