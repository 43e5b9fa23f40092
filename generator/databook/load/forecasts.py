"""Frozen forecasts: forecasts.csv, whose columns are the same in every book."""

from __future__ import annotations

from pathlib import Path as FilePath

from databook.load import folders, tables
from databook.problems import Checked
from databook.sources import Table


def read(root: FilePath, name: str) -> Checked[Table]:
    """Read a file of frozen forecasts by its name relative to the root."""
    data = folders.read_bytes(root, name, cap=tables.CAP)
    if data.value is None:
        return Checked(value=None, problems=data.problems)
    table = tables.read(data.value, name)
    return Checked(value=table.value[0] if table.value else None, problems=table.problems)
