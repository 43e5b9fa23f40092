"""Writes a spreadsheet with gptables, by the Government Analysis Function's guidance.

Cover, contents, notes, and one table on each sheet: no empty cell, no merged cell, no colour that
says anything. gptables and pandas are loaded only here, and only when a workbook is written.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from datetime import datetime, time
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING, Any

from databook.spreadsheets import Cell, Front, Sheet, Workbook

if TYPE_CHECKING:
    from gptables import Cover, GPTable

# Zip has no time zone and no year before 1980; any fixed moment keeps the bytes the same.
MOMENT = (1980, 1, 1, 0, 0, 0)
COVER, NOTES_SHEET = "Cover", "Notes"
ONE_TABLE = "This worksheet contains one table."
EXPLAINED = f"{ONE_TABLE} Shorthand in square brackets is explained below."
MOST_TEXT = 1_000  # characters of a cell
# Widths in characters: wide enough to read, narrow enough for a small window.
WIDE, MIDDLE, NARROW, COVER_WIDTH = 52, 30, 14, 100
# Heights of lines in points, for gptables' letters of 12, 14 and 16 points, and how much wider
# such a letter is than the one that widths are counted in; generous, since words do not break.
LINE, HEADING_LINE, TITLE_LINE, LETTER = 16.0, 20.0, 22.0, 1.15
A4 = 9  # the number that spreadsheets know it by
ROWS_ABOVE = 2  # title and instructions stand above the table of notes
WIDE_COLUMNS = ("Indicator", "Note", "Outcomes", "Source", "Meaning")
MIDDLE_COLUMNS = ("Unit", "Topic", "Period", "Change", "Compared", "Recent", "Curve")


def written(workbook: Workbook) -> bytes:
    """The spreadsheet as a file; the same spreadsheet gives the same bytes."""
    import gptables
    import pandas

    tables = {sheet.name: _table(sheet) for sheet in workbook.sheets}
    used = {note for sheet in workbook.sheets for note in sheet.notes.values()}
    notes = {name: said for name, said in workbook.notes.items() if name in used}
    listed = pandas.DataFrame({"reference": list(notes), "Note": list(notes.values())})
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what pandas plans is for gptables to mind
        if notes:
            warnings.simplefilter("error", UserWarning)  # an empty cell, a note of nothing
        book = gptables.produce_workbook(
            out,
            tables,
            cover=_cover(workbook.front),
            notes_table=listed if notes else None,
            auto_width=False,
            workbook_options={
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
            },
        )
    book.set_properties(
        {
            "title": workbook.front.title,
            "author": workbook.author,
            "comments": f"Edition {workbook.edition}",
            "created": datetime.combine(workbook.date, time()),
        }
    )
    for sheet in book.worksheets():
        _make_room(sheet, tables.get(sheet.name), workbook.front, tuple(notes.values()))
    book.close()
    return stored(out.getvalue())


def stored(archive: bytes) -> bytes:
    """The same files, not compressed: compressors of different machines give different bytes."""
    whole = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as packed,
        zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as plain,
    ):
        for name in sorted(packed.namelist()):
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.create_system = 3  # else it tells whether Windows or another made it
            entry.external_attr = 0o644 << 16
            plain.writestr(entry, packed.read(name))
    return whole.getvalue()


def _cover(front: Front) -> Cover:
    import gptables

    return gptables.Cover(
        cover_label=COVER,
        title=_plain(front.title),
        intro=[_plain(line) for line in front.intro],
        about=[_plain(line) for line in front.about],
        contact=[_plain(line) for line in front.contact],
        width=COVER_WIDTH,
    )


def _table(sheet: Sheet) -> GPTable:
    import gptables
    import pandas

    cells: list[list[Cell]] = [
        [_plain(cell) if isinstance(cell, str) else cell for cell in row] for row in sheet.rows
    ]
    return gptables.GPTable(
        table=pandas.DataFrame(cells, columns=list(sheet.columns), dtype=object),
        table_name=sheet.name.lower(),
        title=_plain(sheet.title),
        instructions=EXPLAINED if sheet.legend else ONE_TABLE,
        legend=list(sheet.legend),
        table_notes={column: f"$${note}$$" for column, note in sheet.notes.items()},
        index_columns={2: 0},
    )


# --- room for text -----------------------------------------------------------------------------
# Spreadsheet programs do not all make a row as high as its wrapped text needs, so it is told them.


def _make_room(sheet: Any, table: GPTable | None, front: Front, notes: tuple[str, ...]) -> None:
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)  # as wide as the page, as long as need be
    if sheet.name == COVER:
        _make_room_on_cover(sheet, front)
    elif table is None:
        sheet.set_column(0, 0, MIDDLE)
        sheet.set_column(1, 1, 2 * WIDE)
        if sheet.name == NOTES_SHEET:
            first = ROWS_ABOVE + 1
            most = max(_lines(note, 2 * WIDE) for note in notes)
            for row in range(first, first + len(notes)):
                sheet.set_row(row, most * LINE)
    else:
        headings = [str(heading) for heading in table.table.columns]
        widths = [_width(heading) for heading in headings]
        for number, width in enumerate(widths):
            sheet.set_column(number, number, width)
        first = table.data_range[0]
        rows = [headings, *table.table.values.tolist()]
        for row, cells in enumerate(rows, start=first):
            texts = zip(cells, widths, strict=True)
            many = max(_lines(str(cell), width) for cell, width in texts)
            if many > 1:
                sheet.set_row(row, many * LINE)


def _make_room_on_cover(sheet: Any, front: Front) -> None:
    """Rows in the order in which gptables writes them."""
    headed = ("", *front.intro, "", *front.about, "", *front.contact)  # "" for a heading
    sheet.set_row(0, _lines(front.title, COVER_WIDTH * LINE / TITLE_LINE) * TITLE_LINE)
    for row, text in enumerate(headed, start=1):
        sheet.set_row(row, _lines(text, COVER_WIDTH) * LINE if text else HEADING_LINE)


def _width(heading: str) -> int:
    if heading.startswith(WIDE_COLUMNS):
        return WIDE
    return MIDDLE if heading.startswith(MIDDLE_COLUMNS) else NARROW


@lru_cache(maxsize=10_000)
def _lines(text: str, width: float) -> int:
    """How many lines a text needs at the most, in a column so many characters wide."""
    room = width / LETTER
    return sum(max(1, ceil(len(line) / room)) for line in text.split("\n"))


@lru_cache(maxsize=10_000)
def _plain(text: str) -> str:
    """Text in which gptables finds no link, no reference to a note and no empty cell.

    Most texts stand in many rows.
    """
    safe = " ".join(text.replace("](", "] (").replace("$$", "$ $").split())[:MOST_TEXT]
    return safe if re.search(r"[A-Za-z0-9]", safe) else f"Text: {safe}"
