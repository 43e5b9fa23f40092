"""What earlier editions said, as a value: which there were, and where what they said can be read.

Editions stand in the order of their days. One that was corrected stands there once for each of
its revisions, and only the last of them holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from databook.model import Measurable, Vintage
from databook.words import Status

# Files of an edition in which later ones read what it said.
BOOK = "data/edition.json"
SAID, FIGURES = "said.json", "data.csv"
# What judgements are about, as they are kept.
RATING, TURN, TREND = "Rating", "Turning the curve", "Recent trend"
USUAL = "Than usual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One revision of an edition."""

    id: str
    date: date  # the day it speaks of
    number: int  # of the revision
    published: str  # the day on which it came out
    folder: str  # "editions/2026-q4/", from the book's address
    reason: str = ""  # why it was corrected
    holds: bool = True  # no later revision has taken its place

    @property
    def name(self) -> str:
        """What people call it."""
        return self.id if self.holds else f"{self.id}, as first published"

    @property
    def key(self) -> tuple[str, int]:
        """By which a later edition remembers that it knew this one."""
        return self.id, self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One figure of the book's own place, about everybody."""

    period: str  # code
    value: float | None
    markers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an edition said of one indicator in its own words and numbers.

    `judgements` go by what they are about ("Rating"). `forecast` is what it expected on present
    course, where it said so. `story` is a digest.
    """

    indicator: Measurable
    headline: tuple[str, ...]
    judgements: Mapping[str, Status]
    own: tuple[Told, ...]
    vintages: tuple[Vintage, ...] = ()
    forecast: Vintage | None = None
    story: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What one edition said of an indicator, as it may be told now.

    A figure that is withheld now is withheld here too, whatever the edition showed. `alike` is
    False where it counted in another unit or kind of period, so that nothing can be compared.
    """

    issue: Issue | None  # None: the edition in the making
    told: Mapping[str, Told]
    judgements: Mapping[str, Status]
    forecast: Vintage | None = None
    redefined: tuple[str, ...] = ()  # what it declares otherwise than the edition before it
    alike: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """One step by which a figure became another, between two editions."""

    period: str
    issue: Issue | None  # the edition that said otherwise first; None: the one in the making
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All that editions said of an indicator, oldest first; the last is the one in the making."""

    voices: tuple[Voice, ...]
    periods: tuple[str, ...]  # newest first
    revised: tuple[Revised, ...] = ()
    concealed: bool = False  # whether a figure that an edition showed is withheld now


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Past:
    """The editions before this one, oldest first, and where their files lie.

    `sums` are SHA-256 of those files, by path from `root`; a file that is not among them was not
    published. `correcting`: the reason, where this is itself a correction. Compared by identity, so
    that what was read of it can be remembered.
    """

    root: Path
    issues: tuple[Issue, ...] = ()
    sums: Mapping[str, str] = field(default_factory=dict, repr=False)
    moving: Mapping[str, str] = field(default_factory=dict)
    """Folders that will stand elsewhere once this is published: where they stand now."""
    correcting: str = ""
    today: date | None = None  # the day of the correction

    @property
    def before(self) -> Issue | None:
        """The edition just before this one, as it holds. Corrected revisions of this are not it."""
        return next((issue for issue in reversed(self.issues) if issue.holds), None)

    def has(self, path: str) -> bool:
        """Whether there is such a file."""
        return path in self.sums

    def place(self, path: str) -> Path:
        """Where a file lies now."""
        folder = next((new for new in self.moving if path.startswith(new)), "")
        return self.root / (self.moving.get(folder, "") + path.removeprefix(folder))

    def digest(self, home: str) -> str:
        """One digest of all that was said in a folder of the site ("indicators/x/")."""
        lines = [f"{self.correcting} {self.today}\n"]
        for issue in self.issues:
            lines += [repr(issue)]
            lines += [self.sums.get(f"{issue.folder}{home}{n}", "") for n in (SAID, FIGURES)]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    @property
    def everything(self) -> str:
        """One digest of all of it."""
        lines = [f"{path}\0{self.sums[path]}" for path in sorted(self.sums)]
        text = "\n".join([f"{self.correcting} {self.today}", *map(repr, self.issues), *lines])
        return hashlib.sha256(text.encode()).hexdigest()


def digest_of(text: str) -> str:
    """A text by its digest; empty for none."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def known(issues: Sequence[Issue]) -> list[list[object]]:
    """How an edition writes down which others it knew."""
    return [list(issue.key) for issue in issues]
