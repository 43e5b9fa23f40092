"""A pathway as a table: a stage in each row, so that it can be read on a phone and aloud."""

from __future__ import annotations

from typing import Any

from databook import words
from databook.pathways import Pathway, Row, Stage
from databook.reckonings import PathwayRow, Step

INTERVAL_DECIMALS = 1


def view(pathway: Pathway, rows: tuple[PathwayRow, ...]) -> dict[str, Any]:
    """What the template shows of a pathway."""
    return {
        "title": pathway.title,
        "summary": pathway.summary,
        "cited": pathway.cited,
        "columns": [{"title": r.title, "illustrative": r.illustrative} for r in pathway.rows],
        "stages": [
            _stage(number, stage, pathway, rows) for number, stage in enumerate(pathway.stages)
        ],
        "notes": [f"{row.title}: {row.note}" for row in pathway.rows if row.note],
        "empty": all(_empty(row) for row in pathway.rows),
        "shorthand": _shorthand(rows),
    }


def _stage(
    number: int, stage: Stage, pathway: Pathway, rows: tuple[PathwayRow, ...]
) -> dict[str, Any]:
    before = pathway.stages[number - 1] if number else None
    warnings = []
    if before is not None and before.counts.casefold() != stage.counts.casefold():
        warnings.append(f"The unit changes here from {before.counts} to {stage.counts}.")
    if before is not None and not stage.subset:
        warnings.append("Those counted here need not have been counted at the stage before.")
    return {
        "number": number + 1,
        "stage": stage,
        "warnings": warnings,
        "cells": [_cell(row.steps[number]) for row in rows],
    }


def _cell(step: Step) -> dict[str, str]:
    count = f"{step.count:,}" if step.count is not None else f"[{step.marker}]"
    if step.share is None or step.interval is None:
        return {"count": count, "share": "", "interval": ""}
    lower = words.share(step.interval.lower, INTERVAL_DECIMALS)
    upper = words.share(step.interval.upper, INTERVAL_DECIMALS)
    return {
        "count": count,
        "share": f"{words.share(step.share, INTERVAL_DECIMALS)} of the stage before",
        "interval": f"95% interval {lower} to {upper}",
    }


def _empty(row: Row) -> bool:
    return all(cell.count is None for cell in row.cells)


def _shorthand(rows: tuple[PathwayRow, ...]) -> str:
    used = {step.marker for row in rows for step in row.steps if step.marker}
    return words.explained(used)
