"""What the figures of one place must say of each other: one function for each rule."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import polars as pl

from databook import areas, periods
from databook.periods import PeriodType
from databook.validate.cells import also, by_text
from databook.validate.faults import Fault, Rule, error, listed, warning
from databook.validate.figures import GROUPS, Figures


def group_present(figures: Figures) -> Iterator[Fault]:
    """A group that is declared but never counted may be misspelt, or forgotten."""
    for breakdown in figures.indicator.breakdowns:
        if breakdown.column not in figures.breakdowns:
            continue
        present = set(figures.raw[breakdown.column])
        if not present:
            continue  # no rows at all, which is told
        absent = [g for g in breakdown.groups if g not in present]
        if absent:
            yield Fault(
                what=f"“{breakdown.column}” never says {listed(absent)}, though declared.",
                fix="Add the rows, or delete it from “groups:” in indicator.yaml.",
                column=breakdown.column,
            )


def total_present(figures: Figures) -> Iterator[Fault]:
    """The figure of everybody heads the page; without its rows there is none to show."""
    for breakdown in figures.indicator.breakdowns:
        if breakdown.column not in figures.breakdowns or not figures.raw.height:
            continue
        if not (figures.raw[breakdown.column] == breakdown.total).any():
            yield Fault(
                what=f"No row of “{breakdown.column}” is about everybody (“{breakdown.total}”).",
                fix=f"Add the rows with “{breakdown.total}”, or name the right word after "
                "“total:” in indicator.yaml.",
                column=breakdown.column,
            )


def place_present(figures: Figures) -> Iterator[Fault]:
    """A page about a place needs that place's figure."""
    if figures.context.settings.area_pages is None:
        yield from _without_place(figures)


def place_left_out(figures: Figures) -> Iterator[Fault]:
    """Pages of other places can stand; the page of the book's own place is left empty."""
    if figures.context.settings.area_pages is not None:
        yield from _without_place(figures)


def _without_place(figures: Figures) -> Iterator[Fault]:
    code, known = figures.context.settings.place, figures.context.area
    if known and code not in known:
        return  # reported in databook.yaml
    if figures.raw.height and figures.frame["step"].count() and not figures.own.height:
        yield Fault(
            what=f"No row is about the place of this book, “{code}”, as a whole.",
            fix=f"Add its rows, with “{code}” in “area”; write x in “marker” where a figure is "
            "not available.",
        )


def place_still_there(figures: Figures) -> Iterator[Fault]:
    """A place that is no more has no figures of later times: they are most likely those of the
    place that took over, under the old code.
    """
    ends = {a.code: day for a in figures.context.areas if (day := areas.day_of(a.valid_to))}
    if not ends:
        return
    later: dict[str, list[int]] = {}
    starts = {p.code: p.start for p, _ in figures.known_periods.values()}
    told = figures.frame.filter(pl.col("area").is_in(list(ends)) & pl.col("value").is_not_null())
    for code, line, period in told.select("area", "line", "code").iter_rows():
        if period is not None and starts[period] > ends[code]:
            later.setdefault(code, []).append(line)
    for code, lines in later.items():
        yield Fault(
            what=f"{figures.context.area[code].name} ({code}) ended on {ends[code].isoformat()}, "
            f"and has a figure of a later time{also(sorted(lines))}.",
            fix="Write the code of the place that took over, or mend “valid_to” in areas.csv. If "
            "the source still counts the old place, acknowledge it with the reason.",
            line=min(lines),
            others=tuple(sorted(lines)[1:]),
            column="area",
        )


def period_not_missing(figures: Figures) -> Iterator[Fault]:
    """A year left out without a word looks like a year that never was; say why it is missing."""
    if figures.indicator.periods is PeriodType.DAY:
        return
    rows = zip(*(figures.own[name] for name in ("step", "code", "line")), strict=True)
    today = figures.context.settings.edition.date
    ahead = {p.code for p, _ in figures.known_periods.values() if p.start > today}
    # A period that has not begun is a slip of its own, and leaves no gap before it.
    known = {step: (step, code, line) for step, code, line in rows if code not in ahead}
    own = sorted(known.values())
    if all(later[0] - before[0] == 1 for before, later in pairwise(own)) or _unread(figures):
        return
    misplaced = _misplaced(figures)
    missing: list[str] = []
    after = 0
    for (step, code, _), (following, _, line) in pairwise(own):
        if following - step > 1:
            start = periods.parse(code, figures.indicator.periods)
            gap = [periods.later(start, n).code for n in range(1, following - step)]
            gap = [each for each in gap if each not in misplaced]
            missing += gap
            after = after or (line if gap else 0)
    if missing:
        yield Fault(
            what=f"There is no row for {listed(missing)} of {figures.context.settings.place}.",
            fix="Add a row for each with an empty value and a marker: x (not available), "
            "z (not applicable) or c (withheld); say why in “note”.",
            line=after,
            column="period",
        )


def _unread(figures: Figures) -> bool:
    """Whether what is missing may be a row that cannot be read, or one that stands there twice."""
    odd = [text for text, read in figures.readings.items() if isinstance(read, str)]
    mine = figures.raw.filter(pl.col("area") == figures.context.settings.place)
    if mine["period"].null_count() or (odd and mine.filter(pl.col("period").is_in(odd)).height):
        return True
    return bool(mine.height) and figures.own["step"].n_unique() < figures.own.height


def _misplaced(figures: Figures) -> frozenset[str]:
    """Periods of rows whose area or group is wrong, or given twice: the missing one may be it."""
    there, frame = figures.context.area, figures.frame
    keys = ["area", *figures.breakdowns, "code"]
    odd = pl.struct(keys).is_duplicated() | pl.col("area").is_null()
    odd |= ~pl.col("area").is_in(list(there)) if there else pl.lit(value=False)
    for breakdown in figures.indicator.breakdowns:
        if breakdown.column in figures.breakdowns:
            known = [breakdown.total, *breakdown.groups]
            group = pl.col(breakdown.column)
            odd |= group.is_null() | ~group.is_in(known)
    return frozenset(code for code in frame.filter(odd)["code"] if code)


def break_declared(figures: Figures) -> Iterator[Fault]:
    """A marked break that is not declared would be drawn over as if nothing had changed."""
    if figures.own["marker"].null_count() == figures.own.height:
        return
    kind = figures.indicator.periods
    declared = set()
    for change in figures.indicator.breaks:
        reading = periods.split_marker(change.period)[0]
        try:
            declared.add(periods.parse(reading, kind).code)
        except periods.PeriodError:
            return  # reported at its own place
    marked = pl.col("marker").str.contains(r"(^| )b( |$)")
    for code, lines in by_text(figures.own.filter(marked), "code"):
        if code not in declared:
            yield Fault(
                what=f"{code} is marked b (break), but indicator.yaml declares no break there.",
                fix=f"Add to indicator.yaml under “breaks:” an item with “period: {code}” and "
                "its “reason:”.",
                line=lines[0],
                others=tuple(lines[1:]),
                column="marker",
            )


RULES: tuple[Rule[Figures], ...] = (
    warning("group-absent", group_present, *GROUPS),
    error("total-missing", total_present, *GROUPS),
    error("place-missing", place_present, *GROUPS, "periods"),
    warning("place-left-out", place_left_out, *GROUPS, "periods"),
    warning("period-missing", period_not_missing, *GROUPS, "periods"),
    warning("area-ended", place_still_there, "periods"),
    warning("break-undeclared", break_declared, *GROUPS, "periods", "breaks"),
)
