"""Published figures: the table of an indicator, read into columns by its declared periods.

What a cell says is checked here; what figures say of each other is in `figure_rules`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from databook import observations, periods
from databook.model import Indicator
from databook.observations import Context, Observations
from databook.periods import Period, PeriodError, PeriodType
from databook.problems import Place
from databook.sources import Table
from databook.validate import cells
from databook.validate.cells import also, by_text
from databook.validate.faults import Fault, Rule, did_you_mean, error, listed

NUMBERS = ("value", "numerator", "denominator", "lower", "upper")
NEEDED = ("period", "area", "value")
USUAL = ("period", "area", *NUMBERS, "marker", "note")
_HELPERS = ("line", "code", "step", "decimals")


@dataclass(frozen=True, kw_only=True)
class Figures:
    """A table on its way to be observations: what the rules look at.

    `raw` holds trimmed text under the usual names; `frame` has SCHEMA, the breakdown columns and
    `decimals`, the places that the value was published with.
    """

    table: Table
    indicator: Indicator
    context: Context
    raw: pl.DataFrame = field(repr=False)
    readings: dict[str, tuple[Period, str] | str] = field(repr=False)

    @cached_property
    def breakdowns(self) -> tuple[str, ...]:
        """The breakdown columns that both the YAML and the table have."""
        declared = (b.column for b in self.indicator.breakdowns)
        return tuple(c for c in declared if c in self.raw.columns and c not in USUAL)

    @cached_property
    def frame(self) -> pl.DataFrame:
        """Periods, numbers and markers read; rows in order of area, group and time."""
        read = {t: r for t, r in self.readings.items() if not isinstance(r, str)}
        texts = list(read)
        looked_up = pl.DataFrame(
            {
                "period": texts,
                "code": [read[t][0].code for t in texts],
                "step": [read[t][0].step for t in texts],
                "_provisional": [read[t][1] for t in texts],
            },
            schema={
                "period": pl.String,
                "code": pl.String,
                "step": pl.Int32,
                "_provisional": pl.String,
            },
        )
        decimals = pl.col("value").str.extract(r"\.([0-9]+)$").str.len_chars().fill_null(0)
        marker = _marker_text(self.raw["marker"])
        ordered = self.raw.with_columns(
            *cells.numbers(NUMBERS), decimals.cast(pl.Int32).alias("decimals"), marker
        ).join(looked_up, on="period", how="left", maintain_order="left")
        columns = [*observations.SCHEMA, *self.breakdowns, "decimals"]
        return (
            ordered.with_columns(_with_provisional())
            .select(columns)
            .sort(["area", *self.breakdowns, "step", "line"], nulls_last=True)
        )

    @cached_property
    def everybody(self) -> pl.DataFrame:
        """The rows about everybody, in every area."""
        return self.observations().everybody()

    @cached_property
    def own(self) -> pl.DataFrame:
        """The place's own rows about everybody, in order of time."""
        return self.everybody.filter(pl.col("area") == self.context.settings.place)

    def observations(self) -> Observations:
        """What later stages travel with. Rows that could not be read are left out."""
        totals = {b.column: b.total for b in self.indicator.breakdowns}
        return Observations(
            frame=self.frame.drop("decimals").drop_nulls(["code", "area"]),
            breakdowns=self.breakdowns,
            totals={c: totals[c] for c in self.breakdowns},
        )


def figures(table: Table, indicator: Indicator, context: Context) -> Figures | None:
    """The table under the usual names, or None where a column is missing."""
    raw = cells.tidy(_renamed(table, indicator))
    if any(c not in raw.columns for c in NEEDED):
        return None
    absent = [c for c in USUAL if c not in raw.columns]
    raw = raw.with_columns(pl.lit(None, pl.String).alias(c) for c in absent)
    texts = raw["period"].drop_nulls().unique(maintain_order=True).to_list()
    readings = {t: _reading(t, indicator.periods) for t in texts}
    return Figures(table=table, indicator=indicator, context=context, raw=raw, readings=readings)


