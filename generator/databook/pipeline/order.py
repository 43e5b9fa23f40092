"""What may be asked of a build, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from databook.problems import Level, Problem

# Told what is being done, how much of it is done, and how much there is (0: nobody knows).
Tell = Callable[[str, int, int], None]


def silent(what: str, done: int, of: int) -> None:
    """Tell nobody."""
    del what, done, of


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be built, where to, and with how many hands."""

    root: Path
    out: Path
    jobs: int = 1
    fresh: bool = False  # do without what the last build left
    tell: Tell = field(default=silent, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build came to. With an error among `problems` nothing was written."""

    problems: tuple[Problem, ...]
    pages: int = 0
    made: int = 0  # pages worked out anew; the others are those of the last build
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
    """Whether a file of the site is a page that people can link to."""
    return path == "index.html" or path.endswith("/index.html")
