"""A spreadsheet as a value: its cover, and one table for each sheet. `writing` makes a file of it.

Stands alone, so that a process that only writes spreadsheets loads nothing else of databook.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Cell = str | int | float
GIVEN = "given.pickle"  # spreadsheets that are to be written, in the folder for them


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table. `notes`: by column, the note that its heading refers to.

    `legend` explains the shorthand in it; none where the table does so itself.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: Mapping[str, str] = field(default_factory=dict)
    legend: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What the cover says."""

    title: str
    intro: tuple[str, ...]
    about: tuple[str, ...]
    contact: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """The whole of it, ready to be written. `notes`: by name, what headings refer to."""

    front: Front
    author: str
    edition: str
    date: date
    notes: Mapping[str, str]
    sheets: tuple[Sheet, ...]
