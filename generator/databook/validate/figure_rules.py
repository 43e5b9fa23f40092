"""What figures must say of each other: one function for each rule, columns in, faults out."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from databook import observations, periods
from databook.model import Unit
from databook.periods import PeriodType
from databook.validate.cells import also, by_text
from databook.validate.faults import Fault, Rule, error, listed, warning
from databook.validate.figures import NUMBERS, Figures

_HIDING = "|".join(sorted(observations.WITHOUT_VALUE - {"c"}))
# A row whose marker stands in the place of a value; c has a rule of its own in `protect`.
REPLACED = rf"(^| )({_HIDING}|c)( |$)"
REPLACED_OPENLY = rf"(^| )({_HIDING})( |$)"

# Numbers that programs write where they have none (SPSS and survey practice).
SENTINELS = ("999", "9999", "99999", "-99", "-999", "-9999", "-99999")

# Slack for comparing a decimal fraction with its quotient in 64-bit floats, relative to the value.
FLOAT_SLACK = 1e-9


def row_once(figures: Figures) -> Iterator[Fault]:
    """Two rows for one place, group and period cannot both be the figure."""
    keys = ["area", *figures.breakdowns, "step"]
    frame = figures.frame
    if frame.select(keys).is_duplicated().any():
        twice = frame.filter(pl.struct(keys).is_duplicated() & pl.col("step").is_not_null())
        gathered = twice.sort("line").group_by(keys, maintain_order=True)
        for _, rows in gathered:
            lines = rows["line"].to_list()
            same = rows.select(NUMBERS).is_duplicated().all()
            yield Fault(
                what=f"This row repeats line {lines[0]}: same area, group and period"
                f"{', same figures' if same else ', other figures'}{also(lines[1:])}.",
                fix="Delete one of them." if same else "Keep the right one and delete the other.",
                line=lines[1],
            )


def value_or_marker(figures: Figures) -> Iterator[Fault]:
    """Not counted, not applicable and withheld are different things; an empty cell says none."""
    bare = pl.col("value").is_null() & ~pl.col("marker").fill_null("").str.contains(REPLACED)
    # A value that is no number has been reported as that.
    empty = figures.raw.filter(pl.col("value").is_null())["line"]
    lines = figures.frame.filter(bare & pl.col("line").is_in(empty.implode()))["line"].sort()
    for line in lines.to_list():
        yield Fault(
            what="There is no value and no marker that says why.",
            fix="Write the value (a true zero is 0), or one of c (withheld), k or low (rounds to "
            "zero), w (none recorded), x (not available), z (not applicable) in `marker`.",
            line=line,
            column="value",
        )


def value_not_beside_marker(figures: Figures) -> Iterator[Fault]:
    """A marker that stands for a missing value contradicts a value beside it."""
    odd = pl.col("value").is_not_null() & pl.col("marker").str.contains(REPLACED_OPENLY)
    for line, marker in figures.frame.filter(odd).select("line", "marker").iter_rows():
        yield Fault(
            what=f"The marker `{marker}` stands in place of a value, but there is one.",
            fix="Empty the value, or take the marker away.",
            line=line,
            column="marker",
        )


def limits_in_order(figures: Figures) -> Iterator[Fault]:
    """An interval that does not hold its own value was copied from another row or column."""
    lower, value, upper = pl.col("lower"), pl.col("value"), pl.col("upper")
    odd = (lower > value) | (value > upper) | (lower > upper)
    for line, low, val, high in (
        figures.frame.filter(odd).select("line", "lower", "value", "upper").iter_rows()
    ):
        yield Fault(
            what=f"The limits do not enclose the value: lower {_said(low)}, value {_said(val)}, "
            f"upper {_said(high)}.",
            fix="Check the three against the source; lower and upper may be swapped.",
            line=line,
            column="lower",
        )


def percent_in_range(figures: Figures) -> Iterator[Fault]:
    """A share of a whole lies between nothing and all of it."""
    if figures.indicator.unit is not Unit.PERCENT:
        return
    odd = (pl.col("value") < 0) | (pl.col("value") > 100)
    for line, value in figures.frame.filter(odd).select("line", "value").iter_rows():
        yield Fault(
            what=f"{_said(value)} % is not between 0 and 100.",
            fix="Check it against the source; if it is no share of a whole, say `unit: rate` "
            "with `per: 100` in indicator.yaml.",
            line=line,
            column="value",
        )


def part_within_whole(figures: Figures) -> Iterator[Fault]:
    """Of a number of people at most all can be counted."""
    if figures.indicator.unit is not Unit.PERCENT:
        return
    odd = pl.col("numerator") > pl.col("denominator")
    for line in figures.frame.filter(odd)["line"].to_list():
        yield Fault(
            what="The numerator is greater than the denominator.",
            fix="Check both against the source; they may be swapped.",
            line=line,
            column="numerator",
        )


def counts_not_negative(figures: Figures) -> Iterator[Fault]:
    """Nobody can count fewer than none, or divide by nobody."""
    counted = ["numerator"]
    if figures.indicator.unit is Unit.COUNT:
        counted.append("value")
    odd = pl.any_horizontal(*(pl.col(c) < 0 for c in counted)) | (pl.col("denominator") <= 0)
    for line in figures.frame.filter(odd)["line"].to_list():
        yield Fault(
            what="A count is below zero, or the denominator is not above zero.",
            fix="Check it against the source; leave it empty with a marker if it is not known.",
            line=line,
        )


def value_agrees(figures: Figures) -> Iterator[Fault]:
    """A figure that does not follow from its own numerator and denominator is wrong in one of
    the three, or needs a note that says why (as where counts were rounded).
    """
    scale = {
        Unit.PERCENT: 100.0,
        Unit.RATE: float(figures.indicator.per or 0),
        Unit.RATIO: 1.0,
    }.get(figures.indicator.unit)
    if not scale or figures.frame["numerator"].null_count() == figures.frame.height:
        return
    expected = pl.col("numerator") / pl.col("denominator") * scale
    half = pl.lit(0.5) * pl.lit(10.0).pow(-pl.col("decimals"))
    slack = half + expected.abs() * FLOAT_SLACK
    odd = ((pl.col("value") - expected).abs() > slack) & pl.col("note").is_null()
    odd = odd & (pl.col("denominator") > 0)
    found = figures.frame.filter(odd).select("line", "value", "decimals", expected.alias("_e"))
    for line, value, decimals, right in found.iter_rows():
        yield Fault(
            what=f"The value is {_said(value)}, but numerator and denominator give "
            f"{right:.{min(decimals + 2, 10)}f}.",
            fix="Check the three against the source. If it prints them so, keep them and say "
            "why in `note`.",
            line=line,
            column="value",
        )


def no_sentinel(figures: Figures) -> Iterator[Fault]:
    """Many programs write 999 where they have no number, and it would be published as one."""
    for text, lines in by_text(figures.raw.filter(pl.col("value").is_in(SENTINELS)), "value"):
        yield Fault(
            what=f"`{text}` looks like a stand-in for a missing number{also(lines)}.",
            fix="If it is, empty the cell and write x in `marker`.",
            line=lines[0],
            column="value",
        )


def group_present(figures: Figures) -> Iterator[Fault]:
    """A group that is declared but never counted may be misspelt, or forgotten."""
    for breakdown in figures.indicator.breakdowns:
        if breakdown.column not in figures.breakdowns:
            continue
        present = set(figures.raw[breakdown.column].unique().to_list())
        absent = [g for g in breakdown.groups if g not in present]
        if absent:
            yield Fault(
                what=f"`{breakdown.column}` never says {listed(absent)}, though declared.",
                fix="Add the rows, or delete it from `groups:` in indicator.yaml.",
                column=breakdown.column,
            )


def total_present(figures: Figures) -> Iterator[Fault]:
    """The figure of everybody heads the page; without its rows there is none to show."""
    for breakdown in figures.indicator.breakdowns:
        if breakdown.column not in figures.breakdowns or not figures.raw.height:
            continue
        if not (figures.raw[breakdown.column] == breakdown.total).any():
            yield Fault(
                what=f"No row of `{breakdown.column}` is about everybody (`{breakdown.total}`).",
                fix=f"Add the rows with `{breakdown.total}`, or name the right word after "
                "`total:` in indicator.yaml.",
                column=breakdown.column,
            )


def place_present(figures: Figures) -> Iterator[Fault]:
    """A page about a place needs that place's figure."""
    if figures.raw.height and figures.frame["step"].count() and not figures.own.height:
        code = figures.context.settings.place
        yield Fault(
            what=f"No row is about the place of this book, `{code}`, as a whole.",
            fix=f"Add its rows, with `{code}` in `area`; write x in `marker` where a figure is "
            "not available.",
        )


