"""The front page of each of many places: its outcomes at a glance, and what stands out.

Made of the rows that the indicators left; each page holds one place's and no other's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from typing import Any

from databook import areas, words
from databook.areas import Mark, View
from databook.model import Better
from databook.observations import Context
from databook.pages import Page, SearchRecord
from databook.render import area_rows, places
from databook.render.area_rows import Row, Rows
from databook.render.area_tables import latest_csv
from databook.render.entries import Entry
from databook.render.templates import fill, status_mark
from databook.words import Status

# More rows than this, and each outcome has its table on a page of its own.
MOST_TOGETHER = 150
MOST_LISTED = 12  # of what stands out; the rest is in the tables
OTHER = "other"
Spine = Callable[[Mark, Better], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What is made of one place: its pages, and the files beside them."""

    pages: tuple[Page, ...]
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """A place whose pages need to be made only if `digest` is not what it was."""

    code: str
    digest: str
    make: Callable[[], Front] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An indicator among all: where it belongs, and how far its places lie apart by period."""

    entry: Entry
    said: str  # all that pages say of it besides its rows
    outcome: str  # slug of the outcome it is listed under
    ranges: Mapping[int, tuple[float, float]]
    rows: Mapping[str, Row] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What all places' pages ask for, worked out once."""

    context: Context
    spine: Spine
    homes: Mapping[str, str]  # front pages by the place's code
    beside: Mapping[str, str]  # pages of the book's own place beside others, by their code


def fronts(
    context: Context, entries: Sequence[Entry], rows: Sequence[Rows], spine: Spine
) -> Iterator[Prospect]:
    """One place after another, made when asked for; nothing where the book is about one place."""
    views = areas.views(context)
    if not views:
        return
    told = _told(context, entries, rows)
    around = Around(
        context=context,
        spine=spine,
        homes={view.area.code: f"areas/{view.slug}/" for view in views},
        beside=places.paths(context),
    )
    for view in views:
        mine = [(one, row) for one in told if (row := one.rows.get(view.area.code))]
        yield Prospect(
            code=view.area.code,
            digest=_digest(view, told),
            make=partial(_front, view, mine, told, around),
        )


def _digest(view: View, told: Sequence[Told]) -> str:
    """Of all that a place's pages show, the frame and the book's settings aside."""
    shown = blake2b(digest_size=16)
    for one in told:
        row = one.rows.get(view.area.code)
        ends = one.ranges.get(row.step) if row else None
        shown.update(f"{one.said} {row.digest if row else ''} {ends}\n".encode())
    return shown.hexdigest()


def index(context: Context) -> Mapping[str, bytes]:
    """areas/index.json: every place with pages, for a script that lets people choose one."""
    views = areas.views(context)
    if not views:
        return {}
    found = [
        {
            "code": view.area.code,
            "name": view.area.name,
            "url": f"areas/{view.slug}/",
            "region": view.region.name if view.region else "",
            "own": view.own,
        }
        for view in views
    ]
    return {"areas/index.json": _json({"areas": found})}


def _told(context: Context, entries: Sequence[Entry], rows: Sequence[Rows]) -> list[Told]:
    """The indicators in the order of outcomes, headline ones first."""
    left = {one.slug: one.rows for one in rows}
    slugs = [slug for slug, _ in _outcomes(context)]
    found = []
    for entry in entries:
        mine = left.get(entry.indicator.slug, ())
        ends: dict[int, tuple[float, float]] = {}
        for row in mine:
            if row.value is not None:
                low, high = ends.get(row.step, (row.value, row.value))
                ends[row.step] = (min(low, row.value), max(high, row.value))
        outcome, of = _outcome(entry, context), entry.indicator
        said = (of.slug, of.title, of.unit_label, of.unit, of.better, of.decimals, entry.headline)
        found.append(
            Told(
                entry=entry,
                said=repr((*said, outcome)),
                outcome=outcome,
                ranges=ends,
                rows={r.area: r for r in mine},
            )
        )
    found.sort(
        key=lambda t: (slugs.index(t.outcome), not t.entry.headline, t.entry.indicator.title)
    )
    return found


def _outcomes(context: Context) -> list[tuple[str, str]]:
    """The outcomes that a place's figures are listed under: those of the book's first framework."""
    found = [(o.slug, o.title) for f in context.frameworks[:1] for o in f.outcomes]
    return [*found, (OTHER, "Other figures")]


def _outcome(entry: Entry, context: Context) -> str:
    first = context.frameworks[0].slug if context.frameworks else ""
    named = (r.split("/") for r in entry.indicator.outcomes)
    known = {slug for slug, _ in _outcomes(context)}
    return next((o for framework, o in named if framework == first and o in known), OTHER)