def place(table: Table, fault: Fault) -> Place:
    """Where a fault of a figure stands."""
    return cells.place_in(table, fault)


def _renamed(table: Table, indicator: Indicator) -> Table:
    names = {theirs: ours for ours, theirs in (indicator.columns or {}).items()}
    names = {t: o for t, o in names.items() if t in table.frame.columns and t != o}
    # A column of theirs that bears one of our names, but means something else, gives way.
    clash = [o for o in names.values() if o in table.frame.columns and o not in names]
    return Table(
        path=table.path, frame=table.frame.drop(clash).rename(names), columns=table.columns
    )


def _reading(text: str, kind: PeriodType) -> tuple[Period, str] | str:
    bare, marker = periods.split_marker(text)
    try:
        return periods.parse(bare, kind), marker
    except PeriodError as wrong:
        return wrong.expected


def _marker_text(column: pl.Series) -> pl.Expr:
    """Markers without brackets, one space between, known or not."""
    texts = column.drop_nulls().unique().to_list()
    plain = {t: " ".join(dict.fromkeys(observations.markers(t))) for t in texts}
    return pl.col("marker").replace(plain) if plain else pl.col("marker")


def _with_provisional() -> pl.Expr:
    marked = pl.col("_provisional") == "p"
    already = pl.col("marker").fill_null("").str.contains(r"(^| )p( |$)")
    joined = pl.concat_str([pl.col("marker"), pl.lit("p")], separator=" ", ignore_nulls=True)
    return pl.when(marked & ~already).then(joined).otherwise(pl.col("marker")).alias("marker")


# --- what a table must have before its cells can be read ------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A table and the indicator that says how to read it."""

    table: Table
    indicator: Indicator


def columns_present(layout: Layout) -> Iterator[Fault]:
    """Without a period, an area and a value a row says nothing."""
    mapping = layout.indicator.columns or {}
    present = [c for c in layout.table.frame.columns if c != "_line"]
    needed = [*NEEDED, *(b.column for b in layout.indicator.breakdowns)]
    for name in needed:
        theirs = mapping.get(name, name)
        if theirs in present:
            continue
        hint = did_you_mean(theirs, [c for c in present if c not in USUAL])
        yield Fault(
            what=f"The table has no column `{theirs}`.",
            fix=f"{hint}Name the column `{theirs}`, or say under `columns:` in indicator.yaml "
            f"which column holds it. The table has {listed(present)}.",
        )


def columns_known(layout: Layout) -> Iterator[Fault]:
    """A column that databook does not know would not be published, and nobody would notice."""
    if layout.indicator.columns:
        return  # a table of another layout may carry more than we ask of it
    known = [*USUAL, *(b.column for b in layout.indicator.breakdowns)]
    for name in layout.table.frame.columns:
        if name in known or name == "_line":
            continue
        yield Fault(
            what=f"The column `{name}` is neither a usual column nor a declared breakdown.",
            fix=f"{did_you_mean(name, known)}Rename or delete it, or declare it under "
            "`breakdowns:` in indicator.yaml.",
            column=name,
        )


def rows_present(layout: Layout) -> Iterator[Fault]:
    """A table of headings alone looks right and publishes nothing."""
    if layout.table.frame.height == 0:
        yield Fault(
            what="The table has headings but no rows.",
            fix="Add a row for each period and area.",
        )


def cells_trimmed(layout: Layout) -> Iterator[Fault]:
    """A space at the end makes another word of it, and nobody can see why it does not match."""
    yield from cells.untrimmed(
        layout.table, [c for c in layout.table.frame.columns if c not in ("_line", "note")]
    )


LAYOUT_RULES: tuple[Rule[Layout], ...] = (
    error("column-missing", columns_present),
    error("column-unknown", columns_known, "breakdowns", "columns"),
    error("table-empty", rows_present),
    error("cell-space", cells_trimmed),
)


# --- what each cell must say ------------------------------------------------------------------


