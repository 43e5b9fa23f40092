"""The sums that tie figures together: groups, places within places, periods within periods.

Nobody declares most of them; readers try them because the words suggest them. Whether groups or
places really make up the whole is learnt from rows in which everything is shown, as a reader would.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from databook import periods
from databook.model import Breakdown, Measurable
from databook.protect.linked import COUNT, Cell, Groups, Key, Sheet, State, Weave
from databook.protect.sums import Need, Sum, adds_up

# A source that contradicts itself in fewer than one of so many sums is in error there; the others
# hold, and readers rely on them.
SLIPS = 10
# Where no sum can be seen whole: places that would leave the withheld one larger than this many of
# the largest other place are evidently not all the places.
LARGEST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A whole and what it is made of, in one state."""

    whole: Key
    parts: tuple[Key, ...]
    kind: tuple[str, str]  # what holds for one of a kind holds for all: a column, or a place
    said: str


def tie(weave: Weave, state: State) -> None:
    """Add every sum that a state's figures suggest."""
    here = weave.cells[state.name]
    families = [*_groups(state, here), *_places(weave, state, here)]
    slack = {kind: _slack(kind, weave, some) for kind, some in _by_kind(families).items()}
    for family in families:
        between = slack[(family.kind, family.whole.what)]
        if between is None or all(_known(here, key) for key in (family.whole, *family.parts)):
            continue
        named = family.kind[0] == "column" and family.whole.what == COUNT
        left_out = _left_out(state) if named else None
        parts = [weave.figure(key, state.name, left_out) for key in family.parts]
        whole = weave.figure(family.whole, state.name)
        one = adds_up(whole, parts, why=family.said)
        weave.tie((family.kind, family.whole), replace(one, low=between[0], high=between[1]))
    for one in _times(weave, state, here):
        weave.tie(("time",), one)
    for one in _within(weave, state, here):
        weave.tie(("within",), one)


def _by_kind(
    families: Iterable[Family],
) -> Mapping[tuple[tuple[str, str], str], list[Family]]:
    found: dict[tuple[tuple[str, str], str], list[Family]] = {}
    for family in families:
        found.setdefault((family.kind, family.whole.what), []).append(family)
    return found


def _known(here: Mapping[Key, Cell], key: Key) -> bool:
    return key in here and here[key].known


def _left_out(state: State) -> Need:
    policies = [sheet.policy for sheet in state.sheets]
    most = max(policy.threshold for policy in policies)
    zero = all(policy.zero_ok for policy in policies)
    return Need(least=1 if zero else 0, most=most, width=most, withheld=False)


# --- do the parts make up the whole? -------------------------------------------------------


def _slack(
    kind: tuple[tuple[str, str], str], weave: Weave, families: Sequence[Family]
) -> tuple[float, float] | None:
    """Between which differences the parts come to the whole; None: nothing follows."""
    if weave.strict and kind[0][0] == "column":
        return 0.0, 0.0
    off: list[float] = []
    for here in weave.cells.values():
        for family in families:
            whole = (family.whole, *family.parts)
            if all(_known(here, key) for key in whole):
                first, *rest = (here[key].low for key in whole)
                off.append(math.fsum(rest) - first)
    wrong = [each for each in off if abs(each) > 0.5]
    if off and len(wrong) * SLIPS > len(off):
        return min(0.0, *off), max(0.0, *off)
    if not off and kind[0][0] == "place":
        here = next(reversed(weave.cells.values()))
        if any(_too_large(here, family) for family in families):
            return -math.inf, 0.0
    return 0.0, 0.0


def _too_large(here: Mapping[Key, Cell], family: Family) -> bool:
    """Whether what is left of a place is so much that there must be places beside those here."""
    if not _known(here, family.whole):
        return False
    known = [here[key].low for key in family.parts if _known(here, key)]
    missing = len(family.parts) - len(known)
    left = here[family.whole].low - math.fsum(known)
    return bool(known) and missing > 0 and left > LARGEST * missing * max(*known, 1.0)


# --- denominators ----------------------------------------------------------------------------


def _within(weave: Weave, state: State, here: Mapping[Key, Cell]) -> Iterator[Sum]:
    """A withheld count is no more than its denominator, where that can be worked out.

    One that stands in the row bounds the count already.
    """
    tied = set(weave.keys)
    for sheet in state.sheets:
        for key, cell in here.items():
            base = key._replace(what=sheet.card.indicator.slug)
            if key.what != COUNT or not cell.withheld or base not in tied:
                continue
            if base in here and here[base].known:
                continue
            parts = ((weave.figure(base, state.name), 1.0), (weave.figure(key, state.name), -1.0))
            left = float(cell.need.least) if cell.need and weave.careful else 0.0
            yield Sum(parts=parts, low=left, high=math.inf, why="the count within it")


# --- groups --------------------------------------------------------------------------------


def _groups(state: State, here: Mapping[Key, Cell]) -> Iterator[Family]:
    """Each total with the groups that its breakdown declares."""
    for sheet in state.sheets:
        for breakdown in sheet.card.indicator.breakdowns:
            if breakdown.column in sheet.policy.apart:
                continue
            yield from _of_breakdown(sheet, breakdown, here)


