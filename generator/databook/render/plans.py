"""Pages of plans: the list, and each plan with its measures, actions, reports and risks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from databook import words
from databook.findings import Rating, RatingWord
from databook.model import Unit
from databook.observations import Context
from databook.pages import Page, SearchRecord
from databook.performance import Performance, PerformanceFindings
from databook.plans import Figure, Plan, PlanIndicator, Recommendation
from databook.reckonings import PlanFinding, Standing
from databook.render.entries import Entry
from databook.render.plan_actions import action_view, dated, development, followed
from databook.render.templates import fill

SECTION = "services"
RATED = (RatingWord.GREEN, RatingWord.AMBER, RatingWord.RED)


def plan_pages(
    context: Context,
    performance: Performance,
    findings: PerformanceFindings,
    entries: Sequence[Entry],
) -> Iterable[Page]:
    """The list and every plan; nothing where the book has none."""
    del context, entries
    if not performance.plans:
        return
    yield _index(performance.plans, findings)
    for plan in performance.plans:
        yield _page(plan, findings.plans[plan.slug])


def address(plan: Plan) -> str:
    """Where a plan's page stands."""
    return f"plans/{plan.slug}/"


def _index(plans: Sequence[Plan], findings: PerformanceFindings) -> Page:
    text = "What was asked for, what is done about it, by whom and when, and whether it helped."
    rows = [
        {
            "url": address(p),
            "title": p.title,
            "summary": p.summary,
            "illustrative": p.illustrative,
            "answer": answer(p, findings.plans[p.slug]),
            "cited": p.cited,
        }
        for p in plans
    ]
    return Page(
        path="plans/",
        title="Plans",
        description=text,
        content=fill("plans.html.j2", rows=rows, lede=text),
        section=SECTION,
        search=SearchRecord(
            title="Plans",
            text=" ".join((text, *(p.title for p in plans))),
            synonyms=(
                "improvement plan",
                "action plan",
                "development plan",
                "recommendations",
                "late actions",
                "overdue",
            ),
            summary=text,
            filters={"kind": ("Section",)},
        ),
        edit="scorecards/plans",
    )


def answer(plan: Plan, finding: PlanFinding) -> str:
    """How the plan stands, in a sentence or two."""
    if plan.development is not None and not plan.indicators:
        if not finding.answered:
            return "None of the eight questions of a development plan is answered here yet."
        return f"{words.sentence_case(words.count(finding.answered))} of eight questions answered."
    if not plan.indicators:
        return ""
    tally = Counter(s.rating for s in finding.standings.values())
    parts = [f"{words.count(tally[word])} {word}" for word in RATED if tally[word]]
    if tally[RatingWord.NOT_RATED]:
        parts.append(f"{words.count(tally[RatingWord.NOT_RATED])} not rated")
    moved = any(one.latest for one in plan.indicators)
    when = f" in {plan.baseline_period}" if plan.baseline_period and not moved else ""
    start = " so far" if moved else ", before anything was done"
    return (
        f"{words.sentence_case(words.plural(len(plan.indicators), 'measure'))}: by the share of "
        f"the target reached{when}{start}, {words.listed(parts)}."
    )


def _page(plan: Plan, finding: PlanFinding) -> Page:
    view = {
        "answer": answer(plan, finding),
        "as_at": words.day(finding.as_at),
        "declared": finding.declared,
        "followed": followed(plan, finding),
        "indicators": [_indicator(one, finding.standings[one.slug]) for one in plan.indicators],
        "baseline": plan.baseline_period or "Baseline",
        "target": f"Target {plan.target_period}".strip(),
        "latest": any(one.latest for one in plan.indicators),
        "odd": any(one.errata or one.acknowledged for one in plan.indicators),
        "scheme": next((s.scheme for s in finding.standings.values()), ""),
        "recommendations": [_recommendation(r, plan, finding) for r in plan.recommendations],
        "items": [dated(i) for i in finding.items if i.late],
        "schedule": [
            {"month": words.month(m.month), "reports": [_report(r) for r in m.reports]}
            for m in plan.schedule
        ],
        "evidence": _evidence(plan),
        "development": development(plan.development) if plan.development else (),
        "risks": [_risk(r) for r in plan.risks],
    }
    return Page(
        path=address(plan),
        title=plan.title,
        description=f"{plan.summary} {view['answer']}"[:300],
        content=fill("plan.html.j2", view=view, plan=plan, finding=finding),
        section=SECTION,
        search=SearchRecord(
            title=plan.title,
            text=" ".join(_searched(plan)),
            synonyms=plan.synonyms,
            summary=str(view["answer"]),
            filters={"kind": ("Plan",)},
            behind=True,
        ),
        edit=f"scorecards/plans/{plan.slug}.yaml",
    )


# --- measures ------------------------------------------------------------------------------


