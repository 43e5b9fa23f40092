"""What was read from the book's folders: documents with positions, tables, narratives.

Rules speak in paths such as ("outcomes", 0, "title"); only `Document.place` knows lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from databook.problems import Place

if TYPE_CHECKING:
    import polars as pl

Path = tuple[str | int, ...]
# Plain data as YAML gives it when every scalar stays text.
Plain = str | None | list["Plain"] | dict[str, "Plain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One YAML file: its data, every scalar as text, and where each key and value stands."""

    path: str
    data: Plain
    keys: Mapping[Path, Place] = field(repr=False)
    values: Mapping[Path, Place] = field(repr=False)
    text: str = field(default="", repr=False)  # the file as read, to find a word in a value

    def place(self, path: Path = (), *, key: bool = False, word: str = "") -> Place:
        """Where the value at a path stands, or its key; else its nearest known ancestor.

        With `word`, where those words of the value stand, if they stand there as they are.
        """
        positions = self.keys if key else self.values
        for end in range(len(path), -1, -1):
            if found := positions.get(path[:end]):
                return (word and self._within(found, word)) or found
        return Place(path=self.path)

    def _within(self, start: Place, word: str) -> Place | None:
        """The words' place between a value's start and whatever comes next in the file."""
        later = (*self.keys.values(), *self.values.values())
        end = min((p for p in later if p > start), default=None)
        lines = self.text.split("\n")[start.line - 1 : end.line if end else None]
        if end and lines:
            lines[-1] = lines[-1][: end.column - 1]
        text = "\n".join(lines)
        pattern = r"\s+".join(map(re.escape, word.split()))
        match = re.compile(pattern).search(text, start.column - 1)
        if match is None:
            return None
        before = text[: match.start()]
        column = match.start() - before.rfind("\n")
        return Place(path=self.path, line=start.line + before.count("\n"), column=column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrative:
    """One Markdown file of a contributor: its text, and the HTML that is safe to show."""

    path: str
    text: str
    html: str


def cell_offsets(line: str) -> list[int]:
    """Where each cell of a CSV line begins: a comma between quotes separates nothing."""
    offsets, quoted = [0], False
    for offset, character in enumerate(line):
        if character == '"':
            quoted = not quoted  # a doubled quote turns it off and on again
        elif character == "," and not quoted:
            offsets.append(offset + 1)
    return offsets


@lru_cache(maxsize=8)
def _lines(text: str) -> list[str]:
    return text.split("\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One data file. `frame` holds each row as text, column by column, and its line as `_line`.

    Text, because a value is published as it was written; `validate` makes numbers of it.
    """

    path: str
    frame: pl.DataFrame
    columns: Mapping[str, Place] = field(repr=False)
    text: str = field(default="", repr=False)  # the file as read, to find a cell's column in

    def place(self, line: int, column: str = "") -> Place:
        """Where a cell stands, or its row where no such column is known."""
        names = list(self.columns)
        lines = _lines(self.text)
        if column not in self.columns or not 1 <= line <= len(lines):
            return Place(path=self.path, line=line)
        offsets = cell_offsets(lines[line - 1])
        number = min(names.index(column), len(offsets) - 1)
        return Place(path=self.path, line=line, column=offsets[number] + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A Frictionless data package: descriptor, and the tables in it by resource name."""

    descriptor: Document
    tables: Mapping[str, Table]


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """What one indicator's folder holds. A part that could not be read is None."""

    slug: str
    document: Document | None
    package: Package | None
    story: Narrative | None
    forecasts: Table | None
    files: tuple[str, ...] = ()  # names of all that stands there, readable or not


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Everything that was read, by its place in the book."""

    settings: Document | None
    areas: Package | None
    frameworks: Mapping[str, Document]
    indicators: Mapping[str, Folder]
    programmes: Mapping[str, Folder] = field(default_factory=dict)
    papers: Mapping[str, Mapping[str, Document]] = field(default_factory=dict)
    """Working documents by folder ("plans", "agreements"...), then by name."""
    unread: frozenset[str] = frozenset()
    """Frameworks that are there, but could not be read."""
