"""The trend chart as a picture: the place's history, its company, and where it is heading."""

from __future__ import annotations

from databook import periods, words
from databook.draw import scales, trend_marks, trend_words
from databook.draw.frame import EDGE, PLOT_HEIGHT, WIDTH, Frame, time_span
from databook.draw.picture import Label, Panel, Picture, Rule, Scale, Size
from databook.draw.style import TEXT, text_width
from databook.findings import Finding
from databook.model import Measurable


def picture(
    finding: Finding, indicator: Measurable, size: Size, *, brief: bool = False
) -> Picture | None:
    """Lay the trend out; None where the place has no figure at all.

    `brief`: the similar places as one band, for books that have thousands of such pictures.
    """
    if finding.latest is None:
        return None
    first, last = time_span(finding, indicator)
    ticks = scales.value_ticks(trend_marks.values(finding, indicator, first, last), indicator.unit)
    texts = tuple(words.number(t, scales.tick_decimals(ticks)) for t in ticks)
    left = max(text_width(t, TEXT) for t in texts) + 8
    right = trend_words.room(finding, size)
    plot = WIDTH[size] - left - right
    frame = Frame(
        finding=finding,
        indicator=indicator,
        size=size,
        x=Scale(low=first - EDGE, high=last + EDGE, start=0, end=plot),
        y=Scale(low=ticks[0], high=ticks[-1], start=PLOT_HEIGHT[size], end=0),
        first=first,
        last=last,
        left=left,
        right=right,
        brief=brief,
    )
    overhead = trend_words.overhead(frame)
    top = overhead.height + 8
    return Picture(
        kind="trend", size=size, width=WIDTH[size], height=top + PLOT_HEIGHT[size] + 28,
        left=left, top=top, x=frame.x, y=frame.y,
        panels=(_panel(frame, ticks, texts, overhead.labels),),
    )  # fmt: skip


def _panel(
    frame: Frame, ticks: tuple[float, ...], texts: tuple[str, ...], above: tuple[Label, ...]
) -> Panel:
    beside = trend_words.beside(frame)
    return Panel(
        boxes=trend_marks.boxes(frame),
        bands=trend_marks.bands(frame),
        rules=(*grid(frame, ticks), *trend_marks.rules(frame)),
        lines=trend_marks.lines(frame),
        dots=trend_marks.dots(frame),
        leaders=beside.leaders,
        labels=(*value_labels(frame, ticks, texts), *time_labels(frame), *above, *beside.labels),
        hints=trend_marks.hints(frame),
    )


def grid(frame: Frame, ticks: tuple[float, ...]) -> tuple[Rule, ...]:
    """A line for each named value."""
    low, high = frame.x.low, frame.x.high
    role = {0.0: "zero", ticks[0]: "axis"}  # a line at zero wherever zero is
    return tuple(
        Rule(role=role.get(tick, "grid"), x=low, x2=high, y=tick, y2=tick) for tick in ticks
    )


def value_labels(
    frame: Frame, ticks: tuple[float, ...], texts: tuple[str, ...]
) -> tuple[Label, ...]:
    """The names of the values, left of the plot."""
    return tuple(
        Label(role="tick", x=-8, y=frame.y.place(tick) + 5, text=text, anchor="end")
        for tick, text in zip(ticks, texts, strict=True)
    )


def time_labels(frame: Frame) -> tuple[Label, ...]:
    """The names of the periods, below the plot."""
    latest = frame.finding.latest
    if latest is None:
        return ()
    period, per_step = latest.period, frame.x.place(frame.first + 1) - frame.x.place(frame.first)
    room = text_width(scales.tick_text(period), TEXT) + 14
    found: list[Label] = []
    free = frame.x.end + frame.right  # how far to the right the next name may reach
    for step in reversed(
        scales.period_ticks(frame.first, frame.last, period.step, period.type, per_step, room)
    ):
        text = scales.tick_text(periods.later(period, step - period.step))
        # Never further left than the picture's edge, whatever the first name's width.
        half = text_width(text, TEXT) / 2
        middle = min(max(frame.x.place(step), half - frame.left), frame.x.end + frame.right - half)
        if middle + half > free:  # moved in from the left edge, it would lie on its neighbour
            continue
        free = middle - half
        found.append(Label(role="tick", x=middle, y=frame.y.start + 20, text=text, anchor="middle"))
    return tuple(reversed(found))
