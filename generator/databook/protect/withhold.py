"""The fewest further cells that must be withheld so that the small ones stay unknown.

The cell suppression problem, solved as one integer programme (HiGHS) where it is small enough: a
reader who looks for the lowest and the highest value of each small cell is part of the programme,
so that what it finds is the least there is (Fischetti and Salazar, "Models and algorithms for the
2-dimensional cell suppression problem in statistical disclosure control", 1999). Where it is too
large, one small cell after another is protected and what turns out to be needless is shown again.
Either way the exact audit has the last word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from databook.protect.attack import exposed, matrix
from databook.protect.sums import WHOLE, Figure, Need, Sum, System

# Numbers in one programme; above, one small cell after another.
LARGE = 5_000
NODES = 50_000  # of the search; a count, and no time, so that every machine finds the same
TRIALS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A system with the truth: what each figure is, and which of them may be withheld.

    Each figure of `system` has the bounds and the need that it would have if it were withheld.
    `small`: those that must be. `free`: those that may be, if that helps.
    """

    system: System
    truth: tuple[float, ...]
    small: frozenset[int]
    free: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """What must be withheld. `fewest`: it is proven that no smaller number of cells will do."""

    cells: frozenset[int]
    fewest: bool


class Hopeless(ValueError):  # noqa: N818 - a property of the table
    """Not even withholding everything protects a small number."""

    def __init__(self, figure: int) -> None:
        super().__init__("the totals alone give it away")
        self.figure = figure


@dataclass(slots=True)
class Search:
    """What has been learnt on the way to a safe table."""

    raw: Raw
    targets: list[int]
    cuts: list[frozenset[int]] = field(default_factory=list)


def withhold(raw: Raw) -> Withheld:
    """A safe table with as little withheld as can be. Raises Hopeless."""
    for one in exposed(shown(raw, raw.small | raw.free)):
        if one.figure in raw.small or one.figure not in raw.free:
            raise Hopeless(one.figure)
    search = Search(raw=raw, targets=sorted({*raw.small, *_nobodys(raw)}))
    large = len(search.targets) * len(raw.system.figures) > LARGE
    if not large:
        for _ in range(TRIALS):
            cells, proven = _programme(search, frozenset())
            if not cells:
                break
            failing = exposed(shown(raw, cells))
            if not failing:
                return Withheld(cells=cells, fewest=proven)
            _learn(search, cells, [one.figure for one in failing])
    return Withheld(cells=_one_by_one(raw), fewest=False)


def shown(raw: Raw, cells: frozenset[int]) -> System:
    """The table as readers have it when these cells are withheld."""
    figures = tuple(
        figure if n in cells or n not in raw.small | raw.free else _told(figure, raw.truth[n])
        for n, figure in enumerate(raw.system.figures)
    )
    return replace(raw.system, figures=figures)


def _told(figure: Figure, value: float) -> Figure:
    return replace(figure, low=value, high=value, need=None)


def _nobodys(raw: Raw) -> Iterator[int]:
    """Small numbers that stand in no cell: what is left of a total."""
    for number, figure in enumerate(raw.system.figures):
        need = figure.need
        nowhere = number not in raw.free and number not in raw.small
        if nowhere and need is not None and need.least <= raw.truth[number] <= need.most:
            yield number


def _learn(search: Search, cells: frozenset[int], failing: Sequence[int]) -> None:
    """Protect cells that only now turned out to need it; else ask for one more in any place."""
    new = [figure for figure in failing if figure not in search.targets]
    search.targets += new
    if not new:
        search.cuts.append(cells)


# --- one programme -------------------------------------------------------------------------


