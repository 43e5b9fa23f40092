"""The order in which a book, and then each indicator, is checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import polars as pl

from databook import observations
from databook.model import Framework, Indicator, Settings
from databook.observations import Card, Context, Observations
from databook.problems import Checked, Level, Place, Problem, in_order
from databook.sources import Document, Folder, Package, Sources, Table
from databook.validate import (
    book_rules,
    cell_rules,
    cells,
    language,
    links,
    misfits,
    places,
    row_rules,
    rules,
    series_rules,
    time_rules,
    vintage_rules,
    vintages,
)
from databook.validate import figures as figure_reading
from databook.validate.faults import Check, Fault, Rule, run
from databook.validate.figures import Figures
from databook.validate.shape import Shaped, shape
from databook.validate.subject import Subject

S = TypeVar("S")


def context(sources: Sources) -> Checked[Context]:
    """The book around the indicators. None only where nobody can say what book it is."""
    found = places.places(sources.areas)
    frameworks = {
        slug: (document, shape(document, Framework, slug))
        for slug, document in sources.frameworks.items()
    }
    problems = [*found.problems, *(p for _, f in frameworks.values() for p in f.problems)]
    settings = shape(sources.settings, Settings) if sources.settings is not None else None
    if sources.settings is None or settings is None or settings.value is None:
        problems += settings.problems if settings is not None else ()
        return Checked(value=None, problems=in_order(problems))
    whole = Context(
        settings=settings.value,
        areas=found.areas,
        neighbours=found.neighbours,
        frameworks=_in_order(frameworks, settings.value.main_frameworks),
    )
    problems += settings.problems
    problems += _on(book_rules.SETTINGS_RULES, whole, sources.settings, settings.doubtful)
    for document, framework in frameworks.values():
        if framework.value is not None:
            subject = book_rules.InBook(framework=framework.value, context=whole)
            problems += _on(book_rules.FRAMEWORK_RULES, subject, document, framework.doubtful)
            problems += _on(language.RULES, framework.value, document, framework.doubtful)
    return Checked(value=whole, problems=in_order(problems))


def _in_order(
    frameworks: Mapping[str, tuple[Document, Shaped[Framework]]], first: tuple[str, ...]
) -> tuple[Framework, ...]:
    """Those that the settings name, as they name them; then the others by name."""
    names = [*(n for n in first if n in frameworks), *(n for n in frameworks if n not in first)]
    return tuple(f for n in dict.fromkeys(names) if (f := frameworks[n][1].value) is not None)


def card(folder: Folder, context: Context) -> Checked[Card[Indicator]]:
    """One indicator with its figures. None where no figures could be read."""
    if folder.document is None:
        return Checked(value=None)
    shaped = shape(folder.document, Indicator, folder.slug)
    if shaped.value is None:
        return Checked(value=None, problems=in_order(shaped.problems))
    indicator, problems = shaped.value, list(shaped.problems)
    table = cells.table_of(folder.package, "data")
    figures, doubtful = None, shaped.doubtful
    if folder.package is not None and table is not None and "periods" not in doubtful:
        figures, faults = _figures(folder.package, table, shaped, context)
        problems += faults
        # Not one period could be read: the declaration is the mistake, and told once.
        doubtful |= frozenset({"periods"}) if figures and not figures.known_periods else frozenset()
    made = vintages.Read()
    if figures is not None and "periods" not in doubtful:
        made = vintages.vintages(folder.forecasts, figures)
        problems += made.problems
    subject = Subject(
        indicator=indicator, context=context, figures=figures, story=folder.story is not None
    )
    every: tuple[Rule[Any], ...] = (*rules.RULES, *time_rules.RULES)
    problems += _on(every, subject, folder.document, doubtful)
    if figures is None and indicator.standing.value != "development":
        return Checked(value=None, problems=in_order(problems))
    whole = Card(
        indicator=indicator,
        observations=figures.observations() if figures else _no_figures(),
        vintages=made.vintages,
        story_html=folder.story.html if folder.story else "",
    )
    return Checked(value=whole, problems=in_order(problems))


def _figures(
    package: Package, table: Table, shaped: Shaped[Indicator], context: Context
) -> tuple[Figures | None, list[Problem]]:
    indicator, doubtful = shaped.value, shaped.doubtful
    assert indicator is not None  # noqa: S101 - the caller has asked

    def place(fault: Fault) -> Place:
        return cells.place_in(table, fault)

    layout = cell_rules.Layout(table=table, indicator=indicator)
    problems = list(run(cell_rules.LAYOUT_RULES, layout, place, doubtful))
    figures = figure_reading.figures(package, table, indicator, context)
    if figures is None:
        return None, problems
    problems += run(cell_rules.CELL_RULES, figures, place, doubtful)
    problems += row_rules.run_rows(figures, doubtful)
    problems += run(series_rules.RULES, figures, place, doubtful)
    return figures, problems


def _no_figures() -> Observations:
    """No figures yet: an indicator of the data development agenda."""
    frame = pl.DataFrame(schema=dict(observations.SCHEMA))
    return Observations(frame=frame)


def _on(
    rules: Sequence[Rule[S]], subject: S, document: Document, doubtful: frozenset[str]
) -> Iterator[Problem]:
    """Run rules whose faults stand in a document."""
    return run(rules, subject, lambda f: document.place(f.path, key=f.key), doubtful)


def checks() -> tuple[Check, ...]:
    """Every rule with its code and reason: the public list of checks."""
    listed: tuple[Rule[Any] | row_rules.RowRule, ...] = (
        *book_rules.SETTINGS_RULES,
        *book_rules.FRAMEWORK_RULES,
        *language.RULES,
        *book_rules.WHOLE_RULES,
        *places.AREA_RULES,
        *places.NEIGHBOUR_RULES,
        *rules.RULES,
        *time_rules.RULES,
        *cell_rules.LAYOUT_RULES,
        *cell_rules.CELL_RULES,
        *row_rules.ROW_RULES,
        *series_rules.RULES,
        *vintage_rules.RULES,
        *links.RULES,
    )
    shapes = (Check(code=c, level=Level.ERROR, why=w) for c, w in misfits.WHY.items())
    return (*shapes, *(Check(code=r.code, level=r.level, why=r.why) for r in listed))
