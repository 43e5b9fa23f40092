"""Audits and reviews: grids of standards, recommendations and what became of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from databook import words
from databook.audits import Assessment, Audit, AuditAction, AuditType, Grade
from databook.observations import MARKERS, Context
from databook.pages import Page, SearchRecord
from databook.performance import Performance, PerformanceFindings
from databook.render.entries import Entry
from databook.render.templates import fill

_TONE = {
    Grade.MET: "good",
    Grade.PARTLY: "flat",
    Grade.NOT_MET: "bad",
    Grade.NOT_ASSESSED: "none",
    Grade.NOT_APPLICABLE: "none",
}
TYPES = {
    AuditType.SECTION_11: "Section 11 audit",
    AuditType.SINGLE_AGENCY: "Single agency audit",
    AuditType.MULTI_AGENCY: "Multi agency audit",
    AuditType.THEMED_REVIEW: "Themed review",
    AuditType.SERIOUS_CASE_REVIEW: "Serious case review",
    AuditType.CHILD_DEATH_OVERVIEW: "Child death overview",
}


def audit_pages(
    context: Context,
    performance: Performance,
    findings: PerformanceFindings,
    entries: Sequence[Entry],
) -> Iterator[Page]:
    """The list of audits and reviews, and a page for each."""
    del findings, entries
    if not performance.audits:
        return
    today = context.settings.edition.date
    yield _list(performance, today)
    for audit in performance.audits:
        yield _page(audit, performance, today)


def grade_status(grade: Grade) -> words.Status:
    """A grade as a status."""
    tone, word = _TONE[grade], words.sentence_case(grade)
    return words.Status(tone=tone, shape=words.SHAPES[tone], word=word, short=word)


def grid(audit: Audit) -> list[dict[str, Any]]:
    """A row for each agency with a cell for each standard; what is not listed is not assessed."""
    found = {(a.agency, a.standard): a for a in audit.assessments}
    rows = []
    for agency in audit.agencies:
        cells = [_cell(found.get((agency.slug, s.slug)), s.title) for s in audit.standards]
        rows.append(
            {"agency": agency, "cells": cells, "counts": _counts([c["grade"] for c in cells])}
        )
    return rows


def _cell(found: Assessment | None, standard: str) -> dict[str, Any]:
    grade = found.grade if found else Grade.NOT_ASSESSED
    return {
        "grade": grade,
        "standard": standard,
        "status": grade_status(grade),
        "found": found,
        "assessed": words.day(found.assessed) if found and found.assessed else "",
    }


def _counts(grades: Sequence[Grade]) -> str:
    """Roll-up as counts in the scale's order, never an average."""
    return ", ".join(f"{grades.count(g)} {g}" for g in Grade if g in grades)


def action_state(action: AuditAction, today: date) -> words.Status:
    """How far an action has come, by its dates; late where its day passed before it was done."""
    reached = [
        (action.effect_observed, "good", "Effect observed"),
        (action.implemented, "flat", "Implemented"),
        (action.signed_off, "flat", "Signed off"),
    ]
    tone, word = next(((t, w) for day, t, w in reached if day), ("none", "Proposed"))
    if action.due and action.due < today and not action.implemented:
        tone, word = "bad", f"{word}, late"
    return words.Status(tone=tone, shape=words.SHAPES[tone], word=word, short=word)


def _chain(audit: Audit, today: date) -> list[dict[str, Any]]:
    return [
        {
            "recommendation": recommendation,
            "actions": [
                {
                    "action": action,
                    "status": action_state(action, today),
                    "dates": _dates(action),
                    "smart": _smart(action),
                }
                for action in recommendation.actions
            ],
        }
        for recommendation in audit.recommendations
    ]


def _dates(action: AuditAction) -> list[tuple[str, str]]:
    steps = (
        ("Due", action.due),
        ("Signed off", action.signed_off),
        ("Implemented", action.implemented),
        ("Effect observed", action.effect_observed),
    )
    return [(name, words.day(day) if day else "not yet") for name, day in steps]


