"""`scorecards/databook.yaml`: what is true of the whole book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from databook.model.acknowledged import Acknowledged
from databook.model.scalars import STRICT, Day, Line, Number, PageAddress, Slug, Title, Url


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
