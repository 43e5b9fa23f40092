"""Population tables of an agreement as lines: a name and the latest figure beside each.

There are no counts behind these figures, so there is no interval, forecast or verdict to draw.
"""

from __future__ import annotations

from databook import words
from databook.charts import Chart
from databook.draw import pen, placing, scales
from databook.draw.picture import Dot, Label, Leader, Line, Panel, Picture, Rule, Scale, Size
from databook.draw.style import TEXT, text_width
from databook.periods import parse
from databook.populations import PopulationLine, PopulationTable

WIDTH = {"wide": 760.0, "narrow": 300.0}
HEIGHT = {"wide": 240.0, "narrow": 260.0}
NAMES = {"wide": 190.0, "narrow": 112.0}  # room right of the plot
INDENT = 12.0
LINE = 17.0
EDGE = 0.25  # steps of air at both ends of the time axis
OTHERS = ("country", "region", "peer")  # looks of the lines that the table is not about


def population(table: PopulationTable) -> Chart:
    """The picture of one table in both sizes. It has no specification to explore."""
    title = f"{table.title}: {words.listed([line.name for line in table.lines])}"
    described = describe(table)
    name = f"population-{table.slug}"
    drawn = {
        size: pen.svg(picture(table, size), name=name, title=title, description=described)
        for size in ("wide", "narrow")
    }
    return Chart(
        name=name, title=title, description=described,
        wide=drawn["wide"], narrow=drawn["narrow"], spec={},
    )  # fmt: skip


def describe(table: PopulationTable) -> str:
    """Every line from its first to its last figure, in words."""
    first, last = (parse(code, table.periods).short for code in (table.codes[0], table.codes[-1]))
    parts = [f"{line.name} from {line.values[0]} to {line.values[-1]}" for line in table.lines]
    return f"{table.unit_label} from {first} to {last}: {words.listed(parts)}."


def picture(table: PopulationTable, size: Size) -> Picture:
    """Lay the lines out."""
    figures = [float(value) for line in table.lines for value in line.values]
    ticks = scales.value_ticks(figures, table.unit)
    texts = tuple(words.number(t, scales.tick_decimals(ticks)) for t in ticks)
    left = max(text_width(t, TEXT) for t in texts) + 8
    plot = WIDTH[size] - left - NAMES[size]
    x = Scale(low=-EDGE, high=len(table.codes) - 1 + EDGE, start=0, end=plot)
    y = Scale(low=ticks[0], high=ticks[-1], start=HEIGHT[size], end=0)
    names, leaders = _names(table, x, y, size)
    return Picture(
        kind="trend", size=size, width=WIDTH[size], height=30 + HEIGHT[size] + 28,
        left=left, top=30, x=x, y=y,
        panels=(
            Panel(
                rules=tuple(
                    Rule(role="axis" if t == ticks[0] else "grid", x=x.low, x2=x.high, y=t, y2=t)
                    for t in ticks
                ),
                lines=tuple(
                    Line(role=role, points=_points(line)) for role, line in _roles(table)
                ),
                dots=tuple(
                    Dot(role=role, x=a, y=b)
                    for role, line in _roles(table)
                    for a, b in _points(line)
                ),
                leaders=leaders,
                labels=(*_axis_words(table, ticks, texts, x, y, left), *names),
            ),
        ),
    )  # fmt: skip


def _roles(table: PopulationTable) -> list[tuple[str, PopulationLine]]:
    """Each line with its look; the one the table is about is drawn last, on top."""
    others = [line for line in table.lines if line.name != table.about]
    own = [line for line in table.lines if line.name == table.about]
    looks = [OTHERS[min(n, len(OTHERS) - 1)] for n in range(len(others))]
    return [*zip(looks, others, strict=True), *(("own", line) for line in own)]


def _points(line: PopulationLine) -> tuple[tuple[float, float], ...]:
    return tuple((float(n), float(value)) for n, value in enumerate(line.values))


def _axis_words(
    table: PopulationTable,
    ticks: tuple[float, ...],
    texts: tuple[str, ...],
    x: Scale,
    y: Scale,
    left: float,
) -> list[Label]:
    found = [Label(role="unit", x=-left, y=-14, text=table.unit_label)]
    found += [
        Label(role="tick", x=-8, y=y.place(tick) + 5, text=text, anchor="end")
        for tick, text in zip(ticks, texts, strict=True)
    ]
    for n, code in enumerate(table.codes):
        text = scales.tick_text(parse(code, table.periods))
        half = text_width(text, TEXT) / 2
        middle = max(x.place(n), half - left)
        found.append(Label(role="tick", x=middle, y=y.start + 20, text=text, anchor="middle"))
    return found


def _names(
    table: PopulationTable, x: Scale, y: Scale, size: Size
) -> tuple[tuple[Label, ...], tuple[Leader, ...]]:
    """Name and latest figure of each line, moved apart, with a hairline where they had to move."""
    room, start = NAMES[size] - INDENT, x.end + INDENT
    wishes = []
    for role, line in _roles(table):
        text = f"{line.name} {line.values[-1]}"
        wishes.append(
            (role, y.place(float(line.values[-1])), placing.wrap(text, room, TEXT, bold=True))
        )
    wishes.sort(key=lambda wish: wish[1])
    tops = placing.spread([(at, len(text) * LINE) for _, at, text in wishes], -8.0, y.start + 8, 5)
    labels: list[Label] = []
    leaders: list[Leader] = []
    for (role, at, rows), top in zip(wishes, tops or (), strict=True):
        labels += [
            Label(role=role, x=start, y=top + n * LINE + 14, text=part)
            for n, part in enumerate(rows)
        ]
        middle = top + len(rows) * LINE / 2
        edge = x.place(len(table.codes) - 1)
        leaders.append(Leader(role="leader", x=edge + 7, x2=start - 4, y=at, y2=middle))
    return tuple(labels), tuple(leaders)
