"""Counts of people in agreements and plans: small ones are withheld, and refused.

The policy is the book's. Counts that a source made up to explain itself are nobody's, and stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from databook.agreements import Agreement, Example
from databook.model import Disclosure, Unit
from databook.observations import Context
from databook.pathways import Cell, Pathway, Row
from databook.performance import Performance
from databook.plans import Figure, Plan, PlanIndicator
from databook.problems import Checked, Level, Place, Problem, in_order
from databook.protect.rows import Print, Span, base_of, share_of
from databook.sources import Document, Path

HISTORY = (
    " Take the number out of the repository's history too, because older versions can be read."
)
SMALL = "So few people can be recognised by those who know some of them."
TOLD_BY_CHANGE = "the target and its change tell the baseline that is withheld"
FIXES = {
    "new": "Write “new: []”: the page then says that the counts are withheld.",
    "reach": "Leave this example out: of so few nothing can be shown.",
    "printed_points": "Leave out “printed_points”.",
    "stated_change": "Leave out “stated_change”.",
}
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
    if not example.counted:
        return
    if small(example.reach, policy):
        yield "disclosure-small-count", ("examples", number, "reach"), "so few could be reached"
    for at, count in enumerate(example.new):
        path: Path = ("examples", number, "new", at)
        left = example.reach - sum(example.new[: at + 1])
        if small(count, policy):
            yield "disclosure-small-count", path, "a quarter's count is small"
        elif left > 0 and small(left, policy):
            yield "disclosure-complement", path, "all but a few of those in reach are counted"
    if example.printed_points and not example.new and _reads_small(example, policy):
        path = ("examples", number, "printed_points")
        yield (
            "disclosure-derived",
            path,
            "points and thresholds tell that a withheld count is small",
        )


def _reads_small(example: Example, policy: Disclosure) -> bool:
    """Whether points tell of some quarter that a few were counted, and no more.

    Up to a quarter the count reached one threshold and not the next.
    """
    bounds = (0, *example.thresholds)
    return any(
        small(max(1, bounds[points]), policy) and small(bounds[points + 1] - 1, policy)
        for points in example.printed_points
        if points < len(example.thresholds)
    )


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

    def safe(figure: Figure, path: Path, counted: Unit | None) -> Figure:
        faults = list(_figure(figure, policy, counted))
        leaks.extend((code, path, what) for code, what in faults)
        return Figure(printed="[c]", marker="c") if faults else figure

    for number, one in enumerate(plan.indicators):
        path: Path = ("indicators", number)
        people = one.unit if one.of_people else None
        indicators.append(
            replace(
                one,
                baseline=safe(one.baseline, (*path, "baseline"), people),
                latest=safe(one.latest, (*path, "latest"), people) if one.latest else None,
                target=safe(one.target, (*path, "target"), None),  # nobody is in it yet
            )
        )
        if _by_change(one):
            indicators[-1] = replace(indicators[-1], stated_change=None)
            leaks.append(("disclosure-derived", (*path, "stated_change"), TOLD_BY_CHANGE))
    return replace(plan, indicators=tuple(indicators)), leaks


def _by_change(one: PlanIndicator) -> bool:
    """Whether a withheld baseline is what the target is said to be so much above."""
    known = one.stated_change is not None and one.target.value is not None
    return known and one.baseline.value is None and one.baseline.marker == "c"


def _figure(figure: Figure, policy: Disclosure, unit: Unit | None) -> Iterator[tuple[str, str]]:
    top, bottom = figure.counts or (figure.numerator, figure.denominator)
    if top is None and unit is Unit.COUNT:
        top = figure.value
    if top is not None and small(float(top), policy):
        yield "disclosure-small-count", "the count is small"
    elif top is not None and bottom is not None and small(float(bottom - top), policy):
        yield "disclosure-complement", "all but a few are counted"
    elif unit is Unit.PERCENT and figure.value is not None and _by_share(figure, policy):
        yield "disclosure-derived", "the share and the number beside it give a small count away"


def _by_share(figure: Figure, policy: Disclosure) -> bool:
    """Whether a share with its count alone, or with its denominator, tells a small number."""
    value, top, base = figure.value, figure.numerator, figure.denominator
    assert value is not None  # noqa: S101 - only such are asked about
    exponent = value.as_tuple().exponent
    how = Print(half=0.5 * 10.0 ** (exponent if isinstance(exponent, int) else 0))
    told: list[Span] = []
    if base is not None and top is None:
        counts = share_of(float(base), float(value), how)
        told = [counts, (float(base) - counts[1], float(base) - counts[0])] if counts else []
    elif top is not None and base is None:
        bases = base_of(float(top), float(value), how)
        told = [(bases[0] - float(top), bases[1] - float(top))]
    return any(small(low, policy) and small(high, policy) for low, high in told)


def _problem(leak: Leak, place: Place) -> Problem:
    code, path, what = leak
    # A quarter has no marker of its own: with one withheld, the others would give it away.
    fix = "Leave the count out and write “marker: c”."
    fix = next((said for part, said in FIXES.items() if part in path), fix)
    return Problem(
        code=code,
        level=Level.ERROR,
        place=place,
        what=f"Here {what}.",
        why=COMPLEMENT if code == "disclosure-complement" else SMALL,
        fix=fix + HISTORY,
    )
