"""A rebound: a lead on a frozen forecast that was lost again. Asked by check and analysis alike."""

from __future__ import annotations

from collections.abc import Sequence

# A rebound is half of the best gain lost again.
LOST = 0.5


def rebounded(leads: Sequence[float]) -> bool:
    """Whether an earlier lead on the forecast is gone, or half of the best of it."""
    best = max(leads[:-1], default=0.0)
    return best > 0 and leads[-1] <= (1 - LOST) * best


def rebound(leads: Sequence[float], within: Sequence[bool]) -> bool:
    """A rebound from a lead that was outside the forecast's interval, where it has one.

    A lead `within` the interval may be chance, and its loss then says nothing.
    """
    return rebounded(leads) and not within[leads.index(max(leads[:-1]))]
