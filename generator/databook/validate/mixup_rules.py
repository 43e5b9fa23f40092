"""Figures that belong to another place or are in another unit: slips that no single row shows.

All of these are doubts, never errors, and ask for more than chance would give.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from statistics import median

from databook import periods
from databook.validate.cells import also
from databook.validate.faults import Fault, Rule, warning
from databook.validate.figures import GROUPS, Figures, Seen

# Two places may share a figure by chance; so many in a row, of which so many differ, they do not.
SHARED_PERIODS = 4
DIFFERENT = 3
# Among this many pairs of places chance has as many more tries: one more period each time.
MANY_PAIRS = (30, 100)
# Counts at least this large are not the same by chance.
LARGE_COUNT = 50
LARGE_VALUE = 1000
# A change of unit multiplies by a power of ten; figures themselves move by less than this share of
# a decade meanwhile (10**0.1 is a quarter).
DECADE_SLACK = 0.1
# Two places have changed places in a period if each is this much nearer to the other's figures
# around it than to its own, and both leapt by so many times the usual change.
CROSSED = 0.25
LEAP = 4.0
# So large a share of places has a newer figure before the others are asked for theirs.
MOST_PLACES = 0.75


def figures_own(figures: Figures) -> Iterator[Fault]:
    """A place whose figures are those of another, down to the last digit, was given that other's
    by mistake.
    """
    found = figures.by_place
    parents = {area.code: area.parent for area in figures.context.areas}
    place = figures.context.settings.place
    pairs = {(code, other) for code, other in parents.items() if other and other != code}
    pairs |= {(place, code) for code in found if code != place and parents.get(code) != place}
    enough = SHARED_PERIODS + sum(len(pairs) > many for many in MANY_PAIRS)
    for one, other in sorted(pairs):
        if one not in found or other not in found or ((other, one) in pairs and other < one):
            continue
        same = _same(found[one], found[other], enough)
        if same:
            codes = f"{same[0].code}" if len(same) == 1 else f"{same[0].code} to {same[-1].code}"
            yield Fault(
                what=f"The figures of {one} for {codes} are those of {other} to the last digit"
                f"{also([row.line for row in same])}.",
                fix="Look them up in the source; acknowledge it if the source gives both the same.",
                line=same[0].line,
                column="value",
            )


def _same(one: Mapping[int, Seen], other: Mapping[int, Seen], enough: int) -> list[Seen]:
    """Rows that two places cannot have alike by chance, which takes `enough` without counts."""
    both = [(one[step], other[step]) for step in sorted(one) if step in other]
    if not any(_alike(mine, theirs) or _counted_alike(mine, theirs) for mine, theirs in both):
        return []  # by far the most pairs
    counted = [mine for mine, theirs in both if _counted_alike(mine, theirs)]
    run: list[Seen] = []
    for mine, theirs in both:
        follows = not run or mine.step - run[-1].step == 1
        alike = _alike(mine, theirs)
        if not alike or not follows:
            if _too_alike(run, enough):
                break
            run = []
        if alike:
            run.append(mine)
    return run if _too_alike(run, enough) else counted


def _counted_alike(mine: Seen, theirs: Seen) -> bool:
    """Whether both were counted, and so large that no two places have them by chance."""
    return (
        mine.numerator == theirs.numerator
        and mine.denominator == theirs.denominator
        and (mine.numerator or 0) >= LARGE_COUNT
        and (mine.denominator or 0) >= LARGE_COUNT
    )


def _alike(mine: Seen, theirs: Seen) -> bool:
    """Whether one row could be a copy of the other: its figure and, where there are any, counts."""
    counts = ((mine.numerator, theirs.numerator), (mine.denominator, theirs.denominator))
    return (
        mine.value is not None
        and mine.value == theirs.value
        and all(own == other for own, other in counts if None not in (own, other))
    )


def _too_alike(run: Sequence[Seen], enough: int) -> bool:
    """Whether so many figures in a row, finer than whole percentages, can be the same by chance."""
    fine = {row.value for row in run if row.value is not None and _fine(row.value)}
    return len(run) >= enough and len(fine) >= DIFFERENT


def _fine(value: float) -> bool:
    """Whether a figure has digits enough to tell places apart: not 7, and not 0.07 either."""
    digits = f"{abs(value):f}".replace(".", "").strip("0")
    return len(digits) > 1 and (value != int(value) or abs(value) >= LARGE_VALUE)


def areas_kept_apart(figures: Figures) -> Iterator[Fault]:
    """Two rows that changed places give each place the other's figure, and both look plausible."""
    found = figures.by_place
    leaps: defaultdict[int, list[str]] = defaultdict(list)
    usual = _usual(found)
    if not usual:
        return
    for code, own in found.items():
        for before, now in pairwise(sorted(own)):
            leap = abs(_level(own[now]) - _level(own[before]))
            unusual = now - before == 1 and leap > LEAP * usual
            if unusual and leap > LEAP * _usual_of(own, now):
                leaps[now].append(code)
    for step, codes in sorted(leaps.items()):
        for one, other in combinations(codes[:60], 2):
            if _crossed(found[one], found[other], step, usual):
                row = min(found[one][step], found[other][step])
                yield Fault(
                    what=f"The rows of {one} and {other} for {row.code} seem to have changed "
                    f"places (lines {found[one][step].line} and {found[other][step].line}).",
                    fix="Look both up in the source. If they are right, acknowledge it with the "
                    "reason.",
                    line=row.line,
                    column="area",
                )


