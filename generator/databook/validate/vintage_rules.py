"""What keeps frozen forecasts honest: one function for each rule over `forecasts.csv`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import polars as pl

from databook import periods
from databook.periods import Period, PeriodType
from databook.validate.faults import (
    Fault,
    Rule,
    did_you_mean,
    error,
    listed,
    nearest_code,
    warning,
)
from databook.validate.figures import Figures

LIMITS = ("lower_95", "lower_80", "value", "upper_80", "upper_95")
_SHARED = ("origin", "method", "author", "assumptions", "reconstructed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the file; a part that cannot be read is None."""

    line: int
    text: dict[str, str]
    made_on: date | None
    origin: Period | None
    period: Period | None
    numbers: dict[str, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """All rows in the file's order, and the figures that they start from."""

    rows: tuple[Row, ...]
    figures: Figures


def row_read(kept: Kept) -> Iterator[Fault]:
    """A forecast is judged by its figures and dates, so each must be readable in one way only."""
    kind = kept.figures.indicator.periods
    for row in kept.rows:
        wanted = {
            "made_on": (row.made_on, "a date such as 2025-11-27"),
            "origin": (row.origin, periods.EXPECTED[kind]),
            "period": (row.period, periods.EXPECTED[kind]),
            "value": (row.numbers["value"], "a number"),
        }
        for column, (found, form) in wanted.items():
            if found is None:
                yield _wrong(row, column, form)
        for column in LIMITS:
            if column != "value" and row.text[column] and row.numbers[column] is None:
                yield _wrong(row, column, "a number")
        if row.text["reconstructed"].lower() not in ("true", "false"):
            yield _wrong(row, "reconstructed", "“true” or “false”")


def _wrong(row: Row, column: str, form: str) -> Fault:
    said = f"is “{row.text[column]}”" if row.text[column] else "is empty"
    return Fault(what=f"“{column}” {said}.", fix=f"Write {form}.", line=row.line, column=column)


def signed(kept: Kept) -> Iterator[Fault]:
    """A forecast that nobody signed and nobody explained cannot be judged or learnt from."""
    for row in kept.rows:
        for column in ("method", "author", "assumptions"):
            if not row.text[column]:
                yield Fault(
                    what=f"“{column}” is empty.", fix="Say it in a few words.", line=row.line
                )


def made_by_edition(kept: Kept) -> Iterator[Fault]:
    """An edition cannot hold a forecast that was made after it."""
    today = kept.figures.context.settings.edition.date
    for row in kept.rows:
        if row.made_on and row.made_on > today:
            yield Fault(
                what=f"The forecast was made on {row.made_on}, after the edition's date, {today}.",
                fix="Mend the date, or “edition: date:” in databook.yaml.",
                line=row.line,
                column="made_on",
                about="edition",
            )


def only_added(kept: Kept) -> Iterator[Fault]:
    """A frozen forecast is never edited: new ones are written below the old ones."""
    for before, row in pairwise(kept.rows):
        if before.made_on and row.made_on and row.made_on < before.made_on:
            yield Fault(
                what=f"This forecast, made on {row.made_on}, stands below one made later.",
                fix="Keep the rows in the order in which they were made; add new ones at the end.",
                line=row.line,
                column="made_on",
            )


def origin_known(kept: Kept) -> Iterator[Fault]:
    """A forecast starts from a published figure of the place."""
    published = {area: _published(kept, area) for area in {r.text["area"] for r in kept.rows}}
    for row in kept.rows:
        own = published[row.text["area"]]
        known = own.drop_nulls("value")["code"].to_list()
        if own.height and row.origin and row.origin.code not in known:
            yield Fault(
                what=f"data.csv has no value of the origin, {row.origin.code}, for the place.",
                fix=f"{did_you_mean(row.origin.code, known)}Name the period of the last figure "
                "that was known.",
                line=row.line,
                column="origin",
            )


def _published(kept: Kept, area: str) -> pl.DataFrame:
    """Rows about everybody in one place; without a code, in the book's own."""
    if not area:
        return kept.figures.own
    return kept.figures.everybody.filter(pl.col("area") == area)


def place_known(kept: Kept) -> Iterator[Fault]:
    """A forecast is about one place of the book; without a code it is about the book's own."""
    codes = kept.figures.context.area
    for row in kept.rows:
        code = row.text["area"]
        if code and codes and code not in codes:
            yield Fault(
                what=f"“{code}” is not the code of an area of this book.",
                fix=f"{nearest_code(code, codes)}Known areas are in scorecards/areas.",
                line=row.line,
                column="area",
            )


def origin_over(kept: Kept) -> Iterator[Fault]:
    """A figure of a time that was not over cannot have been known when the forecast was made."""
    for row in kept.rows:
        early = row.made_on and row.origin and row.made_on < row.origin.end
        if early and row.origin and row.text["reconstructed"].lower() != "true":
            yield Fault(
                what=f"The forecast was made on {row.made_on}, before its origin was over "
                f"({row.origin.end}).",
                fix="Mend the date or the origin; write “true” under “reconstructed” if it was "
                "worked out afterwards.",
                line=row.line,
                column="made_on",
            )


def ahead_of_origin(kept: Kept) -> Iterator[Fault]:
    """A forecast speaks of what comes after the last figure it knew."""
    for row in kept.rows:
        if row.origin and row.period and row.period.step <= row.origin.step:
            yield Fault(
                what=f"The period forecast, {row.period.code}, is not after the origin, "
                f"{row.origin.code}.",
                fix="Forecast later periods only.",
                line=row.line,
                column="period",
            )


def limits_nested(kept: Kept) -> Iterator[Fault]:
    """The 95 % range holds the 80 % range, and that holds the value."""
    for row in kept.rows:
        given = [(n, v) for n in LIMITS if (v := row.numbers[n]) is not None]
        for (low, smaller), (high, greater) in pairwise(given):
            if smaller > greater:
                yield Fault(
                    what=f"“{low}” is above “{high}”.",
                    fix="Put them in order: lower_95, lower_80, value, upper_80, upper_95.",
                    line=row.line,
                    column=low,
                )
                break  # two limits that changed places are one mistake


def _readable(row: Row, other: Row, column: str) -> bool:
    """Whether both say something there that can be read; what cannot is told by itself."""
    if column == "reconstructed":
        return {row.text[column].lower(), other.text[column].lower()} <= {"true", "false"}
    return column != "origin" or bool(row.origin and other.origin)


def _models(kept: Kept) -> dict[tuple[str, str, str], Row]:
    """Of each forecast the first row that says what most of them say."""
    gathered: dict[tuple[str, str, str], list[Row]] = {}
    for row in kept.rows:
        key = (row.text["made_on"], row.text["scenario"], row.text["area"])
        gathered.setdefault(key, []).append(row)

    def said(row: Row) -> tuple[str, ...]:
        return tuple(row.text[column] for column in _SHARED)

    models = {}
    for key, rows in gathered.items():
        most = Counter(map(said, rows)).most_common(1)[0][0]
        models[key] = next(row for row in rows if said(row) == most)
    return models


def one_vintage_one_story(kept: Kept) -> Iterator[Fault]:
    """Rows made on one day for one scenario are one forecast, with one origin and one author."""
    first = _models(kept)
    seen: dict[tuple[str, str, str, str], int] = {}
    for row in kept.rows:
        key = (row.text["made_on"], row.text["scenario"], row.text["area"])
        other = first[key]
        for column in _SHARED:
            if row.text[column].lower() != other.text[column].lower() and _readable(
                row, other, column
            ):
                yield Fault(
                    what=f"“{column}” differs from line {other.line} of the same forecast.",
                    fix="Say the same in all its rows, or name another “scenario”.",
                    line=row.line,
                    column=column,
                )
        code = row.period.code if row.period else row.text["period"]
        line = seen.setdefault((*key, code), row.line)
        if line != row.line:
            yield Fault(
                what=f"This forecast speaks of {code} on line {line} already.",
                fix="Delete the newer row; a frozen forecast is never changed.",
                line=row.line,
                column="period",
            )


def no_period_left_out(kept: Kept) -> Iterator[Fault]:
    """A forecast is drawn as one line, and a period left out is drawn over as if it were known."""
    if kept.figures.indicator.periods is PeriodType.DAY:
        return
    gathered: dict[tuple[str, str, str], list[tuple[Period, int]]] = {}
    for row in kept.rows:
        if row.period:
            key = (row.text["made_on"], row.text["scenario"], row.text["area"])
            gathered.setdefault(key, []).append((row.period, row.line))
    for found in gathered.values():
        steps = sorted({period.step: (period, line) for period, line in reversed(found)}.items())
        for (step, (before, _)), (following, (_, line)) in pairwise(steps):
            if following - step > 1 and len(found) == len(steps):
                left = [periods.later(before, n).code for n in range(1, following - step)]
                yield Fault(
                    what=f"The forecast leaves out {listed(left)}.",
                    fix="Add a row for each, or acknowledge it where that is how it was made.",
                    line=line,
                    column="period",
                )


_CHECKS: tuple[tuple[str, Callable[[Kept], Iterator[Fault]]], ...] = (
    ("forecast-unreadable", row_read),
    ("forecast-unsigned", signed),
    ("forecast-after-edition", made_by_edition),
    ("forecast-order", only_added),
    ("forecast-area", place_known),
    ("forecast-origin", origin_known),
    ("forecast-too-early", origin_over),
    ("forecast-period", ahead_of_origin),
    ("forecast-limits", limits_nested),
    ("forecast-torn", one_vintage_one_story),
)
RULES: tuple[Rule[Kept], ...] = (
    *(error(code, check) for code, check in _CHECKS),
    warning("forecast-gap", no_period_left_out),
)
