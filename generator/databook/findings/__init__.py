"""What the analysis found, as frozen values that pages, charts, tables and JSON all start from.

Numbers are unrounded; `words/` says them. A judgement that the data cannot carry is a value
of its own with a `reason`, never None and never a colour.
"""

from databook.findings.control import Assurance, Control, ControlPhase, ControlPoint, Signal
from databook.findings.finding import Finding
from databook.findings.forecasts import (
    FORECAST_METHODS,
    Accuracy,
    Backtest,
    Forecast,
    ForecastPoint,
    Hit,
    Outturn,
    Sureness,
    Turn,
    TurnWord,
)
from databook.findings.groups import Gap, Groups
from databook.findings.judgements import (
    Benchmark,
    Change,
    Comparison,
    Direction,
    Ranking,
    Rating,
    RatingWord,
    Standing,
    Trend,
    TrendWord,
    Verdict,
)
from databook.findings.series import Interval, Point, Series

__all__ = [
    "FORECAST_METHODS",
    "Accuracy",
    "Assurance",
    "Backtest",
    "Benchmark",
    "Change",
    "Comparison",
    "Control",
    "ControlPhase",
    "ControlPoint",
    "Direction",
    "Finding",
    "Forecast",
    "ForecastPoint",
    "Gap",
    "Groups",
    "Hit",
    "Interval",
    "Outturn",
    "Point",
    "Ranking",
    "Rating",
    "RatingWord",
    "Series",
    "Signal",
    "Standing",
    "Sureness",
    "Trend",
    "TrendWord",
    "Turn",
    "TurnWord",
    "Verdict",
]
