"""Frictionless as the judge of what the gate doubts: its verdicts, said in our words."""

from __future__ import annotations

import copy
import difflib
import pkgutil
import re
import sys
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache
from pathlib import Path as FilePath
from typing import Any

from databook.load import gate
from databook.load.faults import fault
from databook.load.tables import Rows
from databook.load.text import MOST
from databook.problems import Level, Place, Problem
from databook.sources import Document, Path, Table

# What belongs to the file and not to its cells; we have read the file ourselves.
_OF_THE_FILE = (
    "path", "format", "mediatype", "encoding", "dialect", "hash", "bytes", "fields", "rows",
)  # fmt: skip
KINDS = {
    "number": "a number such as 12.5",
    "integer": "a whole number",
    "year": "a year of four digits",
    "boolean": "true or false",
    "date": "a date such as 2025-03-31",
    "yearmonth": "a month such as 2025-03",
    "time": "a time such as 09:30:00",
    "datetime": "a date and time such as 2025-03-31T09:30:00Z",
}


@cache
def _frictionless() -> Any:
    """Import Frictionless without letting it run `frictionless_*.py` from the book's folder.

    Its plugins are looked up once, on first use, by name along the whole of sys.path. We import
    it with the working folder taken off that path, and look up with no outside plugin in sight.
    """
    before, listed = list(sys.path), pkgutil.iter_modules
    here = FilePath.cwd().resolve()
    sys.path[:] = [
        p for p in before if p and FilePath(p).is_absolute() and FilePath(p).resolve() != here
    ]
    pkgutil.iter_modules = lambda path=None, prefix="": (
        iter(()) if path is None else listed(path, prefix)
    )
    try:
        import frictionless

        frictionless.system.plugins  # noqa: B018 - looked up now, and kept from then on
        return frictionless
    finally:
        sys.path[:], pkgutil.iter_modules = before, listed


def faults(
    plain: Document,
    typed: Mapping[str, Any],
    found: Mapping[str, Table],
    rows: Mapping[str, Rows],
    headed: Set[str] = frozenset(),
    wholly: Set[Place] = frozenset(),
) -> list[Problem]:
    """Ask Frictionless about a package that holds nothing but columns and constraints.

    `headed`: tables whose columns are not those described. It goes by the order of columns, so
    it is not asked about their cells. `wholly`: heads of columns of which no cell is of its type.
    """
    frictionless = _frictionless()
    package = copy.deepcopy(dict(typed))
    try:
        frictionless.Package.metadata_transform(package)
        errors = list(frictionless.Package.metadata_validate(package))
        if errors:
            return [_invalid(plain, error.note) for error in errors[:MOST]]
        report = _report(frictionless, package, rows)
    except Exception as error:
        return [_invalid(plain, str(getattr(error, "error", error)))]
    problems = [_invalid(plain, error.note) for error in report.errors]
    schemas = {resource["name"]: resource["schema"] for resource in typed["resources"]}
    for task in report.tasks:
        if task.name in found and task.name not in headed:
            one = (found[task.name], rows[task.name], schemas[task.name])
            problems += (
                _verdict(error, *one[::2], line, column)
                for error, line, column in _telling(task.errors, one[1])
                if not (error.type == "type-error" and one[0].columns.get(column) in wholly)
            )
    return problems


def _report(frictionless: Any, package: dict[str, Any], rows: Mapping[str, Rows]) -> Any:
    for resource in package["resources"]:
        for key in _OF_THE_FILE:
            resource.pop(key, None)
        resource["type"], resource["data"] = "table", []
    whole = frictionless.Package.from_descriptor(package)
    for resource in whole.resources:
        if resource.name in rows:
            resource.data = [list(rows[resource.name].names), *rows[resource.name].rows]
    return whole.validate()


