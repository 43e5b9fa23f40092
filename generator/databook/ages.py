"""When figures are old, and when newer ones were due. Asked by check and analysis alike."""

from __future__ import annotations

from datetime import date

from databook.model import Measurable
from databook.periods import PeriodType, years_per_step

# A figure older than twice the time between figures is stale.
STALE_STEPS = 2
DAYS_PER_YEAR = 365.25


def overdue(indicator: Measurable, on: date) -> str:
    """The next release as declared, where its day or month has gone by; else empty."""
    due = indicator.source.next_release if indicator.source else ""
    # ISO text sorts as time does; a month is over when the day's own month comes after it.
    return due if due and due < on.isoformat()[: len(due)] else ""


def old(latest: date, indicator: Measurable, on: date) -> bool:
    """Whether a period that ended on `latest` is older than twice the time between figures."""
    if indicator.periods is PeriodType.DAY:
        return False
    age = (on - latest).days
    return age > STALE_STEPS * DAYS_PER_YEAR * years_per_step(indicator.periods)
