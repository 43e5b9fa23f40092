"""Misfits that only echo another: a misspelt key whose right name is missing, and the like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from databook.sources import Path
from databook.validate.faults import Unread, nearest, unread
from databook.validate.plain import class_at, hints, optional_fields
from databook.validate.shape_told import our_name

Misfit = Mapping[str, Any]
UNKNOWN_KEY = "unexpected_keyword_argument"


def lost(cls: type, misfits: Sequence[Misfit]) -> Unread:
    """What the misfits leave unread."""
    places = {e["loc"] for e in misfits if e["loc"]}
    # Under an unknown key stands, most probably, what is missing under the one that was meant.
    meant = {e["loc"]: _meant_path(cls, e["loc"]) for e in misfits if e["type"] == UNKNOWN_KEY}
    places = {meant.get(place, place) for place in places}
    return unread(places, [place for place in places if _may_go(cls, place)])


def without_echoes(cls: type, misfits: Sequence[Misfit]) -> list[Misfit]:
    """A misspelt key is one mistake, though its right name is missing too."""
    missing = {e["loc"] for e in misfits if e["type"] == "missing"}
    meant = set()
    for misfit in misfits:
        if misfit["type"] == UNKNOWN_KEY:
            *path, name = misfit["loc"]
            # The same key is missing further in or out: it only stands in the wrong column.
            meant |= {m for m in missing if m[-1:] == (name,) and _on_one_line(m, misfit["loc"])}
            lacking = [m[-1] for m in missing if m[:-1] == tuple(path)]
            meant.add((*path, our_name(str(name), lacking) or _meant_path(cls, misfit["loc"])[-1]))
    return [e for e in misfits if e["loc"] not in missing & meant]


def without_shortened(misfits: Sequence[Misfit]) -> list[Misfit]:
    """An item that cannot be read leaves its list too short, and has been told itself."""
    holders = {e["loc"][:n] for e in misfits for n in range(len(e["loc"]))}
    return [e for e in misfits if e["type"] != "too_short" or e["loc"] not in holders]


def _meant_path(cls: type, path: Path) -> Path:
    """The path of the key that an unknown one most resembles; itself where it resembles none."""
    known = hints(class_at(cls, path[:-1]) or cls)
    return (*path[:-1], our_name(str(path[-1]), known) or nearest(str(path[-1]), known) or path[-1])


def _may_go(cls: type, path: Path) -> bool:
    """Whether what stands at a path may be left out, so that nothing has to stand in for it."""
    parent = class_at(cls, path[:-1]) if path else None
    return parent is not None and path[-1] in optional_fields(parent)


def _on_one_line(one: Path, other: Path) -> bool:
    """Whether one of two keys would stand in the group that the other stands beside."""
    inner, outer = (one, other) if len(one) > len(other) else (other, one)
    return inner[: len(outer) - 1] == outer[:-1]
