"""Finds the table inside a sheet, and turns a wide one into a long one with a row per figure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from databook.importing import figures, places, spans
from databook.importing.answers import Answers, Body, Line, Question
from databook.importing.grid import Grid

SEARCH = 60  # rows in which the headings must stand
_TIME = re.compile(
    rf"{spans.MONTH}|to|and|until|from|the|years?|months?|weeks?|quarters?|terms?|q[1-4]|ending|"
    r"ended|financial|calendar|academic|rolling|fy|ay|winter|autumn|spring|summer|half|h[12]|part"
)
SERIES = "ons-time-series"
PERIOD, MEASURE, AREA, VALUE = "Period", "Measure", "Area", "Value"


def find(grid: Grid, answers: Answers, areas: Mapping[str, str]) -> Body | Question:
    """The table in a sheet, long, or the question that stands in the way."""
    found = _found(grid, answers, areas)
    if isinstance(found, Question) or not answers.header_row:
        return found
    # Whoever has named one table is told of the others.
    lines = [Line(number=number, cells=row) for number, row in enumerate(grid.rows, 1)]
    first = _header(lines, areas)
    starts = _further(lines, first) if first >= 0 else []
    rows = [at + 1 for at in (first, *starts)] if starts else []
    said = (f"the table with its headings in row {row}" for row in rows if row != found.header_row)
    return replace(found, remarks=(*found.remarks, *said))


def _found(grid: Grid, answers: Answers, areas: Mapping[str, str]) -> Body | Question:
    lines = [Line(number=number, cells=row) for number, row in enumerate(grid.rows, 1)]
    if answers.layout in ("auto", SERIES) and (series := _series(lines)) is not None:
        return series
    at = answers.header_row - 1 if answers.header_row else _header(lines, areas)
    if not 0 <= at < len(lines):
        return Question(what="Which row holds the headings of the columns? (counted from 1)",
                        flag="--header-row")  # fmt: skip
    header = lines[at].cells
    starts = _further(lines, at)
    if starts and not answers.header_row:
        return _which(lines, [at, *starts])
    lines = lines[: _end(lines, starts[0])] if starts else lines
    body = [line for line in lines[at + 1 :] if any(line.cells)]
    above = [line for line in lines[:at] if any(line.cells)]
    wide = [column for column, text in enumerate(header) if spans.readings(text)]
    across = [column for column, text in enumerate(header) if places.exact(text, areas)]
    if over := {} if wide or not above else _periods_over(above[-1].cells, header):
        named = {column: header[column] for column in over}
        beside = [text or above[-1].cells[column] for column, text in enumerate(header)]
        heads = [over.get(column, text) for column, text in enumerate(beside)]
        return _long(heads, body, above[:-1], (list(over), PERIOD, named), at)
    odd = _unread(header, body, wide) if answers.layout != "long" else []
    if len(odd) > (0 if wide else 1):
        what = (f"“{odd[0]}” in the headings looks like a period, but is none that a book knows: "
                "years (calendar, financial from April, academic from August or September), "
                "quarters, months, terms or days. Rename it, or take its column out.")  # fmt: skip
        return Question(what=what, flag="--layout", choices=("long",))
    columns, name = (wide, PERIOD) if wide else (across, AREA)
    long_asked = answers.layout == "long" or (name == AREA and len(columns) < 2)
    if answers.layout in ("wide", "lg-inform") and not columns:
        return Question(what="No heading is a period or a place of this book, so the table is not "
                        "wide. Is it long?", flag="--layout", choices=("long",))  # fmt: skip
    if not columns or (long_asked and answers.layout not in ("wide", "lg-inform")):
        kept, texts = _parted(body, len([cell for cell in header if cell]))
        return Body(header=_named(header), lines=tuple(kept), header_row=at + 1,
                    texts=(*above, *texts), layout="long")  # fmt: skip
    measures = _measures(above, columns)
    return _long(header, body, above[:-1] if measures else above, (columns, name, measures), at)


def _further(lines: Sequence[Line], at: int) -> list[int]:
    """Where further tables begin below the first: the same headings once more, or other periods."""
    header = lines[at].cells
    wide = [column for column, text in enumerate(header) if spans.readings(text)]
    found = []
    for number in range(at + 2, len(lines)):
        cells, before = lines[number].cells, lines[number - 1].cells
        apart = sum(map(bool, before)) < 2  # a blank line, or a title
        periods = len(wide) > 1 and all(spans.readings(cells[column]) for column in wide)
        words = [text for column, text in enumerate(cells) if text and column not in wide]
        headed = periods and bool(words) and not any(map(figures.looks_like, words))
        if apart and (cells == header or headed):
            found.append(number)
    return found


def _end(lines: Sequence[Line], following: int) -> int:
    """The row after a table: the title of the next one is no note of this one."""
    while following and 0 < sum(map(bool, lines[following - 1].cells)) < 2:
        following -= 1
    return following


def _which(lines: Sequence[Line], starts: Sequence[int]) -> Question:
    names = []
    for start in starts:
        above = next((line for line in reversed(lines[:start]) if any(line.cells)), None)
        title = " ".join(filter(None, above.cells))[:50] if above else ""
        names.append(f"row {start + 1} (“{title}”)" if title else f"row {start + 1}")
    what = f"The sheet holds {len(starts)} tables: {', '.join(names)}. Whose headings are meant?"
    choices = tuple(str(start + 1) for start in starts)
    return Question(what=what, flag="--header-row", choices=choices)


def _series(lines: Sequence[Line]) -> Body | None:
    """A time series of the Office for National Statistics: what it is, and below it its figures."""
    first = [line.cells[0].casefold() for line in lines[:12] if line.cells]
    if first[:1] != ["title"] or "cdid" not in first or len(lines[0].cells) != 2:
        return None
    start = next((n for n, line in enumerate(lines) if spans.readings(line.cells[0])), len(lines))
    about = [line for line in lines[:start] if line.cells[1]]
    return Body(header=(PERIOD, lines[0].cells[1]), lines=tuple(lines[start:]), header_row=start,
                texts=tuple(about), layout=SERIES)  # fmt: skip


def _periods_over(row: Sequence[str], header: Sequence[str]) -> dict[int, str]:
    """A row of periods above the measures, each standing over the columns that follow it."""
    found: dict[int, str] = {}
    last = ""
    for column, text in enumerate(row):
        if text and not spans.readings(text):
            if last or header[column]:
                return {}
            continue  # the heading of a column beside the figures, a row above theirs
        last = text or last
        if last and header[column]:
            found[column] = last
    return found


def _unread(header: Sequence[str], body: Sequence[Line], wide: Sequence[int]) -> list[str]:
    """Headings over columns of figures that can only be periods, but are none that can be read.

    Taken for other measures, their figures would be lost.
    """
    found = []
    for column, text in enumerate(header):
        words = set(re.split(r"[^a-z0-9]+", text.casefold())) - {""}
        years = {word for word in words if re.fullmatch(spans.YEAR, word)}
        if column in wide or not years or not all(_of_time(word) for word in words):
            continue
        cells = [line.cells[column] for line in body if line.cells[column]]
        if cells and sum(figures.is_number(cell) for cell in cells) >= 0.5 * len(cells):
            found.append(text)
    return found


def _of_time(word: str) -> bool:
    """Whether a word says nothing but time: a number, a month, "year", "to"."""
    return word.isdigit() or bool(_TIME.fullmatch(word))


def _header(lines: Sequence[Line], areas: Mapping[str, str]) -> int:
    """The first row that can be one of headings: words or periods over a row with figures."""
    full = [at for at, line in enumerate(lines) if sum(map(bool, line.cells)) > 1]
    for at, line in enumerate(lines[:SEARCH]):
        following = bisect_right(full, at)
        below = lines[full[following]] if following < len(full) else None
        grouped = at > 0 and any(spans.readings(text) for text in lines[at - 1].cells)
        if below is not None and _heads(line.cells, below.cells, areas, grouped=grouped):
            return at
    return -1


def _heads(
    header: Sequence[str], row: Sequence[str], areas: Mapping[str, str], *, grouped: bool
) -> bool:  # fmt: skip
    filled = [column for column, text in enumerate(header) if text]
    if len(filled) < 2:
        return False
    wide = [c for c in filled if spans.readings(header[c]) or places.exact(header[c], areas)]
    if wide:
        words = [c for c in filled if c not in wide]
        plain = not any(figures.looks_like(header[c]) for c in words)
        return plain and any(figures.looks_like(row[c]) for c in wide)
    words_only = not any(figures.read(header[c], {}).number for c in filled)
    figure = any(figures.looks_like(row[c]) for c in filled if row[c])
    most = sum(bool(row[c]) for c in filled) >= 0.5 * len(filled)
    distinct = grouped or len({header[c] for c in filled}) == len(filled)
    unheaded = any(cell and not header[c] and figures.looks_like(cell)
                   for c, cell in enumerate(row))  # fmt: skip
    return words_only and figure and most and distinct and not unheaded


def _parted(body: Sequence[Line], width: int) -> tuple[list[Line], list[Line]]:
    """Rows of figures, and rows of text alone: headings in between and notes below."""
    kept: list[Line] = []
    texts: list[Line] = []
    for line in body:
        filled = [cell for cell in line.cells if cell]
        text = len(filled) == 1 and width > 1 and (len(filled[0]) > 12 or bool(line.cells[0]))
        (texts if text else kept).append(line)
    return kept, texts


def _long(
    header: Sequence[str], body: Sequence[Line], above: list[Line],
    across: tuple[list[int], str, Mapping[int, str]], at: int,
) -> Body:  # fmt: skip
    """One row for each figure: what stood across becomes a column."""
    columns, name, measures = across
    beside = [c for c, text in enumerate(header) if c not in columns and (text or _any(body, c))]
    texts = above
    lines, empty = [], 0
    for line in body:
        if not any(line.cells[c] for c in columns):
            texts = [*texts, line]
            continue
        for column in columns:
            if not line.cells[column]:
                empty += 1
                continue
            own = [line.cells[c] for c in beside]
            more = [measures[column]] if measures else []
            cells = (*own, *more, header[column], line.cells[column])
            lines.append(Line(number=line.number, cells=cells))
    heads = [header[c] for c in beside] + ([MEASURE] if measures else []) + [name, VALUE]
    said = f"{len(columns)} columns of {'periods' if name == PERIOD else 'places'} side by side"
    return Body(header=_named(heads), lines=tuple(lines), header_row=at + 1, texts=tuple(texts),
                layout=f"wide, {said}", empty=empty)  # fmt: skip


def _any(body: Sequence[Line], column: int) -> bool:
    return any(line.cells[column] and sum(map(bool, line.cells)) > 1 for line in body)


def _measures(above: Sequence[Line], columns: Sequence[int]) -> Mapping[int, str]:
    """A row of measures above the periods, each standing over the columns that follow it."""
    if not above:
        return {}
    row = above[-1].cells
    over = [column for column in columns if row[column]]
    if not over or over[0] != columns[0]:
        return {}
    found, last = {}, ""
    for column in columns:
        last = row[column] or last
        found[column] = last
    return found


def _named(header: Sequence[str]) -> tuple[str, ...]:
    """Headings that can be told apart: empty ones by their column's letter."""
    seen: dict[str, int] = {}
    named = []
    for column, text in enumerate(header):
        name = text or f"column {_letter(column)}"
        seen[name] = seen.get(name, 0) + 1
        named.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(named)


def _letter(column: int) -> str:
    head, last = divmod(column, 26)
    return (_letter(head - 1) if head else "") + chr(ord("A") + last)


def without_empty(body: Body) -> Body:
    """The table without columns that hold nothing."""
    kept = [c for c in range(len(body.header)) if any(line.cells[c] for line in body.lines)]
    lines = tuple(replace(line, cells=tuple(line.cells[c] for c in kept)) for line in body.lines)
    return replace(body, header=tuple(body.header[c] for c in kept), lines=lines)
