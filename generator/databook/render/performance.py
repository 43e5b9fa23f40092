"""Pages of the other half: programmes, agreements, plans, audits, boards. A module for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from databook.observations import Context
from databook.pages import Page
from databook.performance import Performance, PerformanceFindings
from databook.render.entries import Entry
from databook.render.programmes import programme_pages

# What makes pages of one kind: (context, performance, findings, entries) -> pages.
Maker = Callable[[Context, Performance, PerformanceFindings, Sequence[Entry]], Iterable[Page]]
MAKERS: tuple[Maker, ...] = (programme_pages,)


def performance_pages(
    context: Context,
    performance: Performance,
    findings: PerformanceFindings,
    entries: Sequence[Entry],
) -> tuple[Page, ...]:
    """Every page about programmes and the papers around them."""
    return tuple(page for make in MAKERS for page in make(context, performance, findings, entries))
