"""The figures of one place in order of time, each with what is published beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from databook.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A 95 % interval around a value, in the value's unit. `method` names how it was made."""

    lower: float
    upper: float
    method: str  # "published" | "Wilson" | "Byar" | "exact Poisson"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One published figure, or the honest lack of one.

    `value` None: `markers` says why ("c" withheld, "x" not available...). `since_break` counts
    the breaks up to here: only points with equal counts may be compared or joined.
    """

    period: Period
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    interval: Interval | None = None
    markers: tuple[str, ...] = ()
    note: str = ""
    since_break: int = 0
    line: int = 0  # line of data.csv that holds it

    @property
    def provisional(self) -> bool:
        """Whether the publisher says it may still change."""
        return "p" in self.markers


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The figures of one area (and one group) in order of time, missing periods included."""

    area: str
    name: str
    points: tuple[Point, ...]
    group: str = ""
    since: date | None = None  # from when to when there was such a place, where that is known
    until: date | None = None

    def existed(self, period: Period) -> bool:
        """Whether there was such a place on any day of a period."""
        begun = self.since is None or self.since <= period.end
        return begun and (self.until is None or self.until >= period.start)

    @property
    def known(self) -> tuple[Point, ...]:
        """The points that have a value."""
        return tuple(p for p in self.points if p.value is not None)

    @property
    def latest(self) -> Point | None:
        """The newest point that has a value."""
        return next((p for p in reversed(self.points) if p.value is not None), None)

    def at(self, period: Period) -> Point | None:
        """The point of a period, if it has a value."""
        return next((p for p in self.points if p.period == period and p.value is not None), None)
