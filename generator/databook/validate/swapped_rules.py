"""Rows of two places that changed places in one period, or leapt alike by chance."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from statistics import median

from databook.validate.faults import Fault
from databook.validate.figures import Figures, Seen

# Fewer changes do not say what is usual.
FEWEST_CHANGES = 4
# Among so many places chance has tries enough to be reckoned with.
MANY_PLACES = 30
# Two places have changed places in a period if each is this much nearer to the other's figures
# around it than to its own, and both leapt by so many times the usual change.
CROSSED = 0.25
LEAP = 4.0
# Among places whose rows leapt, some take each other's level by chance: in this share of tables.
CHANCE = 0.005
# What leapt beside the two and came back the next year; of none it is still no certainty.
NEVER = 0.1


def areas_kept_apart(figures: Figures) -> Iterator[Fault]:
    """Two rows that changed places give each place the other's figure, and both look plausible."""
    found = figures.by_place
    leaps: defaultdict[int, list[str]] = defaultdict(list)
    usual = _usual(found)
    if not usual:
        return
    for code, own in found.items():
        for before, now in pairwise(sorted(own)):
            leap = abs(_level(own[now]) - _level(own[before]))
            unusual = now - before == 1 and leap > LEAP * usual
            if unusual and leap > LEAP * _usual_of(own, now):
                leaps[now].append(code)
    pairs = sum(math.comb(len(codes), 2) for codes in leaps.values())
    for step, codes in sorted(leaps.items()):
        for one, other in combinations(codes[:60], 2):
            if not _crossed(found[one], found[other], step, usual):
                continue
            spread = _spread([_level(own[step]) for own in found.values() if step in own])
            chance = _chance(found[one], found[other], step, spread)
            if len(found) < MANY_PLACES or chance * (max(pairs - 2, 0) + NEVER) < CHANCE:
                row = min(found[one][step], found[other][step])
                yield Fault(
                    what=f"The rows of {one} and {other} for {row.code} seem to have changed "
                    f"places (lines {found[one][step].line} and {found[other][step].line}).",
                    fix="Look both up in the source. If they are right, acknowledge it with the "
                    "reason.",
                    line=row.line,
                    column="area",
                )


def _level(row: Seen) -> float:
    """What tells places apart best: how many people there are, else the figure itself."""
    return row.denominator if row.denominator is not None else (row.value or 0.0)


def _usual(found: Mapping[str, Mapping[int, Seen]]) -> float:
    changes = [
        abs(_level(own[now]) - _level(own[before]))
        for own in found.values()
        for before, now in pairwise(sorted(own))
        if now - before == 1
    ]
    # Where most never change, any change is unusual.
    return max(median(changes), 1e-9) if len(changes) > FEWEST_CHANGES else 0.0


def _usual_of(own: Mapping[int, Seen], step: int) -> float:
    """The usual change of one place around a step: small places leap every year."""
    changes = [
        abs(_level(own[now]) - _level(own[before]))
        for before, now in pairwise(sorted(own))
        if now - before == 1 and step not in (before, now)
    ]
    return median(changes) if len(changes) >= FEWEST_CHANGES else 0.0


def _crossed(one: Mapping[int, Seen], other: Mapping[int, Seen], step: int, usual: float) -> bool:
    """Whether two places took each other's level in one step, and their own back in the next."""
    before = step - 1
    if not {before, step} <= set(one) or not {before, step} <= set(other):
        return False
    a, b, a0, b0 = map(_level, (one[step], other[step], one[before], other[before]))
    far, crossed = abs(a - a0) + abs(b - b0), abs(a - b0) + abs(b - a0)
    counted = one[step].denominator is not None and other[step].denominator is not None
    if crossed > (CROSSED * far if counted else min(CROSSED * far, 2 * usual)):
        return False
    after = step + 1
    if after not in one or after not in other:
        return counted  # how many people there are is sure enough; a figure may have leapt
    back = abs(_level(one[after]) - a0) + abs(_level(other[after]) - b0)
    return back < CROSSED * 2 * far


def _spread(levels: Sequence[float]) -> float:
    """How far apart nine in ten of the places lie."""
    ordered = sorted(levels)
    edge = len(ordered) // 20
    return ordered[-1 - edge] - ordered[edge]


def _chance(one: Mapping[int, Seen], other: Mapping[int, Seen], step: int, spread: float) -> float:
    """How often two places that leapt would come so near to each other's level by chance."""
    a, b, a0, b0 = (_level(own[at]) for at in (step, step - 1) for own in (one, other))
    return (2 * max(abs(a - b0), abs(b - a0)) / spread) ** 2 if spread else 1.0
