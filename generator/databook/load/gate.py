"""The quick gate: is a data package certainly clean? Whatever it doubts goes to Frictionless.

It knows only a small part of the standard and says no to the rest, so that it can be a hundred
times faster. It must never pass what Frictionless rejects: a property test holds it to that.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from databook.load.tables import NUMBER, Rows

_NUMBER = NUMBER.pattern
_CELLS = {
    "number": re.compile(rf"(?:{_NUMBER})?(?:\n(?:{_NUMBER})?)*"),
    "integer": re.compile(r"(?:-?[0-9]{1,12})?(?:\n(?:-?[0-9]{1,12})?)*"),
    "year": re.compile(r"(?:[0-9]{4})?(?:\n(?:[0-9]{4})?)*"),
}
SNIFFED_LINES = 100
SNIFFED = 20_000  # characters; the sniffer's time grows with their square
_NAME = re.compile(r"[-a-z0-9._/]+")
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TEXT_KEYS = frozenset({"title", "description", "homepage", "version"})
_PACKAGE_KEYS = _TEXT_KEYS | {
    "$schema", "name", "profile", "licenses", "sources", "contributors", "keywords", "resources",
}  # fmt: skip
_RESOURCE_KEYS = {
    "name", "type", "path", "title", "description", "format", "mediatype", "encoding",
    "profile", "schema", "dialect",
}  # fmt: skip
_FIELD_KEYS = {"name", "type", "title", "description", "format", "constraints"}
_DIALECTS: tuple[Any, ...] = ({"delimiter": ","}, {"csv": {"delimiter": ","}})


def certain(package: Mapping[str, Any], tables: Mapping[str, Rows]) -> bool:
    """Whether a package and all its tables are beyond doubt what the descriptor promises."""
    if not _package(package):
        return False
    resources = {resource["name"]: resource for resource in package["resources"]}
    if len(resources) != len(package["resources"]) or set(resources) - set(tables):
        return False
    for name, resource in resources.items():
        rows, schema = tables[name], resource["schema"]
        if "dialect" not in resource and separator(rows.text) != ",":
            return False
        if not (rows.text.isascii() or resource.get("encoding") == "utf-8"):
            return False  # other readers guess the encoding
        if not (_table(schema, rows) and _references(schema, name, resources, tables)):
            return False
    return True


def separator(text: str) -> str:
    """The sign that other readers guess to part the cells, or nothing where that is unclear.

    Frictionless asks Python's sniffer about the first hundred lines, where it knows four signs.
    """
    sample = "\n".join(text.split("\n", SNIFFED_LINES)[:SNIFFED_LINES])
    if not re.search(r"[;|\t]", sample):
        return ","
    if len(sample) > SNIFFED:
        return ""
    try:
        return csv.Sniffer().sniff(sample + "\n", ",\t;|").delimiter
    except csv.Error:
        return ","


def _package(package: Mapping[str, Any]) -> bool:
    resources = package.get("resources")
    return (
        set(package) <= _PACKAGE_KEYS
        and _texts(package, _TEXT_KEYS)
        and _named(package.get("name", "x"))
        and package.get("profile", "data-package") == "data-package"
        and package.get("$schema", _PROFILE) == _PROFILE
        and _words(package.get("keywords", []))
        and _credits(package.get("licenses", []), {"name", "title", "path"}, one_of=True)
        and _credits(package.get("sources", []), {"title", "path"})
        and _credits(package.get("contributors", []), {"title", "path", "role"})
        and isinstance(resources, list)
        and bool(resources)
        and all(_resource(resource) for resource in resources)
    )  # fmt: skip


def _resource(resource: Any) -> bool:
    return (
        isinstance(resource, dict)
        and set(resource) <= _RESOURCE_KEYS
        and _texts(resource, {"title", "description", "mediatype", "path"})
        and "name" in resource
        and _named(resource["name"])
        and resource.get("type", "table") == "table"
        and resource.get("format", "csv") == "csv"
        and resource.get("encoding", "utf-8") == "utf-8"
        and resource.get("profile", "data-resource") in ("data-resource", "tabular-data-resource")
        and resource.get("dialect", _DIALECTS[0]) in _DIALECTS
        and _schema(resource.get("schema"))
    )


def _schema(schema: Any) -> bool:
    if not isinstance(schema, dict) or not schema.keys() <= {
        "fields", "missingValues", "primaryKey", "foreignKeys", "title", "description",
    }:  # fmt: skip
        return False
    fields = schema.get("fields")
    return (
        _texts(schema, {"title", "description"})
        and schema.get("missingValues", [""]) == [""]
        and isinstance(fields, list)
        and all(_field(field) for field in fields)
    )


def _field(field: Any) -> bool:
    if not (
        isinstance(field, dict)
        and field.keys() <= _FIELD_KEYS
        and _texts(field, {"name", "title", "description"})
        and field.get("name")
        and field.get("type") in ("string", "number", "integer", "year")
        and field.get("format", "default") == "default"
        and isinstance(limits := field.get("constraints", {}), dict)
    ):
        return False
    known: dict[str, type] = {"required": bool, "unique": bool}
    known |= {"enum": list} if field["type"] == "string" else {}
    known |= {"minimum": int, "maximum": int} if field["type"] in ("number", "integer") else {}
    return all(type(value) is known.get(key) for key, value in limits.items()) and _words(
        limits.get("enum", [])
    )


def _table(schema: Mapping[str, Any], rows: Rows) -> bool:
    fields = schema["fields"]
    if not rows.whole or [field["name"] for field in fields] != list(rows.names):
        return False
    columns = {name: [row[n] for row in rows.rows] for n, name in enumerate(rows.names)}
    if not all(_column(field, columns[field["name"]]) for field in fields):
        return False
    key = schema.get("primaryKey")
    return key is None or _key(key, fields, columns)


def _column(field: Mapping[str, Any], column: Sequence[str]) -> bool:
    kind, limits = field["type"], field.get("constraints", {})
    pattern = _CELLS.get(kind)
    if pattern is not None and not pattern.fullmatch("\n".join(column)):
        return False
    distinct = set(column)
    if pattern is None and any(cell.startswith(" ") for cell in distinct):
        return False  # other readers may drop the space
    if limits.get("required") and "" in distinct:
        return False
    distinct.discard("")
    if "enum" in limits and not distinct.issubset(limits["enum"]):
        return False
    if limits.get("unique"):
        given = [_value(kind, cell) for cell in column if cell]
        if len(set(given)) != len(given):
            return False
    if "minimum" in limits or "maximum" in limits:
        numbers = [Decimal(cell) for cell in distinct]
        low, high = limits.get("minimum", -(10**20)), limits.get("maximum", 10**20)
        return all(low <= number <= high for number in numbers)
    return True


def _key(key: Any, fields: Sequence[Mapping[str, Any]], columns: Mapping[str, list[str]]) -> bool:
    names = [key] if isinstance(key, str) else key
    if not isinstance(names, list) or not names:
        return False
    if not all(isinstance(name, str) and name in columns for name in names):
        return False
    kinds = {field["name"]: field["type"] for field in fields}
    parts = [[_value(kinds[name], cell) for cell in columns[name]] for name in names]
    keys = set(zip(*parts, strict=True))
    return len(keys) == len(parts[0]) and ("",) * len(names) not in keys


def _references(
    schema: Mapping[str, Any],
    own: str,
    resources: Mapping[str, Mapping[str, Any]],
    tables: Mapping[str, Rows],
) -> bool:
    """Whether each foreign key is a plain one, of text, whose every value is found."""
    keys = schema.get("foreignKeys", [])
    return isinstance(keys, list) and all(
        isinstance(key, dict)
        and key.keys() == {"fields", "reference"}
        and isinstance(key["reference"], dict)
        and key["reference"].keys() == {"fields", "resource"}
        and _found(key, own, resources, tables)
        for key in keys
    )


def _found(
    key: Mapping[str, Any],
    own: str,
    resources: Mapping[str, Mapping[str, Any]],
    tables: Mapping[str, Rows],
) -> bool:
    reference = key["reference"]
    there = reference["resource"] or own
    if not isinstance(there, str) or there not in resources:
        return False
    asked = _texts_of(key["fields"], resources[own], tables[own])
    known = _texts_of(reference["fields"], resources[there], tables[there])
    if asked is None or known is None:
        return False
    return {cell for cell in asked if cell} <= {cell for cell in known if cell}


def _texts_of(name: Any, resource: Mapping[str, Any], rows: Rows) -> list[str] | None:
    """Cells of a single text column, or None where it is anything else."""
    if isinstance(name, list) and len(name) == 1:
        name = name[0]
    if not isinstance(name, str) or name not in rows.names:
        return None
    kinds = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
    if kinds.get(name) != "string":
        return None
    number = rows.names.index(name)
    return [row[number] for row in rows.rows]


def _value(kind: str, cell: str) -> str | Decimal:
    """The value of a cell: 1 and 1.0 are one number, but two texts."""
    return cell if kind == "string" or not cell else Decimal(cell)


def _words(words: Any) -> bool:
    return isinstance(words, list) and all(isinstance(word, str) for word in words)


def _named(name: Any) -> bool:
    return isinstance(name, str) and _NAME.fullmatch(name) is not None


def _texts(mapping: Mapping[str, Any], keys: frozenset[str] | set[str]) -> bool:
    return all(isinstance(mapping[key], str) for key in keys if key in mapping)


def _credits(items: Any, keys: set[str], *, one_of: bool = False) -> bool:
    return isinstance(items, list) and all(
        isinstance(item, dict)
        and item.keys() <= keys
        and _texts(item, keys)
        and (not one_of or bool(item.get("path") or item.get("name")))
        for item in items
    )
