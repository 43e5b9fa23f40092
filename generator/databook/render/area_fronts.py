"""The front page of each of many places: its outcomes at a glance, and what stands out.

Made of the rows that the indicators left; each page holds one place's and no other's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from databook import areas
from databook.areas import View
from databook.observations import Context
from databook.pages import Page, SearchRecord
from databook.render import area_find, area_rows, area_words, places
from databook.render.area_rows import Row, Rows
from databook.render.area_tables import latest_csv
from databook.render.area_told import Told, digest_of, outcomes_of, told_of
from databook.render.area_words import Spine
from databook.render.entries import Entry
from databook.render.templates import fill

# More rows than this, and each outcome has its table on a page of its own.
MOST_TOGETHER = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """A page of a place, and the files beside it."""

    page: Page
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """A page of a place that needs to be made only if `digest` is not what it was."""

    name: str  # the place's code, and the outcome that the page is about if it is about one
    digest: str
    make: Callable[[], Front] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What all places' pages ask for, worked out once."""

    context: Context
    spine: Spine
    told: Sequence[Told]
    under: Mapping[str, Sequence[Told]]  # by the name of an outcome in addresses
    homes: Mapping[str, str]  # front pages by the place's code
    beside: Mapping[str, str]  # pages of the book's own place beside others, by their code


def fronts(
    context: Context, entries: Sequence[Entry], rows: Sequence[Rows], spine: Spine
) -> Iterator[Prospect]:
    """One page after another, made when asked for; nothing where the book is about one place."""
    views = areas.views(context)
    if not views:
        return
    told = told_of(context, entries, rows)
    around = Around(
        context=context,
        spine=spine,
        told=told,
        under={o: [one for one in told if one.outcome == o] for o, _ in _named(context)},
        homes={view.area.code: f"areas/{view.slug}/" for view in views},
        beside=places.paths(context),
    )
    for view in views:
        yield from _prospects(view, around)


def _prospects(view: View, around: Around) -> Iterator[Prospect]:
    """The front page of a place, and where it is told of too much for one page, its outcomes'."""
    code, mine = view.area.code, _rows(view, around.told)
    make = partial(_front, view, mine, around)
    yield Prospect(name=code, digest=digest_of(view, around.told), make=make)
    if len(mine) <= MOST_TOGETHER:
        return
    under: dict[str, list[tuple[Told, Row]]] = {}
    for one, row in mine:
        under.setdefault(one.outcome, []).append((one, row))
    for slug, title in _named(around.context):
        if rows := under.get(slug):
            make = partial(_outcome, slug, title, view, rows, around)
            digest = digest_of(view, around.under[slug])
            yield Prospect(name=f"{code}/{slug}", digest=digest, make=make)


def _named(context: Context) -> Iterable[tuple[str, str]]:
    """Each outcome's name in addresses, once, and its title."""
    return dict(outcomes_of(context).values()).items()


def _rows(view: View, told: Sequence[Told]) -> list[tuple[Told, Row]]:
    """Those that are known of a place."""
    return [(one, row) for one in told if (row := one.rows.get(view.area.code))]


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


def _front(
    view: View,
    mine: Sequence[tuple[Told, Row]],
    around: Around,
) -> Front:
    name, home, context = view.area.name, f"areas/{view.slug}/", around.context
    split = len(mine) > MOST_TOGETHER
    outcomes = [
        _group(slug, title, [m for m in mine if m[0].outcome == slug], view)
        for slug, title in outcomes_of(context).values()
    ]
    outcomes = [outcome for outcome in outcomes if outcome["total"]]
    for outcome in outcomes:
        outcome["url"] = _outcome_url(view, outcome["slug"]) if split else ""
        outcome["rows"] = (
            []
            if split
            else [_line(*m, view, around) for m in mine if m[0].outcome == outcome["slug"]]
        )
    absent = [one.entry.indicator.title for one in around.told if view.area.code not in one.rows]
    sentence = area_words.sentence(view, mine)
    content = fill(
        "area_front.html.j2",
        view={
            **_heading(view, around),
            "sentence": sentence,
            "standing": area_words.standing(view, mine),
            "outcomes": outcomes,
            "tables": _headlines(view, mine, around) if split else outcomes,
            "absent": absent[:MOST_TOGETHER],
            "known": any(row.value is not None for _, row in mine),
            "shorthand": area_words.shorthand(mine),
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
    files = {
        **area_find.files(view, mine),
        f"{home}latest.csv": latest_csv(view, [(t.entry.indicator, r) for t, r in mine], context),
    }
    return Front(page=page, files=files)


def _headlines(
    view: View, mine: Sequence[tuple[Told, Row]], around: Around
) -> list[dict[str, Any]]:
    """The few figures that carry the outcomes, where the others have pages of their own.

    A book that calls none a headline shows those that stand out most.
    """
    chosen = [m for m in mine if m[0].entry.headline][:MOST_TOGETHER]
    slug, title = "headline", "Headline figures"
    if not chosen:
        chosen = area_words.outermost(mine)
        slug, title = "outermost", "The figures nearest either end of all places"
    rows = [_line(*m, view, around) for m in chosen]
    return [{"slug": slug, "title": title, "rows": rows}] if rows else []


def _outcome_url(view: View, slug: str) -> str:
    return f"areas/{view.slug}/outcomes/{slug}/"


def _outcome(
    slug: str, title: str, view: View, mine: Sequence[tuple[Told, Row]], around: Around
) -> Front:
    """One outcome in a place that is told of more figures than one page holds."""
    outcome = _group(slug, title, mine, view)
    rows = [_line(*m, view, around) for m in mine]
    content = fill(
        "area_outcome.html.j2",
        view={
            **_heading(view, around),
            "outcome": {**outcome, "rows": rows, "url": ""},
            "shorthand": area_words.shorthand(mine),
        },
        area=view,
    )
    heading = f"{title}: {view.area.name}"
    page = Page(
        path=_outcome_url(view, slug),
        title=heading,
        description=f"{heading}. {outcome['sentence']}"[:300],
        content=content,
        section="areas",
        scripts=("assets/databook/table.js",),
    )
    return Front(page=page)


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
        "lifetime": area_rows.lifetime(view, around.context),
    }


def _line(told: Told, row: Row, view: View, around: Around) -> dict[str, Any]:
    return area_words.line(told, row, view, around.spine, around.context.settings.edition.date)


def _group(slug: str, title: str, mine: Sequence[tuple[Told, Row]], view: View) -> dict[str, Any]:
    known = [row for _, row in mine if row.value is not None]
    return {
        "slug": slug,
        "title": title,
        "total": len(mine),
        "known": len(known),
        "sentence": area_words.against(known, view),
    }


def _json(data: Any) -> bytes:
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return f"{text}\n".encode()
