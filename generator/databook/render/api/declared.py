"""What a book declares, in the shapes of the interface: editions, units, sources, files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from databook.model import Better, Standing, Unit
from databook.periods import PeriodType

Api = Literal["1"]
VERSION: Api = "1"
DOCUMENTED = ConfigDict(use_attribute_docstrings=True)

Day = date  # a field called `date` hides the type of that name inside its class
Path = Annotated[str, Field(description="Address from the root of the book or edition.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The state of the book that a document tells of."""

    __pydantic_config__ = DOCUMENTED

    id: str
    """Short name of the edition."""
    date: Day
    """The day the edition speaks of."""
    published: bool
    """False for a build that nobody has published: its figures are a draft, not to be cited."""
    address: str
    """The permanent address of this edition, empty where `published` is false. Every `path` and
    `page` begins here, or at `newest`."""
    newest: str
    """The address at which the newest edition stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Who published the figures."""

    __pydantic_config__ = DOCUMENTED

    publisher: str
    """The body."""
    title: str
    """The publication."""
    url: str
    """Its address."""
    released: str
    """When the newest figures came out: 2025-11 or 2025-11-27."""
    next_release: str
    """When the next are due; empty where not announced."""
    licence: str
    """Licence of the figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What an indicator or measure counts."""

    __pydantic_config__ = DOCUMENTED

    title: str
    """Name in plain English."""
    short: str
    """Name for tables."""
    plain: str
    """What it is, in a sentence."""
    unit: Unit
    """What a value counts."""
    per: int | None
    """How many a rate is per; null for other units."""
    unit_label: str
    """The unit in words."""
    decimals: int
    """Decimal places that pages show. Values in these files are not rounded."""
    better: Better
    """Which way is good."""
    standing: Standing
    """headline, secondary or development."""
    periods: PeriodType
    """What kind of period it is counted in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Where the figures are, from the root of the book or edition."""

    __pydantic_config__ = DOCUMENTED

    observations: Path
    """All figures in columns (JSON)."""
    csv: Path
    """All figures, one row each (CSV)."""
    datapackage: Path
    """What the CSV holds (Data Package)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One indicator in the list."""

    __pydantic_config__ = DOCUMENTED

    slug: str
    """Name in addresses; it never comes to mean another indicator."""
    measured: Measured
    """What it counts."""
    outcomes: tuple[str, ...]
    """Outcomes it speaks to, as framework/outcome."""
    topic: str
    """Subject heading."""
    source: Published
    """Who published the figures."""
    figures: int
    """How many figures its files hold."""
    page: Path
    """Its page for people."""
    path: Path
    """Its own document."""
    files: Files
    """Its figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undertaken:
    """A value that somebody has undertaken to reach."""

    __pydantic_config__ = DOCUMENTED

    period: str
    """Code of the period."""
    value: float
    """The value."""
    upper: float | None
    """Upper end, where the target is a range; else null."""
    set_by: str
    """Who set it."""
    illustrative: bool
    """True where it is an example."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A change of definition: figures before and after are not compared."""

    __pydantic_config__ = DOCUMENTED

    period: str
    """First period of the new definition."""
    reason: str
    """What changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """A column of groups in the figures."""

    __pydantic_config__ = DOCUMENTED

    column: str
    """Name of the column."""
    title: str
    """What the groups are."""
    total: str
    """The word that stands for everybody."""
    groups: tuple[str, ...]
    """The groups in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citable:
    """How to cite the page."""

    __pydantic_config__ = DOCUMENTED

    text: str
    """In one line."""
    address: str
    """The address to cite; permanent where the edition is published."""
