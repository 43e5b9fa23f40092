"""Tables in Markdown: as many cells in each row as there are headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from databook.load.faults import fault
from databook.problems import Level, Place, Problem

_DASHES = re.compile(r" {0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BAR = re.compile(r"(?<!\\)\|")
_ROW = re.compile(r" {0,3}\|.*\|\s*")


def uneven(lines: Sequence[str], path: str, before: int = 0) -> Iterator[Problem]:
    """Rows that do not fit their table. `lines` are without code; `before` were cut off above."""
    number = 1
    while number < len(lines):
        dashes = lines[number]
        if "|" in dashes and _DASHES.fullmatch(dashes) and _BAR.search(lines[number - 1]):
            end = _end(lines, number)
            yield from _table(lines, number, end, path, before)
            number = end
        elif _headless(lines, number):
            what = "This looks like a table, but no line of dashes stands below its headings."
            fix = "Add a line such as | --- | --- | below the headings, with a part for each."
            yield fault("text-table", Place(path=path, line=number + before + 1), what, fix)
            number = _end(lines, number)
        number += 1


def _end(lines: Sequence[str], number: int) -> int:
    while number < len(lines) and _BAR.search(lines[number]):
        number += 1
    return number


def _headless(lines: Sequence[str], number: int) -> bool:
    """Whether rows begin above this line that nothing parts from their headings."""
    return bool(_ROW.fullmatch(lines[number]) and _ROW.fullmatch(lines[number - 1]))


def _table(
    lines: Sequence[str], dashes: int, end: int, path: str, before: int
) -> Iterator[Problem]:
    wanted, parted = len(_cells(lines[dashes - 1])), len(_cells(lines[dashes]))
    if wanted != parted:
        many = f"{parted} part{'s' * (parted > 1)}"
        what = f"There are {wanted} headings, but {many} in the line of dashes below them."
        fix = "Give the line of dashes a part for each heading, such as | --- | --- |."
        yield fault("text-table", Place(path=path, line=dashes + before + 1), what, fix)
        return
    for number in range(dashes + 1, end):
        cells = _cells(lines[number])
        if len(cells) == wanted:
            continue
        many = f"{len(cells)} cell{'s' * (len(cells) > 1)}"
        what = f"This row has {many}, but the table has {wanted} columns."
        fix = "Add what is missing; an empty cell is a bar with nothing before it."
        level, column = Level.WARNING, len(lines[number].rstrip()) or 1
        if len(cells) > wanted:
            fix = "Take out what is too much; write \\| where a bar is meant as text."
            level, column = Level.ERROR, cells[wanted] + 1
        place = Place(path=path, line=number + before + 1, column=column)
        yield fault("text-table", place, what, fix, level=level)


def _cells(line: str) -> list[int]:
    """Where each cell of a row begins, from 0: after its bar."""
    bare = line.rstrip()
    bars = [found.start() for found in _BAR.finditer(bare)]
    starts = [bar + 1 for bar in bars if bar + 1 < len(bare)]
    return starts if bare.lstrip().startswith("|") else [0, *starts]
