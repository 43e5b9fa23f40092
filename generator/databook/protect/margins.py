"""A table with margins, as people have it: one heading across, one down, totals at the edges."""

from __future__ import annotations

import io
from dataclasses import replace

from defusedcsv import csv  # spreadsheets must not run text as a formula

from databook.problems import Checked, Place
from databook.protect.raw import Hidden, Rule, Safe, safe
from databook.protect.sheet import problem

ROW, COLUMN = "row", "column"  # what the two headings are called in the tidy table


def safe_table(text: str, path: str, rule: Rule) -> Checked[Safe]:
    """A table with margins, made safe. The rule's `totals` name the margins."""
    rows = [r for r in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")) if any(r)]
    if len(rows) < 2 or len({len(row) for row in rows}) > 1:
        at = next((n for n, r in enumerate(rows, start=1) if len(r) != len(rows[0])), 1)
        fault = problem("raw-column", Place(path=path, line=at), "This is no whole table.",
                        "Give one heading row, then rows with as many cells.")  # fmt: skip
        return Checked(value=None, problems=(fault,))
    head, *body = rows
    names = (ROW, COLUMN)
    tidy = [(row[0], head[c], row[c]) for row in body for c in range(1, len(head))]
    found = safe(_csv([(*names, "value"), *tidy]), path, rule)
    width = len(head) - 1
    faults = tuple(replace(p, place=_at(p.place, width)) for p in found.problems)
    if found.value is None:
        return Checked(value=None, problems=faults)
    made = found.value
    cells = list(csv.DictReader(io.StringIO(made.text, newline="")))
    shown = ["[c]" if cell.get("marker") else cell["value"] for cell in cells]
    whole = [head]
    whole += [[row[0], *shown[n * width : (n + 1) * width]] for n, row in enumerate(body)]
    hidden = tuple(Hidden(line=_line(h.line, width), name=h.name, why=h.why) for h in made.hidden)
    return Checked(value=replace(made, text=_csv(whole), hidden=hidden), problems=faults)


def _line(line: int, width: int) -> int:
    """The line of the table that a line of the tidy one comes from."""
    return 2 + (line - 2) // width


def _at(place: Place, width: int) -> Place:
    if place.line < 2:
        return place
    return replace(place, line=_line(place.line, width), column=2 + (place.line - 2) % width)


def _csv(rows: object) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
