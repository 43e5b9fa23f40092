"""Freezes a forecast: adds one vintage to a file forecasts.csv and changes no row of it."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from databook import analyse, load, protect, validate
from databook.model import Vintage
from databook.observations import Context, ProtectedCard
from databook.performance import ProtectedMeasure
from databook.pipeline.order import has_errors
from databook.pipeline.surroundings import Surroundings, surroundings
from databook.problems import Checked, Level, Place, Problem, in_order

COLUMNS = (
    "made_on", "origin", "scenario", "method", "author", "assumptions", "reconstructed",
    "period", "value", "lower_80", "upper_80", "lower_95", "upper_95",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be forecast, and how. Empty: as the book and the method have it."""

    slug: str  # of an indicator, or "programme/measure"
    method: str = ""
    author: str = ""
    assumptions: str = ""
    as_known: str = ""  # period of the last figure to use; empty for all


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """What was added, and to which file."""

    path: str
    text: str


def freeze(root: Path, wanted: Wanted) -> Checked[Frozen]:
    """Work out a forecast from the figures there are, and keep it for good."""
    around = surroundings(root)
    if around.context is None or has_errors(around.problems):
        return Checked(value=None, problems=in_order(around.problems))
    found = _card(root, wanted.slug, around)
    if found.value is None or found.errors:
        return Checked(value=None, problems=in_order(found.problems))
    made = analyse.forecast_vintage(
        found.value,
        around.context,
        made_on=around.context.settings.edition.date,
        author=wanted.author or around.context.settings.publisher,
        assumptions=wanted.assumptions,
        method=wanted.method or None,
        as_known_on=wanted.as_known or None,
    )
    if made.value is None:
        place = Place(path=f"{_folder(wanted.slug)}/data.csv")
        return Checked(value=None, problems=tuple(replace(p, place=place) for p in made.problems))
    path = f"{_folder(wanted.slug)}/forecasts.csv"
    if any(_same(made.value, kept) for kept in found.value.vintages):
        return Checked(value=None, problems=(_twice(path, made.value.made_on),))
    return Checked(value=_append(root, path, wanted.slug, made.value), problems=made.problems)


def _folder(slug: str) -> str:
    """The folder that holds the figures of an indicator, or of all measures of a programme."""
    programme, inside, _ = slug.partition("/")
    return f"scorecards/programmes/{programme}" if inside else f"scorecards/indicators/{slug}"


def _card(
    root: Path, slug: str, around: Surroundings
) -> Checked[ProtectedCard] | Checked[ProtectedMeasure]:
    """The figures to forecast from; those of a measure have been read with the programmes."""
    assert around.context is not None  # noqa: S101 - the caller has asked
    if "/" not in slug:
        return _indicator(root, slug, around.context)
    figures = around.performance.figures
    if slug in figures:
        return Checked(value=figures[slug])
    return Checked(value=None, problems=(_no_figures(slug, sorted(figures)),))


def _no_figures(slug: str, known: Sequence[str]) -> Problem:
    near = get_close_matches(slug, known, n=3)
    return Problem(
        code="forecast-no-figures",
        level=Level.ERROR,
        place=Place(path=f"{_folder(slug)}/data.csv"),
        what=f"There is no measure “{slug}” with figures in this book.",
        why="A forecast starts from a published figure.",
        fix=f"Did you mean {' or '.join(near)}?" if near else "Add its figures to data.csv first.",
    )


def _indicator(root: Path, slug: str, context: Context) -> Checked[ProtectedCard]:
    read = load.indicator(root, slug)
    if read.value is None:
        return Checked(value=None, problems=read.problems)
    card = validate.card(read.value, context)
    if card.value is None:
        return Checked(value=None, problems=read.problems + card.problems)
    safe = protect.card(card.value, context)
    return Checked(value=safe.value, problems=read.problems + card.problems + safe.problems)


def _same(one: Vintage, other: Vintage) -> bool:
    """Whether two would be taken for one: rows of one day and scenario belong together."""
    about = (one.made_on, one.scenario, one.area)
    return about == (other.made_on, other.scenario, other.area)


def _twice(path: str, day: date) -> Problem:
    return Problem(
        code="forecast-twice",
        level=Level.ERROR,
        place=Place(path=path),
        what=f"A forecast made on {day} is frozen here already.",
        why="A frozen forecast is never changed, and two of one day could not be told apart.",
        fix="Keep that one. For the next edition, set `edition:` `date:` in databook.yaml first.",
    )


def _append(root: Path, path: str, slug: str, vintage: Vintage) -> Frozen:
    """Add the rows at the end of the file, in one write."""
    file = root / path
    there = file.read_bytes() if file.exists() else b""
    # The file's own order of columns, of which there may be one more: the area.
    head = there.decode("utf-8-sig").partition("\n")[0].strip()
    measure = slug.partition("/")[2]
    usual = ["measure", *COLUMNS] if measure else list(COLUMNS)
    columns = next(csv.reader([head])) if head else usual
    rows = (dict(zip(COLUMNS, row, strict=True)) | {"measure": measure} for row in _rows(vintage))
    text = _lines([row.get(column, "") for column in columns] for row in rows)
    lead = "" if there else _lines([columns])
    if there and not there.endswith(b"\n"):
        lead = "\n"
    with file.open("ab") as end:
        end.write((lead + text).encode())
        end.flush()
        os.fsync(end.fileno())
    return Frozen(path=path, text=text)


def _lines(rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _rows(vintage: Vintage) -> Iterable[tuple[str, ...]]:
    for point in vintage.points:
        numbers = (point.value, point.lower_80, point.upper_80, point.lower_95, point.upper_95)
        yield (
            vintage.made_on.isoformat(),
            vintage.origin,
            vintage.scenario,
            vintage.method,
            vintage.author,
            vintage.assumptions,
            "true" if vintage.reconstructed else "false",
            point.period,
            *(
                "" if number is None else f"{number:f}".rstrip("0").rstrip(".")
                for number in numbers
            ),
        )


def _plain(number: float | None) -> str:
    """A number without an exponent and without idle zeros."""
    return "" if number is None else f"{number:f}".rstrip("0").rstrip(".")
