"""A picture in exact layout, as a value: what is drawn where, before any pen touches it.

Marks stand in the units of the data and are placed by the scales of their panel; words and
leaders stand in pixels from the panel's corner, because they have been placed already. Both pens
(`pen.py`, `vl_pen.py`) draw the same picture, so they cannot disagree about a figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Size = Literal["wide", "narrow"]
Kind = Literal["trend", "control", "neighbours", "groups", "strip"]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A straight scale: the value `low` falls on pixel `start`, `high` on pixel `end`."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """The pixel of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def value(self, pixel: float) -> float:
        """The value at a pixel."""
        return self.low + (pixel - self.start) / (self.end - self.start) * (self.high - self.low)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A filled rectangle: the shade of a missing period, or a bar."""

    role: str
    x: float
    x2: float
    y: float
    y2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A filled band between two limits: (x, lower, upper)."""

    role: str
    points: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One straight line: a grid line, a break, a target, an interval."""

    role: str
    x: float
    x2: float
    y: float
    y2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One unbroken run of figures. A gap or break ends a run, so no line can cross it."""

    role: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One figure."""

    role: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """A hairline from a mark to its words, in pixels."""

    role: str
    x: float
    x2: float
    y: float
    y2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One line of words, in pixels; `y` is the baseline of the letters."""

    role: str
    x: float
    y: float
    text: str
    anchor: Anchor = "start"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What the interactive chart says of a figure when asked; the static picture leaves it out."""

    x: float
    y: float
    place: str
    period: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One plot. Within each kind, the first mark is the lowest."""

    boxes: tuple[Box, ...] = ()
    bands: tuple[Band, ...] = ()
    rules: tuple[Rule, ...] = ()
    lines: tuple[Line, ...] = ()
    dots: tuple[Dot, ...] = ()
    leaders: tuple[Leader, ...] = ()
    labels: tuple[Label, ...] = ()
    hints: tuple[Hint, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A whole picture: panels of one size and scale, row by row, `columns` to a row."""

    kind: Kind
    size: Size
    width: float
    height: float
    left: float
    top: float
    x: Scale
    y: Scale
    panels: tuple[Panel, ...]
    columns: int = 1
    gap_x: float = 0
    gap_y: float = 0

    @property
    def panel_width(self) -> float:
        """Width of each plot."""
        return self.x.end - self.x.start

    @property
    def panel_height(self) -> float:
        """Height of each plot; y grows downwards, so it starts at the scale's greater pixel."""
        return abs(self.y.start - self.y.end)

    def corner(self, index: int) -> tuple[float, float]:
        """Where the upper left corner of a panel lies."""
        row, column = divmod(index, self.columns)
        return (
            self.left + column * (self.panel_width + self.gap_x),
            self.top + row * (self.panel_height + self.gap_y),
        )
