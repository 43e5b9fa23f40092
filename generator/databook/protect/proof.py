"""Proves of figures that nothing withheld can be had by subtraction, or refuses them.

Costs nothing where nothing is withheld: then there is nothing to be had.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from databook.model import Disclosure, Measurable, Unit
from databook.observations import Card, Context, M
from databook.problems import Problem, in_order
from databook.sources import Table

if TYPE_CHECKING:
    from databook.protect.linked import State

CONFIDENTIAL = r"(^| )c( |$)"
NUMBERS = ("value", "numerator", "denominator", "lower", "upper")


def policy_of(indicator: Measurable, context: Context) -> Disclosure:
    """The rule that protects an indicator's figures."""
    return indicator.disclosure or context.settings.disclosure


def withholds(card: Card[Measurable], policy: Disclosure) -> bool:
    """Whether there is anything in a card that might be had though it is not shown."""
    if policy.published_by:
        return False  # the body that published it answers for what follows from it
    if policy.running:
        return True  # what came between two running totals is written nowhere
    marker = card.observations.frame["marker"]
    if marker.null_count() < len(marker) and bool(marker.str.contains(CONFIDENTIAL).any()):
        return True
    return _leaves_out(card)


def _leaves_out(card: Card[Measurable]) -> bool:
    """Whether some group is counted in fewer rows than another: what is left of a total is its."""
    frame, count = card.observations.frame, pl.col("numerator")
    if card.indicator.unit is Unit.COUNT:
        count = pl.coalesce("numerator", "value")
    for breakdown in card.indicator.breakdowns:
        if breakdown.column not in frame.columns:
            continue
        counted = frame.filter(count.is_not_null())[breakdown.column]
        groups = [g for g in breakdown.groups if g != breakdown.total]
        if len({counted.eq(group).sum() for group in groups}) > 1:
            return True
    return False


def proven(
    card: Card[M], context: Context, table: Table | None = None
) -> tuple[Card[M], tuple[Problem, ...]]:
    """The card, and an error for each withheld number that follows from others in it.

    Where there is one, no number of the card goes further: which of them told on it is not for
    this stage to choose.
    """
    policy = policy_of(card.indicator, context)
    if not withholds(card, policy):
        return card, ()
    problems = _audited([card], context)
    if not problems:
        return card, ()
    if table is not None:
        problems = tuple(replace(p, place=table.place(p.place.line, "marker")) for p in problems)
    return silent(card), in_order(problems)


def across(cards: Sequence[Card[Measurable]], context: Context) -> tuple[Problem, ...]:
    """Errors for what follows only from several indicators that count the same."""
    own = [card for card in cards if not policy_of(card.indicator, context).published_by]
    if len(own) < 2 or not any(withholds(c, policy_of(c.indicator, context)) for c in own):
        return ()
    alone = {p.place for card in own for p in proven(card, context)[1]}
    return tuple(p for p in _audited(own, context) if p.place not in alone)


def between(
    past: Sequence[tuple[str, Card[Measurable]]], now: Card[Measurable], context: Context
) -> tuple[Problem, ...]:
    """Errors for what follows from an indicator's figures together with those of other editions.

    `past`: the same figures as the editions that stand showed them, each with its edition's name.
    """
    policy = policy_of(now.indicator, context)
    cards = [card for _, card in past]
    if not cards or not any(withholds(card, policy) for card in (*cards, now)):
        return ()
    from databook.protect import audit
    from databook.protect.linked import Sheet, State

    states = [State(sheets=(Sheet(card=c, policy=policy),), name=name) for name, c in past]
    return audit.between([*states, state_of([now], context)], context)


def families(linked: Mapping[str, Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """Names that hang together, from what each one names; those that stand alone are left out."""
    together: dict[str, set[str]] = {}
    for name, others in linked.items():
        joined = {name, *(other for other in others if other in linked)}
        joined = joined.union(*(together.get(one, ()) for one in joined))
        together |= dict.fromkeys(joined, joined)
    found = {tuple(sorted(each)) for each in together.values() if len(each) > 1}
    return tuple(sorted(found))


def _audited(cards: Sequence[Card[Measurable]], context: Context) -> tuple[Problem, ...]:
    from databook.protect.audit import audit

    return audit([state_of(cards, context)], context)


def state_of(cards: Sequence[Card[Measurable]], context: Context, name: str = "") -> State:
    """Cards as one state of what readers have."""
    from databook.protect.linked import Sheet, State

    sheets = tuple(Sheet(card=c, policy=policy_of(c.indicator, context)) for c in cards)
    return State(sheets=sheets, name=name)


def silent(card: Card[M]) -> Card[M]:
    """The card without a number."""
    frame = card.observations.frame.with_columns(
        *(pl.lit(None, pl.Float64).alias(column) for column in NUMBERS),
        pl.lit("c").alias("marker"),
    )
    return replace(card, observations=replace(card.observations, frame=frame))
