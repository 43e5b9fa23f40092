"""The order in which a book, and then each indicator, is checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

import polars as pl

from databook import observations
from databook.model import Framework, Indicator, Settings, Standing
from databook.observations import Card, Context, Observations
from databook.problems import Checked, Place, Problem, in_order
from databook.sources import Document, Folder, Sources, Table
from databook.validate import (
    acknowledging,
    cell_rules,
    cells,
    framework_rules,
    indicator_rules,
    language,
    layout_rules,
    links,
    mixup_rules,
    places,
    plausible_rules,
    row_rules,
    rows,
    series_rules,
    settings_rules,
    time_rules,
    unwritten,
    vintages,
)
from databook.validate import figures as figure_reading
from databook.validate.faults import ANY, Fault, Rule, Unread, doubted, error, run
from databook.validate.figures import Figures
from databook.validate.shape import Shaped, shape
from databook.validate.subject import Subject

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class InFolder:
    """An indicator and the folder it was read from."""

    folder: Folder
    indicator: Indicator


def figures_there(whole: InFolder) -> Iterator[Fault]:
    """An indicator is a figure; one that waits for its data belongs to the development agenda."""
    package, files = whole.folder.package, whole.folder.files
    if whole.indicator.standing is Standing.DEVELOPMENT or not files:
        return
    if package is None:
        if not any(name.startswith(("datapackage.", "data.")) for name in files):
            yield Fault(
                what="This indicator has no figures.",
                fix="Add data.csv and datapackage.yaml, or write “standing: development”.",
                path=("standing",),
            )
    elif len(package.tables) > 1 and cells.table_of(package, "data") is None:
        yield Fault(
            what="None of the data files of this indicator is called “data”.",
            fix="Name the one with the figures “data” in datapackage.yaml.",
            path=("standing",),
        )


# What other files ask of a framework's outcomes: their names, and whether they wait for data.
OUTCOMES = ("outcomes/slug", "outcomes/development")
FOLDER_RULES: tuple[Rule[InFolder], ...] = (error("figures-missing", figures_there, "standing"),)


def context(sources: Sources) -> Checked[Context]:
    """The book around the indicators. None only where nobody can say what book it is."""
    found = places.places(sources.areas)
    frameworks = {
        slug: (document, shape(document, Framework, slug))
        for slug, document in sources.frameworks.items()
    }
    problems = [*found.problems, *(p for _, f in frameworks.values() for p in f.problems)]
    settings = shape(sources.settings, Settings) if sources.settings is not None else None
    # Settings that cannot be read have been told of; the rest of the book is checked all the same.
    settings = settings or shape(Document(path="", data={}, keys={}, values={}), Settings)
    if settings.value is None:
        return Checked(value=None, problems=in_order((*problems, *settings.problems)))
    unsure = settings.unread.fields if sources.settings else {f.name for f in fields(Settings)}
    whole = Context(
        doubtful=frozenset(f"settings.{name}" for name in unsure),
        settings=settings.value,
        areas=found.areas,
        neighbours=found.neighbours,
        frameworks=_in_order(frameworks, settings.value.main_frameworks),
        unread=sources.unread
        | {
            slug
            for slug, (_, f) in frameworks.items()
            if not f.value or doubted(OUTCOMES, f.unread.fields)
        },
    )
    if sources.settings is not None:
        problems += settings.problems
        problems += _on(settings_rules.RULES, whole, sources.settings, settings.unread)
    for document, framework in frameworks.values():
        if framework.value is not None:
            subject = framework_rules.InBook(framework=framework.value, context=whole)
            problems += _on(framework_rules.RULES, subject, document, framework.unread)
            problems += _on(language.RULES, framework.value, document, framework.unread)
    return Checked(value=whole, problems=in_order(problems))


def _in_order(
    frameworks: Mapping[str, tuple[Document, Shaped[Framework]]], first: tuple[str, ...]
) -> tuple[Framework, ...]:
    """Those that the settings name, as they name them; then the others by name."""
    names = [*(n for n in first if n in frameworks), *(n for n in frameworks if n not in first)]
    return tuple(f for n in dict.fromkeys(names) if (f := frameworks[n][1].value) is not None)


def card(
    folder: Folder, context: Context, read: Sequence[Problem] = ()
) -> Checked[Card[Indicator]]:
    """One indicator with its figures. None where no figures could be read.

    `read`: what reading the folder has told, which may be acknowledged like all the rest.
    """
    if folder.document is None:
        return Checked(value=None, problems=in_order(read))
    shaped = shape(folder.document, Indicator, folder.slug)
    if shaped.value is None:
        return Checked(value=None, problems=in_order((*read, *shaped.problems)))
    indicator, problems = shaped.value, [*read, *shaped.problems]
    problems += unwritten.unwritten(folder.document)
    problems += _on(FOLDER_RULES, InFolder(folder, indicator), folder.document, shaped.unread)
    table = cells.table_of(folder.package, "data")
    figures, doubtful = None, shaped.unread.fields | context.doubtful
    if folder.package is not None and table is not None and "periods" not in doubtful:
        figures, doubtful, faults = _figures(folder, table, shaped, context)
        problems += faults
        # Not one period could be read: the declaration is the mistake, and told once.
        doubtful |= frozenset({"periods"}) if figures and not figures.known_periods else frozenset()
    made = vintages.Read()
    if figures is not None and "periods" not in doubtful:
        made = vintages.vintages(folder.forecasts, figures)
        problems += made.problems
    subject = Subject(
        indicator=indicator,
        context=context,
        figures=figures,
        # A story that cannot be read has been told of, and is there.
        story=folder.story.text.strip() != "" if folder.story else "story.md" in folder.files,
        # A forecast that cannot be read has been told of, and is there.
        frozen=any(not vintage.area for vintage in made.vintages)
        or bool(made.problems)
        or (folder.forecasts is None and "forecasts.csv" in folder.files),
        vintages=made.vintages,
        words=folder.story.text if folder.story else "",
    )
    if folder.story is not None:
        told = links.Text(narrative=folder.story, others={})
        problems += run(links.STORY_RULES, told, links.placed(folder.story))
    every: tuple[Rule[Any], ...] = (
        *indicator_rules.RULES,
        *time_rules.RULES,
        *language.INDICATOR_RULES,
    )
    problems += _on(every, subject, folder.document, replace(shaped.unread, fields=doubtful))
    problems += language.story(folder.story) if folder.story else ()
    if figures is None and indicator.standing.value != "development":
        return Checked(value=None, problems=_settled(folder, problems, context))
    whole = Card(
        indicator=indicator,
        observations=figures.observations() if figures else _no_figures(),
        vintages=made.vintages,
        story_html=folder.story.html if folder.story else "",
    )
    return Checked(value=whole, problems=_settled(folder, problems, context))


def _settled(folder: Folder, problems: Sequence[Problem], context: Context) -> tuple[Problem, ...]:
    """All problems of a folder, the acknowledged ones with their reason.

    While settings are in doubt some rules are not asked, and nobody knows what they would find.
    """
    assert folder.document is not None  # noqa: S101 - the caller has asked
    beside = folder.document.path.rpartition("/")[0]
    found = acknowledging.settled(problems, folder.document, [f"{beside}/"])
    return in_order(p for p in found if not context.doubtful or p.code != acknowledging.CODE)


def _figures(
    folder: Folder, table: Table, shaped: Shaped[Indicator], context: Context
) -> tuple[Figures | None, frozenset[str], list[Problem]]:
    indicator, doubtful = shaped.value, shaped.unread.fields | context.doubtful
    package = folder.package
    assert indicator is not None and package is not None  # noqa: PT018, S101 - the caller has asked

    def place(fault: Fault) -> Place:
        if fault.path and folder.document is not None:
            return folder.document.place(fault.path, key=fault.key, word=fault.word)
        return cells.place_in(table, fault)

    def cell(fault: Fault) -> Place:
        return place(fault) if fault.path else cells.place_in(table, fault, indicator.columns)

    described = figure_reading.described(package, table)
    layout = layout_rules.Layout(
        table=table,
        indicator=indicator,
        described=None if described is None else frozenset(described),
        grouped=not doubted(figure_reading.GROUPS, doubtful),
    )
    problems = list(run(layout_rules.LAYOUT_RULES, layout, place, Unread(fields=doubtful)))
    if layout.absent():
        doubtful |= {
            f"breakdowns/{ANY}"
        }  # whether rows repeat each other cannot be said without them
    there = list(table.columns)
    if described is not None and sorted(described) == sorted(there) and list(described) != there:
        # The columns change places between file and description, which load has told: nobody
        # knows which cells stand under the right heading.
        return None, doubtful, problems
    figures = figure_reading.figures(package, table, indicator, context)
    if figures is None:
        return None, doubtful, problems
    unsure = Unread(fields=doubtful)
    problems += run(cell_rules.CELL_RULES, figures, cell, unsure)
    problems += rows.run(row_rules.RULES, figures, doubtful)
    problems += run(series_rules.RULES, figures, cell, unsure)
    problems += run(plausible_rules.RULES, figures, cell, unsure)
    problems += run(mixup_rules.RULES, figures, cell, unsure)
    return figures, doubtful, problems


def _no_figures() -> Observations:
    """No figures yet: an indicator of the data development agenda."""
    frame = pl.DataFrame(schema=dict(observations.SCHEMA))
    return Observations(frame=frame)


def _on(
    rules: Sequence[Rule[S]], subject: S, document: Document, unread: Unread
) -> Iterator[Problem]:
    """Run rules whose faults stand in a document."""

    def place(fault: Fault) -> Place:
        return document.place(fault.path, key=fault.key, word=fault.word)

    return run(rules, subject, place, unread)


def figures_of(folder: Folder) -> Table | None:
    """The table that an indicator's figures are read from."""
    return cells.table_of(folder.package, "data")


def claims(folder: Folder | None) -> frozenset[str] | None:
    """Outcomes that an indicator names, whatever else is wrong with it; None: nobody knows."""
    data = folder.document.data if folder is not None and folder.document is not None else None
    named = data.get("outcomes") if isinstance(data, dict) else None
    if not isinstance(named, list) or not all(isinstance(name, str) for name in named):
        return None
    return frozenset(str(name) for name in named)
