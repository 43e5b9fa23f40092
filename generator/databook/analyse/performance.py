"""Findings about programmes and the papers around them; a module for each kind."""

from __future__ import annotations

from databook.analyse import measures
from databook.observations import Context
from databook.performance import Performance, PerformanceFindings


def performance(performance: Performance, context: Context) -> PerformanceFindings:
    """Everything that the figures of the other half say."""
    return PerformanceFindings(measures=measures.measures(performance, context))
