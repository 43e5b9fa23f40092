"""Our own values as plain JSON and back, for bytes that somebody else may have written.

A pickle can run code when it is read; this cannot. What is read becomes one of the frozen
dataclasses and enums of this program, looked up in a table of them by name, or a number, text,
day or collection; any other name is an error, and nothing is ever imported or called for it.
"""

from __future__ import annotations

import json
import sys
from array import array
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

LITTLE = "little"  # how numbers of an array are laid out, on any machine


class Foreign(ValueError):  # noqa: N818 - what it is, not that it is wrong
    """A value, or a name of one, that is not ours to write or read."""


def dumps(value: object) -> str:
    """A value as JSON. Every list in it begins with the kind of thing it stands for."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def loads(text: str) -> Any:
    """The value again, or Foreign."""
    try:
        return _value(json.loads(text))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as wrong:
        raise Foreign(str(wrong)) from wrong


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return ["enum", _name(type(value)), value.name]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return [_name(type(value)), *(_plain(getattr(value, f.name)) for f in fields(value))]
    match value:
        case tuple():
            return ["tuple", *map(_plain, value)]
        case list():
            return ["list", *map(_plain, value)]
        case frozenset():
            return ["set", *sorted(map(_plain, value), key=repr)]
        case Mapping():
            return ["map", *([_plain(k), _plain(v)] for k, v in value.items())]
        case bytes():
            return ["bytes", b64encode(value).decode()]
        case array():
            return ["array", value.typecode, b64encode(_little(value).tobytes()).decode()]
        case Decimal():
            return ["decimal", str(value)]
        case date():
            return ["day", value.isoformat()]
    raise Foreign(f"a {type(value).__name__} cannot be written plainly")


def _value(plain: Any) -> Any:
    if not isinstance(plain, list):
        return plain
    kind, *rest = plain
    match kind:
        case "tuple":
            return tuple(map(_value, rest))
        case "list":
            return list(map(_value, rest))
        case "set":
            return frozenset(map(_value, rest))
        case "map":
            return {_value(k): _value(v) for k, v in rest}
        case "bytes":
            return b64decode(rest[0], validate=True)
        case "array":
            numbers = array("d" if rest[0] == "d" else "q")
            numbers.frombytes(b64decode(rest[1], validate=True))
            return _little(numbers)
        case "decimal":
            return Decimal(rest[0])
        case "day":
            return date.fromisoformat(rest[0])
        case "enum":
            return _ours()[rest[0]][rest[1]]
    names = _fields(kind)
    if len(names) != len(rest):
        raise Foreign(f"{kind} has other fields here")
    return _ours()[kind](**dict(zip(names, map(_value, rest), strict=True)))


def _little(numbers: array[Any]) -> array[Any]:
    if sys.byteorder != LITTLE:
        numbers = numbers[:]
        numbers.byteswap()
    return numbers


def _name(cls: type) -> str:
    name = f"{cls.__module__}.{cls.__qualname__}"
    if name not in _ours():
        raise Foreign(f"{name} is none of our frozen values")
    return name


@cache
def _fields(name: str) -> tuple[str, ...]:
    return tuple(field.name for field in fields(_ours()[name]))


@cache
def _ours() -> Mapping[str, Any]:
    """All frozen dataclasses and enums of this program, as far as it is loaded."""
    loaded = [m for name, m in sorted(sys.modules.items()) if name.startswith("databook.")]
    there = {value for module in loaded for value in vars(module).values() if _is_ours(value)}
    return {f"{cls.__module__}.{cls.__qualname__}": cls for cls in there}


def _is_ours(value: object) -> bool:
    if not isinstance(value, type) or not value.__module__.startswith("databook."):
        return False
    if issubclass(value, Enum):
        return True
    # What does something when it is made is no mere value.
    return (
        is_dataclass(value)
        and value.__dataclass_params__.frozen  # type: ignore[attr-defined]
        and not hasattr(value, "__post_init__")
    )
