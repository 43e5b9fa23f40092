"""Atom feeds (RFC 4287): an entry for each edition of the book, and for each outcome.

Identifiers are tag: URIs (RFC 4151), which stay though addresses change. Days are those of
editions and of their corrections; no clock has a say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from urllib.parse import urlsplit

from databook.model import Outcome, Settings
from databook.observations import Context
from databook.render.whats_new import PATH

FEED = "feed.xml"
TYPE = "application/atom+xml"
MOST = 50  # entries in a feed; every edition is in the register


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One edition as feeds tell of it. `outcomes`: what changed for each, by framework/outcome.

    `updated` is the day of its newest correction, or else its own.
    """

    id: str
    day: date
    updated: date
    folder: str  # its address, from the book's
    summary: str
    outcomes: Mapping[str, str]


def feeds(context: Context, entries: Sequence[Entry]) -> dict[str, bytes]:
    """All feeds by path. `entries` are oldest first, this edition the last."""
    settings = context.settings
    made = {FEED: feed(settings, settings.title, "", entries, {e.id: e.summary for e in entries})}
    for framework in context.frameworks:
        for outcome in framework.outcomes:
            key = f"{framework.slug}/{outcome.slug}"
            path = f"frameworks/{key}/"
            told = {entry.id: entry.outcomes[key] for entry in entries if key in entry.outcomes}
            title = f"{outcome.title} ({framework.title}): {settings.title}"
            made[path + FEED] = feed(settings, title, path, entries, told)
    return made


def feed(
    settings: Settings, title: str, path: str, entries: Sequence[Entry], told: Mapping[str, str]
) -> bytes:
    """One feed. `path`: the page that it is about; `told`: what to say of each edition."""
    first = entries[0]
    about = [entry for entry in reversed(entries) if entry.id in told][:MOST]
    updated = max((entry.updated for entry in about), default=first.day)
    home = settings.address
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(settings.language)}">',
        f"<id>{tag(settings, first.day, path or 'book')}</id>",
        f"<title>{escape(title)}</title>",
        f"<updated>{moment(updated)}</updated>",
        f"<author><name>{escape(settings.publisher)}</name></author>",
        f"<rights>{escape(settings.licence)}</rights>",
        f'<link rel="self" type="{TYPE}" href="{escape(home + path + FEED)}"/>',
        f'<link rel="alternate" type="text/html" href="{escape(home + path)}"/>',
        *(line for e in about for line in _entry(settings, path, e, told[e.id])),
        "</feed>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _entry(settings: Settings, path: str, entry: Entry, said: str) -> Iterator[str]:
    address = f"{settings.address}{entry.folder}{PATH}"
    yield "<entry>"
    yield f"<id>{tag(settings, entry.day, f'{path}editions/{entry.id}')}</id>"
    yield f"<title>{escape(f'Edition {entry.id}')}</title>"
    yield f"<published>{moment(entry.day)}</published>"
    yield f"<updated>{moment(entry.updated)}</updated>"
    yield f'<link rel="alternate" type="text/html" href="{escape(address)}"/>'
    yield f'<summary type="text">{escape(said)}</summary>'
    yield "</entry>"


def tag(settings: Settings, day: date, what: str) -> str:
    """An identifier for ever: who, since when, and what."""
    address = urlsplit(settings.address)
    within = address.path.strip("/")
    name = f"{within}/{what}" if within else what
    return escape(f"tag:{address.hostname or 'databook'},{day.isoformat()}:{name}")


def moment(day: date) -> str:
    """A day as feeds want it."""
    return f"{day.isoformat()}T00:00:00Z"


def feed_link(settings: Settings, path: str, outcome: Outcome) -> str:
    """By which a reader finds the feed of an outcome from its page."""
    return (
        f'<link rel="alternate" type="{TYPE}" title="{escape(f"What changed: {outcome.title}")}" '
        f'href="{escape(settings.address + path + FEED)}">'
    )
