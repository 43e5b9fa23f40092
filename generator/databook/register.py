"""A register of source documents: what each part holds, and where the book carries it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from databook.model import STRICT, Acknowledged, Line, Slug, Text, Title

RowId = Annotated[str, Field(pattern=r"^[A-Z][0-9]{1,3}$")]


class Carried(StrEnum):
    """How far the book carries a part of a source."""

    WHOLE = "carried"
    PARTLY = "partly carried"
    NOT_YET = "not yet carried"
    LOST = "lost in the source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A page of this book."""

    __pydantic_config__ = STRICT

    to: Annotated[str, Field(pattern=r"^([a-z0-9][a-z0-9-]*/)*(#[a-z][a-z0-9-]*)?$")]
    """Its address from the root of the book, such as indicators/neet/."""
    text: Title
    """What a reader finds there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument:
    """A document as it was received."""

    __pydantic_config__ = STRICT

    slug: Slug
    """Name that rows of a register use."""
    title: Line
    """Its title."""
    short: Title
    """Its name in tables."""
    author: Line
    """Who wrote it."""
    dated: tuple[Line, ...]
    """Every date that the document gives for itself, and where."""
    parts: Title
    """What its parts are called: slides or sections."""
    parts_said: Annotated[int, Field(ge=1)] | None = None
    """How many parts it says it has."""
    parts_found: Annotated[int, Field(ge=1)] | None = None
    """How many can be read."""
    state: Line
    """In what state it was received, and what was lost."""
    acknowledged: tuple[Acknowledged, ...] = ()
    """Warnings that are known, each with its reason; readers see it as an erratum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One part of a source: what it holds, and what became of it here."""

    __pydantic_config__ = STRICT

    id: RowId
    """A letter and a number, such as P9."""
    title: Title
    """What it is, in a few words."""
    documents: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """The documents it stands in."""
    at: Line
    """Where: document and slides or sections, in words."""
    holds: Text
    """What it holds, in our own words, with the figures as printed."""
    state: Carried
    """carried, partly carried, not yet carried, or lost in the source."""
    where: tuple[Link, ...] = ()
    """The pages of this book that carry it."""
    why: str = ""
    """Why it is not carried, or not wholly."""
    decision: str = ""
    """What we decided where the source leaves it open or contradicts itself."""
    codes: tuple[Slug, ...] = ()
    """Codes of the checks that find it."""
    synonyms: tuple[Title, ...] = ()
    """Everyday words that should find it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What source documents hold and where it is carried. From registers/<slug>.yaml."""

    __pydantic_config__ = STRICT

    slug: Slug
    """Taken from the file's name; do not write it in the file."""
    format: Literal[1]
    """Version of this file format: 1."""
    kind: Literal["register"]
    """This file describes: register."""
    title: Title
    """Name in plain English."""
    summary: Line
    """What it is, in a sentence or two."""
    cited: Line
    """Where it comes from: document and slide or section."""
    documents: tuple[SourceDocument, ...] = ()
    """Source documents, in one register of the book."""
    rows: tuple[Row, ...] = ()
    """The parts, in order."""
