"""One indicator in all places: ranked, spread out on one scale, and in order of regions.

A table of a few hundred places can be read and sorted; of more, each region has a table of its
own, on a page of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from databook import areas, words
from databook.areas import Group, Spread
from databook.charts import Chart
from databook.model import Better
from databook.pages import Page
from databook.render import area_rows
from databook.render.area_indicator import Everyone
from databook.render.area_rows import Row, Rows
from databook.render.templates import fill, status_mark


def listing_pages(
    spread: Spread,
    rows: Rows,
    everyone: Everyone,
    pictures: tuple[Chart, Chart | None],
) -> tuple[Page, ...]:
    """The page over all places, and one for each region where there are very many.

    `pictures`: all places on one scale, and the similar places of the book's own, year by year.
    """
    by_area = {row.area: row for row in rows.rows}
    ranks = _ranks(spread, rows, everyone.indicator.better)
    split = len(rows.rows) > area_rows.MOST_TOGETHER and len(spread.groups) > 1
    pages = [_whole(spread, by_area, ranks, everyone, pictures, split=split)]
    if split:
        pages += [_region(group, spread, by_area, ranks, everyone) for group in spread.groups]
    return tuple(pages)


def _ranks(spread: Spread, rows: Rows, better: Better) -> Mapping[str, int]:
    """The place of each in the spread's period; ties share the smaller number."""
    step, sign = spread.period.step, 1 if better is Better.LOWER else -1
    known = sorted(
        (sign * row.value, row.area)
        for row in rows.rows
        if row.value is not None and row.step == step
    )
    ranks: dict[str, int] = {}
    before: float | None = None
    for number, (value, area) in enumerate(known, start=1):
        ranks[area] = number if value != before else ranks[known[number - 2][1]]
        before = value
    return ranks


def _whole(
    spread: Spread,
    by_area: Mapping[str, Row],
    ranks: Mapping[str, int],
    everyone: Everyone,
    pictures: tuple[Chart, Chart | None],
    *,
    split: bool,
) -> Page:
    indicator = everyone.indicator
    sentences = [
        _range(spread, everyone),
        *_own(by_area, ranks, everyone),
        *_counted(by_area, ranks, everyone),
    ]
    codes = [view.area.code for view in everyone.views]
    view = {
        "sentences": sentences,
        "chart": pictures[0] if len(set(spread.values)) > 1 else None,
        "similar": pictures[1],
        "own_name": everyone.context.place.name,
        "own_url": f"indicators/{indicator.slug}/",
        "regions": _regions(spread, everyone) if len(spread.groups) > 1 else [],
        "table": None if split else _table(codes, spread, by_area, ranks, everyone),
        "split": split,
        "region": "",
        "period": spread.period.short,
    }
    return _page(area_rows.listing(indicator.slug), "all places", view, everyone, sentences)


def _region(
    group: Group,
    spread: Spread,
    by_area: Mapping[str, Row],
    ranks: Mapping[str, int],
    everyone: Everyone,
) -> Page:
    indicator = everyone.indicator
    some = areas.Spread(period=spread.period, groups=(group,), country=spread.country)
    sentences = [_range(some, everyone)] if group.values else []
    codes = [view.area.code for view in group.views]
    view = {
        "sentences": sentences,
        "chart": None,
        "similar": None,
        "own_name": everyone.context.place.name,
        "own_url": f"indicators/{indicator.slug}/",
        "regions": [],
        "table": _table(codes, spread, by_area, ranks, everyone),
        "split": False,
        "region": group.name,
        "period": spread.period.short,
    }
    path = _region_path(group, indicator.slug)
    return _page(path, group.name, view, everyone, sentences)


def _region_path(group: Group, slug: str) -> str:
    return f"{area_rows.listing(slug)}{areas.slug(group.name)}/"


def _page(
    path: str, what: str, view: dict[str, Any], everyone: Everyone, sentences: Sequence[str]
) -> Page:
    indicator = everyone.indicator
    return Page(
        path=path,
        title=f"{indicator.title}: {what}",
        description=" ".join(sentences)[:300] or indicator.plain,
        content=fill("area_listing.html.j2", view=view, indicator=indicator, what=what),
        section="indicators",
        edit=f"scorecards/indicators/{indicator.slug}/indicator.yaml",
        scripts=("assets/databook/table.js", "assets/databook/explore.js")
        if view["similar"]
        else ("assets/databook/table.js",),
    )


