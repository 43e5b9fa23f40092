"""What readers know of linked figures: each with its bounds, and the sums that tie them together.

A published count is a figure whose bounds meet. A withheld one has a `Need`. Everything that
could tell on it (totals and groups, places within places, periods within periods, shares of known
numbers, other editions) is a `Sum` over it and others: one system, whatever the link is called.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from databook.problems import Place

# Slack for "is a whole number", far above what a 64-bit float loses and far below a person.
WHOLE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What must stay unknown of a figure.

    At least `width` must lie between the lowest and the highest value that agree with all sums,
    where a value up to `most` is among them (or one that leaves up to `most` of `whole`). A figure
    that was `withheld` must not be had exactly, however large it is; one that nobody ever wrote
    down (a group left out, a quarter within a running total) only must not be known to be small.
    """

    least: int = 1
    most: int = 5
    width: int = 5
    withheld: bool = True
    of: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number as readers have it: between `low` and `high`, and a name for it in messages."""

    name: str
    low: float = 0.0
    high: float = math.inf
    need: Need | None = None
    place: Place | None = None
    counted: bool = True  # only whole numbers come into question

    @property
    def known(self) -> bool:
        """Whether it is published."""
        return self.low == self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Figures by their number, each times a factor, come to between `low` and `high` together."""

    parts: tuple[tuple[int, float], ...]
    low: float = 0.0
    high: float = 0.0
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """All figures that hang together, and their sums."""

    figures: tuple[Figure, ...] = ()
    sums: tuple[Sum, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposed:
    """A figure of which too much can be known: the narrowest range, and the sums that give it."""

    figure: int
    low: float
    high: float
    sums: tuple[int, ...]

    @property
    def exact(self) -> bool:
        """Whether it can be had to the last person."""
        return self.low == self.high


def adds_up(total: int, parts: Sequence[int], *, why: str = "") -> Sum:
    """The sum that everybody tries first: all parts together are the total."""
    return Sum(parts=((total, -1.0), *((part, 1.0) for part in parts)), why=why)


def too_narrow(need: Need, low: float, high: float) -> bool:
    """Whether a range gives away more than may be known."""
    if need.withheld and high - low < WHOLE:
        return True
    small = low <= need.most and high >= need.least
    few_left = need.of is not None and need.of - high <= need.most and need.of - low >= need.least
    if not (small or few_left):
        return False  # surely no small number, on either side
    if not need.withheld:
        return _inside(need, low, high)
    return high - low < need.width - WHOLE or _inside(need, low, high)


def _inside(need: Need, low: float, high: float) -> bool:
    """Whether every value that is left is a small one."""
    if need.least <= low and high <= need.most:
        return True
    return need.of is not None and need.least <= need.of - high and need.of - low <= need.most


def components(system: System, fixed: Sequence[bool]) -> Iterator[tuple[list[int], list[int]]]:
    """Figures that are not `fixed`, with their sums, in groups that know nothing of each other."""
    of_figure: dict[int, list[int]] = {}
    for number, one in enumerate(system.sums):
        for figure, _ in one.parts:
            if not fixed[figure]:
                of_figure.setdefault(figure, []).append(number)
    seen: set[int] = set()
    for start in range(len(system.figures)):
        if start in seen or fixed[start]:
            continue
        figures, sums, waiting = [], set(), [start]
        seen.add(start)
        while waiting:
            figure = waiting.pop()
            figures.append(figure)
            for number in of_figure.get(figure, ()):
                if number not in sums:
                    sums.add(number)
                    new = {f for f, _ in system.sums[number].parts if not fixed[f]} - seen
                    seen |= new
                    waiting += sorted(new)
        yield sorted(figures), sorted(sums)
