"""The book for paper: pages of the finished site, one after another in one document.

Which pages, in what order and how deep in the bookmarks, is chosen here; what stands on them is
not touched. Links between pages that are both in the document lead to its own pages, all others to
the permanent addresses. The document holds its styles and pictures and asks for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import urljoin, urlsplit

from databook import theme, words
from databook.model import Settings
from databook.render.templates import fill

HERE = "https://book.invalid/"  # what relative addresses are resolved against; no such host
MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
ATTRIBUTE = re.compile(r"(?<=\s)(id|for|headers|aria-labelledby|aria-describedby|aria-controls"
                       r"|href|src|class)=\"([^\"]*)\"")  # fmt: skip
HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
MARKUP = re.compile(r"<[^>]*>")
DEEPEST = 6
# A programme's page and a one-page report are squeezed on one sheet of their own; not in a book.
SQUEEZED = frozenset({"db-programme", "db-report"})
PLACEHOLDER = "000"
RUNNING = 74  # letters of a page's title that fit beside the book's in the running head
MEDIA = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
         "webp": "image/webp", "gif": "image/gif"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page of the site as part of the document: `level` is the depth of its bookmark, from 1."""

    path: str
    level: int
    runs_on: bool = False
    html: str = field(repr=False)  # the finished page

    @property
    def main(self) -> str:
        """What of the page is printed."""
        found = MAIN.search(SCRIPT.sub("", self.html))
        return found[1] if found else ""

    @property
    def title(self) -> str:
        """Its heading, as plain text."""
        found = HEADING.search(self.main)
        return " ".join(unescape(MARKUP.sub(" ", found[1])).split()) if found else self.path


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What holds the sheets together. `fetch` gives a file of the site."""

    subtitle: str
    settings: Settings
    style: str = field(repr=False)
    fetch: Callable[[str], bytes] = field(repr=False)


def paper_document(
    bound: Bound, sheets: Sequence[Sheet], numbers: Mapping[str, int] | None = None
) -> str:
    """The whole document. `numbers`: the page of each sheet, once it is known."""
    from markupsafe import Markup

    keys = {sheet.path: f"p{number}" for number, sheet in enumerate(sheets, start=1)}
    contents = [
        {
            "key": keys[sheet.path],
            "level": sheet.level,
            "title": sheet.title,
            "page": (numbers or {}).get(keys[sheet.path], PLACEHOLDER),
        }
        for sheet in sheets
    ]
    parts = [
        {
            "key": keys[sheet.path],
            "runs_on": sheet.runs_on,
            "body": Markup(printable(sheet, keys, bound)),  # noqa: S704 - a page of the site
        }
        for sheet in sheets
    ]
    own = (theme.folder() / "pages" / "paper.css").read_text(encoding="utf-8")
    style = bound.style + own + running(bound, sheets, keys)
    return fill(
        "paper.html.j2",
        settings=bound.settings,
        subtitle=bound.subtitle,
        day=words.day(bound.settings.edition.date),
        contents=contents,
        parts=parts,
        style=Markup(style),  # noqa: S704 - ours, and strings of the book as CSS strings
    )


def printable(sheet: Sheet, keys: Mapping[str, str], bound: Bound) -> str:
    """A page's contents with names, links and headings as they are in the document."""

    def tag(found: re.Match[str]) -> str:
        name, inside = found[1].lower(), found[2]
        inside = ATTRIBUTE.sub(lambda a: attribute(a[1], a[2], sheet, keys, bound), inside)
        if name == "details" and not re.search(r"\sopen\b", inside):
            inside += " open"
        if re.fullmatch(r"h[1-6]", name) and sheet.level > 1:
            level = min(int(name[1]) + sheet.level - 1, DEEPEST)
            inside += f' aria-level="{level}"'
        return f"<{found[1]}{inside}>"

    return TAG.sub(tag, sheet.main)


def attribute(
    name: str, value: str, sheet: Sheet, keys: Mapping[str, str], bound: Bound
) -> str:  # fmt: skip
    """One attribute as it is in the document."""
    own = keys[sheet.path]
    if name == "href":  # addresses of others are printed after their words, our own are not
        value = target(unescape(value), sheet, keys, bound.settings.address)
        own = " data-own" if value.startswith(bound.settings.address) else ""
        return f'href="{escape(value)}"{own}'
    if name == "src":
        value = picture(unescape(value), sheet, bound)
    elif name == "class":
        value = " ".join(word for word in value.split() if word not in SQUEEZED)
    else:
        value = " ".join(f"{own}-{word}" for word in value.split())
    return f'{name}="{value}"'


def target(href: str, sheet: Sheet, keys: Mapping[str, str], address: str) -> str:
    """Where a link leads on paper: to a page of the document, or to a permanent address."""
    whole = urljoin(HERE + sheet.path, href)
    if not whole.startswith(HERE):
        return whole
    parts = urlsplit(whole)
    path = parts.path[1:]
    if path in keys:
        return f"#{keys[path]}-{parts.fragment}" if parts.fragment else f"#{keys[path]}"
    return address + path + (f"#{parts.fragment}" if parts.fragment else "")


def picture(src: str, sheet: Sheet, bound: Bound) -> str:
    """A picture's bytes in its own address, so that nothing need be fetched."""
    import base64

    whole = urlsplit(urljoin(HERE + sheet.path, src))
    kind = MEDIA.get(whole.path.rpartition(".")[2].lower())
    if not whole.geturl().startswith(HERE) or kind is None:
        return ""
    data = base64.b64encode(bound.fetch(whole.path[1:])).decode()
    return f"data:{kind};base64,{data}"


def running(bound: Bound, sheets: Sequence[Sheet], keys: Mapping[str, str]) -> str:
    """Running heads and feet: the book, the edition, whose publication it is not, page numbers."""
    settings = bound.settings
    edition = f"Edition {settings.edition.id}, {words.day(settings.edition.date)}"
    notice = settings.notice or f"Published by {settings.publisher}."
    pages, name = "", ""
    for sheet in sheets:
        if not (sheet.runs_on and name):
            name = keys[sheet.path]
            said = quoted(shortened(sheet.title))
            pages += f"@page {name} {{ @top-right {{ content: {said} }} }}\n"
        pages += f"#{keys[sheet.path]} {{ page: {name} }}\n"
    return (
        f"@page {{ @top-left {{ content: {quoted(settings.short_title)} }}"
        f" @bottom-left {{ content: {quoted(f'{edition}. {notice}')} }} }}\n{pages}"
    )


def shortened(title: str) -> str:
    """As much of a title as fits in the running head."""
    return title if len(title) <= RUNNING else title[: RUNNING - 1].rsplit(" ", 1)[0] + " …"


def quoted(text: str) -> str:
    """A string of CSS that nothing in the text can end."""
    safe = (c if c.isalnum() or c in " .,;:-–—()%…’“”·" else f"\\{ord(c):x} " for c in text)
    return '"' + "".join(safe) + '"'
