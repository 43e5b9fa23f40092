"""One indicator in every place that has pages: each as the book's own place is seen.

The series of each place is made once, not once for each place that it is a neighbour of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from databook import areas
from databook.analyse import forecast, turn, whole
from databook.analyse import series as series_
from databook.analyse.change import comparable
from databook.areas import View
from databook.findings import Finding, Forecast, Series
from databook.model import Area, Indicator, Vintage
from databook.observations import Context, ProtectedCard

NO_TARGET_HERE = "no target is set for this place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Everywhere:
    """An indicator in all places with pages that have any row of it, in order of names.

    What is found of a place is worked out when it is asked for, and held by nobody.
    """

    views: tuple[View, ...]  # the book's own place among them, if its level has pages
    finding: Callable[[View], Finding]

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
        return figures.everybody(area.code, area.name)

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
    return Everywhere(views=known, finding=finding)


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
    made = reconstructed(own, asked.reconstruct, shared)
    return (made,) if made else ()


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
