"""One outcome, framework, programme, measure or place as lists of the interface show it."""

from __future__ import annotations

from dataclasses import dataclass

from databook.programmes import Quadrant
from databook.render.api.declared import DOCUMENTED, Files, Measured, Path
from databook.render.api.found import Found


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
