"""Published figures in columns: the one shape in which they travel from load to download."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, NewType, TypeVar

import polars as pl

from databook.citing import Cited, cited
from databook.model import Area, Framework, Indicator, Measurable, Neighbour, Settings, Vintage

M = TypeVar("M", bound=Measurable, covariant=True)

# The usual columns of data.csv; breakdown columns stand between `area` and `value`.
# `line` is the row's line in data.csv; `step` is Period.step; `code` the canonical period.
SCHEMA: Mapping[str, pl.DataType] = {
    "line": pl.Int32(),
    "period": pl.String(),
    "code": pl.String(),
    "step": pl.Int32(),
    "area": pl.String(),
    "value": pl.Float64(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "lower": pl.Float64(),
    "upper": pl.Float64(),
    "marker": pl.String(),
    "note": pl.String(),
}

# Shorthand of UK official statistics (Government Analysis Function, "Using symbols in tables").
MARKERS: Mapping[str, str] = {
    "b": "break in the series: not comparable with the period before",
    "c": "confidential: withheld so that nobody can be identified",
    "e": "estimated",
    "er": "earliest revision",
    "f": "forecast",
    "k": "rounds to zero, but is not zero",
    "low": "rounds to zero, but is not zero",
    "p": "provisional: may be revised",
    "r": "revised since it was first published",
    "u": "unreliable: rests on small numbers",
    "w": "none recorded",
    "x": "not available",
    "z": "not applicable",
}
# Markers that stand in the place of a value; the others stand beside one.
WITHOUT_VALUE = frozenset({"c", "k", "low", "w", "x", "z"})


def markers(text: str | None) -> tuple[str, ...]:
    """Split a marker cell: "[r][e]", "r e" and "r" are all read."""
    if not text:
        return ()
    return tuple(text.replace("[", " ").replace("]", " ").split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Observations:
    """All figures of one indicator, sorted by area, groups and step.

    `frame` has the columns of SCHEMA and one text column for each of `breakdowns`. A total row
    holds the breakdown's `total` word in each breakdown column.
    """

    frame: pl.DataFrame = field(repr=False)
    breakdowns: tuple[str, ...] = ()
    totals: Mapping[str, str] = field(default_factory=dict)
    path: str = ""  # the file that `line` counts in

    def everybody(self) -> pl.DataFrame:
        """The rows about everybody: each breakdown column at its total."""
        frame = self.frame
        for column, total in self.totals.items():
            frame = frame.filter(pl.col(column) == total)
        return frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Card(Generic[M]):
    """One indicator (or measure) with its figures, frozen forecasts and safe story HTML."""

    indicator: M
    observations: Observations
    vintages: tuple[Vintage, ...] = ()
    story_html: str = ""


# A card that has been through `protect`: no cell of it holds a number that must be withheld.
# Stages after `protect` ask for this type, so that a type checker refuses any other card.
ProtectedCard = NewType("ProtectedCard", Card[Indicator])


@dataclass(frozen=True, kw_only=True)
class Context:
    """What every indicator's page needs to know of the book around it."""

    settings: Settings
    areas: tuple[Area, ...]
    neighbours: tuple[Neighbour, ...]
    frameworks: tuple[Framework, ...]
    unread: frozenset[str] = frozenset()
    """Frameworks whose outcomes nobody knows, because of a mistake that is told at its place."""
    doubtful: frozenset[str] = frozenset()
    """Settings that hold a stand-in for such a reason, such as "settings.edition"."""
    published: bool = False
    """Whether what is built becomes a published edition, with an address that stays."""

    @cached_property
    def cited(self) -> Cited:
        """The book as citations name it."""
        return cited(self.settings, published=self.published)

    @cached_property
    def area(self) -> Mapping[str, Area]:
        """Areas by code."""
        return {area.code: area for area in self.areas}

    @cached_property
    def place(self) -> Area:
        """The place the book is about."""
        return self.area[self.settings.place]

    @cached_property
    def neighbour_codes(self) -> tuple[str, ...]:
        """Codes of the place's statistical neighbours, closest first."""
        own = [n for n in self.neighbours if n.area == self.settings.place]
        return tuple(n.neighbour for n in sorted(own, key=lambda n: n.rank))


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A whole book that has passed the check."""

    context: Context
    cards: Sequence[Card[Indicator]]
