"""Similar places as small multiples: each one's own trend, on one scale, beside the place's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from databook import periods, words
from databook.draw import placing, scales, series
from databook.draw.key import Entry, key
from databook.draw.picture import Dot, Label, Line, Panel, Picture, Rule, Scale, Size
from databook.draw.style import TEXT, text_width
from databook.draw.trend_marks import clip, hint
from databook.findings import Finding, Point, Series
from databook.model import Measurable

WIDTH = {"wide": 760.0, "narrow": 300.0}
COLUMNS = {"wide": 4, "narrow": 2}
PLOT_HEIGHT = 72.0
GAP = 24.0
LINE = 17.0
EDGE = 0.4  # steps of air at both ends of the time axis
MARGIN = 5.0  # right of the last column, so that its newest dot is whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """What all panels share."""

    finding: Finding
    indicator: Measurable
    x: Scale
    y: Scale
    country: Series | None
    left: float
    columns: int
    count: int
    texts: tuple[str, str]  # names of the lower and upper end of the value axis


def picture(finding: Finding, indicator: Measurable, size: Size) -> Picture | None:
    """Lay the panels out; None where no similar place has a figure."""
    if finding.latest is None or not any(n.known for n in finding.neighbours):
        return None
    grid, everyone = _grid(finding, indicator, size)
    heads = [_head(one, grid) for one in everyone]
    head_height = max(len(head) for head in heads) * LINE + 4
    legend = key(_entries(grid), width=WIDTH[size], left=grid.left, bottom=-head_height - 12)
    pairs = zip(everyone, heads, strict=True)
    panels = [_panel(n, one, head, grid) for n, (one, head) in enumerate(pairs)]
    labels = (*panels[0].labels, *legend.labels)
    panels[0] = replace(panels[0], leaders=legend.leaders, labels=labels)
    gap_y, top = head_height + 14, head_height + legend.height + 10
    rows = -(-len(panels) // grid.columns)
    return Picture(
        kind="neighbours", size=size, width=WIDTH[size], left=grid.left, top=top,
        height=top + rows * PLOT_HEIGHT + (rows - 1) * gap_y + 26,
        x=grid.x, y=grid.y, panels=tuple(panels), columns=grid.columns, gap_x=GAP, gap_y=gap_y,
    )  # fmt: skip


def _grid(finding: Finding, indicator: Measurable, size: Size) -> tuple[Grid, tuple[Series, ...]]:
    steps = [p.period.step for p in finding.own.known]
    first, last = min(steps), max(steps)
    everyone = tuple(clip(s, first, last) for s in (finding.own, *finding.neighbours))
    country = clip(finding.country, first, last) if finding.country else None
    shown = [p.value for s in (*everyone, *([country] if country else [])) for p in s.known]
    ticks = scales.value_ticks([v for v in shown if v is not None], indicator.unit)
    low, high = ticks[0], ticks[-1]
    decimals = scales.tick_decimals((low, high))
    texts = (words.number(low, decimals), words.number(high, decimals))
    left, columns = max(text_width(t, TEXT) for t in texts) + 8, COLUMNS[size]
    # Whole pixels, because Vega sets the panels of a facet on whole pixels.
    plot = float((WIDTH[size] - left - (columns - 1) * GAP - MARGIN) // columns)
    grid = Grid(
        finding=finding, indicator=indicator, country=country, left=left, columns=columns,
        count=len(everyone), texts=texts,
        x=Scale(low=first - EDGE, high=last + EDGE, start=0, end=plot),
        y=Scale(low=low, high=high, start=PLOT_HEIGHT, end=0),
    )  # fmt: skip
    return grid, everyone


def _entries(grid: Grid) -> tuple[Entry, ...]:
    found = [
        Entry(role="key-other", text="similar place"),
        Entry(role="key-own", text=grid.finding.place),
    ]
    if grid.country and grid.country.known:
        found.append(Entry(role="key-country", text=grid.country.name))
    return tuple(found)


def _head(one: Series, grid: Grid) -> tuple[tuple[str, str], ...]:
    """The place's name over its newest figure, as (role, text) lines."""
    own = one.area == grid.finding.area
    name = placing.wrap(one.name, grid.x.end + MARGIN, TEXT, bold=own)
    figure = figure_text(one, grid.finding.latest, grid.indicator)
    figures = placing.wrap(figure, grid.x.end + MARGIN, TEXT, bold=True)
    return (
        *(("own" if own else "name", line) for line in name),
        *(("figure", line) for line in figures),
    )


