"""Has the curve turned? The actual figures against a forecast that was frozen before them.

Turning the curve is doing better than the baseline (Friedman, "Trying Hard Is Not Good Enough"):
slowing a decline counts, and an improvement that was coming anyway does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from databook.findings import (
    FORECAST_METHODS,
    Forecast,
    ForecastPoint,
    Point,
    Series,
    Sureness,
    Turn,
    TurnWord,
)
from databook.model import Better, Measurable, Vintage
from databook.periods import parse, years_per_step
from databook.rebounds import rebound

NEUTRAL = "Neither higher nor lower is better, so it cannot turn for better or worse."
NO_VINTAGE = "No forecast has been made and kept yet to judge the figure by."
NOT_YEARLY = (
    "Forecasts are made of yearly figures only. For months and quarters, limits of what is usual "
    "say what to expect, once there are eight figures."
)
NO_ACTUAL = "No figure has come out yet to judge a forecast by."
NO_INTERVAL_POSSIBLE = (
    "No interval could be made for the forecast, so nobody can say whether the difference "
    "from it is more than chance."
)
NO_INTERVAL_GIVEN = (
    "The forecast was made without an interval, so nobody can say whether the difference from it "
    "is more than chance."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    actual: Point
    expected: ForecastPoint
    ahead: float


def vintages(frozen: Sequence[Vintage], own: Series, indicator: Measurable) -> tuple[Forecast, ...]:
    """Frozen forecasts in order of making; one whose origin has no figure now is left out."""
    made = [f for v in frozen if (f := _forecast(v, own, indicator)) is not None]
    return tuple(sorted(made, key=lambda f: (f.made_on, f.origin.step, f.scenario)))


def judge(own: Series, forecasts: Sequence[Forecast], better: Better) -> Turn:
    """Judge the newest frozen baseline that at least one later figure can be set against."""
    baselines = [f for f in forecasts if f.frozen and not f.scenario]
    if not baselines and own.points and years_per_step(own.points[-1].period.type) != 1:
        return _not_judged(NOT_YEARLY)
    if better is Better.NEUTRAL:
        return _not_judged(NEUTRAL)
    if not baselines:
        return _not_judged(NO_VINTAGE)
    for forecast in reversed(baselines):
        later = [
            p for p in own.known if p.period.step > forecast.origin.step and forecast.at(p.period)
        ]
        if later:
            return _against(forecast, later, own, better)
    return _not_judged(NO_ACTUAL)


def _against(forecast: Forecast, later: Sequence[Point], own: Series, better: Better) -> Turn:
    origin = own.at(forecast.origin)
    if origin is None or later[-1].since_break != origin.since_break:
        return _not_judged(
            f"The definition has changed since {forecast.origin.short}, where the forecast starts.",
            forecast,
        )
    sign = 1 if better is Better.HIGHER else -1
    judged = [_judged(p, forecast, sign) for p in later if p.since_break == origin.since_break]
    newest = judged[-1]
    assert newest.actual.value is not None  # noqa: S101 - only known points are judged
    moved = sign * (newest.actual.value - forecast.origin_value)
    sureness = _sure(newest)
    said = word(moved, newest.ahead, sureness)
    return Turn(
        word=TurnWord.NOT_JUDGED if forecast.illustrative else said, sureness=sureness,
        reason=_reason(forecast, newest, own, sureness),
        forecast=forecast, period=newest.actual.period, actual=newest.actual.value,
        expected=newest.expected.value, point_to_point=moved, ahead=newest.ahead,
        gain=sum(j.ahead for j in judged), periods_judged=len(judged),
        rebound=not forecast.illustrative and rebound(
            [j.ahead for j in judged],
            [_sure(j) is Sureness.WITHIN for j in judged],
        ),
    )  # fmt: skip


def _sure(judged: _Judged) -> Sureness:
    assert judged.actual.value is not None  # noqa: S101 - only known points are judged
    return sure(judged.actual.value, judged.expected)


def word(moved: float, ahead: float, sureness: Sureness) -> TurnWord:
    """The word for a point-to-point move and a lead on the forecast, both positive for better."""
    if sureness is Sureness.WITHIN or ahead == 0:
        return TurnWord.ON_BASELINE
    if ahead > 0:
        return TurnWord.TURNED if moved > 0 else TurnWord.SLOWING
    return TurnWord.IMPROVING if moved > 0 else TurnWord.WORSE


def sure(actual: float, expected: ForecastPoint) -> Sureness:
    """How far outside the forecast's interval a figure lies; on a limit is inside."""
    outside_95 = _outside(actual, expected.lower_95, expected.upper_95)
    outside_80 = _outside(actual, expected.lower_80, expected.upper_80)
    if outside_95:
        return Sureness.CLEAR
    if outside_80:
        return Sureness.LIKELY
    if outside_80 is None and outside_95 is None:
        return Sureness.UNKNOWN
    return Sureness.WITHIN


def _judged(actual: Point, forecast: Forecast, sign: int) -> _Judged:
    expected = forecast.at(actual.period)
    assert expected is not None and actual.value is not None  # noqa: S101, PT018 - chosen so
    return _Judged(actual=actual, expected=expected, ahead=sign * (actual.value - expected.value))


def _outside(actual: float, lower: float | None, upper: float | None) -> bool | None:
    if lower is None or upper is None:
        return None
    return not lower <= actual <= upper


def _reason(forecast: Forecast, newest: _Judged, own: Series, sureness: Sureness) -> str:
    latest = own.latest
    if sureness is Sureness.UNKNOWN:
        return NO_INTERVAL_POSSIBLE if forecast.illustrative else NO_INTERVAL_GIVEN
    if latest is not None and latest.period.step > newest.actual.period.step:
        return (
            f"The forecast from {forecast.origin.short} ends with {newest.actual.period.short}; "
            "later figures have no frozen forecast to be judged against."
        )
    return ""


def _not_judged(reason: str, forecast: Forecast | None = None) -> Turn:
    return Turn(
        word=TurnWord.NOT_JUDGED, sureness=Sureness.UNKNOWN, reason=reason, forecast=forecast
    )


def _forecast(vintage: Vintage, own: Series, indicator: Measurable) -> Forecast | None:
    origin = own.at(parse(vintage.origin, indicator.periods))
    if origin is None or origin.value is None:
        return None
    points = tuple(
        ForecastPoint(
            period=parse(p.period, indicator.periods), value=p.value,
            lower_80=p.lower_80, upper_80=p.upper_80, lower_95=p.lower_95, upper_95=p.upper_95,
        )
        for p in vintage.points
    )  # fmt: skip
    # People may declare a forecast without an interval; our own lack one where none can be had.
    bare = all(p.lower_80 is None and p.lower_95 is None for p in points)
    return Forecast(
        made_on=vintage.made_on, origin=origin.period, origin_value=origin.value,
        method=vintage.method, author=vintage.author, assumptions=vintage.assumptions,
        points=tuple(sorted(points, key=lambda p: p.period.step)), frozen=True,
        reconstructed=vintage.reconstructed,
        illustrative=bare and vintage.method in FORECAST_METHODS,
        scenario=vintage.scenario,
    )  # fmt: skip
