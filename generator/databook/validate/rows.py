"""How a rule for each row is written and run: all are asked in one pass over the columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import polars as pl

from databook.problems import Level, Problem
from databook.validate.cells import place_in
from databook.validate.faults import Fault, doubted, problem
from databook.validate.figures import Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRule:
    """A rule for each row: `odd` finds rows (and says why it matters), `tell` says what is wrong.

    Kept apart so that all of them are asked in one pass, and a clean table costs no more.
    """

    code: str
    level: Level
    odd: Callable[[Figures], pl.Expr | None]
    tell: Callable[[Figures, pl.DataFrame], Iterator[Fault]]
    needs: frozenset[str] = frozenset()

    @property
    def why(self) -> str:
        """The reason for the rule, from the docstring of `odd`."""
        return " ".join((self.odd.__doc__ or "").split())


def run(rules: Sequence[RowRule], figures: Figures, doubtful: frozenset[str]) -> Iterator[Problem]:
    """Ask every row rule in one pass over the columns, then tell of the rows found."""
    asked = {
        rule: odd
        for rule in rules
        if not doubted(rule.needs, doubtful) and (odd := rule.odd(figures)) is not None
    }
    if not asked:
        return
    flags = figures.frame.select(odd.any().alias(rule.code) for rule, odd in asked.items())
    for (rule, odd), found in zip(asked.items(), flags.row(0), strict=True):
        if not found:
            continue
        for fault in rule.tell(figures, figures.frame.filter(odd).sort("line")):
            theirs = figures.indicator.columns
            place = place_in(figures.table, fault, theirs)
            told = problem(rule.code, rule.level, place, fault.what, rule.why, fault.fix)
            rest = (replace(fault, line=line) for line in fault.others)
            others = tuple(place_in(figures.table, each, theirs) for each in rest)
            yield replace(told, about=fault.about, others=others)


def row_rule(
    code: str,
    odd: Callable[[Figures], pl.Expr | None],
    tell: Callable[[Figures, pl.DataFrame], Iterator[Fault]],
    *needs: str,
) -> RowRule:
    """A rule that stops a build. `needs`: what must be sound for it to mean anything."""
    return RowRule(code=code, level=Level.ERROR, odd=odd, tell=tell, needs=frozenset(needs))


def doubt(rule: RowRule) -> RowRule:
    """A rule that warns: what it finds may be right."""
    return replace(rule, level=Level.WARNING)


def blank(figures: Figures, *columns: str) -> bool:
    """Whether these columns say nothing at all, so that a rule about them need not be asked."""
    return all(figures.frame[c].null_count() == figures.frame.height for c in columns)


def said(number: float | None) -> str:
    """A number as a message says it, without zeros at its end."""
    return "none" if number is None else f"{number:.10f}".rstrip("0").rstrip(".")
