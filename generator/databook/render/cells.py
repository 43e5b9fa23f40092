"""Table cells: a figure with its shorthand, or the shorthand alone where there is no figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from databook import words
from databook.findings import Interval, Point, Series
from databook.model import Measurable
from databook.periods import Period


def cell(point: Point | None, indicator: Measurable, none: str = "[x]") -> str:
    """One figure as a table shows it: "19.7", "78 [p]", "[c]"; `none` where there is no row."""
    if point is None:
        return none
    marks = " ".join(f"[{mark}]" for mark in point.markers)
    if point.value is None:
        return marks or "[x]"
    figure = words.bare(point.value, indicator)
    return f"{figure} {marks}" if marks else figure


def at(place: Series, points: Mapping[Period, Point], period: Period, measured: Measurable) -> str:
    """A cell of one place; [z] where it has no row because there was no such place."""
    return cell(points.get(period), measured, _none(place, period))


def _none(place: Series, period: Period) -> str:
    return "[x]" if place.existed(period) else "[z]"


def interval(limits: Interval | None, indicator: Measurable) -> str:
    """An interval as a table shows it: "14.6 to 25.9"."""
    if limits is None:
        return ""
    return f"{words.bare(limits.lower, indicator)} to {words.bare(limits.upper, indicator)}"


def span(lower: float | None, upper: float | None, indicator: Measurable) -> str:
    """Limits of a forecast, or the shorthand for none."""
    if lower is None or upper is None:
        return "[z]"
    return f"{words.bare(lower, indicator)} to {words.bare(upper, indicator)}"


def periods_of(series: Iterable[Series]) -> tuple[Period, ...]:
    """All periods in which any of the series has a row, newest first."""
    found = {point.period for each in series for point in each.points}
    return tuple(sorted(found, key=lambda period: period.step, reverse=True))


def grid(series: Sequence[Series], indicator: Measurable) -> list[dict[str, Any]]:
    """Rows of a table with a period each and a column for each series."""
    by_period = [(each, {point.period: point for point in each.points}) for each in series]
    return [
        {
            "period": period.short,
            "cells": [at(each, points, period, indicator) for each, points in by_period],
        }
        for period in periods_of(series)
    ]


def shorthand(series: Iterable[Series], *, forecast: bool = False) -> str:
    """A sentence that explains each symbol the table uses, or nothing."""
    columns = tuple(series)
    used = {mark for each in columns for point in each.points for mark in point.markers}
    # A column without a row for a period that another has shows a symbol there.
    periods = {point.period for each in columns for point in each.points}
    for each in columns:
        gaps = periods.difference(point.period for point in each.points)
        used |= {_none(each, period).strip("[]") for period in gaps}
    if any(not p.markers and p.value is None for each in columns for p in each.points):
        used.add("x")
    used |= {"f"} if forecast else set()
    return words.explained(used)


def spoken_notes(series: Series) -> list[str]:
    """Notes that the publisher or the author put beside the place's own figures."""
    notes: dict[str, list[str]] = {}
    for point in series.points:
        if point.note:
            notes.setdefault(point.note, []).append(point.period.short)
    return [f"{words.listed(where)}: {note.rstrip('.')}." for note, where in notes.items()]
