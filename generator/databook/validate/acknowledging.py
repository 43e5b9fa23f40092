"""Warnings that the book's keepers know of: silenced where they say so, and only there.

A mapping may carry `acknowledged: [{code, reason}]`; it covers itself and all that is inside it.
Errors are never silenced, and an acknowledgement of nothing is itself worth a warning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

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
class Acknowledged:
    """Which codes are acknowledged where, and which of these have been of use."""

    document: Document
    declared: frozenset[tuple[Path, str]]
    used: set[tuple[Path, str]] = field(default_factory=set)

    def covers(self, code: str, path: Path) -> bool:
        """Whether a warning at this place is acknowledged, there or by what it stands in."""
        for end in range(len(path), -1, -1):
            if (path[:end], code) in self.declared:
                self.used.add((path[:end], code))
                return True
        return False

    def settled(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Problems of a whole folder, less the warnings acknowledged at the head of its document;
        and the acknowledgements that nothing asked for.
        """
        for found in problems:
            if found.level is not Level.WARNING or not self.covers(found.code, ()):
                yield found
        yield from self.unused()

    def unused(self) -> Iterator[Problem]:
        """Acknowledgements that nothing asked for."""
        for path, code in sorted(self.declared - self.used, key=str):
            yield problem(
                CODE,
                Level.WARNING,
                self.document.place((*path, KEY), key=True),
                f"Nothing here calls for the acknowledgement of “{code}”.",
                WHY,
                "Delete it, or put it beside the figure that it speaks of.",
            )


def acknowledged(document: Document) -> Acknowledged:
    """What one document acknowledges."""
    return Acknowledged(document=document, declared=frozenset(_walk(document.data, ())))


def _walk(data: Plain, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(data, list):
        for number, item in enumerate(data):
            yield from _walk(item, (*path, number))
    elif isinstance(data, dict):
        for key, value in data.items():
            if key != KEY:
                yield from _walk(value, (*path, key))
                continue
            for one in value if isinstance(value, list) else []:
                if isinstance(one, dict) and isinstance(one.get("code"), str):
                    yield path, str(one["code"])
