"""What the analysis found, as frozen values that pages, charts, tables and JSON all start from.

Numbers are unrounded; `words.py` says them. A judgement that the data cannot carry is a value
of its own with a `reason`, never None and never a colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

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


# The ways this book can forecast by itself, in words; the first is the one it uses.
FORECAST_METHODS: Mapping[str, str] = {
    "last-value-clear-change": "the latest figure, plus the mean yearly change where that is clear",
    "last-value": "the latest figure",
    "mean-of-last-three": "the mean of the latest three figures",
    "drift": "the latest figure, plus the mean yearly change",
    "ols": "a straight line by least squares",
    "ols-logit": "a straight line by least squares on log odds (percentages) or logarithms",
    "theil-sen": "a straight line by the median of all slopes (Theil-Sen)",
    "theil-sen-logit": "the Theil-Sen line on log odds (percentages) or logarithms",
    "damped-holt": "damped Holt smoothing",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastPoint:
    """What a forecast says of one period. Limits are None where no interval may be given."""

    period: Period
    value: float
    lower_80: float | None = None
    upper_80: float | None = None
    lower_95: float | None = None
    upper_95: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A baseline carried forward. `frozen`: made once and kept; else computed for this edition."""

    made_on: date
    origin: Period
    origin_value: float
    method: str
    author: str
    assumptions: str
    points: tuple[ForecastPoint, ...]
    frozen: bool
    reconstructed: bool = False
    illustrative: bool = False
    scenario: str = ""  # empty: the baseline; else the name of a declared scenario
    typical_change: float | None = None  # how far one step usually goes, either way

    def at(self, period: Period) -> ForecastPoint | None:
        """What it says of a period."""
        return next((p for p in self.points if p.period == period), None)


class TurnWord(StrEnum):
    """Has the curve turned? Table 3.9: point to point (P) against the frozen forecast (tau)."""

    TURNED = "turning"  # P > 0, tau > 0: better than the forecast and than the start
    SLOWING = "slowing the decline"  # P <= 0, tau > 0: counts as turning
    IMPROVING = "improving, but less than forecast"  # P > 0, tau < 0
    WORSE = "worse than forecast"  # P <= 0, tau < 0
    ON_BASELINE = "on the baseline"  # tau = 0, or inside the 80 % interval
    NOT_JUDGED = "not judged"


class Sureness(StrEnum):
    """How far outside the frozen forecast's interval the actual lies."""

    CLEAR = "clearly"  # outside 95 %
    LIKELY = "likely"  # outside 80 %
    WITHIN = "within forecast uncertainty"
    UNKNOWN = "no interval"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The latest actual against one frozen forecast."""

    word: TurnWord
    sureness: Sureness
    reason: str
    forecast: Forecast | None = None
    period: Period | None = None
    actual: float | None = None
    expected: float | None = None
    point_to_point: float | None = None  # P, positive is better
    ahead: float | None = None  # tau, positive is better
    gain: float | None = None  # sum of tau over all actuals since the origin
    rebound: bool = False
    periods_judged: int = 0


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """How the default forecast has done so many steps ahead, refitted at each earlier point.

    `error` is the median absolute error as a share of the series' own mean yearly change.
    """

    steps: int
    cases: int
    error: float
    inside_80: float  # share of what followed, of 1
    inside_95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """The book's measure of its own forecasts, over every series that could be tried."""

    series: int
    accuracy: tuple[Accuracy, ...]


class Signal(StrEnum):
    """Why a figure of a monthly or quarterly series is more than the usual coming and going."""

    NONE = "within the usual range"
    OUTSIDE = "outside the limits"
    TREND = "seven in a row in one direction"
    NEAR = "two of three near a limit"
    SHIFT = "seven in a row on one side of the mean"


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlPoint:
    """One figure on an XmR chart: the rule it meets, the side, and whether that is good.

    `verdict` is BETTER, WORSE, HIGHER or LOWER where there is a signal, else SIMILAR.
    """

    period: Period
    value: float
    signal: Signal
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlPhase:
    """A stretch of one definition with its own mean and limits.

    `trial`: too few figures for the limits to be relied on.
    """

    points: tuple[ControlPoint, ...]
    mean: float
    lower: float
    upper: float
    lower_near: float
    upper_near: float
    average_range: float
    trial: bool


class Assurance(StrEnum):
    """Whether a process, as it runs now, will reach its target."""

    PASS = "will reach the target every time, unless something changes"  # noqa: S105 - no password
    FAIL = "will miss the target every time, unless something changes"
    HIT_AND_MISS = "will sometimes reach the target and sometimes miss it"
    UNSETTLED = "is changing, so that its limits do not say what comes next"
    NONE = "is not judged against a target"


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """An XmR chart as values: what is the usual coming and going, and what is more than that."""

    phases: tuple[ControlPhase, ...]  # one for each definition, oldest first
    assurance: Assurance
    target: float | None = None

    @property
    def latest(self) -> ControlPoint:
        """The newest figure."""
        return self.phases[-1].points[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Everything the book knows about one indicator in one place."""

    slug: str
    area: str
    place: str
    own: Series
    country: Series | None
    region: Series | None
    neighbours: tuple[Series, ...]
    neighbour_average: Series | None  # computed: mean (or median) of published values
    previous: Change | None  # from the period before, same definition
    overall: Change | None  # from the first comparable point to the latest (point to point)
    run: int  # how many steps on end the latest change has gone on in one direction
    run_direction: Direction | None
    comparisons: tuple[Comparison, ...]
    ranking: Ranking | None
    trend: Trend
    rating: Rating
    baseline: Forecast | None  # computed from all data to date, for the chart
    vintages: tuple[Forecast, ...]  # frozen ones, oldest first
    turn: Turn
    groups: tuple[Groups, ...]
    age_days: int | None  # from the end of the latest period to the edition's date
    stale: bool  # older than twice the frequency, or its next release is overdue
    overdue: str = ""  # "2026-06" where the next release was due before the edition's date
    control: Control | None = None  # for monthly and quarterly series; takes a forecast's place

    @property
    def latest(self) -> Point | None:
        """The newest figure of the place."""
        return self.own.latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One figure that came out, against what a forecast had said of it."""

    period: Period
    steps: int  # how far ahead the forecast was
    expected: float
    actual: float
    error: float  # actual less expected
    share: float | None  # of the error's size in the series' usual changes a step
    inside_80: bool | None  # None: the forecast had no such interval
    inside_95: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outturn:
    """How one forecast turned out. `edition`: the one that made it; empty for a frozen one."""

    forecast: Forecast
    hits: tuple[Hit, ...]
    edition: str = ""
    redefined: bool = False  # figures since are of another definition, so nothing is set against it
