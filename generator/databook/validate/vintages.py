"""Frozen forecasts: `forecasts.csv` as vintages, and what keeps them honest."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from databook import periods
from databook.model import Vintage, VintagePoint
from databook.periods import Period, PeriodError
from databook.problems import Level, Problem
from databook.sources import Table
from databook.validate import cells
from databook.validate.cells import place_in
from databook.validate.faults import Fault, problem, run
from databook.validate.figures import Figures
from databook.validate.vintage_rules import LIMITS, RULES, Kept, Row

NEEDED = ("made_on", "origin", "method", "author", "assumptions", "reconstructed", "period")
_NUMBER = re.compile(cells.NUMBER, re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


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
    def key(row: Row) -> tuple[str, str, str]:
        return (row.text["made_on"], row.text["scenario"], row.text["area"])

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
        reconstructed=first.text["reconstructed"].lower() == "true",
        scenario=first.text["scenario"],
        points=tuple(
            _point(r) for r in sorted(rows, key=lambda r: r.period.step if r.period else 0)
        ),
        area=first.text["area"],
    )


def _point(row: Row) -> VintagePoint:
    value = row.numbers["value"]
    assert value is not None  # noqa: S101
    assert row.period is not None  # noqa: S101
    limits = {name: row.numbers[name] for name in LIMITS if name != "value"}
    return VintagePoint(period=row.period.code, value=value, **limits)


def _row(found: dict[str, object], figures: Figures) -> Row:
    text = {k: "" if v is None else str(v) for k, v in found.items()}
    text = {"scenario": "", "area": "", **dict.fromkeys(LIMITS, ""), **text}
    if text["area"] == figures.context.settings.place:
        text["area"] = ""
    return Row(
        line=int(text["line"]),
        text=text,
        made_on=_date(text["made_on"]),
        origin=_period(text["origin"], figures),
        period=_period(text["period"], figures),
        numbers={n: float(text[n]) if _NUMBER.match(text[n]) else None for n in LIMITS},
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
        f"The table of forecasts has no column “{name}”.",
        "Who made a forecast, when, from what and how is what makes it worth judging by.",
        f"Add the column. “databook forecast” writes them all: {', '.join(NEEDED)}, value.",
    )
