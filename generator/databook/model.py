"""The nouns of a data book, as its YAML declares them: frozen values, checked at the door.

`validate` turns plain data into these; every later stage reads them and changes none. The
docstring under each field is the help that editors show (see `schema.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, Protocol

from pydantic import ConfigDict, Field

from databook.periods import PeriodType

# At the door: unknown keys are mistakes, "nan" is not a number, help comes from docstrings.
STRICT = ConfigDict(extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False)


@contextmanager
def unspoken(*shapes: ConfigDict) -> Iterator[None]:
    """Build checkers and writers without the sentences under the fields.

    Finding those in the source takes four times as long as all the rest, and only help and
    schemas say them.
    """
    spoken = [shape["use_attribute_docstrings"] for shape in shapes]
    for shape in shapes:
        shape["use_attribute_docstrings"] = False
    try:
        yield
    finally:
        for shape, said in zip(shapes, spoken, strict=True):
            shape["use_attribute_docstrings"] = said


Day = date  # a field called `date` hides the type of that name inside its class
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
OutcomeRef = Annotated[
    str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$", max_length=121)
]
Title = Annotated[str, Field(min_length=1, max_length=120)]
Line = Annotated[str, Field(min_length=1, max_length=400)]
Text = Annotated[str, Field(min_length=1, max_length=10_000)]
Url = Annotated[str, Field(pattern=r"^(https?://|mailto:)\S+$", max_length=2_000)]
Number = Annotated[Decimal, Field(max_digits=18, decimal_places=6)]


class Better(StrEnum):
    """Which way is good."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


class Unit(StrEnum):
    """What a value counts. `per` says how many people a rate is per."""

    PERCENT = "percent"
    RATE = "rate"
    COUNT = "count"
    SCORE = "score"
    RATIO = "ratio"
    MONEY = "money"
    DAYS = "days"


class Standing(StrEnum):
    """Place of an indicator among the measures of an outcome."""

    HEADLINE = "headline"
    SECONDARY = "secondary"
    DEVELOPMENT = "development"


class Power(StrEnum):
    """How strong an indicator is on one of the three tests."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class ActionState(StrEnum):
    """How far an action has come: signing off is not the end, its effect is."""

    PROPOSED = "proposed"
    SIGNED_OFF = "signed off"
    IN_PROGRESS = "in progress"
    IMPLEMENTED = "implemented"
    EFFECT_OBSERVED = "effect observed"
    NOT_COMMISSIONED = "not commissioned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """A warning that the book's keepers know of: it is no longer raised, and the page says why."""

    __pydantic_config__ = STRICT

    code: Slug
    """The warning's code, as `databook check` prints it."""
    reason: Line
    """What is odd about the figure as printed, and why it stands so. Readers see this."""
    about: str = ""
    """Only where the warning says this, such as a period or an area; else wherever it is raised."""


