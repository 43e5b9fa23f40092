"""How well the default forecast has done on the book's own series: the book measures itself.

At each point of each series the forecast is made again from what was known by then, and set
against what followed. Running sums make each refit cost as little as one more year.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from databook.analyse.change import comparable
from databook.analyse.forecast import FEWEST_SURE, Steps, horizon
from databook.analyse.intervals import student_t
from databook.findings import Accuracy, Backtest, Finding, Point
from databook.periods import overlaps, years_per_step


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One forecast set against what followed."""

    steps: int
    error: float  # absolute, as a share of the series' mean yearly change
    inside_80: bool
    inside_95: bool


def backtest(findings: Iterable[Finding]) -> Backtest:
    """Try the default forecast on every yearly series of every finding."""
    return measured(tried for finding in findings for tried in tries(finding))


def tries(finding: Finding) -> tuple[tuple[Trial, ...], ...]:
    """The trials of one finding, series by series: small enough to keep between builds."""
    places = (finding.own, finding.country, finding.region, *finding.neighbours)
    return tuple(found for place in places if place and (found := trials(comparable(place))))


def measured(tried: Iterable[tuple[Trial, ...]]) -> Backtest:
    """Sum up the trials of many series."""
    by_series = tuple(tried)
    by_steps: dict[int, list[Trial]] = {}
    for trial in (trial for found in by_series for trial in found):
        by_steps.setdefault(trial.steps, []).append(trial)
    return Backtest(
        series=len(by_series),
        accuracy=tuple(_accuracy(steps, by_steps[steps]) for steps in sorted(by_steps)),
    )


def trials(points: Sequence[Point]) -> tuple[Trial, ...]:
    """Every forecast with an interval that could have been made, against what followed."""
    if len(points) <= FEWEST_SURE or not _yearly(points[0]):
        return ()
    values = {p.period.step: p.value for p in points if p.value is not None}
    moved = [values[s] - values[s - 1] for s in values if s - 1 in values]
    usual = fmean(abs(d) for d in moved) if moved else 0.0
    if usual == 0:
        return ()
    found: list[Trial] = []
    count, total, squares = 0, 0.0, 0.0
    for step, value in values.items():
        if step - 1 in values:
            change = value - values[step - 1]
            count, total, squares = count + 1, total + change, squares + change * change
        steps = Steps(count=count, total=total, squares=squares)
        if steps.points < FEWEST_SURE or squares == 0:
            continue
        found += (
            _trial(steps, h, abs(values[step + h] - value - steps.carried * h), usual)
            for h in range(1, horizon(steps.points) + 1)
            if step + h in values
        )
    return tuple(found)


def _trial(steps: Steps, h: int, error: float, usual: float) -> Trial:
    spread = steps.typical * math.sqrt(h)
    return Trial(
        steps=h,
        error=error / usual,
        inside_80=error <= student_t(0.80, steps.count) * spread,
        inside_95=error <= student_t(0.95, steps.count) * spread,
    )


def _accuracy(steps: int, found: Sequence[Trial]) -> Accuracy:
    return Accuracy(
        steps=steps,
        cases=len(found),
        error=median(t.error for t in found),
        inside_80=fmean(t.inside_80 for t in found),
        inside_95=fmean(t.inside_95 for t in found),
    )


def _yearly(point: Point) -> bool:
    return years_per_step(point.period.type) == 1 and not overlaps(point.period.type)
