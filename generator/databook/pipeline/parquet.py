"""All figures of the book in one table, as a Parquet file."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from databook import periods
from databook.observations import Context
from databook.periods import PeriodType

PATH = "data/observations.parquet"
ROWS_A_GROUP = 100_000
LEVEL = 3  # of compression: higher ones save a twentieth and take a third longer
NUMBERS = ("value", "numerator", "denominator", "lower", "upper")
SCHEMA: Mapping[str, Any] = {
    "series": pl.String,  # the indicator, or programme/measure
    "period": pl.String,
    "period_start": pl.Date,
    "period_end": pl.Date,
    "area": pl.String,
    "area_name": pl.String,
    "breakdown": pl.String,  # empty for everybody
    "group": pl.String,
    **dict.fromkeys(NUMBERS, pl.Float64),
    "status": pl.String,
    "markers": pl.String,
    "note": pl.String,
    "unit": pl.String,
    "unit_label": pl.String,
}
EVERYBODY = "Everybody"
BETWEEN = "; "


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The table of the last build, and the series whose figures are the same as then."""

    table: bytes = field(repr=False)
    same: frozenset[str] = field(repr=False)


def table(
    context: Context, documents: Mapping[str, Callable[[], bytes]], before: Before | None = None
) -> bytes:
    """The figures of the documents of columns, by series, in their order."""
    names = {code: area.name for code, area in context.area.items()}

    def fresh(series: str) -> pl.DataFrame:
        return _frame(json.loads(documents[series]()), names)

    frames = _mended(before, list(documents), fresh) if before else map(fresh, documents)
    whole = pl.concat([pl.DataFrame(schema=SCHEMA), *frames], rechunk=True)
    out = io.BytesIO()
    whole.write_parquet(
        out, compression="zstd", compression_level=LEVEL, row_group_size=ROWS_A_GROUP
    )
    return out.getvalue()


def _mended(
    before: Before, wanted: Sequence[str], fresh: Callable[[str], pl.DataFrame]
) -> Iterator[pl.DataFrame]:
    """The last table with other parts where it does not hold any more; the rest in one piece."""
    table = pl.read_parquet(io.BytesIO(before.table))
    rows = _rows(table["series"])
    begin, end = 0, 0
    for series in wanted:
        there = rows.get(series) if series in before.same else None
        if there is not None and there[0] == end:
            end = there[1]
            continue
        yield table[begin:end]
        if there is None:
            yield fresh(series)
        begin, end = there or (end, end)
    yield table[begin:end]


def _rows(series: pl.Series) -> dict[str, tuple[int, int]]:
    """From which row to which each series goes."""
    found: dict[str, tuple[int, int]] = {}
    at = 0
    for run in series.rle():
        found[run["value"]] = (at, at + run["len"])
        at += run["len"]
    return found


def _frame(document: Mapping[str, Any], names: Mapping[str, str]) -> pl.DataFrame:
    """The figures of one indicator or measure."""
    columns, rows = document["columns"], document["rows"]
    kind = PeriodType(document["periods"])
    spans = [periods.parse(code, kind) for code in columns["period"]["levels"]]
    when = columns["period"]["codes"]
    frame = pl.DataFrame(
        {
            "series": [document["slug"]] * rows,
            "period": _texts(columns["period"]),
            "period_start": _taken([span.start for span in spans], when, pl.Date),
            "period_end": _taken([span.end for span in spans], when, pl.Date),
            "area": _texts(columns["area"]),
            "area_name": _taken(
                [names[code] for code in columns["area"]["levels"]], columns["area"]["codes"]
            ),
            **{name: columns[name]["values"] for name in NUMBERS if name in columns},
            "status": _texts(columns["status"]),
            "markers": _texts(columns["markers"]),
            "note": _texts(columns["note"]) if "note" in columns else [""] * rows,
            "unit": [document["unit"]] * rows,
            "unit_label": [document["unit_label"]] * rows,
            **{f"_{name}": _texts(columns[name]) for name in document["totals"]},
        },
        schema_overrides=dict.fromkeys(NUMBERS, pl.Float64),
    )
    for name in NUMBERS:
        if name not in columns:
            frame = frame.with_columns(pl.lit(None, pl.Float64).alias(name))
    return frame.with_columns(*_groups(document["totals"])).select(*SCHEMA)


def _groups(totals: Mapping[str, str]) -> tuple[pl.Expr, pl.Expr]:
    """Which columns of groups a row is about, and which groups of them."""
    if not totals:
        return pl.lit("").alias("breakdown"), pl.lit(EVERYBODY).alias("group")
    told = [(name, pl.col(f"_{name}") != total) for name, total in totals.items()]
    columns = [pl.when(about).then(pl.lit(name)) for name, about in told]
    groups = [pl.when(about).then(pl.col(f"_{name}")) for name, about in told]
    breakdown = pl.concat_str(columns, separator=BETWEEN, ignore_nulls=True)
    group = pl.concat_str(groups, separator=BETWEEN, ignore_nulls=True)
    return (
        breakdown.alias("breakdown"),
        pl.when(group == "").then(pl.lit(EVERYBODY)).otherwise(group).alias("group"),
    )


def _texts(column: Mapping[str, Any]) -> pl.Series:
    """A column of few different values; several markers are one text: "p r"."""
    levels = [" ".join(v) if isinstance(v, list) else v for v in column["levels"]]
    return _taken(levels, column["codes"])


def _taken(levels: Sequence[Any], codes: Sequence[int], kind: Any = pl.String) -> pl.Series:
    return pl.Series(levels, dtype=kind).gather(pl.Series(codes, dtype=pl.UInt32))
