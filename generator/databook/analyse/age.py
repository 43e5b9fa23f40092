"""How old the newest figure is, and whether a newer one was due."""

from __future__ import annotations

from datetime import date

from databook.ages import old, overdue
from databook.findings import Point
from databook.model import Measurable


def days(latest: Point | None, on: date) -> int | None:
    """Days from the end of the newest figure's period."""
    return None if latest is None else (on - latest.period.end).days


def stale(latest: Point | None, indicator: Measurable, on: date) -> bool:
    """Whether the newest figure is older than twice its frequency, or the next is overdue."""
    if overdue(indicator, on):
        return True
    return latest is not None and old(latest.period.end, indicator, on)
