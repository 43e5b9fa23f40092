"""The figures of a programme: one table for all its measures, told apart by a column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from databook.model import Standing
from databook.observations import Card, Context
from databook.problems import Level, Place, Problem
from databook.programmes import Measure, Programme
from databook.sources import Document, Folder, Package, Table
from databook.validate import (
    acknowledging,
    cell_rules,
    cells,
    layout_rules,
    row_rules,
    rows,
    series_rules,
    time_rules,
    vintages,
)
from databook.validate import figures as figure_reading
from databook.validate.acknowledging import Acknowledged
from databook.validate.faults import (
    NOTHING,
    Fault,
    Unread,
    did_you_mean,
    doubted,
    listed,
    problem,
    run,
)
from databook.validate.figures import Figures
from databook.validate.subject import Subject

COLUMN = "measure"
# What may be said of a measure's figures.
CODES = frozenset(
    rule.code
    for rules in (
        layout_rules.LAYOUT_RULES, cell_rules.CELL_RULES, row_rules.RULES, series_rules.RULES,
        time_rules.RULES,
    )
    for rule in rules
)  # fmt: skip
_AGENDA = "The data development agenda is the list of what nobody publishes figures for yet."
_WHY = "A figure belongs to one measure of the programme, and a page shows it there."


def figured(
    folder: Folder, programme: Programme, context: Context, lost: Unread = NOTHING
) -> tuple[dict[str, Card[Measure]], list[Problem]]:
    """The measures that have figures, by "programme/measure", and what is wrong with them.

    `lost`: what of the programme could not be read.
    """
    if folder.document is None:
        return {}, []
    known = acknowledging.acknowledged(folder.document)
    cards, problems = _figured(folder, folder.document, programme, context, known, lost)
    if not lost.places:
        problems += known.unused(lambda code: code in CODES)
    return cards, problems


def _figured(
    folder: Folder,
    document: Document,
    programme: Programme,
    context: Context,
    known: Acknowledged,
    lost: Unread,
) -> tuple[dict[str, Card[Measure]], list[Problem]]:
    table = cells.table_of(folder.package, "data")
    if folder.package is None or table is None:
        return {}, list(_standing(document, None, programme))
    if COLUMN not in table.frame.columns:
        return {}, [_no_column(table, programme)]
    place = context.settings.place
    if "area" not in table.frame.columns and context.area and place not in context.area:
        return {}, []  # about a place that nobody knows, which is told in databook.yaml
    if doubted(("measures/slug",), lost.fields):
        return {}, []  # the name of one of them is unread: rows may be of that one
    problems = [*_unknown(table, programme), *_standing(document, table, programme)]
    if (frozen := folder.forecasts) is not None:
        problems += [*_unknown(frozen, programme), *_forecast_alone(frozen, table, programme)]
    found = {}
    for number, measure in enumerate(programme.measures):
        rows = table.frame.filter(pl.col(COLUMN).str.strip_chars() == measure.slug)
        if not rows.height:
            continue
        own = _own_table(table, rows, context)
        unsure = lost.of(("measures", number))
        card, faults = _card(folder.package, own, measure, context, unsure)
        if card is not None:
            faults += _dated(card[1], measure, number, document, context, unsure)
            made = _forecasts(folder.forecasts, measure, card[1])
            card, faults = (
                (replace(card[0], vintages=made.vintages), card[1]),
                [*faults, *made.problems],
            )
        problems += _known(faults, known, number)
        if card is not None:
            found[f"{programme.slug}/{measure.slug}"] = card[0]
    return found, [_in_programme(p) for p in problems]


def _known(problems: Sequence[Problem], known: Acknowledged, number: int) -> Iterator[Problem]:
    """Problems of one measure's figures, warnings with the reason that the programme gives."""
    for one in problems:
        reason = ""
        if one.level is Level.WARNING:
            reason = known.covers(one.code, ("measures", number), one.what)
        yield replace(one, acknowledged=reason) if reason else one


def _own_table(table: Table, rows: pl.DataFrame, context: Context) -> Table:
    """One measure's rows. Without an area they are about the book's own place."""
    rows = rows.drop(COLUMN)
    if "area" not in rows.columns:
        rows = rows.with_columns(pl.lit(context.settings.place).alias("area"))
    return replace(table, frame=rows)


