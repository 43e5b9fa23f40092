"""A pathway (funnel): stages from the first contact to the outcome, and how many reach each.

Counts are declared in rows (a baseline, a target, a year). What is not there has a marker.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from databook.model import STRICT, Acknowledged, Line, Slug, Title


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step of a pathway, and what is counted there."""

    __pydantic_config__ = STRICT

    slug: Slug
    """Short name of the stage."""
    title: Title
    """What has happened by this stage, in plain English."""
    counts: Title
    """What is counted here, such as "women" or "contacts"."""
    subset: bool = True
    """Whether everybody counted here was also counted at the stage before."""
    as_printed: str = ""
    """The source's own words, where they differ."""
    acknowledged: tuple[Acknowledged, ...] = ()
    """Warnings that are known, with the reason that readers see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How many reached one stage, or why that is not there."""

    __pydantic_config__ = STRICT

    count: Annotated[int, Field(ge=0)] | None = None
    """The count. Leave out where there is none, and give the marker."""
    marker: Literal["", "c", "x", "z", "w", "p", "r", "e"] = ""
    """Shorthand of official statistics: c withheld, x not available, z not applicable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Counts for all the stages together: a baseline, a target, or what happened in a period."""

    __pydantic_config__ = STRICT

    title: Title
    """Name of the row, such as "Baseline"."""
    cells: tuple[Cell, ...]
    """One for each stage, in order."""
    note: str = ""
    """What readers should know of it."""
    illustrative: bool = False
    """True where the counts are an example."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """Stages in order, and the rows that count people at each."""

    __pydantic_config__ = STRICT

    title: Title
    """Name of the pathway."""
    summary: Line
    """What it leads to, in a sentence or two."""
    stages: Annotated[tuple[Stage, ...], Field(min_length=2)]
    """The stages in order."""
    rows: tuple[Row, ...] = ()
    """Counts."""
    cited: Line
    """Where it comes from: document and slide or section."""
    acknowledged: tuple[Acknowledged, ...] = ()
    """Warnings that are known, with the reason that readers see."""
