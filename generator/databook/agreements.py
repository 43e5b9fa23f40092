"""Payment by results as YAML declares it: who, what is paid for which progress, and the risk.

Quadrants are told by their names here, because a trigger need not belong to a programme of the
book. Money is written in pounds and reckoned in whole pence.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from databook.model import STRICT, Acknowledged, Line, Slug, Text, Title
from databook.pathways import Pathway
from databook.populations import PopulationTable

Pounds = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]
Count = Annotated[int, Field(ge=0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Centres:
    """How many centres of one type a provider runs."""

    __pydantic_config__ = STRICT

    type: Title
    """Type of the centres, such as "30% area"."""
    count: Annotated[int, Field(ge=1)]
    """How many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Who delivers the service, and in how many centres."""

    __pydantic_config__ = STRICT

    name: Title
    """Name of the body."""
    sector: Title
    """What kind of body it is."""
    centres: Annotated[tuple[Centres, ...], Field(min_length=1)]
    """Its centres by type."""
    note: str = ""
    """What is unclear in the source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One entry of a list: a priority, a motive, an objective, a data task."""

    __pydantic_config__ = STRICT

    title: Line
    """What it is."""
    text: str = ""
    """More about it."""
    cited: str = ""
    """Slide or section."""
    items: tuple[Line, ...] = ()
    """What was done or is meant to be done for it."""
    indicator: str = ""
    """The indicator of this book that measures it, if any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with the entries that belong under it."""

    __pydantic_config__ = STRICT

    title: Title
    """Heading."""
    points: Annotated[tuple[Point, ...], Field(min_length=1)]
    """Entries in order."""
    cited: Line
    """Document and slide or section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A measure whose progress is paid for."""

    __pydantic_config__ = STRICT

    slug: Slug
    """Short name of the measure."""
    title: Title
    """Name in plain English."""
    quadrant: Literal["effort-quantity", "effort-quality", "effect-quantity", "effect-quality"]
    """Which of the four kinds of performance measure it is."""
    counts: Title
    """Who or what is counted, such as "mothers"."""
    as_printed: str = ""
    """The source's own words, where they differ."""
    cited: Line
    """Document and slide or section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How the thresholds follow from the number in reach; each share is rounded up."""

    __pydantic_config__ = STRICT

    target_share: Annotated[int, Field(ge=1, le=100)]
    """The target as a percentage of those in reach."""
    point_shares: tuple[Annotated[int, Field(ge=1, le=100)], ...]
    """Each threshold as a percentage of the target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Counts of one centre for one trigger, quarter by quarter."""

    __pydantic_config__ = STRICT

    title: Title
    """Whose counts they are."""
    trigger: Slug
    """The trigger that they are of."""
    reach: Count
    """How many could be reached."""
    reach_counts: Title
    """Who they are, such as "pregnant women"."""
    thresholds: Annotated[tuple[Count, ...], Field(min_length=1)]
    """Cumulative count that earns each point; the last is the target."""
    rule: Rule | None = None
    """How the thresholds follow from the reach, if that is known."""
    first_quarter: str
    """The first quarter, as a calendar quarter such as 2012-Q2."""
    new: tuple[Count, ...]
    """How many were new in each quarter, in order."""
    printed_points: tuple[Count, ...] = ()
    """Total points after each quarter, as the source prints them."""
    counted: bool
    """True where real people were counted: small numbers are then withheld. False where the
    source made the numbers up to explain itself."""
    cited: Line
    """Document and slide or section."""
    acknowledged: tuple[Acknowledged, ...] = ()
    """Warnings that are known, with the reason that readers see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """What a point is worth, what there is to pay with, and when it is paid."""

    __pydantic_config__ = STRICT

    budget: Pounds
    """Pounds set aside."""
    value_per_point: Pounds
    """Pounds paid for a point. Declared, never worked out from the budget."""
    points_per_trigger: Annotated[int, Field(ge=1)]
    """The most points that one trigger earns one centre."""
    expected_points: Count
    """Points that a centre is expected to earn."""
    printed_expected: Pounds | None = None
    """What the expected points cost in all, as the source prints it."""
    months_to_payment: Annotated[int, Field(ge=0, le=24)] = 1
    """How many months after a quarter's end its award is paid."""
    year: Annotated[str, Field(min_length=4, max_length=9)]
    """Financial year of the budget, such as 2012/13."""
    use_of_reward: Line
    """What the reward is meant to be used for."""
    cited: Line
    """Document and slide or section."""
    acknowledged: tuple[Acknowledged, ...] = ()
    """Warnings that are known, with the reason that readers see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One quarterly review: progress, what is done about risk, the reward and its use."""

    __pydantic_config__ = STRICT

    quarter: str
    """The quarter reviewed, such as 2012-Q2."""
    progress: str = ""
    """What was found."""
    mitigation: str = ""
    """What is done where a target may be missed."""
    reward: str = ""
    """What was agreed."""
    use: str = ""
    """What the reward was used for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Payment by results: what is paid for which progress. From agreements/<slug>.yaml."""

    __pydantic_config__ = STRICT

    slug: Slug
    """Taken from the file's name; do not write it in the file."""
    format: Literal[1]
    """Version of this file format: 1."""
    kind: Literal["agreement"]
    """This file describes: agreement."""
    title: Title
    """Name in plain English."""
    summary: Line
    """What it is, in a sentence or two."""
    cited: Line
    """Where it comes from: document and slide or section."""
    place: Line
    """Where it applies."""
    illustrative: bool = False
    """True where it is an example and no such agreement exists."""
    centre_word: Title = "centre"
    """What one of the units that earn points is called."""
    providers: Annotated[tuple[Provider, ...], Field(min_length=1)]
    """Who delivers it."""
    printed_centres: Count | None = None
    """How many centres the source says there are; left out of an agreement of your own."""
    triggers: Annotated[tuple[Trigger, ...], Field(min_length=1)]
    """Measures whose progress is paid for."""
    money: Money
    """What a point is worth and what there is to pay with."""
    examples: tuple[Example, ...] = ()
    """Counts worked through, quarter by quarter."""
    reviews: tuple[Review, ...] = ()
    """Log of the quarterly reviews."""
    pathway: Pathway | None = None
    """The stages that lead to the outcome."""
    population: tuple[PopulationTable, ...] = ()
    """Population figures in the background."""
    future_measure: str = ""
    """What might be paid for in future."""
    sections: tuple[Section, ...] = ()
    """Everything else the source says, under headings."""
    synonyms: tuple[Title, ...] = ()
    """Everyday words that should find this page."""
    notes: tuple[Text, ...] = ()
    """Notes for readers, such as errata in the source."""
    acknowledged: tuple[Acknowledged, ...] = ()
    """Warnings that are known, with the reason that readers see."""

    @property
    def centres(self) -> int:
        """How many centres its providers run."""
        return sum(centres.count for provider in self.providers for centres in provider.centres)
