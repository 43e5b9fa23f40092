"""Tells search engines which pages there are: one file, or many and one that lists them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

# The protocol allows 50,000 addresses and 50 MB a file (sitemaps.org). A fifth of that keeps
# every file near one megabyte, whatever the length of the addresses.
MOST_ADDRESSES = 10_000
NAMES = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemaps(address: str, paths: Iterable[str], day: str) -> dict[str, bytes]:
    """All pages with the edition's `day`. `sitemap.xml` is the one to begin with.

    The addresses must lie under that of the file that lists them, so all stand at the root.
    """
    places = [address + path for path in sorted(set(paths))]
    if len(places) <= MOST_ADDRESSES:
        return {"sitemap.xml": _listing("urlset", "url", places, day)}
    files = {
        f"sitemap-{number}.xml": _listing("urlset", "url", places[at : at + MOST_ADDRESSES], day)
        for number, at in enumerate(range(0, len(places), MOST_ADDRESSES), start=1)
    }
    listed = [address + name for name in files]
    return {"sitemap.xml": _listing("sitemapindex", "sitemap", listed, day), **files}


def _listing(root: str, item: str, places: Iterable[str], day: str) -> bytes:
    lines = "".join(
        f"<{item}><loc>{escape(place)}</loc><lastmod>{day}</lastmod></{item}>\n" for place in places
    )
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMES}">\n'
    return f"{head}{lines}</{root}>\n".encode()
