"""The slots of the frame: the values that change from page to page.

For the frame page each slot holds a mark; `hang` puts a page's own value in its place. Narrative
pages, which MkDocs builds itself, have theirs filled at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from databook.citing import Cited, citation

PAGE = "__frame__"  # of the frame in the making; contributors' file names have no underscore
# No contributor's text is in the frame when it is split at these marks, so none can imitate one.
MARK = re.compile(r"@@databook:([a-z]+(?::[a-z0-9/-]+)?)@@")
PLAIN = (
    "title", "description", "canonical", "preview", "head", "content", "cite", "edit", "scripts"
)  # fmt: skip
# What a preview shows of a page without a picture of its own, and the size of all of them.
SOCIAL, WIDTH, HEIGHT = "social.png", 1200, 630
BY_KEY = ("current", "exact", "shown")
DRAFT = (
    "This build is a draft that nobody has published: the address is that of the newest edition, "
    "where the figures may be others."
)
HERE = ' aria-current="page"'
WITHIN = ' aria-current="true"'


def marks(keys: Mapping[str, str]) -> dict[str, Any]:
    """Slots that hold marks, for the frame page."""
    return {
        **{name: f"@@databook:{name}@@" for name in PLAIN},
        **{kind: {key: f"@@databook:{kind}:{key}@@" for key in keys} for kind in BY_KEY},
    }


def filled(values: Mapping[str, str], *, section: str, at: str, keys: Mapping[str, str]) -> Any:
    """Slots of a narrative page. `values` is HTML; `keys` are addresses by navigation key."""
    near, exactly = nearest(at, keys)
    return {
        **dict.fromkeys(PLAIN, ""),
        **values,
        **{
            kind: {
                k: lit(kind, k, keys[k], section=section, at=near, exactly=exactly) for k in keys
            }
            for kind in BY_KEY
        },
    }


def nearest(path: str, keys: Mapping[str, str]) -> tuple[str | None, bool]:
    """The deepest address of the navigation that a page lies at or under, and whether at."""
    under = [p for p in keys.values() if p == path or (p and path.startswith(p))]
    found = max(under, key=len, default=None)
    return found, found == path


def lit(
    kind: str, key: str, path: str, *, section: str, at: str | None, exactly: bool
) -> str:  # fmt: skip
    """The attribute of one navigation link (or bar) for a page at or under the address `at`."""
    if kind == "shown":
        return "" if key == section else " hidden"
    if path == at and exactly:
        return HERE
    within = path == at or key == section
    return WITHIN if kind == "current" and within else ""


def title(own: str, book: str) -> str:
    """The words of a browser's tab, escaped."""
    return escape(f"{own} · {book}" if own and own != book else book)


def preview(
    book: Cited, own: str, description: str, path: str, *, picture: str = "", section: str = ""
) -> str:  # fmt: skip
    """What messages and social media show of a page. The picture is this edition's own."""
    if section == "none":
        return ""
    title = own or book.title
    said = f"{title}. {description}" if picture else f"{book.title}, edition {book.edition}"
    told = {
        "og:type": "article" if path else "website",
        "og:site_name": book.title,
        "og:title": title,
        "og:description": description,
        "og:url": f"{book.home}{path}",
        "og:image": book.address(picture or SOCIAL),
        "og:image:type": "image/png",
        "og:image:width": str(WIDTH),
        "og:image:height": str(HEIGHT),
        "og:image:alt": said,
    }
    tags = [f'<meta property="{name}" content="{escape(text)}">' for name, text in told.items()]
    return "\n".join([*tags, '<meta name="twitter:card" content="summary_large_image">'])


def cite(book: Cited, own: str, path: str, section: str, content: str = "") -> str:
    """The line that a page is cited by; none where it stands for no content of its own, or says
    so itself.
    """
    if section == "none" or 'id="cite"><dt>' in content:
        return ""
    text = escape(citation(book, own, path))
    draft = "" if book.published else f" <span>{DRAFT}</span>"
    return f'<p class="db-cite">Cite this page: <span class="db-copy">{text}</span>{draft}</p>'


def edit_link(repository: str, path: str) -> str:
    """A link to a page's source, where the book has a repository."""
    if not (repository and path):
        return ""
    href = escape(f"{repository.rstrip('/')}/edit/main/{path}")
    return f' <a class="db-edit" href="{href}" rel="noopener">Edit this page</a>'