def period_read(figures: Figures) -> Iterator[Fault]:
    """Periods are read as the declared type and never guessed: 2023-04 is a month or a year."""
    wrong = {t: r for t, r in figures.readings.items() if isinstance(r, str)}
    missing = figures.raw.filter(pl.col("period").is_null())
    if missing.height:
        lines = missing["line"].to_list()
        yield Fault(what=f"`period` is empty{also(lines)}.", fix="Write the period.", line=lines[0])
    if not wrong:
        return
    other = _another_type(list(figures.readings), figures.indicator.periods)
    found = figures.raw.filter(pl.col("period").is_in(list(wrong)))
    for text, lines in by_text(found, "period"):
        yield Fault(
            what=f"`{text}` is not {wrong[text]}{also(lines)}.",
            fix=f"{other}Write {wrong[text]}.",
            line=lines[0],
            column="period",
        )


def _another_type(texts: list[str], declared: PeriodType) -> str:
    """If every period of the table is of one other type, the declaration is the slip."""
    for kind in PeriodType:
        if kind is declared or any(isinstance(_reading(t, kind), str) for t in texts):
            continue
        return f"Did you mean `periods: {kind.value}` in indicator.yaml? "
    return ""


def number_read(figures: Figures) -> Iterator[Fault]:
    """A figure that can be read in two ways may be published wrong."""
    yield from cells.not_numbers(figures.raw, NUMBERS)


def marker_known(figures: Figures) -> Iterator[Fault]:
    """Readers are told why a figure is missing or doubtful in the shorthand of official
    statistics, each sign with one meaning.
    """
    texts = figures.raw["marker"].drop_nulls().unique(maintain_order=True).to_list()
    wrong = {
        t: unknown
        for t in texts
        if (unknown := [m for m in observations.markers(t) if m not in observations.MARKERS])
    }
    if not wrong:
        return
    for text, lines in by_text(figures.raw.filter(pl.col("marker").is_in(list(wrong))), "marker"):
        yield Fault(
            what=f"`{wrong[text][0]}` is not a known marker{also(lines)}.",
            fix=did_you_mean(wrong[text][0], observations.MARKERS)
            + f"Write {listed(observations.MARKERS, 20)}.",
            line=lines[0],
            column="marker",
        )


def area_known(figures: Figures) -> Iterator[Fault]:
    """A figure of an unknown area would be dropped, or credited to nobody."""
    areas = figures.context.area
    missing = figures.raw.filter(pl.col("area").is_null())
    if missing.height:
        lines = missing["line"].to_list()
        yield Fault(what=f"`area` is empty{also(lines)}.", fix="Write its code.", line=lines[0])
    if not areas:
        return
    named = {a.name.casefold(): a.code for a in figures.context.areas}
    for text, lines in by_text(figures.raw.filter(~pl.col("area").is_in(list(areas))), "area"):
        code = named.get(text.casefold())
        hint = f"Write its code, `{code}`. " if code else did_you_mean(text, areas)
        yield Fault(
            what=f"`{text}` is not the code of an area of this book{also(lines)}.",
            fix=f"{hint}Known areas are in scorecards/areas; add it there if it is new.",
            line=lines[0],
            column="area",
        )


def group_known(figures: Figures) -> Iterator[Fault]:
    """A misspelt group would make a group of its own, and the real one would lack its figure."""
    for breakdown in figures.indicator.breakdowns:
        column = breakdown.column
        if column not in figures.breakdowns:
            continue
        known = [breakdown.total, *breakdown.groups]
        odd = figures.raw.filter(~pl.col(column).is_in(known) | pl.col(column).is_null())
        for text, lines in by_text(odd, column):
            said = f"`{text}` is not a declared group" if text else "There is no group"
            yield Fault(
                what=f"{said} of `{column}`{also(lines)}.",
                fix=f"{did_you_mean(text, known)}Write {listed(known, 20)}, or declare it under "
                "`groups:` in indicator.yaml.",
                line=lines[0],
                column=column,
            )


CELL_RULES: tuple[Rule[Figures], ...] = (
    error("period-unreadable", period_read, "periods"),
    error("number-unreadable", number_read),
    error("marker-unknown", marker_known),
    error("area-unknown", area_known),
    error("group-unknown", group_known, "breakdowns"),
)
