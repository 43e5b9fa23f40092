"""Cells of a table of text: where they stand, gathered by what they say, read as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from databook import slips
from databook.problems import Place, in_lines
from databook.sources import Package, Table
from databook.validate.faults import Fault

# ASCII digits, no exponent, no thousands separator: one number, one spelling. Ten decimals are
# what official rates are published with; beyond fifteen digits a float would change the figure.
NUMBER = r"^-?[0-9]{1,12}(\.[0-9]{1,10})?$"
_NUMBER = re.compile(NUMBER, re.ASCII)


def table_of(package: Package | None, name: str) -> Table | None:
    """The table of a resource, by its name, its file's name, or because it is the only one."""
    if package is None:
        return None
    if name in package.tables:
        return package.tables[name]
    for table in package.tables.values():
        if table.path.endswith(f"/{name}.csv"):
            return table
    others = {"areas", "neighbours"} & set(package.tables)  # never each other
    return next(iter(package.tables.values())) if len(package.tables) == 1 and not others else None


def place_in(table: Table, fault: Fault, theirs: Mapping[str, str] | None = None) -> Place:
    """Where a fault of a table stands: its row, or the head of its column.

    `theirs`: what the file calls the usual columns, where it has names of its own.
    """
    column = (theirs or {}).get(fault.column, fault.column)
    if fault.line:
        return table.place(fault.line, column)
    return table.columns.get(column) or Place(path=table.path)


def tidy(
    table: Table, names: Mapping[str, str] | None = None, absent: Sequence[str] = ()
) -> pl.DataFrame:
    """The table with its texts trimmed, empty cells as nulls, and the line of each row.

    With `names`, those columns only, under the names that they lead to; `absent` are added empty.
    A column of the file called `line` gives way; no table of a book has a use for it.
    """
    texts = [c for c in table.frame.columns if c not in ("_line", "line")]
    names = {c: c for c in texts} if names is None else names
    columns = [pl.Series("line", table.frame["_line"], pl.Int32)]
    for theirs, ours in names.items():
        cells = table.frame[theirs].to_list()
        columns.append(pl.Series(ours, [(c and c.strip()) or None for c in cells], pl.String))
    nothing = [None] * table.frame.height
    columns += (pl.Series(name, nothing, pl.String) for name in absent)
    return pl.DataFrame(columns)


def by_text(
    frame: pl.DataFrame, column: str, line: str = "line"
) -> Iterator[tuple[str, list[int]]]:
    """Offending rows gathered by what their cell says, so that one slip is reported once."""
    gathered = frame.group_by(column, maintain_order=True).agg(pl.col(line))
    for text, lines in zip(gathered[column].to_list(), gathered[line].to_list(), strict=True):
        yield ("" if text is None else str(text)), lines


def also(lines: Sequence[int]) -> str:
    """Words for the other rows with the same fault."""
    others = lines[1:]
    return f" (also line{'s' * (len(others) > 1)} {in_lines(others)})" if others else ""


def floats(texts: pl.Series) -> pl.Series:
    """Texts as numbers, null where they are none. Adding zero turns -0 into 0."""
    if texts.null_count() == len(texts):
        return pl.Series(texts.name, [None] * len(texts), pl.Float64)
    found = [
        float(text) + 0.0 if text is not None and _NUMBER.fullmatch(text) else None
        for text in texts.to_list()
    ]
    return pl.Series(texts.name, found, pl.Float64)


def not_numbers(frame: pl.DataFrame, columns: Sequence[str]) -> Iterator[Fault]:
    """A figure that can be read in two ways may be published wrong."""
    wrong = {c: pl.col(c).is_not_null() & ~pl.col(c).str.contains(NUMBER) for c in columns}
    found = frame.filter(pl.any_horizontal(*wrong.values()))
    for column in columns if found.height else ():
        for text, lines in by_text(found.filter(wrong[column]), column):
            yield Fault(
                what=f"“{column}” is “{text[:40]}”, which is not a number{also(lines)}.",
                fix=slips.number_hint(text),
                line=lines[0],
                others=tuple(lines[1:]),
                column=column,
            )
