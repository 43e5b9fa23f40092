"""The pages about many indicators: home, frameworks, outcomes, all indicators, places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from databook.observations import Context
from databook.pages import Page, SearchRecord
from databook.performance import Performance
from databook.render.entries import Entry, row
from databook.render.home import home_page
from databook.render.outcomes import (
    framework_cards,
    framework_page,
    frameworks_page,
    outcome_page,
    sentence,
    speaking,
)
from databook.render.overview import beside, country_name
from databook.render.places import place_pages
from databook.render.templates import fill
from databook.sources import Narrative


def book_pages(
    context: Context,
    entries: Sequence[Entry],
    narratives: Sequence[Narrative] = (),
    performance: Performance = Performance(),  # noqa: B008 - frozen
) -> tuple[Page, ...]:
    """Every page that depends on more than one indicator."""
    introduction = next((n.html for n in narratives if n.path == "content/index.md"), "")
    # The home page has a heading of its own.
    introduction = re.sub(r"^\s*<h1>.*?</h1>", "", introduction, flags=re.DOTALL)
    found = speaking(entries)
    cards = framework_cards(context, found)
    return (
        home_page(context, entries, cards, introduction),
        frameworks_page(context, cards),
        *(framework_page(context, found, framework, cards) for framework in context.frameworks),
        *(
            outcome_page(context, found, framework, outcome, performance)
            for framework in context.frameworks
            for outcome in framework.outcomes
        ),
        _all_indicators(context, entries),
        *place_pages(context, entries),
    )


def _all_indicators(context: Context, entries: Sequence[Entry]) -> Page:
    ordered = sorted(entries, key=lambda e: (e.indicator.topic, e.indicator.title))
    topics = _topics(ordered)
    view = {
        "rows": [row(e) for e in ordered],
        "topics": topics,
        "anchors": {topic["first"]: topic["id"] for topic in topics},
        "sentence": sentence(entries),
        "beside": beside(entries, country_name(context)),
        "country": country_name(context),
    }
    return Page(
        path="indicators/",
        title="All indicators",
        description=f"Every indicator in one table. {view['sentence']}"[:300],
        content=fill("indicators.html.j2", view=view, context=context),
        section="indicators",
        search=SearchRecord(
            title="All indicators",
            text="list table measures figures",
            filters={"kind": ("Section",)},
            summary=str(view["sentence"]),
        ),
        edit="scorecards/indicators",
        scripts=("assets/databook/table.js",),
    )


def _topics(ordered: Sequence[Entry]) -> list[dict[str, Any]]:
    """Each topic with its number of indicators, and the row at which it begins."""
    found = [(topic, list(mine)) for topic, mine in groupby(ordered, lambda e: e.indicator.topic)]
    return [
        {"id": f"topic-{n}", "title": topic, "count": len(mine), "first": mine[0].url}
        for n, (topic, mine) in enumerate(found, 1)
    ]
