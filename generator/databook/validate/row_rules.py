"""What each row must say: rules asked of all rows in one pass over the columns."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import polars as pl

from databook import observations
from databook.model import Unit
from databook.problems import Level, Problem
from databook.validate.cells import also, by_text, place_in
from databook.validate.faults import Fault, problem
from databook.validate.figures import NUMBERS, Figures

_HIDING = "|".join(sorted(observations.WITHOUT_VALUE - {"c"}))
# A row whose marker stands in the place of a value; c has a rule of its own in `protect`.
REPLACED = rf"(^| )({_HIDING}|c)( |$)"
REPLACED_OPENLY = rf"(^| )({_HIDING})( |$)"

# Numbers that programs write where they have none (SPSS and survey practice).
SENTINELS = (999.0, 9999.0, 99999.0, -99.0, -999.0, -9999.0, -99999.0)

# Slack for comparing a decimal fraction with its quotient in 64-bit floats, relative to the value.
FLOAT_SLACK = 1e-9


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
    if _blank(figures, "marker"):
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
    if _blank(figures, "lower", "upper"):
        return None
    lower, value, upper = pl.col("lower"), pl.col("value"), pl.col("upper")
    odd = (lower > value) | (value > upper) | (lower > upper)
    if not _scale(figures):
        return odd
    # Where the limits hold what numerator and denominator give, the value is the mistake.
    counted = pl.col("numerator") / pl.col("denominator") * _scale(figures)
    explained = (lower <= counted) & (counted <= upper) & pl.col("note").is_null()
    return odd & ~explained.fill_null(value=False)


def _limits_in_order(_: Figures, rows: pl.DataFrame) -> Iterator[Fault]:
    for line, low, value, high in rows.select("line", "lower", "value", "upper").iter_rows():
        yield Fault(
            what=f"The limits do not enclose the value: lower {_said(low)}, value {_said(value)}, "
            f"upper {_said(high)}.",
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
            what=f"{_said(value)} % is not between 0 and 100.",
            fix="Check it against the source; if it is no share of a whole, say “unit: rate” "
            "with “per: 100” in indicator.yaml.",
            line=line,
            column="value",
        )


def part_within_whole(figures: Figures) -> pl.Expr | None:
    """Of a number of people at most all can be counted."""
    if figures.indicator.unit is not Unit.PERCENT or _blank(figures, "numerator"):
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
    if figures.indicator.unit is not Unit.COUNT and _blank(figures, "numerator", "denominator"):
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
            what=f"The {column} is {_said(count)}, and nothing can be counted so.",
            fix="Check it against the source; leave it empty with a marker if it is not known.",
            line=line,
            column=column,
        )


def value_agrees(figures: Figures) -> pl.Expr | None:
    """A figure that does not follow from its own numerator and denominator is wrong in one of
    the three, or needs a note that says why (as where counts were rounded).
    """
    if not _scale(figures) or _blank(figures, "numerator"):
        return None
    expected = pl.col("numerator") / pl.col("denominator") * _scale(figures)
    half = pl.lit(0.5) * pl.lit(10.0).pow(-pl.col("decimals"))
    slack = half + expected.abs() * FLOAT_SLACK
    odd = ((pl.col("value") - expected).abs() > slack) & pl.col("note").is_null()
    odd &= (pl.col("denominator") > 0) & (pl.col("numerator") >= 0)
    if figures.indicator.unit is Unit.PERCENT:  # else another rule has told already
        odd &= (pl.col("numerator") <= pl.col("denominator")) & pl.col("value").is_between(0, 100)
    return odd


def _value_agrees(figures: Figures, rows: pl.DataFrame) -> Iterator[Fault]:
    expected = pl.col("numerator") / pl.col("denominator") * _scale(figures)
    for line, value, above, below, decimals, right in rows.select(
        "line", "value", "numerator", "denominator", "decimals", expected.alias("expected")
    ).iter_rows():
        what = (
            f"The value is {_said(value)}, but numerator and denominator give "
            f"{_said(round(right, min(decimals + 2, 10)))}."
        )
        fix, column = _apart(value, above, below, _scale(figures), right)
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


def _scale(figures: Figures) -> float:
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


def _blank(figures: Figures, *columns: str) -> bool:
    """Whether these columns say nothing at all, so that a rule about them need not be asked."""
    return all(figures.frame[c].null_count() == figures.frame.height for c in columns)


def _said(number: float | None) -> str:
    return "none" if number is None else f"{number:.10f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRule:
    """A rule for each row: `odd` finds rows (and says why it matters), `tell` says what is wrong.

    Kept apart so that all of them are asked in one pass, and a clean table costs no more.
    """

    code: str
    level: Level
    odd: Callable[[Figures], pl.Expr | None]
    tell: Callable[[Figures, pl.DataFrame], Iterator[Fault]]
    needs: frozenset[str] = frozenset()

    @property
    def why(self) -> str:
        """The reason for the rule, from the docstring of `odd`."""
        return " ".join((self.odd.__doc__ or "").split())


def run_rows(figures: Figures, doubtful: frozenset[str]) -> Iterator[Problem]:
    """Ask every row rule in one pass over the columns, then tell of the rows found."""
    asked = {
        rule: odd
        for rule in ROW_RULES
        if not rule.needs & doubtful and (odd := rule.odd(figures)) is not None
    }
    if not asked:
        return
    flags = figures.frame.select(odd.any().alias(rule.code) for rule, odd in asked.items())
    for (rule, odd), found in zip(asked.items(), flags.row(0), strict=True):
        if not found:
            continue
        for fault in rule.tell(figures, figures.frame.filter(odd).sort("line")):
            theirs = figures.indicator.columns
            place = place_in(figures.table, fault, theirs)
            told = problem(rule.code, rule.level, place, fault.what, rule.why, fault.fix)
            rest = (replace(fault, line=line) for line in fault.others)
            others = tuple(place_in(figures.table, each, theirs) for each in rest)
            yield replace(told, about=fault.about, others=others)


def _row(
    code: str,
    odd: Callable[[Figures], pl.Expr | None],
    tell: Callable[[Figures, pl.DataFrame], Iterator[Fault]],
    *needs: str,
) -> RowRule:
    return RowRule(code=code, level=Level.ERROR, odd=odd, tell=tell, needs=frozenset(needs))


def _doubt(rule: RowRule) -> RowRule:
    return replace(rule, level=Level.WARNING)


ROW_RULES: tuple[RowRule, ...] = (
    _row("row-duplicate", row_once, _row_once, "periods", "breakdowns"),
    _row("value-missing", value_or_marker, _value_or_marker),
    _row("value-beside-marker", value_not_beside_marker, _value_not_beside_marker),
    _row("limits-out-of-order", limits_in_order, _limits_in_order),
    _row("percent-out-of-range", percent_in_range, _percent_in_range, "unit"),
    _row("part-above-whole", part_within_whole, _part_within_whole, "unit"),
    _row("count-below-zero", counts_not_negative, _counts_not_negative, "unit"),
    _doubt(_row("value-disagrees", value_agrees, _value_agrees, "unit", "per")),
    _doubt(_row("value-sentinel", no_sentinel, _no_sentinel)),
    _row("period-ahead", period_not_ahead, _period_not_ahead, "periods", "settings.edition"),
)
