"""Small pages at old addresses, which lead on to where the page is now, without a script.

A server that can redirect does it better; a folder of files, as most hosts take it, cannot.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from databook.observations import Context
from databook.site.hang import prefix


def leading_on(context: Context, paths: Iterable[str]) -> dict[str, bytes]:
    """A page at each old address, and at those that lay below it, for every page that is there."""
    pages = [path for path in paths if path.endswith("index.html")]
    found: dict[str, bytes] = {}
    for one in context.settings.moved:
        for path in pages:
            if path.startswith(one.new):
                below = path.removeprefix(one.new)
                old, new = one.old + below, path.removesuffix("index.html")
                found.setdefault(old, _page(context, old, new))
    return found


def _page(context: Context, old: str, new: str) -> bytes:
    settings = context.settings
    there = escape(prefix(old.removesuffix("index.html")) + new)
    title = "This page has moved"
    return (
        f'<!doctype html>\n<html lang="{escape(settings.language)}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={there}">\n'
        f'<link rel="canonical" href="{escape(settings.address + new)}">\n'
        f"<title>{title} - {escape(settings.short_title)}</title>\n</head>\n"
        f"<body>\n<main>\n<h1>{title}</h1>\n"
        f'<p>It is now at <a href="{there}">{escape(settings.address + new)}</a>.</p>\n'
        "</main>\n</body>\n</html>\n"
    ).encode()