def _level(row: Seen) -> float:
    """What tells places apart best: how many people there are, else the figure itself."""
    return row.denominator if row.denominator is not None else (row.value or 0.0)


def _usual(found: Mapping[str, Mapping[int, Seen]]) -> float:
    changes = [
        abs(_level(own[now]) - _level(own[before]))
        for own in found.values()
        for before, now in pairwise(sorted(own))
        if now - before == 1
    ]
    # Where most never change, any change is unusual.
    return max(median(changes), 1e-9) if len(changes) > SHARED_PERIODS else 0.0


def _usual_of(own: Mapping[int, Seen], step: int) -> float:
    """The usual change of one place around a step: small places leap every year."""
    changes = [
        abs(_level(own[now]) - _level(own[before]))
        for before, now in pairwise(sorted(own))
        if now - before == 1 and step not in (before, now)
    ]
    return median(changes) if len(changes) >= SHARED_PERIODS else 0.0


def _crossed(one: Mapping[int, Seen], other: Mapping[int, Seen], step: int, usual: float) -> bool:
    """Whether two places took each other's level in one step, and their own back in the next."""
    before = step - 1
    if not {before, step} <= set(one) or not {before, step} <= set(other):
        return False
    a, b, a0, b0 = map(_level, (one[step], other[step], one[before], other[before]))
    far, crossed = abs(a - a0) + abs(b - b0), abs(a - b0) + abs(b - a0)
    counted = one[step].denominator is not None and other[step].denominator is not None
    if crossed > (CROSSED * far if counted else min(CROSSED * far, 2 * usual)):
        return False
    after = step + 1
    if after not in one or after not in other:
        return counted  # how many people there are is sure enough; a figure may have leapt
    back = abs(_level(one[after]) - a0) + abs(_level(other[after]) - b0)
    return back < CROSSED * 2 * far


def unit_kept(figures: Figures) -> Iterator[Fault]:
    """Figures that are all a hundred times those before are in another unit: 0.19 for 19 %."""
    if not any(_tenfold(own) for own in figures.by_place.values()):
        return  # by far the most tables
    moved: defaultdict[int, list[tuple[float, Seen]]] = defaultdict(list)
    broken = figures.broken
    for own in figures.by_place.values():
        for before, now in pairwise(sorted(own)):
            first, second = own[before].value, own[now].value
            if now - before == 1 and first and second and first * second > 0:
                moved[now].append((math.log10(second / first), own[now]))
    sizes = [abs(size) for all_moves in moves_of(moved) for size in all_moves]
    if len(moved) < 2 or not sizes or median(sizes) > DECADE_SLACK:
        return
    changes: list[tuple[int, Seen]] = []
    for step, found in sorted(moved.items()):
        power = round(median(size for size, _ in found))
        close = [row for size, row in found if abs(size - power) <= DECADE_SLACK]
        enough = len(found) >= 3 or abs(power) >= 2
        if power and step not in broken and len(close) == len(found) and enough:
            changes.append((power, min(close)))
    yield from _changes_of_unit(changes)


