"""Raw counts made safe to publish: a tidy table, or one with margins, in and out as CSV text.

Runs where the raw counts are, which is outside any repository. Nothing is said of a number that is
withheld but its line, what it counts, and why it must be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from databook.model import Area, Better, Breakdown, Disclosure, Indicator, Source, Unit
from databook.periods import PeriodType
from databook.problems import Checked, Place, Problem, in_order
from databook.protect import attack, ties
from databook.protect.linked import COUNT, Cell, Key, Sheet, State, Weave, cells
from databook.protect.sheet import Line, Lines, Shares, card_of, problem, read, written
from databook.protect.sums import Sum, System
from databook.protect.withhold import Hopeless, Raw, Withheld, small, withhold

SECONDARY = "or a small one would follow by subtraction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How a raw table is read and by which rule it is protected.

    `totals`: the word that stands for everybody, by column. `periods`: their kind, None where
    periods are names that nobody adds up. `names`: the file's own names of usual columns.
    """

    policy: Disclosure = field(default_factory=Disclosure)
    unit: Unit | None = None  # percent where there are denominators, else a count
    per: int | None = None
    decimals: int = 1
    totals: Mapping[str, str] = field(default_factory=dict)
    areas: tuple[Area, ...] = ()
    periods: PeriodType | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    controlled: bool = False  # rounded so that totals still are the sums of their parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """One number that was withheld, by what it counts; never the number."""

    line: int
    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Safe:
    """A safe table. `rounded`: how many numbers were rounded instead of any being withheld."""

    text: str
    numbers: int
    hidden: tuple[Hidden, ...] = ()
    fewest: bool = False
    rounded: int = 0


