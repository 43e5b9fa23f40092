"""A board or partnership: who is in it, its framework, its reports and their calendar."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from databook.model import STRICT, Acknowledged, Line, Partner, Slug, Text, Title

Quarter = Annotated[str, Field(pattern=r"^([0-9]{4}-Q[1-4])?$")]
Month = Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]


class Frequency(StrEnum):
    """How often a report is made."""

    EACH_MEETING = "at each meeting"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    SIX_MONTHLY = "six-monthly"
    ANNUAL = "annual"
    ONCE = "once"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer of a partnership, from the people in the middle outwards."""

    __pydantic_config__ = STRICT

    title: Title
    """Its name."""
    text: Line
    """What belongs to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of a board's performance framework."""

    __pydantic_config__ = STRICT

    title: Title
    """Its name."""
    text: Line
    """What is looked at, and by whom."""
    audit: str = ""
    """The audit of this book that carries it."""
    beyond: bool = False
    """True where the source adds it without counting it among the levels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report that is made again and again."""

    __pydantic_config__ = STRICT

    title: Title
    """Its name."""
    frequency: Frequency
    """at each meeting, monthly, quarterly, six-monthly, annual or once."""
    to: Line
    """Who receives it."""
    by: str = ""
    """Who makes it."""
    text: str = ""
    """What it holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What a board is to receive in one month."""

    __pydantic_config__ = STRICT

    month: Month
    """The month, such as 2006-09."""
    items: Annotated[tuple[Line, ...], Field(min_length=1)]
    """The reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingRule:
    """A way of giving colours that the board names."""

    __pydantic_config__ = STRICT

    title: Title
    """Its name."""
    thresholds: tuple[Line, ...] = ()
    """The colours and their limits, where the source gives them."""
    note: str = ""
    """What is not known about it, or what else to say."""
    acknowledged: tuple[Acknowledged, ...] = ()
    """Warnings that are known, each with its reason; readers see it as an erratum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A board: members, framework, calendar of reports. From boards/<slug>.yaml."""

    __pydantic_config__ = STRICT

    slug: Slug
    """Taken from the file's name; do not write it in the file."""
    format: Literal[1]
    """Version of this file format: 1."""
    kind: Literal["board"]
    """This file describes: board."""
    title: Title
    """Name in plain English."""
    summary: Line
    """What it is, in a sentence or two."""
    cited: Line
    """Where it comes from: document and slide or section."""
    illustrative: bool = False
    """True where the board is invented."""
    place: Line
    """The place that it is for, in words: Northwick."""
    purpose: tuple[Line, ...] = ()
    """What it is for: its terms of reference."""
    requires: tuple[Line, ...] = ()
    """What performance management requires, as the board says."""
    benefits: tuple[Line, ...] = ()
    """What it is good for, as the board says."""
    monitors_itself: tuple[Line, ...] = ()
    """How the board watches its own performance."""
    layers: tuple[Layer, ...] = ()
    """The layers of a partnership."""
    shared: tuple[Line, ...] = ()
    """What runs through all layers."""
    partners: tuple[Partner, ...] = ()
    """The bodies in it."""
    members: tuple[Partner, ...] = ()
    """Those who sit on it, by role."""
    levels: tuple[Level, ...] = ()
    """The levels of its performance framework."""
    levels_said: Annotated[int, Field(ge=1)] | None = None
    """How many levels the source says there are."""
    reports: tuple[Report, ...] = ()
    """Reports that are made again and again."""
    report_contents: tuple[Line, ...] = ()
    """What each report must hold."""
    criteria: tuple[Line, ...] = ()
    """By what success is seen."""
    calendar: tuple[Due, ...] = ()
    """What is due when."""
    ratings: tuple[RatingRule, ...] = ()
    """Ways of giving colours that it names."""
    plans: tuple[Slug, ...] = ()
    """Plans of this book that it watches over."""
    reports_on: Literal["", "the book's indicators"] = ""
    """What its quarterly report is made from, where this book makes one."""
    reports_from: Quarter = ""
    """The first quarter for which a report is made, such as 2026-Q1."""
    synonyms: tuple[Title, ...] = ()
    """Everyday words that should find it."""
    notes: tuple[Text, ...] = ()
    """Notes for readers, such as errata in the source."""
    acknowledged: tuple[Acknowledged, ...] = ()
    """Warnings that are known, each with its reason; readers see it as an erratum."""
