"""What the figures of programmes' measures say: judged as indicators are, about customers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from databook.analyse import whole
from databook.findings import Finding
from databook.observations import Context
from databook.performance import Performance, ProtectedMeasure


def measures(performance: Performance, context: Context) -> Mapping[str, Finding]:
    """A finding for each measure that has figures, by "programme/measure"."""
    found = {}
    for programme in performance.programmes:
        for measure in programme.measures:
            key = f"{programme.slug}/{measure.slug}"
            if key in performance.figures:
                found[key] = of_measure(performance.figures[key], programme.name, context)
    return found


def of_measure(card: ProtectedMeasure, programme: str, context: Context) -> Finding:
    """What one measure's figures say of the programme, not of the place it works in.

    Where nobody else's figures stand beside them, nothing is said of comparisons.
    """
    found = whole.card(card, context)
    neighbours = tuple(series for series in found.neighbours if series.points)
    return replace(
        found,
        place=programme,
        own=replace(found.own, name=programme),
        neighbours=neighbours,
        neighbour_average=found.neighbour_average if neighbours else None,
        comparisons=tuple(c for c in found.comparisons if c.value is not None),
        ranking=found.ranking if neighbours else None,
    )
