"""Pages of agreements: the list, each agreement, and its population tables apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from databook import words
from databook.agreements import Agreement, Example
from databook.findings import Rating
from databook.observations import Context
from databook.pages import Page, SearchRecord
from databook.payment import QUARTERS
from databook.performance import Performance, PerformanceFindings
from databook.periods import PeriodType, parse
from databook.reckonings import AgreementFinding, Quarter, Settlement
from databook.render.entries import Entry
from databook.render.pathway import view as pathway_view
from databook.render.population import page as population_page
from databook.render.population import sentence as population_sentence
from databook.render.templates import fill

SECTION = "services"
QUADRANTS = {
    "effort-quantity": "How much did we do?",
    "effort-quality": "How well did we do it?",
    "effect-quantity": "Is anyone better off? (number)",
    "effect-quality": "Is anyone better off? (percentage)",
}


def agreement_pages(
    context: Context,
    performance: Performance,
    findings: PerformanceFindings,
    entries: Sequence[Entry],
) -> Iterable[Page]:
    """The list and every agreement; nothing where the book has none."""
    del context
    if not performance.agreements:
        return
    titles = {e.indicator.slug: e for e in entries}
    yield _index(performance.agreements, findings)
    for agreement in performance.agreements:
        finding = findings.agreements[agreement.slug]
        yield _page(agreement, finding, titles)
        if agreement.population:
            yield population_page(agreement, finding, findings.pictures, titles, SECTION)


def address(agreement: Agreement) -> str:
    """Where an agreement's page stands."""
    return f"agreements/{agreement.slug}/"


def _index(agreements: Sequence[Agreement], findings: PerformanceFindings) -> Page:
    rows = [
        {
            "url": address(a),
            "title": a.title,
            "summary": a.summary,
            "answer": answer(a, findings.agreements[a.slug]),
            "cited": a.cited,
            "illustrative": a.illustrative,
        }
        for a in agreements
    ]
    text = "What is paid for which progress, what it may cost, and whether anybody is better off."
    return Page(
        path="agreements/",
        title="Payment by results",
        description=text,
        content=fill("agreements.html.j2", rows=rows, lede=text),
        section=SECTION,
        search=SearchRecord(
            title="Payment by results",
            text=" ".join((text, *(a.title for a in agreements))),
            synonyms=("agreements", "contracts", "PbR"),
            summary=text,
            filters={"kind": ("Section",)},
        ),
        edit="scorecards/agreements",
    )


def answer(agreement: Agreement, finding: AgreementFinding) -> str:
    """What the agreement comes to, in a sentence or two."""
    due, word = finding.liability, agreement.centre_word
    text = (
        f"{words.sentence_case(words.plural(due.centres, word))} can earn up to "
        f"{words.plural(due.most_points, 'point')} each, at {words.pounds(due.value)} a point. "
        f"If each earns the expected {words.count(agreement.money.expected_points)}, "
        f"{words.pounds(due.expected)} of the {words.pounds(due.budget)} budget is due; if each "
        f"earns them all, {words.pounds(due.worst)}"
    )
    if due.over > 0:
        return f"{text}, which is {words.pounds(due.over)} more than the budget."
    return f"{text}, which the budget covers."


def _page(agreement: Agreement, finding: AgreementFinding, titles: dict[str, Entry]) -> Page:
    view = {
        "answer": answer(agreement, finding),
        "effort": _effort(agreement, finding),
        "money": _money(agreement, finding),
        "cases": [
            _case(agreement, example, settled)
            for example, settled in zip(agreement.examples, finding.settlements, strict=True)
        ],
        "triggers": [{"trigger": t, "quadrant": QUADRANTS[t.quadrant]} for t in agreement.triggers],
        "providers": [_provider(p) for p in agreement.providers],
        "types": [f"{name}, {count}" for name, count in finding.by_type.items()],
        "pathway": pathway_view(agreement.pathway, finding.pathway) if agreement.pathway else None,
        "reviews": [_review(r.quarter, r) for r in agreement.reviews],
        "reviewed": any(r.progress or r.reward or r.use for r in agreement.reviews),
        "population": [population_sentence(t, g) for t, g in _gaps(agreement, finding)],
        "sections": [_section(s, titles) for s in agreement.sections],
    }
    return Page(
        path=address(agreement),
        title=agreement.title,
        description=f"{agreement.summary} {view['answer']}"[:300],
        content=fill("agreement.html.j2", view=view, agreement=agreement, finding=finding),
        section=SECTION,
        search=SearchRecord(
            title=agreement.title,
            text=" ".join(_searched(agreement)),
            synonyms=agreement.synonyms,
            summary=str(view["answer"]),
            filters={"kind": ("Agreement",)},
            behind=True,
        ),
        edit=f"scorecards/agreements/{agreement.slug}.yaml",
    )


def _gaps(agreement: Agreement, finding: AgreementFinding) -> Iterator[tuple[Any, Any]]:
    return zip(agreement.population, finding.population, strict=True)


def _effort(agreement: Agreement, finding: AgreementFinding) -> str:
    number = len(agreement.triggers)
    if finding.only_effort_paid:
        named = "All" if number > 2 else "Both" if number == 2 else "The one"
        count = f" {words.count(number)}" if number > 2 else ""
        noun = "measure" if number == 1 else "measures"
        return (
            f"{named}{count} {noun} paid for say how much was done; none says whether anybody is "
            "better off."
        )
    return ""


