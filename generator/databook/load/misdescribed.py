"""What looks like many mistakes in a table and is one in its description.

A type that a whole column is not of, and a key that too few columns make.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from databook.load.faults import fault
from databook.load.judge import KINDS
from databook.load.tables import Rows
from databook.problems import Problem
from databook.sources import Document, Table

_FORMS = {"integer": re.compile(r"-?[0-9]+"), "year": re.compile(r"[0-9]{4}")}
# Columns that say nothing of what a row is about.
_SAYING = ("value", "numerator", "denominator", "lower", "upper", "marker", "note")


def blamed(
    plain: Document,
    typed: Mapping[str, Any],
    found: Mapping[str, Table],
    rows: Mapping[str, Rows],
    problems: Sequence[Problem],
) -> list[Problem]:
    """The problems, with those of the description in place of what follows from them."""
    kept = list(problems)
    for number, resource in enumerate(typed["resources"]):
        name, schema = resource["name"], resource["schema"]
        if name not in found:
            continue
        at, table = ("resources", number, "schema"), found[name]
        for place, field in enumerate(schema["fields"]):
            wrong = _of_type(kept, table, field.get("name", ""))
            if len(wrong) > 1 and _mostly_other(rows[name], field, len(wrong)):
                kept = [p for p in kept if p not in wrong]
                kept.append(_type(plain, (*at, "fields", place, "type"), field, wrong))
        for lacking in _key(schema, rows[name]):
            what = "These columns do not tell the rows apart: many rows have the same."
            fix = f"Add “{lacking}” to “primaryKey:”."
            spot = plain.place((*at, "primaryKey"))
            kept = [p for p in kept if not _repeats(p, table)]
            kept.append(fault("package-key", spot, what, fix))
    return kept


def _of_type(problems: Sequence[Problem], table: Table, column: str) -> list[Problem]:
    of_column = f"in column “{column}” is not"
    return [
        p
        for p in problems
        if p.code == "table-type" and p.place.path == table.path and of_column in p.what
    ]


def _mostly_other(rows: Rows, field: Mapping[str, Any], told: int) -> bool:
    """Whether half of a column or more is not of its type; at most `MOST` cells have been told."""
    if field["name"] not in rows.names:
        return False
    at = rows.names.index(field["name"])
    cells = [row[at] for row in rows.rows if row[at]]
    if pattern := _FORMS.get(str(field.get("type"))):
        told = sum(1 for cell in cells if not pattern.fullmatch(cell))
    return 2 * told >= len(cells)


def _type(
    plain: Document, path: tuple[str | int, ...], field: Mapping[str, Any], wrong: Sequence[Problem]
) -> Problem:
    kind = str(field.get("type"))
    what = f"“{field['name']}” is described as {KINDS.get(kind, kind)}, and most cells are not."
    meant = "number" if kind == "integer" else "string"
    fix = f"Write “type: {meant}”, or mend the cells, from line {wrong[0].place.line} on."
    return fault("package-type", plain.place(path), what, fix)


def _repeats(problem: Problem, table: Table) -> bool:
    return problem.code == "table-duplicate-row" and problem.place.path == table.path


def _key(schema: Mapping[str, Any], rows: Rows) -> Iterator[str]:
    """The column that a key lacks, where half of all rows or more are alike without it."""
    key = schema.get("primaryKey")
    names = [key] if isinstance(key, str) else key if isinstance(key, list) else []
    if not names or any(name not in rows.names for name in names) or len(rows.rows) < 2:
        return
    if 2 * len(_values(rows, names)) > len(rows.rows):
        return
    for name in rows.names:
        whole = name not in names and name not in _SAYING
        if whole and len(_values(rows, [*names, name])) == len(rows.rows):
            yield name
            return


def _values(rows: Rows, names: Sequence[str]) -> Counter[tuple[str, ...]]:
    at = [rows.names.index(name) for name in names]
    return Counter(tuple(row[n] for n in at) for row in rows.rows)
