"""An indicator's page: reads top to bottom as an answer, every clause of it computed."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from databook import words
from databook.charts import Charts
from databook.findings import (
    FORECAST_METHODS,
    Benchmark,
    Finding,
    Forecast,
    Gap,
    Groups,
    Ranking,
    Series,
    TrendWord,
    TurnWord,
)
from databook.model import Action, Indicator
from databook.observations import Context, ProtectedCard
from databook.pages import Page, SearchRecord
from databook.render import cells
from databook.render.entries import comparison
from databook.render.templates import fill


def indicator_page(card: ProtectedCard, finding: Finding, charts: Charts, context: Context) -> Page:
    """The page of one indicator in the book's own place."""
    indicator = card.indicator
    headline = words.headline(finding, indicator)
    view = {
        "headline": headline,
        "outcomes": _outcomes(indicator, context),
        "chips": _chips(finding, indicator),
        "caption": _caption(finding, indicator),
        "curve_reason": finding.turn.reason if finding.turn.word is TurnWord.NOT_JUDGED else "",
        "forecasts": [_forecast(f, finding, indicator) for f in _shown_forecasts(finding)],
        "facts": _facts(finding, indicator),
        "untested": any(not c.tested and c.value is not None for c in finding.comparisons),
        "groups": [
            _groups(groups, charts.groups[i], finding, indicator)
            for i, groups in enumerate(finding.groups)
        ],
        "action_lines": [_action_line(action) for action in indicator.actions],
        "ranking": _ranking(finding.ranking, indicator),
        "figures": _figures(finding, indicator, context),
        "places": _places(finding, indicator),
        "released": _released(indicator, finding),
        "licence": indicator.source.licence or context.settings.licence,
        "citation": _citation(indicator, context),
        "address": f"{context.settings.address}indicators/{indicator.slug}/",
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
        description=" ".join(headline)[:300],
        content=content,
        section="indicators",
        head=_dataset(card, finding, context),
        search=_search(finding, indicator, context, headline),
        edit=f"scorecards/indicators/{indicator.slug}/indicator.yaml",
        scripts=("assets/databook/explore.js",),
    )


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


def _chips(finding: Finding, indicator: Indicator) -> list[words.Status]:
    chips = [words.change_status(finding.previous, indicator)]
    chips += [words.comparison_status(c) for c in finding.comparisons]
    if finding.trend.word is not TrendWord.UNKNOWN:
        chips.append(words.trend_status(finding.trend))
    chips += [words.turn_status(finding.turn), words.rating_status(finding.rating)]
    return chips


def _facts(finding: Finding, indicator: Indicator) -> list[dict[str, Any]]:
    """Each judgement with the reason or the figures behind it."""
    facts: list[tuple[str, words.Status, str]] = []
    if (change := finding.previous) and change.earlier.value is not None:
        detail = (
            f"{words.brief(change.earlier.value, indicator)} in {change.earlier.period.short}; "
            f"a difference of {words.size(change.difference, indicator)}."
        )
        facts.append(("On the figure before", words.change_status(change, indicator), detail))
    if (change := finding.overall) and change.earlier.value is not None:
        detail = (
            f"From {words.brief(change.earlier.value, indicator)}: {words.direction(change)} by "
            f"{words.size(change.difference, indicator)}."
        )
        name = f"Point to point, since {change.earlier.period.short}"
        facts.append((name, words.change_status(change, indicator), detail))
    facts += [
        (words.benchmark(c), words.comparison_status(c), words.comparison_detail(c, indicator))
        for c in finding.comparisons
    ]
    facts += [
        (
            "Against the forecast",
            words.turn_status(finding.turn),
            words.turn_detail(finding.turn, indicator),
        ),
        (
            "Recent trend",
            words.trend_status(finding.trend),
            words.sentence_case(finding.trend.reason),
        ),
        (
            "Against target",
            words.rating_status(finding.rating),
            words.rating_detail(finding.rating, indicator),
        ),
    ]
    return [{"name": name, "status": status, "detail": detail} for name, status, detail in facts]


def _shown_forecasts(finding: Finding) -> list[Forecast]:
    return [*reversed(finding.vintages), *([finding.baseline] if finding.baseline else [])]


def _caption(finding: Finding, indicator: Indicator) -> str:
    parts = [f"{words.sentence_case(indicator.unit_label)}. {words.polarity(indicator)}"]
    judged, baseline = finding.turn.forecast, finding.baseline
    if judged:
        parts.append(f"{_forecast_title(judged)} is the one that the figures since are judged by.")
    if baseline:
        doubt = " It rests on few points and is illustrative." if baseline.illustrative else ""
        parts.append(
            "The dotted line and band carry on from the latest figure on present course "
            f"(80% and 95% intervals).{doubt}"
        )
    return " ".join(parts)


