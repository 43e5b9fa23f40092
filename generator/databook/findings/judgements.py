"""What a figure is said to be: moved, better or worse than another, ranked, on trend, rated."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from databook.findings.series import Interval, Point
from databook.periods import Period


class Direction(StrEnum):
    """Which way a number went, before anybody says whether that is good."""

    UP = "up"
    DOWN = "down"
    SAME = "same"


class Verdict(StrEnum):
    """Better or worse, by the declared polarity. Higher/lower where neither way is better."""

    BETTER = "better"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"
    SIMILAR = "not clearly different"
    SAME = "the same"
    NOT_COMPARED = "not compared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From one point to a later one. `clear` is None where no test could be made."""

    earlier: Point
    later: Point
    difference: float
    direction: Direction
    verdict: Verdict
    clear: bool | None = None

    @property
    def told(self) -> Verdict:
        """The verdict that may be counted: none where chance alone could have moved it so far."""
        return Verdict.SIMILAR if self.clear is False else self.verdict


class Benchmark(StrEnum):
    """What a place is compared with."""

    COUNTRY = "country"
    REGION = "region"
    NEIGHBOURS = "neighbours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The place's latest figure against a benchmark's figure of the same period.

    `tested`: the verdict rests on the 95 % interval (BETTER, WORSE, HIGHER, LOWER or SIMILAR).
    Not tested: no interval can be had, so `verdict` only says on which side the figure lies
    (BETTER/WORSE/HIGHER/LOWER/SAME) and pages must word it as plain arithmetic.
    """

    benchmark: Benchmark
    name: str
    period: Period
    own: float
    value: float | None
    difference: float | None
    verdict: Verdict
    tested: bool
    reason: str = ""
    count: int = 1  # how many places the value averages
    expected: int = 1  # how many it would average if all had a value
    lowest: float | None = None
    highest: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One place in the ranking of similar places; `rank` None where it has no figure.

    Ranked from best to worst, or from highest to lowest where neither way is better; ties share
    the smaller rank.
    """

    area: str
    name: str
    value: float | None
    rank: int | None
    own: bool
    markers: tuple[str, ...] = ()
    interval: Interval | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The place among its statistical neighbours in one period."""

    period: Period
    standings: tuple[Standing, ...]  # ranked first, in order; those without a figure last
    rank: int | None
    of: int
    best_first: bool  # False: highest first, because neither way is better


class TrendWord(StrEnum):
    """Recent trend over the latest five comparable points."""

    BETTER = "getting better"
    WORSE = "getting worse"
    UP = "increasing"
    DOWN = "decreasing"
    NONE = "no significant change"
    UNKNOWN = "cannot be calculated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Recent trend by the Fingertips method. `slope` per step, in the unit it was fitted in."""

    word: TrendWord
    reason: str
    chi_squared: float | None = None
    slope: float | None = None
    first: Period | None = None
    last: Period | None = None


class RatingWord(StrEnum):
    """Red, amber, green, or not rated."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NOT_RATED = "not rated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """A rating under a named scheme. Shares are fractions of 1, exact before rounding."""

    word: RatingWord
    scheme: str
    reason: str
    share_of_target: float | None = None
    distance_travelled: float | None = None
    target: float | None = None
    target_period: Period | None = None
