"""Where figures are heading, whether the curve turned from it, and how forecasts turned out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from databook.periods import Period

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
    ON_BASELINE = "in line with the forecast"  # tau = 0, or inside the 80 % interval
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
