"""Shares from stage to stage of a pathway, where a share has a meaning."""

from __future__ import annotations

from databook.findings import Interval
from databook.limits import wilson
from databook.observations import MARKERS
from databook.pathways import Cell, Pathway, Row, Stage
from databook.reckonings import PathwayRow, Step

FIRST = "the first stage"


def rows(pathway: Pathway) -> tuple[PathwayRow, ...]:
    """Each row with its shares."""
    return tuple(
        PathwayRow(title=row.title, steps=steps(pathway.stages, row)) for row in pathway.rows
    )


def steps(stages: tuple[Stage, ...], row: Row) -> tuple[Step, ...]:
    """The counts of a row and, from the second on, the share of the stage before."""
    found = []
    before: tuple[Stage, Cell] | None = None
    for stage, cell in zip(stages, row.cells, strict=False):
        found.append(_step(before, stage, cell))
        before = stage, cell
    return tuple(found)


def _step(before: tuple[Stage, Cell] | None, stage: Stage, cell: Cell) -> Step:
    reason = FIRST if before is None else _obstacle(*before, stage, cell)
    share, interval = None, None
    if before is not None and not reason:
        count, total = cell.count or 0, before[1].count or 0
        share = count / total
        lower, upper = wilson(count, total)
        interval = Interval(lower=lower, upper=upper, method="Wilson")
    return Step(
        count=cell.count, marker=_marker(cell), share=share, interval=interval, reason=reason
    )


def _obstacle(earlier: Stage, start: Cell, stage: Stage, cell: Cell) -> str:
    """Why there can be no share of the stage before, or nothing."""
    if earlier.counts.casefold() != stage.counts.casefold():
        return f"the unit changes from {earlier.counts} to {stage.counts}"
    if not stage.subset:
        return "those counted here need not have been counted at the stage before"
    for one in (start, cell):
        if one.count is None:
            return MARKERS[_marker(one)].split(":")[0]
    if not start.count:
        return "nobody was counted at the stage before"
    if (cell.count or 0) > start.count:
        return "more are counted here than at the stage before, so it is no share of it"
    return ""


def _marker(cell: Cell) -> str:
    return cell.marker or ("x" if cell.count is None else "")
