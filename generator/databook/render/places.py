"""Comparison of places: everything side by side, and the book's place beside each other place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from databook import areas, words
from databook.findings import Benchmark, Finding
from databook.model import Area, Better, Indicator, Standing
from databook.observations import Context
from databook.pages import Page, SearchRecord
from databook.render import overview
from databook.render.entries import Entry, comparison
from databook.render.templates import fill, part, status_mark

if TYPE_CHECKING:
    pass


def slug(area: Area) -> str:
    """Name of a place in addresses, in a book about one place."""
    return areas.slug(area.name)


def paths(context: Context) -> Mapping[str, str]:
    """The page of the book's own place beside each other, by the other's code.

    Where the other has a page of its own, this one lies under it.
    """
    named = areas.slugs(context) if context.settings.area_pages else {}
    paged = {area.code for area in areas.with_pages(context)}
    under = f"beside-{areas.slug(context.place.name)}/"
    return {
        area.code: f"areas/{named.get(area.code) or slug(area)}/"
        + (under if area.code in paged else "")
        for area in others(context)
    }


def others(context: Context) -> list[Area]:
    """The places compared with: neighbours closest first, then region and country."""
    codes = [*context.neighbour_codes]
    codes += [context.settings.comparisons.region, context.settings.comparisons.country]
    return [context.area[code] for code in dict.fromkeys(codes) if code in context.area]


def place_pages(context: Context, entries: Sequence[Entry]) -> tuple[Page, ...]:
    """The page over all places, and one for each place that is compared with."""
    ordered = sorted(entries, key=lambda e: (not e.headline, e.indicator.topic, e.indicator.title))
    at = paths(context)
    return (
        _overview(context, ordered, at),
        *(_beside(context, ordered, area, at[area.code]) for area in others(context)),
    )


def _overview(context: Context, entries: Sequence[Entry], at: Mapping[str, str]) -> Page:
    places = [context.place, *_columns(context)]
    view = {
        "rows": [entry.lines.compared for entry in entries],
        "places": [
            {"name": p.name, "url": at[p.code] if p != context.place else ""} for p in places
        ],
        "regions": _with_pages(context),
        "total": words.plural(len(entries), "indicator"),
        "beside": overview.beside(entries, overview.country_name(context)),
    }
    return Page(
        path="areas/",
        title=f"{context.place.name} and other places",
        description=f"{context.place.name} beside similar places, figure by figure.",
        content=fill("places.html.j2", view=view, context=context),
        section="areas",
        search=SearchRecord(
            title=f"{context.place.name} and other places",
            text=" ".join(p.name for p in places),
            synonyms=("statistical neighbours", "benchmarking", "similar places"),
            filters={"kind": ("Section",)},
            summary=f"{context.place.name} beside similar places.",
        ),
        scripts=("assets/databook/table.js",),
    )


def _columns(context: Context) -> list[Area]:
    """The other places in the table of all: the country and the region first, as most read it."""
    wider = (context.settings.comparisons.country, context.settings.comparisons.region)
    return sorted(others(context), key=lambda a: wider.index(a.code) if a.code in wider else 2)


def _with_pages(context: Context) -> list[dict[str, Any]]:
    """The places that have pages of their own, by region."""
    found: dict[str, list[dict[str, str]]] = {}
    for view in areas.views(context):
        above = view.region or context.area.get(view.area.parent)
        region = above.name if above and above != view.country else ""
        last = areas.ended(view.area, context.settings.edition.date)
        line = {
            "name": view.area.name,
            "url": f"areas/{view.slug}/",
            "until": f"until {words.month(f'{last:%Y-%m}')}"
            if last and "(until " not in view.area.name
            else "",
        }
        found.setdefault(region, []).append(line)
    return [
        {"name": name, "places": found[name]} for name in sorted(found, key=lambda n: (not n, n))
    ]


def stand(total: int, ahead: int, behind: int, places: tuple[str, str]) -> str:
    """On how many indicators each of two places has the better figure."""
    some = [words.count(n) if n else "none" for n in (ahead, behind)]
    said = f"Of {words.plural(total, 'indicator')}, {places[0]} has the better figure on {some[0]}"
    said += f" and {places[1]} on {some[1]}"
    if rest := total - ahead - behind:
        said += f"; on the other {words.count(rest)} they are level, neither way is better, or a "
        said += "figure is missing"
    return f"{said}."


def _beside(context: Context, entries: Sequence[Entry], area: Area, path: str) -> Page:
    own = context.place.name
    rows = [(entry.lines.lead, entry.lines.beside[area.code]) for entry in entries]
    sides = [entry.lines.sides[area.code] for entry in entries]
    other = words.in_prose(area.name)
    sentence = stand(len(rows), sides.count("better"), sides.count("worse"), (own, other))
    view = {"rows": rows, "sentence": sentence, "area": area}
    closeness = next((n.closeness for n in context.neighbours if n.neighbour == area.code), "")
    return Page(
        path=path,
        title=f"{own} beside {other}",
        description=sentence[:300],
        content=fill("place.html.j2", view=view, context=context, closeness=closeness),
        section="areas",
        search=SearchRecord(
            title=f"{own} beside {other}",
            text=area.name,
            filters={"kind": ("Place",), "area": (area.name,)},
            summary=sentence,
        ),
        scripts=("assets/databook/table.js",),
    )


# --- the lines of one indicator --------------------------------------------------------------


def lines(finding: Finding, indicator: Indicator, context: Context) -> dict[str, Any]:
    """The part of its `Lines` that is about places."""
    figures = _figures(finding, context)
    theirs = [(place, figures.get(place.code)) for place in _columns(context)]
    own = finding.latest.value if finding.latest else None
    said = {
        "title": indicator.title,
        "short": indicator.short,
        "url": f"indicators/{indicator.slug}/",
        "unit": indicator.unit_label,
        "polarity": words.polarity(indicator).rstrip("."),
        "period": finding.latest.period.short if finding.latest else "no figure",
        "headline": indicator.standing is Standing.HEADLINE,
        "own": _cell(own, indicator),
        "place": context.place.name,
        "theirs": [_cell(figure, indicator) for _, figure in theirs],
    }
    return {
        "compared": str(part("pair", "row", said)),
        "lead": str(part("pair", "lead", said)),
        "beside": {
            area.code: _rest(context.place.name, own, area, figure, indicator)
            for area, figure in theirs
        },
        "sides": {area.code: _side(own, figure, indicator) for area, figure in theirs},
    }


def _rest(
    place: str, own: float | None, area: Area, theirs: float | None, indicator: Indicator
) -> str:
    side = _side(own, theirs, indicator)
    cells = {
        "area": area.name,
        "own": place,
        "theirs": _cell(theirs, indicator),
        "difference": words.signed(own - theirs, indicator)
        if own is not None and theirs is not None
        else "[x]",
        "mark": status_mark(words.side_status(side, own, theirs)),
    }
    return str(part("pair", "rest", cells))


def _figures(finding: Finding, context: Context) -> dict[str, float | None]:
    """Figures of all places for the place's own latest period, by area code."""
    compared = context.settings.comparisons
    figures = {s.area: s.value for s in finding.ranking.standings} if finding.ranking else {}
    if finding.latest:
        figures[finding.area] = finding.latest.value
    for benchmark, code in (
        (Benchmark.COUNTRY, compared.country),
        (Benchmark.REGION, compared.region),
    ):
        if found := comparison(finding, benchmark):
            figures[code] = found.value
    return figures


def _cell(value: float | None, indicator: Indicator) -> str:
    return "[x]" if value is None else words.bare(value, indicator)


def _side(own: float | None, theirs: float | None, indicator: Indicator) -> str | None:
    """On which side the own figure lies as published: better, worse or None."""
    if own is None or theirs is None or own == theirs or indicator.better is Better.NEUTRAL:
        return None
    return "better" if (own > theirs) is (indicator.better is Better.HIGHER) else "worse"
