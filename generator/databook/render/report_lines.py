"""Lines of the quarterly report: one figure each, with what a board asks of it."""

from __future__ import annotations

from typing import Any

from databook import words
from databook.findings import Benchmark, Point
from databook.model import Action, Indicator, Unit
from databook.programmes import Measure
from databook.render.entries import Entry, comparison, latest_text, rank_text


def line(item: Entry) -> dict[str, Any]:
    """An indicator: figure, actual numbers, change, comparison and rating."""
    finding, indicator = item.finding, item.indicator
    latest = finding.latest
    country = comparison(finding, Benchmark.COUNTRY)
    similar = comparison(finding, Benchmark.NEIGHBOURS)
    return {
        "title": indicator.title,
        "url": item.url,
        "unit": indicator.unit_label,
        "period": latest.period.short if latest else "no figure",
        "value": latest_text(finding, indicator),
        "numbers": numbers(item),
        "change": words.change_status(finding.previous, indicator),
        "country": words.comparison_status(country) if country else words.no_status("Not compared"),
        "similar": words.comparison_status(similar) if similar else words.no_status("Not compared"),
        "rank": _rank(item),
        "rating": words.rating_status(finding.rating),
        "released": words.month(indicator.source.released),
    }


def _rank(item: Entry) -> str:
    """The place among similar places: "rank 7 of 11"."""
    text = rank_text(item.finding)
    return f"rank {text}" if " of " in text else text


def numbers(item: Entry) -> str:
    """The children behind the figure, where the book has their number."""
    return counted(item.finding.latest, item.indicator)


def counted(latest: Point | None, about: Indicator | Measure) -> str:
    """The count behind a figure; its source may print one that this book does not carry."""
    if latest is not None and about.unit is Unit.COUNT and latest.value is not None:
        return words.brief(latest.value, about)
    if latest is None or latest.numerator is None:
        return "not in this book"
    text = words.number(latest.numerator, 0)
    return f"{text} of {words.number(latest.denominator, 0)}" if latest.denominator else text


def closer(item: Entry) -> dict[str, Any]:
    """A figure that calls for a look: its line with analysis and corrective action."""
    indicator = item.indicator
    return line(item) | {
        "detail": words.rating_detail(item.finding.rating, indicator),
        "target_illustrative": bool(indicator.target and indicator.target.illustrative),
        "analysis": item.story,
        "analysis_illustrative": indicator.story_illustrative,
        "actions": [action(a) for a in indicator.actions],
    }


def action(one: Action) -> dict[str, Any]:
    """An action: who, how far, by when."""
    return {
        "title": one.title,
        "owner": one.owner or "no owner named",
        "state": str(one.state),
        "due": words.day(one.due) if one.due else "no date set",
        "illustrative": one.illustrative,
    }
