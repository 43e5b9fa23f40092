"""Lists the places that have pages by the words of their names, for search to find them in.

The pages of an indicator in each place are not in the index: at 430 indicators and 170 places
they are 73,000. What is asked for is put together in the browser: the index finds the indicator,
these lists find the place, and the address of the page follows from both. A list holds the names
with a word that begins with one letter, so that little is fetched however many places there are.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping

from databook import areas
from databook.observations import Context

FOLDER = "search-index/places/"


def place_names(context: Context) -> dict[str, bytes]:
    """A file that says which lists there are, and the lists: [name, address, where it lies]."""
    lists: dict[str, list[list[str]]] = {}
    for view in areas.views(context):
        above = context.area.get(view.area.parent)
        line = [view.area.name, "" if view.own else view.slug, above.name if above else ""]
        for letter in sorted({word[0] for word in _words(view.area.name)}):
            lists.setdefault(letter, []).append(line)
    files = {f"{FOLDER}{_named(letter)}.json": _json(lines) for letter, lines in lists.items()}
    return {f"{FOLDER}index.json": _json({"letters": "".join(sorted(lists))}), **files}


def _words(name: str) -> list[str]:
    """Words as the browser takes them apart: small letters without accents."""
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c)
    )
    return re.findall(r"[^\W_]+", plain)


def _named(letter: str) -> str:
    """A letter as the name of a file on any system."""
    return letter if letter.isascii() else f"u{ord(letter):x}"


def _json(value: Mapping[str, str] | list[list[str]]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
