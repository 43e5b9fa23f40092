"""An indicator as its YAML declares it, and forecasts frozen of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from databook.model.acknowledged import Acknowledged
from databook.model.action import Action, Idea, Judgement, Partner
from databook.model.choices import Better, Power, Standing, Unit
from databook.model.scalars import STRICT, Line, Number, OutcomeRef, Slug, Text, Title, Url
from databook.model.settings import Disclosure
from databook.periods import PeriodType


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who published the figures, where, when, and under which licence."""

    __pydantic_config__ = STRICT

    publisher: Line
    """The body that publishes the figures."""
    title: Line
    """Name of the publication."""
    url: Url
    """Address of the publication."""
    released: Annotated[str, Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]
    """When the newest figures came out: 2025-11 or 2025-11-27."""
    next_release: Annotated[str, Field(pattern=r"^(\d{4}-\d{2}(-\d{2})?)?$")] = ""
    """When the next are due: 2026-11 or 2026-11-26."""
    licence: str = ""
    """Licence, where it differs from the book's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Powers:
    """Friedman's three tests of an indicator."""

    __pydantic_config__ = STRICT

    communication: Power
    """Would the public understand it in two minutes?"""
    proxy: Power
    """Does it say something central about the outcome?"""
    data: Power
    """Is there good, timely data?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A value that somebody has undertaken to reach by a period."""

    __pydantic_config__ = STRICT

    period: str
    """The period by which it is to be reached, written as in the data."""
    value: Number
    """The value to reach, in the unit of the figures: 80 for 80 %."""
    upper: Number | None = None
    """Upper end, where the target is a range."""
    baseline_period: str = ""
    """The period that distance travelled is counted from."""
    set_by: Line
    """Who set it, and when."""
    reason: str = ""
    """Why, if the target is worse than where we stand."""
    illustrative: bool = False
    """True where the target is an example and nobody has undertaken it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A change of definition: figures before and after are not compared and no line joins them."""

    __pydantic_config__ = STRICT

    period: str
    """First period of the new definition, written as in the data."""
    reason: Line
    """What changed in how it is counted, and why the two cannot be compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """Groups of the population, in a column of data.csv."""

    __pydantic_config__ = STRICT

    column: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
    """Name of the column in data.csv."""
    title: Title
    """What the groups are, such as "Free school meals"."""
    total: Title = "All"
    """The word in the column that stands for everybody."""
    groups: Annotated[tuple[Title, ...], Field(min_length=1)]
    """The groups in order, as written in the column."""
    gap: tuple[Title, Title] | None = None
    """The two groups whose difference the page tells, first minus second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vintage:
    """One frozen forecast, as `forecasts.csv` keeps it; never edited, only added to."""

    made_on: date
    origin: str
    method: str
    author: str
    assumptions: str
    reconstructed: bool
    scenario: str
    points: tuple[VintagePoint, ...]
    area: str = ""  # code of the place it is about; empty: the book's own


@dataclass(frozen=True, slots=True, kw_only=True)
class VintagePoint:
    """What a frozen forecast says of one period. Limits are None where none were given."""

    period: str
    value: float
    lower_80: float | None
    upper_80: float | None
    lower_95: float | None
    upper_95: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A measure that helps quantify an outcome for a whole population."""

    __pydantic_config__ = STRICT

    slug: Slug
    """Taken from the folder's name; do not write it in the file."""
    format: Literal[1]
    """Version of this file format: 1."""
    kind: Literal["indicator"]
    """This file describes an indicator: indicator."""
    title: Title
    """Name in plain English, such as "Pupils who miss a tenth or more of school"."""
    short: Annotated[str, Field(min_length=1, max_length=60)]
    """Name for tables and charts."""
    plain: Line
    """What it is, in one sentence that anybody understands."""
    reads_as: Line
    """The figure as a sentence with {value} and {place} in it:
    "{value} of pupils in {place} were persistently absent"."""
    population: Line
    """Whose lives the figure describes, and where they are counted."""
    unit: Unit
    """What the value counts."""
    per: Annotated[int, Field(ge=1)] | None = None
    """How many people a rate is per: 10000 for "per 10,000"."""
    unit_label: Annotated[str, Field(min_length=1, max_length=80)]
    """The unit in words, for axes and tables: "% of pupils", "per 10,000 children"."""
    decimals: Annotated[int, Field(ge=0, le=6)] = 1
    """How many digits are shown after the point: 1 shows 62.5."""
    better: Better
    """Which way is good: higher, lower or neutral."""
    better_reason: str = ""
    """Why neither way is better, where it is neutral."""
    standing: Standing = Standing.SECONDARY
    """headline, secondary or development."""
    powers: Powers | None = None
    """Communication, proxy and data power."""
    outcomes: Annotated[tuple[OutcomeRef, ...], Field(min_length=1)]
    """The outcomes it speaks to, as framework/outcome."""
    periods: PeriodType
    """What kind of period the data are counted in."""
    definition: Text
    """Exactly what is counted, over what."""
    quality: str = ""
    """What to know before relying on it."""
    synonyms: tuple[Title, ...] = ()
    """Everyday words that should find this page."""
    topic: Title
    """Subject heading for lists."""
    source: Source
    """Who published the figures."""
    target: Target | None = None
    """What has been undertaken, if anything."""
    rating_scheme: str = ""
    """Rating scheme, where it is not the book's first."""
    breaks: tuple[Break, ...] = ()
    """Changes of definition, across which no line is drawn and nothing is compared."""
    breakdowns: tuple[Breakdown, ...] = ()
    """Groups of the population that data.csv has columns for, such as sex or age."""
    disclosure: Disclosure | None = None
    """How small numbers are protected, where it differs from the book."""
    counts_with: tuple[Slug, ...] = ()
    """Indicators that count the same over other periods or groups: what is withheld in one of them
    must not follow from the others."""
    columns: dict[str, str] | None = None
    """Names of the usual columns in a data file that has its own: {value: Percent}."""
    is_this_ok: Judgement | None = None
    """Somebody's answer to "Is this OK?"."""
    partners: tuple[Partner, ...] = ()
    """Who has a part to play."""
    what_works: tuple[Idea, ...] = ()
    """What works, or might, low-cost and no-cost ideas too."""
    actions: tuple[Action, ...] = ()
    """What is being done about it, by whom and by when."""
    story_illustrative: bool = False
    """True where story.md was written for show and nobody has published it."""
    notes: tuple[Line, ...] = ()
    """Notes for readers, such as errata in the source."""
    acknowledged: tuple[Acknowledged, ...] = ()
    """Warnings that are known, about this file, its figures or its story, with the reason that
    readers see."""
