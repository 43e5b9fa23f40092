"""How much of a target is reached, in exact arithmetic: asked by the check and the analysis alike.

Nothing is rounded before a colour is given, so that 76 of 80 is 95% and not nearly so.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from databook.findings import RatingWord
from databook.model import Better, RatingScheme, Settings

ALL_OF_IT = Fraction(1)


def share_of_target(actual: Fraction, aim: Fraction, better: Better) -> Fraction | None:
    """How much of the target is reached, 1 being all of it; None where a share has no meaning.

    Higher is better: A/T. Lower is better: 2 - A/T, which falls short by as much as A/T does
    and is defined at A = 0. A target of zero for a lower-is-better figure is met or missed.
    """
    if aim < 0:
        return None
    if better is Better.HIGHER:
        return actual / aim if aim else None
    if aim == 0:
        return ALL_OF_IT if actual <= 0 else Fraction(0)
    return 2 - actual / aim


def share_of_range(actual: Fraction, lower: Fraction, upper: Fraction) -> Fraction | None:
    """How near the figure is to a range it should stay in: inside, all of it is reached."""
    if actual > upper:
        return share_of_target(actual, upper, Better.LOWER)
    return share_of_target(actual, lower, Better.HIGHER) if actual < lower else ALL_OF_IT


def distance_travelled(actual: Fraction, base: Fraction, aim: Fraction) -> Fraction | None:
    """How much of the way from the baseline to the target is behind us: (A-B)/(T-B)."""
    return (actual - base) / (aim - base) if aim != base else None


def exact(value: float | Decimal) -> Fraction:
    """The number as it was written, not as binary holds it: 0.1 is one tenth."""
    return Fraction(value) if isinstance(value, Decimal) else Fraction(repr(value))


def scheme_of(name: str, settings: Settings) -> RatingScheme:
    """The rating scheme of that name; the book's first where none is named."""
    schemes = settings.rating_schemes
    return next((s for s in schemes if s.id == name), schemes[0])


def band(share: Fraction, scheme: RatingScheme) -> tuple[RatingWord, str]:
    """The colour of a share of the target, and the reason in words."""
    green, amber = scheme.green.normalize(), scheme.amber.normalize()
    if 100 * share >= exact(green):
        return RatingWord.GREEN, f"at least {green:f}% of the target is reached"
    if 100 * share >= exact(amber):
        return (
            RatingWord.AMBER,
            f"at least {amber:f}% but under {green:f}% of the target is reached",
        )
    return RatingWord.RED, f"under {amber:f}% of the target is reached"
