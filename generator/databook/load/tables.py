"""CSV bytes to a table of text, and what is wrong with the file whatever its columns mean.

Stricter than the usual readers, which take semicolons, ragged rows and marks in their stride:
a figure that two programs read differently is worse than one that is refused.
"""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import polars as pl

from databook import slips
from databook.load.faults import fault
from databook.load.text import MOST, decode
from databook.problems import Checked, Place, Problem
from databook.sources import Table, cell_offsets

CAP = 5_000_000  # bytes
ROWS = 50_000
CELL = 2_000  # characters
COLUMNS = 60
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
    if wrong := _names(names, path) or _heading_torn(names, body, path):
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


def _heading_torn(names: list[str], body: list[list[str]], path: str) -> tuple[Problem, ...]:
    """Every row has one cell more than the headings: two names have run into one, or one is lost.

    Where the last cell is empty in all rows, a spreadsheet has added commas at their ends.
    """
    filled = [row for row in body if any(row)]
    if len(filled) < 2 or {len(row) for row in filled} != {len(names) + 1}:
        return ()
    if not any(row[-1] for row in filled) and not any(_run_together(name) for name in names):
        return ()
    column = 1
    for name in names:
        if torn := _run_together(name):
            what = f"“{name}” is two names run into one, so that the headings are one too few."
            place, fix = Place(path=path, column=column + len(torn)), "Put a comma between them."
            return (fault("table-header", place, what, fix),)
        column += len(name) + 1
    what = f"There are {len(names)} names of columns, but every row has {len(names) + 1} cells."
    fix = "Add the name that is missing, or the comma between two names."
    return (fault("table-header", Place(path=path), what, fix),)


def _run_together(name: str) -> str:
    """The first of two usual names that stand without a comma between them."""
    if name in USUAL:
        return ""
    return next((u for u in USUAL if name.startswith(u) and _usual(name[len(u) :])), "")


def _usual(name: str) -> bool:
    return bool(difflib.get_close_matches(name, USUAL, n=1, cutoff=0.85))


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
        if not any(row[len(names) :]):
            fix = "Delete the commas too many at the end of the line."
    else:
        column = len(written.rstrip("\r")) + 1
        fix = f"Add the cells that are missing; “{names[len(row)]}” is the first without one."
    return fault("table-row-length", Place(path=path, line=line, column=column), what, fix)


_LEAD, _REST = re.compile(r"[£$€]?-?[0-9]{1,3}"), re.compile(r"[0-9]{3}(?:\.[0-9]+)?%?")


def _parted(row: list[str], names: list[str]) -> int | None:
    """Where a comma for thousands has made two cells of one number, if there is one such place."""
    if len(row) != len(names) + 1:
        return None
    numeric = {names.index(n) for n in USUAL[2:7] if n in names}
    found = [
        at
        for at in range(len(row) - 1)
        if at in numeric and _LEAD.fullmatch(row[at]) and _REST.fullmatch(row[at + 1])
    ]
    return found[0] if len(found) == 1 else None


