"""Figures of a place that are those of another: copied by mistake, or alike by chance."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from databook.validate.cells import also
from databook.validate.faults import Fault
from databook.validate.figures import Figures, Seen

# Two places may share a figure by chance; so many in a row, of which so many differ, they do not.
SHARED_PERIODS = 4
DIFFERENT = 3
# Among this many pairs of places chance has as many more tries: one more period each time.
MANY_PAIRS = (30, 100)
# Among so many places it is known how many share a figure; by chance alone a run of figures may be
# that of another place in no more than this share of tables.
MANY_PLACES = 30
RARE = 0.001
# Counts that are all multiples of this are rounded, and alike far more often.
ROUNDED = 5
# Counts at least this large are not the same by chance.
LARGE_COUNT = 50
LARGE_VALUE = 1000


def figures_own(figures: Figures) -> Iterator[Fault]:
    """A place whose figures are those of another, down to the last digit, was given that other's
    by mistake.
    """
    found = figures.by_place
    parents = {area.code: area.parent for area in figures.context.areas}
    place = figures.context.settings.place
    pairs = {(code, other) for code, other in parents.items() if other and other != code}
    pairs |= {(place, code) for code in found if code != place and parents.get(code) != place}
    enough = SHARED_PERIODS + sum(len(pairs) > many for many in MANY_PAIRS)
    tries = math.log(len(pairs) / RARE) if len(found) >= MANY_PLACES else 0.0

    def rare(run: Sequence[Seen]) -> bool:
        """Whether so few places share these figures that no two would have all of them alike."""
        shared = Counter((row.step, row.value) for own in found.values() for row in own.values())
        # A figure that stays as it was is no further evidence.
        moved = [now for before, now in pairwise(run) if now.value != before.value]
        others = (max(shared[row.step, row.value] - 1, 1) for row in (*run[:1], *moved))
        return sum(math.log(len(found) / other) for other in others) >= tries

    for one, other in sorted(pairs):
        if one not in found or other not in found or ((other, one) in pairs and other < one):
            continue
        same = _same(found[one], found[other], enough)
        if same and (rare(same) or _counted_alike_enough(same, found[other], len(pairs))):
            codes = f"{same[0].code}" if len(same) == 1 else f"{same[0].code} to {same[-1].code}"
            yield Fault(
                what=f"The figures of {one} for {codes} are those of {other} to the last digit"
                f"{also([row.line for row in same])}.",
                fix="Look them up in the source; acknowledge it if the source gives both the same.",
                line=same[0].line,
                column="value",
            )


def _same(one: Mapping[int, Seen], other: Mapping[int, Seen], enough: int) -> list[Seen]:
    """Rows that two places cannot have alike by chance, which takes `enough` without counts."""
    both = [(one[step], other[step]) for step in sorted(one) if step in other]
    if not any(_alike(mine, theirs) or _counted_alike(mine, theirs) for mine, theirs in both):
        return []  # by far the most pairs
    counted = [mine for mine, theirs in both if _counted_alike(mine, theirs)]
    run: list[Seen] = []
    for mine, theirs in both:
        follows = not run or mine.step - run[-1].step == 1
        alike = _alike(mine, theirs)
        if not alike or not follows:
            if _too_alike(run, enough):
                break
            run = []
        if alike:
            run.append(mine)
    return run if _too_alike(run, enough) else counted


def _counted_alike_enough(same: Sequence[Seen], other: Mapping[int, Seen], pairs: int) -> bool:
    """Whether more rows have the counts of another place than chance would give."""
    counted = [row for row in same if _counted_alike(row, other[row.step])]
    rounded = all(
        (row.numerator or 0) % ROUNDED == 0 and (row.denominator or 0) % ROUNDED == 0
        for row in counted
    )
    return len(counted) > sum(pairs > many for many in MANY_PAIRS) + 2 * rounded * (
        pairs > MANY_PAIRS[0]
    )


def _counted_alike(mine: Seen, theirs: Seen) -> bool:
    """Whether both were counted, and so large that no two places have them by chance."""
    return (
        mine.numerator == theirs.numerator
        and mine.denominator == theirs.denominator
        and (mine.numerator or 0) >= LARGE_COUNT
        and (mine.denominator or 0) >= LARGE_COUNT
    )


def _alike(mine: Seen, theirs: Seen) -> bool:
    """Whether one row could be a copy of the other: its figure and, where there are any, counts."""
    counts = ((mine.numerator, theirs.numerator), (mine.denominator, theirs.denominator))
    return (
        mine.value is not None
        and mine.value == theirs.value
        and all(own == other for own, other in counts if None not in (own, other))
    )


def _too_alike(run: Sequence[Seen], enough: int) -> bool:
    """Whether so many figures in a row, finer than whole percentages, can be the same by chance."""
    fine = {row.value for row in run if row.value is not None and _fine(row.value)}
    return len(run) >= enough and len(fine) >= DIFFERENT


def _fine(value: float) -> bool:
    """Whether a figure has digits enough to tell places apart: not 7, and not 0.07 either."""
    digits = f"{abs(value):f}".replace(".", "").strip("0")
    return len(digits) > 1 and (value != int(value) or abs(value) >= LARGE_VALUE)
