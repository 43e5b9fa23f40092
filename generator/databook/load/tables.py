"""CSV bytes to a table of text, and what is wrong with the file whatever its columns mean.

Stricter than the usual readers, which take semicolons, ragged rows and marks in their stride:
a figure that two programs read differently is worse than one that is refused.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

import polars as pl

from databook import slips
from databook.load import headings
from databook.load.faults import fault
from databook.load.text import MOST, decode
from databook.problems import Checked, Place, Problem
from databook.sources import Table, cell_offsets

CAP = 5_000_000  # bytes
ROWS = 50_000
CELL = 2_000  # characters
LINE = 100_000  # characters; below the limit of Python's csv module

# One number, one spelling: ASCII digits, no exponent, no thousands separator. Twelve digits and
# ten decimals hold every official figure; more would not survive being read as a float.
NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,10})?")

# What spreadsheets run as a formula, full-width forms included (they become ASCII under NFKC); a
# plain negative number is none. Leading spaces do not disarm it.
_FORMULA = re.compile(
    r"^[^\S\n]*(?:[=@＝﹦＠﹫⁼₌]|[+\-＋－﹢﹣⁺₊](?!\d{1,12}(?:\.\d{1,10})?$))(?=[^\n])",
    re.MULTILINE,
)
_EDGE = re.compile(r"^[^\S\n]|[^\S\n]$|\t", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A file split into cells: names of columns, rows, and the line on which each row stands."""

    names: tuple[str, ...]
    rows: list[list[str]]
    lines: Sequence[int]
    text: str
    whole: bool = False  # nothing was left out and nothing is doubtful


def read(data: bytes, path: str) -> Checked[tuple[Table, Rows]]:
    """Make a table of a CSV file's bytes, or say why it cannot be one."""
    text = decode(data, path, mark_ok=True)
    if text.value is None:
        return Checked(value=None, problems=text.problems)
    rows = _split(text.value, path)
    if rows.value is None:
        return Checked(value=None, problems=text.problems + rows.problems)
    wrong = (*text.problems, *rows.problems, *_cells(rows.value, path))
    columns = list(zip(*rows.value.rows, strict=True)) or [()] * len(rows.value.names)
    frame = pl.DataFrame(
        {
            **dict(zip(rows.value.names, map(list, columns), strict=True)),
            "_line": pl.Series(rows.value.lines, dtype=pl.Int32),
        },
        schema={**dict.fromkeys(rows.value.names, pl.String()), "_line": pl.Int32()},
    )
    table = Table(path=path, frame=frame, columns=_header_places(rows.value, path), text=text.value)
    return Checked(value=(table, replace(rows.value, whole=not wrong)), problems=wrong)


