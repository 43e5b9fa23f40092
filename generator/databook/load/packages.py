"""Data packages: descriptor and tables."""

from __future__ import annotations

from pathlib import Path as FilePath

from databook.load import document, folders, tables
from databook.load.faults import fault
from databook.problems import Checked, Place, Problem
from databook.sources import Package, Table

NAMES = ("datapackage.yaml", "datapackage.json")


def read(root: FilePath, folder: str) -> Checked[Package]:
    """Read the data package in a folder of the book."""
    descriptor = document.read(root, f"{folder}/datapackage.yaml")
    if descriptor.value is None:
        return Checked(value=None, problems=descriptor.problems)
    problems: list[Problem] = [*descriptor.problems]
    found: dict[str, Table] = {}
    for resource in descriptor.value.data["resources"]:
        path = f"{folder}/{resource['path']}"
        data = folders.read_bytes(root, path, cap=tables.CAP)
        if data.value is None:
            problems += data.problems
            continue
        table = tables.read(data.value, path)
        problems += table.problems
        if table.value:
            found[resource["name"]] = table.value[0]
    return Checked(
        value=Package(descriptor=descriptor.value, tables=found), problems=tuple(problems)
    )


def paths(package: Package | None) -> tuple[str, ...]:
    """Paths of the data files that a package describes, relative to its folder."""
    if package is None or not isinstance(package.descriptor.data, dict):
        return ()
    resources = package.descriptor.data.get("resources")
    found = [r.get("path") for r in resources or () if isinstance(r, dict)]
    return tuple(path for path in found if isinstance(path, str))
