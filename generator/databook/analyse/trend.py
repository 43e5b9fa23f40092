"""Recent trend over the latest five years, by the method of OHID's Fingertips.

OHID, "Public health technical guidance: trend markers". A share of people is tested by the
chi-squared test for trend in proportions, any other figure by a weighted regression on its 95 %
intervals; both must pass the 99.8 % bar and keep their direction with any one year left out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from databook.analyse.change import comparable
from databook.findings import Point, Series, Trend, TrendWord
from databook.model import Better, Measurable, Unit
from databook.periods import PeriodType, overlaps, years_per_step

POINTS = 5
# Chi-squared with one degree of freedom that only 0.2 % of trendless series pass (99.8 %).
BAR = 9.54953570608324
# Width of a 95 % interval in standard errors, as the published method rounds it.
INTERVAL_WIDTH = 3.92


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """A test for trend: its statistic, slope, and the slopes with each year left out."""

    chi_squared: float
    slope: float
    slopes_without_one: tuple[float, ...]

    @property
    def significant(self) -> bool:
        """Whether the trend passes the bar and hangs on no single year."""
        signs = {math.copysign(1, s) if s else 0 for s in (self.slope, *self.slopes_without_one)}
        return self.chi_squared > BAR and len(signs) == 1 and 0 not in signs


def recent(series: Series, indicator: Measurable) -> Trend:
    """The recent trend, or why it cannot be calculated."""
    if reason := _not_yearly(indicator.periods):
        return Trend(word=TrendWord.UNKNOWN, reason=reason)
    points = comparable(series)
    if len(points) < POINTS:
        return Trend(word=TrendWord.UNKNOWN, reason=_too_few(series, len(points)))
    five = points[-POINTS:]
    if five[-1].period.step - five[0].period.step != POINTS - 1:
        return Trend(
            word=TrendWord.UNKNOWN,
            reason=f"Some of the last {POINTS} years have no figure.",
        )
    found = _tested(five, indicator)
    if isinstance(found, str):
        return Trend(word=TrendWord.UNKNOWN, reason=found)
    return Trend(
        word=_word(found, indicator.better), reason=_because(found, five),
        chi_squared=found.chi_squared, slope=found.slope,
        first=five[0].period, last=five[-1].period,
    )  # fmt: skip


def of_proportions(counts: Sequence[float], totals: Sequence[float]) -> Test:
    """Chi-squared test for trend in proportions (Armitage 1955), one degree of freedom.

    `counts` of `totals`, year by year and equally many; each count lies above 0 and below its
    total, because the slope is that of the log odds a year.
    """
    times = range(1, len(counts) + 1)
    n, r = sum(totals), sum(counts)
    nt = sum(total * t for total, t in zip(totals, times, strict=True))
    rt = sum(count * t for count, t in zip(counts, times, strict=True))
    ntt = sum(total * t * t for total, t in zip(totals, times, strict=True))
    chi_squared = n * (n * rt - r * nt) ** 2 / (r * (n - r) * (n * ntt - nt**2))
    odds = [math.log(c / (t - c)) for c, t in zip(counts, totals, strict=True)]
    equal = [1.0] * len(odds)
    return Test(
        chi_squared=chi_squared,
        slope=_slope(odds, equal)[0],
        slopes_without_one=_without_one(odds, equal),
    )


def of_values(values: Sequence[float], widths: Sequence[float]) -> Test:
    """Weighted regression of figures on years, each weighted by its 95 % interval's width.

    `widths`, upper less lower limit, are above 0 and in the unit of `values`; so is the slope, a
    year. Its square over its variance is chi-squared with one degree of freedom.
    """
    weights = [(INTERVAL_WIDTH / width) ** 2 for width in widths]
    slope, variance = _slope(values, weights)
    return Test(
        chi_squared=slope**2 / variance,
        slope=slope,
        slopes_without_one=_without_one(values, weights),
    )


def _slope(
    values: Sequence[float], weights: Sequence[float], times: Sequence[int] | None = None
) -> tuple[float, float]:
    """Slope of the weighted least-squares line and its variance."""
    at = times or range(1, len(values) + 1)
    s = sum(weights)
    st = sum(w * t for w, t in zip(weights, at, strict=True))
    sy = sum(w * y for w, y in zip(weights, values, strict=True))
    sty = sum(w * t * y for w, t, y in zip(weights, at, values, strict=True))
    stt = sum(w * t * t for w, t in zip(weights, at, strict=True))
    spread = s * stt - st**2
    return (s * sty - st * sy) / spread, s / spread


def _without_one(values: Sequence[float], weights: Sequence[float]) -> tuple[float, ...]:
    slopes = []
    for out in range(len(values)):
        kept = [i for i in range(len(values)) if i != out]
        slope, _ = _slope([values[i] for i in kept], [weights[i] for i in kept], kept)
        slopes.append(slope)
    return tuple(slopes)


def _tested(five: Sequence[Point], indicator: Measurable) -> Test | str:
    """The test that the figures allow, or why they allow none."""
    if any(p.interval is None for p in five):
        return "The figures are published without counts or intervals, which the test needs."
    if indicator.unit is Unit.PERCENT and all(p.numerator and p.denominator for p in five):
        counts = [p.numerator or 0.0 for p in five]
        totals = [p.denominator or 0.0 for p in five]
        if any(c >= t for c, t in zip(counts, totals, strict=True)):
            return "In at least one year everybody counts, and the test cannot take that."
        return of_proportions(counts, totals)
    widths = [p.interval.upper - p.interval.lower for p in five if p.interval]
    if min(widths) <= 0:
        return "At least one figure has an interval without width, which cannot be weighed."
    return of_values([p.value for p in five if p.value is not None], widths)


def _word(found: Test, better: Better) -> TrendWord:
    if not found.significant:
        return TrendWord.NONE
    up = found.slope > 0
    if better is Better.NEUTRAL:
        return TrendWord.UP if up else TrendWord.DOWN
    return TrendWord.BETTER if up == (better is Better.HIGHER) else TrendWord.WORSE


def _because(found: Test, five: Sequence[Point]) -> str:
    span = f"{five[0].period.short} to {five[-1].period.short}"
    if found.significant:
        way = "risen" if found.slope > 0 else "fallen"
        return f"From {span} the figure has {way} by more than chance would explain."
    if found.chi_squared > BAR:
        return f"From {span} the direction hangs on a single year."
    return f"From {span} the figure has moved no more than chance would explain."


def _not_yearly(periods: PeriodType) -> str:
    if overlaps(periods):
        return "The periods share years with each other, and the test needs separate years."
    if years_per_step(periods) != 1:
        return "The test is made for yearly figures, and these are not."
    return ""


def _too_few(series: Series, known: int) -> str:
    broken = bool(known and series.known[0].since_break != series.known[-1].since_break)
    since = " since the definition changed" if broken else ""
    return f"It needs {POINTS} yearly figures in a row, and there {_are(known)}{since}."


def _are(known: int) -> str:
    if known == 0:
        return "are none"
    return "is one" if known == 1 else f"are {known}"
