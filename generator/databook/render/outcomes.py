"""Pages of frameworks and their outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from databook import words
from databook.model import Framework, Outcome, Standing
from databook.observations import Context
from databook.pages import Page, SearchRecord
from databook.performance import Performance
from databook.render.entries import Entry, row
from databook.render.feeds import feed_link
from databook.render.overview import beside, country_name, curve, movement, shares, tally
from databook.render.programmes import contributors
from databook.render.templates import fill

Cards = Mapping[str, Mapping[str, Any]]  # what `framework_cards` gives
Speaking = Mapping[str, Sequence[Entry]]  # what `speaking` gives
NOTHING_YET = "No indicator speaks to these outcomes yet: they are on the data development agenda."


def speaking(entries: Sequence[Entry]) -> Speaking:
    """The indicators that speak to each outcome, headline ones first."""
    order = list(Standing)
    found: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda e: order.index(e.indicator.standing)):
        for outcome in dict.fromkeys(entry.indicator.outcomes):
            found.setdefault(outcome, []).append(entry)
    return found


def _of(found: Speaking, framework: Framework, outcome: Outcome) -> Sequence[Entry]:
    return found.get(f"{framework.slug}/{outcome.slug}", ())


def _outcome_card(
    framework: Framework, outcome: Outcome, found: Speaking, country: str
) -> dict[str, Any]:
    mine = _of(found, framework, outcome)
    headlines = [e for e in mine if e.headline]
    return {
        "slug": outcome.slug,
        "title": outcome.title,
        "url": f"frameworks/{framework.slug}/{outcome.slug}/",
        "statement": outcome.statement,
        "total": len(mine),
        "shares": shares(mine),
        "sentence": sentence(mine),
        "beside": beside(mine, country),
        "rows": [row(e) for e in (headlines or mine)[:4]],
        "more": len(mine) - len((headlines or mine)[:4]),
    }


def sentence(mine: Sequence[Entry]) -> str:
    """How many of these indicators are better, worse or neither, as one sentence."""
    if not mine:
        return "No indicator speaks to this outcome yet: it is on the data development agenda."
    counts = tally(mine)
    noun = words.plural(counts.total, "indicator")
    return f"{words.sentence_case(noun)}: {movement(counts)}."


def framework_cards(context: Context, found: Speaking) -> Cards:
    """Each framework by its slug with its outcomes, and where the indicators of each stand."""
    country = country_name(context)
    return {f.slug: _framework_card(f, found, country) for f in context.frameworks}


def _framework_card(framework: Framework, found: Speaking, country: str) -> Mapping[str, Any]:
    cards = [_outcome_card(framework, o, found, country) for o in framework.outcomes]
    return {
        "slug": framework.slug,
        "title": framework.title,
        "url": f"frameworks/{framework.slug}/",
        "summary": framework.summary,
        "outcomes": cards,
        "counted": any(card["total"] for card in cards),
    }


def frameworks_page(context: Context, cards: Cards) -> Page:
    """All frameworks of the book."""
    view = {"frameworks": list(cards.values()), "country": country_name(context)}
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


def framework_page(context: Context, found: Speaking, framework: Framework, cards: Cards) -> Page:
    """One framework: where its outcomes stand, and the crosswalk to others."""
    mine = [_of(found, framework, o) for o in framework.outcomes]
    every = list({e.indicator.slug: e for entries in mine for e in entries}.values())
    view = {
        "card": cards[framework.slug],
        "sentence": sentence(every) if every else NOTHING_YET,
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


def outcome_page(
    context: Context,
    found: Speaking,
    framework: Framework,
    outcome: Outcome,
    performance: Performance,
) -> Page:
    """One outcome: its indicators, who contributes, what is being done."""
    mine = _of(found, framework, outcome)
    by_standing = {s: [row(e) for e in mine if e.indicator.standing is s] for s in Standing}
    walk = next(r for r in _crosswalk(context, framework) if r["title"] == outcome.title)
    counts = tally(mine)
    view = {
        "sentence": sentence(mine),
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
