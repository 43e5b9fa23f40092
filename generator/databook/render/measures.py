"""Measures of programmes: as entries of a quadrant, and as pages of those that have figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from databook import control_words, words
from databook.findings import Finding
from databook.observations import Context
from databook.pages import Page, SearchRecord
from databook.performance import Performance, PerformanceFindings
from databook.programmes import Measure, Programme, Quadrant
from databook.render import blocks
from databook.render.api.one_indicator import files
from databook.render.sharing import shared_of_measure
from databook.render.templates import fill

NO_DATA = words.no_status("No data published", "No figures of it are published.")

# Most important first (Friedman's ranking; Hutchinson, Outcomes Focussed Practice, 2007, slide 23).
BY_IMPORTANCE = (
    Quadrant.EFFECT_QUALITY,
    Quadrant.EFFORT_QUALITY,
    Quadrant.EFFECT_QUANTITY,
    Quadrant.EFFORT_QUANTITY,
)
QUESTIONS = {
    Quadrant.EFFORT_QUANTITY: "How much did we do?",
    Quadrant.EFFORT_QUALITY: "How well did we do it?",
    Quadrant.EFFECT_QUANTITY: "Is anyone better off? (number)",
    Quadrant.EFFECT_QUALITY: "Is anyone better off? (percentage)",
}
PLACES = {
    Quadrant.EFFORT_QUANTITY: "# quantity of effort · least important",
    Quadrant.EFFORT_QUALITY: "% quality of effort · second most important",
    Quadrant.EFFECT_QUANTITY: "# quantity of effect · third",
    Quadrant.EFFECT_QUALITY: "% quality of effect · most important",
}


def row(programme: Programme, measure: Measure, findings: PerformanceFindings) -> dict[str, Any]:
    """One measure in a quadrant, a table or the matrix."""
    key = f"{programme.slug}/{measure.slug}"
    finding, charts = findings.measures.get(key), findings.charts.get(key)
    latest = finding.latest if finding else None
    has = finding is not None and latest is not None and latest.value is not None
    return {
        "slug": measure.slug,
        "title": measure.title,
        "short": measure.short,
        "plain": measure.plain,
        "url": f"programmes/{key}/" if finding else "",
        "headline": measure.standing == "headline",
        "unit": measure.unit_label,
        "polarity": words.polarity(measure).rstrip("."),
        "latest": words.brief(latest.value, measure) if latest and latest.value is not None else "",
        "period": latest.period.short if latest else "",
        "sparkline": charts.sparkline if charts else "",
        "steps": _steps(finding, measure) if finding and has else "",
        "rating": words.rating_status(finding.rating) if finding else NO_DATA,
        "change": words.change_status(finding.previous, measure) if finding else NO_DATA,
        "course": course(finding, measure) if finding else None,
        "target_illustrative": bool(measure.target and measure.target.illustrative),
        "has": has,
    }


def course(finding: Finding, measure: Measure) -> words.Status | None:
    """The figure against what was to be expected: the usual, or a forecast; None without either."""
    if finding.control:
        return control_words.status(finding.control, measure)
    return words.turn_status(finding.turn) if finding.turn.forecast else None


def _steps(finding: Finding, measure: Measure) -> str:
    """Baseline and target: "Baseline 61.1% in Nov 2024; target 80% by Dec 2026"."""
    known = finding.own.known
    first = next(
        (p for p in known if measure.target and p.period.code == measure.target.baseline_period),
        known[0],
    )
    assert first.value is not None  # noqa: S101 - `known` holds only points with a value
    text = f"Baseline {words.brief(first.value, measure)} in {first.period.short}"
    if finding.rating.target is None:
        return f"{text}; no target"
    by = f" by {finding.rating.target_period.short}" if finding.rating.target_period else ""
    return f"{text}; target {words.brief(finding.rating.target, measure)}{by}"


def in_quadrant(programme: Programme, quadrant: Quadrant) -> list[Measure]:
    """A quadrant's measures: pairs of number and percentage first, in one order on both sides."""
    mine = [m for m in programme.measures if m.quadrant is quadrant]
    order = {m.slug: n for n, m in enumerate(programme.measures) if _leads(m)}
    return sorted(mine, key=lambda m: _pair_place(m, order))


