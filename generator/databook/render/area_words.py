"""What the page of a place says of its figures: a line for each, and what stands out among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from databook import words
from databook.areas import Mark, View
from databook.model import Better
from databook.render import area_rows
from databook.render.area_rows import Among, Row
from databook.render.area_told import Told
from databook.render.templates import status_mark
from databook.words import Status

MOST_LISTED = 5  # of what stands out in one way; the rest is in the tables
# What stands out by its rank: the first and the last tenth, where there are tenths to speak of.
TENTH = 10
LEAST_RANKED = 20
MOST_TABLED = 24  # of them in one table, where no figure is called a headline
Spine = Callable[[Mark, Better], str]


def sentence(view: View, mine: Sequence[tuple[Told, Row]]) -> str:
    """How many figures there are, and how they stand against the country."""
    name = words.in_prose(view.area.name)
    if not mine:
        return f"No figure in this book is about {name}."
    known = [row for _, row in mine if row.value is not None]
    if not known:
        return (
            f"On none of {words.plural(len(mine), 'indicator')} is a figure published for {name}."
        )
    text = f"This book has figures for {name} on {words.plural(len(known), 'indicator')}"
    compared = against(known, view)
    return f"{text}. {compared}" if compared else f"{text}."


def shorthand(mine: Sequence[tuple[Told, Row]]) -> str:
    """What each symbol beside or in place of these figures means."""
    return words.explaining(row.marks for _, row in mine)


def against(rows: Sequence[Row], view: View) -> str:
    """How many stand on which side of the country's figures."""
    if view.country is None:
        return ""
    tones = [row.country.tone for row in rows if row.country]
    said = words.beside(tones, f"{words.whose(view.country.name)} figures")
    return said or (f"None can be compared with {view.country.name}." if tones else "")


def standing(view: View, mine: Sequence[tuple[Told, Row]]) -> list[dict[str, Any]]:
    """What a test, a forecast or a rank sets apart, for the better and for the worse."""
    country = view.country.name if view.country else ""
    asked: list[tuple[str, Callable[[Row], Status | None], tuple[str, ...]]] = [
        (f"better than {country}", lambda r: r.country, ("Better",)),
        (f"worse than {country}", lambda r: r.country, ("Worse",)),
        ("better than the average of similar places", lambda r: r.similar, ("Better",)),
        ("worse than the average of similar places", lambda r: r.similar, ("Worse",)),
        ("better than forecast", lambda r: r.turn, ("Turning", "Turning: slower decline")),
        (
            "worse than forecast",
            lambda r: r.turn,
            ("Less than forecast", "Worse than forecast"),
        ),
    ]
    found = []
    for title, of, wanted in asked:
        hits = [(t, r, s) for t, r in mine if (s := of(r)) and s.short in wanted]
        items = [
            _item(t, r, s, view, "forecast reconstructed" if s is r.turn and r.remade else "")
            for t, r, s in hits[:MOST_LISTED]
        ]
        found += _listed(title, len(hits), items)
    return found + _outer(view, mine)


def _outer(view: View, mine: Sequence[tuple[Told, Row]]) -> list[dict[str, Any]]:
    """What lies in the first or the last tenth of all places, outermost first."""
    asked = {
        ("best", "good"): (False, True),
        ("worst", "bad"): (False, False),
        ("highest", "flat"): (True, True),
        ("lowest", "flat"): (True, False),
    }
    found = []
    for (title, tone), (neutral, first) in asked.items():
        hits = [
            (part, told, row, row.among)
            for told, row in mine
            if (told.entry.indicator.better is Better.NEUTRAL) is neutral
            if row.among and (part := _outermost(row.among, first=first)) is not None
        ]
        hits.sort(key=lambda hit: (not hit[1].entry.headline, hit[0]))
        items = [
            _item(t, r, words.ranked(tone, f"{title} tenth"), view, f"{among.rank} of {among.of}")
            for _, t, r, among in hits[:MOST_LISTED]
        ]
        found += _listed(f"in the {title} tenth of all places", len(hits), items)
    return found


def outermost(mine: Sequence[tuple[Told, Row]]) -> list[tuple[Told, Row]]:
    """The few figures that lie furthest out among all places, outermost first."""
    found = [
        (min(parts), told, row)
        for told, row in mine
        if row.among
        if (parts := [p for end in (True, False) if (p := _outermost(row.among, first=end))])
    ]
    found.sort(key=lambda each: each[0])
    return [(told, row) for _, told, row in found[:MOST_TABLED]]


def _rank(among: Among) -> str:
    if among.lowest == among.highest and among.of > 1:
        return "all the same"
    return f"{among.rank} of {among.of}"


def _outermost(among: Among, *, first: bool) -> float | None:
    """The share of places at least as far out, where that is a tenth of them or less."""
    out = among.level if first else among.of - among.rank + 1
    return out / among.of if among.of >= LEAST_RANKED and out * TENTH <= among.of else None


def _listed(title: str, count: int, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not items:
        return []
    return [{"title": title, "count": count, "items": items, "more": count - len(items)}]


def _item(told: Told, row: Row, status: Status, view: View, how: str) -> dict[str, Any]:
    indicator = told.entry.indicator
    return {
        "mark": status_mark(status),
        "title": indicator.title,
        "url": area_rows.address(view, indicator.slug),
        "figure": area_rows.figure(row, indicator),
        "period": f"{row.period}, {how}" if how else row.period,
    }


def line(told: Told, row: Row, view: View, spine: Spine, day: date) -> dict[str, Any]:
    """A line of a place's table: the figure, its age on a day, and each judgement."""
    indicator = told.entry.indicator
    today = day.toordinal()
    return {
        "url": area_rows.address(view, indicator.slug),
        "title": indicator.title,
        "headline": told.entry.headline,
        "unit": indicator.unit_label,
        "polarity": words.polarity(indicator).rstrip("."),
        "spark": row.spark,
        "figure": area_rows.figure(row, indicator),
        "sort": row.value if row.value is not None else "",
        "period": row.period,
        "ended": row.ended,
        "age": f"{words.age(max(0, today - row.ended))} old",
        "change": status_mark(row.change),
        "country": status_mark(row.country) if row.country else "",
        "similar": status_mark(row.similar) if row.similar else "",
        "rank": row.rank if row.rank != "not ranked" else "",
        "spine": _spine(told, row, view, spine),
        "among": _rank(row.among) if row.among else "",
        "turn": status_mark(row.turn) if row.turn else "",
        "remade": row.remade,
    }


def _spine(told: Told, row: Row, view: View, spine: Spine) -> str:
    """Where the figure lies among all places; nothing where no other has one."""
    indicator, among = told.entry.indicator, row.among
    if row.value is None or among is None or among.lowest == among.highest:
        return ""
    low, high = among.lowest, among.highest
    label = f"{words.bare(row.value, indicator)}; all places {words.bare(low, indicator)} to "
    label += words.bare(high, indicator)
    if row.country_value is not None and view.country:
        label += f"; {view.country.name} {words.bare(row.country_value, indicator)}"
    status = row.country or row.similar
    mark = Mark(
        value=row.value,
        country=row.country_value,
        lowest=low,
        highest=high,
        near=row.near,
        tone=status.tone if status else "none",
        label=label,
    )
    return spine(mark, indicator.better)
