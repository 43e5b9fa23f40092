"""Which pages a book will have, as far as its texts and papers may name them."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

# Addresses of the book's own pages by the folder they lie in: {"indicators": {"neet", ...}}.
Addresses = Mapping[str, frozenset[str]]

# Pages that are made below that of an indicator, a measure or a board.
BELOW = ("report", "history", "areas", "embed", "reports", "population")


def is_made(rest: str, known: frozenset[str]) -> bool:
    """Whether the book makes a page at an address below one of its folders."""
    above, _, below = rest.partition("/")
    return rest in known or (above in known and below.partition("/")[0] in BELOW)


# Folders of the site that are made of everything together.
OWN = frozenset(
    f"{name}/" for name in (
        "areas", "data", "search", "method", "glossary", "accessibility", "about", "checks",
        "changes", "registers", "register", "sources", "forecast-record", "assets", "indicators",
        "frameworks", "programmes", "matrix", "plans", "agreements", "audits", "boards",
        "checklists",
    )
)  # fmt: skip


def address(path: str) -> str:
    """Where a narrative page lies in the site: "content/method/index.md" is "method/"."""
    name = path.removeprefix("content/").removesuffix(".md")
    if posixpath.basename(name) == "index":
        name = posixpath.dirname(name)
    return f"{name}/" if name else ""


# Pages that every book makes, whatever it holds.
MADE = frozenset(
    ("areas/", "changes/", "checks/", "data/", "data/machines/", "editions/", "frameworks/",
     "indicators/", "method/forecast-record/", "search/")
)  # fmt: skip
