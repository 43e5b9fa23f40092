"""A page as a value, before it is hung in the frame, and what search should know of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

# Files of `content/`: names that become addresses, kinds that are published beside Markdown.
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?")
MEDIA = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".pdf", ".csv"})
MARKDOWN_BYTES = 64_000  # parsers take minutes over some texts not much longer
MEDIA_BYTES = 2_000_000

# What a page for other sites' frames may do: show its words, its picture and our styles.
EMBED_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'none'"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRecord:
    """What the search index holds of a page: words to find it by, and filters."""

    title: str
    text: str
    synonyms: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    summary: str = ""
    behind: bool = False  # found by its words, but after the pages it speaks of
    speaks_of: tuple[str, ...] = ()  # addresses of those pages, which are found by its title too


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One HTML page: `path` is its folder ("indicators/x/", "" for home), `content` safe HTML.

    `content` links with addresses relative to the site's root, marked by the prefix `root:`
    (`href="root:indicators/"`), which the frame turns into addresses relative to the page.
    `section` is the navigation entry to mark as current.
    """

    path: str
    title: str
    description: str
    content: str = field(repr=False)
    section: str = ""
    head: str = ""  # extra elements for <head>, such as JSON-LD; safe HTML
    search: SearchRecord | None = None
    edit: str = ""  # path in the repository of the file to edit
    modified: str = ""
    picture: str = ""  # what previews of the page show, by path; empty: that of the whole book
    scripts: tuple[str, ...] = ()  # assets the page needs, such as "assets/databook/table.js"
