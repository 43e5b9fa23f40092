"""The XmR chart as a picture: figures, mean, limits, and a word over each signal."""

from __future__ import annotations

from itertools import groupby

from databook import control_words, words
from databook.draw import scales, series, trend, trend_words
from databook.draw.frame import EDGE, PLOT_HEIGHT, WIDTH, Frame
from databook.draw.picture import Dot, Hint, Panel, Picture, Rule, Scale, Size
from databook.draw.style import TEXT, text_width
from databook.draw.trend_words import Wish
from databook.findings import Control, ControlPhase, ControlPoint, Finding, Signal, Verdict
from databook.model import Measurable

_DOTS = {
    Verdict.BETTER: "signal-better",
    Verdict.WORSE: "signal-worse",
    Verdict.HIGHER: "signal-other",
    Verdict.LOWER: "signal-other",
}


def picture(
    finding: Finding, control: Control, indicator: Measurable, size: Size
) -> Picture | None:
    """Lay the chart out."""
    points = [p for phase in control.phases for p in phase.points]
    first, last = points[0].period.step, points[-1].period.step
    bottom, top = scales.possible(indicator.unit, [p.value for p in points])
    ticks = scales.value_ticks(_values(control, bottom, top), indicator.unit)
    texts = tuple(words.number(t, scales.tick_decimals(ticks)) for t in ticks)
    left = max(text_width(t, TEXT) for t in texts) + 8
    right = trend_words.room(finding, size)
    frame = Frame(
        finding=finding,
        indicator=indicator,
        size=size,
        x=Scale(low=first - EDGE, high=last + EDGE, start=0, end=WIDTH[size] - left - right),
        y=Scale(low=ticks[0], high=ticks[-1], start=PLOT_HEIGHT[size], end=0),
        first=first,
        last=last,
        left=left,
        right=right,
    )
    above = trend_words.overhead(frame, _signals(control, frame))
    height = above.height + 8
    beside = trend_words.beside(frame, _wishes(control, frame, bottom, top))
    panel = Panel(
        rules=(*trend.grid(frame, ticks), *_rules(control, frame, bottom, top)),
        lines=series.lines(finding.own, "own-quiet"),
        dots=tuple(_dot(p) for p in points),
        leaders=beside.leaders,
        labels=(
            *trend.value_labels(frame, ticks, texts),
            *trend.time_labels(frame),
            *above.labels,
            *beside.labels,
        ),
        hints=tuple(_hint(p, finding, indicator) for p in points),
    )
    return Picture(
        kind="control", size=size, width=WIDTH[size], height=height + PLOT_HEIGHT[size] + 28,
        left=left, top=height, x=frame.x, y=frame.y, panels=(panel,),
    )  # fmt: skip


def _values(control: Control, bottom: float, top: float) -> list[float]:
    values = [p.value for phase in control.phases for p in phase.points]
    limits = [v for phase in control.phases for v in (phase.lower, phase.upper)]
    values += [v for v in limits if bottom <= v <= top]
    return [*values, *([control.target] if control.target is not None else [])]


def _rules(control: Control, frame: Frame, bottom: float, top: float) -> list[Rule]:
    """Mean and limits over the stretch they hold for; a limit beyond what is possible is left out.

    A break stands where a new stretch begins.
    """
    found = [
        Rule(role="break", x=step - 0.5, x2=step - 0.5, y=frame.y.low, y2=frame.y.high)
        for step in series.breaks(frame.finding.own)
        if step > frame.first
    ]
    for phase in control.phases:
        ends = phase.points[0].period.step - EDGE, phase.points[-1].period.step + EDGE
        for role, value in (("mean", phase.mean), ("limit", phase.lower), ("limit", phase.upper)):
            if bottom <= value <= top:
                found.append(Rule(role=role, x=ends[0], x2=ends[1], y=value, y2=value))
    if control.target is not None:
        aim = control.target
        found.append(Rule(role="target", x=frame.x.low, x2=frame.x.high, y=aim, y2=aim))
    return found


def _dot(point: ControlPoint) -> Dot:
    role = _DOTS.get(point.verdict, "own") if point.signal is not Signal.NONE else "own"
    return Dot(role=role, x=point.period.step, y=point.value)


def _signals(control: Control, frame: Frame) -> list[tuple[float, str]]:
    """A word over each run of figures that are better, or worse, than usual."""
    found = []
    points = [p for phase in control.phases for p in phase.points]
    for verdict, run in groupby(points, key=lambda p: p.verdict):
        if verdict is Verdict.SIMILAR:
            continue
        steps = [p.period.step for p in run]
        found.append((frame.x.place((steps[0] + steps[-1]) / 2), f"{verdict} than usual"))
    return found


def _wishes(control: Control, frame: Frame, bottom: float, top: float) -> list[Wish]:
    """Names right of the plot: the newest figure, the mean, the limits, the target."""
    phase, latest, indicator = control.phases[-1], control.latest, frame.indicator
    figure = f"{words.brief(latest.value, indicator)} in {latest.period.short}"
    found = [_wish("own", f"{frame.finding.place}\n{figure}", latest.value, frame, 0)]
    found += [
        _wish("word", f"{name} {words.brief(value, indicator)}", value, frame, rank)
        for rank, name, value in _levels(phase)
        if bottom <= value <= top
    ]
    target = indicator.target
    if control.target is not None and target is not None:
        name = "Example target" if target.illustrative else "Target"
        aim = words.brief(control.target, indicator)
        found.append(_wish("target", f"{name} {aim}", control.target, frame, 2))
    return found


def _levels(phase: ControlPhase) -> list[tuple[int, str, float]]:
    trial = " on trial" if phase.trial else ""
    return [
        (1, "mean", phase.mean),
        (3, f"upper limit{trial}", phase.upper),
        (4, f"lower limit{trial}", phase.lower),
    ]


def _wish(role: str, text: str, value: float, frame: Frame, rank: int) -> Wish:
    return Wish(role=role, text=text, x=frame.x.end, y=frame.y.place(value), rank=rank)


def _hint(point: ControlPoint, finding: Finding, indicator: Measurable) -> Hint:
    return Hint(
        x=point.period.step, y=point.value, place=finding.place, period=point.period.short,
        value=words.value(point.value, indicator),
        note=control_words.signal(point, indicator.better),
    )  # fmt: skip
