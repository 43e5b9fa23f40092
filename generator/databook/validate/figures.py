"""Published figures: the table of an indicator, read into columns by its declared periods.

Reading only: what is wrong is for `layout_rules`, `cell_rules`, `row_rules` and `series_rules` to
say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

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
# What of the breakdowns decides how rows are read; a title or a gap does not.
GROUPS = ("breakdowns/column", "breakdowns/groups", "breakdowns/total")
# Names that columns in `frame` have from us; no breakdown may take one.
RESERVED = (*USUAL, "line", "code", "step", "decimals")


class Cell(NamedTuple):
    """One figure of a table, light because there are many."""

    line: int
    area: str
    step: int
    code: str
    value: float
    denominator: float | None
    marker: str | None


class Seen(NamedTuple):
    """One row about everybody in one place."""

    line: int
    area: str
    step: int
    code: str
    value: float | None
    numerator: float | None
    denominator: float | None


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
    def broken(self) -> frozenset[int]:
        """The steps at which a new definition begins, as far as they can be read."""
        steps = set()
        for change in self.indicator.breaks:
            try:
                text = periods.split_marker(change.period)[0]
                steps.add(periods.parse(text, self.indicator.periods).step)
            except PeriodError:
                continue  # told at its own place
        return frozenset(steps)

    @cached_property
    def frame(self) -> pl.DataFrame:
        """Periods, numbers and markers read; rows in order of area, group and time.

        Made of plain lists: for tables of a few hundred rows, which is what books have, they are
        a third of the work that as many expressions are.
        """
        raw, read = self.raw, self.known_periods
        texts = raw["period"].to_list()
        found = [read.get(text) for text in texts]
        columns: dict[str, Any] = {
            **{name: raw[name] for name in ("line", "period", "area", "note", *self.breakdowns)},
            "code": [each and each[0].code for each in found],
            "step": [each and each[0].step for each in found],
            **{name: cells.floats(raw[name]) for name in NUMBERS},
            "marker": _markers(raw["marker"].to_list(), [bool(e and e[1]) for e in found]),
            "decimals": [_decimals(text) for text in raw["value"].to_list()],
        }
        types = {**observations.SCHEMA, **dict.fromkeys(self.breakdowns, pl.String())}
        types["decimals"] = pl.Int32()
        frame = pl.DataFrame([pl.Series(name, columns[name], types[name]) for name in types])
        order = ["area", *self.breakdowns, "step", "line"]
        return frame.sort(order, nulls_last=True)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The figures about everybody one by one, in order of area and time."""
        columns = (self.everybody[name].to_list() for name in Cell._fields)
        return tuple(cell for cell in map(Cell, *columns) if cell.value is not None)

    @cached_property
    def by_place(self) -> Mapping[str, Mapping[int, Seen]]:
        """The rows about everybody by place and step, whether they have a figure or none."""
        found: dict[str, dict[int, Seen]] = {}
        columns = (self.everybody[name].to_list() for name in Seen._fields)
        for row in map(Seen, *columns):
            if row.step is not None:
                found.setdefault(row.area, {}).setdefault(row.step, row)
        return found

    @cached_property
    def everybody(self) -> pl.DataFrame:
        """The rows about everybody, in every area."""
        return self._observed.everybody()

    @cached_property
    def own(self) -> pl.DataFrame:
        """The place's own rows about everybody, in order of time."""
        return self.everybody.filter(pl.col("area") == self.context.settings.place)

    def observations(self) -> Observations:
        """What later stages travel with. Rows that could not be read are left out."""
        return self._observed

    @cached_property
    def _observed(self) -> Observations:
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
    names = _used(table, indicator)
    if any(c not in names.values() for c in NEEDED):
        return None
    raw = cells.tidy(table, names, [c for c in USUAL if c not in names.values()])
    texts = [t for t in dict.fromkeys(raw["period"].to_list()) if t is not None]
    readings = {t: reading(t, indicator.periods) for t in texts}
    notes = _notes(raw, readings)
    if notes:
        raw = raw.filter(~pl.col("line").is_in([line for line, _ in notes]))
        readings = {t: r for t, r in readings.items() if t in set(raw["period"].to_list())}
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
    """Rows with a text in place of the period and no place: "Source: ...", "Total"."""
    unread = [t for t, r in readings.items() if isinstance(r, str)]
    if not raw["area"].null_count():
        return ()
    if raw["period"].null_count():
        nameless = raw.filter(pl.col("period").is_null() & pl.col("area").is_null())
        texts = [c for c in raw.columns if c not in ("line", "period")]
        said = (next((str(row[c]) for c in texts if row[c]), "") for row in nameless.to_dicts())
        units = tuple(zip(nameless["line"].to_list(), said, strict=True))
        return (*units, *_notes(raw.drop_nulls("period"), readings))
    # A total, a note or a row of units names no period and no place.
    alone = pl.col("period").is_in(unread) & pl.col("area").is_null()
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


def _used(table: Table, indicator: Measurable) -> Mapping[str, str]:
    """The columns of a file that are read, each with our name for it.

    What is in no use has been reported, and must not be mistaken for a column of ours.
    """
    there = [c for c in table.frame.columns if c != "_line"]
    names = {theirs: ours for ours, theirs in (indicator.columns or {}).items()}
    names = {t: o for t, o in names.items() if t in there and t != o}
    # A column of theirs that bears one of our names, but means something else, gives way.
    clash = [o for o in names.values() if o in there and o not in names]
    groups = [b.column for b in indicator.breakdowns if b.column not in RESERVED]
    found = {c: names.get(c, c) for c in there if c not in clash}
    return {theirs: ours for theirs, ours in found.items() if ours in (*USUAL, *groups)}


def reading(text: str, kind: PeriodType) -> tuple[Period, str] | str:
    """A text as a period and the marker it carries, or what was expected in its place."""
    bare, marker = periods.split_marker(text)
    try:
        return periods.parse(bare, kind), marker
    except PeriodError as wrong:
        return wrong.expected


def _markers(texts: Sequence[str | None], provisional: Sequence[bool]) -> list[str | None]:
    """Markers without brackets, one space between, known or not; and the marker p on rows whose
    period says "(prov)", unless they bear it already.
    """
    plain = {t: " ".join(dict.fromkeys(observations.markers(t))) for t in set(texts) if t}
    found = [plain[text] if text else text for text in texts]
    for number, marked in enumerate(provisional):
        if marked and "p" not in (own := found[number] or "").split():
            found[number] = f"{own} p".strip()
    return found


def _decimals(text: str | None) -> int | None:
    """The places that a number was written with."""
    if text is None:
        return None
    _, point, after = text.rpartition(".")
    return len(after) if point and after.isascii() and after.isdigit() else 0
