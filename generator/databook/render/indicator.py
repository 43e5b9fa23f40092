"""An indicator's page: reads top to bottom as an answer, every clause of it computed."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from databook import areas, words
from databook.charts import Charts
from databook.findings import (
    Benchmark,
    Finding,
    Gap,
    Groups,
    Ranking,
)
from databook.model import Indicator
from databook.observations import Context, ProtectedCard
from databook.pages import Page, SearchRecord
from databook.render import area_rows, blocks, cells
from databook.render.api.one_indicator import files
from databook.render.catalogue import dataset
from databook.render.entries import comparison
from databook.render.sharing import SOCIAL, shared
from databook.render.sheets import topic_path
from databook.render.templates import fill


def indicator_page(card: ProtectedCard, finding: Finding, charts: Charts, context: Context) -> Page:
    """The page of one indicator in the book's own place."""
    indicator = card.indicator
    headline = words.headline(finding, indicator)
    path = f"indicators/{indicator.slug}/"
    leaving = shared(charts, finding, indicator, context, path)
    view = {
        "headline": headline,
        "shared": {item.chart.name: item for item in leaving},
        "outcomes": _outcomes(indicator, context),
        "chips": blocks.chips(finding, indicator),
        "caption": blocks.caption(finding, indicator),
        "curve_reason": blocks.curve_reason(finding),
        "forecasts": blocks.forecasts(finding, indicator),
        "facts": blocks.facts(finding, indicator),
        "untested": any(not c.tested and c.value is not None for c in finding.comparisons),
        "groups": [
            _groups(groups, charts.groups[i], finding, indicator)
            for i, groups in enumerate(finding.groups)
        ],
        "action_lines": [blocks.action_line(action) for action in indicator.actions],
        "ranking": _ranking(finding.ranking, indicator),
        "figures": blocks.figures(finding, indicator, context),
        "places": _places(finding, indicator),
        "listing": _listing(card, context),
        "released": blocks.released(indicator, finding),
        "licence": indicator.source.licence or context.settings.licence,
        "spreadsheet": topic_path(indicator.topic),
        "json": files("", indicator.slug).observations,
        "cite": blocks.cite(indicator, context, f"indicators/{indicator.slug}/"),
    }
    content = fill(
        "indicator.html.j2",
        view=view,
        card=card,
        indicator=indicator,
        finding=finding,
        charts=charts,
    )
    return Page(
        path=f"indicators/{indicator.slug}/",
        title=indicator.title,
        description=blocks.in_brief(headline),
        content=content,
        section="indicators",
        head=dataset(indicator, finding, context),
        search=_search(finding, indicator, context, headline),
        edit=f"scorecards/indicators/{indicator.slug}/indicator.yaml",
        picture=path + SOCIAL if context.settings.pictures == "png" else "",
        scripts=("assets/databook/explore.js", "assets/databook/share.js"),
    )


def _listing(card: ProtectedCard, context: Context) -> str:
    """The page over all places, where places have pages and any of them has a figure."""
    codes = [area.code for area in areas.with_pages(context)]
    if not codes:
        return ""
    known = card.observations.everybody().drop_nulls("value")["area"]
    return area_rows.listing(card.indicator.slug) if known.is_in(codes).any() else ""


def _outcomes(indicator: Indicator, context: Context) -> list[dict[str, str]]:
    return [
        {
            "framework": framework.slug,
            "framework_title": framework.title,
            "slug": outcome.slug,
            "title": outcome.title,
        }
        for framework in context.frameworks
        for outcome in framework.outcomes
        if f"{framework.slug}/{outcome.slug}" in indicator.outcomes
    ]


def _groups(groups: Groups, chart: Any, finding: Finding, indicator: Indicator) -> dict[str, Any]:
    names = [series.group for series in groups.series]
    latest = max(
        (s.latest.period for s in groups.series if s.latest), key=lambda p: p.step, default=None
    )
    return {
        "id": f"group-{groups.breakdown}",
        "title": groups.title,
        "chart": chart,
        "caption": f"{words.on(latest)}." if latest else "",
        "names": names,
        "rows": cells.grid(groups.series, indicator),
        "gap": _gap(groups.gap, finding, indicator) if groups.gap else "",
    }


