"""Counts rounded to a base instead of any being withheld: each by itself, or so that all add up.

Without chance, so that the same table always comes out the same and nobody can average it away.
Each by itself is the conventional way (to the nearest, halves up). Controlled rounding takes the
multiple below or above, whichever lets every total be the sum of its parts, with as little change
as can be (Cox, "A constructive procedure for unbiased controlled rounding", 1987).
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from defusedcsv import csv  # spreadsheets must not run text as a formula

from databook.model import Unit
from databook.problems import Checked, Place, Problem
from databook.protect.attack import exposed, matrix
from databook.protect.sheet import Lines, Shares, problem
from databook.protect.sums import Exposed, Need, System

if TYPE_CHECKING:
    from databook.protect.raw import Rule, Safe, Woven


def rounded(lines: Lines, woven: Woven, rule: Rule) -> Checked[Safe]:
    """The table with every count rounded to the rule's base."""
    from databook.protect.raw import Safe

    base = rule.policy.round_to
    if rule.controlled:
        found = controlled(woven.raw.system, woven.raw.truth, base)
        if found is None:
            first = Place(path=lines.path)
            return Checked(value=None, problems=(_impossible(first, base),))
        counts = {line.number: found[n] for n, line in woven.lines.items()}
    else:
        counts = {line.number: nearest(woven.raw.truth[n], base) for n, line in woven.lines.items()}
    off = base - 1 if rule.controlled else base // 2
    problems = tuple(_told(woven, lines, one) for one in _exact(woven, counts, off, base))
    if problems:
        return Checked(value=None, problems=problems)
    text = _written(lines, counts, rule)
    return Checked(value=Safe(text=text, numbers=len(counts), rounded=len(counts)))


def nearest(value: float, base: int) -> float:
    """The nearest multiple, halves up: Python's own rounding would take every other half down."""
    return float(int((value + base / 2) // base) * base)


def controlled(system: System, truth: Sequence[float], base: int) -> tuple[float, ...] | None:
    """Multiples below or above every figure that keep to every sum, with the least change."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    below = [float(int(value // base) * base) for value in truth]
    count = len(truth)
    exact = [one for one in system.sums if one.low == one.high]
    now = [sum(c * below[f] for f, c in one.parts) for one in exact]
    # A figure that is a multiple already stays; of equal changes the one further up moves first.
    cost = [
        (base - 2 * (value - low)) * (1 + n / (1_000 * count))
        for n, (value, low) in enumerate(zip(truth, below, strict=True))
    ]
    conditions = LinearConstraint(
        matrix(exact, count) * base,
        [one.low - came for one, came in zip(exact, now, strict=True)],
        [one.high - came for one, came in zip(exact, now, strict=True)],
    )
    told = milp(
        cost,
        constraints=conditions if exact else (),
        bounds=Bounds(0, [0.0 if v == low else 1.0 for v, low in zip(truth, below, strict=True)]),
        integrality=[1] * count,
        options={"mip_rel_gap": 0.0},
    )
    if told.x is None:
        return None
    return tuple(low + base * round(up) for low, up in zip(below, told.x, strict=True))


def _exact(woven: Woven, counts: Mapping[int, float], off: int, base: int) -> tuple[Exposed, ...]:
    """Figures that rounded totals give away all the same."""
    figures = list(woven.raw.system.figures)
    for n, line in woven.lines.items():
        value = counts[line.number]
        # Wide enough is what a rounded nought leaves open by itself.
        least, most = (figures[n].need or Need()).least, (figures[n].need or Need()).most
        need = Need(least=least, most=min(most, base), width=max(1, base // 2))
        figures[n] = replace(
            figures[n], low=max(0.0, value - off), high=value + off,
            need=need if woven.raw.truth[n] >= 1 else None,
        )  # fmt: skip
    return exposed(replace(woven.raw.system, figures=tuple(figures)))


def _told(woven: Woven, lines: Lines, one: Exposed) -> Problem:
    line = woven.lines.get(one.figure)
    return problem(
        "raw-rounding",
        Place(path=lines.path, line=line.number if line else 1),
        f"{woven.raw.system.figures[one.figure].name} follows from the rounded totals.",
        "Round to a larger base, or with --controlled, or withhold instead.",
    )


def _impossible(place: Place, base: int) -> Problem:
    return problem(
        "raw-rounding", place,
        f"No choice of multiples of {base} keeps to all sums at once.",
        "Leave out --controlled, or round to another base.",
    )  # fmt: skip


def _written(lines: Lines, counts: Mapping[int, float], rule: Rule) -> str:
    """The table with rounded counts, and shares worked out of those."""
    base = rule.policy.round_to
    shares = Shares(unit=rule.unit, per=rule.per, decimals=rule.decimals)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    usual = [ours for _, ours in lines.columns]
    added = [] if "value" in usual else ["value"]
    writer.writerow([*(theirs for theirs, _ in lines.columns), *added])
    for line in lines.rows:
        cells = dict(line.cells)
        if line.number in counts:
            plain = rule.unit is Unit.COUNT and not cells.get("numerator")
            cells["value" if plain else "numerator"] = f"{counts[line.number]:.0f}"
            if cells.get("denominator"):
                cells["denominator"] = f"{nearest(float(cells['denominator']), base):.0f}"
            cells |= dict.fromkeys(("lower", "upper"), "")  # limits would tell what it was
            if not plain:
                cells["value"] = shares.value(cells)
        writer.writerow([cells.get(name, "") for name in (*usual, *added)])
    return out.getvalue()
