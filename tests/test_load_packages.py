"""Data packages: what is refused, what is told of a table, and that the gate never errs."""

import csv
import io
import json
import socket
from collections.abc import Callable
from decimal import Decimal
from math import ceil, floor
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from databook import load
from databook.load import gate, judge, packages, tables
from databook.load.faults import WHY
from databook.problems import Checked, Level
from databook.sources import Package

DATA = "period,area,value,marker,note\n2023,E06,1.5,,\n2024,E06,,x,none yet\n"


def described(**resource: Any) -> dict[str, Any]:
    fields = [
        {"name": "period", "type": "string", "constraints": {"required": True}},
        {"name": "area", "type": "string", "constraints": {"enum": ["E06", "E07"]}},
        {"name": "value", "type": "number", "constraints": {"minimum": 0}},
        {"name": "marker", "type": "string"},
        {"name": "note", "type": "string"},
    ]
    schema = {"fields": fields, "missingValues": [""], "primaryKey": ["period", "area"]}
    usual = {"name": "data", "path": "data.csv", "encoding": "utf-8", "schema": schema}
    return {"name": "x", "resources": [usual | resource]}


Read = Callable[..., Checked[Package]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def make(data: str | bytes = DATA, package: dict[str, Any] | None = None) -> Checked[Package]:
        raw = data.encode() if isinstance(data, str) else data
        (tmp_path / "p").mkdir(exist_ok=True)
        (tmp_path / "p" / "data.csv").write_bytes(raw)
        text = yaml.safe_dump(package or described(), sort_keys=False)
        (tmp_path / "p" / "datapackage.yaml").write_text(text)
        found = packages.read(tmp_path, "p")
        assert all(p.what and p.fix and p.code in WHY for p in found.problems)
        return found

    return make


def told(found: Checked[Package]) -> list[tuple[str, int, int]]:
    return [(p.code, p.place.line, p.place.column) for p in found.problems]


def test_a_clean_package_gives_its_table_as_text_with_lines(read: Read) -> None:
    found = read()
    assert found.problems == ()
    assert found.value is not None
    table = found.value.tables["data"]
    assert table.frame.columns == ["period", "area", "value", "marker", "note", "_line"]
    assert table.frame["value"].to_list() == ["1.5", ""]
    assert table.frame["_line"].to_list() == [2, 3]
    assert table.place(2, "value").column == 10
    assert table.place(3, "note").column == 13
    assert table.columns["marker"].column == 19


def test_a_cell_after_a_quoted_comma_has_its_true_column(read: Read) -> None:
    found = read('period,area,value,marker,note\n"a, ""b""",E06,1,,"x, y"\n')
    assert found.problems == ()
    assert found.value is not None
    assert found.value.tables["data"].place(2, "area").column == 12
    assert found.value.tables["data"].frame["period"].to_list() == ['a, "b"']


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("", ("table-empty", 1, 1)),
        ("period;area;value\n1;2;3\n", ("table-delimiter", 1, 7)),
        (DATA + "2025,E06,1\n", ("table-row-length", 4, 11)),
        (DATA + "2025,E06,1,200,,\n", ("table-row-length", 4, 10)),
        (DATA + "2025,E06,1,2,,\n", ("table-row-length", 4, 15)),
        (DATA + "\n2025,E06,1,,\n", ("table-blank-row", 4, 1)),
        (DATA + ",,,,\n", ("table-blank-row", 4, 1)),
        (DATA + '2025,E06,1,,"a\nb"\n', ("table-line-break", 4, 13)),
        (DATA + '2025,E06,1,,"a"b\n', ("table-quote", 4, 1)),
        (DATA + "2025,E06,1_000,,\n", ("table-number", 4, 10)),
        (DATA + "2025,E06,٣,,\n", ("table-number", 4, 10)),
        (DATA + "2025,E06,inf,,\n", ("table-number", 4, 10)),
        (DATA + "2025,E06,1e3,,\n", ("table-number", 4, 10)),
        (DATA + "2025,E06, 5,,\n", ("table-spaces", 4, 10)),
        (DATA + "2025,E06,abc,,\n", ("table-number", 4, 10)),
        (DATA + "2025,E06,-1,,\n", ("table-constraint", 4, 10)),
        (DATA + "2025,E60,1,,\n", ("table-constraint", 4, 6)),
        (DATA + ",E06,1,,\n", ("table-constraint", 4, 1)),
        (DATA + "2024,E06,1,,\n", ("table-duplicate-row", 4, 1)),
        (DATA + "2025,E06,1,,=1+1\n", ("table-formula", 4, 13)),
        (DATA + "2025,E06,1,,＝HYPERLINK\n", ("table-formula", 4, 13)),
        (DATA + "2025,E06,1,,+cmd|x\n", ("table-formula", 4, 13)),
        (DATA + "2025,E06,1,," + "x" * 2_001 + "\n", ("table-cell-too-long", 4, 13)),
        ("period,area,area,marker,note\n", ("table-header", 1, 13)),
        ("period,area,values,marker,note\n1,E06,1,,\n", ("table-header", 1, 13)),
        ("period,area,value,marker\n1,E06,1,\n", ("table-header", 1, 1)),
        (DATA.encode("utf-16"), ("text-not-utf-8", 1, 1)),
        (DATA.encode("utf-16-le"), ("text-not-utf-8", 1, 1)),
        (b"PK\x03\x04" + bytes(60), ("text-not-utf-8", 1, 1)),
        (DATA.encode() + b"2025,E06,1,,\xa35\n", ("text-not-utf-8", 4, 13)),
        (DATA + "2025,E06,1,,a\u202eb\n", ("text-control-character", 4, 14)),
    ],
)
def test_each_fault_of_a_table_is_told_once_at_its_cell(
    read: Read, data: str | bytes, expected: tuple[str, int, int]
) -> None:
    assert told(read(data)) == [expected]


