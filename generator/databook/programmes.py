"""Performance accountability as YAML declares it: programmes, their customers and measures.

A programme is a service, agency or service system with customers. Its measures say how well it
works; they meet outcomes only by `contributes_to`. Population figures never stand here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from databook.model import (
    STRICT,
    Acknowledged,
    Action,
    Better,
    Break,
    Breakdown,
    Disclosure,
    Idea,
    Judgement,
    Line,
    OutcomeRef,
    Partner,
    Slug,
    Source,
    Standing,
    Target,
    Text,
    Title,
    Unit,
)
from databook.periods import PeriodType


class Quadrant(StrEnum):
    """Quantity or quality, of effort or of effect (Friedman)."""

    EFFORT_QUANTITY = "effort-quantity"  # How much did we do?
    EFFORT_QUALITY = "effort-quality"  # How well did we do it?
    EFFECT_QUANTITY = "effect-quantity"  # Is anyone better off? (#)
    EFFECT_QUALITY = "effect-quality"  # Is anyone better off? (%)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How well a programme works, in one of the four quadrants."""

    __pydantic_config__ = STRICT

    slug: Slug
    """Name in addresses and in the `measure` column of data.csv."""
    title: Title
    """Name in plain English."""
    short: Annotated[str, Field(min_length=1, max_length=60)]
    """Name for tables and the quadrant."""
    plain: Line
    """What it is, in one sentence that anybody understands."""
    quadrant: Quadrant
    """effort-quantity, effort-quality, effect-quantity or effect-quality."""
    unit: Unit
    """What the value counts. Declared, never read from the name."""
    per: Annotated[int, Field(ge=1)] | None = None
    """How many people a rate is per."""
    unit_label: Annotated[str, Field(min_length=1, max_length=80)]
    """The unit in words."""
    decimals: Annotated[int, Field(ge=0, le=6)] = 0
    """Decimal places shown."""
    better: Better
    """Which way is good: higher, lower or neutral."""
    better_reason: str = ""
    """Why neither way is better, where it is neutral."""
    customers: Line
    """Which customers are counted."""
    pairs_with: str = ""
    """The measure that is the same thing as a number, or as a percentage."""
    contributes_to: tuple[OutcomeRef, ...] = ()
    """Outcomes that it contributes to, as framework/outcome."""
    contributes_to_indicators: tuple[Slug, ...] = ()
    """Indicators that it contributes to."""
    standing: Standing = Standing.DEVELOPMENT
    """headline, secondary, or development where there are no data yet."""
    periods: PeriodType = PeriodType.FINANCIAL_YEAR
    """What kind of period the data are counted in."""
    definition: str = ""
    """Exactly what is counted, over what."""
    quality: str = ""
    """What to know before relying on it."""
    reads_as: str = ""
    """The figure as a sentence with {value} and {place} in it; {place} is the programme's name."""
    synonyms: tuple[Title, ...] = ()
    """Everyday words that should find it."""
    cited: Line
    """Where the measure comes from: document and slide or section."""
    as_printed: str = ""
    """The source's own words, where they differ."""
    source: Source | None = None
    """Who published the figures, where there are any."""
    target: Target | None = None
    """What has been undertaken, if anything."""
    rating_scheme: str = ""
    """Rating scheme, where it is not the book's first."""
    breaks: tuple[Break, ...] = ()
    """Changes of definition."""
    disclosure: Disclosure | None = None
    """How small numbers are protected, where it differs from the book."""
    notes: tuple[Line, ...] = ()
    """Notes for readers, such as errata in the source."""
    actions: tuple[Action, ...] = ()
    """What is being done about it."""
    acknowledged: tuple[Acknowledged, ...] = ()
    """Warnings that are known, with the reason that readers see."""

    @property
    def breakdowns(self) -> tuple[Breakdown, ...]:
        """None: groups of customers are measures of their own."""
        return ()

    @property
    def columns(self) -> None:
        """None: the measures of a programme share one table in the usual layout."""
        return


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationItem:
    """A population figure that a source put inside a quadrant; shown apart as contributed to."""

    __pydantic_config__ = STRICT

    title: Title
    """What it says."""
    kind: Literal["indicator", "outcome"]
    """Whether it is an indicator or, having no data in it, an outcome."""
    contributes_to: tuple[OutcomeRef, ...] = ()
    """The outcomes it belongs to."""
    indicator: str = ""
    """The indicator of this book that measures it, if any."""
    cited: Line
    """Document and slide or section."""
    as_printed: str = ""
    """The source's own words, where they differ."""
    note: str = ""
    """What to know about it."""
    acknowledged: tuple[Acknowledged, ...] = ()
    """Warnings that are known, with the reason that readers see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A service, agency or service system with its customers. From programmes/<slug>/."""

    __pydantic_config__ = STRICT

    slug: Slug
    """Taken from the folder's name; do not write it in the file."""
    format: Literal[1]
    """Version of this file format: 1."""
    kind: Literal["programme"]
    """This file describes a programme: programme."""
    title: Title
    """Name of the programme."""
    short: Annotated[str, Field(max_length=60)] = ""
    """Name for tables and charts, where the title is long."""
    summary: Line
    """What it is, in a sentence or two."""
    illustrative: bool = False
    """True where the programme and its figures are invented to show how a page looks."""
    service: Line
    """What the service does."""
    customers: Line
    """Who its customers are."""
    providers: tuple[Line, ...] = ()
    """Who provides it."""
    place: Line
    """The place that it serves, in words: Northwick."""
    partners: tuple[Partner, ...] = ()
    """Who has a part to play."""
    measures: tuple[Measure, ...] = ()
    """Its performance measures; none where the source names only partners."""
    population_items: tuple[PopulationItem, ...] = ()
    """Population figures that the source put inside a quadrant."""
    what_works: tuple[Idea, ...] = ()
    """What works, or might."""
    actions: tuple[Action, ...] = ()
    """What is being done."""
    is_this_ok: Judgement | None = None
    """Somebody's answer to "Is this OK?"."""
    story_illustrative: bool = False
    """True where story.md was written for show."""
    development: tuple[Line, ...] = ()
    """Data development agenda beyond the measures without data."""
    synonyms: tuple[Title, ...] = ()
    """Everyday words that should find it."""
    cited: Line
    """Where the programme comes from: document and slide or section."""
    notes: tuple[Text, ...] = ()
    """Notes for readers, such as errata in the source."""
    acknowledged: tuple[Acknowledged, ...] = ()
    """Warnings that are known, with the reason that readers see."""

    @property
    def name(self) -> str:
        """Its short name, or its title."""
        return self.short or self.title