def missing_values(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """Texts that a schema declares to stand for no value, in either spelling of the standard."""
    given = schema.get("missingValues", [""])
    entries = given if isinstance(given, list) else []
    texts = (entry.get("value") if isinstance(entry, dict) else entry for entry in entries)
    return tuple(text for text in texts if isinstance(text, str))


def doubts(
    plain: Document, typed: Mapping[str, Any], rows: Mapping[str, Rows]
) -> Iterator[Problem]:
    """What we read rightly, but other programs may guess wrongly."""
    for number, resource in enumerate(typed["resources"]):
        text = rows[resource["name"]].text if resource["name"] in rows else ""
        place = plain.place(("resources", number))
        if "encoding" not in resource and not text.isascii():
            what = "The data file holds letters such as é or £, and its encoding is not declared."
            fix = "Add “encoding: utf-8” to the description of the file."
            yield fault("package-encoding", place, what, fix, level=Level.WARNING)
        if "dialect" not in resource and gate.separator(text) not in ("", ","):
            what = "Other programs may take another sign than the comma for the separator."
            fix = "Add “dialect: {delimiter: ','}” to the description of the file."
            yield fault("package-dialect", place, what, fix, level=Level.WARNING)


def _invalid(plain: Document, note: str) -> Problem:
    """A fault of the descriptor, at the property that the note names."""
    where: Path = ()
    if found := re.search(r"at property '([^']+)'", note):
        where = tuple(int(part) if part.isdigit() else part for part in found[1].split("/"))
        note = note[: found.start()].strip()
    if where and where[-1] == "name" and "does not match" in note:
        what = "This is not a name that a data package can have."
        fix = "Write small letters, digits, hyphens, dots and underscores only."
        return fault("package-invalid", plain.place(where), what, fix)
    if lacking := re.fullmatch(r"'([^']+)' is a required property", note):
        what = f"“{lacking[1]}” is missing here."
        fix = f"Add “{lacking[1]}:”; the data packages of other indicators show how."
        return fault("package-invalid", plain.place(where), what, fix)
    name = f"“{where[-1]}” of t" if where and isinstance(where[-1], str) else "T"
    what = f"{name}he data package is not as the standard has it: {note[:200]}."
    fix = "See the data packages of the other indicators for an example."
    return fault("package-invalid", plain.place(where), what, fix)


def _telling(errors: Sequence[Any], rows: Rows) -> Iterator[tuple[Any, int, str]]:
    """Errors to be told, with line and column; rows blank or ragged have been told by then."""
    blank = {e.row_number for e in errors if e.type == "blank-row"}
    told: dict[tuple[str, str], int] = {}
    for error in errors:
        column = getattr(error, "field_name", "") or ""
        kind = (error.type, column)
        told[kind] = told.get(kind, 0) + 1
        number = getattr(error, "row_number", 0)
        if told[kind] > MOST or (number in blank and error.type != "blank-row"):
            continue
        line = rows.lines[number - 2] if number >= 2 else 1
        yield error, line, column


def _verdict(
    error: Any, table: Table, schema: Mapping[str, Any], line: int, column: str
) -> Problem:
    fields = {f.get("name"): f for f in schema.get("fields", ()) if isinstance(f, dict)}
    cell = str(getattr(error, "cell", ""))[:60]
    place = table.place(line, column)
    match error.type:
        case "type-error":
            kind = KINDS.get(str(fields.get(column, {}).get("type")), "of the type declared")
            what = f"“{cell}” in column “{column}” is not {kind}."
            return fault("table-type", place, what, "Correct the cell, or leave it empty.")
        case "constraint-error":
            what, fix = _constraint(error.note, column, cell, fields.get(column, {}))
            return fault("table-constraint", place, what, fix)
        case "unique-error" | "primary-key":
            return _duplicate(error, table, schema, line, column)
        case "foreign-key":
            return _reference(error, table, line)
        case "missing-label" | "extra-label" | "incorrect-label" | "duplicate-label":
            return _label(error, table, list(fields))
        case "blank-row":
            what = "Every cell of this row is empty."
            return fault("table-blank-row", place, what, "Delete the line.")
    what = f"The table does not fit its description: {error.note[:200]}."
    return fault("table-invalid", place, what, "Correct the table or its description.")


def _constraint(note: str, column: str, cell: str, field: Mapping[str, Any]) -> tuple[str, str]:
    found = re.search(r'constraint "(\w+)"', note)
    name = found[1] if found else ""
    limit = field.get("constraints", {}).get(name)
    match name:
        case "required":
            return f"Column “{column}” is empty here.", "Fill in the cell, or delete the row."
        case "enum":
            words = [str(word) for word in limit] if isinstance(limit, list) else []
            near = difflib.get_close_matches(cell, words, n=1)
            hint = f"Did you mean {near[0]}? " if near else ""
            what = f"“{cell}” is not one of the words for column “{column}”."
            return what, f"{hint}Allowed: {', '.join(words)[:300]}."
        case "minimum" | "exclusiveMinimum":
            return f"“{cell}” in column “{column}” is too small.", f"The least is {limit}."
        case "maximum" | "exclusiveMaximum":
            return f"“{cell}” in column “{column}” is too great.", f"The most is {limit}."
        case "minLength":
            return f"“{cell}” in column “{column}” is too short.", f"Write {limit} signs or more."
        case "maxLength":
            return f"“{cell}” in column “{column}” is too long.", f"Write {limit} signs or fewer."
    return f"“{cell}” in column “{column}” breaks a rule of its column.", "Correct the cell."


def _duplicate(
    error: Any, table: Table, schema: Mapping[str, Any], line: int, column: str
) -> Problem:
    key = schema.get("primaryKey") or []
    names = [column] if column else [key] if isinstance(key, str) else [str(n) for n in key]
    place = table.place(line, names[0] if names else "")
    columns = " and ".join(f"“{name}”" for name in names)
    found = re.search(r"at position (\d+)", error.note)
    if not found:
        what = f"All of {columns} is empty, so nobody can tell what the row is about."
        return fault("table-duplicate-row", place, what, "Fill it in, or delete the row.")
    lines, first = table.text.split("\n"), int(found[1])
    if lines[line - 1] == lines[first - 1]:
        what = f"This row stands on line {first} already, word for word."
        return fault("table-duplicate-row", place, what, "Delete one of the two.")
    what = f"This row has the same {columns} as the row on line {first}, and says something else."
    fix = (
        "Keep the right one and delete the other, or mend what both say alike; if both are right, "
        "name the column that tells them apart under “primaryKey:” in the data package."
    )
    return fault("table-duplicate-row", place, what, fix)


def _reference(error: Any, table: Table, line: int) -> Problem:
    names = [str(name) for name in error.field_names]
    values = ", ".join(str(value) for value in error.field_cells)[:60]
    there = ", ".join(str(name) for name in error.reference_field_names)
    resource = error.reference_name or "this table"
    what = f"“{values}” is not found under “{there}” of {resource}."
    fix = f"Add it to {resource}, or correct it here."
    place = table.place(line, names[0] if names else "")
    return fault("table-unknown-reference", place, what, fix)


def _label(error: Any, table: Table, fields: list[Any]) -> Problem:
    label = str(getattr(error, "label", ""))
    number = int(getattr(error, "field_number", 1))
    if error.type == "missing-label":
        what = f"The column “{error.field_name}” is described but is not in the file."
        place = Place(path=table.path)
    else:
        expected = f"; “{fields[number - 1]}” is described there" if number <= len(fields) else ""
        what = f"Column {number} is called “{label}”{expected}."
        place = table.columns.get(label) or Place(path=table.path)
    fix = "Name the columns in the file and in the data package alike, in the same order."
    return fault("table-header", place, what, fix)
