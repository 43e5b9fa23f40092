"""Whether a withheld number can be had all the same, and the sentence that says by which sums.

The sentence names figures by their lines and never says what comes out: messages are public.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import product

from databook.model import Area
from databook.observations import Context
from databook.problems import Level, Place, Problem, in_order
from databook.protect.attack import Contradiction, exposed
from databook.protect.linked import Cell, Ground, Key, Linked, State, Weave, cells, link
from databook.protect.sums import Exposed, Figure

WHY: Mapping[str, str] = {
    "disclosure-subtraction": "A number that follows from those beside it is published, whatever "
    "its own cell says.",
    "disclosure-narrow": "Whoever knows that a number is one of very few knows it nearly, and "
    "together with what neighbours know, wholly.",
    "disclosure-remainder": "What is left of a total when all others are taken away is as readable "
    "as if it were written down.",
    "disclosure-editions": "Every edition stays readable, and readers compare them.",
    "disclosure-published-before": "What an edition has shown stays shown, whatever later "
    "editions withhold.",
    "disclosure-link-unknown": "What counts the same is audited together, and can only be if it "
    "is found.",
    "disclosure-contradiction": "Where published numbers contradict each other, nobody can prove "
    "what follows from them.",
}
SHOWN = 6  # figures named in one message; the rest are counted
MORE = (
    "Withhold one more of those it follows from (empty value, numerator and limits, c in "
    "“marker”), or let `databook protect` choose from the raw counts the fewest that must be."
)
WITHDRAW = (
    "Withhold as that edition did, or correct that edition with --withdraw so that its pages are "
    "taken away, before this is published."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A linked system with what follows from it."""

    linked: Linked
    newest: str
    exposed: tuple[Exposed, ...]

    @property
    def several(self) -> bool:
        """Whether the newest figures stand in more than one file."""
        newest = (rows.get(self.newest) for rows in self.linked.rows)
        return len({cell.place.path for cell in newest if cell is not None}) > 1

    def figure(self, number: int) -> Figure:
        """A figure by its number."""
        return self.linked.system.figures[number]


def audit(states: Sequence[State], context: Context) -> tuple[Problem, ...]:
    """An error for every withheld figure of which too much can be known. The newest comes last."""
    return audit_of(states, context.areas, frozenset(context.settings.disclosure.apart))


def audit_of(
    states: Sequence[State], areas: Sequence[Area], apart: frozenset[str]
) -> tuple[Problem, ...]:
    """The same for a table that is in no book yet. `apart`: places of which it holds only some."""
    ground = Ground(areas=tuple(areas), apart=apart)
    try:
        told = _told(states, ground)
    except Contradiction as found:
        return (_contradiction(states[-1], found.name),)
    problems = [_problem(told, one) for one in told.exposed]
    problems += [_shown(told, *one) for one in told.linked.shown]
    return in_order(problems)


def between(states: Sequence[State], context: Context) -> tuple[Problem, ...]:
    """What follows only now, from the newest state together with those that stand already.

    What could be had before is no reason to keep back what comes after.
    """
    ground = Ground(areas=context.areas, apart=frozenset(context.settings.disclosure.apart))
    try:
        told = _told(states, ground)
    except Contradiction as found:
        return (_contradiction(states[-1], found.name),)
    if not told.exposed and not told.linked.shown:
        return ()
    before: set[str] = set()
    with suppress(Contradiction):
        past = _told(states[:-1], ground)
        before = {past.figure(one.figure).name for one in past.exposed}
    new = [one for one in told.exposed if told.figure(one.figure).name not in before]
    problems = [_problem(told, one) for one in new]
    return in_order([*problems, *(_shown(told, *one) for one in told.linked.shown)])


def _told(states: Sequence[State], ground: Ground) -> Told:
    """The strictest reading of the figures that does not contradict itself.

    A withheld number is first taken for no zero (zeros are shown), and for the same in all
    editions, and limits for those of the usual formulas; where the figures say otherwise, for that.
    """
    editions = (False, True) if len(states) > 1 else (False,)
    for revised, limits, careful in product(editions, (True, False), (True, False)):
        apart = _withheld(states) if revised else frozenset()
        linked = link(states, ground, careful=careful, apart=apart, limits=limits)
        try:
            return Told(linked=linked, newest=states[-1].name, exposed=exposed(linked.system))
        except Contradiction as found:
            last = _names(linked, found.sums)
    raise Contradiction((), last)


def _withheld(states: Sequence[State]) -> frozenset[Key]:
    """All figures that some state withholds."""
    weave = Weave(areas=(), careful=False)
    return frozenset(
        key
        for state in states
        for sheet in state.sheets
        for key, cell in cells(sheet, weave)
        if cell.withheld
    )


def _names(linked: Linked, sums: Sequence[int]) -> str:
    """The first whole that contradicts its parts."""
    if not sums:
        return ""
    one = linked.system.sums[sums[0]]
    return f"{linked.system.figures[one.parts[0][0]].name} and {one.why}"


# --- sentences -----------------------------------------------------------------------------