def safe(text: str, path: str, rule: Rule) -> Checked[Safe]:
    """A table of raw counts without what must be withheld, or rounded where the rule says so."""
    found = read(text, path, rule.totals, rule.names)
    if found.value is None or found.errors:
        return Checked(value=None, problems=found.problems)
    lines = found.value
    if rule.unit is None:
        shares = any(usual == "denominator" for _, usual in lines.columns)
        rule = replace(rule, unit=Unit.PERCENT if shares else Unit.COUNT)
    woven = weave(lines, rule)
    counted = sum(line.counts for line in lines.rows)
    if counted != len(woven.lines):
        raise AssertionError(f"{counted} counts were read and {len(woven.lines)} understood")
    faults = tuple(_wrong_totals(woven, lines))
    if faults:
        return Checked(value=None, problems=in_order(faults))
    if rule.policy.round_to:
        from databook.protect.rounding import rounded

        return rounded(lines, woven, rule)
    try:
        chosen = withhold(woven.raw)
    except Hopeless as none:
        return Checked(value=None, problems=(_hopeless(woven, lines, none.figure),))
    made = _without(lines, woven, rule, chosen)
    left = _still(made, lines, rule)
    if (
        left
    ):  # of a group of very few the others' denominators tell: withheld ones go with the count
        made = _without(lines, woven, rule, chosen, bare=True)
        left = _still(made, lines, rule)
    return Checked(value=None if left else made, problems=left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Woven:
    """A raw table as a system with the truth beside it."""

    raw: Raw
    lines: Mapping[int, Line]  # by figure; those that stand nowhere have none
    why: Mapping[int, str]  # of each small figure
    off: tuple[Sum, ...]  # sums that the table itself does not keep to


def weave(lines: Lines, rule: Rule) -> Woven:
    """Tie the table's numbers together as readers would."""
    indicator = described(lines, rule)
    # What is here are the counts themselves, whatever they will be rounded to.
    sheet = Sheet(card=card_of(lines, indicator), policy=replace(rule.policy, round_to=0))
    apart = frozenset(rule.policy.apart)
    loom = Weave(areas=rule.areas, careful=True, strict=True, open=apart)
    loom.codes |= lines.spans
    truth = dict(cells(sheet, loom))
    by_line = {line.number: line for line in lines.rows}
    loom.cells["truth"] = truth
    loom.cells[""] = {key: _hideable(key, cell, rule, by_line) for key, cell in truth.items()}
    ties.tie(loom, State(sheets=(sheet,)))
    of_figure: dict[int, Line] = {}
    values: dict[int, float] = {}
    for key, cell in truth.items():
        number = loom.figure(key, "")
        if cell.known:
            values[number] = cell.low
            if key.what == COUNT:
                of_figure[number] = by_line[cell.line]
    blank = {loom.figure(key, "") for key, cell in truth.items() if not cell.known}
    sums = [one for one in loom.sums.values() if not blank & {f for f, _ in one.parts}]
    system = System(figures=tuple(loom.figures), sums=tuple(sums))
    full = _filled(system, values)
    why: dict[int, str] = {}
    for number in of_figure:
        need = system.figures[number].need
        if need is not None and (reason := small(full[number], need)):
            why[number] = reason
    raw = Raw(
        system=system,
        truth=full,
        small=frozenset(why),
        free=frozenset(n for n in of_figure if system.figures[n].need) - frozenset(why),
    )
    return Woven(raw=raw, lines=of_figure, why=why, off=tuple(_off(system, values)))


def described(lines: Lines, rule: Rule) -> Indicator:
    """The table as an indicator of which nobody has written more than its columns."""
    nobody: dict[str, Any] = dict.fromkeys(
        ("title", "short", "plain", "reads_as", "population", "unit_label", "topic"), "raw counts"
    )
    source = Source(publisher="-", title="-", url="https://example.org/", released="2000-01")
    return Indicator(
        slug="raw", format=1, kind="indicator", unit=rule.unit or Unit.COUNT, per=rule.per,
        decimals=rule.decimals, better=Better.NEUTRAL, outcomes=(), source=source, definition="-",
        periods=rule.periods or PeriodType.CALENDAR_YEAR, disclosure=rule.policy,
        breakdowns=tuple(
            Breakdown(column=column, title=column, total=total,
                      groups=tuple(lines.groups(column)))
            for column, total in lines.totals.items()
        ),
        **nobody,
    )  # fmt: skip


def _hideable(key: Key, cell: Cell, rule: Rule, lines: Mapping[int, Line]) -> Cell:
    """What readers would have of a count if it were withheld; zeros that may be shown never are."""
    from databook.protect.linked import need_of

    if key.what != COUNT or not cell.known:
        return cell
    line = lines[cell.line]
    need = need_of(rule.policy, line.base(rule.policy))
    whole = line.amount("denominator")
    if need.least and not cell.low and whole and whole <= need.most:
        need = need_of(rule.policy, whole)  # none of so few is all but so few
        return replace(cell, low=0.0, high=float("inf"), withheld=True, need=need)
    if cell.low < need.least or (need.of is not None and need.of - cell.low < need.least):
        return cell
    high = float("inf") if need.of is None else need.of - need.least
    return replace(cell, low=float(need.least), high=high, withheld=True, need=need)


def _filled(system: System, values: Mapping[int, float]) -> tuple[float, ...]:
    """The truth of every figure, also of those that stand nowhere and follow from the others."""
    figures = tuple(
        replace(figure, low=values[n], high=values[n], need=None) if n in values else figure
        for n, figure in enumerate(system.figures)
    )
    bounds = attack.Bounds(low=[f.low for f in figures], high=[f.high for f in figures])
    known = replace(system, figures=figures)
    right = [n for n, one in enumerate(system.sums) if _keeps(one, values)]
    attack.narrow(known, bounds, right)
    return tuple(bounds.low)


def _keeps(one: Sum, values: Mapping[int, float]) -> bool:
    """Whether the table keeps to a sum, as far as it can be told."""
    if any(f not in values for f, _ in one.parts):
        parts = sum(values.get(f, 0.0) for f, c in one.parts if c > 0)
        whole = [values[f] for f, c in one.parts if c < 0 and f in values]
        return not whole or parts <= whole[0] + one.high + 0.5
    total = sum(c * values[f] for f, c in one.parts)
    return one.low - 0.5 <= total <= one.high + 0.5


def _off(system: System, values: Mapping[int, float]) -> Iterator[Sum]:
    yield from (one for one in system.sums if not _keeps(one, values))


# --- the safe table ------------------------------------------------------------------------


def _without(
    lines: Lines, woven: Woven, rule: Rule, chosen: Withheld, *, bare: bool = False
) -> Safe:
    """The table with the chosen numbers withheld; `bare`: with their denominators."""
    names = woven.raw.system.figures
    shares = Shares(unit=rule.unit, per=rule.per, decimals=rule.decimals)
    hidden = [
        Hidden(
            line=woven.lines[n].number,
            name=names[n].name,
            why=woven.why.get(n, SECONDARY),
        )
        for n in sorted(chosen.cells, key=lambda n: woven.lines[n].number)
    ]
    return Safe(
        text=written(lines, {h.line for h in hidden}, None if bare else rule.policy, shares),
        numbers=len(woven.lines),
        hidden=tuple(hidden),
        fewest=chosen.fewest,
    )  # fmt: skip


def _still(made: Safe, lines: Lines, rule: Rule) -> tuple[Problem, ...]:
    """What the audit of the safe table itself says, in which denominators have a say too."""
    from databook.protect.audit import audit_of

    again = read(made.text, lines.path, rule.totals, rule.names)
    if again.value is None:
        raise AssertionError("a safe table cannot be read back")
    lines = replace(again.value, spans=lines.spans, codes=lines.codes)
    sheet = Sheet(card=card_of(lines, described(lines, rule)), policy=rule.policy)
    found = audit_of([State(sheets=(sheet,))], rule.areas, frozenset(rule.policy.apart))
    return tuple(replace(problem, what=_named(problem.what, lines.codes)) for problem in found)


def _named(text: str, codes: Mapping[str, str]) -> str:
    """The table's own names of periods, which the audit knows as years."""
    for name, year in codes.items():
        text = text.replace(f" in {year}", f" in {name}")
    return text


def _wrong_totals(woven: Woven, lines: Lines) -> Iterator[Problem]:
    for one in woven.off:
        whole = one.parts[0][0]
        line = woven.lines.get(whole)
        name = woven.raw.system.figures[whole].name
        yield problem(
            "raw-total",
            Place(path=lines.path, line=line.number if line else 1),
            f"{name} is not what {one.why} come to.",
            "Mend the table. If the groups overlap or leave people out, or the places are not all "
            "there are, say so with --apart.",
        )


def _hopeless(woven: Woven, lines: Lines, figure: int) -> Problem:
    line = woven.lines.get(figure)
    return problem(
        "raw-hopeless",
        Place(path=lines.path, line=line.number if line else 1, column=1),
        f"{woven.raw.system.figures[figure].name} is known nearly whatever else is withheld.",
        "Put groups, places or periods together so that there are more people in each.",
    )