def _card(
    package: Package, table: Table, measure: Measure, context: Context, lost: Unread
) -> tuple[tuple[Card[Measure], Figures] | None, list[Problem]]:
    def place(fault: Fault) -> Place:
        return cells.place_in(table, fault)

    lost = Unread(fields=lost.fields | context.doubtful)
    grouped = not doubted(figure_reading.GROUPS, lost.fields)
    layout = layout_rules.Layout(table=table, indicator=measure, grouped=grouped)
    problems = list(run(layout_rules.LAYOUT_RULES, layout, place, lost))
    figures = figure_reading.figures(package, table, measure, context)
    if figures is None:
        return None, problems
    problems += run(cell_rules.CELL_RULES, figures, place, lost)
    problems += rows.run(row_rules.RULES, figures, lost.fields)
    problems += run(series_rules.RULES, figures, place, lost)
    card = Card(indicator=measure, observations=figures.observations())
    return (card, figures), problems


def _dated(
    figures: Figures,
    measure: Measure,
    number: int,
    document: Document,
    context: Context,
    lost: Unread,
) -> Iterator[Problem]:
    """Targets and breaks beside the figures; faults stand under the measure in programme.yaml."""
    subject: Subject[Any] = Subject(
        indicator=measure, context=context, figures=figures, story=False
    )
    return run(
        time_rules.RULES,
        subject,
        lambda f: document.place(("measures", number, *f.path), key=f.key, word=f.word),
        lost,
    )


def _unknown(table: Table, programme: Programme) -> Iterator[Problem]:
    known = [m.slug for m in programme.measures]
    odd = table.frame.filter(~pl.col(COLUMN).str.strip_chars().is_in(known))
    for text, lines in cells.by_text(odd, COLUMN, "_line"):
        yield problem(
            "measure-unknown",
            Level.ERROR,
            table.place(lines[0], COLUMN),
            f"The programme has no measure “{text}”{cells.also(lines)}.",
            _WHY,
            f"{did_you_mean(text, known)}Write {listed(known, 20)}.",
        )


def _standing(document: Document, table: Table | None, programme: Programme) -> Iterator[Problem]:
    """A measure is on the data development agenda exactly while it has no figures."""
    has: set[str] = set()
    if table is not None:
        has = {str(text).strip() for text in table.frame[COLUMN].drop_nulls()}
    for number, measure in enumerate(programme.measures):
        place = document.place(("measures", number, "standing"))
        agenda = measure.standing is Standing.DEVELOPMENT
        if not agenda and measure.slug not in has:
            yield problem(
                "measure-without-figures",
                Level.ERROR,
                place,
                f"“{measure.short}” is {measure.standing.value}, but data.csv has no row of it.",
                _AGENDA,
                "Add its figures, or write “standing: development”.",
            )
        elif agenda and measure.slug in has:
            yield problem(
                "measure-on-agenda",
                Level.ERROR,
                place,
                f"“{measure.short}” has figures, but stands on the data development agenda.",
                _AGENDA,
                "Write “standing: secondary” or “standing: headline”.",
            )


def _forecasts(table: Table | None, measure: Measure, figures: Figures) -> vintages.Read:
    """Frozen forecasts of one measure; those of all measures stand in one file."""
    if table is None or COLUMN not in table.frame.columns:
        return vintages.Read()
    rows = table.frame.filter(pl.col(COLUMN).str.strip_chars() == measure.slug)
    return vintages.vintages(replace(table, frame=rows.drop(COLUMN)), figures)


def _forecast_alone(frozen: Table, table: Table, programme: Programme) -> Iterator[Problem]:
    """A forecast starts from a figure of its measure."""
    has = {str(text).strip() for text in table.frame[COLUMN].drop_nulls()}
    bare = [m.slug for m in programme.measures if m.slug not in has]
    rows = frozen.frame.filter(pl.col(COLUMN).str.strip_chars().is_in(bare))
    for text, lines in cells.by_text(rows, COLUMN, "_line"):
        yield problem(
            "measure-forecast-alone",
            Level.ERROR,
            frozen.place(lines[0], COLUMN),
            f"“{text}” is forecast here, but data.csv has no row of it{cells.also(lines)}.",
            "A forecast starts from a published figure, and later figures are judged against it.",
            "Add the measure's figures to data.csv, or delete its forecast.",
        )


def _no_column(table: Table, programme: Programme) -> Problem:
    return problem(
        "measure-column-missing",
        Level.ERROR,
        Place(path=table.path),
        f"The table has no column “{COLUMN}”.",
        _WHY,
        f"Add a column “{COLUMN}” that holds {listed([m.slug for m in programme.measures], 6)}.",
    )


def _in_programme(found: Problem) -> Problem:
    """Rules shared with indicators speak of indicator.yaml; here the file is programme.yaml."""
    return replace(found, fix=found.fix.replace("indicator.yaml", "programme.yaml"))