def test_a_byte_order_mark_is_dropped_with_a_warning(read: Read) -> None:
    found = read("\ufeff" + DATA)
    assert [(p.code, p.level) for p in found.problems] == [("text-byte-order-mark", Level.WARNING)]
    assert found.value is not None
    assert found.value.tables["data"].frame.columns[0] == "period"


def test_all_faults_are_told_at_once_and_whole_rows_are_kept(read: Read) -> None:
    found = read(DATA + "2025,E06\n2026,E60,x,,\n2027,E06,2,,\n")
    assert [(p.code, p.place.line) for p in found.problems] == [
        ("table-row-length", 4), ("table-number", 5), ("table-constraint", 5),
    ]  # fmt: skip
    assert found.value is not None
    assert found.value.tables["data"].frame["_line"].to_list() == [2, 3, 5, 6]


@pytest.mark.parametrize(
    ("resource", "code"),
    [
        ({"path": "http://127.0.0.1:1/data.csv"}, "package-path"),
        ({"path": "../p/data.csv"}, "package-path"),
        ({"path": "/etc/passwd"}, "package-path"),
        ({"path": "file:///etc/passwd"}, "package-path"),
        ({"path": "Data.csv"}, "package-path"),
        ({"path": ["data.csv", "data.csv"]}, "package-path"),
        ({"path": "data.zip"}, "package-path"),
        ({"schema": "http://127.0.0.1:1/schema.json"}, "package-reference"),
        ({"schema": "schema.json"}, "package-reference"),
        ({"schema": {}}, "package-no-schema"),
        ({"dialect": "http://127.0.0.1:1/d.json"}, "package-reference"),
        ({"profile": "http://127.0.0.1:1/p.json"}, "package-reference"),
        ({"extrapaths": ["more.csv"]}, "package-reference"),
        ({"url": "http://127.0.0.1:1/x"}, "package-reference"),
        ({"data": [["a"]]}, "package-reference"),
        ({"control": {}}, "package-reference"),
        ({"compression": "zip"}, "package-compressed"),
        ({"encoding": "utf-7"}, "package-encoding"),
        ({"dialect": {"delimiter": ";"}}, "package-dialect"),
        ({"dialect": {"csv": {"delimiter": ";"}}}, "package-dialect"),
        ({"dialect": {"commentChar": "#"}}, "package-dialect"),
        ({"format": "xlsx"}, "package-resource"),
        ({"bytes": 5}, "package-invalid"),
        ({"hash": "sha256:00"}, "package-invalid"),
    ],
)
def test_whatever_leads_out_of_the_folder_is_refused_without_a_look(
    read: Read, monkeypatch: pytest.MonkeyPatch, resource: dict[str, Any], code: str
) -> None:
    def no_network(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    monkeypatch.setattr(socket.socket, "connect", no_network)
    assert code in [p.code for p in read(package=described(**resource)).problems]


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ({"name": "period", "constraints": {"pattern": "(a+)+$"}}, "package-pattern"),
        ({"name": "period", "type": "geojson"}, "package-type"),
        ({"name": "period", "type": "nonsense"}, "package-type"),
        ({"name": "value", "type": "string"}, "package-type"),
        ({"name": "value", "type": "number", "groupChar": ","}, "package-type"),
        ({"name": "period", "type": "string", "format": "uri"}, "package-type"),
        ("period", "package-type"),
    ],
)
def test_a_column_that_could_hang_or_mislead_is_refused(
    read: Read, field: object, code: str
) -> None:
    found = read(package=described(schema={"fields": [field]}))
    assert code in [p.code for p in found.problems]