def period_not_missing(figures: Figures) -> Iterator[Fault]:
    """A year left out without a word looks like a year that never was; say why it is missing."""
    if figures.indicator.periods is PeriodType.DAY:
        return
    own = figures.own.drop_nulls("step").unique("step").sort("step")
    steps, codes = own["step"].to_list(), own["code"].to_list()
    missing: list[str] = []
    after = 0
    for (step, code), following, line in zip(
        zip(steps, codes, strict=True), steps[1:], own["line"].to_list()[1:], strict=False
    ):
        if following - step > 1:
            start = periods.parse(code, figures.indicator.periods)
            missing += [periods.later(start, n).code for n in range(1, following - step)]
            after = after or line
    if missing:
        yield Fault(
            what=f"There is no row for {listed(missing)} of {figures.context.settings.place}.",
            fix="Add a row for each with an empty value and a marker: x (not available), "
            "z (not applicable) or c (withheld); say why in `note`.",
            line=after,
            column="period",
        )


def period_not_ahead(figures: Figures) -> Iterator[Fault]:
    """A figure of a time that had not begun when the edition was made cannot have been counted."""
    today = figures.context.settings.edition.date
    ahead = [
        text
        for text, reading in figures.readings.items()
        if not isinstance(reading, str) and reading[0].start > today
    ]
    forecast = pl.col("marker").fill_null("").str.contains(r"(^|[ \[])f($|[ \]])")
    odd = pl.col("period").is_in(ahead) & pl.col("value").is_not_null() & ~forecast
    for text, lines in by_text(figures.raw.filter(odd), "period"):
        yield Fault(
            what=f"`{text}` begins after the edition's date, {today.isoformat()}{also(lines)}.",
            fix="Mend the period, or `edition: date:` in databook.yaml; a forecast takes the "
            "marker f.",
            line=lines[0],
            column="period",
        )


