"""An indicator in one of many places: a short page, its answer first.

What all places share is worked out once and handed to each page; nothing that only the book's own
place has said, such as its story or its target, is told here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from databook import words
from databook.areas import View
from databook.charts import Charts
from databook.findings import Finding, Ranking, TrendWord
from databook.model import Indicator
from databook.observations import Context
from databook.pages import Page
from databook.render import area_rows, blocks, cells
from databook.render.templates import fill


@dataclass(frozen=True, slots=True, kw_only=True)
class Everyone:
    """What the pages of one indicator share: the places that have one, and where."""

    indicator: Indicator
    context: Context
    views: tuple[View, ...]
    urls: Mapping[str, str]
    order: Mapping[str, int]
    listed: bool = True  # whether there is a page over all places: not where none has a figure

    @property
    def spec(self) -> str:
        """Address of the interactive chart that all its pages share."""
        return f"{area_rows.listing(self.indicator.slug)}explore.vl.json"


def everyone(
    indicator: Indicator, context: Context, views: Sequence[View], *, listed: bool = True
) -> Everyone:
    """Worked out once for all pages of an indicator."""
    return Everyone(
        indicator=indicator,
        context=context,
        views=tuple(views),
        urls=area_rows.addresses(views, indicator.slug),
        order={view.area.code: n for n, view in enumerate(views)},
        listed=listed,
    )


def area_page(view: View, finding: Finding, charts: Charts, everyone: Everyone) -> Page:
    """The page of one indicator in one place."""
    indicator, context = everyone.indicator, everyone.context
    headline = words.headline(finding, indicator)
    told = {
        "place": view.area.name,
        "front": f"areas/{view.slug}/",
        "spec": everyone.spec,
        "listing": _listing(view, everyone),
        "own_url": f"indicators/{indicator.slug}/",
        "own_name": context.place.name,
        "lifetime": area_rows.lifetime(view, context),
        "steps": _steps(view, everyone),
        "headline": headline,
        "chips": _chips(finding, indicator),
        "caption": blocks.caption(finding, indicator),
        "similar": len(finding.neighbours),
        "curve_reason": blocks.curve_reason(finding),
        "facts": _facts(finding, indicator),
        "figures": blocks.figures(finding, indicator, context),
        "ranking": _ranking(finding.ranking, everyone) if finding.ranking else None,
        "released": blocks.released(indicator, finding),
        "licence": indicator.source.licence or context.settings.licence,
    }
    content = fill(
        "area_indicator.html.j2", view=told, finding=finding, indicator=indicator, charts=charts
    )
    return Page(
        path=everyone.urls[view.area.code],
        title=f"{indicator.title}: {view.area.name}",
        description=" ".join(headline)[:300],
        content=content,
        section="areas",
        edit=f"scorecards/indicators/{indicator.slug}/indicator.yaml",
        scripts=("assets/databook/explore.js",),
    )


def _listing(view: View, everyone: Everyone) -> str:
    """The page of all places, at the line of this one; where regions have the lines, its top."""
    if not everyone.listed:
        return ""
    together = len(everyone.views) <= area_rows.MOST_TOGETHER
    line = f"#{area_rows.anchor(view)}" if together else ""
    return f"{area_rows.listing(everyone.indicator.slug)}{line}"


def _chips(finding: Finding, indicator: Indicator) -> list[words.Status]:
    """Each judgement in a word or two; of a target none can be, so none is said."""
    if finding.latest is None:
        return []
    found = [words.change_status(finding.previous, indicator)]
    found += [words.comparison_status(c) for c in finding.comparisons]
    if finding.trend.word is not TrendWord.UNKNOWN:
        found.append(words.trend_status(finding.trend))
    if finding.turn.forecast:
        status = words.turn_status(finding.turn)
        made = " (reconstructed forecast)" if finding.turn.forecast.reconstructed else ""
        found.append(replace(status, word=f"{status.word}{made}"))
    return found


def _facts(finding: Finding, indicator: Indicator) -> list[dict[str, Any]]:
    """The judgements with their figures; a forecast that was made afterwards is called so."""
    found = blocks.facts(finding, indicator)
    if finding.turn.forecast and finding.turn.forecast.reconstructed:
        for fact in found:
            if fact["name"] == blocks.AGAINST_FORECAST:
                fact["name"] = "Against the reconstructed forecast"
    return found


def _steps(view: View, everyone: Everyone) -> list[dict[str, str]]:
    """The places before and after in the alphabet, on the same indicator."""
    at = everyone.order[view.area.code]
    near = {"prev": at - 1, "next": at + 1}
    return [
        {"rel": rel, "name": other.area.name, "url": everyone.urls[other.area.code]}
        for rel, n in near.items()
        if 0 <= n < len(everyone.views)
        for other in (everyone.views[n],)
    ]


def _ranking(ranking: Ranking, everyone: Everyone) -> dict[str, Any]:
    indicator = everyone.indicator
    rows = [
        {
            "rank": standing.rank or "",
            "name": standing.name,
            "url": "" if standing.own else everyone.urls.get(standing.area, ""),
            "own": standing.own,
            "value": words.bare(standing.value, indicator)
            if standing.value is not None
            else " ".join(f"[{m}]" for m in standing.markers) or "[x]",
            "limits": cells.interval(standing.interval, indicator),
        }
        for standing in ranking.standings
    ]
    order = "Best first" if ranking.best_first else "Highest first; neither way is better in itself"
    return {
        "title": f"Similar places, {ranking.period.short}",
        "rows": rows,
        "limits": any(row["limits"] for row in rows),
        "note": f"{order}. Ties share a rank. Similar places are statistical neighbours.",
    }
