"""How well the default forecast has done on the book's own series: the book measures itself.

At each point of each series the forecast is made again from what was known by then, and set
against what followed. Running sums make each refit cost as little as one more year.
"""

from __future__ import annotations

import math
from array import array
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """The trials of one finding, packed to be kept between builds: four numbers for each."""

    series: int
    packed: array[float]  # steps, error, inside 80 %, inside 95 %, and the next


def backtest(findings: Iterable[Finding]) -> Backtest:
    """Try the default forecast on every yearly series of every finding."""
    return measured(map(tries, findings))


def tries(finding: Finding) -> Tried:
    """The trials of one finding, over all its places."""
    places = (finding.own, finding.country, finding.region, *finding.neighbours)
    found = [tried for place in places if place and (tried := trials(comparable(place)))]
    packed = array("d")
    for trial in (trial for tried in found for trial in tried):
        packed.extend((trial.steps, trial.error, trial.inside_80, trial.inside_95))
    return Tried(series=len(found), packed=packed)


def measured(tried: Iterable[Tried]) -> Backtest:
    """Sum up the trials of many series."""
    series, by_steps = 0, dict[int, list[tuple[float, float, float]]]()
    for one in tried:
        series += one.series
        numbers = iter(one.packed)
        for steps, *rest in zip(numbers, numbers, numbers, numbers, strict=True):
            by_steps.setdefault(int(steps), []).append((rest[0], rest[1], rest[2]))
    return Backtest(
        series=series,
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


def _accuracy(steps: int, found: Sequence[tuple[float, float, float]]) -> Accuracy:
    errors, inside_80, inside_95 = zip(*found, strict=True)
    return Accuracy(
        steps=steps,
        cases=len(found),
        error=median(errors),
        inside_80=fmean(inside_80),
        inside_95=fmean(inside_95),
    )


def _yearly(point: Point) -> bool:
    return years_per_step(point.period.type) == 1 and not overlaps(point.period.type)
