"""The names of a table's columns: whether the first line holds them, and those described."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Sequence

from databook import slips
from databook.load.faults import fault
from databook.problems import Place, Problem
from databook.sources import Table

COLUMNS = 60
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:[/-][0-9]{2,4})?$")
# Names that columns have in every book; where one of the two has it, the other is misspelt.
USUAL = ("period", "area", "value", "numerator", "denominator", "lower", "upper", "marker", "note")


def first_line(names: list[str], body: list[list[str]], path: str) -> tuple[Problem, ...]:
    """What keeps the first line from being that of the names."""
    return _names(names, path) or _heading_torn(names, body, path)


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
    if any(slips.NUMBER.fullmatch(name) and not _YEAR.match(name) for name in names):
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
    what = f"Every row has {len(names) + 1} cells, but the first line {len(names)}."
    fix = "Add the name that is missing, or the comma between two names."
    return (fault("table-header", Place(path=path), what, fix),)


def _run_together(name: str) -> str:
    """The first of two usual names that stand without a comma between them."""
    if name in USUAL:
        return ""
    return next((u for u in USUAL if name.startswith(u) and _usual(name[len(u) :])), "")


def _usual(name: str) -> bool:
    return bool(difflib.get_close_matches(name, USUAL, n=1, cutoff=0.85))


def differing(
    table: Table, described: Sequence[str], place: Callable[[int], Place]
) -> Iterator[Problem]:
    """How the columns of a file differ from those that its data package describes.

    `place` says where the package names its column of that number.
    """
    there = list(table.columns)
    absent = [name for name in described if name not in there]
    years = [name for name in there if name not in described and _YEAR.match(name)]
    if len(years) > 1:
        what = f"Years stand across the top: {years[0]} to {years[-1]}."
        fix = (
            "A sheet with years across is turned into rows by `databook import`; or write a row "
            "for each period, with the year under “period”."
        )
        yield fault("table-header", table.columns[years[0]], what, fix)
        return
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
