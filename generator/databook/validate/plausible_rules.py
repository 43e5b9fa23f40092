"""Figures that may be true but look like slips: set against parts, wholes, neighbours and time.

All of these are doubts, never errors, and each threshold is one that the published figures of
the demonstration book keep well within.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from statistics import median

from databook import periods
from databook.model import Breakdown, Unit
from databook.validate.faults import Fault, Rule, warning
from databook.validate.figures import GROUPS, Cell, Figures

# A change counts as a jump when it is this many times the usual one. The usual change is the
# median of all absolute changes in the table (a robust scale: one slip cannot move it), and
# eight of them are rarer than one in ten thousand where changes are near normal (5.4 sigma).
JUMP = 8.0
# So many changes must be known before anybody can say what is usual.
CHANGES = 5
# A neighbour shares a jump if it moves the same way by this share of it.
SHARED = 1 / 3
# An average of parts lies between them. Where not all parts are in the table it may lie outside,
# but not by more than this many times the distance between them, and that distance is known only
# from so many parts: two of a region's nineteen places may well both lie on one side of it.
OUTSIDE = 3.0
FEWEST_PARTS = 5
# Where denominators add up to this share of the whole's, all parts are there.
WHOLE = 0.99
# A period that stands this many years from all others, and further than they span, is a slip.
ALONE_YEARS = 10.0
# Totals count people of unknown group too, which may take them so far beyond all groups.
UNKNOWN_GROUP = 1.0

AVERAGES = (Unit.PERCENT, Unit.RATE, Unit.RATIO, Unit.SCORE, Unit.DAYS)


def _sound(figures: Figures) -> list[Cell]:
    """The figures about everybody, without those that no percentage can be, which are told."""
    return [cell for cell in figures.cells if _possible(figures, cell.value)]


def _possible(figures: Figures, value: float) -> bool:
    return figures.indicator.unit is not Unit.PERCENT or 0 <= value <= 100


def jump_shared(figures: Figures) -> Iterator[Fault]:
    """A figure that leaps while all others hardly move is often a slip of the keyboard: a digit
    lost, a point moved, two cells swapped.
    """
    moves: defaultdict[str, list[tuple[Cell, float]]] = defaultdict(list)
    first: dict[str, Cell] = {}
    for before, now in pairwise(_sound(figures)):
        if (
            now.area == before.area
            and now.step - before.step == 1
            and "b" not in (now.marker or "")
        ):
            if not moves[now.area]:
                first[now.area] = before
            moves[now.area].append((now, now.value - before.value))
    sizes = sorted(abs(size) for own in moves.values() for _, size in own)
    if len(sizes) <= CHANGES or sizes[-1] <= JUMP * sizes[len(sizes) // 2 - 1]:
        return  # by far the most tables: nothing in them is large enough
    broken = figures.broken
    together: defaultdict[int, list[tuple[str, float]]] = defaultdict(list)
    for area, own in moves.items():
        for cell, size in own:
            together[cell.step].append((area, size))
    for area, own in moves.items():
        kept = [(cell, size) for cell, size in own if cell.step not in broken]
        yield from _jumps(area, kept, together, sizes, first[area] if kept == own else None)


def _jumps(
    area: str,
    own: list[tuple[Cell, float]],
    together: Mapping[int, list[tuple[str, float]]],
    sizes: list[float],
    first: Cell | None,
) -> Iterator[Fault]:
    """Leaps of one area. Where only the very first figure is far from all others, it is the one."""
    back = 0.0
    for number, (cell, size) in enumerate(own):
        if back and abs(size + back) < abs(back) / 2:
            back = 0.0  # the way back from a leap is no second one
            continue
        back = 0.0
        usual = _usual(size, sizes, own)
        if usual is None or abs(size) <= JUMP * usual or not usual:
            continue
        same = (other for name, other in together[cell.step] if name != area)
        if any(other * size > 0 and abs(other) >= SHARED * abs(size) for other in same):
            continue
        back = size
        odd, side, far = cell, "before", size
        settled = len(own) > 1 and abs(own[1][1]) <= JUMP * usual
        if number == 0 and first is not None and settled:
            odd, side, far = first, "after", -size
        yield Fault(
            what=f"The figure of {odd.area} for {odd.code}, {odd.value:.10g}, is "
            f"{abs(far):.6g} {'above' if far > 0 else 'below'} the one {side}; the usual "
            f"change is {usual:.3g}, and no other area moved so.",
            fix="Check it against the source: a digit may be lost or the point moved. If it is "
            "right, acknowledge it with the reason.",
            line=odd.line,
            column="value",
        )


def _usual(size: float, sizes: list[float], own: list[tuple[Cell, float]]) -> float | None:
    """The usual change in the table, or in this area where that is more; None: nobody knows."""
    others = _middle_without(sizes, abs(size))
    if others is None:
        return None
    mine = [abs(each) for _, each in own if abs(each) != abs(size)]
    return max(others, median(mine) if len(mine) >= CHANGES else 0.0)


def _middle_without(sizes: list[float], size: float) -> float | None:
    """The median of all sizes but those equal to one; None where too few are left.

    The sizes are in order, so it is looked up: a table of a nation asks it for every figure.
    """
    start, end = bisect_left(sizes, size), bisect_right(sizes, size)
    left = len(sizes) - (end - start)
    if left < CHANGES:
        return None

    def at(number: int) -> float:
        return sizes[number] if number < start else sizes[number + end - start]

    return (at((left - 1) // 2) + at(left // 2)) / 2


def aggregate_among_parts(figures: Figures) -> Iterator[Fault]:
    """The figure of a whole is an average of its parts, so it lies between them."""
    if figures.indicator.unit not in AVERAGES:
        return
    parents = {area.code: area.parent for area in figures.context.areas if area.parent}
    parts: defaultdict[tuple[str, int], dict[str, Cell]] = defaultdict(dict)
    wholes: dict[tuple[str, int], Cell] = {}
    for cell in _sound(figures):
        wholes[(cell.area, cell.step)] = cell
        if parent := parents.get(cell.area):
            parts[(parent, cell.step)][cell.area] = cell
    for key, found in parts.items():
        whole, members = wholes.get(key), list(found.values())
        if whole is None or len(members) < 2:
            continue
        low, high = min(m.value for m in members), max(m.value for m in members)
        complete = _complete(whole, members)
        if not complete and len(members) < FEWEST_PARTS:
            continue
        slack = 0.0 if complete else OUTSIDE * (high - low)
        if not low - slack <= whole.value <= high + slack and (slack or high > low):
            yield Fault(
                what=f"{whole.area} has {whole.value:.10g} in {whole.code}, but the places in it "
                f"lie between {low:.10g} and {high:.10g}.",
                fix="Check all of them against the source. If they are right, acknowledge it with "
                "the reason.",
                line=whole.line,
                column="value",
            )


def _complete(whole: Cell, members: list[Cell]) -> bool:
    counted = [m.denominator for m in members if m.denominator is not None]
    return (
        whole.denominator is not None
        and len(counted) == len(members)
        and abs(sum(counted) - whole.denominator) <= (1 - WHOLE) * whole.denominator
    )


def total_among_groups(figures: Figures) -> Iterator[Fault]:
    """The figure of everybody is an average of the groups that everybody is made of."""
    if figures.indicator.unit not in AVERAGES:
        return
    found = {b.column: b for b in figures.indicator.breakdowns if b.column in figures.breakdowns}
    if not found:
        return
    columns = ["area", "step", "value", "line", "decimals", *found]
    values: dict[tuple[object, ...], tuple[float, int, int]] = {}
    for area, step, value, line, decimals, *groups in figures.frame.select(columns).iter_rows():
        if value is not None and step is not None and _possible(figures, value):
            values[(area, step, *groups)] = (value, line, decimals)
    whole = tuple(b.total for b in found.values())
    for number, breakdown in enumerate(found.values()):
        yield from _beyond(values, whole, number, breakdown)


def _beyond(
    values: Mapping[tuple[object, ...], tuple[float, int, int]],
    whole: tuple[str, ...],
    number: int,
    breakdown: Breakdown,
) -> Iterator[Fault]:
    """Totals that do not lie among the groups of one breakdown."""
    for (area, step, *groups), (value, line, decimals) in values.items():
        if tuple(groups) != whole:
            continue
        keys = [(*whole[:number], group, *whole[number + 1 :]) for group in breakdown.groups]
        parts = [values[key][0] for k in keys if (key := (area, step, *k)) in values]
        if len(parts) < len(breakdown.groups) or len(parts) < 2:
            continue
        low, high = min(parts), max(parts)
        slack = UNKNOWN_GROUP * (high - low) + 0.5 * 10.0**-decimals
        if not low - slack <= value <= high + slack:
            yield Fault(
                what=f"The figure of {breakdown.total.lower()}, {value:.10g}, does not lie "
                f"among those of the groups, {low:.10g} to {high:.10g}.",
                fix="Check the total and the groups against the source. If they are right, "
                "acknowledge it with the reason.",
                line=line,
                column="value",
            )


def period_in_company(figures: Figures) -> Iterator[Fault]:
    """A year far from all others is usually a slip: 1925 for 2025."""
    first: dict[int, int] = {}
    rows = Counter[int]()
    for step, line in zip(figures.frame["step"], figures.frame["line"], strict=True):
        if step is not None:
            first[step] = min(line, first.get(step, line))
            rows[step] += 1
    known = [(step, first[step], rows[step]) for step in sorted(rows)]
    if len(known) < 3:
        return
    per = periods.years_per_step(figures.indicator.periods)
    for at in (0, len(known) - 1):
        step, line, count = known[at]
        others = [s for s, _, _ in known if s != step]
        gap = min(abs(step - s) for s in others) * per
        if gap > ALONE_YEARS and gap > (others[-1] - others[0]) * per:
            yield Fault(
                what=f"This period lies {gap:.0f} years from all others"
                f"{'' if count == 1 else f' (in {count} rows)'}.",
                fix="Check the year; if it is right, acknowledge it with the reason.",
                line=line,
                column="period",
            )


def place_up_to_date(figures: Figures) -> Iterator[Fault]:
    """Others have a newer figure: the page would show the place's old one as the latest."""
    own = dict(zip(figures.own["step"].to_list(), figures.own["line"].to_list(), strict=True))
    newest = max(figures.cells, key=lambda cell: cell.step, default=None)
    if not own or newest is None or newest.step <= max(own):
        return
    if len({cell.area for cell in figures.cells if cell.step == newest.step}) > 1:
        yield Fault(
            what=f"{figures.context.settings.place} has no row for {newest.code}, which "
            "other areas have.",
            fix="Add the row: the value, or a marker that says why there is none.",
            line=own[max(own)],
            column="period",
        )


RULES: tuple[Rule[Figures], ...] = (
    warning("value-jump", jump_shared, *GROUPS, "periods", "breaks"),
    warning("aggregate-outside-parts", aggregate_among_parts, *GROUPS, "periods", "unit"),
    warning("total-outside-groups", total_among_groups, *GROUPS, "periods", "unit"),
    warning("period-alone", period_in_company, "periods"),
    warning("period-behind", place_up_to_date, *GROUPS, "periods", "settings.place"),
)
