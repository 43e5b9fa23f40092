"""What an agreement's pathway and its background figures must mean."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from databook.agreements import Agreement
from databook.periods import PeriodError, parse
from databook.sources import Path
from databook.validate.faults import Fault, Rule, did_you_mean, error, listed, warning
from databook.validate.papers import InPerformance


def pathway_complete(subject: InPerformance) -> Iterator[Fault]:
    """A row with a count too few or too many sets counts beside the wrong stage."""
    pathway = subject.paper.pathway
    for number, row in enumerate(pathway.rows if pathway else ()):
        if len(row.cells) != len(pathway.stages):
            yield Fault(
                what=f"“{row.title}” has {len(row.cells)} cells for {len(pathway.stages)} stages.",
                fix="Give one cell for each stage, with a marker where there is no count.",
                path=("pathway", "rows", number, "cells"),
            )
        for at, cell in enumerate(row.cells):
            if (cell.count is None) == (cell.marker in ("", "p", "r", "e")):
                yield Fault(
                    what="A cell has a count, or a marker that says why there is none.",
                    fix="Write {count: 12}, or {marker: x} where it is not available.",
                    path=("pathway", "rows", number, "cells", at),
                )


def pathway_narrows(subject: InPerformance) -> Iterator[Fault]:
    """Of those counted at one stage no more than all can be counted at the next.

    Where the next stage counts something else, such as sessions of children, there is no “all”.
    """
    pathway = subject.paper.pathway
    for number, row in enumerate(pathway.rows if pathway else ()):
        stages = zip(pathway.stages, row.cells, strict=False)
        for at, ((earlier, before), (stage, cell)) in enumerate(pairwise(stages), start=1):
            if not stage.subset or earlier.counts != stage.counts:
                continue
            if before.count is None or cell.count is None:
                continue
            if cell.count > before.count:
                yield Fault(
                    what=f"{cell.count} are counted at “{stage.title}”, but only {before.count} "
                    "at the stage before.",
                    fix="Correct one of the two; or write “subset: false” at the stage, if people "
                    "may join there.",
                    path=("pathway", "rows", number, "cells", at),
                )


def pathway_one_unit(subject: InPerformance) -> Iterator[Fault]:
    """A share of contacts among women, or of women among contacts, has no meaning."""
    pathway = subject.paper.pathway
    stages = pathway.stages if pathway else ()
    for number, (before, after) in enumerate(pairwise(stages), start=1):
        if before.counts.casefold() != after.counts.casefold():
            yield Fault(
                what=f"The unit changes from {before.counts} to {after.counts} at this stage.",
                fix="Count the same thing at each stage, or acknowledge it with the reason.",
                path=("pathway", "stages", number, "counts"),
            )


def pathway_subset(subject: InPerformance) -> Iterator[Fault]:
    """Where people may join half way, the share of the stage before is not a share of anybody."""
    pathway = subject.paper.pathway
    for number, stage in enumerate(pathway.stages if pathway else ()):
        if number and not stage.subset:
            yield Fault(
                what=f"The {stage.counts} of this stage need not have been counted at the stage "
                "before.",
                fix="Count those who came through the stage before, or acknowledge it.",
                path=("pathway", "stages", number, "subset"),
            )


def population_sound(subject: InPerformance) -> Iterator[Fault]:
    """A gap is told between two lines that stand in the table, period by period."""
    agreement: Agreement = subject.paper
    for number, table in enumerate(agreement.population):
        path: Path = ("population", number)
        names = [line.name for line in table.lines]
        for at, code in enumerate(table.codes):
            try:
                parse(code, table.periods)
            except PeriodError as wrong:
                what = f"“{code}” is not {wrong.expected}."
                yield Fault(what=what, fix="Correct it.", path=(*path, "codes", at))
        for at, line in enumerate(table.lines):
            if len(line.values) != len(table.codes):
                yield Fault(
                    what=f"“{line.name}” has {len(line.values)} figures for "
                    f"{len(table.codes)} periods.",
                    fix="Give one figure for each period.",
                    path=(*path, "lines", at, "values"),
                )
        for field, name in (("gap", table.gap[0]), ("gap", table.gap[1]), ("about", table.about)):
            if name not in names:
                yield Fault(
                    what=f"There is no line “{name}”.",
                    fix=f"{did_you_mean(name, names)}Write {listed(names)}.",
                    path=(*path, field),
                )


RULES: tuple[Rule[InPerformance], ...] = (
    error("pathway-row", pathway_complete),
    error("pathway-widens", pathway_narrows),
    error("population-unsound", population_sound),
    warning("pathway-unit-changes", pathway_one_unit),
    warning("pathway-not-subset", pathway_subset),
)
