"""Tables with margins for tests of the audit, and every way in which they could be filled."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import product

from databook.protect.sums import Figure, Need, System, adds_up

Cell = tuple[int, int]
Rows = Sequence[Sequence[int]]


def system(table: Rows, hidden: Collection[Cell], need: Need | None = None) -> System:
    """A table as readers have it: all margins, and all cells but those that are hidden."""
    need = need or Need()
    height, width = len(table), len(table[0])
    figures = [
        Figure(name=f"{r},{c}", low=need.least, need=need)
        if (r, c) in hidden
        else Figure(name=f"{r},{c}", low=table[r][c], high=table[r][c])
        for r in range(height)
        for c in range(width)
    ]
    lines = [(f"row {r}", [r * width + c for c in range(width)]) for r in range(height)]
    lines += [(f"column {c}", [r * width + c for r in range(height)]) for c in range(width)]
    sums = []
    for name, parts in lines:
        total = sum(table[p // width][p % width] for p in parts)
        sums.append(adds_up(len(figures), parts, why=name))
        figures.append(Figure(name=name, low=total, high=total))
    return System(figures=tuple(figures), sums=tuple(sums))


def fillings(table: Rows, hidden: Sequence[Cell], least: int) -> Iterator[dict[Cell, int]]:
    """Every way to fill the hidden cells that agrees with all margins: by trying, and no wit."""
    height, width = len(table), len(table[0])
    rows = {r: sum(table[r][c] for c in range(width) if (r, c) in hidden) for r in range(height)}
    columns = {c: sum(table[r][c] for r in range(height) if (r, c) in hidden) for c in range(width)}
    spans = [range(least, min(rows[r], columns[c]) + 1) for r, c in hidden]
    for values in product(*spans):
        filled = dict(zip(hidden, values, strict=True))
        if all(
            sum(v for (r, _), v in filled.items() if r == row) == rows[row] for row in rows
        ) and all(
            sum(v for (_, c), v in filled.items() if c == column) == columns[column]
            for column in columns
        ):
            yield filled


def ranges(table: Rows, hidden: Sequence[Cell], least: int) -> dict[Cell, tuple[int, int]]:
    """The lowest and highest value of each hidden cell, by trying everything."""
    found = list(fillings(table, hidden, least))
    return {cell: (min(f[cell] for f in found), max(f[cell] for f in found)) for cell in hidden}
