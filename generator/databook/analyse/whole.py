"""Everything that the figures of one indicator or measure say, put together from the parts."""

from __future__ import annotations

from dataclasses import replace

from databook.analyse import (
    age,
    change,
    comparison,
    forecast,
    groups,
    ranking,
    rating,
    trend,
    turn,
    xmr,
)
from databook.analyse import series as series_
from databook.analyse.series import Figures
from databook.findings import Benchmark, Comparison, Finding, Forecast, Series
from databook.model import Area, Measurable
from databook.observations import Context, ProtectedCard
from databook.performance import ProtectedMeasure

COMPUTED_BY = "worked out for this edition"


def card(card: ProtectedCard | ProtectedMeasure, context: Context) -> Finding:
    """Everything that one indicator's figures say about the place and those beside it."""
    indicator, settings, place = card.indicator, context.settings, context.place
    figures = series_.read(card.observations, indicator)
    own = figures.everybody(place.code, place.name)
    country = _elsewhere(figures, context, settings.comparisons.country)
    region = _elsewhere(figures, context, settings.comparisons.region)
    neighbours = tuple(
        figures.everybody(code, _name(context, code)) for code in context.neighbour_codes
    )
    average = series_.average(neighbours, settings.comparisons.neighbours, figures.breaks)
    frozen = turn.vintages(card.vintages, own, indicator)
    run, run_direction = change.run(own)
    today = settings.edition.date
    control = xmr.control(own, indicator)
    return Finding(
        slug=indicator.slug,
        area=place.code,
        place=place.name,
        own=own,
        country=country,
        region=region,
        neighbours=neighbours,
        neighbour_average=average,
        previous=change.previous(own, indicator),
        overall=change.overall(own, indicator),
        run=run,
        run_direction=run_direction,
        comparisons=_comparisons(own, country, region, average, neighbours, indicator, context),
        ranking=ranking.among(own, neighbours, indicator.better),
        trend=trend.recent(own, indicator),
        rating=rating.rate(own, indicator, settings),
        # A process chart says what to expect next; a yearly forecast of months would not.
        baseline=_baseline(own, indicator, context) if control is None else None,
        vintages=frozen,
        turn=turn.judge(own, frozen, indicator.better),
        groups=groups.side_by_side(figures, indicator, place, _country(context)),
        age_days=age.days(own.latest, today),
        stale=age.stale(own.latest, indicator, today),
        overdue=age.overdue(indicator, today),
        control=control,
    )


def _elsewhere(figures: Figures, context: Context, code: str) -> Series | None:
    """The series of a place to compare with; None where none is declared or has any figure."""
    if not code or code == context.settings.place:
        return None
    found = figures.everybody(code, _name(context, code))
    return found if found.points else None


def _comparisons(
    own: Series, country: Series | None, region: Series | None, average: Series | None,
    neighbours: tuple[Series, ...], indicator: Measurable, context: Context,
) -> tuple[Comparison, ...]:  # fmt: skip
    latest = own.latest
    if latest is None:
        return ()
    declared = context.settings.comparisons
    found = [
        comparison.against(latest, benchmark, other, _name(context, code), indicator.better)
        for benchmark, other, code in (
            (Benchmark.COUNTRY, country, declared.country),
            (Benchmark.REGION, region, declared.region),
        )
        if code and code != context.settings.place
    ]
    if neighbours:
        found.append(comparison.against_average(latest, average, neighbours, indicator.better))
    return tuple(found)


def _baseline(own: Series, indicator: Measurable, context: Context) -> Forecast | None:
    found = forecast.baseline(own, indicator, context.settings.edition.date)
    return replace(found, author=COMPUTED_BY) if found else None


def _country(context: Context) -> Area | None:
    code = context.settings.comparisons.country
    return context.area.get(code) if code != context.settings.place else None


def _name(context: Context, code: str) -> str:
    area = context.area.get(code)
    return area.name if area else code
