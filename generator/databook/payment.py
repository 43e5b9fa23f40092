"""The arithmetic of payment by results, which the check and the analysis both ask for.

Points are a running maximum and are never taken back; money is whole pence.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from databook.agreements import Agreement

PENCE = 100  # in a pound
QUARTERS = 4  # that the target of a year is for


def only_effort_paid(agreement: Agreement) -> bool:
    """Whether nothing that is paid for says that anybody is better off."""
    return all(trigger.quadrant.startswith("effort") for trigger in agreement.triggers)


def thresholds(reach: int, target_share: int, point_shares: Sequence[int]) -> tuple[int, ...]:
    """Counts that earn each point: shares of a target that is a share of the reach, rounded up."""
    target = _up(Fraction(reach * target_share, 100))
    return tuple(_up(Fraction(target * share, 100)) for share in point_shares)


def points(cumulative: Sequence[int], thresholds: Sequence[int]) -> tuple[int, ...]:
    """Total points after each count: thresholds reached so far, never fewer than before."""
    found, most = [], 0
    for count in cumulative:
        most = max(most, sum(count >= threshold for threshold in thresholds))
        found.append(most)
    return tuple(found)


def cumulated(new: Sequence[int]) -> tuple[int, ...]:
    """Counts added up as they come."""
    found, total = [], 0
    for count in new:
        total += count
        found.append(total)
    return tuple(found)


def pence(pounds: Decimal) -> int:
    """Pounds as whole pence."""
    return int(pounds * PENCE)


def _up(share: Fraction) -> int:
    return -(-share.numerator // share.denominator)
