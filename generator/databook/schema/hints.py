"""What an editor says of a file, a key and a choice: titles, examples and meanings.

The sentence about each key is the docstring under its field in the model; this adds the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from databook.schema.enums import MEANING
from databook.schema.examples import EXAMPLES

Json = dict[str, Any]

# Where a kind of file stands in a book.
WHERE: Mapping[str, str] = {
    "databook": "scorecards/databook.yaml",
    "framework": "scorecards/frameworks/NAME.yaml",
    "indicator": "scorecards/indicators/NAME/indicator.yaml",
    "programme": "scorecards/programmes/NAME/programme.yaml",
    "editions": "scorecards/editions.yaml",
}
_ELSEWHERE = "scorecards/{kind}s/NAME.yaml"

# Headings that do not follow from the key.
_TITLES: Mapping[str, str] = {
    "short": "Short name",
    "plain": "In plain words",
    "reads_as": "The figure as a sentence",
    "per": "Per how many",
    "unit_label": "Unit in words",
    "better": "Which way is good",
    "better_reason": "Why neither way is good",
    "is_this_ok": "Is this OK?",
    "what_works": "What works",
    "as_printed": "As the source prints it",
    "as_at": "State of the plan as at",
    "speaks_to": "Crosswalk",
    "development": "Data development agenda",
    "acknowledged": "Warnings that are known",
    "illustrative": "Illustrative",
    "id": "Name",
    "slug": "Name in addresses",
    "format": "File format",
    "kind": "Kind",
    "at_most": "At most",
    "to": "Leads to",
}


def of_file(kind: str, schema: Json) -> Json:
    """A whole schema with its title, its place in a book, and help on every key and choice."""
    where = WHERE.get(kind, _ELSEWHERE.format(kind=kind))
    said = str(schema.get("description", ""))
    first = f"# yaml-language-server: $schema={'../' * (where.count('/') - 1)}schemas/{kind}"
    return {
        **schema,
        "title": f"{kind.capitalize()} of a data book",
        "markdownDescription": f"{said}\n\nStands in `{where}` and begins with\n\n"
        f"```yaml\n{first}.schema.json\nformat: 1\nkind: {kind}\n```",
    }


def of_class(name: str, node: Json) -> Json:
    """One class of the model: help on each of its keys, or on each value of a choice."""
    if "enum" in node:
        return _choice(name, node)
    if "properties" not in node:
        return node
    keys = {key: _key(name, key, value) for key, value in node["properties"].items()}
    return {**node, "properties": keys}


def heading(key: str) -> str:
    """A key as a heading: `baseline_period` is "Baseline period"."""
    return _TITLES.get(key, key.replace("_", " ").capitalize())


def example(name: str, key: str) -> Any:
    """The example of a key, its own or the one that all classes share; None where there is none."""
    own = EXAMPLES.get(f"{name}.{key}")
    return EXAMPLES.get(key) if own is None else own


def wants_example(node: Json) -> bool:
    """Whether a key takes a text or a number (or several), and no fixed choice says which."""
    if "enum" in node or "const" in node or "allOf" in node:
        return False
    if "anyOf" in node:
        return any(wants_example(kind) for kind in node["anyOf"])
    if node.get("type") == "array":
        items = node.get("items", {})
        each = items if isinstance(items, list) else [items]
        return all(wants_example(item) for item in each)
    scalar = {"string", "number", "integer"}
    kinds = node.get("type", [])
    return bool(scalar & set([kinds] if isinstance(kinds, str) else kinds))


def _key(name: str, key: str, node: Json) -> Json:
    found = _choice(f"{name}.{key}", {"title": heading(key), **node})
    given = example(name, key) if wants_example(node) else None
    if given is None:
        return found
    # A default is offered already; the example then shows something else that may stand there.
    return {**found, "examples": [given]}


def _choice(name: str, node: Json) -> Json:
    """A choice with the meaning of each of its values."""
    meaning = MEANING.get(name)
    if meaning is None or "enum" not in node:
        return node
    said = [meaning[str(value)] for value in node["enum"]]
    return {**node, "enumDescriptions": said, "markdownEnumDescriptions": said}
