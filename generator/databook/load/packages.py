"""Data packages: a descriptor and its tables, judged by the quick gate or else by Frictionless.

The only module that knows Frictionless, which is handed a descriptor that has been searched for
anything that acts, and cells that were split already. It opens no file and no address.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import Any

from databook.load import (
    descriptor,
    document,
    folders,
    gate,
    headings,
    jsontext,
    judge,
    misdescribed,
    tables,
)
from databook.load.faults import fault
from databook.problems import Checked, Level, Place, Problem
from databook.sources import Document, Package, Table

NAMES = ("datapackage.yaml", "datapackage.json")


def read(root: FilePath, folder: str) -> Checked[Package]:
    """Read the data package in a folder of the book, with all that is wrong in it."""
    described = _descriptor(root, folder)
    if described.value is None:
        return Checked(value=None, problems=described.problems)
    plain, typed = described.value
    problems = [*described.problems, *descriptor.refusals(plain, typed)]
    refused = any(problem.level is Level.ERROR for problem in problems)
    found: dict[str, Table] = {}
    rows: dict[str, tables.Rows] = {}
    for number, name, file in _resources(typed):
        if not folders.exists(root, f"{folder}/{file}"):
            place = plain.place(("resources", number, "path"))
            problems.append(_not_there(root, folder, place, file))
            continue
        data = folders.read_bytes(root, f"{folder}/{file}", cap=tables.CAP)
        problems += data.problems
        if data.value is None:
            continue
        table = tables.read(data.value, f"{folder}/{file}")
        problems += table.problems
        problems += _sums(plain, number, typed["resources"][number], data.value)
        if table.value is not None:
            found[name], rows[name] = table.value
    if not refused and not gate.certain(typed, rows):
        problems += _spelling(typed, found, rows)
        headed = _headings(plain, typed, found)
        problems += (problem for each in headed.values() for problem in each)
        wholly = {p.place for p in problems if p.code == "table-type"}
        problems += judge.faults(plain, typed, found, rows, frozenset(headed), wholly)
        problems = misdescribed.blamed(plain, typed, found, rows, problems)
        problems += judge.doubts(plain, typed, rows)
    package = Package(descriptor=plain, tables=found)
    return Checked(value=package, problems=_once(problems))


def undescribed(folder: str) -> Problem:
    """That a data file has no description beside it."""
    what = "There is no datapackage.yaml beside data.csv, so nothing says what its columns are."
    fix = "Copy the datapackage.yaml of an indicator with the same columns."
    return fault("package-missing", Place(path=f"{folder}/data.csv"), what, fix)


def _not_there(root: FilePath, folder: str, place: Place, file: str) -> Problem:
    """A data file that is described and missing, told where it is described."""
    entries = folders.listing(root, folder).value or ()
    there = [
        entry.name
        for entry in entries
        if entry.name.endswith(".csv") and entry.name != "forecasts.csv"
    ]
    near = difflib.get_close_matches(file, there, n=1) or (there if len(there) == 1 else [])
    hint = f"Did you mean {near[0]}? " if near else ""
    what = f"There is no file {file} in this folder."
    return fault("package-file-missing", place, what, f"{hint}Add the file, or mend its name here.")


def _headings(
    plain: Document, typed: Mapping[str, Any], found: Mapping[str, Table]
) -> Mapping[str, tuple[Problem, ...]]:
    """Tables whose columns are not those described, and how they differ."""
    differing = {}
    for at, resource in enumerate(typed["resources"]):
        table = found.get(resource["name"])

        def place(number: int, at: int = at) -> Place:
            return plain.place(("resources", at, "schema", "fields", number, "name"))

        fields = resource["schema"]["fields"]
        names = [f.get("name") for f in fields if isinstance(f, dict)]
        described = [name for name in names if isinstance(name, str)]
        if table is not None and len(described) == len(fields):
            problems = tuple(headings.differing(table, described, place))
            if problems:
                differing[resource["name"]] = problems
    return differing


def paths(package: Package | None) -> tuple[str, ...]:
    """Paths of the data files that a package describes, relative to its folder."""
    if package is None or not isinstance(package.descriptor.data, dict):
        return ()
    resources = package.descriptor.data.get("resources")
    if not isinstance(resources, list):
        return ()
    found = [resource.get("path") for resource in resources if isinstance(resource, dict)]
    return tuple(path for path in found if isinstance(path, str))


def _descriptor(root: FilePath, folder: str) -> Checked[tuple[Document, Any]]:
    there = [name for name in NAMES if folders.exists(root, f"{folder}/{name}")]
    if len(there) == len(NAMES):
        what = "There are two descriptions of the data: datapackage.yaml and datapackage.json."
        place = Place(path=f"{folder}/{NAMES[1]}")
        problem = fault("package-two", place, what, "Delete one of them.")
        return Checked(value=None, problems=(problem,))
    name = f"{folder}/{(there or NAMES)[0]}"
    data = folders.read_bytes(root, name, cap=document.CAP)
    if data.value is None:
        return Checked(value=None, problems=data.problems)
    if name.endswith(".json"):
        return jsontext.parse(data.value, name)
    return document.parse_typed(data.value, name)


def _resources(typed: Mapping[str, Any]) -> Iterator[tuple[int, str, str]]:
    """Number, name and file of each resource whose file may be opened."""
    resources = typed.get("resources")
    for number, resource in enumerate(resources if isinstance(resources, list) else ()):
        if isinstance(resource, dict):
            name, file = resource.get("name"), resource.get("path")
            if isinstance(name, str) and isinstance(file, str) and descriptor.FILE.fullmatch(file):
                yield number, name, file


def _sums(
    plain: Document, number: int, resource: Mapping[str, Any], data: bytes
) -> Iterator[Problem]:
    """Size and checksum, where a descriptor has them: a stale one makes other programs refuse."""
    told = str(resource.get("hash", "")).rpartition(":")
    kind = told[0] or "md5"
    true: dict[str, Any] = {"bytes": len(data)}
    if kind in ("md5", "sha256"):
        true["hash"] = hashlib.new(kind, data, usedforsecurity=False).hexdigest()
    given = {"bytes": resource.get("bytes"), "hash": told[2] or None}
    for key, value in true.items():
        if given[key] not in (None, value):
            what = f"“{key}” no longer fits the data file."
            place = plain.place(("resources", number, key), key=True)
            yield fault("package-invalid", place, what, "Delete the line; nothing needs it.")


def _spelling(
    typed: Mapping[str, Any], found: Mapping[str, Table], rows: Mapping[str, tables.Rows]
) -> Iterator[Problem]:
    """Numbers that Frictionless reads though nobody should write them so: 1_000, ٣, inf."""
    for resource in typed["resources"]:
        name = resource["name"]
        if name not in rows:
            continue
        fields = resource["schema"]["fields"]
        kinds = {f["name"]: f.get("type") for f in fields if isinstance(f.get("name"), str)}
        numeric = [c for c in rows[name].names if kinds.get(c) in ("number", "integer")]
        absent = judge.missing_values(resource["schema"])
        yield from tables.misspelt(found[name], rows[name], numeric, absent)


def _once(problems: list[Problem]) -> tuple[Problem, ...]:
    """One problem for each cell: what Frictionless says of it again adds nothing."""
    told: set[Place] = set()
    kept: list[Problem] = []
    for problem in dict.fromkeys(problems):
        if problem.code.startswith("table-"):
            if problem.place in told:
                continue
            told.add(problem.place)
        kept.append(problem)
    return tuple(kept)