@pytest.mark.parametrize(
    "package",
    [
        {"resources": []},
        {"resources": "x"},
        {"resources": ["x"]},
        {"resources": [{"path": "data.csv"}]},
        {"name": "x", "resources": [{"name": "data", "path": "data.csv", "schema": []}]},
        described(schema={"fields": [{"type": "string"}]}),
        described(schema={"fields": [{"name": 5, "type": "string"}]}),
        described(schema={"fields": [{"name": "a", "type": ["string"]}]}),
        described(name=5),
        {**described(), "name": "Not A Name"},
        {**described(), "licenses": [{"title": "no name"}]},
        {**described(), "$schema": "http://127.0.0.1:1/x.json"},
        {**described(), "profile": {"a": 1}},
    ],
)
def test_an_odd_descriptor_is_told_and_never_a_traceback(
    read: Read, package: dict[str, Any]
) -> None:
    assert read(package=package).errors


def test_a_descriptor_in_json_is_read_with_places(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text(DATA)
    package = described()
    package["resources"][0]["encoding"] = "latin-1"
    (tmp_path / "datapackage.json").write_text(json.dumps(package, indent=1))
    found = packages.read(tmp_path, ".")
    assert [(p.code, p.place.line, p.place.column) for p in found.problems] == [
        ("package-encoding", 7, 16)
    ]
    (tmp_path / "datapackage.json").write_text('{"a": 1,\n "a": }')
    assert [(p.code, p.place.line) for p in packages.read(tmp_path, ".").problems] == [
        ("yaml-syntax", 2)
    ]
    (tmp_path / "datapackage.yaml").write_text("name: x\n")
    assert [p.code for p in packages.read(tmp_path, ".").problems] == ["package-two"]


def test_a_linked_data_file_is_not_read(read: Read, tmp_path: Path) -> None:
    read()
    (tmp_path / "p" / "data.csv").unlink()
    (tmp_path / "p" / "data.csv").symlink_to("/etc/passwd")
    found = packages.read(tmp_path, "p")
    assert next(p.code for p in found.errors) == "folder-symlink"
    assert found.value is not None
    assert found.value.tables == {}


def test_no_python_file_of_the_book_is_run(
    read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "frictionless_evil.py").write_text(
        f"open({str(tmp_path / 'ran')!r}, 'w').close()\n"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    judge._frictionless.cache_clear()
    import frictionless

    frictionless.system.__dict__.pop("plugins", None)
    assert read(DATA + "2025,E06,-1,,\n").problems
    assert not (tmp_path / "ran").exists()


def test_a_foreign_key_is_followed_within_the_package(tmp_path: Path) -> None:
    fields = [{"name": "code", "type": "string"}]
    reference = {"fields": "area", "reference": {"resource": "areas", "fields": "code"}}
    package = {
        "resources": [
            {"name": "areas", "path": "areas.csv", "schema": {"fields": fields}},
            {
                "name": "neighbours",
                "path": "neighbours.csv",
                "schema": {
                    "fields": [{"name": "area", "type": "string"}],
                    "foreignKeys": [reference],
                },
            },
        ]
    }
    (tmp_path / "datapackage.yaml").write_text(yaml.safe_dump(package))
    (tmp_path / "areas.csv").write_text("code\nE06\n")
    (tmp_path / "neighbours.csv").write_text("area\nE06\nE99\n")
    assert [
        (p.code, p.place.path, p.place.line) for p in packages.read(tmp_path, ".").problems
    ] == [("table-unknown-reference", "./neighbours.csv", 3)]


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-3, 3), st.sampled_from(["", "a", "number"])),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner),
    max_leaves=3,
)
SPOTS = (
    ("name",), ("profile",), ("licenses",), ("sources",), ("keywords",), ("resources",),
    ("resources", 0), ("resources", 0, "name"), ("resources", 0, "path"),
    ("resources", 0, "schema"),
    ("resources", 0, "dialect"), ("resources", 0, "title"), ("resources", 0, "schema", "fields"),
    ("resources", 0, "schema", "primaryKey"), ("resources", 0, "schema", "missingValues"),
    ("resources", 0, "schema", "foreignKeys"), ("resources", 0, "schema", "fields", 0),
    ("resources", 0, "schema", "fields", 0, "name"),
    ("resources", 0, "schema", "fields", 2, "type"),
    ("resources", 0, "schema", "fields", 0, "constraints"),
    ("resources", 0, "schema", "fields", 1, "constraints", "enum"),
    ("resources", 0, "schema", "fields", 2, "constraints", "minimum"),
)  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spot=st.sampled_from(SPOTS), value=JSON)
def test_no_value_in_any_spot_of_a_descriptor_brings_a_traceback(
    read: Read, spot: tuple[str | int, ...], value: object
) -> None:
    package: Any = json.loads(json.dumps(described()))
    holder = package
    for step in spot[:-1]:
        holder = holder[step]
    holder[spot[-1]] = value
    read(DATA + "2025,E06,x,,\n,E60,-1,,\n", package)


