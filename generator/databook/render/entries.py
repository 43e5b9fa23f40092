"""What lists need of an indicator: small, frozen, and cheap to keep between builds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from databook import words
from databook.findings import Benchmark, Comparison, Finding, Point
from databook.model import Indicator, Standing
from databook.render.templates import part, status_mark
from databook.spreadsheets import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """What long lists say of an indicator, finished in its own task.

    So a list of a thousand is put together and not worked out, whatever has changed in it. HTML is
    finished, and a plain text, since that is what comes back from a cache.
    """

    cells: Mapping[str, str]  # what follows its name in tables of indicators
    compared: str  # its row among all places
    lead: str  # how its row begins on the page of each other place
    beside: Mapping[str, str]  # and how it ends, by the other's code
    sides: Mapping[str, str | None]  # where the better figure is, as published: "better" is here
    latest: tuple[Cell, ...]  # its row of latest figures in spreadsheets
    figures: tuple[tuple[Cell, ...], ...]  # and those of all periods
    indexed: bytes  # what data/index.json holds of it
    catalogued: bytes  # its data set in the catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One indicator in lists: its declaration and its finding, but without histories and forecasts.

    Of its own series there are the first and last points; of other places only comparisons.
    """

    indicator: Indicator
    finding: Finding
    lines: Lines
    figures: int  # how many figures its data package holds
    known: int  # how many of them are the book's own place's, one for each period
    story: str = ""  # the first paragraph of its story, as plain text

    @property
    def url(self) -> str:
        """Address of its page from the site's root."""
        return f"indicators/{self.indicator.slug}/"

    @property
    def headline(self) -> bool:
        """Whether it is one of the few that carry an outcome."""
        return self.indicator.standing is Standing.HEADLINE


def shortened(finding: Finding) -> Finding:
    """A finding as lists keep it."""
    return replace(
        finding,
        own=replace(finding.own, points=_ends(finding.own.points)),
        ranking=replace(finding.ranking, standings=()) if finding.ranking else None,
        country=None,
        region=None,
        neighbours=(),
        neighbour_average=None,
        groups=(),
        overall=None,
        baseline=None,
        vintages=(),
        turn=replace(finding.turn, forecast=None),
    )


def _ends(points: Sequence[Point]) -> tuple[Point, ...]:
    """The first and last that have a value, and the last of all."""
    known = [point for point in points if point.value is not None]
    chosen = [*known[:1], *known[-1:], *points[-1:]]
    return tuple(point for n, point in enumerate(chosen) if point not in chosen[:n])


def opening(story_html: str) -> str:
    """The first paragraph of a story without its markup, for lists and reports."""
    found = re.search(r"<p>(.*?)</p>", story_html, re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", "", found[1])).strip() if found else ""


def comparison(finding: Finding, benchmark: Benchmark) -> Comparison | None:
    """The comparison with one benchmark, if it was made."""
    return next((c for c in finding.comparisons if c.benchmark is benchmark), None)


def rank_text(finding: Finding) -> str:
    """Rank among similar places: "7th of 11"."""
    ranking = finding.ranking
    if ranking is None or ranking.rank is None:
        return "not ranked"
    return f"{ranking.rank} of {ranking.of}"


def row(item: Entry) -> dict[str, Any]:
    """One line of a table of indicators, ready for the template."""
    finding, indicator = item.finding, item.indicator
    latest = finding.latest
    return {
        "url": item.url,
        "title": indicator.title,
        "short": indicator.short,
        "headline": item.headline,
        "unit": indicator.unit_label,
        "polarity": words.polarity(indicator).rstrip("."),
        "latest": latest_text(finding, indicator),
        "period": latest.period.short if latest else "no figure",
        "change": words.change_status(finding.previous, indicator),
        "cells": item.lines.cells,
        "sort_rank": _sort_rank(finding),
        "topic": indicator.topic,
    }


def cells(finding: Finding, indicator: Indicator, sparkline: str) -> dict[str, str]:
    """What follows the name in a table of indicators, finished."""
    latest, country = finding.latest, comparison(finding, Benchmark.COUNTRY)
    against = words.comparison_status(country) if country else words.no_status("Not compared")
    said = {
        "sparkline": sparkline,
        "latest": latest_text(finding, indicator),
        "sort_value": latest.value if latest and latest.value is not None else "",
        "period": latest.period.short if latest else "no figure",
        "sort_period": latest.period.end.isoformat() if latest else "",
        "age": age_lines(finding),
        "change": words.change_status(finding.previous, indicator),
        "rank": rank_text(finding),
        "sort_rank": _sort_rank(finding),
        "turn": words.turn_status(finding.turn),
        "rating": words.rating_status(finding.rating),
    }
    made = {name: str(part("table", name, said)) for name in ("moved", "rank", "judged")}
    return {**made, "country": str(status_mark(against))}


def _sort_rank(finding: Finding) -> int | str:
    ranking = finding.ranking
    return ranking.rank if ranking and ranking.rank is not None else ""


def latest_text(finding: Finding, indicator: Indicator) -> str:
    """The latest figure as tables have it."""
    latest, points = finding.latest, finding.own.points
    if latest and latest.value is not None:
        return words.brief(latest.value, indicator)
    return " ".join(f"[{mark}]" for mark in points[-1].markers) or "[x]" if points else "[x]"


def age_lines(finding: Finding) -> tuple[str, ...]:
    """How old the latest figure is, and whether newer ones should be there."""
    if finding.age_days is None:
        return ()
    old = f"{words.age(finding.age_days)} old"
    if finding.overdue:
        return (old, "newer due")
    return (old, "stale") if finding.stale else (old,)
