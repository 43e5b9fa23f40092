"""Scales that are honest and easy to read: which values an axis spans and which it names."""

from __future__ import annotations

import math
from collections.abc import Iterable

from databook.model import Unit
from databook.periods import Period, PeriodType

TICK_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)  # times a power of ten: numbers that people count in
WANTED_TICKS = 5

# An axis that could begin at zero for less than this share of its length does begin there.
ZERO_IF_WITHIN = 0.45
# An axis spans at least this share of its largest value, so that small steps look small.
LEAST_SPAN = 0.08


# Of these there cannot be less than none; a score may well be negative.
NEVER_NEGATIVE = frozenset({Unit.PERCENT, Unit.RATE, Unit.COUNT, Unit.RATIO, Unit.DAYS})


def possible(unit: Unit, known: list[float]) -> tuple[float, float]:
    """Bounds that a value of this kind can take; figures that lie beyond lift the bound."""
    low = 0.0 if unit in NEVER_NEGATIVE and min(known) >= 0 else -math.inf
    high = 100.0 if unit is Unit.PERCENT and max(known) <= 100 else math.inf
    return low, high


def value_ticks(
    values: Iterable[float], unit: Unit, *, from_zero: bool = False
) -> tuple[float, ...]:
    """Round numbers for a value axis; the first and last are its ends and hold all values."""
    found = list(values)
    low, high = min(found), max(found)
    if from_zero or (low >= 0 and low <= ZERO_IF_WITHIN * high):
        low = min(low, 0.0)
        high = max(high, 0.0)
    least = LEAST_SPAN * max(abs(low), abs(high)) or 1.0
    if high - low < least:
        low, high = _widened(low, high, least, unit, found)
    step = nice_step((high - low) / WANTED_TICKS)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if unit is Unit.PERCENT and max(found) <= 100 < last * step:
        last = math.floor(100 / step + 1e-9) + (100 % step > 1e-9)
    return tuple(_clean(n * step, unit, found) for n in range(first, max(last, first + 1) + 1))


def _widened(
    low: float, high: float, least: float, unit: Unit, found: list[float]
) -> tuple[float, float]:
    """Both ends moved apart to the least span, within what the unit allows."""
    middle = (low + high) / 2
    low, high = middle - least / 2, middle + least / 2
    if min(found) >= 0 > low:
        low, high = 0.0, least
    if unit is Unit.PERCENT and max(found) <= 100 < high:
        low, high = 100 - least, 100.0
    return low, high


def _clean(value: float, unit: Unit, found: list[float]) -> float:
    """The number without binary dust; no percentage above 100 unless the figures have one."""
    value = round(value, 10) + 0.0
    return 100.0 if unit is Unit.PERCENT and value > 100 >= max(found) else value


def nice_step(rough: float) -> float:
    """The round step nearest above a rough one."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(s * power for s in TICK_STEPS if s * power >= rough * (1 - 1e-9))


def tick_decimals(ticks: tuple[float, ...]) -> int:
    """Decimal places that tell all ticks apart and state each exactly."""
    return next(
        d for d in range(11) if all(abs(round(t, d) - t) < 1e-9 * max(1, abs(t)) for t in ticks)
    )


def tick_text(period: Period) -> str:
    """A period in the fewest letters an axis needs."""
    match period.type:
        case PeriodType.POOLED_CALENDAR_YEARS | PeriodType.POOLED_FINANCIAL_YEARS:
            first, last = period.code.split("-")
            return f"{first}–{last[2:]}"
        case PeriodType.QUARTER | PeriodType.MONTH:
            return str(period.start.year)
        case PeriodType.TERM:
            return period.code.split(" ")[0]
        case PeriodType.DAY:
            return period.short
        case _:
            return period.code


# Steps that begin a year, for periods shorter than one: only those are named.
_PER_YEAR = {PeriodType.QUARTER: 4, PeriodType.MONTH: 12, PeriodType.TERM: 3}


def period_ticks(
    first: int, last: int, anchor: int, type_: PeriodType, pixels_per_step: float, width: float
) -> tuple[int, ...]:
    """Steps to name on a time axis, evenly apart, one of them `anchor` (the latest figure).

    `width` is the room one name needs. Within a year only the year's first period is named.
    """
    unit = _PER_YEAR.get(type_, 1)
    if unit > 1:
        anchor -= anchor % unit
    fewest = max(1, math.ceil(width / (pixels_per_step * unit)))
    candidates = [n for n in range(fewest, fewest * 2) if (anchor - first) % (n * unit) == 0]
    every = unit * (candidates[0] if candidates else fewest)
    start = anchor - (anchor - first) // every * every
    return tuple(range(start, last + 1, every))
