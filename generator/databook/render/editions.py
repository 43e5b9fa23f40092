"""Pages about editions: the one that every book has, the register, and pages that are no more."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from databook import words
from databook.editions import Calendar
from databook.observations import Context
from databook.pages import Page, SearchRecord
from databook.published import Register
from databook.render.templates import fill


def editions_page(context: Context, calendar: Calendar | None) -> Page:
    """What editions are and which are announced; the register goes in when it is published."""
    settings = context.settings
    planned = [p for p in calendar.planned if p.date > settings.edition.date] if calendar else []
    return Page(
        path="editions/",
        title="Editions",
        description="Every edition of this book, kept as it was published; corrections with their "
        "reasons; and when the next is due.",
        content=fill("editions.html.j2", settings=settings, planned=planned),
        section="about",
        search=SearchRecord(
            title="Editions",
            text="Editions, corrections, release calendar, earlier versions, archive, manifest",
            synonyms=("versions", "history", "archive", "release dates", "corrections"),
            summary="Editions of this book, corrections and release dates.",
        ),
    )


def register_block(register: Register, telling: Collection[str] = ()) -> str:
    """All published editions, newest first, with corrections; for the page at the root.

    `telling`: those that have a page of what changed.
    """
    entries = [
        {
            "entry": entry,
            "folder": _own(entry.folder()),
            "date": _day(entry.date),
            "first": _day(entry.revisions[0].published),
            "before": [
                {
                    "revision": revision,
                    "day": _day(revision.published),
                    "former": former,
                    "folder": _own(entry.folder(former)),
                }
                for former, revision in zip(entry.revisions, entry.revisions[1:], strict=False)
            ],
        }
        for entry in reversed(register.entries)
    ]
    return fill(
        "editions_register.html.j2", entries=entries, newest=register.newest, telling=telling
    )


def gone_page(path: str, last: str, settings_title: str) -> Page:
    """What stands at the address of a page that the newest edition does not have."""
    return Page(
        path=path,
        title="Not in this edition",
        description=f"This page was last in edition {last} of {settings_title}.",
        content=fill("gone.html.j2", path=path, last=last),
        head='<meta name="robots" content="noindex">',
        section="none",
    )


def gone_pages(gone: Mapping[str, str], title: str) -> tuple[Page, ...]:
    """One page for each that is no more."""
    return tuple(gone_page(path, last, title) for path, last in sorted(gone.items()))


def _own(folder: str) -> str:
    """An edition's address as seen from the page of editions."""
    return folder.removeprefix("editions/")


def _day(text: str) -> str:
    return words.day(date.fromisoformat(text))
