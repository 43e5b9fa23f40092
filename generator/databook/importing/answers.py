"""What a person said about a sheet, what was understood of it, and what is still to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from databook.periods import PeriodType

LAYOUTS = (
    "auto", "wide", "long", "explore-education-statistics", "fingertips", "open-sdg", "lg-inform",
    "nomis", "ons-time-series",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Everything that a sheet may leave open, as far as it has been answered."""

    layout: str = "auto"
    header_row: int = 0  # counted from 1; 0: find it
    period_type: PeriodType | None = None
    period: str = ""  # where the whole sheet is about one period
    place: str = ""  # where the whole sheet is about one place
    area_column: str = ""
    period_column: str = ""
    value_column: str = ""
    decimal: str = ""  # point or comma
    scale: str = ""  # as-is, or fraction: 0.187 is 18.7 %
    symbols: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)  # as printed: code; "": leave out
    filters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that nobody can know from the sheet, and the flag that answers it."""

    what: str
    flag: str  # such as --period-type
    choices: tuple[str, ...] = ()
    key: str = ""  # what stands before the = in an answer such as --symbol "-=c"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of a sheet with its number, counted from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The table inside a sheet: one row of headings, and rows below."""

    header: tuple[str, ...]
    lines: tuple[Line, ...]
    header_row: int = 0
    texts: tuple[Line, ...] = ()  # titles above, notes below: rows that are no part of it
    remarks: tuple[str, ...] = ()
    periods_made: tuple[str, ...] = ()  # how periods were put together from what the sheet has
    layout: str = "long"
    blank_is_all: bool = False  # an empty cell of a group column stands for everybody
    kind: PeriodType | None = None  # the kind of period that the layout itself declares
    empty: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """Which column is which; -1 for none."""

    period: int = -1
    area: int = -1
    value: int = -1
    numerator: int = -1
    denominator: int = -1
    lower: int = -1
    upper: int = -1
    note: int = -1
    marker: int = -1  # of a sign that says why there is no figure, or what it is worth
    groups: tuple[tuple[int, str], ...] = ()  # columns of groups, with the word for everybody
    left: tuple[tuple[str, str], ...] = ()  # columns that are not taken, and why


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of data.csv."""

    line: int
    period: str
    area: str
    groups: tuple[str, ...]
    value: str
    others: tuple[str, str, str, str]  # numerator, denominator, lower, upper
    marker: str
    note: str

    @property
    def key(self) -> tuple[str, ...]:
        """What may stand only once."""
        return (self.period, self.area, *self.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """What was made of a sheet. With no `questions`, `rows` are what will be written."""

    questions: tuple[Question, ...]
    said: tuple[tuple[str, str], ...]  # what was understood, line by line: subject and finding
    left_out: tuple[tuple[str, int], ...] = ()  # why, and how many rows or cells
    rows: tuple[Row, ...] = ()
    groups: tuple[tuple[str, str, tuple[str, ...]], ...] = ()  # heading, total, groups
    used: tuple[str, ...] = ()  # optional columns that hold anything
    kind: PeriodType | None = None
    percent: bool = False
    decimals: int = 0
    title: str = ""
    measure: str = ""
    texts: tuple[str, ...] = ()
