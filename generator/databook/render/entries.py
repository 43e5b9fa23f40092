"""What lists need of an indicator: small, frozen, and cheap to keep between builds."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from databook import words
from databook.charts import Charts
from databook.findings import Benchmark, Comparison, Finding
from databook.model import Indicator, Standing
from databook.observations import ProtectedCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One indicator in lists: its declaration, its finding without the other places' histories."""

    indicator: Indicator
    finding: Finding
    sparkline: str
    figures: int  # how many figures its data package holds
    story: str = ""  # the first paragraph of its story, as plain text

    @property
    def url(self) -> str:
        """Address of its page from the site's root."""
        return f"indicators/{self.indicator.slug}/"

    @property
    def headline(self) -> bool:
        """Whether it is one of the few that carry an outcome."""
        return self.indicator.standing is Standing.HEADLINE


def entry(card: ProtectedCard, finding: Finding, charts: Charts) -> Entry:
    """Keep what lists show; leave out what only the indicator's own page needs."""
    return Entry(
        indicator=replace(card.indicator, definition="-", quality=""),
        finding=replace(
            finding, country=None, region=None, neighbours=(), neighbour_average=None, groups=()
        ),
        sparkline=charts.sparkline,
        figures=card.observations.frame["value"].count(),
        story=_opening(card.story_html),
    )


def _opening(story_html: str) -> str:
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
    country = comparison(finding, Benchmark.COUNTRY)
    ranking = finding.ranking
    return {
        "url": item.url,
        "title": indicator.title,
        "short": indicator.short,
        "headline": item.headline,
        "unit": indicator.unit_label,
        "polarity": words.polarity(indicator).rstrip("."),
        "sparkline": item.sparkline,
        "latest": words.brief(latest.value, indicator)
        if latest and latest.value is not None
        else "[x]",
        "sort_value": latest.value if latest and latest.value is not None else "",
        "period": latest.period.short if latest else "no figure",
        "provisional": bool(latest and latest.provisional),
        "sort_period": latest.period.end.isoformat() if latest else "",
        "age": age_lines(finding),
        "change": words.change_status(finding.previous, indicator),
        "country": words.comparison_status(country) if country else words.no_status("Not compared"),
        "rank": rank_text(finding),
        "sort_rank": ranking.rank if ranking and ranking.rank is not None else "",
        "turn": words.turn_status(finding.turn),
        "rating": words.rating_status(finding.rating),
        "topic": indicator.topic,
    }


def age_lines(finding: Finding) -> tuple[str, ...]:
    """How old the latest figure is, and whether newer ones should be there."""
    if finding.age_days is None:
        return ()
    old = f"{words.age(finding.age_days)} old"
    if finding.overdue:
        return (old, "newer due")
    return (old, "stale") if finding.stale else (old,)
