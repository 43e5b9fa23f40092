"""From figures in columns to one series per place and group, with its gaps and breaks marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from statistics import fmean, median
from typing import Any

from databook.analyse import intervals
from databook.areas import day_of
from databook.findings import Point, Series
from databook.model import Area, Measurable
from databook.observations import Observations, markers
from databook.periods import Period, PeriodType, later, parse

# An average of few of the places would say more about who is missing than about the rest.
LEAST_SHARE_AVERAGED = 0.5
AVERAGE = "the average of similar places"

_CELLS = (
    "line", "code", "value", "numerator", "denominator", "lower", "upper", "marker", "note",
)  # fmt: skip
_Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Every row of an indicator, found by place and groups without another pass over the frame."""

    indicator: Measurable
    rows: Mapping[tuple[str, ...], tuple[_Row, ...]] = field(repr=False)
    breakdowns: tuple[str, ...]
    totals: tuple[str, ...]
    breaks: tuple[int, ...]  # steps at which a declared new definition begins
    last: Period | None  # newest period that any place has a row for

    def everybody(self, area: Area) -> Series:
        """The figures about everybody in one place; no points where there are none."""
        return self._series((area.code, *self.totals), area, "")

    def group(self, area: Area, column: str, group: str) -> Series:
        """The figures about one group in one place, over all other breakdowns."""
        own = tuple(
            group if c == column else t for c, t in zip(self.breakdowns, self.totals, strict=True)
        )
        return self._series((area.code, *own), area, group)

    def _series(self, key: tuple[str, ...], area: Area, group: str) -> Series:
        found = Series(
            area=area.code,
            name=area.name,
            points=_points(self.rows.get(key, ()), self),
            group=group,
            since=day_of(area.valid_from),
            until=day_of(area.valid_to),
        )
        return found if found.since is found.until is None else _while_it_was(found)


def read(observations: Observations, indicator: Measurable) -> Figures:
    """Sort an indicator's rows by place and group.

    Rows marked [f] are left out: a forecast by the publisher is no figure of what happened.
    """
    columns = observations.breakdowns
    rows: dict[tuple[str, ...], list[_Row]] = {}
    wide = 1 + len(columns)
    last: Period | None = None
    for row in observations.frame.select("area", *columns, *_CELLS).iter_rows():
        marks = markers(row[wide + 7])
        if "f" in marks:
            continue
        period = parse(row[wide + 1], indicator.periods)
        if last is None or period.step > last.step:
            last = period
        rows.setdefault(row[:wide], []).append((period, marks, *row[wide:]))
    return Figures(
        indicator=indicator,
        rows={key: tuple(found) for key, found in rows.items()},
        breakdowns=columns,
        totals=tuple(observations.totals[column] for column in columns),
        breaks=tuple(sorted(parse(b.period, indicator.periods).step for b in indicator.breaks)),
        last=last,
    )


def average(neighbours: Iterable[Series], how: str, declared: tuple[int, ...]) -> Series | None:
    """Mean (or median) of the places' published figures, period by period.

    Each place counts the same. A period in which fewer than half the places have a figure, or
    only one has, gets none. A break in any place's series breaks the average.
    """
    places = tuple(neighbours)
    periods: dict[int, Period] = {}
    values: dict[int, list[float]] = {}
    broken = set(declared)
    for place in places:
        before: Point | None = None
        for point in place.points:
            periods[point.period.step] = point.period
            if point.value is not None:
                values.setdefault(point.period.step, []).append(point.value)
            if before is not None and point.since_break > before.since_break:
                broken.add(point.period.step)
            before = point
    if not values:
        return None
    breaks = sorted(broken)
    points = tuple(
        _averaged(periods[s], values.get(s, []), len(places), how, bisect_right(breaks, s))
        for s in sorted(periods)
    )
    return Series(area="", name=AVERAGE, points=points)


def enough(known: int, expected: int) -> bool:
    """Whether so many of the places can stand for all of them."""
    return known >= max(2, LEAST_SHARE_AVERAGED * expected)


def _averaged(period: Period, values: list[float], expected: int, how: str, count: int) -> Point:
    note = f"{how} of {len(values)} of {expected} places"
    if not enough(len(values), expected):
        return Point(period=period, value=None, markers=("x",), note=note, since_break=count)
    value = median(values) if how == "median" else fmean(values)
    return Point(period=period, value=value, note=note, since_break=count)


def _points(rows: tuple[_Row, ...], figures: Figures) -> tuple[Point, ...]:
    if not rows or figures.last is None:
        return ()
    marked = {row[0].step for row in rows if "b" in row[1]}
    breaks = sorted(marked.union(figures.breaks)) if marked else figures.breaks
    points: list[Point] = []
    for row in rows:
        if points:
            points += _missing(points[-1].period, row[0].step, breaks)
        points.append(_point(row, figures.indicator, bisect_right(breaks, row[0].step)))
    return (*points, *_missing(points[-1].period, figures.last.step + 1, breaks))


def _while_it_was(place: Series) -> Series:
    """Where a place was not there, no figure is missing: none applies."""
    points = (
        p
        if p.markers != ("x",) or p.line or place.existed(p.period)
        else replace(p, markers=("z",))
        for p in place.points
    )
    return replace(place, points=tuple(points))


def _missing(after: Period, until: int, breaks: Iterable[int]) -> list[Point]:
    """Points without a figure for the periods between; days have no natural step to miss."""
    if after.type is PeriodType.DAY:
        return []
    steps = list(breaks)
    return [
        Point(
            period=later(after, step - after.step), value=None, markers=("x",),
            since_break=bisect_right(steps, step),
        )
        for step in range(after.step + 1, until)
    ]  # fmt: skip


def _point(row: _Row, indicator: Measurable, since_break: int) -> Point:
    period, marks, line, _, value, numerator, denominator, lower, upper, _, note = row
    return Point(
        period=period, value=value, numerator=numerator, denominator=denominator,
        interval=intervals.of_point(value, numerator, denominator, lower, upper, indicator),
        markers=marks, note=note or "", since_break=since_break, line=line or 0,
    )  # fmt: skip
