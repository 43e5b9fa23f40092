"""What search needs of a place (`places.js`): each of its indicators with the answer in brief.

In parts by the letters of an indicator's address, and without titles, which search knows: a reader
fetches a few parts before the first result.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache, reduce
from typing import Any

from databook.areas import View
from databook.render import area_rows
from databook.render.area_rows import Row
from databook.render.area_told import Told

PART = 40  # indicators of a place in one file, about


def files(view: View, mine: Sequence[tuple[Told, Row]]) -> Mapping[str, bytes]:
    """A file that says how many parts there are, and the parts."""
    home, count = f"areas/{view.slug}/", 1 + len(mine) // PART
    parts: list[dict[str, list[str]]] = [{} for _ in range(count)]
    for told, row in mine:
        slug = told.entry.indicator.slug
        figure = f"{area_rows.figure(row, told.entry.indicator)} in {row.period}"
        parts[_number(slug) % count][slug] = [figure, (row.country or row.change).word]
    found = {f"{home}find-{number}.json": _json(part) for number, part in enumerate(parts)}
    return {f"{home}find.json": _json({"place": view.area.name, "parts": count}), **found}


@lru_cache(maxsize=4096)  # each place has the same indicators
def _number(slug: str) -> int:
    """The letters of a name as a number: `pageOf` of places.js reckons alike."""
    return reduce(lambda so_far, letter: (so_far * 31 + ord(letter)) % 65521, slug, 0)


def _json(data: Any) -> bytes:
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return f"{text}\n".encode()
