"""What a reader with a pencil, or a computer, can work out of a system of sums.

First by plain arithmetic: each sum in turn narrows its figures until nothing moves. Where the sums
hang together without a circle that is the whole truth. In what is left the lowest and the highest
value of each withheld figure are found by integer programming (HiGHS, by way of scipy), which is
loaded only then. Hundepohl et al., Statistical Disclosure Control, 2012, 4.2: the attacker's
problem.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from databook.protect.sums import WHOLE, Exposed, Figure, Sum, System, components, too_narrow

# Rounds of narrowing; more are only needed where bounds creep towards each other by ones, and
# there the programme finds them at once.
ROUNDS = 60
# Sums tried one by one for whether they are needed to tell on a figure.
TRIED = 80
ENOUGH = 4.0  # times the largest known figure: above that nobody bounds a figure


class Contradiction(ValueError):  # noqa: N818 - a property of the figures
    """No whole numbers agree with all that is published."""

    def __init__(self, sums: tuple[int, ...], name: str = "") -> None:
        super().__init__("the published figures contradict each other")
        self.sums = sums
        self.name = name


@dataclass(slots=True)
class Bounds:
    """The range of each figure, while it narrows."""

    low: list[float]
    high: list[float]

    def fixed(self) -> list[bool]:
        """Which can only be one number."""
        return [high - low < WHOLE for low, high in zip(self.low, self.high, strict=True)]


def exposed(system: System) -> tuple[Exposed, ...]:
    """Every figure of which too much can be known. Raises Contradiction."""
    if not any(figure.need for figure in system.figures):
        return ()
    bounds = _begin(system.figures)
    published = bounds.fixed()
    found: list[Exposed] = []
    for figures, sums in components(system, published):
        secret = [f for f in figures if system.figures[f].need is not None]
        if not secret:
            continue
        part = _part(system, figures, sums, bounds)
        ours = {figure: number for number, figure in enumerate(figures)}
        try:
            for one in _exposed(part, [ours[f] for f in secret]):
                by = tuple(sums[s] for s in one.sums)
                found.append(replace(one, figure=figures[one.figure], sums=by))
        except Contradiction as wrong:
            raise Contradiction(tuple(sums[s] for s in wrong.sums)) from None
    return tuple(found)


def ranges(system: System, figures: Sequence[int]) -> dict[int, tuple[float, float]]:
    """The lowest and the highest value of each figure that agree with everything published."""
    bounds = _begin(system.figures)
    narrow(system, bounds, range(len(system.sums)))
    found = {f: _extremes(system, bounds, f) for f in figures}
    return {f: each for f, each in found.items() if each is not None}


def _begin(figures: Sequence[Figure]) -> Bounds:
    low = [math.ceil(f.low - WHOLE) if f.counted else f.low for f in figures]
    high = [
        math.floor(f.high + WHOLE) if f.counted and f.high < math.inf else f.high for f in figures
    ]
    return Bounds(low=[float(x) for x in low], high=[float(x) for x in high])


def _part(system: System, figures: list[int], sums: list[int], bounds: Bounds) -> System:
    """One component as a system of its own: what is published goes into the bounds of the sums."""
    ours = {figure: number for number, figure in enumerate(figures)}
    folded = []
    for number in sums:
        one = system.sums[number]
        known = sum(c * bounds.low[f] for f, c in one.parts if f not in ours)
        parts = tuple((ours[f], c) for f, c in one.parts if f in ours)
        folded.append(replace(one, parts=parts, low=one.low - known, high=one.high - known))
    return System(figures=tuple(system.figures[f] for f in figures), sums=tuple(folded))


def _exposed(part: System, secret: list[int]) -> Iterator[Exposed]:
    bounds = _begin(part.figures)
    narrow(part, bounds, range(len(part.sums)))
    exact = _circles(part) == 0
    seen = Seen(part)
    for figure in secret:
        need = part.figures[figure].need
        assert need is not None  # noqa: S101 - that is what makes it secret
        low, high = bounds.low[figure], bounds.high[figure]
        if not exact and high - low > WHOLE:
            found = _extremes(part, bounds, figure, seen)
            if found is None:
                continue
            low, high = found
        if too_narrow(need, low, high):
            yield Exposed(figure=figure, low=low, high=high, sums=_by(part, figure, low, high))


def narrow(system: System, bounds: Bounds, sums: Iterable[int]) -> None:
    """Let each sum narrow its figures until nothing moves. Raises Contradiction."""
    of_figure: dict[int, list[int]] = {}
    waiting = list(dict.fromkeys(sums))
    for number in waiting:
        for figure, _ in system.sums[number].parts:
            of_figure.setdefault(figure, []).append(number)
    for _ in range(ROUNDS):
        moved: dict[int, None] = {}
        for number in waiting:
            for figure in _narrow(system, bounds, number):
                moved |= dict.fromkeys(of_figure[figure])
        if not moved:
            return
        waiting = sorted(moved)


def _narrow(system: System, bounds: Bounds, number: int) -> list[int]:
    """Let one sum narrow its figures; gives those that moved."""
    one = system.sums[number]
    least = [min(c * bounds.low[f], c * bounds.high[f]) for f, c in one.parts]
    most = [max(c * bounds.low[f], c * bounds.high[f]) for f, c in one.parts]
    moved = []
    for at, (figure, factor) in enumerate(one.parts):
        others_least = math.fsum(x for i, x in enumerate(least) if i != at)
        others_most = math.fsum(x for i, x in enumerate(most) if i != at)
        ends = ((one.low - others_most) / factor, (one.high - others_least) / factor)
        low, high = min(ends), max(ends)
        if system.figures[figure].counted:
            low = math.ceil(low - WHOLE) if low > -math.inf else low
            high = math.floor(high + WHOLE) if high < math.inf else high
        if low > bounds.low[figure] + WHOLE or high < bounds.high[figure] - WHOLE:
            bounds.low[figure] = max(bounds.low[figure], float(low))
            bounds.high[figure] = min(bounds.high[figure], float(high))
            if bounds.low[figure] > bounds.high[figure] + WHOLE:
                raise Contradiction((number,))
            moved.append(figure)
    return moved


def _circles(part: System) -> int:
    """How many links there are beyond those of a tree; 0: plain arithmetic knows everything.

    A factor other than one leaves holes between whole numbers, which narrowing does not see.
    """
    if any(abs(c) != 1 for one in part.sums for _, c in one.parts):
        return 1
    links = sum(len(one.parts) for one in part.sums)
    trees = sum(1 for _ in components(part, [False] * len(part.figures)))
    return links - (len(part.figures) + len(part.sums) - trees)


@dataclass(slots=True, init=False)
class Seen:
    """Whole solutions that were met on the way: two of them that differ prove a range."""

    part: System
    low: list[float]
    high: list[float]

    def __init__(self, part: System) -> None:
        self.part = part
        self.low = [math.inf] * len(part.figures)
        self.high = [-math.inf] * len(part.figures)

    def add(self, solution: Sequence[float]) -> None:
        """Keep what one solution shows."""
        self.low = [min(a, b) for a, b in zip(self.low, solution, strict=True)]
        self.high = [max(a, b) for a, b in zip(self.high, solution, strict=True)]

    def wide(self, figure: int) -> bool:
        """Whether it is proven already that nobody can tell."""
        need = self.part.figures[figure].need
        low, high = self.low[figure], self.high[figure]
        return need is not None and low <= high and not too_narrow(need, low, high)


def _extremes(
    part: System, bounds: Bounds, figure: int, seen: Seen | None = None
) -> tuple[float, float] | None:
    """The lowest and the highest value of one figure that agree with all sums.

    None as soon as it is `seen` that nobody can tell.
    """
    found = []
    for sign in (1.0, -1.0):
        if seen is not None and seen.wide(figure):
            return None
        solution = _solved(part, bounds, {figure: sign})
        if solution is None:
            raise Contradiction(tuple(range(len(part.sums))))
        if seen is not None:
            seen.add(solution)
        found.append(solution[figure])
    low, high = found
    return low, math.inf if high >= _enough(part, bounds) - WHOLE else high


def _enough(part: System, bounds: Bounds) -> float:
    """A number that stands for "no bound" in the programme, above all that is in it."""
    known = [abs(x) for one in part.sums for x in (one.low, one.high) if abs(x) < math.inf]
    known += [x for x in (*bounds.low, *bounds.high) if x < math.inf]
    return ENOUGH * max(known, default=0.0) + 1000.0


def _solved(part: System, bounds: Bounds, aims: Mapping[int, float]) -> list[float] | None:
    """The solution in which these figures, each times its factor, come to the least."""
    from scipy.optimize import Bounds as Box
    from scipy.optimize import LinearConstraint, milp

    count = len(part.figures)
    aim = [aims.get(f, 0.0) for f in range(count)]
    cap = _enough(part, bounds)
    rows = matrix(part.sums, count)
    box = Box(bounds.low, [min(high, cap) for high in bounds.high])
    whole = [1 if f.counted else 0 for f in part.figures]
    # HiGHS has been seen to call a programme impossible that has solutions, and to find them when
    # it was given no slack.
    for slack in (WHOLE, 0.0):
        between = [one.low - slack for one in part.sums], [one.high + slack for one in part.sums]
        told = milp(
            aim,
            constraints=LinearConstraint(rows, *between),
            bounds=box,
            integrality=whole,
            options={"mip_rel_gap": 0.0},
        )
        if told.x is not None:
            break
    if told.x is None:
        return None
    pairs = zip(told.x, part.figures, strict=True)
    return [float(round(x)) if f.counted else float(x) for x, f in pairs]


def matrix(sums: Sequence[Sum], count: int) -> Any:
    """The factors of all sums, one row each."""
    from scipy.sparse import csr_array

    at = [(row, f, c) for row, one in enumerate(sums) for f, c in one.parts]
    rows, columns, values = zip(*at, strict=True) if at else ((), (), ())
    return csr_array((values, (rows, columns)), shape=(len(sums), count))


# --- by which sums -------------------------------------------------------------------------


def _by(part: System, figure: int, low: float, high: float) -> tuple[int, ...]:
    """The fewest sums we find that tell as much: first plain subtraction, then by leaving out."""
    if high - low < WHOLE and (steps := _subtraction(part, figure)):
        return steps
    return _needed(part, figure, list(range(len(part.sums))), exact=high - low < WHOLE)


def _subtraction(part: System, figure: int) -> tuple[int, ...]:
    """Sums in the order in which each leaves one figure open, up to the one asked for."""
    known: dict[int, tuple[int, ...]] = {
        f: () for f, one in enumerate(part.figures) if one.low == one.high
    }
    left = list(range(len(part.sums)))
    while left:
        steps: list[int] = []
        for number in left:
            one = part.sums[number]
            unknown = [f for f, _ in one.parts if f not in known]
            if len(unknown) > 1 or one.high - one.low > WHOLE:
                continue
            steps.append(number)
            if unknown:
                before = (s for f, _ in one.parts for s in known.get(f, ()))
                known[unknown[0]] = tuple(dict.fromkeys((*before, number)))
                if unknown[0] == figure:
                    return known[figure]
        if not steps:
            break
        left = [number for number in left if number not in steps]
    return ()


def _needed(part: System, figure: int, sums: list[int], *, exact: bool) -> tuple[int, ...]:
    """Leave out each sum without which as much can be known still."""
    if len(sums) > TRIED:
        return tuple(sums)
    for number in list(sums):
        fewer = [s for s in sums if s != number]
        if _tells(part, figure, fewer, exact=exact):
            sums = fewer
    return tuple(sums)


def _tells(part: System, figure: int, sums: list[int], *, exact: bool) -> bool:
    """Whether these sums alone tell too much of a figure, or even what it is."""
    need = part.figures[figure].need
    assert need is not None  # noqa: S101 - only secret figures are asked about
    less = System(figures=part.figures, sums=tuple(part.sums[s] for s in sums))
    bounds = _begin(less.figures)
    narrow(less, bounds, range(len(less.sums)))
    low, high = bounds.low[figure], bounds.high[figure]
    if high - low > WHOLE and _circles(less) > 0:
        low, high = _extremes(less, bounds, figure) or (low, high)
    return high - low < WHOLE if exact else too_narrow(need, low, high)
