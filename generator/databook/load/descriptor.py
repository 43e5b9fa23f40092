"""What a data package's descriptor may ask for, decided before any library acts on it.

Frictionless would fetch addresses, follow paths, open archives and try patterns that never end.
All of that is refused here by name, so that it is handed nothing but columns and constraints.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from databook import slips
from databook.load.faults import fault
from databook.problems import Problem
from databook.sources import Document, Path

FILE = re.compile(r"[a-z0-9][a-z0-9_-]*(?:[./][a-z0-9_-]+)*\.csv")
PROFILES = (
    "https://datapackage.org/profiles/1.0/datapackage.json",
    "https://datapackage.org/profiles/2.0/datapackage.json",
    "data-package",
    "tabular-data-package",
    "data-resource",
    "tabular-data-resource",
)
USUAL_NUMBERS = ("value", "numerator", "denominator", "lower", "upper")
TYPES = ("string", "number", "integer", "boolean", "year", "yearmonth", "date", "time", "datetime")
# Keys of older versions of the standard or of Frictionless itself that lead out of the folder
# or make it act; nothing in a data package of figures needs them.
_ACTING = (
    "url", "data", "extrapaths", "innerpath", "scheme", "control", "layout", "profiles",
    "checklist", "pipeline", "detector", "jsonschema", "hashing", "stats", "basepath",
)  # fmt: skip
_DIALECT: Mapping[str, tuple[Any, ...]] = {
    "delimiter": (",",),
    "quoteChar": ('"',),
    "doubleQuote": (True,),
    "lineTerminator": ("\n", "\r\n"),
    "header": (True,),
    "headerRows": ([1],),
    "skipInitialSpace": (False,),
    "caseSensitiveHeader": (True, False),
    "csvddfVersion": (1.2, "1.2"),
}


def refusals(document: Document, package: Mapping[str, Any]) -> Iterator[Problem]:
    """Everything in a descriptor that is refused; nothing may be opened until there is none."""
    for key in ("$schema", "profile"):
        yield from _profile(document, (key,), package.get(key, PROFILES[0]))
    for key in ("profiles", "basepath"):
        if key in package:
            yield _acting(document, (key,), key)
    resources = package.get("resources")
    if not isinstance(resources, list) or not resources:
        what = "The data package lists no data files under “resources”."
        fix = "Add “resources:” with a name, a path and a schema for each data file."
        place = document.place(("resources",), key=True)
        others = [str(key) for key in package if key != "resources"]
        if near := difflib.get_close_matches("resources", others, n=1):
            place = document.place((near[0],), key=True)
            fix = f"“{near[0]}” should be “resources”."
        yield fault("package-resource", place, what, fix)
        return
    seen: list[Any] = []
    for number, resource in enumerate(resources):
        path: Path = ("resources", number)
        if not isinstance(resource, dict):
            what = "A data file is described by names and values."
            fix = "Write “name:”, “path:” and “schema:”."
            yield fault("package-resource", document.place(path), what, fix)
            continue
        yield from _resource(document, path, resource)
        if (name := resource.get("name")) in seen:
            what, fix = f"Two data files are both named “{name}”.", "Rename one."
            yield fault("package-resource", document.place((*path, "name")), what, fix)
        seen.append(name)


def _resource(document: Document, path: Path, resource: Mapping[str, Any]) -> Iterator[Problem]:
    if not isinstance(resource.get("name"), str):
        what, fix = "A data file has no name.", "Add “name: data”."
        yield fault("package-resource", document.place((*path, "name")), what, fix)
    yield from _file(document, (*path, "path"), resource.get("path"))
    yield from (_acting(document, (*path, key), key) for key in _ACTING if key in resource)
    for key in ("$schema", "profile"):
        yield from _profile(document, (*path, key), resource.get(key, PROFILES[0]))
    if "compression" in resource:
        what, fix = "The data file is compressed.", "Unpack it, and delete this line."
        yield fault("package-compressed", document.place((*path, "compression")), what, fix)
    encoding = resource.get("encoding", "utf-8")
    if not isinstance(encoding, str) or encoding.lower() not in ("utf-8", "utf8"):
        what = f"The data file is said to be in the encoding “{encoding}”."
        fix = "Save the file as UTF-8, and write “encoding: utf-8”."
        yield fault("package-encoding", document.place((*path, "encoding")), what, fix)
    if resource.get("format", "csv") != "csv" or resource.get("type", "table") != "table":
        what, fix = "The data file is not a CSV table.", "Save it as CSV: “format: csv”."
        key = "format" if resource.get("format", "csv") != "csv" else "type"
        yield fault("package-resource", document.place((*path, key)), what, fix)
    yield from _dialect(document, (*path, "dialect"), resource.get("dialect", {}))
    near = difflib.get_close_matches("schema", [str(k) for k in resource if k != "schema"], n=1)
    if "schema" not in resource and near:
        what, place = f"“{near[0]}” should be “schema”.", document.place((*path, near[0]), key=True)
        yield fault(
            "package-no-schema", place, what, "Rename it.", meant=slips.one_off(near[0], ["schema"])
        )
        return
    yield from _schema(document, (*path, "schema"), resource.get("schema"))


def _file(document: Document, path: Path, file: Any) -> Iterator[Problem]:
    if isinstance(file, str) and FILE.fullmatch(file):
        return
    if file is None:
        what, fix = (
            "“path” is missing: nothing says which data file this is.",
            "Add “path: data.csv”.",
        )
        yield fault("package-path", document.place(path), what, fix)
        return
    shown = f"“{file[:80]}”" if isinstance(file, str) else "What stands here"
    what = f"{shown} is not the name of a CSV file in this folder."
    fix = "Write one name such as data.csv: small letters, digits, hyphens and underscores."
    yield fault("package-path", document.place(path), what, fix)


def _acting(document: Document, path: Path, key: str) -> Problem:
    what = f"“{key}” is not read in a book's data packages."
    fix = "Delete it. A data file needs a name, a path and a schema."
    return fault("package-reference", document.place(path, key=True), what, fix)


def _profile(document: Document, path: Path, profile: Any) -> Iterator[Problem]:
    if profile in PROFILES:
        return
    what = f"The profile “{str(profile)[:80]}” is not one of the standard ones."
    yield fault("package-reference", document.place(path), what, "Delete the line.")


def _dialect(document: Document, path: Path, dialect: Any) -> Iterator[Problem]:
    if not isinstance(dialect, dict):
        what = "The dialect refers to something outside this file."
        yield fault("package-reference", document.place(path), what, "Write it out, or delete it.")
        return
    for key, value in dialect.items():
        if key == "csv" and isinstance(value, dict):
            yield from _dialect(document, (*path, "csv"), value)
        elif value not in _DIALECT.get(key, ()):
            what = f"“{key}: {str(value)[:40]}” asks for another kind of CSV."
            fix = "Use commas, double quotes and one row of headings; then delete this line."
            yield fault("package-dialect", document.place((*path, key), key=True), what, fix)


def _schema(document: Document, path: Path, schema: Any) -> Iterator[Problem]:
    if isinstance(schema, str):
        what = "The schema refers to something outside this file."
        yield fault("package-reference", document.place(path), what, "Write the schema out here.")
        return
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(fields, list) or not fields:
        what, fix = "The data file's columns are not described.", "Add “schema:” with “fields:”."
        yield fault("package-no-schema", document.place(path, key=True), what, fix)
        return
    if "$schema" in schema:
        yield from _profile(document, (*path, "$schema"), schema["$schema"])
    for number, field in enumerate(fields):
        yield from _field(document, (*path, "fields", number), field)
    names = [field.get("name") if isinstance(field, dict) else None for field in fields]
    for number, name in enumerate(names):
        if name is not None and name in names[:number]:
            what = f"The column “{name}” is described twice."
            at = document.place((*path, "fields", number, "name"))
            yield fault("package-type", at, what, "Delete one of the two descriptions.")
    yield from _key(document, (*path, "primaryKey"), schema.get("primaryKey"), names)
    missing = schema.get("missingValues")
    if isinstance(missing, list) and "" not in missing:
        what, fix = "An empty cell is not said to be a missing value.", 'Add the line - "" here.'
        yield fault("package-missing-values", document.place((*path, "missingValues")), what, fix)


def _key(document: Document, path: Path, key: Any, names: list[Any]) -> Iterator[Problem]:
    """The columns that tell rows apart must be columns of the table."""
    for number, name in enumerate(key if isinstance(key, list) else [key] if key else []):
        if name in names or not isinstance(name, str):
            continue
        near = difflib.get_close_matches(name, [n for n in names if isinstance(n, str)], n=1)
        hint = f"Did you mean “{near[0]}”? " if near else ""
        place = document.place((*path, number) if isinstance(key, list) else path)
        what = f"The key names a column “{name}”, which is not described above."
        fix = f"{hint}Write the name of a column under “fields:”, or delete it."
        yield fault("package-key", place, what, fix, meant=slips.one_off(name, near))


# What other programs call the types of columns.
_OTHER_NAMES: Mapping[str, str] = {
    **dict.fromkeys(("numeric", "decimal", "float", "double", "real", "percent"), "number"),
    **dict.fromkeys(("int", "bigint", "count"), "integer"),
    **dict.fromkeys(("text", "str", "char", "varchar", "category"), "string"),
    **dict.fromkeys(("bool", "logical"), "boolean"),
    "timestamp": "datetime",
}


def _field(document: Document, path: Path, field: Any) -> Iterator[Problem]:
    if not isinstance(field, dict):
        what = "A column is described by names and values."
        yield fault("package-type", document.place(path), what, "Write “name:” and “type:”.")
        return
    limits = field.get("constraints")
    for holder, where in ((field, path), (limits, (*path, "constraints"))):
        for key in ("pattern", "jsonSchema"):
            if isinstance(holder, dict) and key in holder:
                what = f"A column is held to a “{key}”, which is not accepted."
                fix = "Delete it; list the words that are allowed under “enum:” instead."
                yield fault("package-pattern", document.place((*where, key), key=True), what, fix)
    kind, name = field.get("type", "string"), field.get("name")
    if kind not in TYPES:
        what = f"“{str(kind)[:40]}” is not a type of column that a book can hold."
        near = difflib.get_close_matches(str(kind), TYPES, n=1)
        meant = _OTHER_NAMES.get(str(kind).lower(), near[0] if near else "")
        fix = f"{f'Did you mean “{meant}”? ' if meant else ''}Use {_list(TYPES)}."
        yield fault("package-type", document.place((*path, "type")), what, fix)
    elif name in USUAL_NUMBERS and kind not in ("number", "integer"):
        what = f"The column “{name}” holds figures, but its type is “{kind}”."
        yield fault("package-type", document.place((*path, "type")), what, "Write “type: number”.")
    yield from _numeric(document, path, field)


def _numeric(document: Document, path: Path, field: Mapping[str, Any]) -> Iterator[Problem]:
    """Numbers are written one way; texts have no format that somebody else's code must judge."""
    plain: Mapping[str, Any] = {"decimalChar": ".", "groupChar": "", "bareNumber": True}
    for key, usual in plain.items():
        if field.get(key, usual) != usual:
            what = f"“{key}” says that numbers are written in another way."
            fix = "Write numbers with digits and a point (1234.5), and delete this line."
            yield fault("package-type", document.place((*path, key), key=True), what, fix)
    if field.get("type", "string") == "string" and field.get("format", "default") != "default":
        what, fix = "A column of text has a format.", "Delete the line."
        yield fault("package-type", document.place((*path, "format")), what, fix)


def _list(words: tuple[str, ...]) -> str:
    return ", ".join(words[:-1]) + " or " + words[-1]
