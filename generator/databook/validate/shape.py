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
from databook.validate import belonging, echoes, misfits
from databook.validate.faults import NOTHING, Unread, problem
from databook.validate.plain import (
    class_at,
    hints,
    kind_at,
    may_be_none,
    optional_fields,
    read,
    stand_in,
)
from databook.validate.shape_told import explained

if TYPE_CHECKING:
    from pydantic import TypeAdapter

M = TypeVar("M")
NAMES = ("title", "short", "name")  # by which things are listed, searched and sorted


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaped(Generic[M]):
    """A model value, what was wrong, and what of the file is unread for that reason.

    With problems, `value` serves only to check the rest of the book; it is never published.
    """

    value: M | None
    problems: tuple[Problem, ...] = ()
    unread: Unread = NOTHING


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
    errors = echoes.without_shortened(errors)
    problems += [explained(document, cls, e) for e in echoes.without_echoes(cls, errors)]
    mended = deepcopy(data)
    for error in sorted(errors, key=lambda e: len(e["loc"]), reverse=True):
        _mend(mended, cls, error)
    value, _ = _try(cls, mended)
    return Shaped(value=value, problems=tuple(problems), unread=echoes.lost(cls, errors))


def _of_another_kind(document: Document, cls: type) -> Problem | None:
    """A file that says it is of another kind, and lies in the folder of this one.

    Where the name of a file says what it is, as indicator.yaml does, the word is the slip.
    """
    said = document.data.get("kind") if isinstance(document.data, dict) else None
    home, above = belonging.moved(cls, said), document.path.split("/")[1:-1]
    if not home or not above or above[0] in ("indicators", "programmes"):
        return None
    return problem(
        "kind-misplaced",
        Level.ERROR,
        document.place(("kind",)),
        f"This file says “kind: {said}”, but lies in the folder of another kind.",
        misfits.WHY["kind-misplaced"],
        f"Move it to scorecards/{home}, or mend “kind:”.",
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
