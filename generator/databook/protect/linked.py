"""The figures of one or more indicators, in one or more states, as one system of sums.

A state is the book as it is, or a published edition. A number that was not revised is one figure in
all states: whoever compares two editions uses what each of them shows.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from databook.model import Area, Disclosure, Measurable, Unit
from databook.observations import Card, markers
from databook.periods import Period, parse
from databook.problems import Place
from databook.protect.derived import printed
from databook.protect.rows import ANY, Known, Print, base_of, by_limits, share_of
from databook.protect.sums import Figure, Need, Sum, System

COLUMNS = (
    "line", "code", "area", "value", "numerator", "denominator", "lower", "upper", "marker"
)  # fmt: skip
Groups = frozenset[tuple[str, str]]  # column and group; none for everybody
COUNT = "count"


class Key(NamedTuple):
    """What a figure counts, whichever indicator or edition says it."""

    what: str  # COUNT, or the slug of the indicator whose denominator it is
    start: date
    end: date
    area: str
    groups: Groups


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A figure as one row of one state has it."""

    low: float
    high: float
    withheld: bool
    line: int
    place: Place
    need: Need | None = None

    @property
    def known(self) -> bool:
        """Whether the row shows the number."""
        return self.low == self.high

    @property
    def said(self) -> tuple[float, float] | None:
        """What the row says, None where it says nothing."""
        return None if self.withheld or self.high == math.inf else (self.low, self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One indicator's figures with the rule that protects them."""

    card: Card[Measurable]
    policy: Disclosure


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What readers have at one time. `name`: of the edition, empty for the book as it is."""

    sheets: tuple[Sheet, ...]
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """The system, and for each figure of it the rows that hold it, by the name of their state.

    `shown`: withheld figures that another row or edition shows, with that row.
    """

    system: System
    rows: tuple[dict[str, Cell], ...]
    shown: tuple[tuple[int, str, Cell], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The places there are, and those of which only some parts are here."""

    areas: tuple[Area, ...] = ()
    apart: frozenset[str] = frozenset()


@dataclass(slots=True)
class Weave:
    """The system in the making."""

    areas: tuple[Area, ...]
    careful: bool  # a withheld number is no zero where zeros are published
    apart: frozenset[Key] = frozenset()  # figures that were revised, though nobody shows them
    strict: bool = False  # groups add up, and where they do not the table is wrong
    open: frozenset[str] = frozenset()  # places whose parts here are not all they have
    limits: bool = True  # limits are read as what the usual formulas give
    figures: list[Figure] = field(default_factory=list)
    rows: list[dict[str, Cell]] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    number: dict[tuple[Key, object], int] = field(default_factory=dict)
    sums: dict[tuple[object, ...], Sum] = field(default_factory=dict)
    cells: dict[str, dict[Key, Cell]] = field(default_factory=dict)
    said: dict[Key, tuple[float, float]] = field(default_factory=dict)
    codes: dict[tuple[date, date], str] = field(default_factory=dict)

    def figure(self, key: Key, state: str, need: Need | None = None) -> int:
        """The number of a figure in a state; one that no row holds is made up, unknown."""
        cell = self.cells[state].get(key)
        said = cell.said if cell is not None else None
        if said is None and key not in self.apart:
            said = self.said.get(key)  # not revised, readers think
        version: object = said if said is not None else (state if key in self.apart else "")
        at = self.number.get((key, version))
        if at is None:
            at = self.number[(key, version)] = len(self.figures)
            self.keys.append(key)
            self.rows.append({})
            if said is not None:
                new = Figure(name=self.name(key), low=said[0], high=said[1])
            elif cell is not None:
                left = None if cell.withheld else need
                new = Figure(name=self.name(key), low=cell.low, high=cell.high, need=left)
            else:
                new = Figure(name=self.name(key), need=need)
            self.figures.append(new)
        if cell is not None and state not in self.rows[at]:
            self.rows[at][state] = cell
            if cell.need is not None and self.figures[at].need is None:
                self.figures[at] = replace(self.figures[at], need=cell.need, place=cell.place)
        return at

    def tie(self, name: tuple[object, ...], one: Sum) -> None:
        """Add a sum, unless the same figures are tied so already."""
        if any(not self.figures[f].known for f, _ in one.parts):
            self.sums.setdefault((*name, one.parts), one)

    def name(self, key: Key) -> str:
        """A figure in words."""
        code = self.codes.get((key.start, key.end), f"{key.start} to {key.end}")
        who = [f"“{group}”" for _, group in sorted(key.groups)]
        if key.area or not who:
            who.append(key.area or "everybody")
        what = "" if key.what == COUNT else "the denominator of "
        return f"{what}{' of '.join(who)}" + (f" in {code}" if code else "")


def link(
    states: Sequence[State],
    ground: Ground,
    *,
    careful: bool = True,
    apart: frozenset[Key] = frozenset(),
    limits: bool = True,
) -> Linked:
    """Weave all figures and sums together. The newest state comes last."""
    from databook.protect import ties

    weave = Weave(
        areas=ground.areas,
        careful=careful,
        apart=apart,
        open=ground.apart,
        limits=limits,
    )
    shown: list[tuple[Key, str, Cell]] = []
    for state in states:
        here = weave.cells.setdefault(state.name, {})
        for sheet in state.sheets:
            for key, cell in cells(sheet, weave):
                shown += _met(here, key, cell, state.name)
        weave.said |= {key: cell.said for key, cell in here.items() if cell.said is not None}
    newest = states[-1].name
    for state in states[:-1]:
        for key, cell in weave.cells[state.name].items():
            now = weave.cells[newest].get(key)
            if cell.known and now is not None and now.withheld:
                shown.append((key, state.name, cell))
    for state in states:
        ties.tie(weave, state)
        for key, cell in weave.cells[state.name].items():
            if cell.withheld:
                weave.figure(key, state.name)
    told = tuple((weave.figure(key, newest), name, cell) for key, name, cell in shown)
    system = System(figures=tuple(weave.figures), sums=tuple(weave.sums.values()))
    return Linked(system=system, rows=tuple(weave.rows), shown=told)


def _met(here: dict[Key, Cell], key: Key, cell: Cell, name: str) -> Iterator[tuple[Key, str, Cell]]:
    """Put a row's figure beside what another row says of the same."""
    other = here.get(key)
    if other is None:
        here[key] = cell
        return
    if other.withheld != cell.withheld and (other.known or cell.known):
        yield key, name, cell if cell.known else other
    if other.withheld or (other.said is None and cell.said is not None):
        here[key] = replace(cell, withheld=cell.withheld or other.withheld) if cell.said else other


def cells(sheet: Sheet, weave: Weave) -> Iterator[tuple[Key, Cell]]:
    """The counts and denominators of each row."""
    card = sheet.card
    indicator, seen = card.indicator, card.observations
    share = indicator.unit in (Unit.PERCENT, Unit.RATE)
    how = printed(seen.frame, indicator) if share else Print()
    path = seen.path or f"scorecards/indicators/{indicator.slug}/data.csv"
    for row in seen.frame.select(*COLUMNS, *seen.breakdowns).iter_rows(named=True):
        span = period(row["code"], indicator)
        if span is None:
            continue
        weave.codes.setdefault((span.start, span.end), span.code)
        groups = frozenset(
            (column, row[column])
            for column in seen.breakdowns
            if row[column] != seen.totals.get(column)
        )
        place = Place(path=path, line=row["line"])
        key = Key(COUNT, span.start, span.end, row["area"], groups)
        base = row["denominator"] if share else None
        withheld = "c" in markers(row["marker"])
        known = _known(row, indicator, sheet.policy, how, limits=weave.limits)
        low, high = known.count
        need = None
        if withheld:
            need = need_of(sheet.policy, base)
            low = float(need.least) if weave.careful else 0.0
            high = math.inf if base is None else base - low
        yield key, Cell(low=low, high=high, withheld=withheld, line=row["line"], place=place,
                        need=need)  # fmt: skip
        if share and known.base != ANY:
            of = key._replace(what=indicator.slug)
            low, high = known.base
            yield of, Cell(low=low, high=high, withheld=False, line=row["line"], place=place)


def period(code: str, indicator: Measurable) -> Period | None:
    """A row's period, None where it could not be read."""
    try:
        return parse(code, indicator.periods)
    except ValueError:
        return None


def need_of(policy: Disclosure, base: float | None) -> Need:
    """What the rule asks for a withheld count, out of so many."""
    return Need(
        least=1 if policy.zero_ok else 0,
        most=policy.threshold,
        width=policy.protection or policy.threshold,
        of=base,
    )


def _known(
    row: Mapping[str, float | None],
    indicator: Measurable,
    policy: Disclosure,
    how: Print,
    *,
    limits: bool,
) -> Known:
    """What a row says of its count and its denominator, exactly or between two numbers."""
    count, value, base = row["numerator"], row["value"], row["denominator"]
    share = indicator.unit in (Unit.PERCENT, Unit.RATE)
    of = (base, base) if base is not None else ANY
    if count is None and indicator.unit is Unit.COUNT:
        count = value
    if count is not None:
        if share and base is None and value is not None and not policy.round_to:
            of = base_of(count, value, how)
        off = policy.round_to // 2
        return Known(count=(max(0.0, count - off), count + off), base=of)
    if "w" in markers(row["marker"]):  # type: ignore[arg-type]
        return Known(count=(0.0, 0.0), base=of)
    if value is None or not share:
        return Known(base=of)
    told = by_limits(row, how) if limits else None
    if told is not None and told.sure:
        return told
    if base is None:
        return Known()
    return Known(count=share_of(base, value, how) or ANY, base=of)