def _front(
    view: View,
    mine: Sequence[tuple[Told, Row]],
    told: Sequence[Told],
    around: Around,
) -> Front:
    name, home, context = view.area.name, f"areas/{view.slug}/", around.context
    split = len(mine) > MOST_TOGETHER
    outcomes = [
        _group(slug, title, [m for m in mine if m[0].outcome == slug], view)
        for slug, title in _outcomes(context)
    ]
    outcomes = [outcome for outcome in outcomes if outcome["total"]]
    for outcome in outcomes:
        outcome["url"] = f"{home}outcomes/{outcome['slug']}/" if split else ""
        outcome["rows"] = (
            []
            if split
            else [_row(*m, view, around) for m in mine if m[0].outcome == outcome["slug"]]
        )
    absent = [one.entry.indicator.title for one in told if view.area.code not in one.rows]
    sentence = _sentence(view, mine)
    content = fill(
        "area_front.html.j2",
        view={
            **_heading(view, around),
            "sentence": sentence,
            "standing": _standing(view, mine),
            "outcomes": outcomes,
            "absent": absent[:MOST_TOGETHER],
            "total": len(mine),
        },
        area=view,
    )
    page = Page(
        path=home,
        title=name,
        description=sentence[:300],
        content=content,
        section="areas",
        search=SearchRecord(
            title=name,
            text=f"{name} {view.area.code} {view.region.name if view.region else ''}",
            filters={"kind": ("Place",), "area": (name,)},
            summary=sentence,
        ),
        scripts=("assets/databook/table.js",),
    )
    more = [_outcome_page(o, view, mine, around) for o in outcomes if split]
    files = {
        f"{home}find.json": _find(view, mine),
        f"{home}latest.csv": latest_csv(view, [(t.entry.indicator, r) for t, r in mine], context),
    }
    return Front(pages=(page, *more), files=files)


def _outcome_page(
    outcome: Mapping[str, Any],
    view: View,
    mine: Sequence[tuple[Told, Row]],
    around: Around,
) -> Page:
    chosen = [m for m in mine if m[0].outcome == outcome["slug"]]
    rows = [_row(*m, view, around) for m in chosen]
    content = fill(
        "area_outcome.html.j2",
        view={**_heading(view, around), "outcome": {**outcome, "rows": rows, "url": ""}},
        area=view,
    )
    title = f"{outcome['title']}: {view.area.name}"
    return Page(
        path=outcome["url"],
        title=title,
        description=f"{title}. {outcome['sentence']}"[:300],
        content=content,
        section="areas",
        scripts=("assets/databook/table.js",),
    )


def _heading(view: View, around: Around) -> dict[str, Any]:
    """What each page of a place says of the place itself."""
    return {
        "name": view.area.name,
        "home": f"areas/{view.slug}/",
        "country": view.country.name if view.country else "",
        "region": view.region.name if view.region else "",
        "near": [
            {"name": area.name, "url": around.homes.get(area.code, "")} for area in view.neighbours
        ],
        "beside": "" if view.own else around.beside.get(view.area.code, ""),
        "own_name": around.context.place.name,
    }


def _sentence(view: View, mine: Sequence[tuple[Told, Row]]) -> str:
    name = view.area.name
    if not mine:
        return f"No figure in this book is about {name}."
    known = [row for _, row in mine if row.value is not None]
    text = f"This book has {words.plural(len(known), 'figure')} about {name}"
    against = _against(known, view)
    return f"{text}. {against}" if against else f"{text}."


def _against(rows: Sequence[Row], view: View) -> str:
    """How many stand how against the country, in the words of the statuses."""
    told = [row.country.short for row in rows if row.country]
    if not told or view.country is None:
        return ""
    return f"Against {view.country.name}: {words.tallied(told)}."


def _group(slug: str, title: str, mine: Sequence[tuple[Told, Row]], view: View) -> dict[str, Any]:
    return {
        "slug": slug,
        "title": title,
        "total": len(mine),
        "sentence": _against([row for _, row in mine if row.value is not None], view),
    }


def _standing(view: View, mine: Sequence[tuple[Told, Row]]) -> list[dict[str, Any]]:
    """What a test or a forecast sets apart, for the better and for the worse."""
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
        if hits:
            found.append(
                {
                    "title": title,
                    "tone": status_mark(hits[0][2]),
                    "count": len(hits),
                    "items": [
                        _item(t, r, view, remade=s is r.turn and r.remade)
                        for t, r, s in hits[:MOST_LISTED]
                    ],
                    "more": max(0, len(hits) - MOST_LISTED),
                }
            )
    return found


def _item(told: Told, row: Row, view: View, *, remade: bool) -> dict[str, str]:
    indicator = told.entry.indicator
    return {
        "title": indicator.title,
        "url": area_rows.address(view, indicator.slug),
        "figure": area_rows.figure(row, indicator),
        "period": f"{row.period}, by a reconstructed forecast" if remade else row.period,
    }


def _row(told: Told, row: Row, view: View, around: Around) -> dict[str, Any]:
    indicator = told.entry.indicator
    today = around.context.settings.edition.date.toordinal()
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
        "spine": _spine(told, row, view, around.spine),
        "turn": status_mark(row.turn) if row.turn else "",
        "remade": row.remade,
    }


def _spine(told: Told, row: Row, view: View, spine: Spine) -> str:
    """Where the figure lies among all places; nothing where no other has one."""
    indicator = told.entry.indicator
    low, high = told.ranges.get(row.step, (0.0, 0.0))
    if row.value is None or low == high:
        return ""
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


def _find(view: View, mine: Sequence[tuple[Told, Row]]) -> bytes:
    """What search needs of this place (`places.js`): each indicator with its answer in brief."""
    pages = {
        told.entry.indicator.slug: {
            "title": told.entry.indicator.title,
            "sentence": f"{area_rows.figure(row, told.entry.indicator)} in {row.period}",
            "status": (row.country or row.change).word,
        }
        for told, row in mine
    }
    return _json({"place": view.area.name, "pages": pages})


def _json(data: Any) -> bytes:
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return f"{text}\n".encode()
