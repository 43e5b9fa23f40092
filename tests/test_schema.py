"""The schemas that editors use: they agree with the model, and say so in draft 7."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

import tiny
from databook import schema
from databook.agreements import Agreement
from databook.audits import Audit
from databook.boards import Board
from databook.checklists import Checklist
from databook.editions import Calendar
from databook.model import Framework, Indicator, Settings
from databook.plans import Plan
from databook.programmes import Programme
from databook.register import Register
from databook.schema import hints
from databook.schema.enums import MEANING
from databook.schema.examples import EXAMPLES
from databook.validate.shape import shape

BOOKS = [
    tiny.ROOT / "scorecards",
    *(p for p in [Path(__file__).parent.parent / "scorecards"] if p.exists()),
]
KINDS = {
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
    "editions": Calendar,
}


def yaml_12(text: str) -> object:
    """Read as yaml-language-server does: numbers are numbers, dates and yes stay texts."""
    loader = type("Loader", (yaml.SafeLoader,), {})
    loader.yaml_implicit_resolvers = {
        first: [
            (tag, pattern) for tag, pattern in pairs if not tag.endswith((":timestamp", ":bool"))
        ]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    import re

    loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))
    return yaml.load(text, Loader=loader)


@pytest.mark.parametrize("kind", KINDS)
def test_each_schema_is_sound_draft_7(kind: str) -> None:
    found = schema.all()[kind]
    Draft7Validator.check_schema(found)
    text = json.dumps(found)
    assert found["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert "prefixItems" not in text
    assert "$defs" not in text
    assert found["properties"]["kind"]["const"] == kind


@pytest.mark.parametrize("root", BOOKS, ids=str)
def test_the_files_of_a_book_pass_their_schema(root: Path) -> None:
    files = [root / "databook.yaml", *sorted(root.glob("frameworks/*.yaml"))]
    files += sorted(root.glob("indicators/*/indicator.yaml"))
    files += sorted(root.glob("programmes/*/programme.yaml"))
    validators = {kind: Draft7Validator(found) for kind, found in schema.all().items()}
    for file in files:
        data = yaml_12(file.read_text("utf-8"))
        assert isinstance(data, dict)
        errors = [e.message for e in validators[data["kind"]].iter_errors(data)]
        assert errors == [], file


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("better: higher", "better: hihger"),
        ("better: higher", "beter: higher"),
        ("decimals: 1", "decimals: one"),
        ("  illustrative: true", "  illustrative: yes"),
        ("  value: 80", "  value: 1,080"),
        ("title: Children who read well at eleven", "slug: reading"),
        ("      - Girls\n      - Boys\n    gap:", "    gap:"),
    ],
)
def test_editor_and_check_agree_on_a_mistake(old: str, new: str) -> None:
    text = tiny.indicator_text().replace(old, new, 1)
    assert shape(tiny.document(text), Indicator, "reading").problems
    errors = list(Draft7Validator(schema.all()["indicator"]).iter_errors(yaml_12(text)))
    assert errors


def test_every_key_has_its_help() -> None:
    missing = []

    def look(node: object, path: str) -> None:
        if not isinstance(node, dict):
            return
        for name, value in (node.get("properties") or {}).items():
            if not value.get("description"):
                missing.append(f"{path}.{name}")
        for name, value in (node.get("definitions") or {}).items():
            look(value, name)

    for kind, found in schema.all().items():
        look(found, kind)
    assert missing == []


def test_a_number_may_stand_where_a_text_is_read() -> None:
    data = yaml_12(tiny.indicator_text())
    assert isinstance(data, dict)
    changed = deepcopy(data)
    changed["target"]["period"] = 2027
    changed["title"] = 2024
    assert list(Draft7Validator(schema.all()["indicator"]).iter_errors(changed)) == []


def test_the_files_have_names_and_the_same_text_each_time() -> None:
    assert list(schema.files()) == [f"{kind}.schema.json" for kind in KINDS]
    assert schema.files() == schema.files()
    for text in schema.files().values():
        assert json.loads(text)
        assert text.endswith("}\n")


def test_what_is_kept_of_the_model_is_what_pydantic_draws(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept"):
        schema.KEPT.write_text(schema.drawn(), encoding="utf-8")
    assert schema.KEPT.read_text(encoding="utf-8") == schema.drawn()


def test_the_committed_schemas_are_those_of_the_model():
    folder = Path(__file__).parent.parent / "scorecards/schemas"
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    assert there == dict(schema.files()), "run `databook schema`"


def _classes() -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Each class of each schema: its name, its schema, and the whole schema it stands in."""
    return [
        (name, node, whole)
        for kind, whole in schema.all().items()
        for name, node in [(schema.KINDS[kind].__name__, whole), *whole["definitions"].items()]
    ]


def test_every_key_has_a_heading_and_every_text_or_number_an_example() -> None:
    missing = []
    for name, node, _ in _classes():
        for key, value in node.get("properties", {}).items():
            if not value.get("title"):
                missing.append(f"{name}.{key} has no heading")
            if hints.wants_example(value) and not value.get("examples"):
                missing.append(f"{name}.{key} has no example in schema/examples.py")
    assert sorted(set(missing)) == []


def test_every_example_may_stand_where_it_is_given() -> None:
    wrong = []
    for name, node, whole in _classes():
        for key, value in node.get("properties", {}).items():
            judge = Draft7Validator({**value, "definitions": whole["definitions"]})
            wrong += [
                f"{name}.{key}: {e}" for e in value.get("examples", []) if not judge.is_valid(e)
            ]
    assert sorted(set(wrong)) == []


def test_every_choice_says_what_each_value_means() -> None:
    missing = []
    for name, node, _ in _classes():
        choices = {name: node} if "enum" in node else node.get("properties", {})
        for key, value in choices.items():
            if "enum" in value and len(value.get("enumDescriptions", ())) != len(value["enum"]):
                missing.append(f"{name}.{key}: schema/enums.py says too little")
    assert sorted(set(missing)) == []


def test_no_example_or_meaning_is_left_over() -> None:
    keys = {f"{name}.{key}" for name, node, _ in _classes() for key in node.get("properties", {})}
    names = {name for name, _, _ in _classes()}
    bare = {key.partition(".")[2] for key in keys}
    assert {k for k in EXAMPLES if k not in keys and k not in bare} == set()
    assert {k for k in MEANING if k not in keys and k not in names} == set()


def test_each_schema_says_where_its_files_stand_and_how_they_begin() -> None:
    for kind, found in schema.all().items():
        assert found["title"]
        assert f"kind: {kind}" in found["markdownDescription"]
        assert f"/{kind}.schema.json" in found["markdownDescription"]


def test_the_schemas_are_published_with_the_book(demonstration: Path) -> None:
    there = {p.name: p.read_text("utf-8") for p in (demonstration / "schemas").iterdir()}
    assert there == dict(schema.files())
