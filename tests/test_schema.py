"""The schemas that editors use: they agree with the model, and say so in draft 7."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

import tiny
from databook import schema
from databook.agreements import Agreement
from databook.audits import Audit
from databook.boards import Board
from databook.checklists import Checklist
from databook.model import Framework, Indicator, Settings
from databook.plans import Plan
from databook.programmes import Programme
from databook.register import Register
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


def test_the_committed_schemas_are_those_of_the_model():
    folder = Path(__file__).parent.parent / "scorecards/schemas"
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    assert there == dict(schema.files()), "run `databook schema`"
