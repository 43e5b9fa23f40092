"""Findings about programmes and the papers around them; a module for each kind."""

from __future__ import annotations

from databook.analyse import agreement, measures, plan
from databook.observations import Context
from databook.performance import Performance, PerformanceFindings


def performance(performance: Performance, context: Context) -> PerformanceFindings:
    """Everything that the figures of the other half say."""
    settings = context.settings
    scheme = settings.rating_schemes[0]
    return PerformanceFindings(
        measures=measures.measures(performance, context),
        agreements={a.slug: agreement.agreement(a, scheme) for a in performance.agreements},
        plans={p.slug: plan.plan(p, settings) for p in performance.plans},
    )
