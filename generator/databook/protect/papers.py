"""Counts of people in agreements and plans: small ones are withheld, and refused.

The policy is the book's. Counts that a source made up to explain itself are nobody's, and stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from databook.agreements import Agreement, Example
from databook.model import Disclosure
from databook.observations import Context
from databook.pathways import Cell, Pathway, Row
from databook.performance import Performance
from databook.plans import Figure, Plan, PlanIndicator
from databook.problems import Checked, Level, Place, Problem, in_order
from databook.sources import Document, Path

HISTORY = (
    " Take the number out of the repository's history too, because older versions can be read."
)
SMALL = "So few people can be recognised by those who know some of them."
COMPLEMENT = "Who is not among the many is as easily recognised as who is among the few."


def papers(
    performance: Performance, context: Context, documents: Mapping[str, Mapping[str, Document]]
) -> Checked[Performance]:
    """Agreements and plans without any count that could give somebody away, and each one found."""
    policy = context.settings.disclosure
    found: list[Problem] = []

    def place(folder: str, slug: str, path: Path) -> Place:
        document = documents.get(folder, {}).get(slug)
        return document.place(path) if document else Place(path=f"scorecards/{folder}/{slug}.yaml")

    agreements = []
    for agreement in performance.agreements:
        safe, faults = _agreement(agreement, policy)
        found += [_problem(f, place("agreements", agreement.slug, f[1])) for f in faults]
        agreements.append(safe)
    plans = []
    for plan in performance.plans:
        safe_plan, faults = _plan(plan, policy)
        found += [_problem(f, place("plans", plan.slug, f[1])) for f in faults]
        plans.append(safe_plan)
    safe_performance = replace(performance, agreements=tuple(agreements), plans=tuple(plans))
    return Checked(value=safe_performance, problems=in_order(found))


Leak = tuple[str, Path, str]  # code, where, what


def small(count: float, policy: Disclosure) -> bool:
    """Whether a count is one that the policy withholds."""
    return (0 if not policy.zero_ok else 1) <= count <= policy.threshold


# --- agreements ----------------------------------------------------------------------------


def _agreement(agreement: Agreement, policy: Disclosure) -> tuple[Agreement, list[Leak]]:
    leaks: list[Leak] = []
    examples = []
    for number, example in enumerate(agreement.examples):
        faults = list(_example(example, number, policy))
        leaks += faults
        examples.append(replace(example, new=()) if faults else example)
    pathway = agreement.pathway
    if pathway is not None:
        pathway, faults = _pathway(pathway, policy)
        leaks += faults
    return replace(agreement, examples=tuple(examples), pathway=pathway), leaks


def _example(example: Example, number: int, policy: Disclosure) -> Iterator[Leak]:
    """One small quarter withholds them all: the others and the total would give it away."""
    for at, count in enumerate(example.new if example.counted else ()):
        if small(count, policy):
            path: Path = ("examples", number, "new", at)
            yield "disclosure-small-count", path, "a quarter's count is small"


def _pathway(pathway: Pathway, policy: Disclosure) -> tuple[Pathway, list[Leak]]:
    rows: list[Row] = []
    leaks: list[Leak] = []
    for number, row in enumerate(pathway.rows):
        if row.illustrative:
            rows.append(row)
            continue
        withheld = dict(_leaks(pathway, row, policy))
        cells = tuple(
            Cell(marker="c") if at in withheld else cell for at, cell in enumerate(row.cells)
        )
        rows.append(replace(row, cells=cells))
        for at, (code, what) in withheld.items():
            leaks.append((code, ("pathway", "rows", number, "cells", at), what))
    return replace(pathway, rows=tuple(rows)), leaks


def _leaks(pathway: Pathway, row: Row, policy: Disclosure) -> Iterator[tuple[int, tuple[str, str]]]:
    """Small counts, and stages that all but a few of an earlier stage came to.

    A stage withheld in between hides nothing: 120, [c], 118 tells that two were lost.
    """
    for at, cell in enumerate(row.cells):
        if cell.count is not None and small(cell.count, policy):
            yield at, ("disclosure-small-count", "a stage's count is small")
    before: int | None = None  # the newest count that these people are some of
    for at, (stage, cell) in enumerate(zip(pathway.stages, row.cells, strict=False)):
        if not stage.subset or (at and pathway.stages[at - 1].counts != stage.counts):
            before = None
        if cell.count is None:
            continue
        left = 0 if before is None else before - cell.count
        if left > 0 and small(left, policy):
            yield at, ("disclosure-complement", "all but a few came from a stage before")
        before = cell.count


# --- plans ---------------------------------------------------------------------------------


def _plan(plan: Plan, policy: Disclosure) -> tuple[Plan, list[Leak]]:
    leaks: list[Leak] = []
    indicators: list[PlanIndicator] = []

    def safe(figure: Figure, path: Path) -> Figure:
        faults = list(_figure(figure, policy))
        leaks.extend((code, path, what) for code, what in faults)
        return Figure(printed="[c]", marker="c") if faults else figure

    for number, one in enumerate(plan.indicators):
        path: Path = ("indicators", number)
        indicators.append(
            replace(
                one,
                baseline=safe(one.baseline, (*path, "baseline")),
                latest=safe(one.latest, (*path, "latest")) if one.latest else None,
                target=safe(one.target, (*path, "target")),
            )
        )
    return replace(plan, indicators=tuple(indicators)), leaks


def _figure(figure: Figure, policy: Disclosure) -> Iterator[tuple[str, str]]:
    top, bottom = figure.counts or (figure.numerator, None)
    if top is not None and small(float(top), policy):
        yield "disclosure-small-count", "the count is small"
    elif top is not None and bottom is not None and small(float(bottom - top), policy):
        yield "disclosure-complement", "all but a few are counted"


def _problem(leak: Leak, place: Place) -> Problem:
    code, path, what = leak
    # A quarter has no marker of its own: with one withheld, the others would give it away.
    fix = "Write “new: []”: the page then says that the counts are withheld."
    return Problem(
        code=code,
        level=Level.ERROR,
        place=place,
        what=f"Here {what}.",
        why=COMPLEMENT if code == "disclosure-complement" else SMALL,
        fix=(fix if "new" in path else "Leave the count out and write “marker: c”.") + HISTORY,
    )
