"""What each row must say: one pair of functions for each rule, to find rows and to tell of them."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from databook import observations
from databook.model import Unit
from databook.validate import quotient_rules
from databook.validate.cells import also, by_text
from databook.validate.faults import Fault
from databook.validate.figures import GROUPS, NUMBERS, Figures
from databook.validate.quotient_rules import scale
from databook.validate.rows import RowRule, blank, doubt, row_rule, said

_HIDING = "|".join(sorted(observations.WITHOUT_VALUE - {"c"}))
# A row whose marker stands in the place of a value; c has a rule of its own in `protect`.
REPLACED = rf"(^| )({_HIDING}|c)( |$)"
REPLACED_OPENLY = rf"(^| )({_HIDING})( |$)"

# Numbers that programs write where they have none (SPSS and survey practice).
SENTINELS = (999.0, 9999.0, 99999.0, -99.0, -999.0, -9999.0, -99999.0)


def row_once(figures: Figures) -> pl.Expr | None:
    """Two rows for one place, group and period cannot both be the figure."""
    keys = ["area", *figures.breakdowns, "step"]
    if len(set(zip(*(figures.frame[key] for key in keys), strict=True))) == figures.frame.height:
        return None
    return pl.struct(keys).is_duplicated() & pl.col("step").is_not_null()


def _row_once(figures: Figures, rows: pl.DataFrame) -> Iterator[Fault]:
    for _, twice in rows.group_by("area", *figures.breakdowns, "step", maintain_order=True):
        if figures.keyed and twice["period"].n_unique() == 1:
            continue  # the package's own key refuses it, and load has said so
        lines = twice["line"].to_list()
        same = twice.select(NUMBERS).n_unique() == 1
        said, code = twice["period"][1], twice["code"][1]
        means = f"“{said}” means {code}, so this" if said != code else "This"
        yield Fault(
            what=f"{means} row repeats line {lines[0]}: same area, group and period"
            f"{', same figures' if same else ', other figures'}{also(lines[1:])}.",
            fix="Delete one of them." if same else "Keep the right one and delete the other.",
            line=lines[1],
        )


def value_or_marker(figures: Figures) -> pl.Expr | None:
    """Not counted, not applicable and withheld are different things; an empty cell says none."""
    if not figures.frame["decimals"].null_count():
        return None
    marker = pl.col("marker").fill_null("")
    strange = marker.str.split(" ").list.eval(~pl.element().is_in([*observations.MARKERS, ""]))
    # What an unknown mark says nobody knows; it is told itself.
    return pl.col("decimals").is_null() & ~marker.str.contains(REPLACED) & ~strange.list.any()


def _value_or_marker(_: Figures, rows: pl.DataFrame) -> Iterator[Fault]:
    for line in rows["line"].to_list():
        yield Fault(
            what="There is no value and no marker that says why.",
            fix="Write the value (a true zero is 0), or one of c (withheld), k or low (rounds to "
            "zero), w (none recorded), x (not available), z (not applicable) in “marker”.",
            line=line,
            column="value",
        )


def value_not_beside_marker(figures: Figures) -> pl.Expr | None:
    """A marker that stands for a missing value contradicts a value beside it."""
    if blank(figures, "marker"):
        return None
    return pl.col("value").is_not_null() & pl.col("marker").str.contains(REPLACED_OPENLY)


def _value_not_beside_marker(_: Figures, rows: pl.DataFrame) -> Iterator[Fault]:
    for line, marker in rows.select("line", "marker").iter_rows():
        yield Fault(
            what=f"The marker “{marker}” stands in place of a value, but there is one.",
            fix="Empty the value, or take the marker away.",
            line=line,
            column="marker",
        )


def limits_in_order(figures: Figures) -> pl.Expr | None:
    """An interval that does not hold its own value was copied from another row or column."""
    if blank(figures, "lower", "upper"):
        return None
    lower, value, upper = pl.col("lower"), pl.col("value"), pl.col("upper")
    odd = (lower > value) | (value > upper) | (lower > upper)
    if not scale(figures):
        return odd
    # Where the limits hold what numerator and denominator give, the value is the mistake.
    counted = pl.col("numerator") / pl.col("denominator") * scale(figures)
    explained = (lower <= counted) & (counted <= upper) & pl.col("note").is_null()
    return odd & ~explained.fill_null(value=False)


def _limits_in_order(_: Figures, rows: pl.DataFrame) -> Iterator[Fault]:
    for line, low, value, high in rows.select("line", "lower", "value", "upper").iter_rows():
        yield Fault(
            what=f"The limits do not enclose the value: lower {said(low)}, value {said(value)}, "
            f"upper {said(high)}.",
            fix="Check the three against the source; lower and upper may be swapped.",
            line=line,
            column="lower",
        )


def percent_in_range(figures: Figures) -> pl.Expr | None:
    """A share of a whole lies between nothing and all of it."""
    if figures.indicator.unit is not Unit.PERCENT:
        return None
    return (pl.col("value") < 0) | (pl.col("value") > 100)


def _percent_in_range(_: Figures, rows: pl.DataFrame) -> Iterator[Fault]:
    for line, value in rows.select("line", "value").iter_rows():
        if value in SENTINELS:
            yield _sentinel(str(int(value)), [line])
            continue
        yield Fault(
            what=f"{said(value)} % is not between 0 and 100.",
            fix="Check it against the source; if it is no share of a whole, say “unit: rate” "
            "with “per: 100” in indicator.yaml.",
            line=line,
            column="value",
        )


def no_sentinel(figures: Figures) -> pl.Expr | None:
    """Many programs write 999 where they have no number, and it would be published as one."""
    if figures.indicator.unit is Unit.PERCENT:
        return None  # every one of them is out of the range of a percentage
    return pl.col("value").is_in(SENTINELS)


def _no_sentinel(_: Figures, rows: pl.DataFrame) -> Iterator[Fault]:
    for text, lines in by_text(rows.select("line", pl.col("value").cast(pl.Int64)), "value"):
        yield _sentinel(text, lines)


def _sentinel(text: str, lines: list[int]) -> Fault:
    return Fault(
        what=f"“{text}” looks like a stand-in for a missing number{also(lines)}.",
        fix="If it is, empty the cell and write x in “marker”.",
        line=lines[0],
        others=tuple(lines[1:]),
        column="value",
    )


def period_not_ahead(figures: Figures) -> pl.Expr | None:
    """A figure of a time that had not begun when the edition was made cannot have been counted."""
    today = figures.context.settings.edition.date
    readings = (r[0] for r in figures.readings.values() if not isinstance(r, str))
    ahead = [period.code for period in readings if period.start > today]
    if not ahead:
        return None
    forecast = pl.col("marker").fill_null("").str.contains(r"(^| )f( |$)")
    return pl.col("code").is_in(ahead) & pl.col("value").is_not_null() & ~forecast


def _period_not_ahead(figures: Figures, rows: pl.DataFrame) -> Iterator[Fault]:
    today = figures.context.settings.edition.date.isoformat()
    for text, lines in by_text(rows, "period"):
        yield Fault(
            what=f"“{text}” begins after the edition's date, {today}{also(lines)}.",
            fix="Mend the period, or “edition: date:” in databook.yaml; a forecast takes the "
            "marker f.",
            line=lines[0],
            others=tuple(lines[1:]),
            column="period",
            about="edition",
        )


RULES: tuple[RowRule, ...] = (
    row_rule("row-duplicate", row_once, _row_once, "periods", *GROUPS),
    row_rule("value-missing", value_or_marker, _value_or_marker),
    row_rule("value-beside-marker", value_not_beside_marker, _value_not_beside_marker),
    row_rule("limits-out-of-order", limits_in_order, _limits_in_order),
    row_rule("percent-out-of-range", percent_in_range, _percent_in_range, "unit"),
    *quotient_rules.RULES,
    doubt(row_rule("value-sentinel", no_sentinel, _no_sentinel)),
    row_rule("period-ahead", period_not_ahead, _period_not_ahead, "periods", "settings.edition"),
)
