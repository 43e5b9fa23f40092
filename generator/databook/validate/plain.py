"""Texts of a YAML file read as the model's types, and stand-ins for what cannot be read.

Every scalar arrives as text (so that `no` stays "no"). Here text becomes a number, a date or a
truth, in one exact spelling each; `shape` says what is wrong with the rest.
"""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo

from databook.sources import Path

# ASCII digits only: Python would also take "1_000", "1e3", " 5 " and Arabic numerals.
_INT = re.compile(r"-?[0-9]{1,12}", re.ASCII)
_DECIMAL = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)

# Texts of which one fits every pattern in the model, to stand in where a text is unreadable.
_STAND_INS = (
    "unknown", "unknown/unknown", "2000-01", "https://unknown.invalid/", "2000-Q1", "A0",
    "unknown/", "",
)  # fmt: skip


class Unreadable:
    """Put where a text is not of the wanted type, so that pydantic refuses that very place."""

    def __repr__(self) -> str:
        return "unreadable"


UNREADABLE = Unreadable()


@cache
def hints(cls: type) -> Mapping[str, Any]:
    """The fields of a model class and their types."""
    return get_type_hints(cls, include_extras=True)


@cache
def optional_fields(cls: type) -> frozenset[str]:
    """Names of the fields that may be left out."""
    return frozenset(
        f.name for f in fields(cls) if f.default is not MISSING or f.default_factory is not MISSING
    )


def bare(kind: Any) -> Any:
    """A type without its constraints and without "or None"."""
    while True:
        if get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
        elif get_origin(kind) in (Union, types.UnionType):
            kind = next(k for k in get_args(kind) if k is not type(None))
        else:
            return kind


def may_be_none(kind: Any) -> bool:
    """Whether a type says "or None"."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    return get_origin(kind) in (Union, types.UnionType) and type(None) in get_args(kind)


def read(data: object, kind: Any, path: Path = ()) -> object:
    """The same data with each scalar read as its declared type, or UNREADABLE where it is not."""
    kind = bare(kind)
    if isinstance(data, dict):
        if not (isinstance(kind, type) and is_dataclass(kind)):
            return dict(data)
        known = hints(kind)
        return {k: read(v, known[k], (*path, k)) if k in known else v for k, v in data.items()}
    if isinstance(data, list):
        items = item_kinds(kind, len(data))
        return [read(v, k, (*path, i)) for i, (v, k) in enumerate(zip(data, items, strict=True))]
    return scalar(data, kind) if isinstance(data, str) else data


def item_kinds(kind: Any, count: int) -> tuple[Any, ...]:
    """The type of each item of a list; `Any` where the model wants no list."""
    args = get_args(kind) if get_origin(kind) is tuple else (object, ...)
    if len(args) == 2 and args[1] is Ellipsis:
        return (args[0],) * count
    return (*args, *(object,) * count)[:count]


def scalar(text: str, kind: Any) -> object:
    """One text as a truth, number, date or declared literal; other types keep the text."""
    if kind is bool:
        return {"true": True, "false": False}.get(text, UNREADABLE)
    if kind is int:
        return int(text) if _INT.fullmatch(text) else UNREADABLE
    if kind is Decimal:
        return Decimal(text) if _DECIMAL.fullmatch(text) else UNREADABLE
    if kind is date:
        try:
            return date.fromisoformat(text) if _DATE.fullmatch(text) else UNREADABLE
        except ValueError:
            return UNREADABLE
    if get_origin(kind) is Literal:
        return next((a for a in get_args(kind) if str(a) == text), text)
    return text


def kind_at(cls: type, path: Path) -> Any:
    """The declared type at a path (constraints kept), or None where the model has no such place."""
    kind: Any = cls
    for step in path:
        inner = bare(kind)
        if isinstance(step, str):
            known = hints(inner) if isinstance(inner, type) and is_dataclass(inner) else {}
            kind = known.get(step)
        else:
            kind = item_kinds(inner, step + 1)[step]
        if kind is None:
            return None
    return kind


def class_at(cls: type, path: Path) -> type | None:
    """The model class of the mapping at a path."""
    kind = bare(kind_at(cls, path))
    return kind if isinstance(kind, type) and is_dataclass(kind) else None


def stand_in(kind: Any) -> object:
    """A harmless value of a type, so that the rest of a file can still be checked.

    Of an enumeration the last member is taken: `model/` puts the one that claims least last. A
    date lies at the end of time, so that nothing in the book comes too late for it.
    """
    inner = bare(kind)
    if isinstance(inner, type) and is_dataclass(inner):
        needed = [f.name for f in fields(inner) if f.name not in optional_fields(inner)]
        return {name: stand_in(hints(inner)[name]) for name in needed}
    if isinstance(inner, type) and issubclass(inner, Enum):
        return list(inner)[-1].value
    if get_origin(inner) is Literal:
        return get_args(inner)[0]
    if get_origin(inner) is tuple:
        count = 1 if get_args(inner)[-1] is Ellipsis else len(get_args(inner))
        return [stand_in(k) for k in item_kinds(inner, count)]
    if get_origin(inner) is dict:
        return {}
    if inner is str:
        pattern = next((m for m in _patterns(kind)), "")
        return next(t for t in _STAND_INS if re.search(pattern, t))
    return {bool: False, int: 1, Decimal: Decimal(0), date: date.max}[inner]


def _patterns(kind: Any) -> list[str]:
    """The pattern that a constrained text must match, if it has one."""
    if get_origin(kind) is not Annotated:
        return []
    found = [
        getattr(m, "pattern", None)
        for info in get_args(kind)[1:]
        for m in (info.metadata if isinstance(info, FieldInfo) else [info])
    ]
    return [str(p) for p in found if p]
