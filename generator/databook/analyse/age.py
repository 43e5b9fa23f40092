"""How old the newest figure is, and whether a newer one was due."""

from __future__ import annotations

from datetime import date

from databook.findings import Point
from databook.model import Measurable
from databook.periods import PeriodType, years_per_step

# A figure older than twice the time between figures is stale.
STALE_STEPS = 2
DAYS_PER_YEAR = 365.25


def days(latest: Point | None, on: date) -> int | None:
    """Days from the end of the newest figure's period."""
    return None if latest is None else (on - latest.period.end).days


def overdue(indicator: Measurable, on: date) -> str:
    """The next release as declared, where its day or month has gone by; else empty."""
    due = indicator.source.next_release if indicator.source else ""
    # ISO text sorts as time does; a month is over when the day's own month comes after it.
    return due if due and due < on.isoformat()[: len(due)] else ""


def stale(latest: Point | None, indicator: Measurable, on: date) -> bool:
    """Whether the newest figure is older than twice its frequency, or the next is overdue."""
    if overdue(indicator, on):
        return True
    age = days(latest, on)
    if age is None or indicator.periods is PeriodType.DAY:
        return False
    return age > STALE_STEPS * DAYS_PER_YEAR * years_per_step(indicator.periods)
