"""Cells of a CSV file, changed one by one in the text they stand in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence

from databook import slips
from databook.problems import Problem
from databook.sources import cell_offsets

_SEPARATED = {"semicolons": ";", "tabs": "\t", "upright strokes": "|"}
_DECIMAL_COMMA = re.compile(r"-?[0-9]+,[0-9]+")
_NUMBERS = ("value", "numerator", "denominator", "lower", "upper")
_BY_MEANING = (
    "table-number", "table-spaces", "table-header", "period-unreadable", "area-unknown",
    "group-unknown", "marker-unknown", "period-spelling",
)  # fmt: skip


def mended(text: str, problems: Sequence[Problem]) -> str:
    """The table with everything mended that its problems leave no doubt about."""
    for problem in problems:
        if problem.code == "table-delimiter":
            return _with_commas(text, problem)
    sheet = _Sheet(text)
    for problem in problems:
        if problem.code in _BY_MEANING:
            _cell(sheet, problem)
    drop = {p.place.line for p in problems if p.code in ("row-duplicate", "table-blank-row")}
    return sheet.text(without=[n for n in sorted(drop) if sheet.useless(n)])


class _Sheet:
    """Lines of a file, each with its own line end, and the cells in them. Local to one call."""

    def __init__(self, text: str) -> None:
        self.lines = re.split(r"(?<=\n)", text)

    def cells(self, line: int) -> list[str]:
        """The raw cells of a line, quotes and all."""
        row = self.lines[line - 1].rstrip("\r\n")
        starts = cell_offsets(row)
        ends = [*(start - 1 for start in starts[1:]), len(row)]
        return [row[a:b] for a, b in zip(starts, ends, strict=True)]

    def column(self, line: int, offset: int) -> int | None:
        """Number of the cell that begins at a column of the text, or None where none does."""
        starts = cell_offsets(self.lines[line - 1].rstrip("\r\n"))
        return starts.index(offset - 1) if offset - 1 in starts else None

    def put(self, line: int, number: int, cell: str) -> None:
        """Exchange one cell."""
        row = self.lines[line - 1]
        end = row[len(row.rstrip("\r\n")) :]
        cells = self.cells(line)
        cells[number] = f'"{cell}"' if "," in cell else cell
        self.lines[line - 1] = ",".join(cells) + end

    def useless(self, line: int) -> bool:
        """Whether a line says nothing, or the very same as an earlier one."""
        if not 1 < line <= len(self.lines):
            return False
        row = self.lines[line - 1].strip()
        return not row.strip(",") or row in (other.strip() for other in self.lines[: line - 1])

    def text(self, without: Sequence[int]) -> str:
        """All lines but some."""
        return "".join(line for n, line in enumerate(self.lines, 1) if n not in without)


def _cell(sheet: _Sheet, problem: Problem) -> None:
    """The cell of a problem, and all cells of its column that say the same."""
    line = problem.place.line
    if not 1 <= line <= len(sheet.lines):
        return
    number = sheet.column(line, problem.place.column)
    if number is None:
        return
    raw = sheet.cells(line)[number]
    written = bare(raw)
    change = _change(sheet, problem, number, written)
    if change is None:
        return
    for other in range(line, len(sheet.lines) + 1):
        cells = sheet.cells(other)
        if number < len(cells) and bare(cells[number]) == written and (other > 1) == (line > 1):
            change(other)


def _change(
    sheet: _Sheet, problem: Problem, number: int, written: str
) -> Callable[[int], None] | None:
    if problem.meant or (problem.code == "table-spaces" and not written.strip()):
        return lambda line: sheet.put(line, number, problem.meant)
    sign = slips.mark(written)
    names = [bare(cell) for cell in sheet.cells(1)]
    if problem.code != "table-number" or not sign or "marker" not in names:
        return None
    marker = names.index("marker")

    def to_marker(line: int) -> None:
        cells = sheet.cells(line)
        there = bare(cells[marker]) if marker < len(cells) else "?"
        if names[number] in _NUMBERS and there in ("", sign):
            sheet.put(line, number, "")
            sheet.put(line, marker, sign)

    return to_marker


def bare(cell: str) -> str:
    """A raw cell without the quotes round it."""
    quoted = len(cell) > 1 and cell[0] == cell[-1] == '"'
    return cell[1:-1].replace('""', '"') if quoted else cell


def _with_commas(text: str, problem: Problem) -> str:
    """The same cells with commas between; decimal commas become points, which is certain here:
    whoever writes semicolons between cells does so because commas stand in the numbers.
    """
    sign = next((s for word, s in _SEPARATED.items() if word in problem.what), "")
    if not sign:
        return text
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True))
    except csv.Error:
        return text
    if not rows or any(len(row) not in (0, len(rows[0])) for row in rows):
        return text  # a sign inside a cell, perhaps: not understood
    numeric = [n for n, name in enumerate(rows[0]) if name.strip() in _NUMBERS]
    for row in rows[1:]:
        for n in numeric if row else ():
            if sign == ";" and _DECIMAL_COMMA.fullmatch(row[n]):
                row[n] = row[n].replace(",", ".")
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n" if "\r\n" in text else "\n").writerows(rows)
    return out.getvalue()