def _forecast_title(forecast: Forecast) -> str:
    if not forecast.frozen:
        return "Where the figure goes on present course, forecast with this edition"
    scenario = f"Scenario “{forecast.scenario}”: forecast" if forecast.scenario else "The forecast"
    if forecast.reconstructed:
        return (
            f"{scenario} from {forecast.origin.short}, reconstructed on "
            f"{words.day(forecast.made_on)} from the figures known then"
        )
    return f"{scenario} made on {words.day(forecast.made_on)}"


def _forecast(forecast: Forecast, finding: Finding, indicator: Indicator) -> dict[str, Any]:
    actual = {point.period: point for point in finding.own.points}
    rows = [
        {
            "period": point.period.short,
            "value": words.bare(point.value, indicator),
            "eighty": cells.span(point.lower_80, point.upper_80, indicator),
            "ninety_five": cells.span(point.lower_95, point.upper_95, indicator),
            "actual": cells.cell(actual[point.period], indicator)
            if point.period in actual
            else "not yet",
        }
        for point in forecast.points
    ]
    method = FORECAST_METHODS.get(forecast.method, forecast.method)
    note = f"Method: {method}. By: {forecast.author}. {forecast.assumptions}".strip()
    return {"title": _forecast_title(forecast), "rows": rows, "note": note}


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


def _action_line(action: Action) -> str:
    parts = [action.owner or "no owner named", str(action.state)]
    parts.append(f"due {words.day(action.due)}" if action.due else "no date set")
    if action.cost:
        parts.append(action.cost)
    if action.measure:
        parts.append(f"measured by: {action.measure}")
    return " · ".join(parts)


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


def _figures(finding: Finding, indicator: Indicator, context: Context) -> dict[str, Any]:
    average = finding.neighbour_average
    columns: list[tuple[str, Series]] = [(finding.place, finding.own)]
    columns += [(s.name, s) for s in (finding.country, finding.region) if s]
    if average:
        columns.append((f"Similar places ({context.settings.comparisons.neighbours})", average))
    names = [name for name, _ in columns]
    rows = cells.grid([series for _, series in columns], indicator)
    if any(point.interval for point in finding.own.points):
        names.insert(1, "95% interval")
        by_period = {p.period.short: p.interval for p in finding.own.points}
        for row in rows:
            row["cells"].insert(1, cells.interval(by_period.get(row["period"]), indicator))
    notes = cells.spoken_notes(finding.own)
    if symbols := cells.shorthand(series for _, series in columns):
        notes.append(f"{symbols}.")
    method = next((p.interval.method for p in finding.own.points if p.interval), "")
    if method:
        notes.append(f"95% intervals: {method}.")
    return {"names": names, "rows": rows, "notes": notes}


def _places(finding: Finding, indicator: Indicator) -> dict[str, Any] | None:
    if not finding.neighbours:
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
                "cells": [cells.cell(points.get(period), indicator) for period in periods],
            }
        )
    country = comparison(finding, Benchmark.COUNTRY)
    beside = f" and {country.name}" if country else ""
    return {
        "caption": f"Each similar place beside {finding.place}{beside}, on one scale.",
        "periods": [period.short for period in periods],
        "rows": rows,
    }


def _released(indicator: Indicator, finding: Finding) -> str:
    text = f"Figures published {words.month(indicator.source.released)}"
    if finding.overdue:
        due = words.month(finding.overdue)
        return f"{text}; newer ones were due {due} and are not in this edition."
    if indicator.source.next_release:
        return f"{text}; the next are due {words.month(indicator.source.next_release)}."
    return f"{text}."


def _citation(indicator: Indicator, context: Context) -> str:
    settings = context.settings
    return (
        f"{settings.publisher} ({settings.edition.date.year}). {indicator.title}. In: "
        f"{settings.title}, edition {settings.edition.id}. Figures: {indicator.source.publisher}, "
        f"{indicator.source.title}. {settings.address}indicators/{indicator.slug}/"
    )


def _dataset(card: ProtectedCard, finding: Finding, context: Context) -> str:
    """schema.org Dataset, so that search engines find the figures."""
    indicator, settings = card.indicator, context.settings
    address = f"{settings.address}indicators/{indicator.slug}/"
    known = finding.own.known
    data = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": indicator.title,
        "description": f"{indicator.plain} {indicator.definition}"[:4900],
        "url": address,
        "license": settings.licence_url,
        "creator": {"@type": "Organization", "name": indicator.source.publisher},
        "isBasedOn": indicator.source.url,
        "spatialCoverage": context.place.name,
        "temporalCoverage": f"{known[0].period.start}/{known[-1].period.end}" if known else "",
        "keywords": [*indicator.synonyms, indicator.topic],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "text/csv",
                "contentUrl": f"{address}data.csv",
            }
        ],
    }
    # "<" is the only character that could end the script element early.
    text = json.dumps(data, ensure_ascii=False, allow_nan=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


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
