"""What a row's numerator and denominator must say: rules asked of all rows in one pass."""

from __future__ import annotations

import math
from collections.abc import Iterator

import polars as pl

from databook.model import Unit
from databook.validate.faults import Fault
from databook.validate.figures import Figures
from databook.validate.rows import RowRule, blank, doubt, row_rule, said

# Slack for comparing a decimal fraction with its quotient in 64-bit floats, relative to the value.
FLOAT_SLACK = 1e-9


def part_within_whole(figures: Figures) -> pl.Expr | None:
    """Of a number of people at most all can be counted."""
    if figures.indicator.unit is not Unit.PERCENT or blank(figures, "numerator"):
        return None
    return (pl.col("numerator") > pl.col("denominator")) & (pl.col("denominator") > 0)


def _part_within_whole(_: Figures, rows: pl.DataFrame) -> Iterator[Fault]:
    for line in rows["line"].to_list():
        yield Fault(
            what="The numerator is greater than the denominator.",
            fix="Check both against the source; they may be swapped.",
            line=line,
            column="numerator",
        )


def counts_not_negative(figures: Figures) -> pl.Expr | None:
    """Nobody can count fewer than none, or divide by nobody."""
    if figures.indicator.unit is not Unit.COUNT and blank(figures, "numerator", "denominator"):
        return None
    odd = (pl.col("numerator") < 0) | (pl.col("denominator") <= 0)
    return odd | (pl.col("value") < 0) if figures.indicator.unit is Unit.COUNT else odd


def _counts_not_negative(_: Figures, rows: pl.DataFrame) -> Iterator[Fault]:
    for line, value, numerator, denominator in rows.select(
        "line", "value", "numerator", "denominator"
    ).iter_rows():
        column, count = "value", value
        if denominator is not None and denominator <= 0:
            column, count = "denominator", denominator
        elif numerator is not None and numerator < 0:
            column, count = "numerator", numerator
        yield Fault(
            what=f"The {column} is {said(count)}, and nothing can be counted so.",
            fix="Check it against the source; leave it empty with a marker if it is not known.",
            line=line,
            column=column,
        )


def value_agrees(figures: Figures) -> pl.Expr | None:
    """A figure that does not follow from its own numerator and denominator is wrong in one of
    the three, or needs a note that says why (as where counts were rounded).
    """
    if not scale(figures) or blank(figures, "numerator"):
        return None
    expected = pl.col("numerator") / pl.col("denominator") * scale(figures)
    half = pl.lit(0.5) * pl.lit(10.0).pow(-pl.col("decimals"))
    slack = half + expected.abs() * FLOAT_SLACK
    odd = ((pl.col("value") - expected).abs() > slack) & pl.col("note").is_null()
    odd &= (pl.col("denominator") > 0) & (pl.col("numerator") >= 0)
    if figures.indicator.unit is Unit.PERCENT:  # else another rule has told already
        odd &= (pl.col("numerator") <= pl.col("denominator")) & pl.col("value").is_between(0, 100)
    return odd


def _value_agrees(figures: Figures, rows: pl.DataFrame) -> Iterator[Fault]:
    expected = pl.col("numerator") / pl.col("denominator") * scale(figures)
    for line, value, above, below, decimals, right in rows.select(
        "line", "value", "numerator", "denominator", "decimals", expected.alias("expected")
    ).iter_rows():
        what = (
            f"The value is {said(value)}, but numerator and denominator give "
            f"{said(round(right, min(decimals + 2, 10)))}."
        )
        fix, column = _apart(value, above, below, scale(figures), right)
        yield Fault(what=what, fix=fix, line=line, column=column)


# Figures that differ by a power of ten to this part of a decade differ by the place of the point.
POINT_SLACK = 0.02
# Two cells have changed places if, read the other way round, they agree to this share.
SWAP_SLACK = 0.01


def _apart(value: float, above: float, below: float, scale: float, right: float) -> tuple[str, str]:
    """What to do where a figure and its quotient differ, and the column to look at."""
    if above and math.isclose(below / above * scale, value, rel_tol=SWAP_SLACK):
        return "Numerator and denominator have changed places: swap them.", "numerator"
    if value and math.isclose(value / below * scale, above, rel_tol=SWAP_SLACK):
        return "Value and numerator have changed places: swap them.", "value"
    power = math.log10(right / value) if value > 0 and right > 0 else 0.0
    if round(power) == 2 and scale == 100 and abs(power - 2) < POINT_SLACK:
        return "This is a proportion; write the percentage, a hundred times as much.", "value"
    if round(power) and abs(power - round(power)) < POINT_SLACK:
        many = f"{10 ** abs(round(power)):,}"
        side = f"{many} times too {'small' if power > 0 else 'large'}"
        return f"The value is {side}: move the point, or check the unit of this row.", "value"
    return (
        "Check the three against the source. If it prints them so, keep them and say why in “note”."
    ), "value"


def scale(figures: Figures) -> float:
    """What a quotient is multiplied by to give the value; 0 where it is not a quotient."""
    match figures.indicator.unit:
        case Unit.PERCENT:
            return 100.0
        case Unit.RATE:
            return float(figures.indicator.per or 0)
        case Unit.RATIO:
            return 1.0
        case _:
            return 0.0


RULES: tuple[RowRule, ...] = (
    row_rule("part-above-whole", part_within_whole, _part_within_whole, "unit"),
    row_rule("count-below-zero", counts_not_negative, _counts_not_negative, "unit"),
    doubt(row_rule("value-disagrees", value_agrees, _value_agrees, "unit", "per")),
)
