"""A raw table's lines: read from CSV text, and written again without what is withheld."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import polars as pl
from defusedcsv import csv  # spreadsheets must not run text as a formula

from databook.model import Disclosure, Indicator, Unit
from databook.observations import SCHEMA, Card, Observations
from databook.problems import Checked, Level, Place, Problem, in_order

NUMBERS = ("value", "numerator", "denominator", "lower", "upper")
USUAL = ("period", "area", *NUMBERS, "marker", "note")
# Words that stand for everybody unless the command says otherwise.
EVERYBODY = ("all", "total", "all children", "persons", "everybody", "all pupils")
NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,10})?", re.ASCII)
FIRST = 1900  # year that stands for the first of periods that are only names

WHY: Mapping[str, str] = {
    "raw-column": "Without its columns the table's numbers cannot be told apart.",
    "raw-number": "What is no number can be neither protected nor shown.",
    "raw-twice": "Two rows for the same people contradict each other, or count them twice.",
    "raw-total": "What does not add up cannot be proven safe: readers add it up.",
    "raw-rounding": "Rounded totals narrow their parts; some bases leave nothing open.",
    "raw-hopeless": "Where all that is published leaves no room, nothing that is withheld helps.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row: its number in the file, its cells by usual name, and its groups."""

    number: int
    cells: Mapping[str, str]
    groups: Mapping[str, str]

    @property
    def counts(self) -> bool:
        """Whether the row holds a count."""
        return bool(self.cells.get("numerator") or self.cells.get("value"))

    def amount(self, column: str) -> float | None:
        """A number of the row."""
        text = self.cells.get(column, "")
        return float(text) if text else None

    def base(self, policy: Disclosure) -> float | None:
        """Out of how many; None where that is so few that it must be withheld itself."""
        base = self.amount("denominator")
        least = 1 if policy.zero_ok else 0
        width = policy.protection or policy.threshold
        return None if base is None or base - 2 * least < width else base


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A raw table. `columns` are the file's own, in order, each with the name we know it by."""

    path: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Line, ...]
    totals: Mapping[str, str]
    codes: Mapping[str, str] = field(default_factory=dict)  # period as written -> as a year
    spans: Mapping[tuple[date, date], str] = field(default_factory=dict)

    def groups(self, column: str) -> Iterator[str]:
        """The groups of a breakdown in the order of the file."""
        seen = dict.fromkeys(row.groups[column] for row in self.rows)
        yield from (group for group in seen if group != self.totals[column])


def read(
    text: str, path: str, totals: Mapping[str, str], names: Mapping[str, str]
) -> Checked[Lines]:
    """The lines of a tidy table; every column that is none of the usual ones is a breakdown."""
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    head = [cell.strip() for cell in rows[0]] if rows else []
    ours = {theirs: usual for usual, theirs in names.items()}
    columns = tuple((name, ours.get(name, name)) for name in head)
    known = [usual for _, usual in columns]
    problems = []
    if "value" not in known and "numerator" not in known:
        problems.append(_column(path, "There is no column “value” or “numerator”.",
                                "Name it with --column value=HEADING."))  # fmt: skip
    if len(set(known)) < len(known):
        problems.append(_column(path, "Two columns have one name.", "Rename one of them."))
    if problems:
        return Checked(value=None, problems=tuple(problems))
    lines = []
    for number, cells in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(head):
            what = f"This row has {len(cells)} cells, and the heading {len(head)}."
            problems.append(problem("raw-column", Place(path=path, line=number), what,
                                    "Make them as many."))  # fmt: skip
            continue
        by_name = {usual: cell.strip() for usual, cell in zip(known, cells, strict=True)}
        problems += _numbers(path, number, by_name)
        groups = {name: cell for name, cell in by_name.items() if name not in USUAL}
        lines.append(Line(number=number, cells=by_name, groups=groups))
    breakdowns = [name for name in known if name not in USUAL]
    found = {column: totals.get(column) or _everybody(lines, column) for column in breakdowns}
    problems += _twice(path, lines)
    codes = {code: str(FIRST + 2 * n) for n, code in enumerate(_periods(lines))}
    made = Lines(
        path=path, columns=columns, rows=tuple(lines), totals=found, codes=codes,
        spans={(date(int(y), 1, 1), date(int(y), 12, 31)): code for code, y in codes.items()},
    )  # fmt: skip
    return Checked(value=made, problems=in_order(problems))


