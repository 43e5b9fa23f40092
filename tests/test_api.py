"""The book for machines: documents as their schemas say, figures as published, nothing as null."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import machines
from books import contents
from databook.pipeline import Order, build
from databook.render.api import writing

REPOSITORY = Path(__file__).parents[1]
API = "api/v1/"
PROMISED = Path(__file__).parent / "cases" / "api-v1.txt"


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return machines.built(tmp_path_factory.mktemp("machines"))


def documents(site: Path) -> Iterator[tuple[str, Any]]:
    """Every document of the interface, by path."""
    for path in sorted((site / API).rglob("*.json")):
        if "schemas" not in path.parts:
            yield path.relative_to(site).as_posix(), json.loads(path.read_bytes())


@cache
def validator(site: Path, address: str, *, closed: bool) -> Draft202012Validator:
    """The schema that a document names, open as published or closed against what it leaves out."""
    name = address.rpartition("/")[2]
    schema = json.loads((site / API / "schemas" / name).read_bytes())
    assert schema["$id"] == address
    Draft202012Validator.check_schema(schema)
    if closed:
        close(schema)
    return Draft202012Validator(schema)


def close(schema: Any) -> None:
    if isinstance(schema, dict):
        if "properties" in schema:
            schema["additionalProperties"] = False
        for value in schema.values():
            close(value)
    elif isinstance(schema, list):
        for value in schema:
            close(value)


def decoded(document: Any) -> list[dict[str, Any]]:
    """Rows of a document of columns."""
    columns = {}
    for name, column in document["columns"].items():
        if "codes" in column:
            columns[name] = [column["levels"][code] for code in column["codes"]]
        else:
            columns[name] = column["values"]
    assert {len(values) for values in columns.values()} == {document["rows"]}
    return [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]


@pytest.mark.parametrize("closed", [False, True], ids=["as published", "and say no more"])
def test_documents_are_as_their_schemas_say(demonstration: Path, closed: bool) -> None:
    count = 0
    for path, document in documents(demonstration):
        faults = validator(demonstration, document["$schema"], closed=closed).iter_errors(document)
        assert [f"{path}: {fault.json_path} {fault.message}" for fault in faults] == []
        count += 1
    assert count > 80


def test_what_is_kept_of_the_documents_is_what_pydantic_draws(
    request: pytest.FixtureRequest,
) -> None:
    if request.config.getoption("--accept"):
        writing.KEPT.write_text(writing.drawn(), encoding="utf-8")
    assert writing.KEPT.read_text(encoding="utf-8") == writing.drawn()


def test_schemas_say_what_every_field_is(demonstration: Path) -> None:
    bare = []
    for path in sorted((demonstration / API / "schemas").glob("*.json")):
        schema = json.loads(path.read_bytes())
        for name, shape in {**schema.get("$defs", {}), "the document": schema}.items():
            for field, said in shape.get("properties", {}).items():
                if not ({"description", "$ref"} & said.keys()):
                    bare.append(f"{path.name} {name}.{field}")
    assert bare == []


def test_words_may_be_added_to_lists_without_breaking_a_reader(demonstration: Path) -> None:
    document = json.loads((demonstration / API / "findings.json").read_bytes())
    document["findings"][0]["trend"]["word"] = "a word that nobody thought of yet"
    document["findings"][0]["something new"] = 1
    assert validator(demonstration, document["$schema"], closed=False).is_valid(document)
    document["findings"][0]["age_days"] = "old"
    assert not validator(demonstration, document["$schema"], closed=False).is_valid(document)


def test_nothing_that_was_promised_is_gone(
    demonstration: Path, pytestconfig: pytest.Config
) -> None:
    """Fields with their types, as `--accept` wrote them down. Lines may be added and never go."""
    found = sorted(
        line
        for path in (demonstration / API / "schemas").glob("*.json")
        for line in fields(path.name.partition(".")[0], json.loads(path.read_bytes()))
    )
    if pytestconfig.getoption("--accept"):
        PROMISED.write_text("\n".join(found) + "\n", encoding="utf-8")
    promised = PROMISED.read_text(encoding="utf-8").splitlines()
    assert sorted(set(promised) - set(found)) == [], "this needs version 2 of the interface"
    assert sorted(set(found) - set(promised)) == [], "write down what is promised: pytest --accept"


def fields(document: str, schema: Any) -> Iterator[str]:
    """Each field of a document with what it may hold."""
    for name, shape in {"": schema, **schema.get("$defs", {})}.items():
        where = f"{document} {name}".strip()
        for field, said in shape.get("properties", {}).items():
            needed = "always" if field in shape.get("required", ()) else "or absent"
            yield f"{where}.{field}: {kind(said)}, {needed}"


def kind(said: Any) -> str:
    """What a field may hold, in short."""
    if "anyOf" in said:
        return " or ".join(map(kind, said["anyOf"]))
    if "$ref" in said:
        return str(said["$ref"].rpartition("/")[2])
    if "const" in said:
        return repr(said["const"])
    if said.get("type") == "array":
        return f"list of {kind(said['items'])}"
    if isinstance(more := said.get("additionalProperties"), dict):
        return f"by name {kind(more)}"
    return str(said.get("format", said["type"]))


def test_every_figure_equals_its_source_row_and_every_nothing_has_its_own_word(
    marked: Path,
) -> None:
    document = json.loads((marked / API / "observations/reading.json").read_bytes())
    told = {(row["period"], row["area"], row["sex"]): row for row in decoded(document)}
    source = machines.rows()
    assert len(told) == len(source) == document["rows"]
    for row in source:
        found = told[row["period"], row["area"], row["sex"]]
        for column in ("value", "numerator", "denominator", "lower", "upper"):
            assert found[column] == machines.number(row[column]), row
        assert found["status"] == machines.STATUSES[row["marker"]]
        assert found["markers"] == row["marker"].split()
        assert found["note"] == row["note"]
        assert (found["value"] is None) == (found["status"] not in ("published", "provisional"))
    zero = told["2022", "N1", "All"]
    assert (zero["value"], zero["status"]) == (0, "published")


def test_every_figure_of_the_demonstration_equals_its_source_row(demonstration: Path) -> None:
    seen = 0
    for folder in sorted((REPOSITORY / "scorecards/indicators").iterdir()):
        with (demonstration / "indicators" / folder.name / "data.csv").open(
            encoding="utf-8", newline=""
        ) as file:
            source = list(csv.DictReader(file))  # held against scorecards/ by test_truth
        path = demonstration / API / f"observations/{folder.name}.json"
        told = decoded(json.loads(path.read_bytes()))
        assert len(told) == len(source)
        for found, row in zip(told, source, strict=True):
            assert (found["period"], found["area"]) == (row["period"], row["area"])
            assert found["value"] == machines.number(row["value"])
            assert "".join(found["markers"]) == re.sub(r"[\[\] ]", "", row["marker"])
            seen += 1
    assert seen > 3000


def test_every_document_and_file_that_the_index_names_is_there(demonstration: Path) -> None:
    index = json.loads((demonstration / API / "index.json").read_bytes())
    files = contents(demonstration)
    for linked in index["documents"]:
        pattern = re.sub(r"\{[^}]*\}", ".+", linked["path"])
        assert any(re.fullmatch(pattern, path) for path in files), linked
        assert linked["schema"] in files
    for path, document in documents(demonstration):
        for value in paths_in(document):
            place = value + "index.html" if value.endswith("/") else value
            assert place in files, f"{path} names {value}"
    listed = json.loads((demonstration / API / "indicators.json").read_bytes())["indicators"]
    assert index["counts"]["indicators"] == len(listed)


def paths_in(value: Any) -> Iterator[str]:
    """Addresses within the site that a document gives."""
    if isinstance(value, list):
        for one in value:
            yield from paths_in(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if isinstance(one, str):
                if key in ("page", "observations", "csv", "datapackage") and one:
                    yield one
                if key == "path" and "{" not in one:
                    yield one
            else:
                yield from paths_in(one)


def test_findings_are_those_of_the_indicators_own_documents(demonstration: Path) -> None:
    findings = json.loads((demonstration / API / "findings.json").read_bytes())["findings"]
    for finding in findings:
        path = demonstration / API / f"indicators/{finding['slug']}.json"
        assert json.loads(path.read_bytes())["finding"] == finding
    listed = json.loads((demonstration / API / "indicators.json").read_bytes())["indicators"]
    assert [finding["slug"] for finding in findings] == [one["slug"] for one in listed]


def test_a_draft_says_that_it_is_one_and_an_edition_where_it_stays(tmp_path: Path) -> None:
    root, out = machines.book(tmp_path / "book"), tmp_path / "site"
    said = {}
    for published in (False, True, False):
        built = build(Order(root=root, out=out, published=published))
        assert not built.failed
        edition = json.loads((out / API / "index.json").read_bytes())["edition"]
        page = (out / "indicators/reading/index.html").read_text(encoding="utf-8")
        said[published] = edition, page
    draft, edition = said[False], said[True]
    stays = "https://example.org/tiny/editions/2026-q1/"
    assert (draft[0]["published"], draft[0]["address"]) == (False, "")
    assert (edition[0]["published"], edition[0]["address"]) == (True, stays)
    cited = f"{stays}indicators/reading/"
    assert cited in edition[1]
    assert "draft" not in edition[1]
    assert cited not in draft[1]
    assert "(draft, not published)" in draft[1]
    assert "None yet: this build is a draft that nobody has published." in draft[1]
