"""JSON Schemas of the files that people write, so that their editor helps them; no files here.

They are drawn from the model's classes and kept to draft 7, which yaml-language-server reads.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from databook.agreements import Agreement
from databook.audits import Audit
from databook.boards import Board
from databook.checklists import Checklist
from databook.model import Framework, Indicator, Settings
from databook.plans import Plan
from databook.programmes import Programme
from databook.register import Register

Json = dict[str, Any]

KINDS: Mapping[str, type] = {
    "databook": Settings,
    "framework": Framework,
    "indicator": Indicator,
    "programme": Programme,
    "agreement": Agreement,
    "plan": Plan,
    "audit": Audit,
    "board": Board,
    "checklist": Checklist,
    "register": Register,
}

# Names that come from the file or folder, so that they are not written inside.
_FROM_THE_NAME = ("slug",)


def all() -> Mapping[str, Json]:  # noqa: A001 - schema.all() says what it is
    """The schema of each kind of file, by kind."""
    return {kind: of(cls) for kind, cls in KINDS.items()}


def files() -> Mapping[str, str]:
    """Name and text of each schema file, as `scorecards/schemas/` keeps them."""
    return {
        f"{kind}.schema.json": json.dumps(found, indent=2, ensure_ascii=False) + "\n"
        for kind, found in all().items()
    }


def of(cls: type) -> Json:
    """The schema of one model class."""
    drawn = _drawn(cls)
    definitions = {k: _plain(v) for k, v in drawn.get("$defs", {}).items()}
    top: Json = _plain({k: v for k, v in drawn.items() if k != "$defs"})
    for name in _FROM_THE_NAME:
        if name in top["properties"]:
            del top["properties"][name]
            top["required"].remove(name)
    draft = "http://json-schema.org/draft-07/schema#"
    return {"$schema": draft, **top, "definitions": definitions}


@cache
def _drawn(cls: type) -> Json:
    """What pydantic draws, which takes long and is never changed."""
    from pydantic import TypeAdapter

    return TypeAdapter(cls).json_schema(ref_template="#/definitions/{model}")


def _plain(node: Any) -> Any:
    """One part of a schema in draft 7 and in the way people write YAML."""
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    names = node.get("properties", {})
    found = {k: v if k == "properties" else _plain(v) for k, v in node.items()}
    if isinstance(names, dict) and names:
        found["properties"] = {name: _plain(value) for name, value in names.items()}
    for change in _CHANGES:
        found = change(found)
    return found


def _without_noise(node: Json) -> Json:
    """Titles made from names say nothing new; defaults of groups would be typed out by editors."""
    if not isinstance(node.get("title", ""), str):
        return node
    dull = {"title"} | ({"default"} if isinstance(node.get("default"), dict | list) else set())
    return {k: v for k, v in node.items() if k not in dull}


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
    _text_or_number,
    _pair,
    _reference_with_help,
)
