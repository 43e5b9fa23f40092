"""An indicator in every place that has pages: its pages, and the rows that overviews are made of.

Part of one indicator's task, so that its figures are read once and its places share their series.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from databook import analyse, draw, render, site
from databook.charts import Charts
from databook.findings import Finding
from databook.observations import Context, ProtectedCard
from databook.pages import Page, SearchRecord
from databook.site import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Everywhere:
    """What came of it: finished pages, and what the pages of places need of the indicator."""

    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    rows: render.AreaRows | None = None


def pages(
    card: ProtectedCard, finding: Finding, charts: Charts, context: Context, frame: Frame
) -> Everywhere:
    """The pages of one indicator in all places, each worked out, drawn, hung and let go."""
    found = analyse.everywhere(card, context)
    if not found.views:
        return Everywhere()
    indicator = analyse.elsewhere(card.indicator)
    everyone = render.everyone(indicator, context, found.views)
    rows: list[render.AreaRow] = []
    files: dict[str, bytes] = {}

    def add(page: Page) -> None:
        files[site.address(page)] = site.hang(page, frame)

    for view in found.views:
        seen = finding if view.own else found.finding(view)
        drawn = draw.brief(seen, indicator)
        rows.append(render.area_row(seen, indicator, drawn.sparkline))
        if not view.own:
            add(render.area_page(view, seen, drawn, everyone))
    files[everyone.spec] = json.dumps(draw.explore(indicator), separators=(",", ":")).encode()
    kept = render.AreaRows(slug=indicator.slug, rows=tuple(rows))
    if found.spread is not None:
        pictures = (draw.strip(found.spread, indicator), charts.neighbours)
        for page in render.listing_pages(found.spread, kept, everyone, pictures):
            add(page)
    return Everywhere(files=files, rows=kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fronts:
    """The front pages of all places, hung, one place after another."""

    files: Mapping[str, bytes]
    search: Mapping[str, SearchRecord]


class _Kept(Protocol):
    """What is left of an indicator; `task.Kept`, which knows this module."""

    @property
    def entry(self) -> render.Entry | None:
        """Its line in lists."""

    @property
    def places(self) -> render.AreaRows | None:
        """Its rows in lists of places."""


def fronts(context: Context, kept: Sequence[_Kept], frame: Frame) -> Iterator[Fronts]:
    """Each place's own pages and the files beside them; nothing in a book about one place."""
    entries = [one.entry for one in kept if one.entry is not None]
    rows = [one.places for one in kept if one.places is not None]
    for front in render.area_fronts(context, entries, rows, draw.spine):
        made = {site.address(page): site.hang(page, frame) for page in front.pages}
        search = {page.path: page.search for page in front.pages if page.search is not None}
        yield Fronts(files={**made, **front.files}, search=search)
    if index := render.area_index(context):
        yield Fronts(files=index, search={})
