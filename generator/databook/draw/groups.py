"""Groups of the place in one period, as bars from zero, with the country's figure as a tick."""

from __future__ import annotations

from dataclasses import dataclass

from databook import words
from databook.draw import describe, placing, scales
from databook.draw.key import Entry, Key, key
from databook.draw.picture import Anchor, Box, Hint, Label, Panel, Picture, Rule, Scale, Size
from databook.draw.style import TEXT, text_width
from databook.draw.trend_marks import hint
from databook.findings import Groups, Point, Series
from databook.model import Measurable

WIDTH = {"wide": 760.0, "narrow": 300.0}
NAMES = 220.0  # most that the names left of the bars take in the wide layout
LINE = 18.0
BAR = 18.0
AIR = 12.0  # between one group and the next


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One group: its figure, the country's, its name in lines and where its bar lies."""

    one: Series
    point: Point | None
    country: Point | None
    name: tuple[str, ...]
    text: str
    top: float
    middle: float
    beside: bool  # the name left of the bar, not above it


def period_step(groups: Groups) -> int | None:
    """The newest step for which any group has a figure."""
    steps = [p.period.step for one in groups.series for p in one.known]
    return max(steps) if steps else None


def picture(groups: Groups, indicator: Measurable, size: Size) -> Picture | None:
    """Lay the bars out; None where no group has a figure."""
    step = period_step(groups)
    if step is None:
        return None
    rows, height, left = _rows(groups, step, indicator, size)
    figures = _figures(rows)
    ticks = scales.value_ticks(figures, indicator.unit, from_zero=True)
    after = max(text_width(row.text, TEXT, bold=True) for row in rows) + 12
    names = {t: words.number(t, scales.tick_decimals(ticks)) for t in ticks}
    left = max(left, text_width(names[ticks[0]], TEXT) / 2)
    room = max(after, text_width(names[ticks[-1]], TEXT) / 2)
    plot = WIDTH[size] - left - room
    x = Scale(low=ticks[0], high=ticks[-1], start=0, end=plot)
    y = Scale(low=height, high=0, start=height, end=0)
    legend = _key(rows, groups, size, left)
    return Picture(
        kind="groups", size=size, width=WIDTH[size], height=legend.height + 14 + height + 26,
        left=left, top=legend.height + 14, x=x, y=y,
        panels=(_panel(rows, names, x, height, legend, indicator),),
    )  # fmt: skip


def _rows(
    groups: Groups, step: int, indicator: Measurable, size: Size
) -> tuple[tuple[Row, ...], float, float]:
    """The rows, the height of all, and the room left of the bars (narrow: names lie above)."""
    wide = size == "wide"
    widest = max(text_width(one.group, TEXT) for one in groups.series)
    left = min(widest, NAMES) + 14 if wide else 8.0
    country = {one.group: one for one in groups.country}
    found, top = [], 0.0
    for one in groups.series:
        point = next((p for p in one.points if p.period.step == step), None)
        name = placing.wrap(one.group, NAMES if wide else WIDTH[size] - 8, TEXT)
        tall = len(name) * LINE
        height = max(tall, BAR) if wide else tall + 4 + BAR
        middle = top + height / 2 if wide else top + tall + 4 + BAR / 2
        row = Row(
            one=one, point=point, name=name, top=top, middle=middle, beside=wide,
            country=_at(country.get(one.group), step),
            text=describe.group_text(point, indicator),
        )  # fmt: skip
        found.append(row)
        top += height + AIR
    return tuple(found), top - AIR / 2, left


def _at(one: Series | None, step: int) -> Point | None:
    return next((p for p in one.known if p.period.step == step), None) if one else None


def _figures(rows: tuple[Row, ...]) -> list[float]:
    points = [p for row in rows for p in (row.point, row.country) if p]
    intervals = [row.point.interval for row in rows if row.point and row.point.interval]
    return [
        *(p.value for p in points if p.value is not None),
        *(limit for i in intervals for limit in (i.lower, i.upper)),
    ]


def _key(rows: tuple[Row, ...], groups: Groups, size: Size, left: float) -> Key:
    entries: list[Entry] = []
    if any(row.country for row in rows):
        entries.append(
            Entry(role="key-tick", text=f"{groups.country[0].name}, same group", upright=True)
        )
    if any(row.point and row.point.interval for row in rows):
        entries.append(Entry(role="key-whisker", text="95% interval"))
    if not entries:
        return Key(leaders=(), labels=(), height=0)
    return key(tuple(entries), width=WIDTH[size], left=left, bottom=-14)


def _panel(
    rows: tuple[Row, ...],
    names: dict[float, str],
    x: Scale,
    height: float,
    legend: Key,
    indicator: Measurable,
) -> Panel:
    rules = [Rule(role="axis" if t == 0 else "grid", x=t, x2=t, y=0, y2=height) for t in names]
    labels = [
        Label(role="tick", x=x.place(t), y=height + 20, text=text, anchor="middle")
        for t, text in _thinned(names, x).items()
    ]
    boxes, hints = [], []
    for row in rows:
        labels += _row_labels(row, x)
        if row.point and row.point.value is not None:
            low, high = row.middle - BAR / 2, row.middle + BAR / 2
            boxes.append(Box(role="bar", x=0, x2=row.point.value, y=low, y2=high))
            said = hint(row.one.group, row.point, indicator)
            hints.append(
                Hint(x=row.point.value, y=row.middle, place=said.place, period=said.period,
                     value=said.value, note=said.note)
            )  # fmt: skip
        rules += _row_rules(row)
    return Panel(
        boxes=tuple(boxes),
        rules=tuple(rules),
        leaders=legend.leaders,
        labels=(*legend.labels, *labels),
        hints=tuple(hints),
    )


def _row_rules(row: Row) -> list[Rule]:
    found = []
    if row.point and row.point.interval:
        lower, upper = row.point.interval.lower, row.point.interval.upper
        found.append(Rule(role="whisker-bar", x=lower, x2=upper, y=row.middle, y2=row.middle))
    if row.country and row.country.value is not None:
        at, half = row.country.value, BAR / 2 + 3
        found.append(
            Rule(role="country-tick", x=at, x2=at, y=row.middle - half, y2=row.middle + half)
        )
    return found


def _row_labels(row: Row, x: Scale) -> list[Label]:
    """The name, and the figure right of all that the row draws; a word where there is none."""
    first = row.middle - len(row.name) * LINE / 2 if row.beside else row.top
    anchor: Anchor = "end" if row.beside else "start"
    x_name = -12 if row.beside else 0
    names = [
        Label(role="name", x=x_name, y=first + n * LINE + 13, text=text, anchor=anchor)
        for n, text in enumerate(row.name)
    ]
    drawn = [0.0, *_figures((row,))]
    role = "figure" if row.point and row.point.value is not None else "word"
    end = x.place(max(drawn)) + 8
    return [*names, Label(role=role, x=end, y=row.middle + 5, text=row.text)]


def _thinned(names: dict[float, str], x: Scale) -> dict[float, str]:
    """Every tick's name, or every other one's, as many as stand clear of each other."""
    widest = max(text_width(text, TEXT) for text in names.values()) + 10
    apart = (x.end - x.start) / (len(names) - 1)
    every = 1 + int(widest > apart) + int(widest > 2 * apart)
    return dict(list(names.items())[::every])
