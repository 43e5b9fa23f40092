"""How well the default forecast has done on the book's own series: the book measures itself.

At each point of each series the forecast is made again from what was known by then, and set
against what followed. Running sums make each refit cost as little as one more year.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

import polars as pl

from databook.analyse.change import comparable
from databook.analyse.forecast import FEWEST_SURE, Steps, horizon
from databook.analyse.intervals import student_t
from databook.findings import Accuracy, Backtest, Finding, Point
from databook.periods import overlaps, years_per_step

COLUMNS = ("steps", "error", "inside_80", "inside_95")


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
    packed: array[float]  # COLUMNS of one, and of the next


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
    """Sum up the trials of many series; in columns, because there are hundreds of thousands."""
    series, packed = 0, array("d")
    for one in tried:
        series += one.series
        packed.extend(one.packed)
    numbers = pl.Series(packed, dtype=pl.Float64)
    table = pl.DataFrame({name: numbers.gather_every(4, n) for n, name in enumerate(COLUMNS)})
    by_steps = table.partition_by("steps", as_dict=True)
    return Backtest(
        series=series,
        accuracy=tuple(_accuracy(int(steps), part) for (steps,), part in sorted(by_steps.items())),
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


def _accuracy(steps: int, found: pl.DataFrame) -> Accuracy:
    cases, errors = len(found), found["error"].sort()
    return Accuracy(
        steps=steps,
        cases=cases,
        error=(errors[(cases - 1) // 2] + errors[cases // 2]) / 2,  # the median
        inside_80=float(found["inside_80"].sum()) / cases,
        inside_95=float(found["inside_95"].sum()) / cases,
    )


def _yearly(point: Point) -> bool:
    return years_per_step(point.period.type) == 1 and not overlaps(point.period.type)
