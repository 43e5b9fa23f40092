"""One indicator in every place that has pages: each as the book's own place is seen.

The series of each place is made once, not once for each place that it is a neighbour of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from databook import areas
from databook.analyse import forecast, turn, whole
from databook.analyse import series as series_
from databook.analyse.change import comparable
from databook.areas import Group, Spread, View
from databook.findings import Finding, Forecast, Series
from databook.model import Area, Indicator, Vintage
from databook.observations import Context, ProtectedCard
from databook.periods import Period

NO_REGION = "No region given"
NO_TARGET_HERE = "no target is set for this place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Everywhere:
    """An indicator in all places with pages that have any row of it, in order of names.

    What is found of a place is worked out when it is asked for, and held by nobody.
    """

    views: tuple[View, ...]  # the book's own place among them, if its level has pages
    finding: Callable[[View], Finding]
    spread: Spread | None = None
    figures: Mapping[int, tuple[float, ...]] = field(default_factory=dict, repr=False)
    """What all these places have in each period, lowest first."""

    def others(self) -> Iterator[tuple[View, Finding]]:
        """Each place but the book's own, with what its figures say."""
        return ((view, self.finding(view)) for view in self.views if not view.own)


def everywhere(card: ProtectedCard, context: Context) -> Everywhere:
    """What the figures of one indicator say of every place that has pages.

    What the book's own place has undertaken or told is told of no other: no target, no forecast.
    """
    views = areas.views(context)
    if not views:
        return Everywhere(views=(), finding=lambda _: whole.card(card, context))
    figures = series_.read(card.observations, card.indicator)

    @cache
    def everybody(area: Area) -> Series:
        return figures.everybody(area)

    shared = whole.Shared(
        indicator=elsewhere(card.indicator),
        settings=context.settings,
        breaks=figures.breaks,
        everybody=everybody,
    )

    def finding(view: View) -> Finding:
        own = everybody(view.area)
        vintages = [v for v in card.vintages if v.area == view.area.code]
        found = whole.seen(view, own, _frozen(vintages, own, shared), shared)
        return replace(found, rating=replace(found.rating, reason=NO_TARGET_HERE))

    known = tuple(view for view in views if (view.area.code, *figures.totals) in figures.rows)
    return Everywhere(
        views=known,
        finding=finding,
        spread=_spread(known, everybody),
        figures=_by_period(everybody(view.area) for view in known),
    )


def _by_period(places: Iterable[Series]) -> Mapping[int, tuple[float, ...]]:
    found: dict[int, list[float]] = {}
    for place in places:
        for point in place.points:
            if point.value is not None:
                found.setdefault(point.period.step, []).append(point.value)
    return {step: tuple(sorted(values)) for step, values in found.items()}


def _spread(views: Sequence[View], everybody: Callable[[Area], Series]) -> Spread | None:
    """All places side by side in the newest period that at least half of them have reached."""
    newest = [p for view in views if (p := everybody(view.area).latest)]
    if not newest:
        return None
    in_order = sorted((p.period for p in newest), key=lambda period: period.step, reverse=True)
    period = in_order[(len(in_order) - 1) // 2]
    found: dict[str, list[View]] = {}
    for view in views:
        found.setdefault(view.region.name if view.region else NO_REGION, []).append(view)
    country = next((view.country for view in views if view.country), None)
    own = next((view.area for view in views if view.own), None)
    return Spread(
        period=period,
        groups=tuple(
            Group(name=name, views=tuple(found[name]), values=_at(found[name], period, everybody))
            for name in sorted(found, key=lambda name: (name == NO_REGION, name))
        ),
        country=_named(country, period, everybody),
        own=_named(own, period, everybody),
    )


def _named(
    area: Area | None, period: Period, everybody: Callable[[Area], Series]
) -> tuple[str, float] | None:
    """A place by its name with its figure of a period."""
    there = everybody(area).at(period) if area else None
    return (area.name, there.value) if area and there and there.value is not None else None


def _at(
    views: Sequence[View], period: Period, everybody: Callable[[Area], Series]
) -> tuple[float, ...]:
    points = (everybody(view.area).at(period) for view in views)
    return tuple(p.value for p in points if p and p.value is not None)


def elsewhere(indicator: Indicator) -> Indicator:
    """An indicator without what only the book's own place has said or undertaken."""
    return replace(
        indicator,
        target=None,
        is_this_ok=None,
        partners=(),
        what_works=(),
        actions=(),
        story_illustrative=False,
    )


def _frozen(vintages: Sequence[Vintage], own: Series, shared: whole.Shared) -> tuple[Forecast, ...]:
    """What was frozen for a place; else, where the book asks for it, what might have been."""
    asked = shared.settings.area_pages
    if vintages or asked is None or not asked.reconstruct:
        return turn.vintages(vintages, own, shared.indicator)
    # Where little was known so early that the forecast does not reach today, a later start does.
    tries = (reconstructed(own, back, shared) for back in range(asked.reconstruct, 0, -1))
    latest = own.latest.period if own.latest else None
    return next(((made,) for made in tries if made and latest and made.at(latest)), ())


def reconstructed(own: Series, back: int, shared: whole.Shared) -> Forecast | None:
    """The forecast that the figures known so many periods before the latest would have given."""
    points = comparable(own)
    if not points:
        return None
    limit = points[-1].period.step - back
    known = [p for p in points if p.period.step <= limit]
    made = forecast.of_points(
        known, shared.indicator, shared.settings.edition.date, forecast.DEFAULT
    )
    if made is None:
        return None
    return replace(made, author=whole.COMPUTED_BY, frozen=True, reconstructed=True)