def _leads(measure: Measure) -> bool:
    return bool(measure.pairs_with) and measure.quadrant is Quadrant.EFFECT_QUALITY


def _pair_place(measure: Measure, order: dict[str, int]) -> tuple[bool, int]:
    lead = measure.slug if _leads(measure) else measure.pairs_with
    return (lead not in order, order.get(lead, 0))


def headlines(programme: Programme, findings: PerformanceFindings) -> list[Measure]:
    """The measures that carry its story: headline ones with figures, the best kind first."""
    told = [m for m in programme.measures if f"{programme.slug}/{m.slug}" in findings.measures]
    chosen = [m for m in told if m.standing == "headline"] or told[:1]
    return sorted(chosen, key=lambda m: BY_IMPORTANCE.index(m.quadrant))


def measure_pages(
    context: Context, performance: Performance, findings: PerformanceFindings
) -> Iterator[Page]:
    """A page for each measure that has figures."""
    for programme in performance.programmes:
        for measure in programme.measures:
            if f"{programme.slug}/{measure.slug}" in findings.measures:
                yield _page(programme, measure, context, findings)


def _page(
    programme: Programme,
    measure: Measure,
    context: Context,
    findings: PerformanceFindings,
) -> Page:
    key = f"{programme.slug}/{measure.slug}"
    finding, charts = findings.measures[key], findings.charts[key]
    headline = words.headline(finding, measure)
    outcomes = contributes([measure], context)
    path = f"programmes/{key}/"
    leaving = shared_of_measure(
        charts, finding, measure, context, path, invented=programme.illustrative
    )
    view: dict[str, Any] = {
        "headline": headline,
        "shared": {item.chart.name: item for item in leaving},
        "chips": blocks.chips(finding, measure),
        "caption": blocks.caption(finding, measure),
        "curve_reason": blocks.curve_reason(finding),
        "forecasts": blocks.forecasts(finding, measure),
        "facts": blocks.facts(finding, measure),
        "figures": blocks.figures(finding, measure, context),
        "released": blocks.released(measure, finding),
        "question": QUESTIONS[measure.quadrant],
        "place": PLACES[measure.quadrant],
        "pair": _pair(programme, measure, findings),
        "contributes": outcomes,
        "action_lines": [blocks.action_line(action) for action in measure.actions],
        "json": files("", key).observations,
        "cite": blocks.cite(measure, context, f"programmes/{key}/"),
    }
    content = fill(
        "measure.html.j2",
        view=view,
        programme=programme,
        indicator=measure,
        finding=finding,
        charts=charts,
    )
    return Page(
        path=f"programmes/{key}/",
        title=f"{measure.title}: {programme.title}",
        description=blocks.in_brief(headline),
        content=content,
        section="services",
        search=SearchRecord(
            title=measure.title,
            text=f"{measure.plain} {programme.title} {measure.definition}",
            synonyms=measure.synonyms,
            summary=headline[0],
            filters={
                "kind": ("Performance measure",),
                "outcome": tuple(outcome["title"] for outcome in outcomes),
            },
        ),
        edit=f"scorecards/programmes/{programme.slug}/programme.yaml",
        scripts=("assets/databook/explore.js", "assets/databook/share.js"),
    )


def _pair(
    programme: Programme, measure: Measure, findings: PerformanceFindings
) -> dict[str, Any] | None:
    found = next((m for m in programme.measures if m.slug == measure.pairs_with), None)
    return row(programme, found, findings) if found else None


def contributes(measures: Sequence[Measure], context: Context) -> list[dict[str, str]]:
    """The outcomes that measures contribute to, in the frameworks' order."""
    wanted = {reference for measure in measures for reference in measure.contributes_to}
    return [
        {
            "url": f"frameworks/{framework.slug}/{outcome.slug}/",
            "title": outcome.title,
            "framework": framework.title,
        }
        for framework in context.frameworks
        for outcome in framework.outcomes
        if f"{framework.slug}/{outcome.slug}" in wanted
    ]