def _changes_of_unit(changes: Sequence[tuple[int, Seen]]) -> Iterator[Fault]:
    """Each change of unit, and the way back from one with it."""
    back = False
    for number, (power, row) in enumerate(changes):
        if back:
            back = False
            continue
        after = changes[number + 1] if number + 1 < len(changes) else None
        back = after is not None and after[0] == -power
        many = f"{10 ** abs(power):,}"
        said = f"{many} times" if power > 0 else f"about one {many}th of"
        span, sides = f"From {row.code} on", "those before"
        if after is not None and back:
            sides = "those before and after"
            span = f"In {row.code}" if after[1].step - row.step == 1 else f"From {row.code} on"
            span += "" if after[1].step - row.step == 1 else f", until {after[1].code},"
        yield Fault(
            what=f"{span} the figures are {said} {sides}, in every place.",
            fix="Write all of them in one unit; if the source itself changed, declare it under "
            "“breaks:” in indicator.yaml.",
            line=row.line,
            column="value",
        )


def _tenfold(own: Mapping[int, Seen]) -> bool:
    """Whether figures of a place ever move by anything near a power of ten."""
    sizes = [abs(row.value) for row in own.values() if row.value]
    return bool(sizes) and max(sizes) > 6 * min(sizes)


def moves_of(moved: Mapping[int, list[tuple[float, Seen]]]) -> Iterator[list[float]]:
    """The sizes of all moves, step by step."""
    for found in moved.values():
        yield [size for size, _ in found]


def spans_alike(figures: Figures) -> Iterator[Fault]:
    """Two pooled years beside three are another kind of figure, and step by other steps."""
    if not periods.overlaps(figures.indicator.periods) or figures.indicator.breaks:
        return
    spans = {
        text: period.end.year - period.start.year
        for text, (period, _) in figures.known_periods.items()
    }
    if len(set(spans.values())) < 2:
        return
    usual = Counter(spans.values()).most_common(1)[0][0]
    texts = dict(zip(figures.raw["line"].to_list(), figures.raw["period"].to_list(), strict=True))
    for text, span in spans.items():
        if span != usual:
            lines = [line for line, said in texts.items() if said == text]
            yield Fault(
                what=f"“{text}” is longer or shorter than the other periods{also(lines)}.",
                fix="Mend the years: all pool the same number of them.",
                line=lines[0],
                others=tuple(lines[1:]),
                column="period",
            )


def compared_up_to_date(figures: Figures) -> Iterator[Fault]:
    """A place that lacks the newest figure drops out of every comparison without a word."""
    found = figures.by_place
    newest = max((max(own) for own in found.values()), default=0)
    lacking = [code for code, own in found.items() if newest not in own]
    if not lacking or len(lacking) > (1 - MOST_PLACES) * len(found):
        return
    compared = figures.context.settings.comparisons
    shown = {compared.country, compared.region, *figures.context.neighbour_codes}
    ended = {area.code for area in figures.context.areas if area.valid_to}
    code = next(row.code for own in found.values() for row in own.values() if row.step == newest)
    for area in lacking:
        own = found[area]
        steady = all(newest - back in own for back in (1, 2, 3))
        if area in shown and area not in ended and steady:
            yield Fault(
                what=f"{area} has no row for {code}, which other areas have.",
                fix="Add the row: the value, or a marker that says why there is none.",
                line=own[max(own)].line,
                column="period",
            )


RULES: tuple[Rule[Figures], ...] = (
    warning("figures-copied", figures_own, *GROUPS, "periods", "settings.place"),
    warning("areas-swapped", areas_kept_apart, *GROUPS, "periods"),
    warning("unit-changed", unit_kept, *GROUPS, "periods", "breaks"),
    warning("period-span", spans_alike, "periods", "breaks"),
    warning("area-behind", compared_up_to_date, *GROUPS, "periods", "settings.comparisons"),
)