# --- the book as a whole -------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The state of the book that is being made."""

    __pydantic_config__ = STRICT

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$", max_length=40)]
    """Short name of the edition, such as 2026-q4."""
    date: Day
    """The day the edition speaks of. Ages and overdue dates are counted to this day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """How small numbers are kept from identifying people."""

    __pydantic_config__ = STRICT

    threshold: Annotated[int, Field(ge=1, le=100)] = 5
    """Counts from 1 up to this number are withheld, and so are complements (n minus count)."""
    zero_ok: bool = True
    """Whether a true zero may be published."""
    published_by: str = ""
    """Name of the statistical body that has already published these very counts under its own
    rules. Leave out for counts of your own."""
    protection: Annotated[int, Field(ge=1, le=1_000)] | None = None
    """How far apart the lowest and the highest number must be that could stand in the place of a
    withheld one, as far as readers can work it out. Leave out for the threshold."""
    round_to: Annotated[int, Field(ge=0, le=1_000)] = 0
    """Base that counts are rounded to before they are published; 0 where they are not."""
    apart: tuple[str, ...] = ()
    """Breakdown columns whose groups overlap or leave people out, and codes of areas of which this
    book holds only some places: nothing can be worked out by adding these up."""
    running: Literal["", "calendar-year", "financial-year", "academic-year"] = ""
    """Where each figure counts from the start of that year to the end of its period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingScheme:
    """A named way of turning distance from target into green, amber or red."""

    __pydantic_config__ = STRICT

    id: Slug
    """Name that indicators use."""
    title: Title
    """Name that readers see."""
    kind: Literal["percent-of-target"] = "percent-of-target"
    """How it is worked out."""
    green: Number = Decimal(95)
    """Green from this share of the target, in percent."""
    amber: Number = Decimal(90)
    """Amber from this share of the target, in percent; red below."""
    lower_is_better: Literal["mirrored", "unsaid"] = "mirrored"
    """How a figure counts where lower is better: mirrored, 2 less figure by target. It counts so
    too where its source leaves that unsaid; then a check marks each measure of a plan."""
    source: str = ""
    """Where the scheme comes from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparisons:
    """The places that the book's own place is set against."""

    __pydantic_config__ = STRICT

    country: str = ""
    """Code of the country, as it stands in areas.csv."""
    region: str = ""
    """Code of the region, as it stands in areas.csv."""
    neighbours: Literal["mean", "median"] = "mean"
    """How the neighbours' figures are averaged (each place counts the same)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPages:
    """Which places of `areas.csv` have pages of their own beside the book's own place."""

    __pydantic_config__ = STRICT

    levels: Annotated[tuple[Line, ...], Field(min_length=1)]
    """The levels whose places get pages, as written in areas.csv: local-authority."""
    reconstruct: Annotated[int, Field(ge=0, le=3)] = 0
    """Where no forecast was frozen for a place, judge its curve by one that is reconstructed from
    what was known at most this many periods before the latest, and say so. 0: none is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accessibility:
    """What the accessibility statement says of this book."""

    __pydantic_config__ = STRICT

    reviewed: date
    """When the statement was last reviewed."""
    contact: Line
    """Whom to tell about a barrier."""
    known_failures: tuple[Line, ...] = ()
    """Failures that are known, each with its criterion number."""


PageAddress = Annotated[str, Field(pattern=r"^([a-z0-9][a-z0-9-]*/)+$", max_length=400)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A page that has another address now. Whoever follows an old link is led on."""

    __pydantic_config__ = STRICT

    old: PageAddress
    """The address that it had, from the root of the book: indicators/old-name/."""
    new: PageAddress
    """The address that it has now: indicators/new-name/. Pages below it are led on too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`scorecards/databook.yaml`: what is true of the whole book."""

    __pydantic_config__ = STRICT

    format: Literal[1]
    """Version of this file format: 1."""
    kind: Literal["databook"]
    """This file describes the book: databook."""
    title: Title
    """Full title of the book."""
    short_title: Annotated[str, Field(min_length=1, max_length=60)]
    """Title for the header."""
    summary: Line
    """One or two sentences for the home page and search engines."""
    publisher: Line
    """Who publishes the book."""
    notice: str = ""
    """A sentence that stands at the foot of every page."""
    place: str
    """Area code of the place the book is about."""
    population: Line
    """Whose well-being the book is about, such as "children and young people"."""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en-GB"
    """Language that the book is written in, as a short tag: en-GB, cy."""
    licence: Line = "Open Government Licence v3.0"
    """Licence of the figures, unless an indicator says otherwise."""
    licence_url: Url = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    """Address of the licence."""
    contact: Line
    """How to reach the people who keep the book."""
    address: Url
    """Permanent address of the book, ending in a slash."""
    repository: str = ""
    """Address of the source, for "edit this page" links; empty for none."""
    pictures: Literal["svg", "png"] = "svg"
    """Pictures of charts to download. svg: drawings only; png: pixels too, and a preview of each
    indicator for messages and social media. PNG adds about half a second for each indicator."""
    edition: Edition
    """The edition being made."""
    comparisons: Comparisons = Comparisons()
    """The places to compare with."""
    area_pages: AreaPages | None = None
    """The levels of places that get pages of their own. Leave out for a book about one place."""
    main_frameworks: tuple[Slug, ...] = ()
    """Frameworks that the home page shows, in order; others follow on the page of outcomes. Leave
    out to show all."""
    disclosure: Disclosure = Disclosure()
    """How small numbers are protected, unless an indicator says otherwise."""
    rating_schemes: tuple[RatingScheme, ...] = (
        RatingScheme(id="percent-of-target", title="Percent of target achieved"),
    )
    """The rating schemes in use; the first is the default."""
    moved: tuple[Moved, ...] = ()
    """Pages that have moved, so that links to their old addresses go on working. `databook diff`
    offers the lines."""
    accessibility: Accessibility | None = None
    """What the accessibility statement says."""
    acknowledged: tuple[Acknowledged, ...] = ()
    """Warnings about the settings, the areas and the narrative pages that are known."""


