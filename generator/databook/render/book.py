"""The pages about many indicators: home, frameworks, outcomes, all indicators, places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from databook import areas, words
from databook.model import Framework, Outcome, Standing
from databook.observations import Context
from databook.pages import Page, SearchRecord
from databook.performance import Performance
from databook.render.entries import Entry, row
from databook.render.feeds import feed_link
from databook.render.overview import beside, country_name, curve, movement, shares, tally
from databook.render.places import place_pages
from databook.render.programmes import contributors
from databook.render.templates import fill
from databook.sources import Narrative

NEWEST_SHOWN = 6
MOST_AT_HOME = 40  # lines of a table that somebody reads before going on
NOTHING_YET = "No indicator speaks to these outcomes yet: they are on the data development agenda."


def book_pages(
    context: Context,
    entries: Sequence[Entry],
    narratives: Sequence[Narrative] = (),
    performance: Performance = Performance(),  # noqa: B008 - frozen
) -> tuple[Page, ...]:
    """Every page that depends on more than one indicator."""
    introduction = next((n.html for n in narratives if n.path == "content/index.md"), "")
    introduction = re.sub(
        r"^\s*<h1>.*?</h1>", "", introduction, flags=re.DOTALL
    )  # home has its own
    return (
        _home(context, entries, introduction),
        _frameworks(context, entries),
        *(_framework(context, entries, framework) for framework in context.frameworks),
        *(
            _outcome(context, entries, framework, outcome, performance)
            for framework in context.frameworks
            for outcome in framework.outcomes
        ),
        _all_indicators(context, entries),
        *place_pages(context, entries),
    )


# --- home ----------------------------------------------------------------------------------


def few(entries: Sequence[Entry]) -> bool:
    """Whether all indicators can stand in one table on the home page."""
    return len(entries) <= MOST_AT_HOME


def _home(context: Context, entries: Sequence[Entry], introduction: str) -> Page:
    settings = context.settings
    headlines = [e for e in entries if e.headline]
    told, noun = headlines or entries, "headline indicator" if headlines else "indicator"
    counts, country = tally(told), country_name(context)
    said = f"Of {words.plural(counts.total, noun)}, {movement(counts)}."
    sentence = f"{said} {beside(told, country)}".rstrip()
    view = {
        "question": f"Are {context.place.name}’s {settings.population} better off?",
        "answer": sentence,
        "shares": shares(told),
        "total": len(entries),
        "introduction": introduction,
        "noun": f"{noun}s",
        "counted": words.plural(counts.total, noun),
        "part": counts.total < len(entries),
        # A book that calls no indicator a headline shows all, unless they are too many for a home.
        "headlines": [row(e) for e in told if headlines or few(entries)],
        "places": len(areas.with_pages(context)),
        "frameworks": [_framework_card(f, entries, context) for f in _main(context)],
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


# --- frameworks and outcomes ---------------------------------------------------------------


def _of(entries: Sequence[Entry], framework: Framework, outcome: Outcome) -> list[Entry]:
    """Indicators that speak to an outcome, headline ones first."""
    reference = f"{framework.slug}/{outcome.slug}"
    order = list(Standing)
    found = [e for e in entries if reference in e.indicator.outcomes]
    return sorted(found, key=lambda e: order.index(e.indicator.standing))


def _outcome_card(
    framework: Framework, outcome: Outcome, entries: Sequence[Entry], country: str
) -> dict[str, Any]:
    mine = _of(entries, framework, outcome)
    headlines = [e for e in mine if e.headline]
    return {
        "slug": outcome.slug,
        "title": outcome.title,
        "url": f"frameworks/{framework.slug}/{outcome.slug}/",
        "statement": outcome.statement,
        "total": len(mine),
        "shares": shares(mine),
        "sentence": _sentence(mine),
        "beside": beside(mine, country),
        "rows": [row(e) for e in (headlines or mine)[:4]],
        "more": len(mine) - len((headlines or mine)[:4]),
    }


def _sentence(mine: Sequence[Entry]) -> str:
    if not mine:
        return "No indicator speaks to this outcome yet: it is on the data development agenda."
    counts = tally(mine)
    noun = words.plural(counts.total, "indicator")
    return f"{words.sentence_case(noun)}: {movement(counts)}."


def _framework_card(
    framework: Framework, entries: Sequence[Entry], context: Context
) -> dict[str, Any]:
    country = country_name(context)
    cards = [_outcome_card(framework, o, entries, country) for o in framework.outcomes]
    return {
        "slug": framework.slug,
        "title": framework.title,
        "url": f"frameworks/{framework.slug}/",
        "summary": framework.summary,
        "outcomes": cards,
        "counted": any(card["total"] for card in cards),
    }


def _frameworks(context: Context, entries: Sequence[Entry]) -> Page:
    view = {
        "frameworks": [_framework_card(f, entries, context) for f in context.frameworks],
        "country": country_name(context),
    }
    return Page(
        path="frameworks/",
        title="Outcomes",
        description=f"The outcomes this book is about: {context.settings.summary}"[:300],
        content=fill("frameworks.html.j2", view=view),
        section="outcomes",
        search=SearchRecord(
            title="Outcomes",
            text="frameworks results conditions of well-being",
            filters={"kind": ("Section",)},
            summary="The outcomes this book is about, by framework.",
        ),
        edit="scorecards/frameworks",
    )


def _framework(context: Context, entries: Sequence[Entry], framework: Framework) -> Page:
    mine = {o.slug: _of(entries, framework, o) for o in framework.outcomes}
    every = list({e.indicator.slug: e for found in mine.values() for e in found}.values())
    view = {
        "card": _framework_card(framework, entries, context),
        "sentence": _sentence(every) if every else NOTHING_YET,
        "beside": beside(every, country_name(context)),
        "country": country_name(context),
        "crosswalk": _crosswalk(context, framework),
    }
    return Page(
        path=f"frameworks/{framework.slug}/",
        title=framework.title,
        description=f"{framework.summary} {view['sentence']}"[:300],
        content=fill("framework.html.j2", view=view, framework=framework),
        section="outcomes",
        search=SearchRecord(
            title=framework.title,
            text=_searched(framework),
            filters={"kind": ("Framework",), "framework": (framework.title,)},
            summary=framework.summary,
        ),
        edit=f"scorecards/frameworks/{framework.slug}.yaml",
    )


def _searched(framework: Framework) -> str:
    """Whose outcomes they are, and which: all that somebody may remember of a framework."""
    outcomes = "; ".join(" ".join((o.title, *o.aliases)) for o in framework.outcomes)
    said = f"{framework.summary} Outcomes for {framework.population}: {outcomes}."
    return f"{said} {framework.source}"


def _crosswalk(context: Context, framework: Framework) -> list[dict[str, Any]]:
    """Each outcome beside the outcomes of other frameworks that it speaks to, both ways."""
    titles = _outcome_titles(context)
    rows = []
    for outcome in framework.outcomes:
        own = f"{framework.slug}/{outcome.slug}"
        linked = set(outcome.speaks_to)
        linked |= {
            f"{other.slug}/{o.slug}"
            for other in context.frameworks
            for o in other.outcomes
            if own in o.speaks_to
        }
        rows.append(
            {
                "title": outcome.title,
                "url": f"frameworks/{own}/",
                "linked": [{"url": f"frameworks/{r}/", "title": titles[r]} for r in sorted(linked)],
            }
        )
    return rows


def _outcome_titles(context: Context) -> dict[str, str]:
    return {
        f"{f.slug}/{o.slug}": f"{f.title}: {o.title}"
        for f in context.frameworks
        for o in f.outcomes
    }


def _outcome(
    context: Context,
    entries: Sequence[Entry],
    framework: Framework,
    outcome: Outcome,
    performance: Performance,
) -> Page:
    mine = _of(entries, framework, outcome)
    by_standing = {s: [row(e) for e in mine if e.indicator.standing is s] for s in Standing}
    walk = next(r for r in _crosswalk(context, framework) if r["title"] == outcome.title)
    counts = tally(mine)
    view = {
        "sentence": _sentence(mine),
        "beside": beside(mine, country_name(context)),
        "curve": curve(counts) if mine else "",
        "headline": by_standing[Standing.HEADLINE],
        "secondary": by_standing[Standing.SECONDARY],
        "development": by_standing[Standing.DEVELOPMENT],
        "linked": walk["linked"],
        "programmes": contributors(f"{framework.slug}/{outcome.slug}", performance),
        "actions": _outcome_actions(mine),
        "partners": _outcome_partners(mine),
        "country": country_name(context),
        "neighbours": _siblings(framework, outcome),
    }
    return Page(
        path=f"frameworks/{framework.slug}/{outcome.slug}/",
        title=outcome.title,
        description=f"{outcome.statement} {view['sentence']}"[:300],
        content=fill("outcome.html.j2", view=view, framework=framework, outcome=outcome),
        head=feed_link(context.settings, f"frameworks/{framework.slug}/{outcome.slug}/", outcome),
        section="outcomes",
        search=SearchRecord(
            title=outcome.title,
            text=f"{outcome.statement} {outcome.gloss} {' '.join(outcome.development)}",
            synonyms=outcome.aliases,
            summary=str(view["sentence"]),
            filters={
                "kind": ("Outcome",),
                "framework": (framework.title,),
                "outcome": (outcome.title,),
            },
        ),
        edit=f"scorecards/frameworks/{framework.slug}.yaml",
    )


def _siblings(framework: Framework, outcome: Outcome) -> list[dict[str, Any]]:
    return [
        {
            "title": o.title,
            "url": f"frameworks/{framework.slug}/{o.slug}/",
            "current": o.slug == outcome.slug,
        }
        for o in framework.outcomes
    ]


def _outcome_actions(mine: Sequence[Entry]) -> list[dict[str, Any]]:
    return [
        {
            "title": action.title,
            "url": item.url,
            "about": item.indicator.short,
            "state": str(action.state),
            "due": words.day(action.due) if action.due else "no date set",
            "owner": action.owner or "no owner named",
            "illustrative": action.illustrative,
        }
        for item in mine
        for action in item.indicator.actions
    ]


def _outcome_partners(mine: Sequence[Entry]) -> list[dict[str, Any]]:
    partners: dict[str, dict[str, Any]] = {}
    for item in mine:
        for partner in item.indicator.partners:
            found = partners.setdefault(
                partner.name, {"name": partner.name, "illustrative": partner.illustrative, "to": []}
            )
            found["to"].append({"url": item.url, "about": item.indicator.short})
    return list(partners.values())


# --- lists ---------------------------------------------------------------------------------


def _all_indicators(context: Context, entries: Sequence[Entry]) -> Page:
    ordered = sorted(entries, key=lambda e: (e.indicator.topic, e.indicator.title))
    view = {
        "rows": [row(e) for e in ordered],
        "sentence": _sentence(entries),
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
