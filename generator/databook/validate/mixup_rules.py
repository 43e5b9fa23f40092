"""Figures that belong to another place or are in another unit: slips that no single row shows.

All of these are doubts, never errors, and ask for more than chance would give.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from databook import periods
from databook.model import Unit
from databook.validate.cells import also
from databook.validate.copied_rules import figures_own
from databook.validate.faults import Fault, Rule, warning
from databook.validate.figures import GROUPS, Figures, Seen
from databook.validate.swapped_rules import areas_kept_apart

# A change of unit multiplies by a power of ten; figures themselves move by less than this share of
# a decade meanwhile (10**0.1 is a quarter).
DECADE_SLACK = 0.1
# Proportions: at least so many figures, none above one, with so many more decimals than are shown.
FEWEST = 4
LEAST = 0.05
FINER = 2
# So large a share of places has a newer figure before the others are asked for theirs.
MOST_PLACES = 0.75


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


def percent_of_a_hundred(figures: Figures) -> Iterator[Fault]:
    """A proportion is a hundredth of the percentage that the page says it is: 0.4 is not 40%."""
    cells = figures.cells
    if figures.indicator.unit is not Unit.PERCENT or len(cells) < FEWEST:
        return
    most = max(cell.value for cell in cells)
    if not (min(cell.value for cell in cells) >= 0 and LEAST < most <= 1):
        return
    target = figures.indicator.target
    finer = figures.frame["decimals"].drop_nulls() >= figures.indicator.decimals + FINER
    aimed = target is not None and target.value is not None and float(target.value) > 10 * most
    if aimed or float(finer.mean() or 0) > 1 / 2:  # type: ignore[arg-type]
        yield Fault(
            what=f"Every figure is at most {most:g}, and the unit is percent: these seem to be "
            "proportions.",
            fix="Write percentages, a hundred times as much: 40.0 for 0.4. If they are "
            "percentages, give “decimals:” as many as the figures have, or acknowledge it.",
            line=min(cell.line for cell in cells),
            column="value",
        )


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
    warning("values-proportions", percent_of_a_hundred, *GROUPS, "periods", "unit"),
    warning("period-span", spans_alike, "periods", "breaks"),
    warning("area-behind", compared_up_to_date, *GROUPS, "periods", "settings.comparisons"),
)