def _money(agreement: Agreement, finding: AgreementFinding) -> list[dict[str, str]]:
    due, word = finding.liability, agreement.centre_word
    rows = [
        ("Budget", words.pounds(due.budget), f"for {agreement.money.year}"),
        ("Value of a point", words.pounds(due.value), "declared, not worked out from the budget"),
        (
            "Expected",
            words.pounds(due.expected),
            f"{due.centres} × {agreement.money.expected_points} = {due.expected_points} points",
        ),
        (
            "Worst case",
            words.pounds(due.worst),
            f"{due.centres} × {due.most_points} × {words.pounds(due.value)}: every point earned",
        ),
        (
            "Worst case over budget" if due.over > 0 else "Left of the budget at worst",
            words.pounds(abs(due.over)),
            f"{words.share(abs(due.over) / due.budget)} of the budget" if due.budget else "",
        ),
    ]
    if due.affordable_share is not None and due.over > 0:
        share = words.share(float(due.affordable_share))
        note = f"of {due.worst_points}: it holds while a {word} earns {share} of its points or less"
        rows.append(
            ("Points that the budget covers", str(due.affordable_points), f"{note} on average")
        )
    return [{"name": a, "value": b, "note": c} for a, b, c in rows]


# --- worked cases --------------------------------------------------------------------------


def _case(agreement: Agreement, example: Example, settled: Settlement) -> dict[str, Any]:
    rating = Rating(word=settled.rating, scheme=settled.scheme, reason=settled.rating_reason)
    committed, rows = 0, []
    for number, quarter in enumerate(settled.quarters, start=1):
        committed += quarter.award or 0
        rows.append(_quarter(number, quarter, committed))
    share = settled.share_of_target
    trigger = next(t for t in agreement.triggers if t.slug == example.trigger)
    return {
        "example": example,
        "trigger": trigger,
        "rows": rows,
        "lacking": _lacking(example),
        "points": f"{settled.points} of {settled.most_points} points",
        "earned": words.pounds(settled.earned) if settled.earned is not None else "",
        "share": words.share(float(share), 1) if share is not None else "",
        "reached": settled.reached,
        "target": settled.target,
        "rating": words.rating_status(rating),
        "scheme": settled.scheme,
        "thresholds": _thresholds(example),
        "earning": _earning([r["award"] for r in rows]) if rows else "",
        "late": [r for r in rows if r["after_year"]],
    }


def _earning(awards: list[str]) -> str:
    """What the quarters earned, of which there may be more to come."""
    quarters = words.plural(len(awards), "quarter")
    verb = "earns" if len(awards) == 1 else "earn"
    begun = f"So far {quarters}" if len(awards) < QUARTERS else f"The {quarters}"
    return f"{begun} {verb} {words.listed(awards)}."


def _lacking(example: Example) -> str:
    """Why there are no counts to show, or nothing."""
    if example.new:
        return ""
    return f"[c] {words.MISSING['c']}" if example.counted else f"[x] {words.MISSING['x']}"


def _quarter(number: int, quarter: Quarter, committed: int) -> dict[str, Any]:
    return {
        "name": f"Quarter {number}",
        "period": quarter.period.label,
        "new": quarter.new,
        "cumulative": quarter.cumulative,
        "points": quarter.points,
        "won": f"+{quarter.award_points}" if quarter.award_points else "0",
        "award": words.pounds(quarter.award or 0),
        "committed": words.pounds(committed),
        "paid": words.month(f"{quarter.paid.year}-{quarter.paid.month:02d}"),
        "year": quarter.paid_year,
        "after_year": quarter.after_year,
    }


def _thresholds(example: Example) -> list[dict[str, Any]]:
    target = example.thresholds[-1]
    shares = example.rule.point_shares if example.rule else ()
    return [
        {
            "point": number,
            "count": count,
            "rule": f"{shares[number - 1]}% of {target}, rounded up" if shares else "",
        }
        for number, count in enumerate(example.thresholds, start=1)
    ]


# --- the rest ------------------------------------------------------------------------------


def _provider(provider: Any) -> dict[str, Any]:
    return {
        "name": provider.name,
        "sector": provider.sector,
        "note": provider.note,
        "centres": "; ".join(f"{c.type}, {c.count}" for c in provider.centres),
        "count": sum(c.count for c in provider.centres),
    }


def _review(quarter: str, review: Any) -> dict[str, str]:
    lacking = "[x] not available"
    return {
        "quarter": parse(quarter, PeriodType.QUARTER).label,
        "progress": review.progress or lacking,
        "mitigation": review.mitigation or lacking,
        "reward": review.reward or lacking,
        "use": review.use or lacking,
    }


def _section(section: Any, titles: dict[str, Entry]) -> dict[str, Any]:
    return {
        "title": section.title,
        "cited": section.cited,
        "points": [
            {
                "title": p.title,
                "text": p.text,
                "cited": p.cited,
                "items": p.items,
                "link": titles.get(p.indicator),
            }
            for p in section.points
        ],
    }


def _searched(agreement: Agreement) -> Iterator[str]:
    """All that the page says, so that each line of the source is found by its own words."""
    yield from (agreement.summary, agreement.place, agreement.cited, agreement.future_measure)
    yield from (p.name for p in agreement.providers)
    for trigger in agreement.triggers:
        yield from (trigger.title, trigger.as_printed)
    if agreement.pathway:
        yield from (stage.title for stage in agreement.pathway.stages)
    for section in agreement.sections:
        yield section.title
        for point in section.points:
            yield from (point.title, point.text, *point.items)