# --- places --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A place at a level. From `areas/data.csv`."""

    code: str
    name: str
    level: str
    parent: str = ""
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A statistical neighbour of a place. From `areas/neighbours.csv`."""

    area: str
    neighbour: str
    rank: int
    closeness: str = ""


# --- outcomes ------------------------------------------------------------------------------


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


# --- indicators ----------------------------------------------------------------------------


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
class Partner:
    """A person or body with a part to play."""

    __pydantic_config__ = STRICT

    name: Line
    """Name of the partner (a body or a role, never a private person)."""
    role: Line
    """What they can contribute."""
    illustrative: bool = False
    """True where nobody has published this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """Something that works, or might, to do better."""

    __pydantic_config__ = STRICT

    title: Line
    """What it is."""
    evidence: str = ""
    """Why we think it works."""
    url: str = ""
    """Where the evidence can be read."""
    cost: Literal["", "no-cost", "low-cost", "funded"] = ""
    """What it would cost, roughly."""
    illustrative: bool = False
    """True where nobody has published this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What somebody does about it, by when, and how far it has come."""

    __pydantic_config__ = STRICT

    title: Line
    """What is done."""
    owner: str = ""
    """The role or body that answers for it."""
    due: date | None = None
    """The day by which it is to be done: 2027-03-31."""
    state: ActionState = ActionState.PROPOSED
    """How far it has come, from proposed to effect observed."""
    measure: str = ""
    """How we will know it had an effect."""
    cost: str = ""
    """What it costs, in words or pounds."""
    illustrative: bool = False
    """True where nobody has published this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Somebody's answer to "Is this OK?"."""

    __pydantic_config__ = STRICT

    answer: Annotated[str, Field(min_length=1, max_length=40)]
    """A word or two: "Not yet"."""
    text: Line
    """Why that is the answer, in a sentence or two."""
    by: str = ""
    """Whose answer it is: a body or a role."""
    illustrative: bool = False
    """True where it is an example."""


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


class Measurable(Protocol):
    """What has figures: an indicator of a whole population, or a measure of a programme.

    All that analysing, drawing and wording a figure may ask, so that one way of judging serves
    both and neither is ever turned into the other.
    """

    @property
    def slug(self) -> str:
        """Name in addresses."""

    @property
    def title(self) -> str:
        """Name in plain English."""

    @property
    def short(self) -> str:
        """Name for tables and charts."""

    @property
    def plain(self) -> str:
        """What it is, in one sentence."""

    @property
    def reads_as(self) -> str:
        """The figure as a sentence with {value} and {place} in it."""

    @property
    def unit(self) -> Unit:
        """What the value counts."""

    @property
    def per(self) -> int | None:
        """How many a rate is per."""

    @property
    def unit_label(self) -> str:
        """The unit in words."""

    @property
    def decimals(self) -> int:
        """Decimal places shown."""

    @property
    def better(self) -> Better:
        """Which way is good."""

    @property
    def better_reason(self) -> str:
        """Why neither way is better."""

    @property
    def standing(self) -> Standing:
        """Headline, secondary or development."""

    @property
    def periods(self) -> PeriodType:
        """What kind of period it is counted in."""

    @property
    def definition(self) -> str:
        """Exactly what is counted."""

    @property
    def source(self) -> Source | None:
        """Who published the figures."""

    @property
    def target(self) -> Target | None:
        """What has been undertaken."""

    @property
    def rating_scheme(self) -> str:
        """Rating scheme, where it is not the book's first."""

    @property
    def breaks(self) -> tuple[Break, ...]:
        """Changes of definition."""

    @property
    def breakdowns(self) -> tuple[Breakdown, ...]:
        """Groups that the figures are split by."""

    @property
    def columns(self) -> Mapping[str, str] | None:
        """Names of the usual columns in a table of another layout."""

    @property
    def disclosure(self) -> Disclosure | None:
        """How small numbers are protected."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Notes for readers."""
