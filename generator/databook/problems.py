"""What is wrong with a book, as data: where, what, why and how to mend it.

Printing belongs to the command line; finding fault belongs to the stages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Level(StrEnum):
    """How much a problem matters: an error stops the build, a warning is published with it."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """A position in a file of the book: path relative to the book, line and column from 1."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend. `what` is one sentence; `why` the reason it matters; `fix` what to do.

    `meant` is the text that should stand where the problem is, in the few cases in which nobody
    can doubt it; `databook fix` puts it there. `acknowledged` is the reason for which the book's
    keepers let a warning stand. `about` names what is missing (a code, an outcome, a file), alike
    in all problems that one slip makes; see `causes`. `others` are the places of more of the same
    kind, where many are told as one.
    """

    code: str
    level: Level
    place: Place
    what: str
    why: str
    fix: str
    meant: str = ""
    acknowledged: str = ""
    about: str = ""
    others: tuple[Place, ...] = ()

    def sort_key(self) -> tuple[Place, str, str]:
        """Order of printing: by place, then code."""
        return (self.place, self.code, self.what)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked(Generic[T]):
    """What a stage could make of its input, and everything it found wrong on the way.

    `value` is None exactly when the stage could make nothing usable.
    """

    value: T | None
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return tuple(p for p in self.problems if p.level is Level.ERROR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One check as people look it up: what it finds, why it matters, and an example."""

    code: str
    level: Level
    why: str
    example: Example | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A mistake of this kind: the lines as they should be and as they are, and what is said."""

    file: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    said: str
    mend: str


def as_text(problem: Problem) -> str:
    """A problem as the command line prints it: where and what, then the reason and the remedy."""
    at = problem.place
    return (
        f"{at.path}:{at.line}:{at.column}: {problem.level.value} {problem.code} {problem.what}\n"
        f"    why: {problem.why}\n"
        f"    mend: {problem.fix}\n"
        + (f"    acknowledged: {problem.acknowledged}\n" if problem.acknowledged else "")
    )


def as_plain(problem: Problem) -> dict[str, Any]:
    """A problem for programs, ready for JSON."""
    plain: dict[str, Any] = {
        "path": problem.place.path,
        "line": problem.place.line,
        "column": problem.place.column,
        "level": problem.level.value,
        "code": problem.code,
        "message": problem.what,
        "why": problem.why,
        "fix": problem.fix,
    }
    if problem.meant:
        plain["meant"] = problem.meant
    if problem.acknowledged:
        plain["acknowledged"] = problem.acknowledged
    if problem.others:
        plain["others"] = [{"line": p.line, "column": p.column} for p in problem.others]
    return plain


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort by place and drop exact repeats."""
    return tuple(sorted(dict.fromkeys(problems), key=Problem.sort_key))


# So many lines, or runs of lines, are named in words; programs are given all of them.
RUNS = 8


def in_lines(lines: Sequence[int]) -> str:
    """Numbers of lines in words, those in a row as a range: "3, 4, 7 to 12"."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][-1] + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    shown = [f"{r[0]} to {r[-1]}" if len(r) > 2 else ", ".join(map(str, r)) for r in runs[:RUNS]]
    more = len(lines) - sum(map(len, runs[:RUNS]))
    return ", ".join(shown) + (f" and {more} more" if more else "")
