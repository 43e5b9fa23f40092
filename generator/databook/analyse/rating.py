"""Red, amber, green by share of target, in exact arithmetic and before any rounding."""

from __future__ import annotations

from fractions import Fraction

from databook.findings import Point, Rating, RatingWord, Series
from databook.model import Better, Measurable, Settings, Target
from databook.periods import parse
from databook.targets import (
    band,
    distance_travelled,
    exact,
    scheme_of,
    share_of_range,
    share_of_target,
)

NO_TARGET = "no target set"
NO_FIGURE = "no figure"
WITHHELD = "the figure is withheld"
NEUTRAL = "neither higher nor lower is better"
NO_SHARE = "a share of this target has no meaning"


def rate(own: Series, indicator: Measurable, settings: Settings) -> Rating:
    """Rate the newest figure against the target under the indicator's named scheme."""
    scheme = scheme_of(indicator.rating_scheme, settings)
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


def _share(value: float, target: Target, indicator: Measurable) -> Fraction | None:
    actual, aim = exact(value), exact(target.value)
    if target.upper is None:
        return share_of_target(actual, aim, indicator.better)
    return share_of_range(actual, aim, exact(target.upper))


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