def _smart(action: AuditAction) -> list[tuple[str, str]]:
    return [
        ("Specific", action.title),
        ("Measurable", action.measure),
        ("Achievable", action.achievable),
        ("Realistic", action.realistic),
        ("Timescale", f"by {words.day(action.due)}" if action.due else ""),
    ]


def sentence(audit: Audit, today: date) -> str:
    """What the audit comes to, as counts."""
    parts = []
    if audit.standards and audit.agencies:
        grades = [cell["grade"] for row in grid(audit) for cell in row["cells"]]
        held = words.plural(len(audit.agencies), audit.agency_word)
        size = f"{held} and {words.plural(len(audit.standards), 'standard')}"
        parts.append(f"{words.sentence_case(size)}: {_counts(grades)}.")
    if audit.recommendations:
        actions = [a for r in audit.recommendations for a in r.actions]
        late = sum("late" in action_state(a, today).word for a in actions)
        bare = sum(not r.actions for r in audit.recommendations)
        parts.append(
            f"{words.sentence_case(words.plural(len(audit.recommendations), 'recommendation'))}, "
            f"{words.plural(len(actions), 'action')}: "
            f"{words.some(sum(a.implemented is not None for a in actions))} implemented, "
            f"{words.some(sum(bool(a.effect) for a in actions))} with an effect observed, "
            f"{words.some(late)} late; {words.plural(bare, 'recommendation')} without any action."
        )
    return " ".join(parts) or audit.summary


def _list(performance: Performance, today: date) -> Page:
    lines = [
        {"audit": a, "type": TYPES[a.type], "url": f"audits/{a.slug}/", "said": sentence(a, today)}
        for a in sorted(performance.audits, key=lambda a: (list(AuditType).index(a.type), a.slug))
    ]
    return Page(
        path="audits/",
        title="Audits and reviews",
        description="How agencies look at their own and each other’s work: section 11, single and "
        "multi agency audits, themed reviews, serious case reviews, child deaths.",
        content=fill("audits.html.j2", lines=lines, performance=performance),
        section="services",
        search=SearchRecord(
            title="Audits and reviews",
            text="audit review standards safeguarding quality assurance recommendations",
            filters={"kind": ("Section",)},
            summary="Section 11, single and multi agency audits, themed reviews and others.",
        ),
        edit="scorecards/audits",
    )


def _page(audit: Audit, performance: Performance, today: date) -> Page:
    levels = [
        {"title": board.title, "url": f"boards/{board.slug}/"}
        for board in performance.boards
        if any(level.audit == audit.slug for level in board.levels)
    ]
    by_standard = [
        {"standard": s, "counts": _counts([row["cells"][n]["grade"] for row in grid(audit)])}
        for n, s in enumerate(audit.standards)
    ]
    view = {
        "type": TYPES[audit.type],
        "sentence": sentence(audit, today),
        "grid": grid(audit),
        "by_standard": by_standard,
        "scale": [grade_status(grade) for grade in Grade],
        "chain": _chain(audit, today),
        "boards": levels,
        "shorthand": MARKERS,
        "noted": [cell for row in grid(audit) for cell in row["cells"] if cell["found"]],
    }
    return Page(
        path=f"audits/{audit.slug}/",
        title=audit.title,
        description=f"{audit.summary} {view['sentence']}"[:300],
        content=fill("audit.html.j2", audit=audit, view=view, performance=performance),
        section="services",
        search=SearchRecord(
            title=audit.title,
            text=" ".join(
                [
                    audit.summary,
                    *audit.method,
                    *audit.done_by,
                    *(s.title for s in audit.standards),
                    *(one.title for one in audit.alternative_sets),
                ]
            ),
            synonyms=audit.synonyms,
            summary=str(view["sentence"])[:200],
            filters={"kind": ("Audit",)},
        ),
        edit=f"scorecards/audits/{audit.slug}.yaml",
    )
