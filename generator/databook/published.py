"""What stands at a place where a book is published: the register of its editions.

`editions.json` at the root of the site holds it. Editions are in the order of their days.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

FORMAT = 1
REGISTER = "editions.json"
EDITIONS = "editions/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One state in which an edition was published: the first, or a corrected one."""

    number: int
    published: str  # day
    commit: str
    built: str  # digest of what the build made, before notes of corrections were put on it
    manifest: str  # SHA-256 of manifest.json
    files: int
    bytes: int
    pages: int
    indicators: int
    reason: str = ""  # why it was corrected; for the first: why it came on another day
    changed: tuple[str, ...] = ()  # pages whose words or figures the correction changed
    withdrawn: bool = False  # nothing of it is left but a page that says so


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An edition with all its revisions, the one that holds last."""

    id: str
    title: str
    date: str  # the day it speaks of
    revisions: tuple[Revision, ...]

    @property
    def now(self) -> Revision:
        """The revision that holds."""
        return self.revisions[-1]

    def folder(self, revision: Revision | None = None) -> str:
        """Where a revision stands. The one that holds keeps the edition's own address."""
        last = revision is None or revision.number == self.now.number
        mark = "" if last or revision is None else f"-r{revision.number}"
        return f"{EDITIONS}{self.id}{mark}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """All editions, oldest first.

    `gone`: pages that are no more, with the edition that held them last. `root`: SHA-256 of the
    files that belong to no edition.
    """

    entries: tuple[Entry, ...] = ()
    gone: Mapping[str, str] = field(default_factory=dict)
    root: Mapping[str, str] = field(default_factory=dict)

    @property
    def newest(self) -> Entry | None:
        """The edition that also stands at the root."""
        return self.entries[-1] if self.entries else None

    def entry(self, id_: str) -> Entry | None:
        """The edition of that name."""
        return next((entry for entry in self.entries if entry.id == id_), None)

    def with_entry(self, entry: Entry) -> Register:
        """The register with an edition added, or in place of its former self."""
        others = (other for other in self.entries if other.id != entry.id)
        ordered = sorted((*others, entry), key=lambda e: (e.date, e.id))
        return replace(self, entries=tuple(ordered))


def as_json(register: Register) -> bytes:
    """The register as a file."""
    newest = register.newest
    data = {
        "format": FORMAT,
        "newest": newest.id if newest else None,
        "editions": [{**asdict(entry), "address": entry.folder()} for entry in register.entries],
        "gone": dict(sorted(register.gone.items())),
        "root": dict(sorted(register.root.items())),
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def from_json(text: bytes) -> Register:
    """The register again. ValueError, KeyError or TypeError where this is none."""
    data = json.loads(text)
    if data["format"] != FORMAT:
        raise ValueError(f"format {data['format']!r} of {REGISTER} is not known here")
    return Register(
        entries=tuple(_entry(entry) for entry in data["editions"]),
        gone={str(k): str(v) for k, v in data["gone"].items()},
        root={str(k): str(v) for k, v in data["root"].items()},
    )


def _entry(data: Mapping[str, Any]) -> Entry:
    revisions = tuple(
        Revision(**{**revision, "changed": tuple(revision["changed"])})
        for revision in data["revisions"]
    )
    if not revisions:
        raise ValueError("an edition without a revision")
    return Entry(id=data["id"], title=data["title"], date=data["date"], revisions=revisions)
