"""95 % limits of a share and of a rare count: Wilson, exact Poisson and Byar.

Closed forms in plain Python: the small Poisson counts are solved here, since importing scipy costs
half a second of each process. Tests hold them to scipy. They lie below the stages because they are
used both ways: to work limits out, and to see what published ones give away.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

# Standard normal deviate that leaves 2.5 % in each tail.
Z_95 = 1.959963984540054
# Office for Health Improvement and Disparities, "Technical guidance: rates": Byar's
# approximation from ten events on, exact Poisson limits below.
FIRST_BYAR_COUNT = 10
# The exact limits of counts below ten all lie under this.
_BEYOND_EXACT = 64.0
_HALVINGS = 200  # more than enough to bring a bisection to the last bit of a float


def wilson(count: float, total: float, z: float = Z_95) -> tuple[float, float]:
    """Limits of the share `count / total`, between 0 and 1 (Wilson 1927; Newcombe 1998, method 3).

    ValueError where `count` is no part of `total`.
    """
    if total <= 0 or not 0 <= count <= total:
        raise ValueError(f"{count} of {total} is not a share")
    spread = z * math.sqrt(z * z + 4 * count * (1 - count / total))
    bottom = 2 * (total + z * z)
    lower = (2 * count + z * z - spread) / bottom
    upper = (2 * count + z * z + spread) / bottom
    # The formula gives exactly 0 and 1 at the ends; floats miss by a hair.
    return (0.0 if count == 0 else max(lower, 0.0), 1.0 if count == total else min(upper, 1.0))


def byar(count: float, z: float = Z_95) -> tuple[float, float]:
    """Limits of the mean behind a Poisson count, as counts (Byar; Breslow and Day 1987, p. 69).

    ValueError for a count of 0, of which the formula knows nothing.
    """
    if count <= 0:
        raise ValueError("Byar's approximation needs a count above 0")
    above = count + 1
    lower = count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3
    upper = above * (1 - 1 / (9 * above) + z / (3 * math.sqrt(above))) ** 3
    return lower, upper


@lru_cache(maxsize=64)
def exact_poisson(count: int) -> tuple[float, float]:
    """Limits of the mean behind a small count: each leaves 2.5 % beyond it (Garwood 1936).

    ValueError from `FIRST_BYAR_COUNT` on, and below 0.
    """
    if not 0 <= count < FIRST_BYAR_COUNT:
        raise ValueError(f"exact limits are for counts from 0 to {FIRST_BYAR_COUNT - 1}")
    upper = falling(lambda mean: _at_most(count, mean), 0.025, 0.0, _BEYOND_EXACT)
    if count == 0:
        return 0.0, upper
    return falling(lambda mean: _at_most(count - 1, mean), 0.975, 0.0, _BEYOND_EXACT), upper


def poisson(count: float) -> tuple[float, float, str] | None:
    """Limits of a count and the method's name; None for a count that is no whole number."""
    if count >= FIRST_BYAR_COUNT:
        return *byar(count), "Byar"
    if count < 0 or count != int(count):
        return None
    return *exact_poisson(int(count)), "exact Poisson"


def _at_most(count: int, mean: float) -> float:
    """Chance that a Poisson count with this mean is at most `count`."""
    term = total = math.exp(-mean)
    for k in range(1, count + 1):
        term *= mean / k
        total += term
    return total


def falling(curve: Callable[[float], float], level: float, low: float, high: float) -> float:
    """Where a falling curve crosses a level, by halving."""
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if curve(middle) > level:
            low = middle
        else:
            high = middle
    return (low + high) / 2