# --- the gate against Frictionless ---------------------------------------------------------

# A schema is fitted to the rows first, so that the gate is tempted to pass; then, in half of the
# draws, one thing is twisted that it has to notice.
NASTY = st.one_of(
    st.sampled_from(
        [
            *("a", "1.0", "-0", "-5", "12.5", "99", "1_000", "inf", "nan", "1e3", " 5", "5 ", "٣"),
            *("é", "a;b", "a, b", 'q"q', "a\nb", "=1", "x'y", "A|B", "0000", "-1.50", "1,5"),
            *("true", "NA", "1" * 13, "", "5\n", "x\ty"),
        ]
    ),
    st.text(alphabet="ab1.-,;\"' é", max_size=4),
)
CLEAN = {
    "string": ["a", "b", "c", "1", "a;b", ""],
    "number": ["1", "1.0", "2", "-3.5", "0", ""],
    "integer": ["1", "01", "2", "-3", "0", ""],
    "year": ["2024", "2025", "0001", ""],
    "boolean": ["true", "0", ""],
    "any": ["1", "a", ""],
}
KINDS = ["string"] * 5 + ["number"] * 5 + ["integer"] * 3 + ["year"] * 3 + ["boolean", "any"]


def fitted(kind: str, column: list[str]) -> dict[str, Any]:
    """All the constraints of a column that hold of its cells."""
    given_cells = [cell for cell in column if cell]
    found: dict[str, Any] = {"required": "" not in column}
    if kind in ("string", "year"):
        found["unique"] = len(set(given_cells)) == len(given_cells)
    if kind in ("number", "integer"):
        numbers = [Decimal(cell) for cell in given_cells]
        found["unique"] = len(set(numbers)) == len(numbers)
        found["minimum"] = floor(min(numbers, default=0))
        found["maximum"] = ceil(max(numbers, default=0))
    if kind == "string":
        found["enum"] = sorted(set(given_cells))
    return found


