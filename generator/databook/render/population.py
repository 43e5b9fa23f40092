"""The page of an agreement's population tables: point to point beside the gap."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from databook import words
from databook.agreements import Agreement
from databook.charts import Chart
from databook.model import Better, Unit
from databook.pages import Page, SearchRecord
from databook.populations import PopulationTable
from databook.reckonings import AgreementFinding, PopulationGap
from databook.render.entries import Entry
from databook.render.templates import fill


def page(
    agreement: Agreement,
    finding: AgreementFinding,
    pictures: Mapping[str, Chart],
    titles: Mapping[str, Entry],
    section: str,
) -> Page:
    """All tables of one agreement."""
    tables = [
        _table(table, gap, pictures.get(f"{agreement.slug}/{table.slug}"), titles)
        for table, gap in zip(agreement.population, finding.population, strict=True)
    ]
    sentences = " ".join(t["sentence"] for t in tables)
    title = f"{agreement.place}: the population figures behind the agreement"
    return Page(
        path=f"agreements/{agreement.slug}/population/",
        title=title,
        description=sentences[:300],
        content=fill("population.html.j2", agreement=agreement, tables=tables, title=title),
        section=section,
        search=SearchRecord(
            title=title,
            text=" ".join(f"{t.title} {words.listed([x.name for x in t.lines])}" for t in
                          agreement.population),
            synonyms=agreement.synonyms,
            summary=sentences,
            filters={"kind": ("Agreement",)},
        ),
        edit=f"scorecards/agreements/{agreement.slug}.yaml",
    )  # fmt: skip


def sentence(table: PopulationTable, gap: PopulationGap) -> str:
    """Point to point and the gap in one sentence, and whether they tell opposite stories."""
    first, last = gap.periods[0].short, gap.periods[-1].short
    own = f"From {first} to {last}, the figure for {_named(table.about)} went " + _moved(
        gap.change, table
    )
    between = f"{_named(table.gap[0])} and {_named(table.gap[1])}"
    sizes = f"{size(gap.gaps[0], table)} to {size(gap.gaps[-1], table)}"
    gapped = f"the gap between {between} went from {sizes}"
    if gap.opposite:
        word = "better" if gap.improved else "worse"
        wide = "wider" if gap.widened else "narrower"
        return (
            f"{own}, which is {word}; but {gapped}, which is {wide}. Point to point and the gap "
            "tell opposite stories, and both are true."
        )
    return f"{own}, and {gapped}."


def fallen(table: PopulationTable, gap: PopulationGap) -> str:
    """Whether the gap narrowed in the last step because those ahead got worse."""
    if abs(gap.gaps[-1]) >= abs(gap.gaps[-2]):
        return ""
    lines = {line.name: line.values for line in table.lines}
    best = max if table.better is Better.HIGHER else min
    ahead = best(table.gap, key=lambda name: lines[name][-2])
    if ahead not in gap.fell:
        return ""
    before, after = lines[ahead][-2:]
    return (
        f"From {gap.periods[-2].short} to {gap.periods[-1].short} the gap narrowed from "
        f"{size(gap.gaps[-2], table)} to {size(gap.gaps[-1], table)} partly because the figure "
        f"for {_named(ahead)} went from {before} to {after}: a gap can close at the expense of "
        "those ahead."
    )


def size(difference: Decimal, table: PopulationTable) -> str:
    """How large a difference is, in the table's unit and the precision it was printed with."""
    text = f"{abs(difference):f}"
    if table.unit is Unit.PERCENT:
        return f"{text} percentage point{'' if abs(difference) == 1 else 's'}"
    return text


def _moved(change: Decimal, table: PopulationTable) -> str:
    if not change:
        return "neither up nor down"
    return f"{'up' if change > 0 else 'down'} by {size(change, table)}"


def _named(name: str) -> str:
    """A line as the table names it, which need not be a place: “National”, “other areas”."""
    return f"“{name}”"


def _signed(number: Decimal) -> str:
    if not number:
        return f"{number:f}"
    return f"+{number:f}" if number > 0 else f"{words.MINUS}{abs(number):f}"


def _table(
    table: PopulationTable, gap: PopulationGap, chart: Chart | None, titles: Mapping[str, Entry]
) -> dict[str, Any]:
    suffix = "%" if table.unit is Unit.PERCENT else ""
    changes = {line.name: line.values[-1] - line.values[0] for line in table.lines}
    return {
        "table": table,
        "chart": chart,
        "sentence": sentence(table, gap),
        "fallen": fallen(table, gap),
        "opposite": gap.opposite,
        "periods": [p.short for p in gap.periods],
        "rows": [
            {
                "name": line.name,
                "cells": [f"{value:f}{suffix}" for value in line.values],
                "change": _signed(changes[line.name]),
            }
            for line in table.lines
        ],
        "gap_name": f"Gap: {table.gap[0]} less {table.gap[1]}",
        "gaps": [_signed(g) for g in gap.gaps],
        "gap_change": _width(gap.gap_change),
        "link": titles.get(table.indicator),
    }


def _width(change: Decimal) -> str:
    if not change:
        return "no wider, no narrower"
    return f"{abs(change):f} {'wider' if change > 0 else 'narrower'}"