def _range(spread: Spread, everyone: Everyone) -> str:
    """From where to where the figures reach, and what the country's is."""
    indicator, values = everyone.indicator, spread.values
    low, high = (words.brief(v, indicator) for v in (min(values), max(values)))
    text = f"{words.on(spread.period)}, the figures of {words.plural(len(values), 'place')} range "
    text += f"from {low} to {high}"
    if len(values) == 1:
        text = f"{words.on(spread.period)}, one place has a figure, {low}"
    elif min(values) == max(values):
        text = f"{words.on(spread.period)}, all {len(values)} places have the same figure, {low}"
    elif len(values) > 2:
        text += f", with {words.brief(median(values), indicator)} in the middle"
    if spread.country:
        text += f"; {spread.country[0]} has {words.brief(spread.country[1], indicator)}"
    return f"{text}."


def _counted(by_area: Mapping[str, Row], ranks: Mapping[str, int], everyone: Everyone) -> list[str]:
    """How many places stand on which side of the country's figure."""
    told = [row.country.tone for code in ranks if (row := by_area[code]).country is not None]
    country = next((v.country for v in everyone.views if v.country), None)
    said = words.beside(told, f"{country.name}’s figure") if country else ""
    return [said] if said else []


def _own(by_area: Mapping[str, Row], ranks: Mapping[str, int], everyone: Everyone) -> list[str]:
    """Where the book's own place stands among all."""
    place = everyone.context.place
    row, rank = by_area.get(place.code), ranks.get(place.code)
    if row is None or rank is None or row.value is None:
        return []
    first = "highest" if everyone.indicator.better is Better.NEUTRAL else "best"
    joint = "joint " if list(ranks.values()).count(rank) > 1 else ""
    at = f"{joint}{first if rank == 1 else f'{words.ordinal(rank)} {first}'}"
    at += f" of {words.count(len(ranks))}"
    return [f"{place.name} has {area_rows.figure(row, everyone.indicator)}: {at}."]


def _regions(spread: Spread, everyone: Everyone) -> list[dict[str, Any]]:
    indicator = everyone.indicator
    return [
        {
            "name": group.name,
            "url": _region_path(group, indicator.slug),
            "count": len(group.values),
            "low": words.bare(min(group.values), indicator) if group.values else "[x]",
            "middle": words.bare(median(group.values), indicator) if group.values else "[x]",
            "high": words.bare(max(group.values), indicator) if group.values else "[x]",
        }
        for group in spread.groups
    ]


def _table(
    codes: Sequence[str],
    spread: Spread,
    by_area: Mapping[str, Row],
    ranks: Mapping[str, int],
    everyone: Everyone,
) -> dict[str, Any]:
    indicator, of = everyone.indicator, {view.area.code: view for view in everyone.views}
    names = {view.area.code: group.name for group in spread.groups for view in group.views}
    order = sorted(codes, key=lambda code: (ranks.get(code, len(ranks) + 1), of[code].area.name))
    found = [
        {
            "rank": ranks.get(code, ""),
            "id": area_rows.anchor(of[code]),
            "name": of[code].area.name,
            "url": everyone.urls[code],
            "own": of[code].own,
            "region": names[code],
            "value": area_rows.figure(row, indicator),
            "sort": row.value if row.value is not None and code in ranks else "",
            "period": "" if row.step == spread.period.step else row.period,
            "limits": area_rows.limits(row, indicator),
            "country": status_mark(row.country or words.no_status("Not compared")),
            "change": status_mark(row.change),
            "trend": status_mark(row.trend) if row.trend else "",
        }
        for code in order
        for row in (by_area[code],)
    ]
    country = next((v.country for v in everyone.views if v.country), None)
    return {
        "rows": found,
        "regions": len(spread.groups) > 1,
        "limits": any(row["limits"] for row in found),
        "trend": any(row["trend"] for row in found),
        "country": country.name if country else "",
        "order": "Highest first; neither way is better in itself"
        if indicator.better is Better.NEUTRAL
        else "Best first",
    }
