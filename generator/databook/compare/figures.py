"""Figures of one indicator side by side: which were added, revised, withheld or taken away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from databook.changes import Figure, FigureChange
from databook.model import Measurable
from databook.observations import Card, Context, M, Observations, markers
from databook.periods import parse

# Figures told one by one for one indicator; all are counted. More than this nobody reads, and a
# changed definition can change every figure of every place.
MOST = 500
NUMBERS = ("value", "numerator", "denominator", "lower", "upper")
BEHIND = ("numerator", "denominator", "lower", "upper", "note")


def figures(
    before: Observations, after: Observations, indicator: Measurable, context: Context
) -> tuple[tuple[Figure, ...], Mapping[FigureChange, int]]:
    """Each figure that is not as it was, the book's own place first, and how many of each kind."""
    keys = _keys(before, after)
    joined = _named(before, keys).join(
        _named(after, keys), on=keys, how="full", coalesce=True, suffix="_after", nulls_equal=True
    )
    differ = pl.any_horizontal(
        pl.col(name).ne_missing(pl.col(f"{name}_after"))
        for name in (*NUMBERS, "marker", "note", "there")
    )
    own = context.settings.place
    rows = (
        joined.filter(differ)
        .with_columns((pl.col("area") != own).alias("elsewhere"))
        .sort("elsewhere", pl.coalesce("step", "step_after"), "area", *keys[2:])
    )
    told = [found for row in rows.iter_rows(named=True) if (found := _change(row)) is not None]
    counts = Counter(told)
    listed = [
        _figure(row, change, keys[2:], indicator, context)
        for row in rows.head(MOST).iter_rows(named=True)
        if (change := _change(row)) is not None
    ]
    return tuple(listed), {kind: counts[kind] for kind in FigureChange if counts[kind]}


def _keys(*sides: Observations) -> list[str]:
    breakdowns = dict.fromkeys(column for side in sides for column in side.breakdowns)
    return ["code", "area", *breakdowns]


def keyed(
    before: Observations, after: Observations
) -> tuple[tuple[pl.DataFrame, pl.DataFrame], list[str]]:
    """Both sides by the keys that they have in common, each in its own order; and those keys."""
    keys = _keys(before, after)
    return (_named(before, keys), _named(after, keys)), keys


def _named(side: Observations, keys: list[str]) -> pl.DataFrame:
    """One side's rows; where it lacks a breakdown its figures are about everybody."""
    frame = side.frame.select(
        *(
            pl.col(key) if key in side.frame.columns else pl.lit("").alias(key)
            for key in keys
        ),
        "step", *NUMBERS, "marker", "note", pl.lit(1).alias("there"),
    )  # fmt: skip
    return frame.with_columns(
        pl.col(key).replace(side.totals.get(key, ""), "").alias(key) for key in keys[2:]
    )


def _change(row: Mapping[str, object]) -> FigureChange | None:
    old, new = row["value"], row["value_after"]
    marks, marks_after = markers(_text(row["marker"])), markers(_text(row["marker_after"]))
    if old is not None and new is None:
        return FigureChange.WITHHELD if "c" in marks_after else FigureChange.REMOVED
    if row["there_after"] is None:
        return FigureChange.REMOVED
    if row["there"] is None or (old is None and new is not None):
        return FigureChange.ADDED
    if old != new:
        return FigureChange.REVISED
    if marks != marks_after:
        return FigureChange.MARKED
    return FigureChange.BEHIND if _behind(row) else None


def _behind(row: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(name for name in BEHIND if row[name] != row[f"{name}_after"])


def _figure(
    row: Mapping[str, object],
    change: FigureChange,
    breakdowns: list[str],
    indicator: Measurable,
    context: Context,
) -> Figure:
    code = str(row["area"])
    hidden = change is FigureChange.WITHHELD
    return Figure(
        change=change,
        period=parse(str(row["code"]), indicator.periods),
        area=code,
        place=context.area[code].name if code in context.area else code,
        groups=tuple(str(row[name]) for name in breakdowns if row[name]),
        before=None if hidden else _number(row["value"]),
        after=_number(row["value_after"]),
        markers_before=markers(_text(row["marker"])),
        markers_after=markers(_text(row["marker_after"])),
        behind=_behind(row) if change is FigureChange.BEHIND else (),
        note=_text(row["note_after"]),
    )


def withheld(before: Observations, after: Observations) -> pl.DataFrame:
    """Keys of the figures that had a value before and are confidential now."""
    keys = _keys(before, after)
    # Out of how many stays beside a withheld figure, and shows nothing of it.
    own = [name for name in NUMBERS if name != "denominator"]
    there = _named(before, keys).filter(pl.any_horizontal(pl.col(own).is_not_null()))
    hidden = _named(after, keys).filter(
        pl.col("value").is_null() & pl.col("marker").str.contains(r"(^|[ \[])c($|[ \]])")
    )
    return there.join(hidden.select(keys), on=keys, how="semi", nulls_equal=True).select(keys)


def without(card: Card[M], hidden: pl.DataFrame) -> Card[M]:
    """The card with some figures withheld, as if they had been from the start."""
    keys = hidden.columns
    known = [key for key in keys if key in card.observations.frame.columns]
    totals = card.observations.totals
    # Keys say "" for everybody, whatever word a side has for them.
    worded = hidden.select(
        pl.col(key).replace("", totals[key]) if key in totals else pl.col(key) for key in known
    ).with_columns(pl.lit(value=True).alias("hidden"))
    frame = card.observations.frame.join(
        worded.unique(), on=known, how="left", nulls_equal=True, maintain_order="left"
    )
    hide = pl.col("hidden").fill_null(value=False)
    frame = frame.with_columns(
        *(pl.when(hide).then(None).otherwise(pl.col(name)).alias(name) for name in NUMBERS),
        pl.when(hide).then(pl.lit("c")).otherwise(pl.col("marker")).alias("marker"),
    ).drop("hidden")
    return replace(card, observations=replace(card.observations, frame=frame))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