def _periods(lines: list[Line]) -> list[str]:
    return list(dict.fromkeys(line.cells.get("period", "") for line in lines))


def _everybody(lines: list[Line], column: str) -> str:
    """The word that stands for everybody; none of the words where the column has none."""
    seen = dict.fromkeys(line.groups[column] for line in lines)
    return next((word for word in seen if word.casefold() in EVERYBODY), "All")


def _numbers(path: str, number: int, cells: Mapping[str, str]) -> Iterator[Problem]:
    for column in NUMBERS:
        text = cells.get(column, "")
        if text and not NUMBER.fullmatch(text):
            # The cell is not repeated: what stands in it may be a number in other signs.
            yield problem("raw-number", Place(path=path, line=number),
                          f"What stands under “{column}” is no number of 0 or more.",
                          "Write digits only, with a point for decimals; leave a missing one "
                          "empty, with a marker.")  # fmt: skip


def _twice(path: str, lines: list[Line]) -> Iterator[Problem]:
    seen: dict[tuple[object, ...], int] = {}
    for line in lines:
        key = (line.cells.get("period"), line.cells.get("area"), *sorted(line.groups.items()))
        if key in seen:
            yield problem("raw-twice", Place(path=path, line=line.number),
                          f"This row is about the same as line {seen[key]}.",
                          "Take one of them out, or add them up.")  # fmt: skip
        seen.setdefault(key, line.number)


def _column(path: str, what: str, fix: str) -> Problem:
    return problem("raw-column", Place(path=path), what, fix)


def problem(code: str, place: Place, what: str, fix: str) -> Problem:
    """A fault of a raw table."""
    return Problem(code=code, level=Level.ERROR, place=place, what=what, why=WHY[code], fix=fix)


def card_of(lines: Lines, indicator: Indicator) -> Card[Indicator]:
    """The table as figures; where periods are only names, each is a year far from the others."""
    named = indicator.periods == "calendar-year" and bool(lines.codes)
    rows = [
        {
            **dict.fromkeys(SCHEMA),
            **{column: line.amount(column) for column in NUMBERS},
            "line": line.number,
            "code": lines.codes[line.cells.get("period", "")] if named
            else line.cells.get("period", ""),
            "area": line.cells.get("area", ""),
            "marker": line.cells.get("marker") or None,
            **line.groups,
        }
        for line in lines.rows
    ]  # fmt: skip
    schema = {**SCHEMA, **dict.fromkeys(lines.totals, pl.String())}
    frame = pl.DataFrame(rows, schema=schema)
    seen = Observations(
        frame=frame, breakdowns=tuple(lines.totals), totals=lines.totals, path=lines.path
    )
    return Card(indicator=indicator, observations=seen)


# --- written again -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """How a value is worked out of a row that only has its parts."""

    unit: Unit | None
    per: int | None = None
    decimals: int = 1

    def value(self, cells: Mapping[str, str]) -> str:
        """The value to the last decimal, halves up; empty where there is none."""
        top, base = cells.get("numerator", ""), cells.get("denominator", "")
        if self.unit is Unit.COUNT or not top:
            return top
        if self.unit not in (Unit.PERCENT, Unit.RATE) or not base or not Decimal(base):
            return ""
        scale = 100 if self.unit is Unit.PERCENT else self.per or 1
        value = Decimal(top) / Decimal(base) * scale
        return str(value.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP))


def written(
    lines: Lines, hidden: Collection[int], policy: Disclosure | None, shares: Shares
) -> str:
    """The table without the numbers of the hidden rows, each marked c; shares are worked out.

    A hidden row keeps its denominator if the policy lets it; without a policy none does.
    """
    names = [theirs for theirs, _ in lines.columns]
    usual = [ours for _, ours in lines.columns]
    added = [name for name in ("value", "marker") if name not in usual]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*names, *added])
    for line in lines.rows:
        cells = dict(line.cells)
        if line.number in hidden:
            kept = policy is not None and line.base(policy) is not None
            gone = [c for c in NUMBERS if c != "denominator" or not kept]
            cells |= dict.fromkeys(gone, "")
            cells["marker"] = " ".join(dict.fromkeys(["c", *cells.get("marker", "").split()]))
        elif not cells.get("value"):
            cells["value"] = shares.value(cells)
        writer.writerow([cells.get(name, "") for name in (*usual, *added)])
    return out.getvalue()
