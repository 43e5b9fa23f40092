"""What the files under /api/v1/ hold: each class is one shape, and its schema is made of it.

Within v1 nothing here loses a field, a field's meaning or a value's unit. Fields, documents and
values of the lists of words may be added. A number that is not there is never null alone: a
`status` beside it says which kind of nothing it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypedDict

from pydantic import Field

from databook.model import Unit
from databook.periods import PeriodType
from databook.render.api.declared import (
    DOCUMENTED,
    Api,
    Broken,
    Citable,
    Day,
    Edition,
    Grouped,
    Listed,
    Path,
    Undertaken,
)
from databook.render.api.found import Found
from databook.render.api.listed import (
    AreaListed,
    FrameworkListed,
    OutcomeListed,
    ProgrammeListed,
)


class Head(TypedDict):
    """What a document of an edition begins with, by name."""

    schema: str
    api: Api
    edition: Edition


# Pydantic reads the sentence below a field in the class's own text alone, and so not of a class
# that it inherits from: those of the fields that documents share stand beside them.
@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What each document begins with."""

    __pydantic_config__ = DOCUMENTED

    schema: Annotated[
        str,
        Field(serialization_alias="$schema", description="Address of this document's schema."),
    ]
    api: Annotated[Api, Field(description="Version of the interface.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfEdition(Document):
    """A document that tells of one state of the book."""

    edition: Annotated[Edition, Field(description="The state of the book.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorDocument(OfEdition):
    """One indicator: what it counts, and what the book found."""

    __pydantic_config__ = DOCUMENTED

    indicator: Listed
    """As in the list."""
    population: str
    """Whose lives the figure describes."""
    definition: str
    """Exactly what is counted."""
    quality: str
    """What to know before relying on it."""
    better_reason: str
    """Why neither way is better, where that is so."""
    synonyms: tuple[str, ...]
    """Everyday words for it."""
    target: Undertaken | None
    """The target; null where none is declared."""
    breaks: tuple[Broken, ...]
    """Changes of definition."""
    breakdowns: tuple[Grouped, ...]
    """Columns of groups."""
    notes: tuple[str, ...]
    """Notes for readers."""
    finding: Found
    """What the book found."""
    citation: Citable
    """How to cite it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """A column of few different values: `levels[codes[row]]` is the row's value."""

    __pydantic_config__ = DOCUMENTED

    levels: tuple[str | tuple[str, ...], ...]
    """The different values."""
    codes: tuple[int, ...]
    """For each row, the place of its value among `levels`, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """A column of numbers: `values[row]`. A null is explained by the row's status."""

    __pydantic_config__ = DOCUMENTED

    values: tuple[float | None, ...]
    """The numbers as published, not rounded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationsDocument(Document):
    """All published figures of one indicator or measure, in columns of equal length.

    Holds nothing of the edition, so that it changes only when a figure does. Columns: `period`,
    `area`, one for each column of groups, `value`, `status`, `markers`; and where anything is
    published for it `numerator`, `denominator`, `lower`, `upper` (95 % interval) and `note`. A
    column that is not there has nothing in the whole table. Null in a number column other than
    `value`: not published for that row, or withheld with the value.
    """

    slug: str
    """The indicator, or programme/measure."""
    unit: Unit
    """What a value counts."""
    per: int | None
    """How many a rate is per; null for other units."""
    unit_label: str
    """The unit in words."""
    periods: PeriodType
    """What kind of period it is counted in."""
    totals: dict[str, str]
    """By column of groups, the word in it that stands for everybody."""
    rows: int
    """How many rows there are."""
    columns: dict[str, Levels | Numbers]
    """The columns by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorsDocument(OfEdition):
    """All indicators."""

    indicators: tuple[Listed, ...]
    """In order of their slugs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsDocument(OfEdition):
    """What the book found about every indicator."""

    findings: tuple[Found, ...]
    """In order of the indicators' slugs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomesDocument(OfEdition):
    """All outcomes of all frameworks."""

    outcomes: tuple[OutcomeListed, ...]
    """In the frameworks' order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworksDocument(OfEdition):
    """All frameworks."""

    frameworks: tuple[FrameworkListed, ...]
    """In the book's order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammesDocument(OfEdition):
    """All programmes with their measures."""

    programmes: tuple[ProgrammeListed, ...]
    """In order of their slugs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreasDocument(OfEdition):
    """All areas that figures may be about."""

    areas: tuple[AreaListed, ...]
    """In the book's order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEdition:
    """An edition that is announced."""

    __pydantic_config__ = DOCUMENTED

    id: str
    """Its name."""
    date: Day
    """The day on which it will be published."""
    note: str
    """What to expect of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionsDocument(OfEdition):
    """The edition, those announced, and where the register of published ones stands."""

    register: str
    """Address of the register of all published editions, with corrections and checksums."""
    versions: str
    """Address of the list of editions, newest first."""
    planned: tuple[PlannedEdition, ...]
    """Announced editions after this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A word of a list and what it means."""

    __pydantic_config__ = DOCUMENTED

    word: str
    """The word."""
    meaning: str
    """What it means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A document of the interface, or a file of the whole book."""

    __pydantic_config__ = DOCUMENTED

    name: str
    """What it is called."""
    title: str
    """What it holds."""
    path: str
    """Address from the root of the book or edition; a part in braces stands for a slug."""
    schema: str
    """Address of its schema; empty where it is no JSON document of this interface."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceNamed:
    """A place."""

    __pydantic_config__ = DOCUMENTED

    code: str
    """Its code."""
    name: str
    """Its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexDocument(OfEdition):
    """Where to begin: what the book is, and where everything stands."""

    title: str
    """The book's title."""
    summary: str
    """What it is."""
    publisher: str
    """Who publishes it."""
    notice: str
    """What must be known of the whole of it."""
    language: str
    """Language of its words."""
    licence: Told
    """Licence of the figures, and its address."""
    place: PlaceNamed
    """The place it is about."""
    population: str
    """Whose well-being it is about."""
    counts: dict[str, int]
    """How much of each kind there is."""
    documents: tuple[Linked, ...]
    """The documents of this interface."""
    downloads: tuple[Linked, ...]
    """Files of the whole book."""
    statuses: tuple[Told, ...]
    """What each status of a figure means."""
    markers: tuple[Told, ...]
    """What each shorthand means."""
    units: tuple[Told, ...]
    """What each unit means."""
    promise: Path
    """Page that says what may be added and what never changes."""
    citation: Citable
    """How to cite the book."""


DOCUMENTS: dict[str, type] = {
    "index": IndexDocument,
    "frameworks": FrameworksDocument,
    "outcomes": OutcomesDocument,
    "indicators": IndicatorsDocument,
    "indicator": IndicatorDocument,
    "findings": FindingsDocument,
    "observations": ObservationsDocument,
    "programmes": ProgrammesDocument,
    "areas": AreasDocument,
    "editions": EditionsDocument,
}
