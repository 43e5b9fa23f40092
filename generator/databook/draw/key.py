"""A row of samples with their names, for charts where a name beside each mark has no room."""

from __future__ import annotations

from dataclasses import dataclass

from databook.draw import placing
from databook.draw.picture import Label, Leader
from databook.draw.style import TEXT, text_width

SAMPLE = 26.0  # length of a line's sample
INDENT = 6.0  # from a sample to its name
APART = 18.0  # from one entry to the next
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
    placed: list[tuple[Entry, tuple[str, ...], float, int]] = []
    x, row = 0.0, 0
    for entry in entries:
        beside = _sample(entry) + INDENT
        lines = placing.wrap(entry.text, width - beside, TEXT)
        takes = beside + max(text_width(line, TEXT) for line in lines)
        if x and x + takes > width:
            x, row = 0.0, row + 1
        placed.append((entry, lines, x, row))
        x += takes + APART
        row += len(lines) - 1
    leaders, labels = [], []
    for entry, lines, start, at in placed:
        y, begin = bottom - (row - at) * LINE, start - left
        leaders.append(_stroke(entry, begin, y))
        labels += [
            Label(role="name", x=begin + _sample(entry) + INDENT, y=y + n * LINE, text=line)
            for n, line in enumerate(lines)
        ]
    return Key(leaders=tuple(leaders), labels=tuple(labels), height=(row + 1) * LINE)


def _stroke(entry: Entry, x: float, y: float) -> Leader:
    if entry.upright:
        return Leader(role=entry.role, x=x + 3, x2=x + 3, y=y - 11, y2=y + 1)
    return Leader(role=entry.role, x=x, x2=x + SAMPLE, y=y - 5, y2=y - 5)


def _sample(entry: Entry) -> float:
    return 6.0 if entry.upright else SAMPLE
