"""What may be asked of a build, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from databook.past import Past
from databook.problems import Level, Problem

if TYPE_CHECKING:  # a book in which nothing changed needs no stage
    from databook.pipeline.crew import Team
    from databook.pipeline.task import Ground

# Told what is being done, how much of it is done, and how much there is (0: nobody knows).
Tell = Callable[[str, int, int], None]


def silent(what: str, done: int, of: int) -> None:
    """Tell nobody."""
    del what, done, of


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """Who does the work: so many processes, or a team of another kind that is gathered for it."""

    jobs: int = 1
    gather: Callable[[Ground], Team] | None = field(default=None, repr=False)


class CrewFailed(Exception):  # noqa: N818 - machines, not a mistake in the book
    """The machines that were to do the work could not; says why, for whoever runs them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be built, where to, and with how many hands."""

    root: Path
    out: Path
    jobs: int = 1
    gather: Callable[[Ground], Team] | None = field(default=None, repr=False)  # see `Hands`
    fresh: bool = False  # do without what the last build left
    published: bool = False  # what is built becomes an edition, with an address that stays
    past: Past | None = None  # what earlier editions said
    cache: Path | None = None  # what steps made, shared with other checkouts and machines
    spare: bool = True  # keep a second folder like the site, in which the next build begins
    tell: Tell = field(default=silent, repr=False)

    @property
    def hands(self) -> Hands:
        """Who does the work."""
        return Hands(jobs=self.jobs, gather=self.gather)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build came to. With an error among `problems` nothing was written."""

    problems: tuple[Problem, ...]
    pages: int = 0
    made: int = 0  # pages worked out anew; the others are those of the last build, or of a cache
    indicators: int = 0
    cached: int = 0  # of the indicators: how many were taken from a cache
    changed: tuple[str, ...] = ()  # addresses whose bytes are others than before
    removed: tuple[str, ...] = ()  # addresses that are there no more

    @property
    def failed(self) -> bool:
        """Whether the book has errors."""
        return has_errors(self.problems)


def has_errors(problems: tuple[Problem, ...]) -> bool:
    """Whether anything among these stops a build."""
    return any(problem.level is Level.ERROR for problem in problems)


def pages(files: Iterable[str]) -> int:
    """How many of these files are pages."""
    return sum(map(is_page, files))


def is_page(path: str) -> bool:
    """Whether a file of the site is a page that people look for; a chart for frames is none."""
    if "/embed/" in path:
        return False
    return path == "index.html" or path.endswith("/index.html")