@st.composite
def clean_books(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[list[str]], dict[str, Any]]:
    """Fields, rows and the rest of a schema that hold of each other."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=draw(st.integers(1, 2)), max_size=3))
    cells = [st.sampled_from(CLEAN[kind]) for kind in kinds]
    rows = [list(row) for row in draw(st.lists(st.tuples(*cells), min_size=1, max_size=4))]
    rows = [row for row in rows if any(row)]
    fields: list[dict[str, Any]] = []
    for number, kind in enumerate(kinds):
        limits = fitted(kind, [row[number] for row in rows])
        kept = {key: value for key, value in limits.items() if draw(st.booleans())}
        fields.append({"name": f"c{number}", "type": kind, "constraints": kept})
    schema: dict[str, Any] = {}
    keys = [tuple(row[: len(kinds)]) for row in rows]
    if len(set(keys)) == len(keys) and draw(st.booleans()):
        schema["primaryKey"] = [field["name"] for field in fields]
    if kinds[0] == kinds[-1] == "string" and draw(st.booleans()):
        there = {"resource": draw(st.sampled_from(["", "data"])), "fields": fields[-1]["name"]}
        if {row[0] for row in rows} <= {row[-1] for row in rows}:
            schema["foreignKeys"] = [{"fields": "c0", "reference": there}]
    return fields, rows, schema


TWISTS = ("blank", "copy", "far", "nasty", "row", "double", "head", "text", "code", "words")
WORDS: list[tuple[str, str, Any]] = [
    *[("package", "name", value) for value in ("X y", 5)],
    *[("package", "licenses", value) for value in ([{"title": "a"}], "x", [{"name": ""}])],
    *[("package", "keywords", value) for value in (["a"], "a", [1])],
    *[("package", "sources", value) for value in ([5], [{"title": "a", "path": "http://x.org"}])],
    *[("resource", key, value) for key, value in (("profile", "x"), ("title", 5), ("name", "a b"))],
    ("resource", "dialect", {"delimiter": ";"}),
    *[("schema", "primaryKey", value) for value in (["no"], [], "c0", ["c0"])],
    *[("schema", "missingValues", value) for value in (["NA"], ["", "1"], [""])],
    *[("limits", "enum", value) for value in ([1], [], ["a"])],
    *[("limits", key, value) for key in ("minimum", "maximum") for value in ("1", True, 1)],
    *[("limits", key, True) for key in ("required", "unique", "x")],
    *[("field", "type", value) for value in ("year", "integer", "number", "x")],
]  # fmt: skip


@st.composite
def books(draw: st.DrawFn) -> tuple[dict[str, Any], bytes]:
    """A descriptor and the bytes of its data file: clean, or with one twist."""
    fields, rows, more = draw(clean_books())
    names = [field["name"] for field in fields]
    schema: dict[str, Any] = {"fields": fields, **more}
    resource: dict[str, Any] = {"name": "data", "path": "data.csv", "schema": schema}
    usual = {"encoding": "utf-8", "dialect": {"delimiter": ","}, "type": "table"}
    resource |= {key: value for key, value in usual.items() if draw(st.booleans())}
    package: dict[str, Any] = {"name": "x", "licenses": [{"name": "a"}], "resources": [resource]}
    holders = {"package": package, "resource": resource, "schema": schema, "field": fields[0]}
    holders["limits"] = fields[0]["constraints"]
    heads, tail, code = names, "", "utf-8"
    at = draw(st.integers(0, len(names) - 1))
    match draw(st.sampled_from(TWISTS)) if draw(st.integers(0, 3)) else "":
        case "blank" if rows:
            draw(st.sampled_from(rows))[at] = ""
        case "copy" if rows:
            draw(st.sampled_from(rows))[at] = draw(st.sampled_from(rows))[at]
        case "far" if rows:
            draw(st.sampled_from(rows))[at] = draw(st.sampled_from(["99", "-99", "z"]))
        case "nasty" if rows:
            draw(st.sampled_from(rows))[at] = draw(NASTY)
        case "row" if rows:
            draw(st.sampled_from(rows)).append("1")
        case "double" if rows:
            rows.append(list(draw(st.sampled_from(rows))))
        case "head":
            heads = draw(st.sampled_from([names[::-1], [*names, "more"], ["C0"], names[1:]]))
        case "text":
            tail = draw(st.sampled_from(["\n", "1\n", "1,2,3,4,5,6\n", '""\n', '"a']))
        case "code":
            code = draw(st.sampled_from(["utf-8-sig", "utf-16", "latin-1"]))
        case "words":
            holder, key, value = draw(st.sampled_from(WORDS))
            holders[holder][key] = value
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=draw(st.sampled_from(["\n", "\r\n"])))
    writer.writerows([heads, *rows])
    return package, (out.getvalue() + tail).encode(code, "replace")


def one(kind: str, data: str, limits: dict[str, Any], **schema: Any) -> tuple[Any, bytes]:
    """A package of a text column and one of the kind given, and its data."""
    fields = [
        {"name": "a", "type": "string"},
        {"name": "b", "type": kind, "constraints": limits},
    ]
    package = described(schema={"fields": fields, **schema})
    return package, f"a,b\n{data}".encode()


KEY = {"primaryKey": ["b"]}
OWN = {"foreignKeys": [{"fields": "a", "reference": {"resource": "", "fields": "a"}}]}
ACROSS = {"foreignKeys": [{"fields": "b", "reference": {"resource": "", "fields": "a"}}]}
REJECTED = [
    one("string", "x,\n", {"required": True}),
    one("string", "x,z\n", {"enum": ["y"]}),
    one("string", "x,z\ny,z\n", {"unique": True}),
    one("number", "x,1\ny,1.0\n", {"unique": True}),
    one("number", "x,1\ny,1.0\n", {}, **KEY),
    one("integer", "x,1\ny,01\n", {}, **KEY),
    one("string", "x,\ny,1\n", {}, **KEY),
    one("number", "x,4\n", {"minimum": 5}),
    one("number", "x,6\n", {"maximum": 5}),
    one("number", "x,1;5\n", {}),
    one("integer", "x,1.0\n", {}),
    one("year", "x,24\n", {}),
    one("string", "x,x\nx,z\n", {}, **ACROSS),
    one("string", ",\n", {}),
    one("string", "x\n", {}),
    one("string", "x,y,z\n", {}),
    one("string", "x,y\n\n", {}),
    one("string", "x,y\n", {"maxLength": 0}),
    one("number", "x,NA\n", {}),
    (described(dialect={"delimiter": ";"}), DATA.encode()),
    (described(schema={"fields": [{"name": "a", "type": "string"}]}), b"a\n" + b"1;2\n" * 80),
]  # fmt: skip


def stock(folder: Path, package: dict[str, Any], data: bytes) -> Any:
    """What Frictionless itself says of the files as they stand."""
    import frictionless

    (folder / "data.csv").write_bytes(data)
    (folder / "datapackage.json").write_text(json.dumps(package))
    return frictionless.validate(str(folder / "datapackage.json"))


@pytest.mark.parametrize(("package", "data"), REJECTED)
def test_the_gate_doubts_each_kind_of_fault_that_frictionless_knows(
    tmp_path: Path, package: dict[str, Any], data: bytes
) -> None:
    assert not stock(tmp_path, package, data).valid
    assert not passes(package, data)


def test_the_gate_does_not_ask_the_sniffer_about_more_than_it_can_read_in_time() -> None:
    assert gate.separator("a,b\n" + "x;y," * 20_000) == ""


def passes(package: dict[str, Any], data: bytes) -> bool:
    table = tables.read(data, "data.csv")
    return table.value is not None and gate.certain(package, {"data": table.value[1]})


PASSED: list[bool] = []


@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(book=books())
def test_the_gate_never_passes_what_stock_frictionless_rejects(
    tmp_path_factory: pytest.TempPathFactory, book: tuple[dict[str, Any], bytes]
) -> None:
    package, data = book
    passed = passes(package, data)
    PASSED.append(passed)
    if passed:
        report = stock(tmp_path_factory.mktemp("book"), package, data)
        assert report.valid, (report.flatten(["type", "note"]), package, data)


def test_the_gate_was_seen_to_pass_and_to_doubt() -> None:
    assert passes(described(), DATA.encode())
    if PASSED:
        assert PASSED.count(True) > 10
        assert PASSED.count(False) > 10


# --- folders ---------------------------------------------------------------------------------


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "scorecards" / "indicators" / "absence"
    folder.mkdir(parents=True)
    (folder / "indicator.yaml").write_text("format: 1\n")
    (folder / "data.csv").write_text(DATA)
    (folder / "datapackage.yaml").write_text(yaml.safe_dump(described()))
    (tmp_path / "scorecards" / "databook.yaml").write_text("title: B\n")
    (tmp_path / "scorecards" / "frameworks").mkdir()
    (tmp_path / "scorecards" / "frameworks" / "ecm.yaml").write_text("title: F\n")
    (tmp_path / "scorecards" / "areas").mkdir()
    areas = described(name="areas", path="areas.csv")
    (tmp_path / "scorecards" / "areas" / "datapackage.yaml").write_text(yaml.safe_dump(areas))
    (tmp_path / "scorecards" / "areas" / "areas.csv").write_text(DATA)
    return tmp_path


def test_a_whole_book_is_read(book: Path) -> None:
    found = load.book(book)
    assert found.problems == ()
    assert found.value is not None
    assert found.value.settings is not None
    assert list(found.value.frameworks) == ["ecm"]
    assert found.value.areas is not None
    assert list(found.value.indicators) == ["absence"]
    assert found.value.indicators["absence"].story is None


def test_an_empty_folder_is_no_book_but_no_traceback_either(tmp_path: Path) -> None:
    found = load.book(tmp_path)
    assert found.value is not None
    assert {p.code for p in found.problems} == {"folder-missing"}
    assert {p.place.path for p in found.problems} == {
        "scorecards/databook.yaml", "scorecards/areas/datapackage.yaml", "scorecards/frameworks",
        "scorecards/indicators",
    }  # fmt: skip


def test_a_slip_in_a_files_name_is_an_error_with_a_guess(book: Path) -> None:
    folder = book / "scorecards" / "indicators" / "absence"
    (folder / "indicator.yaml").rename(folder / "indicators.yaml")
    (folder / "Story.md").write_text("x")
    (folder / "notes.txt").write_text("x")
    found = load.indicator(book, "absence")
    assert found.value is not None
    assert found.value.document is None
    assert [(p.code, p.level.value, p.place.path.rsplit("/", 1)[1]) for p in found.problems] == [
        ("folder-unexpected", "error", "Story.md"),
        ("folder-no-indicator", "error", "indicator.yaml"),
        ("folder-unexpected", "error", "indicators.yaml"),
        ("folder-unexpected", "warning", "notes.txt"),
    ]
    assert "Did you mean story.md?" in found.problems[0].fix


def test_folders_that_cannot_become_addresses_are_told(book: Path) -> None:
    indicators = book / "scorecards" / "indicators"
    for name in ("Absence", "re_ading", "reаding", "x" * 61):
        (indicators / name).mkdir()
    (indicators / "linked").symlink_to("/tmp")
    (indicators / "stray.txt").write_text("x")
    assert load.slugs(book) == ("absence",)
    found = [(p.code, p.place.path.rsplit("/", 1)[1]) for p in load.common(book).problems]
    assert sorted(found) == sorted(
        [
            ("folder-slug", "Absence"), ("folder-collision", "absence"),
            ("folder-slug", "re_ading"), ("folder-slug", "reаding"), ("folder-slug", "x" * 61),
            ("folder-symlink", "linked"), ("folder-unexpected", "stray.txt"),
        ]
    )  # fmt: skip


def test_frozen_forecasts_have_fixed_columns(book: Path) -> None:
    path = book / "scorecards" / "indicators" / "absence" / "forecasts.csv"
    names = (
        "made_on,origin,scenario,method,author,assumptions,reconstructed,period,value,"
        "lower_80,upper_80,lower_95,upper_95"
    )
    path.write_text(f"{names}\n2025-01-01,2024,,last,us,none,false,2025,1,,,,\n")
    found = load.indicator(book, "absence")
    assert found.problems == ()
    assert found.value is not None
    assert found.value.forecasts is not None
    path.write_text(names.replace("author", "autor") + "\n")
    found = load.indicator(book, "absence")
    assert found.value is not None
    assert found.value.forecasts is None
    assert [(p.code, p.place.column) for p in found.problems] == [("table-header", 32)]
