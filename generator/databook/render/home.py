"""The home page: are people better off, and where do things stand?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from databook import areas, words
from databook.model import Framework
from databook.observations import Context
from databook.pages import Page, SearchRecord
from databook.render.entries import Entry, row
from databook.render.outcomes import Cards
from databook.render.overview import beside, country_name, movement, shares, tally
from databook.render.templates import fill

NEWEST_SHOWN = 6
MOST_AT_HOME = 40  # lines of a table that somebody reads before going on


def _few(entries: Sequence[Entry]) -> bool:
    """Whether all indicators can stand in one table on the home page."""
    return len(entries) <= MOST_AT_HOME


def home_page(context: Context, entries: Sequence[Entry], cards: Cards, introduction: str) -> Page:
    """The answer in counts and words, outcomes, headline figures, what is new and overdue."""
    settings = context.settings
    headlines = [e for e in entries if e.headline]
    told, noun = headlines or entries, "headline indicator" if headlines else "indicator"
    counts, country = tally(told), country_name(context)
    said = f"Of {words.plural(counts.total, noun)}, {movement(counts)}."
    sentence = f"{said} {beside(told, country)}".rstrip()
    view = {
        "question": f"Are {words.whose(context.place.name)} {settings.population} better off?",
        "answer": sentence,
        "shares": shares(told),
        "total": len(entries),
        "introduction": introduction,
        "noun": f"{noun}s",
        "counted": words.plural(counts.total, noun),
        "part": counts.total < len(entries),
        # A book that calls no indicator a headline shows all, unless they are too many for a home.
        "headlines": [row(e) for e in told if headlines or _few(entries)],
        "places": len(areas.with_pages(context)),
        "frameworks": [cards[f.slug] for f in _main(context)],
        "others": [
            {"title": f.title, "url": f"frameworks/{f.slug}/"}
            for f in context.frameworks
            if f not in _main(context)
        ],
        "newest": [_news(e) for e in _newest(entries)],
        "overdue": [_news(e) for e in _overdue(entries)],
        "stale": [row(e) for e in entries if e.finding.stale],
        "actions": _late_actions(context, entries),
        "edition": settings.edition,
        "country": country,
    }
    content = fill("home.html.j2", view=view, settings=settings, context=context)
    return Page(
        path="",
        title=settings.title,
        description=f"{settings.summary} {sentence}"[:300],
        content=content,
        section="home",
        search=SearchRecord(
            title=settings.title,
            text=settings.summary,
            summary=sentence,
            filters={"kind": ("Section",)},
        ),
        edit="content/index.md",
    )


def _main(context: Context) -> tuple[Framework, ...]:
    """The frameworks that the home page shows."""
    named = context.settings.main_frameworks
    return tuple(f for f in context.frameworks if not named or f.slug in named)


def _newest(entries: Sequence[Entry]) -> list[Entry]:
    with_figures = [e for e in entries if e.finding.latest]
    newest = sorted(with_figures, key=lambda e: e.indicator.title)
    newest.sort(key=lambda e: e.indicator.source.released, reverse=True)
    return newest[:NEWEST_SHOWN]


def _overdue(entries: Sequence[Entry]) -> list[Entry]:
    """Indicators whose newer figures should be here, the longest overdue first."""
    late = [e for e in entries if e.finding.overdue]
    return sorted(late, key=lambda e: (e.finding.overdue or "", e.indicator.title))


def _news(item: Entry) -> dict[str, Any]:
    return row(item) | {
        "released": words.month(item.indicator.source.released),
        "due": words.month(item.finding.overdue) if item.finding.overdue else "",
        "publisher": item.indicator.source.publisher,
    }


def _late_actions(context: Context, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Actions whose day has passed without being implemented."""
    today = context.settings.edition.date
    done = {"implemented", "effect observed", "not commissioned"}
    return [
        {"title": action.title, "due": words.day(action.due), "owner": action.owner}
        | {"url": item.url, "about": item.indicator.short, "illustrative": action.illustrative}
        for item in entries
        for action in item.indicator.actions
        if action.due and action.due < today and str(action.state) not in done
    ]