def _split(text: str, path: str) -> Checked[Rows]:
    lines = text.replace("\r\n", "\n").split("\n")
    if not lines[-1]:
        lines.pop()
    if not lines:
        what, fix = "The file is empty.", "Add a row of headings and a row for each figure."
        return _refused("table-empty", Place(path=path), what, fix)
    if len(lines) > ROWS + 1:
        what = f"The file has {len(lines) - 1:,} rows; at most {ROWS:,} are read."
        return _refused("table-too-big", Place(path=path, line=ROWS + 2), what, "Split it in two.")
    if (longest := max(map(len, lines))) > LINE:
        line = next(number for number, each in enumerate(lines, 1) if len(each) == longest)
        what = f"This line holds {longest:,} characters; at most {LINE:,} are read."
        return _refused("table-cell-too-long", Place(path=path, line=line), what, "Shorten it.")
    if '"' not in text:
        return _shape([line.split(",") for line in lines], text, path)
    reader = csv.reader(lines, strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            if reader.line_num != len(rows) + 1:
                return _line_break(path, len(rows) + 1, lines)
            rows.append(row or [""])
    except csv.Error:
        if reader.line_num != len(rows) + 1:
            return _line_break(path, len(rows) + 1, lines)
        what = "The quotes on this line do not fit together."
        fix = 'Put the whole cell in double quotes, and write a quote inside it twice ("").'
        return _refused("table-quote", Place(path=path, line=reader.line_num), what, fix)
    if stray := _stray_quote(lines, path):
        return Checked(value=None, problems=(stray,))
    return _shape(rows, text, path)


def _line_break(path: str, line: int, lines: list[str]) -> Checked[Rows]:
    """A quote left open swallows the lines after it, so nothing more can be read."""
    column = cell_offsets(lines[line - 1])[-1] + 1  # no comma after an open quote parts cells
    what = "A quoted cell that begins on this line runs over into the next."
    fix = "Write the cell on one line; if it should end on this one, close its quote."
    place = Place(path=path, line=line, column=column)
    return _refused("table-line-break", place, what, fix)


def _stray_quote(lines: list[str], path: str) -> Problem | None:
    """A quote in the middle of a cell, which some programs take for the beginning of one."""
    for number, line in enumerate(lines, 1) if any('"' in each for each in lines) else ():
        if '"' not in line:
            continue
        starts = cell_offsets(line)
        for start, end in zip(starts, [*starts[1:], len(line) + 1], strict=True):
            cell = line[start : end - 1]
            if '"' in cell and not cell.startswith('"'):
                place = Place(path=path, line=number, column=start + cell.index('"') + 1)
                what = "There is a quote in the middle of a cell."
                fix = 'Put the whole cell in double quotes, and write a quote inside it twice ("").'
                return fault("table-quote", place, what, fix)
    return None


def _refused(code: str, place: Place, what: str, fix: str) -> Checked[Rows]:
    return Checked(value=None, problems=(fault(code, place, what, fix),))


def _shape(rows: list[list[str]], text: str, path: str) -> Checked[Rows]:
    """Names of the columns first, then every row as long as the names; others are left out."""
    names = rows[0]
    body = rows[1:]
    if wrong := headings.first_line(names, body, path):
        return Checked(value=None, problems=wrong)
    width = len(names)
    if all(len(row) == width and any(row) and row != names for row in body):
        whole = Rows(names=tuple(names), rows=body, lines=range(2, len(rows) + 1), text=text)
        return Checked(value=whole)
    whole_rows = [len(row) == width and any(row) and row != names for row in body]
    kept = [(n, row) for n, (row, fit) in enumerate(zip(body, whole_rows, strict=True), 2) if fit]
    odd = [
        (n, row) for n, (row, fit) in enumerate(zip(body, whole_rows, strict=True), 2) if not fit
    ]
    part = Rows(
        names=tuple(names), rows=[row for _, row in kept], lines=[n for n, _ in kept], text=text
    )
    written = text.split("\n")
    return Checked(
        value=part,
        problems=tuple(_odd(n, row, names, written[n - 1], path) for n, row in odd[:MOST]),
    )


def _odd(line: int, row: list[str], names: list[str], written: str, path: str) -> Problem:
    if not any(row):
        what, fix = "This row is blank.", "Delete the line."
        return fault("table-blank-row", Place(path=path, line=line), what, fix)
    if row == names:
        what, fix = "The headings stand here a second time.", "Delete the line."
        return fault("table-header", Place(path=path, line=line), what, fix)
    if len(row) == 1 and not NUMBER.fullmatch(row[0]):
        what = f"“{row[0].strip()[:60]}” stands alone here, and is no row of figures."
        fix = "Move it to “notes:” in indicator.yaml, or delete the line."
        return fault("table-row-length", Place(path=path, line=line), what, fix)
    starts = cell_offsets(written)
    what = f"This row has {len(row)} cells, but there are {len(names)} columns."
    if (at := _parted(row, names)) is not None:
        number = f"{row[at]},{row[at + 1]}"
        column = starts[at] + 1
        what = f"{what[:-1]}: “{number}” is read as two."
        fix = f"Write “{slips.number(number)}”, without the comma."
    elif len(row) > len(names):
        column = starts[len(names)] + 1
        fix = "Put a cell that contains a comma in double quotes, or delete the extra cells."
        if not any(row[len(names) :]) and not _comma_inside(row):
            fix = "Delete the commas too many at the end of the line."
    else:
        column = len(written.rstrip("\r")) + 1
        fix = f"Add the cells that are missing; “{names[len(row)]}” is the first without one."
    return fault("table-row-length", Place(path=path, line=line, column=column), what, fix)


_LEAD, _REST = re.compile(r"[£$€]?-?[0-9]{1,3}"), re.compile(r"[0-9]{3}(?:\.[0-9]+)?%?")


def _comma_inside(row: list[str]) -> bool:
    """Whether a cell seems to go on after a comma: a name with a space, a number in thousands."""
    return any(
        after.startswith(" ") or (_LEAD.fullmatch(cell) and _REST.fullmatch(after))
        for cell, after in pairwise(row)
    )


def _parted(row: list[str], names: list[str]) -> int | None:
    """Where a comma for thousands has made two cells of one number, if there is one such place."""
    if len(row) != len(names) + 1:
        return None
    numeric = {names.index(n) for n in headings.USUAL[2:7] if n in names}
    found = [
        at
        for at in range(len(row) - 1)
        if at in numeric and _LEAD.fullmatch(row[at]) and _REST.fullmatch(row[at + 1])
    ]
    return found[0] if len(found) == 1 else None


def _header_places(rows: Rows, path: str) -> dict[str, Place]:
    start = rows.text.split("\n", 1)[0].rstrip("\r")
    offsets = cell_offsets(start)
    return {
        name: Place(path=path, column=offset + 1)
        for name, offset in zip(rows.names, offsets, strict=False)
    }


def _cells(rows: Rows, path: str) -> Iterator[Problem]:
    """Faults that no column may have; each column is searched as one text, which is fast."""
    for number, name in enumerate(rows.names):
        column = [row[number] for row in rows.rows]
        text = "\n".join(column)
        if max(map(len, column), default=0) > CELL:
            at = next(n for n, cell in enumerate(column) if len(cell) > CELL)
            what = f"The cell holds {len(column[at]):,} characters; at most {CELL:,} are read."
            yield _at(rows, path, at, name, "table-cell-too-long", what, "Shorten it.")
        for match in _first(_EDGE, text):
            at = text.count("\n", 0, match.start())
            what = f"“{column[at].strip()[:40]}” in column “{name}” has a space or tab too many."
            fix = "Delete spaces at the beginning and the end, and any tab."
            told = _at(rows, path, at, name, "table-spaces", what, fix)
            yield replace(told, meant=column[at].replace("\t", " ").strip())
        for match in _first(_FORMULA, text):
            at = text.count("\n", 0, match.start())
            what = f"“{column[at][:40]}” in column “{name}” begins like a formula."
            fix = "Write a word or a plain number; begin a note with a letter."
            yield _at(rows, path, at, name, "table-formula", what, fix)


def _first(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    return list(islice(pattern.finditer(text), MOST))


def _at(rows: Rows, path: str, row: int, column: str, code: str, what: str, fix: str) -> Problem:
    line = rows.lines[row]
    raw = rows.text.split("\n")[line - 1]
    offset = cell_offsets(raw)[rows.names.index(column)]
    return fault(code, Place(path=path, line=line, column=offset + 1), what, fix)


def _like_number(cell: str) -> bool:
    """Whether a cell is a number, or might have been meant as one or in the place of one."""
    meant = NUMBER.fullmatch(cell) or slips.number(cell) or slips.mark(cell)
    return bool(meant) or cell.lower() in slips.VAGUE


def misspelt(
    table: Table, rows: Rows, columns: Sequence[str], absent: Sequence[str] = ()
) -> Iterator[Problem]:
    """Cells of number columns that are not digits with, if need be, one point."""
    for name in columns:
        number = rows.names.index(name)
        cells = [row[number] for row in rows.rows if row[number] and row[number] not in absent]
        if len(cells) > 1 and not any(map(_like_number, cells)):
            what = f"Column “{name}” is described as numbers, and not one of its cells is one."
            fix = "Write “type: string” in the data package, or put the numbers here."
            yield fault("table-type", table.columns[name], what, fix)
            continue
        told = 0
        for line, row in zip(rows.lines, rows.rows, strict=True):
            cell = row[number]
            if not cell or cell in absent or NUMBER.fullmatch(cell):
                continue
            what = f"“{cell[:40]}” in column “{name}” is not a plain number."
            place = table.place(line, name)
            meant = slips.number(cell) if slips.certain(cell) else ""
            yield fault("table-number", place, what, slips.number_hint(cell), meant=meant)
            if (told := told + 1) == MOST:
                break
