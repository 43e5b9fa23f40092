"""The place's standing among similar places in one period."""

from __future__ import annotations

from collections.abc import Sequence

from databook.findings import Point, Ranking, Series, Standing
from databook.model import Better
from databook.periods import Period


def among(own: Series, neighbours: Sequence[Series], better: Better) -> Ranking | None:
    """Rank from best to worst, or from highest where neither is better.

    Equal figures share the smaller rank; a place without a figure has none and stands last.
    """
    latest = own.latest
    if latest is None:
        return None
    found = [(place, _at(place, latest.period)) for place in (own, *neighbours)]
    known = [p.value for _, p in found if p.value is not None]
    if len(known) < 2:
        return None
    sign = 1 if better is Better.LOWER else -1
    standings = [_standing(place, point, known, sign, place is own) for place, point in found]
    ranked = sorted(
        (s for s in standings if s.rank is not None),
        key=lambda s: (s.rank, not s.own, s.name),
    )
    return Ranking(
        period=latest.period,
        standings=(*ranked, *(s for s in standings if s.rank is None)),
        rank=standings[0].rank,
        of=len(known),
        best_first=better is not Better.NEUTRAL,
    )


def _at(place: Series, period: Period) -> Point:
    """The place's point of that period, with or without a figure."""
    none = Point(period=period, value=None, markers=("x" if place.existed(period) else "z",))
    return next((p for p in reversed(place.points) if p.period == period), none)


def _standing(
    place: Series, point: Point, known: Sequence[float], sign: int, own: bool
) -> Standing:
    if point.value is None:
        return Standing(
            area=place.area, name=place.name, value=None, rank=None, own=own, markers=point.markers
        )
    ahead = sum(sign * value < sign * point.value for value in known)
    return Standing(
        area=place.area, name=place.name, value=point.value, rank=ahead + 1, own=own,
        markers=point.markers, interval=point.interval,
    )  # fmt: skip
