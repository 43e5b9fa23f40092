"""An indicator in every place that has pages: its pages, and the rows that overviews are made of.

Part of one indicator's task, so that its figures are read once and its places share their series.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from databook import analyse, draw, render, site, store
from databook.charts import Charts
from databook.findings import Finding
from databook.observations import Context, ProtectedCard
from databook.pages import Page, SearchRecord
from databook.pipeline.order import pages as pages_of
from databook.site import Frame
from databook.store import Made


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
    listed = found.spread is not None
    everyone = render.everyone(indicator, context, found.views, listed=listed)
    rows: list[render.AreaRow] = []
    files: dict[str, bytes] = {}

    def add(page: Page) -> None:
        files[site.address(page)] = site.hang(page, frame)

    for view in found.views:
        seen = finding if view.own else found.finding(view)
        drawn = draw.brief(seen, indicator)
        rows.append(render.area_row(seen, indicator, drawn.sparkline, found.figures))
        if not view.own:
            add(render.area_page(view, seen, drawn, everyone))
    files[everyone.spec] = json.dumps(draw.explore(indicator), separators=(",", ":")).encode()
    kept = render.AreaRows(slug=indicator.slug, rows=tuple(rows))
    if found.spread is not None:
        pictures = (draw.strip(found.spread, indicator), charts.neighbours)
        for page in render.listing_pages(found.spread, kept, everyone, pictures):
            add(page)
    return Everywhere(files=files, rows=kept)


class _Kept(Protocol):
    """What is left of an indicator; `task.Kept`, which knows this module."""

    @property
    def entry(self) -> render.Entry | None:
        """Its line in lists."""

    @property
    def places(self) -> render.AreaRows | None:
        """Its rows in lists of places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fronts:
    """What became of the front pages of all places: to be remembered, and found by search."""

    made: Made
    anew: int
    search: Mapping[str, SearchRecord]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Left:
    """What is kept of a page of a place until the next build."""

    digest: str
    files: tuple[str, ...]
    search: Mapping[str, SearchRecord]


def fronts(
    context: Context,
    kept: Sequence[_Kept],
    frame: Frame,
    key: str,
    old: Made | None,
    put: Callable[[Mapping[str, bytes | None]], None],
) -> Fronts:
    """Each place's own pages and the files beside them, those that changed; each put away at once.

    `key` is of all that shows on every page of a place.
    """
    entries = [one.entry for one in kept if one.entry is not None]
    rows = [one.places for one in kept if one.places is not None]
    before: dict[str, _Left] = store.unpack(old.kept) if old and old.key == key else {}
    after: dict[str, _Left] = {}
    anew = 0
    for prospect in render.area_fronts(context, entries, rows, draw.spine):
        left = before.get(prospect.name)
        if left is not None and left.digest == prospect.digest:
            put(dict.fromkeys(left.files))
        else:
            files, search = _hung(prospect.make(), frame)
            put(files)
            anew += pages_of(files)
            left = _Left(digest=prospect.digest, files=tuple(files), search=search)
        after[prospect.name] = left
    index = render.area_index(context)
    put(index)
    made = [*(path for one in after.values() for path in one.files), *index]
    return Fronts(
        made=Made(key=key, kept=store.pack(after), files=tuple(made)),
        anew=anew,
        search={path: r for one in after.values() for path, r in one.search.items()},
    )


def _hung(
    front: render.AreaFront, frame: Frame
) -> tuple[dict[str, bytes], dict[str, SearchRecord]]:
    page = front.page
    search = {page.path: page.search} if page.search is not None else {}
    return {site.address(page): site.hang(page, frame), **front.files}, search
