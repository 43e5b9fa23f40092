"""Services in the quarterly report: their measures, what is off its course, and what is owed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from databook import words
from databook.findings import Finding
from databook.milestones import last_day
from databook.model import ActionState
from databook.performance import Performance, PerformanceFindings
from databook.periods import years_per_step
from databook.programmes import Measure, Programme
from databook.render import measures, report_lines
from databook.render.entries import opening

# The day by which something is owed, how far it has come, and its line in the report.
Owed = tuple[date, ActionState, dict[str, Any]]
IN_REPORT = ("action", "milestone")  # of a plan; its reports and evidence have lists of their own


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A measure that has a figure, and the service it is of."""

    programme: Programme
    measure: Measure
    finding: Finding
    released: str


def measured(performance: Performance, findings: PerformanceFindings) -> Iterator[Measured]:
    """Every measure with a newest figure."""
    for programme in performance.programmes:
        for measure in programme.measures:
            found = findings.measures.get(f"{programme.slug}/{measure.slug}")
            if measure.source and found and found.latest and found.latest.value is not None:
                yield Measured(
                    programme=programme,
                    measure=measure,
                    finding=found,
                    released=measure.source.released,
                )


def line(one: Measured) -> dict[str, Any]:
    """A measure whose figure came out in the quarter."""
    found, measure, latest = one.finding, one.measure, one.finding.latest
    assert latest is not None and latest.value is not None  # noqa: PT018, S101 - see `measured`
    neither = "No forecast kept" if years_per_step(measure.periods) == 1 else "Too few figures"
    return {
        "title": measure.title,
        "url": f"programmes/{one.programme.slug}/{measure.slug}/",
        "programme": one.programme.title,
        "illustrative": one.programme.illustrative,
        "period": latest.period.short,
        "value": words.brief(latest.value, measure),
        "unit": measure.unit_label,
        "numbers": report_lines.counted(latest, measure),
        "course": measures.course(found, measure) or words.no_status(neither),
        "rating": words.rating_status(found.rating),
    }


def closer(one: Measured, story: str) -> dict[str, Any]:
    """A measure that calls for a look: its line with the service's analysis and actions."""
    measure, programme = one.measure, one.programme
    return line(one) | {
        "title": words.sentence_case(f"{programme.name}: {measure.short}"),
        "detail": words.rating_detail(one.finding.rating, measure),
        "target_illustrative": bool(measure.target and measure.target.illustrative),
        "change": words.change_status(one.finding.previous, measure),
        "analysis": opening(story),
        "analysis_illustrative": programme.story_illustrative,
        "actions": [report_lines.action(a) for a in measure.actions or programme.actions],
    }


def owed(performance: Performance, findings: PerformanceFindings) -> Iterator[Owed]:
    """What services and plans undertook to do by a day."""
    for programme in performance.programmes:
        about = {"url": f"programmes/{programme.slug}/", "about": programme.name}
        every = [*programme.actions, *(a for m in programme.measures for a in m.actions)]
        for action in every:
            if action.due is not None:
                yield action.due, action.state, report_lines.action(action) | about
    for plan in performance.plans:
        if plan.as_at is not None:
            continue  # read as it stood on a day of its own, not by this book's quarters
        about = {"url": f"plans/{plan.slug}/", "about": plan.title}
        for item in findings.plans[plan.slug].items:
            day = last_day(item.due)
            if item.what in IN_REPORT and day is not None:
                yield (
                    day,
                    ActionState(item.state),
                    {
                        "title": item.title,
                        "owner": item.owner or "no owner named",
                        "state": item.state,
                        "due": words.month(item.due),
                        "illustrative": plan.illustrative,
                    }
                    | about,
                )
