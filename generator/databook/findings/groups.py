"""Groups of the population side by side, and the gap between two of them."""

from __future__ import annotations

from dataclasses import dataclass

from databook.findings.series import Interval, Series
from databook.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Difference between two groups of the place, first minus second, period by period.

    `narrowing` None where there are fewer than two comparable periods.
    """

    breakdown: str
    first: str
    second: str
    period: Period
    difference: float
    interval: Interval | None
    earlier_period: Period | None = None
    earlier_difference: float | None = None
    narrowing: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """The place's figures for the groups of one breakdown, in declared order, and their gap.

    `country` holds the same groups in the country, where published.
    """

    breakdown: str
    title: str
    series: tuple[Series, ...]
    country: tuple[Series, ...] = ()
    gap: Gap | None = None