def _problem(told: Told, one: Exposed) -> Problem:
    """What can be known of one figure, and by which sums."""
    figure = told.figure(one.figure)
    need = figure.need
    assert need is not None  # noqa: S101 - only such are exposed
    older = _older(told, one)
    rows = told.linked.rows[one.figure]
    name = figure.name
    fix = MORE
    if older:
        code = "disclosure-editions"
        fix = WITHDRAW
        what = f"{name}, which is withheld, can be had together with {_editions(older)}: "
    elif not need.withheld:
        code = "disclosure-remainder"
        what = f"{name} stands nowhere, and yet it can be known to be small: "
    elif one.exact:
        code = "disclosure-subtraction"
        what = f"{name} is withheld, and yet it can be had: "
    else:
        code = "disclosure-narrow"
        what = f"{name} is withheld, and yet only a few numbers come into question: "
    if not one.sums:
        what += "its own denominator leaves no others."
        fix = "Leave out the denominator too, or put the groups together with others."
    else:
        what += _sums(told, one)
    return Problem(
        code=code,
        level=Level.ERROR,
        place=_place(told, one, rows),
        what=what,
        why=WHY[code],
        fix=fix,
    )


def _place(told: Told, one: Exposed, rows: dict[str, Cell]) -> Place:
    """The row in the book that withholds it; else a row that tells on it."""
    if told.newest in rows:
        return rows[told.newest].place
    if rows:
        return next(reversed(rows.values())).place
    for number in one.sums:
        for figure, _ in told.linked.system.sums[number].parts:
            if told.newest in told.linked.rows[figure]:
                return told.linked.rows[figure][told.newest].place
    return Place(path="scorecards")


def _older(told: Told, one: Exposed) -> tuple[str, ...]:
    """Editions without which it could not be known."""
    found: dict[str, None] = {}
    used = {figure for number in one.sums for figure, _ in told.linked.system.sums[number].parts}
    for figure in sorted({*used, one.figure}):
        rows = told.linked.rows[figure]
        if rows and told.newest not in rows:
            found[next(reversed(rows))] = None
        elif any(cell.known for cell in rows.values()) and not _shows(rows, told.newest):
            found |= {name: None for name, cell in rows.items() if cell.known}
    return tuple(found)


def _shows(rows: Mapping[str, Cell], name: str) -> bool:
    return name in rows and rows[name].known


def _editions(names: Sequence[str]) -> str:
    return f"edition{'' if len(names) == 1 else 's'} {' and '.join(names)}"


def _sums(told: Told, one: Exposed) -> str:
    """By which sums: step by step where each leaves one figure open, else all of them at once."""
    steps = list(_steps(told, one)) if one.exact else []
    if steps:
        return "; then ".join(steps) + "."
    sums = [told.linked.system.sums[number] for number in one.sums]
    named = [f"{told.figure(each.parts[0][0]).name} with {each.why}" for each in sums[:SHOWN]]
    rest = f" and {len(sums) - SHOWN} more" if len(sums) > SHOWN else ""
    how = "by these sums taken together: " if len(sums) > 1 else "by the sum of "
    return f"{how}{'; '.join(named)}{rest}."


def _steps(told: Told, one: Exposed) -> Iterator[str]:
    """Each step of plain subtraction; nothing where it takes more than that."""
    known = {n for n, figure in enumerate(told.linked.system.figures) if figure.known}
    said = []
    for number in one.sums:
        each = told.linked.system.sums[number]
        open_ = [(f, c) for f, c in each.parts if f not in known]
        if len(open_) != 1 or each.low != each.high:
            return
        figure, factor = open_[0]
        known.add(figure)
        plus = [_cell(told, f) for f, c in each.parts if f != figure and c * factor < 0]
        less = [_cell(told, f) for f, c in each.parts if f != figure and c * factor > 0]
        step = " and ".join(_few(plus)) + (f" less {' and '.join(_few(less))}" if less else "")
        said.append(step if figure == one.figure else f"{told.figure(figure).name} is {step}")
    yield from said


def _few(names: list[str]) -> list[str]:
    if len(names) <= SHOWN:
        return names
    return [*names[:SHOWN], f"{len(names) - SHOWN} more"]


def _cell(told: Told, number: int) -> str:
    """A figure with the line that shows it."""
    name, rows = told.figure(number).name, told.linked.rows[number]
    known = [state for state, cell in rows.items() if cell.known]
    if not known:
        return name
    at = told.newest if told.newest in known else known[-1]
    where = f"line {rows[at].line}" + (f" of edition {at}" if at != told.newest else "")
    if at == told.newest and told.several:
        where += f" of {rows[at].place.path}"
    return f"{name} ({where})"


def _shown(told: Told, number: int, state: str, cell: Cell) -> Problem:
    """A figure that one row withholds and another shows."""
    rows = told.linked.rows[number]
    place = told.figure(number).place or cell.place
    here = next((c.place for n, c in rows.items() if n == told.newest), place)
    name = told.figure(number).name
    if state != told.newest:
        code, fix = "disclosure-published-before", WITHDRAW
        what = f"{name} is withheld here, and edition {state} shows it (line {cell.line})."
    else:
        code, fix = "disclosure-subtraction", "Withhold it there too."
        what = f"{name} is withheld here, and shown at {cell.place.path}, line {cell.line}."
    return Problem(code=code, level=Level.ERROR, place=here, what=what, why=WHY[code], fix=fix)


def _contradiction(state: State, name: str) -> Problem:
    card = state.sheets[0].card
    path = card.observations.path or f"scorecards/indicators/{card.indicator.slug}/data.csv"
    where = f" ({name})" if name else ""
    return Problem(
        code="disclosure-contradiction",
        level=Level.ERROR,
        place=Place(path=path),
        what="Numbers are withheld here, and no whole numbers in their place agree with the sums "
        f"around them{where}.",
        why=WHY["disclosure-contradiction"],
        fix="Mend the figures. If the groups overlap or leave people out, or the places are not "
        "all there are, name the column or the place under “disclosure”, “apart”.",
    )
