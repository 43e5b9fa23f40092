"""A forecast to be frozen: what `databook forecast` adds to an indicator's forecasts.csv."""

from __future__ import annotations

from datetime import date

from databook.analyse import forecast, series
from databook.analyse.change import comparable
from databook.findings import FORECAST_METHODS, Forecast, ForecastPoint, Series
from databook.model import Measurable, Vintage, VintagePoint
from databook.observations import Context, ProtectedCard
from databook.performance import ProtectedMeasure
from databook.periods import PeriodError, parse, years_per_step
from databook.problems import Checked, Level, Place, Problem

# Places kept beyond those shown: a frozen forecast is a record, not a working figure.
EXTRA_DECIMALS = 2


def forecast_vintage(
    card: ProtectedCard | ProtectedMeasure, context: Context, *, made_on: date, author: str,
    assumptions: str = "", method: str | None = None, as_known_on: str | None = None,
) -> Checked[Vintage]:  # fmt: skip
    """The baseline forecast of a place or a programme, ready to be frozen.

    `as_known_on` is a period's code: only figures up to it are used, and since later ones were
    known by then, the vintage is marked as reconstructed.
    """
    indicator, chosen = card.indicator, method or forecast.DEFAULT
    place = context.place
    own = series.read(card.observations, indicator).everybody(place)
    if chosen not in FORECAST_METHODS:
        return _refuse(
            indicator, "forecast-method", f"There is no forecast method called {chosen!r}.",
            f"Use one of: {', '.join(FORECAST_METHODS)}.",
        )  # fmt: skip
    if years_per_step(indicator.periods) != 1:
        return _refuse(
            indicator, "forecast-not-yearly",
            f"{indicator.slug} is counted by the {indicator.periods}, and no forecast is made of "
            "that: the methods were tried on yearly figures only.",
            "Nothing is missing: from eight figures on, the page of a monthly or quarterly "
            "figure says what is usual and what goes beyond it. To have a forecast all the same, "
            "publish the figure by the year too, or write one that people made into forecasts.csv.",
            why="How often a forecast comes true was measured on yearly figures. Months and "
            "quarters have seasons, and on those nobody has measured it.",
        )  # fmt: skip
    if as_known_on is not None:
        try:
            limit = parse(as_known_on, indicator.periods).step
        except PeriodError as error:
            return _refuse(
                indicator, "forecast-period", f"{as_known_on!r} is not {error.expected}.",
                "Write the period as it stands in data.csv.",
            )  # fmt: skip
        own = Series(
            area=own.area, name=own.name,
            points=tuple(p for p in own.points if p.period.step <= limit),
        )  # fmt: skip
    found = forecast.of_points(comparable(own), indicator, made_on, chosen)
    if found is None:
        return _refuse(
            indicator, "forecast-too-few",
            f"{chosen} cannot forecast {indicator.slug} from the figures there are.",
            "A forecast needs yearly figures in a row since the last change of definition: three "
            "for the default, five for any other method but last-value; methods on log odds "
            "need figures strictly between 0 and 100, those on logarithms figures above 0.",
        )  # fmt: skip
    return Checked(value=_vintage(found, indicator, author, assumptions, as_known_on is not None))


def _vintage(
    found: Forecast, indicator: Measurable, author: str, assumptions: str, reconstructed: bool
) -> Vintage:
    decimals = indicator.decimals + EXTRA_DECIMALS
    return Vintage(
        made_on=found.made_on, origin=found.origin.code, method=found.method, author=author,
        assumptions=assumptions or found.assumptions, reconstructed=reconstructed, scenario="",
        points=tuple(_point(p, decimals) for p in found.points),
    )  # fmt: skip


def _point(point: ForecastPoint, decimals: int) -> VintagePoint:
    def kept(number: float | None) -> float | None:
        return None if number is None else round(number, decimals)

    return VintagePoint(
        period=point.period.code, value=round(point.value, decimals),
        lower_80=kept(point.lower_80), upper_80=kept(point.upper_80),
        lower_95=kept(point.lower_95), upper_95=kept(point.upper_95),
    )  # fmt: skip


def _refuse(
    indicator: Measurable, code: str, what: str, fix: str,
    why: str = "A frozen forecast is kept for good, so it must rest on enough figures.",
) -> Checked[Vintage]:  # fmt: skip
    problem = Problem(
        code=code, level=Level.ERROR,
        place=Place(path=f"scorecards/indicators/{indicator.slug}/data.csv"),
        what=what, why=why, fix=fix,
    )  # fmt: skip
    return Checked(value=None, problems=(problem,))