def _indicator(one: PlanIndicator, standing: Standing) -> dict[str, Any]:
    return {
        "one": one,
        "for": _for(one),
        "printed": any(f.printed for f in (one.baseline, one.latest, one.target) if f),
        "baseline": _figure(one.baseline, one),
        "latest": _figure(one.latest, one) if one.latest else "",
        "target": _figure(one.target, one),
        "share": _share(standing),
        "rating": words.rating_status(
            Rating(word=standing.rating, scheme=standing.scheme, reason=standing.reason)
        ),
        "literal": _literal(standing),
        "distance": _distance(standing),
        "needed": _needed(one, standing),
        "notes": [n for n in (one.better_reason, one.note, one.target_reason) if n],
    }


def _for(one: PlanIndicator) -> str:
    if one.part:
        return one.part
    return ", ".join(str(n) for n in one.recommendations)


def _figure(figure: Figure, one: PlanIndicator) -> str:
    """As printed, or as declared; where there is nothing that could be read, the shorthand."""
    if figure.value is None and figure.marker:
        return f"[{figure.marker}]"
    if figure.printed or figure.value is None:
        return figure.printed
    sign = words.MINUS if figure.value < 0 else ""
    before, after = "£" if one.unit is Unit.MONEY else "", "%" if one.unit is Unit.PERCENT else ""
    limit = "up to " if figure.at_most else ""
    return f"{limit}{sign}{before}{abs(figure.value):,f}{after}"


def _share(standing: Standing) -> str:
    if standing.share_of_target is None:
        return "[z]"
    return words.share(float(standing.share_of_target), 1)


def _literal(standing: Standing) -> str:
    """What the rule read literally would say, where it may not be said."""
    if standing.rating is standing.literal or standing.share_of_target is None:
        return ""
    return f"Read literally, the rule would say {standing.literal}."


def _distance(standing: Standing) -> str:
    if standing.distance_travelled is None:
        return words.sentence_case(standing.distance_reason)
    text = words.share(float(standing.distance_travelled))
    return f"{text}: {standing.distance_reason}" if standing.distance_reason else text


def _needed(one: PlanIndicator, standing: Standing) -> str:
    if standing.change_needed is None:
        return ""
    if not standing.change_needed:
        return "Nothing to go" if one.latest else "No change needed"
    if one.latest and standing.distance_travelled and standing.distance_travelled > 1:
        return "Beyond the target"
    number = float(standing.change_needed)
    text = words.number(number, one.decimals)
    signed = text if text.startswith(words.MINUS) else f"+{text}"
    if standing.relative_change is None:
        return f"{signed} to go"
    relative = words.share(float(standing.relative_change), 1)
    relative = relative if relative.startswith(words.MINUS) else f"+{relative}"
    return f"{signed} to go ({relative})"


# --- the chain -----------------------------------------------------------------------------


def _recommendation(one: Recommendation, plan: Plan, finding: PlanFinding) -> dict[str, Any]:
    measures = [i for i in plan.indicators if one.number in i.recommendations]
    reports = [
        words.month(m.month)
        for m in plan.schedule
        for r in m.reports
        if one.number in r.recommendations
    ]
    return {
        "one": one,
        "measures": [{"slug": i.slug, "short": i.short} for i in measures],
        "reports": reports,
        "actions": [
            action_view(action, finding.smart[one.number, n], plan, finding)
            for n, action in enumerate(one.actions)
        ],
        "open": one.number in finding.unmeasured,
    }


def _report(report: Any) -> dict[str, Any]:
    covers = [str(n) for n in report.recommendations]
    return {
        "report": report,
        "state": "" if report.state == "proposed" else words.sentence_case(str(report.state)),
        "covers": f"Recommendations {words.listed(covers)}"
        if len(covers) > 1
        else f"Recommendation {covers[0]}"
        if covers
        else "",
    }


def _evidence(plan: Plan) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in plan.evidence:
        groups.setdefault(one.group, []).append(
            {
                "one": one,
                "due": words.month(one.due) if one.due else "no date given",
                "owner": one.owner or "nobody named",
                "state": words.sentence_case(str(one.state)),
            }
        )
    return [{"title": title, "rows": rows} for title, rows in groups.items()]


def _risk(risk: Any) -> dict[str, Any]:
    return {
        "risk": risk,
        "owner": risk.owner or "nobody named",
        "reviewed": words.day(risk.reviewed) if risk.reviewed else "never",
    }


def _searched(plan: Plan) -> Iterator[str]:
    """All that the page says, so that each line of the source is found by its own words."""
    yield from (plan.summary, plan.place, plan.cited, plan.risks_note)
    for one in plan.indicators:
        yield from (one.code, one.title, one.plain)
    for recommendation in plan.recommendations:
        yield recommendation.title
        yield from (action.title for action in recommendation.actions)
    yield from (r.title for m in plan.schedule for r in m.reports)
    yield from (e.title for e in plan.evidence)
    for heading in plan.criteria:
        yield from (heading.title, *heading.lines)
    if plan.development is not None:
        yield from (question for question, _ in development(plan.development))
