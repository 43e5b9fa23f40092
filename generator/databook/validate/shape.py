"""Plain data as one of the model's classes, and every misfit in plain words at its exact place.

pydantic finds the misfits, all at once; nobody outside this module meets its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from databook import slips
from databook.model import STRICT, unspoken
from databook.problems import Level, Problem
from databook.sources import Document, Path, Plain
from databook.validate import belonging, misfits
from databook.validate.faults import nearest, problem
from databook.validate.plain import (
    class_at,
    hints,
    kind_at,
    may_be_none,
    optional_fields,
    read,
    stand_in,
)
from databook.validate.shape_told import explained, our_name

if TYPE_CHECKING:
    from pydantic import TypeAdapter

M = TypeVar("M")
NAMES = ("title", "short", "name")  # by which things are listed, searched and sorted


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaped(Generic[M]):
    """A model value, what was wrong, and which top-level fields hold a stand-in for that reason.

    With problems, `value` serves only to check the rest of the book; it is never published.
    """

    value: M | None
    problems: tuple[Problem, ...] = ()
    doubtful: frozenset[str] = frozenset()
    broken: frozenset[Path] = frozenset()  # items, such as ("measures", 0), that hold one


@cache
def adapter(cls: Any) -> TypeAdapter[Any]:
    """The checker of a model class; building one costs milliseconds, so each is built once."""
    from pydantic import TypeAdapter

    with unspoken(STRICT):
        return TypeAdapter(cls)


def shape(document: Document, cls: type[M], slug: str = "") -> Shaped[M]:
    """Read a document as a model class. `slug` is the name that its file or folder gives it."""
    if not isinstance(document.data, dict):
        return Shaped(value=None, problems=(misfits.no_mapping(document),))
    if misplaced := _of_another_kind(document, cls):
        return Shaped(value=None, problems=(misplaced,))
    plain: dict[str, Any] = dict(document.data)
    problems = [
        *_own_slug(document, slug),
        *_nothing_after(document, cls, document.data),
        *_disguised(document, document.data),
    ]
    if slug:
        plain["slug"] = slug
    data = read(plain, cls)
    value, errors = _try(cls, data)
    if not errors:
        return Shaped(value=value, problems=tuple(problems))
    problems += [explained(document, cls, error) for error in _without_echoes(cls, errors)]
    mended = deepcopy(data)
    for error in sorted(errors, key=lambda e: len(e["loc"]), reverse=True):
        _mend(mended, cls, error)
    value, _ = _try(cls, mended)
    doubtful = frozenset(str(e["loc"][0]) for e in errors if e["loc"])
    broken = frozenset(tuple(e["loc"][:2]) for e in errors if not _may_go(cls, e["loc"]))
    return Shaped(value=value, problems=tuple(problems), doubtful=doubtful, broken=broken)


def _of_another_kind(document: Document, cls: type) -> Problem | None:
    """A file that says it is of another kind, and lies in the folder of this one."""
    said = document.data.get("kind") if isinstance(document.data, dict) else None
    folder = belonging.moved(cls, said)
    if not folder or document.path.endswith(("indicator.yaml", "programme.yaml")):
        return None
    return problem(
        "kind-misplaced",
        Level.ERROR,
        document.place(("kind",)),
        f"This file says that it is a {said}, but lies in another folder.",
        misfits.WHY["kind-misplaced"],
        f"Move it to scorecards/{folder}/, or mend “kind:”.",
    )


def _try(cls: type[M], data: object) -> tuple[M | None, list[Mapping[str, Any]]]:
    from pydantic import ValidationError

    try:
        checker: TypeAdapter[M] = adapter(cast("Any", cls))
        return checker.validate_python(data), []
    except ValidationError as error:
        return None, [dict(e) for e in error.errors(include_url=False, include_input=True)]


def _nothing_after(
    document: Document, cls: type, data: Plain, path: Path = ()
) -> Iterator[Problem]:
    """Keys that may be left out and have nothing after them, which the model takes for left out."""
    if isinstance(data, list):
        for number, item in enumerate(data):
            yield from _nothing_after(document, cls, item, (*path, number))
    elif isinstance(data, dict):
        parent = class_at(cls, path)
        for key, value in data.items():
            kind = hints(parent).get(key) if parent is not None else None
            if value is None and kind is not None and may_be_none(kind):
                error = {"loc": (*path, key), "type": "empty", "input": None}
                yield explained(document, cls, error)
            else:
                yield from _nothing_after(document, cls, value, (*path, key))


def _disguised(document: Document, data: Plain, path: Path = ()) -> Iterator[Problem]:
    """Names with a letter of another alphabet among Latin ones: nobody who types finds them."""
    if isinstance(data, list):
        for number, item in enumerate(data):
            yield from _disguised(document, item, (*path, number))
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in NAMES or not isinstance(value, str):
                yield from _disguised(document, value, (*path, key))
                continue
            for word in value.split():
                if letter := slips.stranger(word):
                    yield problem(
                        "letter-disguised",
                        Level.ERROR,
                        document.place((*path, key), word=word),
                        f"“{word}” in “{key}” is spelt with letters of two alphabets.",
                        misfits.WHY["letter-disguised"],
                        f"{letter} Write the word again by hand: “{slips.latin(word)}”.",
                    )
                    break


def _own_slug(document: Document, slug: str) -> Iterator[Problem]:
    """A name written in the file could differ from the one in its address, so none may be."""
    if slug and isinstance(document.data, dict) and "slug" in document.data:
        yield problem(
            "key-unknown",
            Level.ERROR,
            document.place(("slug",), key=True),
            "“slug” is not written in this file.",
            misfits.WHY["key-unknown"],
            f"Delete the line; the name “{slug}” is taken from the file or folder.",
        )


def _may_go(cls: type, path: Path) -> bool:
    """Whether what stands at a path may be left out, so that nothing has to stand in for it."""
    parent = class_at(cls, path[:-1]) if path else None
    return parent is not None and path[-1] in optional_fields(parent)


def _mend(data: Any, cls: type, error: Mapping[str, Any]) -> None:
    """Take out what may be left out; put a stand-in where something must be."""
    path: Path = error["loc"]
    if not path:
        return
    holder = data
    for step in path[:-1]:
        try:
            holder = holder[step]
        except (KeyError, IndexError, TypeError):
            return
    last, parent = path[-1], class_at(cls, path[:-1])
    kind = kind_at(cls, path)
    if isinstance(holder, dict):
        removable = parent is None or last in optional_fields(parent) or kind is None
        if removable:
            holder.pop(last, None)
        else:
            holder[last] = stand_in(kind)
    elif isinstance(holder, list) and isinstance(last, int):
        holder[last : last + 1] = [] if kind is object else [stand_in(kind)]


def _without_echoes(cls: type, errors: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """A misspelt key is one mistake, though its right name is missing too."""
    missing = {e["loc"] for e in errors if e["type"] == "missing"}
    meant = set()
    for error in errors:
        if error["type"] == "unexpected_keyword_argument":
            *path, name = error["loc"]
            # The same key is missing further in or out: it only stands in the wrong column.
            meant |= {m for m in missing if m[-1:] == (name,) and _on_one_line(m, error["loc"])}
            names = hints(class_at(cls, tuple(path)) or cls)
            lacking = [m[-1] for m in missing if m[:-1] == tuple(path)]
            meant.add((*path, our_name(str(name), lacking) or nearest(str(name), names)))
    # An item that cannot be read leaves its list too short, and has been told itself.
    holders = {e["loc"][:n] for e in errors for n in range(len(e["loc"]))}
    return [
        e
        for e in errors
        if e["loc"] not in missing & meant
        and not (e["type"] == "too_short" and e["loc"] in holders)
    ]


def _on_one_line(one: Path, other: Path) -> bool:
    """Whether one of two keys would stand in the group that the other stands beside."""
    inner, outer = (one, other) if len(one) > len(other) else (other, one)
    return inner[: len(outer) - 1] == outer[:-1]
