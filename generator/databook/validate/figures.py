"""Published figures: the table of an indicator, read into columns by its declared periods.

Reading only: what is wrong is for `cell_rules`, `row_rules` and `series_rules` to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from databook import observations, periods
from databook.model import Measurable
from databook.observations import Context, Observations
from databook.periods import Period, PeriodError, PeriodType
from databook.sources import Package, Table
from databook.validate import cells

NUMBERS = ("value", "numerator", "denominator", "lower", "upper")
NEEDED = ("period", "area", "value")
USUAL = ("period", "area", *NUMBERS, "marker", "note")
# Names that columns in `frame` have from us; no breakdown may take one.
RESERVED = (*USUAL, "line", "code", "step", "decimals")


@dataclass(frozen=True, kw_only=True)
class Figures:
    """A table on its way to be observations: what the rules look at.

    `typed` are the columns that the data package declares to be numbers, and `keyed` says that it
    has a primary key: what these promise, load has judged already and is not told twice.
    `raw` holds trimmed text under the usual names; `frame` has SCHEMA, the breakdown columns and
    `decimals`, the places that the value was published with (null where its cell is empty).
    """

    table: Table
    indicator: Measurable
    context: Context
    raw: pl.DataFrame = field(repr=False)
    readings: dict[str, tuple[Period, str] | str] = field(repr=False)
    notes: tuple[tuple[int, str], ...] = ()  # rows left out because they hold no figure
    typed: frozenset[str] = frozenset()
    keyed: bool = False

    @cached_property
    def breakdowns(self) -> tuple[str, ...]:
        """The breakdown columns that both the YAML and the table have."""
        # Once each: a column that is declared twice is told of in the YAML.
        declared = dict.fromkeys(b.column for b in self.indicator.breakdowns)
        return tuple(c for c in declared if c in self.raw.columns and c not in RESERVED)

    @cached_property
    def known_periods(self) -> Mapping[str, tuple[Period, str]]:
        """The texts that are periods of the declared type."""
        return {t: r for t, r in self.readings.items() if not isinstance(r, str)}

    @cached_property
    def frame(self) -> pl.DataFrame:
        """Periods, numbers and markers read; rows in order of area, group and time."""
        read = self.known_periods
        period = pl.col("period")
        code = period.replace_strict(
            {t: p.code for t, (p, _) in read.items()}, default=None, return_dtype=pl.String
        )
        step = period.replace_strict(
            {t: p.step for t, (p, _) in read.items()}, default=None, return_dtype=pl.Int32
        )
        written = pl.col("value").str.extract(r"\.([0-9]+)$").str.len_chars().fill_null(0)
        decimals = pl.when(pl.col("value").is_not_null()).then(written).cast(pl.Int32)
        provisional = [text for text, (_, marker) in read.items() if marker]
        frame = self.raw.with_columns(
            *cells.numbers(NUMBERS),
            code.alias("code"),
            step.alias("step"),
            decimals.alias("decimals"),
            _with_provisional(_marker_text(self.raw), provisional).alias("marker"),
        )
        columns = [*observations.SCHEMA, *self.breakdowns, "decimals"]
        order = ["area", *self.breakdowns, "step", "line"]
        return frame.select(columns).sort(order, nulls_last=True)

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
        frame = self.frame.drop("decimals")
        if frame["code"].null_count() or frame["area"].null_count():
            frame = frame.drop_nulls(["code", "area"])
        return Observations(
            frame=frame,
            path=self.table.path,
            breakdowns=self.breakdowns,
            totals={c: totals[c] for c in self.breakdowns},
        )


def figures(
    package: Package, table: Table, indicator: Measurable, context: Context
) -> Figures | None:
    """The table under the usual names, or None where a column is missing."""
    raw = cells.tidy(_renamed(table, indicator))
    if any(c not in raw.columns for c in NEEDED):
        return None
    absent = [c for c in USUAL if c not in raw.columns]
    raw = raw.with_columns(pl.lit(None, pl.String).alias(c) for c in absent)
    texts = raw["period"].unique(maintain_order=True).drop_nulls().to_list()
    readings = {t: reading(t, indicator.periods) for t in texts}
    notes = _notes(raw, readings)
    if notes:
        raw = raw.filter(~pl.col("line").is_in([line for line, _ in notes]))
        readings = {t: r for t, r in readings.items() if t not in {text for _, text in notes}}
    types, keyed = promised(package, table)
    ours = {theirs: name for name, theirs in (indicator.columns or {}).items()}
    return Figures(
        table=table,
        indicator=indicator,
        context=context,
        raw=raw,
        readings=readings,
        notes=notes,
        typed=frozenset(ours.get(name, name) for name in types),
        keyed=keyed,
    )


def _notes(
    raw: pl.DataFrame, readings: Mapping[str, tuple[Period, str] | str]
) -> tuple[tuple[int, str], ...]:
    """Rows that hold a text in place of the period and nothing else: "Source: ..."."""
    unread = [t for t, r in readings.items() if isinstance(r, str)]
    if not unread:
        return ()
    others = [c for c in raw.columns if c not in ("line", "period")]
    alone = pl.col("period").is_in(unread) & pl.all_horizontal(pl.col(c).is_null() for c in others)
    return tuple(raw.filter(alone).select("line", "period").iter_rows())


def described(package: Package, table: Table) -> tuple[str, ...] | None:
    """Names of the columns that the data package describes, in order, where it can be read."""
    data = package.descriptor.data
    resources = data.get("resources") if isinstance(data, dict) else None
    for resource in resources if isinstance(resources, list) else ():
        if not isinstance(resource, dict) or not table.path.endswith(f"/{resource.get('path')}"):
            continue
        schema = resource.get("schema")
        fields = schema.get("fields") if isinstance(schema, dict) else None
        if isinstance(fields, list):
            return tuple(str(f.get("name")) for f in fields if isinstance(f, dict))
    return None


def promised(package: Package, table: Table) -> tuple[frozenset[str], bool]:
    """Columns that the descriptor declares numeric, and whether it declares a primary key."""
    data = package.descriptor.data
    resources = data.get("resources") if isinstance(data, dict) else None
    for resource in resources if isinstance(resources, list) else ():
        if not isinstance(resource, dict) or not table.path.endswith(f"/{resource.get('path')}"):
            continue
        schema = resource.get("schema")
        if not isinstance(schema, dict) or not isinstance(fields := schema.get("fields"), list):
            continue
        numeric = {
            str(f.get("name"))
            for f in fields
            if isinstance(f, dict) and f.get("type") in ("number", "integer")
        }
        return frozenset(numeric), bool(schema.get("primaryKey"))
    return frozenset(), False


def _renamed(table: Table, indicator: Measurable) -> Table:
    names = {theirs: ours for ours, theirs in (indicator.columns or {}).items()}
    names = {t: o for t, o in names.items() if t in table.frame.columns and t != o}
    # A column of theirs that bears one of our names, but means something else, gives way.
    clash = [o for o in names.values() if o in table.frame.columns and o not in names]
    renamed = table.frame.drop(clash).rename(names)
    groups = [b.column for b in indicator.breakdowns if b.column not in RESERVED]
    # What is in no use has been reported, and must not be mistaken for a column of ours.
    used = [c for c in renamed.columns if c in (*USUAL, *groups, "_line")]
    return Table(path=table.path, frame=renamed.select(used), columns=table.columns)


def reading(text: str, kind: PeriodType) -> tuple[Period, str] | str:
    """A text as a period and the marker it carries, or what was expected in its place."""
    bare, marker = periods.split_marker(text)
    try:
        return periods.parse(bare, kind), marker
    except PeriodError as wrong:
        return wrong.expected


def _marker_text(raw: pl.DataFrame) -> pl.Expr:
    """Markers without brackets, one space between, known or not."""
    texts = raw["marker"].unique().drop_nulls().to_list()
    plain = {t: " ".join(dict.fromkeys(observations.markers(t))) for t in texts}
    return pl.col("marker").replace(plain) if plain else pl.col("marker")


def _with_provisional(marker: pl.Expr, periods_so_marked: list[str]) -> pl.Expr:
    """The marker p on rows whose period says "(prov)", unless they bear it already."""
    if not periods_so_marked:
        return marker
    marked = pl.col("period").is_in(periods_so_marked)
    already = marker.fill_null("").str.contains(r"(^| )p( |$)")
    joined = pl.concat_str([marker, pl.lit("p")], separator=" ", ignore_nulls=True)
    return pl.when(marked & ~already).then(joined).otherwise(marker)