def _gap(gap: Gap, finding: Finding, indicator: Indicator) -> str:
    way = "above" if gap.difference > 0 else "below"
    text = (
        f"{words.on(gap.period)}, “{gap.first}” stood {words.size(gap.difference, indicator)} "
        f"{way} “{gap.second}” in {finding.place}"
    )
    if gap.interval:
        text += (
            f" (95% interval {words.number(gap.interval.lower, indicator.decimals)} to "
            f"{words.number(gap.interval.upper, indicator.decimals)})"
        )
    if gap.narrowing is None or gap.earlier_difference is None or gap.earlier_period is None:
        return f"{text}."
    verb = "narrowed" if gap.narrowing else "not narrowed"
    return (
        f"{text}. The gap has {verb} since {gap.earlier_period.short}, when it was "
        f"{words.size(gap.earlier_difference, indicator)}."
    )


def _ranking(ranking: Ranking | None, indicator: Indicator) -> dict[str, Any] | None:
    if ranking is None:
        return None
    values = [s.value for s in ranking.standings if s.value is not None]
    longest = max((abs(v) for v in values), default=0)
    negative = any(v < 0 for v in values)
    rows = [
        {
            "rank": standing.rank or "",
            "name": standing.name,
            "own": standing.own,
            "value": words.bare(standing.value, indicator)
            if standing.value is not None
            else " ".join(f"[{m}]" for m in standing.markers) or "[x]",
            # Bars start at zero, so none are drawn where a value lies below it.
            "bar": "" if negative else _bar(standing.value, longest),
        }
        for standing in ranking.standings
    ]
    order = "Best first" if ranking.best_first else "Highest first; neither way is better in itself"
    return {
        "title": f"Similar places, {ranking.period.short}",
        "unit": "%" if indicator.unit == "percent" else "Value",
        "rows": rows,
        "note": f"{order}. Ties share a rank. Similar places are statistical neighbours: places "
        "that are most alike in what shapes children’s lives.",
    }


def _bar(value: float | None, longest: float) -> Markup:
    """A bar as an SVG, since the page's security policy allows no style attributes."""
    if value is None or not longest:
        return Markup("")
    width = words.number(100 * value / longest, 1)
    return Markup(
        '<svg class="db-barline" viewBox="0 0 100 10" preserveAspectRatio="none" '
        'aria-hidden="true"><rect width="{}" height="10"/></svg>'
    ).format(width)


def _places(finding: Finding, indicator: Indicator) -> dict[str, Any] | None:
    if not any(point.value is not None for near in finding.neighbours for point in near.points):
        return None
    extra = [s for s in (finding.region, finding.country) if s]
    everyone = [finding.own, *finding.neighbours, *extra]
    periods = tuple(reversed(cells.periods_of(everyone)))
    rows = []
    for series in everyone:
        points = {point.period: point for point in series.points}
        rows.append(
            {
                "name": series.name,
                "own": series is finding.own,
                "cells": [cells.at(series, points, period, indicator) for period in periods],
            }
        )
    country = comparison(finding, Benchmark.COUNTRY)
    beside = f" and {country.name}" if country else ""
    return {
        "caption": f"Each similar place beside {finding.place}{beside}, on one scale.",
        "periods": [period.short for period in periods],
        "rows": rows,
    }


def _search(
    finding: Finding, indicator: Indicator, context: Context, headline: tuple[str, ...]
) -> SearchRecord:
    outcomes = _outcomes(indicator, context)
    country = comparison(finding, Benchmark.COUNTRY)
    statuses = [
        words.change_status(finding.previous, indicator).short,
        *([words.comparison_status(country).word] if country else []),
        words.turn_status(finding.turn).short,
    ]
    return SearchRecord(
        title=indicator.title,
        text=f"{indicator.plain} {indicator.short} {indicator.definition} {indicator.topic}",
        synonyms=indicator.synonyms,
        summary=headline[0],
        filters={
            "kind": ("Indicator",),
            "framework": tuple(dict.fromkeys(o["framework_title"] for o in outcomes)),
            "outcome": tuple(dict.fromkeys(o["title"] for o in outcomes)),
            "area": (finding.place,),
            "status": tuple(dict.fromkeys(statuses)),
        },
    )
