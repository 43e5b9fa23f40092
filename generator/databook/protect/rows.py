"""What the numbers of one row tell together of a count that is not written in it.

A share with its denominator is a count, and a share with its count a denominator. Limits tell both:
each formula that makes an interval can be turned round, and readers try the usual ones (`limits`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from databook.limits import Z_95, poisson, wilson

Span = tuple[float, float]
ANY: Span = (0.0, math.inf)
# Slack for "is a whole number" and "is the same decimal", far above what a 64-bit float loses.
WHOLE = 1e-6
# Above so many possible denominators, or counts, a formula is turned round and not tried out.
TRIED = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """How figures are printed: a share out of so many, and half of the last decimal's unit."""

    scale: float = 100.0
    percent: bool = True
    half: float = 0.05
    near: float = 0.05  # of limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Between which numbers a count, its denominator and those not counted must lie."""

    count: Span = ANY
    base: Span = ANY
    left: Span = ANY
    sure: bool = True  # False: only about, by a formula that is not quite the publisher's


Row = Mapping[str, float | None]


def share_of(base: float, value: float, how: Print) -> Span | None:
    """The counts that are printed as this share of so many. None: there is no such count."""
    low = math.ceil((value - how.half) * base / how.scale - WHOLE)
    high = math.floor((value + how.half) * base / how.scale + WHOLE)
    return (max(0.0, float(low)), float(high)) if low <= high else None


def base_of(count: float, value: float, how: Print) -> Span:
    """The denominators out of which a count is printed as this share."""
    if value - how.half <= 0:
        return (count, math.inf)
    low = math.ceil(count * how.scale / (value + how.half) - WHOLE)
    high = math.floor(count * how.scale / (value - how.half) + WHOLE)
    return (max(count, float(low)), float(high)) if low <= high else (count, math.inf)


def by_limits(row: Row, how: Print, few: float = math.inf) -> Known | None:
    """What a share tells with its limits alone; None where it has none that tell.

    It is only tried out where there may be as `few` counted, or left.
    """
    value, lower, upper = row["value"], row["lower"], row["upper"]
    if value is None or lower is None or upper is None or not lower <= value <= upper:
        return None
    if upper - lower <= 2 * how.near:
        return None
    base = row["denominator"]
    if how.percent:
        bases = (base, base) if base else _bases(value, upper - lower, how)
        return _of_share(value, lower, upper, bases, how, few)
    if value <= how.half:
        return None
    return _of_rate(value, lower, upper, share_of(base, value, how) if base else None, how)


def _of_share(
    value: float, lower: float, upper: float, bases: Span, how: Print, few: float
) -> Known:
    """Wilson's limits, turned round; then each denominator between is tried out."""
    share = (max(0.0, value - how.half) / 100, min(100.0, value + how.half) / 100)
    about = Known(
        count=(math.ceil(share[0] * bases[0]), math.floor(share[1] * bases[1])),
        base=bases,
        left=(math.ceil((1 - share[1]) * bases[0]), math.floor((1 - share[0]) * bases[1])),
        sure=False,
    )
    if min(about.count[0], about.left[0]) > few or bases[1] - bases[0] > TRIED:
        return about
    met = list(_met(value, lower, upper, bases, how))
    return _around(met) if met else about


def _bases(value: float, width: float, how: Print) -> Span:
    """Out of how many a share has limits so far apart."""
    shares = [min(100.0, max(0.0, value + off)) / 100 for off in (-how.half, how.half)]
    spread = [share * (1 - share) for share in shares]
    most = 0.25 if shares[0] <= 0.5 <= shares[1] else max(spread)
    wide, narrow = (width + 2 * how.near) / 100, (width - 2 * how.near) / 100
    return math.floor(_people(wide, min(spread))), math.ceil(_people(narrow, most))


def _people(width: float, spread: float) -> float:
    """The number out of which Wilson's limits of a share are so far apart.

    `spread` is share x (1 - share). The root of the quadratic equation that the formula is.
    """
    square, z = min(width, 1.0) ** 2, Z_95 * Z_95
    half = 2 * spread - square
    return z * (half + math.sqrt(half * half + square * (1 - square))) / square


def _met(
    value: float, lower: float, upper: float, bases: Span, how: Print
) -> Iterator[tuple[int, int]]:
    """Each count and denominator that are printed as these three numbers."""
    near = how.near + WHOLE
    for base in range(max(1, int(bases[0])), int(bases[1]) + 1):
        counts = share_of(base, value, how) or (1, 0)
        for count in range(int(counts[0]), min(int(counts[1]), base) + 1):
            low, high = wilson(count, base)
            if abs(100 * low - lower) <= near and abs(100 * high - upper) <= near:
                yield count, base


def _around(met: list[tuple[int, int]]) -> Known:
    counts, bases = [x for x, _ in met], [n for _, n in met]
    left = [n - x for x, n in met]
    return Known(
        count=(float(min(counts)), float(max(counts))),
        base=(float(min(bases)), float(max(bases))),
        left=(float(min(left)), float(max(left))),
    )


def _of_rate(
    value: float, lower: float, upper: float, among: Span | None, how: Print
) -> Known | None:
    """The counts, `among` those that fit, of which the limits are as many times a rate as these."""
    least = (upper - how.near) / (value + how.half)
    most = (upper + how.near) / (value - how.half)
    if least <= 1:
        return None
    # Wide enough: the upper limit of a count is less than the count and 3 and twice its root.
    beyond = (4 / (least - 1)) ** 2 + 4 / (least - 1)
    if beyond > TRIED:
        return None
    found = []
    for count in range(1, math.ceil(beyond) + 1):
        limits = poisson(count)
        if among is not None and not among[0] <= count <= among[1]:
            continue
        if limits is None or not least <= limits[1] / count <= most:
            continue
        bottom = (lower - how.near) / (value + how.half), (lower + how.near) / (value - how.half)
        found.append((count, bottom[0] <= limits[0] / count <= bottom[1]))
    sure = [count for count, both in found if both]
    counts = sure or [count for count, _ in found]
    if not counts:
        return None
    low, high = float(min(counts)), float(max(counts))
    base = (low * how.scale / (value + how.half), high * how.scale / (value - how.half))
    return Known(count=(low, high), base=(max(low, base[0]), base[1]), sure=bool(sure))
