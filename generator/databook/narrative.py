"""Makes contributors' HTML harmless: an allow-list after Markdown, and ids of our own.

Nothing a contributor writes may run, restyle the page, or take a name that a script looks up.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin

TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "details",
    "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "i", "img", "ins", "kbd", "li", "ol", "p", "pre", "q", "s", "samp", "small", "strong",
    "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "ul",
    "var",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "width", "height"},
    "details": {"open"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
# Classes that our Markdown extensions give; a contributor's own would let text pose as a status.
CLASSES = {
    "div": {"admonition", "note", "warning", "tip", "info", "example"},
    "p": {"admonition-title"},
    "details": {"note", "warning", "tip", "info", "example"},
    "td": {"db-num"},
    "th": {"db-num"},
}
SCHEMES = {"https", "http", "mailto", "root"}  # root: is ours, an address from the site's root

ALIGNED = re.compile(r'(<t[dh]\b[^>]*?) style="text-align: ?(\w+);?"')
HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
FRAGMENT = re.compile(r'href="#(?:s-)?([^"]*)"')
FRAGMENT_BEYOND = re.compile(r'href="([^":#]+)#(?:s-)?([^"]+)"')
PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
SPACE = re.compile(r"\s+")
TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A heading of a narrative page, for its list of contents."""

    level: int
    id: str
    text: str


def clean(html: str) -> str:
    """The HTML that is safe to show of what Markdown made."""
    import nh3

    html = ALIGNED.sub(lambda m: m[1] + (' class="db-num"' if m[2] == "right" else ""), html)
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        allowed_classes={tag: set(names) for tag, names in CLASSES.items()},
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


def with_ids(html: str) -> tuple[str, tuple[Piece, ...]]:
    """Give every heading an id of ours (`s-…`, unique in the page), and say which there are."""
    pieces: list[Piece] = []
    taken: set[str] = set()

    def mark(found: re.Match[str]) -> str:
        text = plain_text(found[2])
        name = free_name("s-" + slug(text), taken)
        pieces.append(Piece(level=int(found[1]), id=name, text=text))
        return f'<h{found[1]} id="{name}">{found[2]}</h{found[1]}>'

    html = HEADING.sub(mark, html)
    return FRAGMENT.sub(r'href="#s-\1"', html), tuple(pieces)


def to_headings(html: str, address: str, pages: Container[str]) -> str:
    """Let links to headings of other narrative pages name them as `with_ids` does there.

    `address` is this page's own, `pages` those of all narrative pages, all as "about/".
    """

    def lead(found: re.Match[str]) -> str:
        there = urljoin(f"/{address}", unescape(found[1])).lstrip("/")
        return f'href="{found[1]}#s-{found[2]}"' if there in pages else found[0]

    return FRAGMENT_BEYOND.sub(lead, html)


def with_tables(html: str, title: str) -> str:
    """Wrap tables so that wide ones scroll by keyboard, and say what their head cells head."""
    count = 0

    def wrap(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        inside = (
            found[1]
            .replace("<th>", '<th scope="col">')
            .replace('<th class="db-num">', '<th scope="col" class="db-num">')
        )
        name = f"Table {count}: {title}"
        return (
            f'<div class="db-scroll" tabindex="0" role="region" aria-label="{name}">'
            f'<table class="db-table">{inside}</table></div>'
        )

    return TABLE.sub(wrap, html)


def with_code(html: str) -> str:
    """Let blocks of code be reached by keyboard, since a long line makes them scroll."""
    return html.replace("<pre><code>", '<pre><code tabindex="0">')


def plain_text(html: str) -> str:
    """The words of a piece of HTML."""
    return SPACE.sub(" ", unescape(TAG.sub(" ", html))).strip()


def opening(html: str, limit: int) -> str:
    """The first words of a page, up to a number of characters."""
    first = PARAGRAPH.search(html)
    text = plain_text(first[1]) if first else ""
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"


def slug(text: str) -> str:
    """A name for an address, from a heading."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60] or "part"


def free_name(name: str, taken: set[str]) -> str:
    """The name, or the first of name-2, name-3... that is not taken; takes it."""
    found, count = name, 1
    while found in taken:
        count += 1
        found = f"{name}-{count}"
    taken.add(found)
    return found