def figure_text(one: Series, own: Point | None, indicator: Measurable) -> str:
    """The newest figure, with its period where that is not the place's own; or why none."""
    latest = one.latest
    if latest is None or latest.value is None:
        return series.missing_word(one.points[-1]) if one.points else series.NOT_PUBLISHED
    when = "" if own and latest.period == own.period else f" in {latest.period.short}"
    return words.brief(latest.value, indicator) + when


def _panel(index: int, one: Series, head: tuple[tuple[str, str], ...], grid: Grid) -> Panel:
    x = grid.x
    rules = (
        Rule(role="grid", x=x.low, x2=x.high, y=grid.y.high, y2=grid.y.high),
        *(
            [Rule(role="grid", x=x.low, x2=x.high, y=0, y2=0)]
            if grid.y.low < 0 < grid.y.high
            else []
        ),
        Rule(role="axis", x=x.low, x2=x.high, y=grid.y.low, y2=grid.y.low),
    )
    labels = [
        Label(role=role, x=0, y=-6 - (len(head) - 1 - n) * LINE, text=text)
        for n, (role, text) in enumerate(head)
    ]
    return Panel(
        rules=rules,
        lines=tuple(_lines(one, grid)),
        dots=tuple(_dots(one, grid)),
        labels=(*labels, *_ticks(index, grid)),
        hints=tuple(hint(one.name, p, grid.indicator) for p in one.known),
    )


def _company(one: Series, grid: Grid) -> list[tuple[str, Series]]:
    """What stands beside each place, quietly."""
    found = [("country-quiet", grid.country)] if grid.country else []
    if one.area != grid.finding.area:
        steps = round(grid.x.low + EDGE), round(grid.x.high - EDGE)
        found.append(("own-quiet", clip(grid.finding.own, *steps)))
    return found


def _lines(one: Series, grid: Grid) -> Iterator[Line]:
    for role, other in _company(one, grid):
        yield from series.lines(other, role)
    yield from series.lines(one, "own" if one.area == grid.finding.area else "other")


def _dots(one: Series, grid: Grid) -> Iterator[Dot]:
    for role, other in _company(one, grid):
        yield from series.loners(other, role)
    own = one.area == grid.finding.area
    yield from series.loners(one, "own-small" if own else "other")
    latest = one.latest
    if latest and latest.value is not None:
        role = "own" if own else "other-latest"
        yield Dot(role=role, x=latest.period.step, y=latest.value)


def _ticks(index: int, grid: Grid) -> Iterator[Label]:
    """Names of the axes' ends: values at the first column, periods at the foot of each."""
    if index % grid.columns == 0:
        for at, text in zip((grid.y.start, grid.y.end), grid.texts, strict=True):
            yield Label(role="tick", x=-8, y=at + 5, text=text, anchor="end")
    latest = grid.finding.latest
    if index + grid.columns < grid.count or latest is None:
        return
    first, last = round(grid.x.low + EDGE), round(grid.x.high - EDGE)
    names = [
        scales.tick_text(periods.later(latest.period, s - latest.period.step))
        for s in (first, last)
    ]
    y = grid.y.start + 19  # clear of the name of the axis's lower end
    if sum(text_width(name, TEXT) for name in names) + 10 < grid.x.end:
        yield Label(role="tick", x=0, y=y, text=names[0])
    yield Label(role="tick", x=grid.x.end, y=y, text=names[1], anchor="end")
