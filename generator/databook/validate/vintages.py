"""Frozen forecasts: `forecasts.csv` as vintages, and what keeps them honest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, pairwise

from databook import periods
from databook.model import Vintage, VintagePoint
from databook.periods import Period, PeriodError
from databook.problems import Level, Problem
from databook.sources import Table
from databook.validate import cells
from databook.validate.cells import place_in
from databook.validate.faults import Fault, Rule, did_you_mean, error, problem, run
from databook.validate.figures import Figures

_LIMITS = ("lower_95", "lower_80", "value", "upper_80", "upper_95")
_SHARED = ("origin", "method", "author", "assumptions", "reconstructed")
NEEDED = ("made_on", "origin", "method", "author", "assumptions", "reconstructed", "period")
_NUMBER = re.compile(cells.NUMBER, re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a file of forecasts gave."""

    vintages: tuple[Vintage, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def vintages(table: Table | None, figures: Figures) -> Read:
    """Read the kept forecasts of an indicator; rows with a fault are in no vintage."""
    if table is None:
        return Read()
    frame = cells.tidy(table)
    missing = [c for c in (*NEEDED, "value") if c not in frame.columns]
    if missing:
        return Read(problems=tuple(_no_column(table, name) for name in missing))
    rows = tuple(_row(found, figures) for found in frame.iter_rows(named=True))
    kept = Kept(rows=rows, figures=figures)
    problems = tuple(run(RULES, kept, lambda fault: place_in(table, fault)))
    wrong = {p.place.line for p in problems}
    sound = [r for r in rows if r.line not in wrong]
    return Read(vintages=_gathered(sound), problems=problems)


def _gathered(rows: list[Row]) -> tuple[Vintage, ...]:
    def key(row: Row) -> tuple[str, str]:
        return (row.text["made_on"], row.text["scenario"])

    return tuple(_vintage(list(group)) for _, group in groupby(sorted(rows, key=key), key=key))


def _vintage(rows: list[Row]) -> Vintage:
    first = rows[0]
    assert first.made_on is not None  # noqa: S101 - rows without a date have a fault
    assert first.origin is not None  # noqa: S101
    return Vintage(
        made_on=first.made_on,
        origin=first.origin.code,
        method=first.text["method"],
        author=first.text["author"],
        assumptions=first.text["assumptions"],
        reconstructed=first.text["reconstructed"] == "true",
        scenario=first.text["scenario"],
        points=tuple(
            _point(r) for r in sorted(rows, key=lambda r: r.period.step if r.period else 0)
        ),
    )


def _point(row: Row) -> VintagePoint:
    value = row.numbers["value"]
    assert value is not None  # noqa: S101
    assert row.period is not None  # noqa: S101
    limits = {name: row.numbers[name] for name in _LIMITS if name != "value"}
    return VintagePoint(period=row.period.code, value=value, **limits)


def _row(found: dict[str, object], figures: Figures) -> Row:
    text = {k: "" if v is None else str(v) for k, v in found.items()}
    text = {"scenario": "", **dict.fromkeys(_LIMITS, ""), **text}
    return Row(
        line=int(text["line"]),
        text=text,
        made_on=_date(text["made_on"]),
        origin=_period(text["origin"], figures),
        period=_period(text["period"], figures),
        numbers={n: float(text[n]) if _NUMBER.match(text[n]) else None for n in _LIMITS},
    )


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def _period(text: str, figures: Figures) -> Period | None:
    try:
        return periods.parse(text, figures.indicator.periods)
    except PeriodError:
        return None


def _no_column(table: Table, name: str) -> Problem:
    fault = Fault(what="", fix="", column=next(iter(table.columns), ""))
    return problem(
        "forecast-column",
        Level.ERROR,
        place_in(table, fault),
        f"The table of forecasts has no column `{name}`.",
        "Who made a forecast, when, from what and how is what makes it worth judging by.",
        f"Add the column. `databook forecast` writes them all: {', '.join(NEEDED)}, value.",
    )


# --- rules -------------------------------------------------------------------------------------


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
        for column in _LIMITS:
            if column != "value" and row.text[column] and row.numbers[column] is None:
                yield _wrong(row, column, "a number")
        if row.text["reconstructed"] not in ("true", "false"):
            yield _wrong(row, "reconstructed", "`true` or `false`")


def _wrong(row: Row, column: str, form: str) -> Fault:
    said = f"is `{row.text[column]}`" if row.text[column] else "is empty"
    return Fault(what=f"`{column}` {said}.", fix=f"Write {form}.", line=row.line, column=column)


def signed(kept: Kept) -> Iterator[Fault]:
    """A forecast that nobody signed and nobody explained cannot be judged or learnt from."""
    for row in kept.rows:
        for column in ("method", "author", "assumptions"):
            if not row.text[column]:
                yield Fault(
                    what=f"`{column}` is empty.", fix="Say it in a few words.", line=row.line
                )


def made_by_edition(kept: Kept) -> Iterator[Fault]:
    """An edition cannot hold a forecast that was made after it."""
    today = kept.figures.context.settings.edition.date
    for row in kept.rows:
        if row.made_on and row.made_on > today:
            yield Fault(
                what=f"The forecast was made on {row.made_on}, after the edition's date, {today}.",
                fix="Mend the date, or `edition: date:` in databook.yaml.",
                line=row.line,
                column="made_on",
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
    own = kept.figures.own
    known = own.drop_nulls("value")["code"].to_list()
    for row in kept.rows:
        if row.origin and row.origin.code not in known:
            yield Fault(
                what=f"data.csv has no value of the origin, {row.origin.code}, for the place.",
                fix=f"{did_you_mean(row.origin.code, known)}Name the period of the last figure "
                "that was known.",
                line=row.line,
                column="origin",
            )


def origin_over(kept: Kept) -> Iterator[Fault]:
    """A figure of a time that was not over cannot have been known when the forecast was made."""
    for row in kept.rows:
        early = row.made_on and row.origin and row.made_on < row.origin.end
        if early and row.origin and row.text["reconstructed"] != "true":
            yield Fault(
                what=f"The forecast was made on {row.made_on}, before its origin was over "
                f"({row.origin.end}).",
                fix="Mend the date or the origin; write `true` under `reconstructed` if it was "
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
        given = [(n, v) for n in _LIMITS if (v := row.numbers[n]) is not None]
        for (low, smaller), (high, greater) in pairwise(given):
            if smaller > greater:
                yield Fault(
                    what=f"`{low}` is above `{high}`.",
                    fix="Put them in order: lower_95, lower_80, value, upper_80, upper_95.",
                    line=row.line,
                    column=low,
                )


def one_vintage_one_story(kept: Kept) -> Iterator[Fault]:
    """Rows made on one day for one scenario are one forecast, with one origin and one author."""
    first: dict[tuple[str, str], Row] = {}
    seen: dict[tuple[str, str, str], int] = {}
    for row in kept.rows:
        key = (row.text["made_on"], row.text["scenario"])
        other = first.setdefault(key, row)
        for column in _SHARED:
            if row.text[column] != other.text[column]:
                yield Fault(
                    what=f"`{column}` differs from line {other.line} of the same forecast.",
                    fix="Say the same in all its rows, or name another `scenario`.",
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


_CHECKS: tuple[tuple[str, Callable[[Kept], Iterator[Fault]]], ...] = (
    ("forecast-unreadable", row_read),
    ("forecast-unsigned", signed),
    ("forecast-after-edition", made_by_edition),
    ("forecast-order", only_added),
    ("forecast-origin", origin_known),
    ("forecast-too-early", origin_over),
    ("forecast-period", ahead_of_origin),
    ("forecast-limits", limits_nested),
    ("forecast-torn", one_vintage_one_story),
)
RULES: tuple[Rule[Kept], ...] = tuple(error(code, check) for code, check in _CHECKS)
