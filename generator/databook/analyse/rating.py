"""Red, amber, green by share of target, in exact arithmetic and before any rounding."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from databook.findings import Point, Rating, RatingWord, Series
from databook.model import Better, Measurable, RatingScheme, Settings, Target
from databook.periods import parse

NO_TARGET = "no target set"
NO_FIGURE = "no figure"
WITHHELD = "the figure is withheld"
NEUTRAL = "neither higher nor lower is better"
NO_SHARE = "a share of this target has no meaning"
SHARE_ONE = Fraction(1)


def rate(own: Series, indicator: Measurable, settings: Settings) -> Rating:
    """Rate the newest figure against the target under the indicator's named scheme."""
    scheme = _scheme(indicator, settings)
    target, latest = indicator.target, own.latest
    if target is None:
        return Rating(word=RatingWord.NOT_RATED, scheme=scheme.title, reason=NO_TARGET)
    period = parse(target.period, indicator.periods)
    aim = float(target.value)
    if latest is None or latest.value is None:
        withheld = any("c" in p.markers for p in own.points)
        return Rating(
            word=RatingWord.NOT_RATED, scheme=scheme.title,
            reason=WITHHELD if withheld else NO_FIGURE, target=aim, target_period=period,
        )  # fmt: skip
    travelled = _travelled(own, latest, target, indicator)
    share = None if indicator.better is Better.NEUTRAL else _share(latest.value, target, indicator)
    if share is None:
        reason = NEUTRAL if indicator.better is Better.NEUTRAL else NO_SHARE
        return Rating(
            word=RatingWord.NOT_RATED, scheme=scheme.title, reason=reason,
            distance_travelled=travelled, target=aim, target_period=period,
        )  # fmt: skip
    word, reason = band(share, scheme)
    return Rating(
        word=word, scheme=scheme.title, reason=reason, share_of_target=float(share),
        distance_travelled=travelled, target=aim, target_period=period,
    )  # fmt: skip


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
        return SHARE_ONE if actual <= 0 else Fraction(0)
    return 2 - actual / aim


def share_of_range(actual: Fraction, lower: Fraction, upper: Fraction) -> Fraction | None:
    """How near the figure is to a range it should stay in: inside, all of it is reached."""
    if actual > upper:
        return share_of_target(actual, upper, Better.LOWER)
    return share_of_target(actual, lower, Better.HIGHER) if actual < lower else SHARE_ONE


def distance_travelled(actual: Fraction, base: Fraction, aim: Fraction) -> Fraction | None:
    """How much of the way from the baseline to the target is behind us: (A-B)/(T-B)."""
    return (actual - base) / (aim - base) if aim != base else None


def exact(value: float | Decimal) -> Fraction:
    """The number as it was written, not as binary holds it: 0.1 is one tenth."""
    return Fraction(value) if isinstance(value, Decimal) else Fraction(repr(value))


def _share(value: float, target: Target, indicator: Measurable) -> Fraction | None:
    actual, aim = exact(value), exact(target.value)
    if target.upper is None:
        return share_of_target(actual, aim, indicator.better)
    return share_of_range(actual, aim, exact(target.upper))


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


def _travelled(own: Series, latest: Point, target: Target, indicator: Measurable) -> float | None:
    if not target.baseline_period or latest.value is None:
        return None
    base = own.at(parse(target.baseline_period, indicator.periods))
    if base is None or base.value is None or base.since_break != latest.since_break:
        return None
    start, aim = exact(base.value), exact(target.value)
    if target.upper is not None:
        if aim <= start <= target.upper:
            return None
        aim = aim if start < aim else exact(target.upper)
    way = distance_travelled(exact(latest.value), start, aim)
    return None if way is None else float(way)


def _scheme(indicator: Measurable, settings: Settings) -> RatingScheme:
    schemes = settings.rating_schemes
    return next((s for s in schemes if s.id == indicator.rating_scheme), schemes[0])
