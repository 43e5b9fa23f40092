"""What the files under /api/v1/ hold: each class is one shape, and its schema is made of it.

Within v1 nothing here loses a field, a field's meaning or a value's unit. Fields, documents and
values of the lists of words may be added. A number that is not there is never null alone: a
`status` beside it says which kind of nothing it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from databook.model import Unit
from databook.periods import PeriodType
from databook.programmes import Quadrant
from databook.render.api.declared import (
    DOCUMENTED,
    Api,
    Broken,
    Citable,
    Day,
    Edition,
    Files,
    Grouped,
    Listed,
    Measured,
    Path,
    Schema,
    Undertaken,
)
from databook.render.api.found import Found


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorDocument:
    """One indicator: what it counts, and what the book found."""

    __pydantic_config__ = DOCUMENTED

    schema: Schema
    """Address of this document's schema."""
    api: Api
    """Version of the interface."""
    edition: Edition
    """The state of the book."""
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
class ObservationsDocument:
    """All published figures of one indicator or measure, in columns of equal length.

    Holds nothing of the edition, so that it changes only when a figure does. Columns: `period`,
    `area`, one for each column of groups, `value`, `status`, `markers`; and where anything is
    published for it `numerator`, `denominator`, `lower`, `upper` (95 % interval) and `note`. A
    column that is not there has nothing in the whole table. Null in a number column other than
    `value`: not published for that row, or withheld with the value.
    """

    __pydantic_config__ = DOCUMENTED

    schema: Schema
    """Address of this document's schema."""
    api: Api
    """Version of the interface."""
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
class IndicatorsDocument:
    """All indicators."""

    __pydantic_config__ = DOCUMENTED

    schema: Schema
    """Address of this document's schema."""
    api: Api
    """Version of the interface."""
    edition: Edition
    """The state of the book."""
    indicators: tuple[Listed, ...]
    """In order of their slugs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsDocument:
    """What the book found about every indicator."""

    __pydantic_config__ = DOCUMENTED

    schema: Schema
    """Address of this document's schema."""
    api: Api
    """Version of the interface."""
    edition: Edition
    """The state of the book."""
    findings: tuple[Found, ...]
    """In order of the indicators' slugs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeListed:
    """One outcome of a framework."""

    __pydantic_config__ = DOCUMENTED

    id: str
    """framework/outcome."""
    framework: str
    """Slug of the framework."""
    title: str
    """In a few words."""
    statement: str
    """As a sentence about the population."""
    gloss: str
    """What the framework's authors say it means."""
    aliases: tuple[str, ...]
    """Other names."""
    speaks_to: tuple[str, ...]
    """Outcomes of other frameworks that it speaks to."""
    development: tuple[str, ...]
    """What would be measured if there were data."""
    indicators: tuple[str, ...]
    """Slugs of the indicators that speak to it."""
    measures: tuple[str, ...]
    """Measures (programme/measure) that contribute to it. No cause is claimed."""
    page: Path
    """Its page for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomesDocument:
    """All outcomes of all frameworks."""

    __pydantic_config__ = DOCUMENTED

    schema: Schema
    """Address of this document's schema."""
    api: Api
    """Version of the interface."""
    edition: Edition
    """The state of the book."""
    outcomes: tuple[OutcomeListed, ...]
    """In the frameworks' order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnablerListed:
    """What helps outcomes; never an outcome itself."""

    __pydantic_config__ = DOCUMENTED

    slug: str
    """Name."""
    title: str
    """In a few words."""
    statement: str
    """As a sentence about the organisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkListed:
    """An ordered set of outcomes."""

    __pydantic_config__ = DOCUMENTED

    slug: str
    """Name in addresses."""
    title: str
    """Its name."""
    summary: str
    """What it is."""
    population: str
    """Whose well-being it is about."""
    source: str
    """Where it comes from."""
    outcomes: tuple[str, ...]
    """Its outcomes in order, as framework/outcome."""
    enablers: tuple[EnablerListed, ...]
    """What helps, kept apart from outcomes."""
    page: Path
    """Its page for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworksDocument:
    """All frameworks."""

    __pydantic_config__ = DOCUMENTED

    schema: Schema
    """Address of this document's schema."""
    api: Api
    """Version of the interface."""
    edition: Edition
    """The state of the book."""
    frameworks: tuple[FrameworkListed, ...]
    """In the book's order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureListed:
    """One performance measure of a programme: it counts customers, never a whole population."""

    __pydantic_config__ = DOCUMENTED

    slug: str
    """Name within its programme."""
    measured: Measured
    """What it counts."""
    quadrant: Quadrant
    """Quantity or quality, of effort or of effect."""
    customers: str
    """Which customers are counted."""
    contributes_to: tuple[str, ...]
    """Outcomes it contributes to. No cause is claimed."""
    finding: Found | None
    """What the book found; null where no figures are published."""
    page: str
    """Its page for people; empty where no figures are published."""
    files: Files | None
    """Its figures; null where none are published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeListed:
    """A service, agency or service system with its customers."""

    __pydantic_config__ = DOCUMENTED

    slug: str
    """Name in addresses."""
    title: str
    """Its name."""
    summary: str
    """What it is."""
    customers: str
    """Who its customers are."""
    place: str
    """Where."""
    illustrative: bool
    """True where the programme and its figures are invented to show how a page looks."""
    measures: tuple[MeasureListed, ...]
    """Its performance measures."""
    page: Path
    """Its page for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammesDocument:
    """All programmes with their measures."""

    __pydantic_config__ = DOCUMENTED

    schema: Schema
    """Address of this document's schema."""
    api: Api
    """Version of the interface."""
    edition: Edition
    """The state of the book."""
    programmes: tuple[ProgrammeListed, ...]
    """In order of their slugs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaListed:
    """A place at a level."""

    __pydantic_config__ = DOCUMENTED

    code: str
    """ONS GSS code, or the book's own for places without one."""
    name: str
    """Its name."""
    level: str
    """country, region, district, ward..."""
    parent: str
    """Code of the area it lies in; empty at the top."""
    valid_from: str
    """First day of its boundaries, where declared."""
    valid_to: str
    """Last day of its boundaries, where they are no more."""
    own: bool
    """Whether it is the place the book is about."""
    neighbours: tuple[str, ...]
    """Its statistical neighbours, closest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreasDocument:
    """All areas that figures may be about."""

    __pydantic_config__ = DOCUMENTED

    schema: Schema
    """Address of this document's schema."""
    api: Api
    """Version of the interface."""
    edition: Edition
    """The state of the book."""
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
class EditionsDocument:
    """The edition, those announced, and where the register of published ones stands."""

    __pydantic_config__ = DOCUMENTED

    schema: Schema
    """Address of this document's schema."""
    api: Api
    """Version of the interface."""
    edition: Edition
    """The state of the book."""
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
class IndexDocument:
    """Where to begin: what the book is, and where everything stands."""

    __pydantic_config__ = DOCUMENTED

    schema: Schema
    """Address of this document's schema."""
    api: Api
    """Version of the interface."""
    edition: Edition
    """The state of the book."""
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
