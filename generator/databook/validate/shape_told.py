"""What pydantic finds of a document, told as problems in our words, each at its exact place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from databook import slips
from databook.problems import Level, Place, Problem
from databook.sources import Document, Path, Plain
from databook.validate import belonging, misfits
from databook.validate.faults import did_you_mean, listed, problem
from databook.validate.plain import Unreadable, class_at, hints, kind_at


def explained(document: Document, cls: type, error: Mapping[str, Any]) -> Problem:
    """One of pydantic's findings as a problem in our words."""
    path: Path = error["loc"]
    if isinstance(error.get("input"), Unreadable):
        error = {**error, "input": _written(document.data, path)}
    code, what, fix = _words(cls, path, error, _written(document.data, path[:-1]))
    on_key = code == "key-unknown"
    place = document.place(path, key=on_key)
    if code == "key-missing":
        place = enclosing(document, path[:-1])
    if path == ("slug",):
        place = Place(path=document.path)
    meant = _meant(document, cls, path, code, error.get("input"))
    return problem(code, Level.ERROR, place, what, misfits.WHY[code], fix, meant)


def _meant(document: Document, cls: type, path: Path, code: str, given: object) -> str:
    """What should stand there, where nobody can doubt it."""
    if code == "key-unknown":
        there = _written(document.data, path[:-1])
        known = hints(class_at(cls, path[:-1]) or cls)
        free = [k for k in known if not isinstance(there, dict) or k not in there]
        return slips.one_off(str(path[-1]), [k for k in free if k != "slug" or path[:-1]])
    if not isinstance(given, str):
        return ""
    return misfits.meant(code, given, kind_at(cls, path))


def _written(data: Plain, path: Path) -> Plain:
    """What the file says at a path."""
    for step in path:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
    return data


def enclosing(document: Document, path: Path) -> Place:
    """Where a mapping is introduced: its key (`source:`), else its first line."""
    on_key = bool(path) and isinstance(path[-1], str)
    return document.place(path, key=on_key)


def _words(cls: type, path: Path, error: Mapping[str, Any], there: Plain) -> tuple[str, str, str]:
    name = misfits.spoken(path)
    parent = class_at(cls, path[:-1])
    match error["type"]:
        case "unexpected_keyword_argument":
            known = [k for k in hints(parent or cls) if k != "slug" or path[:-1]]
            free = [k for k in known if not isinstance(there, dict) or k not in there]
            ours = our_name(str(path[-1]), free)
            return (
                "key-unknown",
                f"“{path[-1]}” is not a key that databook knows here.",
                (f"Did you mean “{ours}”?" if ours else did_you_mean(str(path[-1]), free))
                or belonging.where(cls, path)
                or f"Write {listed(known, 40)}.",
            )
        case "missing":
            text = help_of(parent, str(path[-1])) if parent else ""
            fix = f"Add “{path[-1]}:”. {text}".strip()
            if isinstance(path[-1], int):
                fix = f"Write {path[-1] + 1} items."
            return ("key-missing", f"{name} is missing.", fix)
    if path == ("slug",):
        return misfits.bad_slug(error)
    return misfits.bad_value(name, kind_at(cls, path), error, help_of(parent, str(path[-1])))


# What other programs and people call our keys.
CALLED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("polarity", "direction", "good", "desired_direction"), ("better",)),
    **dict.fromkeys(("description", "about"), ("summary", "plain", "definition")),
    **dict.fromkeys(("name", "heading", "label"), ("title",)),
    **dict.fromkeys(("frequency", "period_type", "time_period"), ("periods",)),
    **dict.fromkeys(("link", "website", "href"), ("url",)),
    **dict.fromkeys(("responsible", "lead", "who"), ("owner",)),
    **dict.fromkeys(("deadline", "by_when"), ("due",)),
    **dict.fromkeys(("category", "theme"), ("topic",)),
    "status": ("state",),
    "reason": ("better_reason",),
}


def our_name(name: str, free: Iterable[object]) -> str:
    """Our name of a key that goes by another elsewhere, if it may stand here."""
    there = set(map(str, free))
    return next((ours for ours in CALLED.get(name.casefold(), ()) if ours in there), "")


def help_of(cls: type | None, field: str) -> str:
    """The sentence under a field in `model/`."""
    return _helps(cls).get(field, "") if cls is not None else ""


@cache
def _helps(cls: type) -> Mapping[str, str]:
    from pydantic import TypeAdapter

    described = TypeAdapter(cls).json_schema().get("properties", {})
    return {k: " ".join(str(v.get("description", "")).split()) for k, v in described.items()}
