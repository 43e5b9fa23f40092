"""What all parts of a trend chart share: the case, the size, the scales and the time it spans."""

from __future__ import annotations

from dataclasses import dataclass

from databook import periods
from databook.draw.picture import Scale, Size
from databook.findings import Finding
from databook.model import Measurable

WIDTH = {"wide": 760.0, "narrow": 300.0}
PLOT_HEIGHT = {"wide": 290.0, "narrow": 330.0}
# What the words at the right get, and the most they may take where a name is one long word.
WORDS_WIDTH = {"wide": (190.0, 230.0), "narrow": (104.0, 150.0)}
WORDS_INDENT = 14.0  # from the plot to the words
LINE = 17.0  # from one line of words to the next
EDGE = 0.4  # steps of air at both ends of the time axis
FAR = 8  # a target more steps ahead than this is told in words, not reached by the axis


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One trend chart in one size, before its marks are chosen."""

    finding: Finding
    indicator: Measurable
    size: Size
    x: Scale
    y: Scale
    first: int
    last: int
    left: float  # room left of the plot
    right: float  # room for words right of the plot
    brief: bool = False  # the similar places as one band, and nothing for the pointer

    @property
    def target_step(self) -> int | None:
        """The step by which the target is to be reached, if the axis reaches so far."""
        step = target_step(self.indicator)
        return step if step is not None and self.first <= step <= self.last else None


def time_span(finding: Finding, indicator: Measurable) -> tuple[int, int]:
    """First and last step of the axis: what is known, what is forecast, and a target near by."""
    series = [finding.own, *(s for s in (finding.country,) if s)]
    steps = [p.period.step for s in series for p in s.known]
    latest = max(steps)
    steps += [p.period.step for p in finding.own.points if p.period.step > latest]
    forecasts = [f for f in (finding.baseline, finding.turn.forecast) if f]
    steps += [p.period.step for f in forecasts for p in f.points]
    step = target_step(indicator)
    if step is not None and latest < step <= latest + FAR:
        steps.append(step)
    return min(steps), max(steps)


def target_step(indicator: Measurable) -> int | None:
    """The step by which the target is to be reached."""
    if indicator.target is None:
        return None
    try:
        return periods.parse(indicator.target.period, indicator.periods).step
    except periods.PeriodError:
        return None
