"""Warnings that the book's keepers know of: they keep their reason, where it is given, and there.

A mapping may carry `acknowledged: [{code, reason, about}]`; it covers itself and all inside it,
and at the top of a file also what stands beside it: data, areas, narrative pages. Errors are never
acknowledged, and an acknowledgement of nothing is itself worth a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from databook.problems import Level, Problem
from databook.sources import Document, Path, Plain
from databook.validate.faults import problem

KEY = "acknowledged"
CODE = "acknowledged-nothing"
WHY = (
    "An acknowledgement is published as an erratum; where the figure it speaks of is in order, "
    "the erratum is untrue."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One acknowledgement: where it stands, and what it covers there."""

    path: Path
    number: int
    code: str
    reason: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """Which codes are acknowledged where, and which of these have been of use."""

    document: Document
    declared: tuple[Entry, ...]
    used: set[Entry] = field(default_factory=set)

    def covers(self, code: str, path: Path, what: str = "") -> str:
        """The reason for which a warning at this place stands, or nothing."""
        for entry in sorted(self.declared, key=lambda entry: -len(entry.path)):
            inside = path[: len(entry.path)] == entry.path
            if inside and entry.code == code and entry.about in what:
                self.used.add(entry)
                return entry.reason
        return ""

    def unused(self, asked: Callable[[str], bool] = lambda _code: True) -> Iterator[Problem]:
        """Acknowledgements that nothing asked for, of the codes that have been asked for."""
        for entry in self.declared:
            if entry in self.used or not asked(entry.code):
                continue
            yield problem(
                CODE,
                Level.WARNING,
                self.document.place((*entry.path, KEY, entry.number, "code")),
                f"Nothing here calls for the acknowledgement of “{entry.code}”.",
                WHY,
                "Delete it, or put it beside the figure that it speaks of.",
            )


def acknowledged(document: Document) -> Acknowledged:
    """What one document acknowledges."""
    return Acknowledged(document=document, declared=tuple(_walk(document.data, ())))


def settled(
    problems: Sequence[Problem], document: Document | None, starts: Sequence[str]
) -> tuple[Problem, ...]:
    """Problems under some paths, those that the top of a document acknowledges with its reason."""
    if document is None:
        return tuple(problems)
    entries = tuple(e for e in acknowledged(document).declared if not e.path)
    if not entries:
        return tuple(problems)
    known = Acknowledged(document=document, declared=entries)
    kept = []
    for one in problems:
        if one.level is Level.WARNING and one.place.path.startswith(tuple(starts)):
            one = replace(one, acknowledged=known.covers(one.code, (), one.what))  # noqa: PLW2901
        kept.append(one)
    return (*kept, *known.unused())


def _walk(data: Plain, path: Path) -> Iterator[Entry]:
    if isinstance(data, list):
        for number, item in enumerate(data):
            yield from _walk(item, (*path, number))
    elif isinstance(data, dict):
        for key, value in data.items():
            if key != KEY:
                yield from _walk(value, (*path, key))
                continue
            for number, one in enumerate(value if isinstance(value, list) else []):
                if isinstance(one, dict) and isinstance(one.get("code"), str):
                    yield Entry(
                        path=path,
                        number=number,
                        code=str(one["code"]),
                        reason=str(one.get("reason") or "acknowledged"),
                        about=str(one.get("about") or ""),
                    )