def break_declared(figures: Figures) -> Iterator[Fault]:
    """A marked break that is not declared would be drawn over as if nothing had changed."""
    kind = figures.indicator.periods
    declared = set()
    for change in figures.indicator.breaks:
        reading = periods.split_marker(change.period)[0]
        try:
            declared.add(periods.parse(reading, kind).code)
        except periods.PeriodError:
            return  # reported at its own place
    marked = pl.col("marker").fill_null("").str.contains(r"(^| )b( |$)")
    for code, lines in by_text(figures.own.filter(marked), "code"):
        if code not in declared:
            yield Fault(
                what=f"{code} is marked b (break), but indicator.yaml declares no break there.",
                fix=f"Add to indicator.yaml under `breaks:` an item with `period: {code}` and "
                "its `reason:`.",
                line=lines[0],
                column="marker",
            )


def _said(number: float | None) -> str:
    return "none" if number is None else f"{number:.10f}".rstrip("0").rstrip(".")


RULES: tuple[Rule[Figures], ...] = (
    error("row-duplicate", row_once, "periods", "breakdowns"),
    error("value-missing", value_or_marker),
    error("value-beside-marker", value_not_beside_marker),
    error("limits-out-of-order", limits_in_order),
    error("percent-out-of-range", percent_in_range, "unit"),
    error("part-above-whole", part_within_whole, "unit"),
    error("count-below-zero", counts_not_negative, "unit"),
    warning("value-disagrees", value_agrees, "unit", "per"),
    warning("value-sentinel", no_sentinel),
    warning("group-absent", group_present, "breakdowns"),
    error("total-missing", total_present, "breakdowns"),
    error("place-missing", place_present, "breakdowns", "periods"),
    warning("period-missing", period_not_missing, "breakdowns", "periods"),
    error("period-ahead", period_not_ahead, "periods"),
    warning("break-undeclared", break_declared, "breakdowns", "periods", "breaks"),
)
