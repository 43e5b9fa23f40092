"""The place's newest figure against the country, the region and similar places.

A benchmark lies outside the 95 % interval or it does not (OHID, Fingertips "compare areas");
where no interval can be had, only the side is told and nothing is tested.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from databook.analyse import series as series_
from databook.analyse.change import verdict
from databook.findings import Benchmark, Comparison, Point, Series, Verdict
from databook.model import Better

NO_INTERVAL = (
    "No interval is published, nor counts to work one out from, so nobody can say whether the "
    "difference is more than chance."
)


def against(
    own: Point, benchmark: Benchmark, other: Series | None, name: str, better: Better
) -> Comparison:
    """Compare with one place's figure of the same period."""
    found = other.at(own.period) if other else None
    if found is None or found.value is None:
        return _not_compared(own, benchmark, name, f"{name} has no figure for {own.period.short}.")
    return _compared(own, benchmark, name, found.value, better)


def against_average(
    own: Point, average: Series | None, neighbours: Sequence[Series], better: Better
) -> Comparison:
    """Compare with the average of similar places, and say how many it rests on."""
    name, expected = series_.AVERAGE, len(neighbours)
    found = average.at(own.period) if average else None
    points = [place.at(own.period) for place in neighbours]
    values = [p.value for p in points if p is not None and p.value is not None]
    if found is None or found.value is None:
        reason = (
            f"Only {len(values)} of {expected} similar places have a figure for "
            f"{own.period.short}, too few to average."
        )
        made = _not_compared(own, Benchmark.NEIGHBOURS, name, reason)
        return replace(made, count=len(values), expected=expected)
    made = _compared(own, Benchmark.NEIGHBOURS, name, found.value, better)
    return replace(
        made, count=len(values), expected=expected, lowest=min(values), highest=max(values)
    )


def judge(own: Point, value: float, better: Better) -> tuple[Verdict, bool]:
    """The verdict, and whether it was tested. A benchmark on the very limit is not outside."""
    assert own.value is not None  # noqa: S101 - callers pass the newest known point
    if own.interval is None:
        return verdict(own.value - value, better), False
    if own.interval.lower <= value <= own.interval.upper:
        return Verdict.SIMILAR, True
    return verdict(1.0 if own.interval.lower > value else -1.0, better), True


def _compared(
    own: Point, benchmark: Benchmark, name: str, value: float, better: Better
) -> Comparison:
    said, tested = judge(own, value, better)
    assert own.value is not None  # noqa: S101 - callers pass the newest known point
    return Comparison(
        benchmark=benchmark, name=name, period=own.period, own=own.value, value=value,
        difference=own.value - value, verdict=said, tested=tested,
        reason="" if tested else NO_INTERVAL,
    )  # fmt: skip


def _not_compared(own: Point, benchmark: Benchmark, name: str, reason: str) -> Comparison:
    assert own.value is not None  # noqa: S101 - callers pass the newest known point
    return Comparison(
        benchmark=benchmark, name=name, period=own.period, own=own.value, value=None,
        difference=None, verdict=Verdict.NOT_COMPARED, tested=False, reason=reason, count=0,
    )  # fmt: skip
