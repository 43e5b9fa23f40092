"""Who contributes to what: programmes against the outcomes of each framework, gaps and all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from databook import words
from databook.model import Framework
from databook.observations import Context
from databook.pages import Page, SearchRecord
from databook.performance import Performance, PerformanceFindings
from databook.programmes import Measure, Programme
from databook.render.entries import Entry
from databook.render.measures import BY_IMPORTANCE, NO_DATA, row
from databook.render.templates import fill

# A cell names so many measures, the most important first, and counts the rest.
SHOWN = 3


def matrix_pages(
    context: Context,
    performance: Performance,
    findings: PerformanceFindings,
    entries: Sequence[Entry],
) -> Iterator[Page]:
    """The one page, where there are programmes to set against outcomes."""
    del entries  # indicators belong to no programme
    if not performance.programmes:
        return
    tables = [_table(framework, performance, findings) for framework in context.frameworks]
    tables = [table for table in tables if table["named"]]
    notes = [*_carried(performance)]
    sentence = " ".join(f"{table['title']}: {table['sentence']}" for table in tables)
    yield Page(
        path="matrix/",
        title="Who contributes to what",
        description=sentence[:300],
        content=fill("matrix.html.j2", view={"tables": tables, "notes": notes}),
        section="services",
        search=SearchRecord(
            title="Who contributes to what: performance measures against outcomes",
            text=" ".join(("contribution matrix programmes outcomes gaps no measure", *notes)),
            synonyms=(
                "contribution matrix",
                "baseline matrix",
                "which service contributes to what",
            ),
            summary=sentence,
            filters={"kind": ("Section",)},
        ),
        edit="scorecards/programmes",
        scripts=("assets/databook/table.js",),
    )


def _carried(performance: Performance) -> Iterator[str]:
    """Which parts of its sources the book carries by this table, and how."""
    for register in performance.registers:
        for part in register.rows:
            if [link.to for link in part.where] == ["matrix/"]:
                yield f"{part.at}: {part.holds} {part.why}"


def _table(
    framework: Framework, performance: Performance, findings: PerformanceFindings
) -> dict[str, Any]:
    outcomes = [f"{framework.slug}/{outcome.slug}" for outcome in framework.outcomes]
    named = {
        reference: [p for p in performance.programmes if _measures(p, reference)]
        for reference in outcomes
    }
    present = [p for p in performance.programmes if any(_measures(p, r) for r in outcomes)]
    rows = [_row(programme, outcomes, findings) for programme in present]
    return {
        "id": framework.slug,
        "title": framework.title,
        "outcomes": [
            {"title": o.title, "url": f"frameworks/{framework.slug}/{o.slug}/"}
            for o in framework.outcomes
        ],
        "rows": rows,
        "named": any(named.values()),
        "absent": [p.title for p in performance.programmes if p not in present],
        "sentence": _sentence(framework, named, len(performance.programmes)),
    }


def _sentence(framework: Framework, named: dict[str, list[Programme]], programmes: int) -> str:
    """What the table shows, counted: who is named where, and where nobody is."""
    empty = [
        outcome.title
        for outcome in framework.outcomes
        if not named[f"{framework.slug}/{outcome.slug}"]
    ]
    gaps = f"no programme names a measure for {words.listed(empty)}" if empty else ""
    every = "each outcome has a measure of at least one of them"
    count = words.sentence_case(words.plural(programmes, "programme"))
    return f"{count}; {gaps or every}."


def _row(
    programme: Programme, outcomes: Sequence[str], findings: PerformanceFindings
) -> dict[str, Any]:
    published = any(f"{programme.slug}/{m.slug}" in findings.measures for m in programme.measures)
    return {
        "title": programme.title,
        "url": f"programmes/{programme.slug}/",
        "illustrative": programme.illustrative,
        "figures": "Published" if published else "None published",
        "cells": [_cell(programme, reference, findings) for reference in outcomes],
    }


def _cell(programme: Programme, reference: str, findings: PerformanceFindings) -> dict[str, Any]:
    mine = [row(programme, m, findings) for m in _measures(programme, reference)]
    told = sorted(mine, key=lambda shown: not shown["has"])  # stable: else by importance
    silent = bool(told) and not any(shown["has"] for shown in told)
    return {"rows": told[:SHOWN], "more": len(told[SHOWN:]), "silent": NO_DATA if silent else None}


def _measures(programme: Programme, reference: str) -> list[Measure]:
    """The programme's measures that contribute to an outcome, most important first."""
    mine = [m for m in programme.measures if reference in m.contributes_to]
    return sorted(mine, key=lambda m: BY_IMPORTANCE.index(m.quadrant))
