"""A row of samples with their names, for charts where a name beside each mark has no room."""

from __future__ import annotations

from dataclasses import dataclass

from databook.draw.picture import Label, Leader
from databook.draw.style import TEXT, text_width

SAMPLE = 26.0  # length of a line's sample
LINE = 18.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One sample: the role of its stroke, upright or lying, and its name."""

    role: str
    text: str
    upright: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """The samples and names, placed, and the height they take."""

    leaders: tuple[Leader, ...]
    labels: tuple[Label, ...]
    height: float


def key(entries: tuple[Entry, ...], *, width: float, left: float, bottom: float) -> Key:
    """Set entries in rows from the picture's left edge, the last row's letters on `bottom`."""
    placed: list[tuple[Entry, float, int]] = []
    x, row = 0.0, 0
    for entry in entries:
        takes = _sample(entry) + 6 + text_width(entry.text, TEXT)
        if x and x + takes > width:
            x, row = 0.0, row + 1
        placed.append((entry, x, row))
        x += takes + 18
    leaders, labels = [], []
    for entry, start, at in placed:
        y = bottom - (row - at) * LINE
        begin = start - left
        long = _sample(entry)
        ends = (
            (begin + 3, begin + 3, y - 11, y + 1)
            if entry.upright
            else (begin, begin + long, y - 5, y - 5)
        )
        leaders.append(Leader(role=entry.role, x=ends[0], x2=ends[1], y=ends[2], y2=ends[3]))
        labels.append(Label(role="name", x=begin + long + 6, y=y, text=entry.text))
    return Key(leaders=tuple(leaders), labels=tuple(labels), height=(row + 1) * LINE)


def _sample(entry: Entry) -> float:
    return 6.0 if entry.upright else SAMPLE
