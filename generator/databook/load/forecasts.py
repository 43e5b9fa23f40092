"""Frozen forecasts: forecasts.csv, whose columns are the same in every book."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path as FilePath

from databook import slips
from databook.load import folders, tables
from databook.load.faults import fault
from databook.problems import Checked, Place, Problem
from databook.sources import Table

COLUMNS = (
    "made_on", "origin", "scenario", "method", "author", "assumptions", "reconstructed", "period",
    "value", "lower_80", "upper_80", "lower_95", "upper_95",
)  # fmt: skip
# A book of many places may keep forecasts of any of them; empty is the book's own place.
OPTIONAL = ("area",)


def read(root: FilePath, name: str, about: tuple[str, ...] = ()) -> Checked[Table]:
    """Read a file of frozen forecasts by its name relative to the root.

    `about` names columns that say what a row is about, where a file speaks of several things.
    """
    data = folders.read_bytes(root, name, cap=tables.CAP)
    if data.value is None:
        return Checked(value=None, problems=data.problems)
    table = tables.read(data.value, name)
    if table.value is None:
        return Checked(value=None, problems=table.problems)
    columns = tuple(_columns(table.value[0], (*about, *COLUMNS)))
    # What the cells say, and whether they are filled in, is for `validate` to judge.
    found = None if columns else table.value[0]
    return Checked(value=found, problems=(*table.problems, *columns))


def _columns(table: Table, needed: tuple[str, ...]) -> Iterator[Problem]:
    """The columns are fixed, in any order: each is there, and there is no other."""
    absent = [name for name in needed if name not in table.columns]
    columns = f"forecasts.csv has the columns {', '.join(needed)}."
    for name, place in table.columns.items():
        if name in (*needed, *OPTIONAL):
            continue
        if near := difflib.get_close_matches(name.casefold(), absent, n=1):
            absent.remove(near[0])
            what = f"The column “{name}” should be called “{near[0]}”."
            meant = slips.one_off(name, near)
            yield fault("table-header", place, what, f"Rename it; {columns}", meant=meant)
        else:
            what = f"The column “{name}” is not one that forecasts.csv has."
            yield fault("table-header", place, what, f"Delete or rename it; {columns}")
    for name in absent:
        what = f"The column “{name}” is missing."
        yield fault("table-header", Place(path=table.path), what, f"Add it; {columns}")
