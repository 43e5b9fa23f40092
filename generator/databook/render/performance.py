"""Pages of the other half: programmes, agreements, plans, audits, boards. A module for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from databook.observations import Context
from databook.pages import Page
from databook.performance import Performance, PerformanceFindings
from databook.render.agreements import agreement_pages
from databook.render.audits import audit_pages
from databook.render.boards import board_pages
from databook.render.checklists import checklist_pages
from databook.render.entries import Entry
from databook.render.local_nav import lead_on
from databook.render.matrix import matrix_pages
from databook.render.performance_report import programme_reports
from databook.render.plans import plan_pages
from databook.render.programmes import programme_pages
from databook.render.register import register_pages

# What makes pages of one kind: (context, performance, findings, entries) -> pages.
Maker = Callable[[Context, Performance, PerformanceFindings, Sequence[Entry]], Iterable[Page]]
MAKERS: tuple[Maker, ...] = (
    programme_pages,
    programme_reports,
    matrix_pages,
    board_pages,
    audit_pages,
    checklist_pages,
    register_pages,
    agreement_pages,
    plan_pages,
)


def performance_pages(
    context: Context,
    performance: Performance,
    findings: PerformanceFindings,
    entries: Sequence[Entry],
) -> tuple[Page, ...]:
    """Every page about programmes and the papers around them."""
    return lead_on(
        page for make in MAKERS for page in make(context, performance, findings, entries)
    )
