"""How a page is cited: who, when, what, in which edition, and at which address that stays.

An edition has an address of its own from the moment it is published. A build that nobody has
published has none, and its citation says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # who only knows how to cite loads no model
    from databook.model import Settings

EDITIONS = "editions/"
UNPUBLISHED = "draft, not published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """The book as citations name it. `published`: whether this build becomes an edition."""

    publisher: str
    title: str
    edition: str
    date: date
    home: str  # the address at which the newest edition stands
    published: bool

    @property
    def permanent(self) -> str:
        """Where this edition stands for ever; empty for a build that is not published."""
        return f"{self.home}{EDITIONS}{self.edition}/" if self.published else ""

    def address(self, path: str) -> str:
        """The address to cite for a page or file of this edition."""
        return (self.permanent or self.home) + path


def cited(settings: Settings, *, published: bool) -> Cited:
    """What citations say of a book."""
    return Cited(
        publisher=settings.publisher,
        title=settings.title,
        edition=settings.edition.id,
        date=settings.edition.date,
        home=settings.address,
        published=published,
    )


def citation(book: Cited, title: str, path: str, figures: str = "") -> str:
    """A page in one line, to be copied. `figures`: the body and publication they come from."""
    within = f"In: {book.title}" if title != book.title else ""
    state = "" if book.published else f" ({UNPUBLISHED})"
    parts = (
        f"{book.publisher.rstrip('.')} ({book.date.year})",
        title,
        f"{within}, edition {book.edition}{state}" if within else f"Edition {book.edition}{state}",
        f"Figures: {figures}" if figures else "",
    )
    text = " ".join(f"{part.rstrip('.')}." for part in parts if part)
    return f"{text} {book.address(path)}"