def _of_breakdown(sheet: Sheet, breakdown: Breakdown, here: Mapping[Key, Cell]) -> Iterator[Family]:
    column, slug = breakdown.column, sheet.card.indicator.slug
    groups = [group for group in breakdown.groups if group != breakdown.total]
    wholes: dict[Key, None] = {}
    for key in here:
        own = [pair for pair in key.groups if pair[0] == column]
        if own and key.what in (COUNT, slug):
            wholes[key._replace(groups=key.groups - set(own))] = None
    for whole in wholes:
        if whole in here and len(groups) > 1:
            yield Family(
                whole=whole,
                parts=tuple(whole._replace(groups=whole.groups | {(column, g)}) for g in groups),
                kind=("column", f"{slug}/{column}"),
                said=f"the groups of “{column}”",
            )


# --- places --------------------------------------------------------------------------------


def _places(weave: Weave, state: State, here: Mapping[Key, Cell]) -> Iterator[Family]:
    """Each place with those that lie in it, as areas.csv says."""
    apart = weave.open | {code for sheet in state.sheets for code in sheet.policy.apart}
    inside: dict[str, list[str]] = {}
    valid = {area.code: (area.valid_from, area.valid_to) for area in weave.areas}
    for area in weave.areas:
        if area.parent and area.parent != area.code and area.parent not in apart:
            inside.setdefault(area.parent, []).append(area.code)
    for key in list(here):
        within = [
            code for code in inside.get(key.area, ()) if _there(valid[code], key.start, key.end)
        ]
        parts = tuple(key._replace(area=code) for code in within)
        # One place inside another is no breakdown of it, and no row at all is no figure of one.
        if len(parts) > 1 and any(part in here for part in parts):
            yield Family(
                whole=key, parts=parts, kind=("place", key.area), said=f"the places in {key.area}"
            )


def _there(valid: tuple[str, str], start: date, end: date) -> bool:
    """Whether a place existed in a period, as far as its dates can be read."""
    return not (
        (valid[1] and valid[1] < start.isoformat()) or (valid[0] and valid[0] > end.isoformat())
    )


# --- periods -------------------------------------------------------------------------------


def _times(weave: Weave, state: State, here: Mapping[Key, Cell]) -> Iterator[Sum]:
    """Running totals, and periods that other periods make up."""
    spans: dict[tuple[str, str, Groups], set[tuple[date, date]]] = {}
    for key in here:
        if key.what == COUNT:
            spans.setdefault((key.what, key.area, key.groups), set()).add((key.start, key.end))
    running = {sheet.policy.running for sheet in state.sheets} - {""}
    pooled = any(periods.overlaps(sheet.card.indicator.periods) for sheet in state.sheets)
    flow = any(_flows(sheet.card.indicator) for sheet in state.sheets)
    need = _left_out(state)
    for (what, area, groups), some in spans.items():
        row = Key(what, date.min, date.min, area, groups)
        if running:
            yield from _running(weave, state, row, sorted(some), need)
        elif flow and (pooled or len({_months(span) for span in some}) > 1):
            yield from _tiled(weave, state, row, some, need if pooled else None)


def _flows(indicator: Measurable) -> bool:
    """Whether counts of two periods can be added: a count on one day cannot."""
    return "snapshot" not in indicator.periods and indicator.periods is not periods.PeriodType.DAY


def _months(span: tuple[date, date]) -> int:
    return round((span[1] - span[0]).days / 30.44)


def year_of(day: date, kind: str) -> int:
    """Which year of its kind a day is in, by the year in which that begins."""
    first = {"financial-year": 4, "academic-year": 9}.get(kind, 1)
    return day.year if day.month >= first else day.year - 1


def _running(
    weave: Weave, state: State, row: Key, spans: Sequence[tuple[date, date]], need: Need
) -> Iterator[Sum]:
    """Each figure counts from the start of the year, so that its step is a count as well."""
    kind = next(s.policy.running for s in state.sheets if s.policy.running)
    before: tuple[date, date] | None = None
    for span in spans:
        whole = row._replace(start=span[0], end=span[1])
        if before is not None and year_of(before[0], kind) == year_of(span[0], kind):
            former = row._replace(start=before[0], end=before[1])
            step = whole._replace(what=f"{COUNT} alone")
            yield adds_up(
                weave.figure(whole, state.name),
                [weave.figure(former, state.name), weave.figure(step, state.name, need)],
                why="running totals one after the other",
            )
        before = span


def _tiled(
    weave: Weave, state: State, row: Key, spans: set[tuple[date, date]], need: Need | None
) -> Iterator[Sum]:
    """A period and the shorter ones that fill it; pooled years have single years within them."""
    finest = spans
    if need is not None:
        finest = spans | {year for span in spans for year in _years(span)}
    for span in sorted(spans):
        inside = _tiles(span, finest)
        if inside:
            whole = weave.figure(row._replace(start=span[0], end=span[1]), state.name)
            parts = [
                weave.figure(row._replace(start=s, end=e), state.name, need) for s, e in inside
            ]
            yield adds_up(whole, parts, why="periods within a longer one")


def _years(span: tuple[date, date]) -> Iterator[tuple[date, date]]:
    """The single years of a longer span."""
    start, end = span
    while start < end and _months(span) > 12:
        last = date(start.year + 1, start.month, 1) - timedelta(days=1)
        if last > end:
            return
        yield start, last
        start = last + timedelta(days=1)


def _tiles(span: tuple[date, date], spans: set[tuple[date, date]]) -> tuple[tuple[date, date], ...]:
    """The longest shorter periods that fill a span without a gap."""
    found, at = [], span[0]
    while at <= span[1]:
        here = [s for s in spans if s[0] == at and s[1] <= span[1] and s != span]
        if not here:
            return ()
        best = max(here)
        found.append(best)
        at = best[1] + timedelta(days=1)
    return tuple(found)