def _names(names: list[str], path: str) -> tuple[Problem, ...]:
    if len(names) == 1 and (other := re.search(r"[;\t|]", names[0])):
        sign = {";": "semicolons", "\t": "tabs"}.get(other[0], "upright strokes")
        what = f"The cells are separated by {sign} rather than commas."
        place = Place(path=path, column=other.start() + 1)
        return (fault("table-delimiter", place, what, "Save the file as CSV with commas."),)
    if len(names) > 1 and names[0].strip() and not any(names[1:]):
        what = f"“{names[0][:60]}” stands above the headings."
        fix = "Delete the lines above the row with the names of the columns."
        return (fault("table-header", Place(path=path), what, fix),)
    if len(names) > COLUMNS:
        what = f"The file has {len(names)} columns; at most {COLUMNS} are read."
        return (fault("table-too-big", Place(path=path), what, "Leave out what is not needed."),)
    if any(NUMBER.fullmatch(name) and not _YEAR.match(name) for name in names):
        what = "The first line holds figures, not the names of the columns."
        fix = "Put the names above it, in one line: period,area,value and the others."
        return (fault("table-header", Place(path=path), what, fix),)
    if names.count("") > 1:
        at = names.index("")
        what = f"{names.count('')} columns have no name; this line may not be that of the headings."
        fix = "Name each column here, or put the line with their names first."
        place = Place(path=path, column=sum(len(name) + 1 for name in names[:at]) + 1)
        return (fault("table-header", place, what, fix),)
    problems: list[Problem] = []
    column = 1
    for number, name in enumerate(names, 1):
        if what := _wrong_name(name, number, names):
            fix = "Give each column one short name of its own, without spaces at its ends."
            if number == len(names) and not name:
                fix = (
                    "Delete the comma at the end of this line and of the rows, or name the column."
                )
            place, meant = Place(path=path, column=column), name.strip()
            meant = "" if meant in names or meant.startswith("_") else meant
            problems.append(fault("table-header", place, what, fix, meant=meant))
        column += len(name) + 1
    return tuple(problems)


def _wrong_name(name: str, number: int, names: list[str]) -> str:
    if not name.strip():
        return f"Column {number} has no name."
    if name != name.strip():
        return f"The name of column {number}, “{name}”, begins or ends with a space."
    if (first := names.index(name) + 1) != number:
        return f"Columns {first} and {number} are both called “{name}”."
    if name.startswith("_"):
        return f"The name of column {number}, “{name}”, begins with an underscore."
    return ""


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


_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:[/-][0-9]{2,4})?$")
# Names that columns have in every book; where one of the two has it, the other is misspelt.
USUAL = ("period", "area", "value", "numerator", "denominator", "lower", "upper", "marker", "note")


def headings(
    table: Table, described: Sequence[str], place: Callable[[int], Place]
) -> Iterator[Problem]:
    """How the columns of a file differ from those that its data package describes.

    `place` says where the package names its column of that number.
    """
    there = list(table.columns)
    absent = [name for name in described if name not in there]
    for name in there:
        if name in described:
            continue
        near = difflib.get_close_matches(slips.latin(name).casefold(), absent, n=1)
        if not near and len(absent) == 1 == len(set(there) - set(described)):
            near = list(absent)  # one too many and one too few: it goes by another name
        if near:
            absent.remove(near[0])
            if name in USUAL and near[0] not in USUAL:
                what = f"The column “{near[0]}” should be called “{name}”, as the data file has it."
                at, meant = place(described.index(near[0])), slips.one_off(near[0], [name])
                yield fault("table-header", at, what, "Write it so here.", meant=meant)
                continue
            what = f"The column “{name}” should be called “{near[0]}”, as the data package has it."
            fix = f"{slips.stranger(name)} Rename one of the two.".strip()
        else:
            what = f"The column “{name}” is not described in the data package."
            fix = "Describe it there under “fields:”, or delete it here."
            if _YEAR.match(name):
                fix = (
                    "A sheet with years across is turned into rows by `databook import`; or write "
                    "a row for each period, with the year under “period”."
                )
        meant = slips.one_off(name, near)
        yield fault("table-header", table.columns[name], what, fix, meant=meant)
    for name in absent:
        what = f"The column “{name}” is described in the data package, but is not here."
        fix = "Add it to the file, or delete it from “fields:” in the data package."
        yield fault("table-header", Place(path=table.path), what, fix)
    if set(there) == set(described) and there != list(described):
        name = next(a for a, b in zip(there, described, strict=True) if a != b)
        what = f"The columns stand in another order than the data package has: {_row(described)}."
        fix = "Put the columns of one of the two in the order of the other."
        yield fault("table-header", table.columns[name], what, fix)


def _row(names: Sequence[str]) -> str:
    return ", ".join(names[:12])


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
