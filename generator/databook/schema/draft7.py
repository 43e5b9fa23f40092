"""Schemas as pydantic draws them, in draft 7 and in the way people write YAML."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Json = dict[str, Any]


def plain(node: Any) -> Any:
    """One part of a schema in draft 7 and in the way people write YAML."""
    if isinstance(node, list):
        return [plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    names = node.get("properties", {})
    found = {k: v if k == "properties" else plain(v) for k, v in node.items()}
    if isinstance(names, dict) and names:
        found["properties"] = {name: plain(value) for name, value in names.items()}
    for change in _CHANGES:
        found = change(found)
    return found


def unfolded(node: Any, definitions: Json) -> Any:
    """Each key that refers to one definition with the definition in its place.

    An editor that types a new key out looks only at what stands there.
    """
    if isinstance(node, list):
        return [unfolded(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    found = {key: unfolded(value, definitions) for key, value in node.items()}
    match found.get("allOf"):
        case [{"$ref": str(reference)}]:
            meant = unfolded(definitions[reference.rpartition("/")[2]], definitions)
            return {**meant, **{key: value for key, value in found.items() if key != "allOf"}}
    return found


def _without_noise(node: Json) -> Json:
    """Titles made from names say nothing new; defaults of groups would be typed out by editors."""
    if not isinstance(node.get("title", ""), str):
        return node
    dull = {"title"} | ({"default"} if isinstance(node.get("default"), dict | list) else set())
    return {k: v for k, v in node.items() if k not in dull}


def _never_null(node: Json) -> Json:
    """A key with nothing after it is a mistake, so none is offered: it is left out instead."""
    kinds = node.get("anyOf", [])
    kept = [kind for kind in kinds if kind != {"type": "null"}]
    rest = {key: value for key, value in node.items() if key != "default" or value is not None}
    if len(kept) == len(kinds):
        return rest
    if len(kept) > 1:
        return {**rest, "anyOf": kept}
    return {**{key: value for key, value in rest.items() if key != "anyOf"}, **kept[0]}


def _without_empty_defaults(node: Json) -> Json:
    """An editor types defaults out for a new item; an empty text or `false` says nothing there."""
    empty = "default" in node and (node["default"] == "" or node["default"] is False)
    return {key: value for key, value in node.items() if key != "default" or not empty}


def _number_written_plainly(node: Json) -> Json:
    """A decimal is a number in YAML; the text that pydantic would also take is not offered."""
    kinds = node.get("anyOf", [])
    if not any(k.get("type") == "number" for k in kinds):
        return node
    kept = [k for k in kinds if k.get("type") in ("number", "null")]
    if len(kept) > 1:
        return {**node, "anyOf": kept}
    default = {"default": float(node["default"])} if "default" in node else {}
    return {**{k: v for k, v in node.items() if k != "anyOf"}, **kept[0], **default}


def _text_or_number(node: Json) -> Json:
    """`period: 2027` and `id: 2026` are numbers to YAML and texts to us."""
    if node.get("type") != "string" or "enum" in node or "const" in node or "format" in node:
        return node
    return {**node, "type": ["string", "number"]}


def _pair(node: Json) -> Json:
    """Draft 7 writes the items of a pair as a list under `items`."""
    if "prefixItems" not in node:
        return node
    rest = {k: v for k, v in node.items() if k != "prefixItems"}
    return {**rest, "items": node["prefixItems"], "additionalItems": False}


def _reference_with_help(node: Json) -> Json:
    """In draft 7 whatever stands beside a reference is ignored, so the reference is wrapped."""
    if "$ref" not in node or len(node) == 1:
        return node
    rest = {k: v for k, v in node.items() if k != "$ref"}
    return {**rest, "allOf": [{"$ref": node["$ref"]}]}


_CHANGES: tuple[Callable[[Json], Json], ...] = (
    _without_noise,
    _number_written_plainly,
    _never_null,
    _without_empty_defaults,
    _text_or_number,
    _pair,
    _reference_with_help,
)