def _programme(search: Search, given: frozenset[int]) -> tuple[frozenset[int], bool]:
    """The cheapest choice that the programme takes for safe; nothing where it finds none.

    First come the choices, one for each figure that may be withheld, then for each target two
    tables that readers could believe in, as differences from the truth: one in which the target
    is low and one in which it is high. What is shown differs in neither.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    raw = search.raw
    count = len(raw.system.figures)
    rows = _Rows(width=count * (1 + 2 * len(search.targets)))
    fixed = _sides(raw)
    reach = _reach(raw)
    low = [0.0] * count
    high = [1.0] * count
    for n in range(count):
        if n in raw.small or n in given or n not in raw.free:
            low[n] = 1.0 if fixed[n] else 0.0
        if not fixed[n]:
            high[n] = 0.0
    for number, target in enumerate(search.targets):
        for side in (0, 1):
            start = count * (1 + 2 * number + side)
            low += [-down for down, _ in reach]
            high += [up for _, up in reach]
            _believable(rows, raw.system.sums, raw, start, reach)
        _apart(rows, raw, target, count * (1 + 2 * number))
    for cells in search.cuts:
        more = [(n, 1.0) for n in sorted(raw.free - cells)]
        rows.add(more, 1.0, float("inf"))
    told = milp(
        [*_costs(raw, given), *[0.0] * (rows.width - count)],
        constraints=LinearConstraint(rows.matrix(), rows.low, rows.high),
        bounds=Bounds(low, high),
        integrality=[1] * count + [0] * (rows.width - count),
        options={"mip_rel_gap": 0.0, "node_limit": NODES},
    )
    if told.x is None:
        return frozenset(), False
    choice = frozenset(n for n in range(count) if told.x[n] > 0.5)
    return choice & (raw.small | raw.free), told.status == 0


@dataclass(slots=True)
class _Rows:
    """Conditions of a programme, one row each."""

    width: int
    parts: list[tuple[tuple[int, float], ...]] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def add(self, parts: Sequence[tuple[int, float]], low: float, high: float) -> None:
        self.parts.append(tuple(parts))
        self.low.append(low)
        self.high.append(high)

    def matrix(self) -> object:
        return matrix([Sum(parts=parts) for parts in self.parts], self.width)


def _sides(raw: Raw) -> list[bool]:
    """Whether a figure can be unknown to readers at all."""
    return [
        n in raw.small or n in raw.free or not figure.known
        for n, figure in enumerate(raw.system.figures)
    ]


def _reach(raw: Raw) -> list[tuple[float, float]]:
    """How far below and above the truth readers may believe each figure to be."""
    most = max((abs(x) for x in raw.truth), default=0.0) * 2 + 1000
    found = []
    for figure, value in zip(raw.system.figures, raw.truth, strict=True):
        up = min(figure.high, value + most) - value
        found.append((max(0.0, value - figure.low), max(0.0, up)))
    for one in raw.system.sums:
        signs = {c for _, c in one.parts}
        if one.low == one.high == 0 and signs == {-1.0, 1.0}:
            _within_total(one, raw.truth, found)
    return found


def _within_total(one: Sum, truth: Sequence[float], found: list[tuple[float, float]]) -> None:
    """No part is larger than what it is a part of can be."""
    totals = [f for f, c in one.parts if c < 0]
    if len(totals) == 1:
        top = truth[totals[0]] + found[totals[0]][1]
        for figure, factor in one.parts:
            if factor > 0:
                down, up = found[figure]
                found[figure] = (down, min(up, max(0.0, top - truth[figure])))


def _believable(
    rows: _Rows,
    sums: Sequence[Sum],
    raw: Raw,
    start: int,
    reach: Sequence[tuple[float, float]],
) -> None:
    """Another table: it keeps to all sums, and differs only in what is withheld."""
    for one in sums:
        now = sum(c * raw.truth[f] for f, c in one.parts)
        parts = [(start + f, c) for f, c in one.parts]
        if one.low == one.high:
            rows.add(parts, 0.0, 0.0)
        else:
            rows.add(parts, min(0.0, one.low - now), max(0.0, one.high - now))
    for n, (down, up) in enumerate(reach):
        if up:
            rows.add([(start + n, 1.0), (n, -up)], float("-inf"), 0.0)
        if down:
            rows.add([(start + n, 1.0), (n, down)], 0.0, float("inf"))


def _apart(rows: _Rows, raw: Raw, target: int, start: int) -> None:
    """The two tables of a target lie far enough apart, where it is withheld."""
    need = raw.system.figures[target].need
    assert need is not None  # noqa: S101 - nothing else is a target
    value, count = raw.truth[target], len(raw.system.figures)
    under, over = start + target, start + count + target
    if need.withheld:
        rows.add([(over, 1.0), (under, -1.0), (target, -float(need.width))], 0.0, float("inf"))
    if need.least <= value <= need.most:
        rows.add([(over, 1.0)], need.most + 1 - value, float("inf"))
    if need.of is not None and need.least <= need.of - value <= need.most:
        rows.add([(under, 1.0)], float("-inf"), need.of - need.most - 1 - value)


def _costs(raw: Raw, given: frozenset[int]) -> list[float]:
    """A cell costs one; of two choices with as many cells, that of fewer people is cheaper."""
    whole = 1.0 + sum(abs(raw.truth[n]) for n in raw.free)
    return [
        0.0 if n in given or n not in raw.free else 1.0 + abs(raw.truth[n]) / whole / 2
        for n in range(len(raw.system.figures))
    ]


# --- one after another ---------------------------------------------------------------------


def _one_by_one(raw: Raw) -> frozenset[int]:
    """Protect each figure that is exposed until none is; then show again what may be shown."""
    cells = raw.small
    for _ in range(len(raw.system.figures) + TRIALS):
        failing = exposed(shown(raw, cells))
        if not failing:
            return _thinned(raw, cells)
        search = Search(raw=raw, targets=[failing[0].figure])
        more, _ = _programme(search, cells)
        if not more or more <= cells:
            spare = sorted(_near(raw, failing[0].figure) - cells, key=lambda n: raw.truth[n])
            more = frozenset(spare[:1]) or raw.free - cells
        cells |= more
    return raw.small | raw.free


def _near(raw: Raw, figure: int) -> frozenset[int]:
    """Cells that stand in a sum with a figure."""
    found = {f for one in raw.system.sums for f, _ in one.parts if figure in dict(one.parts)}
    return (frozenset(found) or raw.free) & raw.free


def _thinned(raw: Raw, cells: frozenset[int]) -> frozenset[int]:
    """Without each cell, the largest first, that need not be withheld."""
    for n in sorted(cells - raw.small, key=lambda n: (-raw.truth[n], n)):
        if not exposed(shown(raw, cells - {n})):
            cells -= {n}
    return cells


def small(value: float, need: Need) -> str:
    """Why a number must be withheld, empty where it need not be."""
    if need.least <= value <= need.most:
        return "small"
    if need.of is not None and need.least <= need.of - value <= need.most:
        return "all but a few"
    if need.of is not None and need.of - WHOLE <= need.most:
        return "of very few"
    return ""
