"""Everything that the figures of one indicator or measure say, put together from the parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from databook import ages, areas
from databook.analyse import (
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
from databook.areas import View
from databook.findings import Benchmark, Comparison, Finding, Forecast, Point, Series
from databook.model import Area, Measurable, Settings
from databook.observations import Context, ProtectedCard
from databook.performance import ProtectedMeasure

COMPUTED_BY = "worked out for this edition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What is the same whichever place is looked at."""

    indicator: Measurable
    settings: Settings
    breaks: tuple[int, ...]
    everybody: Callable[[Area], Series]  # the figures about everybody in a place


def card(card: ProtectedCard | ProtectedMeasure, context: Context) -> Finding:
    """Everything that one indicator's figures say about the place and those beside it."""
    figures = series_.read(card.observations, card.indicator)
    shared = Shared(
        indicator=card.indicator,
        settings=context.settings,
        breaks=figures.breaks,
        everybody=figures.everybody,
    )
    view = areas.own(context)
    own = shared.everybody(view.area)
    frozen = turn.vintages([v for v in card.vintages if not v.area], own, card.indicator)
    country = view.country if view.country and view.country.code in context.area else None
    return replace(
        seen(view, own, frozen, shared),
        groups=groups.side_by_side(figures, card.indicator, view.area, country),
    )


def seen(view: View, own: Series, frozen: tuple[Forecast, ...], shared: Shared) -> Finding:
    """What the figures of a place and of those beside it say; its groups are told apart."""
    indicator, settings = shared.indicator, shared.settings
    country, region = _told(view.country, shared), _told(view.region, shared)
    neighbours = tuple(shared.everybody(area) for area in view.neighbours)
    average = series_.average(neighbours, settings.comparisons.neighbours, shared.breaks)
    run, run_direction = change.run(own)
    control = xmr.control(own, indicator)
    return Finding(
        slug=indicator.slug,
        area=view.area.code,
        place=view.area.name,
        own=own,
        country=country,
        region=region,
        neighbours=neighbours,
        neighbour_average=average,
        previous=xmr.step(change.previous(own, indicator), control),
        overall=change.overall(own, indicator),
        run=run,
        run_direction=run_direction,
        comparisons=_comparisons(own, view, (country, region), (average, neighbours), indicator),
        ranking=ranking.among(own, neighbours, indicator.better),
        trend=trend.recent(own, indicator),
        rating=rating.rate(own, indicator, settings),
        # A process chart says what to expect next; a yearly forecast of months would not.
        # Nor has a place a course to be on that is no more.
        baseline=_baseline(own, indicator, settings)
        if control is None and not areas.ended(view.area, settings.edition.date)
        else None,
        vintages=frozen,
        turn=turn.judge(own, frozen, indicator.better),
        groups=(),
        age_days=(settings.edition.date - own.latest.period.end).days if own.latest else None,
        stale=_stale(own.latest, indicator, settings.edition.date),
        overdue=ages.overdue(indicator, settings.edition.date),
        control=control,
    )


def _stale(latest: Point | None, indicator: Measurable, on: date) -> bool:
    """Whether the newest figure is older than twice its frequency, or the next is overdue."""
    late = bool(ages.overdue(indicator, on))
    return late or (latest is not None and ages.old(latest.period.end, indicator, on))


def _told(area: Area | None, shared: Shared) -> Series | None:
    """The series of a place to compare with; None where none is declared or has any figure."""
    found = shared.everybody(area) if area else None
    return found if found and found.points else None


def _comparisons(
    own: Series, view: View, others: tuple[Series | None, Series | None],
    similar: tuple[Series | None, tuple[Series, ...]], indicator: Measurable,
) -> tuple[Comparison, ...]:  # fmt: skip
    latest = own.latest
    if latest is None:
        return ()
    found = [
        comparison.against(latest, benchmark, other, area.name, indicator.better)
        for benchmark, other, area in zip(
            (Benchmark.COUNTRY, Benchmark.REGION), others, (view.country, view.region), strict=True
        )
        # The settings name the region of the book's own place; other places just lie in theirs,
        # and where it has no figure at all there is nothing to say.
        if area and (view.own or other is not None or benchmark is Benchmark.COUNTRY)
    ]
    average, neighbours = similar
    if neighbours:
        found.append(comparison.against_average(latest, average, neighbours, indicator.better))
    return tuple(found)


def _baseline(own: Series, indicator: Measurable, settings: Settings) -> Forecast | None:
    found = forecast.baseline(own, indicator, settings.edition.date)
    return replace(found, author=COMPUTED_BY) if found else None
