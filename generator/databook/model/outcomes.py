"""Frameworks and their outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from databook.model.acknowledged import Acknowledged
from databook.model.scalars import STRICT, Line, OutcomeRef, Slug, Title


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A condition of well-being for a population in a place, in plain words, with no data in it."""

    __pydantic_config__ = STRICT

    slug: Slug
    """Name in addresses."""
    title: Title
    """The condition in a few words, such as "Staying safe"."""
    statement: Line
    """The condition as a whole sentence about the population."""
    gloss: str = ""
    """What the framework's authors say it means."""
    aliases: tuple[Title, ...] = ()
    """Other names people know it by; search finds them."""
    speaks_to: tuple[OutcomeRef, ...] = ()
    """Crosswalk: outcomes of other frameworks that this one speaks to, as framework/outcome."""
    development: tuple[Line, ...] = ()
    """Data development agenda: what we would measure if there were data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enabler:
    """Something an organisation does well that helps outcomes; never an outcome itself."""

    __pydantic_config__ = STRICT

    slug: Slug
    """Name in addresses."""
    title: Title
    """What helps, in a few words."""
    statement: Line
    """What it is, as a whole sentence about the organisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """An ordered set of outcomes. From `frameworks/<slug>.yaml`."""

    __pydantic_config__ = STRICT

    slug: Slug
    """Taken from the file's name; do not write it in the file."""
    format: Literal[1]
    """Version of this file format: 1."""
    kind: Literal["framework"]
    """This file describes a framework: framework."""
    title: Title
    """Name of the framework."""
    summary: Line
    """What it is, in a sentence or two."""
    population: Line
    """Whose well-being it is about."""
    source: Line
    """Where the framework comes from."""
    crosswalk_note: str = ""
    """Who declared the crosswalk and on what judgement."""
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)]
    """The outcomes in order, each with a slug, a title and a statement."""
    enablers: tuple[Enabler, ...] = ()
    """What helps, kept apart from outcomes."""
    acknowledged: tuple[Acknowledged, ...] = ()
    """Warnings about this framework that are known, each with its reason."""
