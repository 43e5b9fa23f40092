"""XmR charts (individuals and moving range) for monthly and quarterly series.

The rules are those of the NHS programme Making Data Count as its package NHSRplotthedots 0.2.2
applies them; the constants are Shewhart's. A missing period ends a run and gives no moving range,
because nothing is known of the step across it; a new definition begins with limits of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import fmean

from databook.findings import (
    Assurance,
    Change,
    Control,
    ControlPhase,
    ControlPoint,
    Point,
    Series,
    Signal,
    Verdict,
)
from databook.model import Better, Measurable
from databook.periods import PeriodType

# 3 / d2 and D4 for ranges of two (Wheeler, Understanding Variation, 1993): limits lie 2.66 mean
# moving ranges from the mean, and a moving range of 3.267 times the mean is itself out of control.
LIMIT = 2.66
SCREEN = 3.267
NEAR = 2 / 3  # of the way from the mean to a limit
RUN = 7  # figures in one direction, or on one side
FIRM = 13  # figures below which limits are on trial
FEWEST = 8  # figures below which no chart is made: it could not show a run

SHORT_PERIODS = frozenset({PeriodType.MONTH, PeriodType.QUARTER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Mean and limits of one stretch."""

    mean: float
    lower: float
    upper: float
    lower_near: float
    upper_near: float
    average_range: float


def control(own: Series, indicator: Measurable) -> Control | None:
    """The chart of a monthly or quarterly series; None for other series and for short ones."""
    if indicator.periods not in SHORT_PERIODS:
        return None
    stretches = [
        list(points) for _, points in groupby(own.known, key=lambda point: point.since_break)
    ]
    if not stretches or len(stretches[-1]) < FEWEST:
        return None
    phases = tuple(_phase(one, indicator.better) for one in stretches if len(one) > 1)
    target = indicator.target
    aim = float(target.value) if target and target.upper is None else None
    last = phases[-1]
    judged = assurance(last.lower, last.upper, aim, indicator.better)
    if judged is not Assurance.NONE and last.points[-1].signal is not Signal.NONE:
        judged = Assurance.UNSETTLED  # limits of what was say nothing of what is now otherwise
    return Control(phases=phases, assurance=judged, target=aim)


def step(change: Change | None, control: Control | None) -> Change | None:
    """The newest change; where it has no interval, the usual steps say whether it is clear.

    A step is more than the usual ups and downs above the upper limit of moving ranges.
    """
    if change is None or control is None or change.clear is not None:
        return change
    usual = control.phases[-1].average_range
    return replace(change, clear=abs(change.difference) > SCREEN * usual)


def limits(values: Sequence[float], ranges: Sequence[float], *, screen: bool = True) -> Limits:
    """Mean and limits. `screen` leaves out moving ranges that are themselves out of control."""
    mean = fmean(values)
    average = fmean(ranges) if ranges else 0.0
    if screen:
        kept = [size for size in ranges if size < SCREEN * average]
        average = fmean(kept) if kept else average
    reach = LIMIT * average
    return Limits(
        mean=mean,
        lower=mean - reach,
        upper=mean + reach,
        lower_near=mean - NEAR * reach,
        upper_near=mean + NEAR * reach,
        average_range=average,
    )


def moving_ranges(runs: Sequence[Sequence[float]]) -> list[float]:
    """Size of each step between figures that follow on one another."""
    return [abs(b - a) for run in runs for a, b in pairwise(run)]


def signals(values: Sequence[float], found: Limits) -> tuple[tuple[Signal, int], ...]:
    """The first of the four rules that each figure meets, and its side or direction (1, -1, 0)."""
    sides = [(value > found.mean) - (value < found.mean) for value in values]
    outside = [not found.lower <= value <= found.upper for value in values]
    near = [
        not out and not found.lower_near <= value <= found.upper_near
        for value, out in zip(values, outside, strict=True)
    ]
    rising = trends(values)
    pairs = two_of_three(near, sides)
    shifted = shifts(sides)
    made: list[tuple[Signal, int]] = []
    for n, side in enumerate(sides):
        if outside[n]:
            made.append((Signal.OUTSIDE, side))
        elif rising[n]:
            made.append((Signal.TREND, rising[n]))
        elif pairs[n]:
            made.append((Signal.NEAR, side))
        elif shifted[n]:
            made.append((Signal.SHIFT, side))
        else:
            made.append((Signal.NONE, 0))
    return tuple(made)


def trends(values: Sequence[float]) -> list[int]:
    """1 or -1 for each of seven figures or more that rise or fall at every step, else 0."""
    found = [0] * len(values)
    for start in range(len(values) - RUN + 1):
        window = values[start : start + RUN]
        steps = {(b > a) - (b < a) for a, b in pairwise(window)}
        if len(steps) == 1 and (way := steps.pop()):
            found[start : start + RUN] = [way] * RUN
    return found


def two_of_three(near: Sequence[bool], sides: Sequence[int]) -> list[bool]:
    """The figures near a limit, where two of three on one side of the mean are."""
    found = [False] * len(near)
    for start in range(len(near) - 2):
        window = range(start, start + 3)
        one_side = len({sides[n] for n in window}) == 1 and sides[start]
        if one_side and sum(near[n] for n in window) >= 2:
            for n in window:
                found[n] = found[n] or near[n]
    return found


def shifts(sides: Sequence[int]) -> list[bool]:
    """All figures of a run of seven or more on one side; one on the mean ends the run."""
    found = [False] * len(sides)
    for start in range(len(sides) - RUN + 1):
        window = sides[start : start + RUN]
        if window[0] and len(set(window)) == 1:
            found[start : start + RUN] = [True] * RUN
    return found


def assurance(lower: float, upper: float, target: float | None, better: Better) -> Assurance:
    """Whether the process as it runs can be relied on to reach its target."""
    if target is None or better is Better.NEUTRAL:
        return Assurance.NONE
    if lower <= target <= upper:
        return Assurance.HIT_AND_MISS
    above = target > upper
    return Assurance.FAIL if above == (better is Better.HIGHER) else Assurance.PASS


def _phase(points: Sequence[Point], better: Better) -> ControlPhase:
    runs = _runs(points)
    values = [[p.value for p in run if p.value is not None] for run in runs]
    found = limits([v for run in values for v in run], moving_ranges(values))
    marked = [mark for run in values for mark in signals(run, found)]
    return ControlPhase(
        points=tuple(
            ControlPoint(
                period=point.period,
                value=point.value,
                signal=signal,
                verdict=_verdict(side, better),
            )
            for point, (signal, side) in zip(points, marked, strict=True)
            if point.value is not None
        ),
        mean=found.mean,
        lower=found.lower,
        upper=found.upper,
        lower_near=found.lower_near,
        upper_near=found.upper_near,
        average_range=found.average_range,
        trial=len(points) < FIRM,
    )


def _runs(points: Sequence[Point]) -> list[list[Point]]:
    runs: list[list[Point]] = []
    for point in points:
        if runs and point.period.step - runs[-1][-1].period.step == 1:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def _verdict(side: int, better: Better) -> Verdict:
    if side == 0:
        return Verdict.SIMILAR
    if better is Better.NEUTRAL:
        return Verdict.HIGHER if side > 0 else Verdict.LOWER
    return Verdict.BETTER if (side > 0) == (better is Better.HIGHER) else Verdict.WORSE
