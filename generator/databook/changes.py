"""What differs between two states of a book, as readers see them: figures, judgements, pages.

A number that one side withholds is in neither side here: `before` of a figure that is newly
withheld is None, and whatever else is told of the earlier side was worked out without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from databook.findings import Finding
from databook.model import Measurable
from databook.observations import Context, ProtectedCard
from databook.past import Said
from databook.performance import ProtectedMeasure
from databook.periods import Period
from databook.words import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two states: what people call it, and the edition it would be published as."""

    name: str  # "main", "the working tree"
    edition: str = ""
    date: date | None = None
    revision: str = ""  # the commit, where it is one


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One indicator or measure with figures, as one side shows it.

    `said` holds the words of a side that was published: what it judged then is told, and not what
    would be judged of the same figures now. It has no finding, then.
    """

    url: str
    card: ProtectedCard | ProtectedMeasure
    finding: Finding | None = None
    said: Said | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A page that people can link to. `content` is a digest of what it says by itself.

    Empty content: what the page says follows from figures and declarations told elsewhere.
    """

    path: str
    title: str
    content: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One side of the comparison. `shown` may leave out what is the same bytes on both sides."""

    side: Side
    context: Context
    shown: Mapping[str, Shown] = field(repr=False)  # by "indicators/<slug>" and the like
    pages: Mapping[str, Address] = field(repr=False)  # by path


class FigureChange(StrEnum):
    """What became of a figure."""

    ADDED = "added"
    REVISED = "revised"
    REMOVED = "removed"
    WITHHELD = "withheld"
    MARKED = "marked"  # the value is the same, its markers are others
    BEHIND = "recounted"  # the value is the same, the counts, limits or note behind it are not


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure that is not as it was. Who it is about: a place, and groups if any."""

    change: FigureChange
    period: Period
    area: str
    place: str
    groups: tuple[str, ...] = ()
    before: float | None = None
    after: float | None = None
    markers_before: tuple[str, ...] = ()
    markers_after: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()  # the columns that changed behind a value
    note: str = ""  # what the later side says beside it, such as why it was revised


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A judgement that is not what it was."""

    about: str  # "Rating", "Against England"
    before: Status
    after: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A declaration that reads otherwise. Empty: it was not there, or is there no more."""

    what: str  # "Definition", "Target"
    before: str
    after: str
    defines: bool = False  # whether it says what is counted


class Fate(StrEnum):
    """What became of a page, or of what it is about."""

    APPEARS = "appears"
    CHANGES = "changes"
    MOVES = "moves"
    VANISHES = "vanishes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Everything that changes about one indicator or measure.

    `earlier` is the finding that may be told of the side before: where figures are newly
    withheld it was worked out without them. `counts` counts all figures; `figures` may be cut.
    """

    key: str
    fate: Fate
    url: str
    was: str  # its address before, where it moves
    indicator: Measurable
    indicator_before: Measurable | None
    earlier: Finding | None = field(repr=False)
    later: Finding | None = field(repr=False)
    headline_before: tuple[str, ...] = ()
    headline: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    counts: Mapping[FigureChange, int] = field(default_factory=dict)
    flips: tuple[Flip, ...] = ()
    wordings: tuple[Wording, ...] = ()
    forecasts: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()  # "the story", "the actions"

    @property
    def redrawn(self) -> bool:
        """Whether its chart looks otherwise than before."""
        return bool(self.counts or self.forecasts or any(w.what == "Target" for w in self.wordings))


@dataclass(frozen=True, slots=True, kw_only=True)
class PageChange:
    """A page that appears, moves, vanishes, or says something else."""

    fate: Fate
    path: str
    title: str
    was: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All that readers would find otherwise."""

    title: str
    base: Side
    head: Side
    book: tuple[Wording, ...] = ()  # what holds for all of it, such as how small numbers are kept
    subjects: tuple[Subject, ...] = ()
    pages: tuple[PageChange, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether readers would find everything as it was."""
        return not self.book and not self.subjects and not self.pages
