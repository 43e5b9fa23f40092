"""Figures that count the same in several places of the book, brought together for the audit.

Only those are read again that name each other; all other figures are never held at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from databook import load, protect, validate
from databook.model import Indicator
from databook.observations import Card, Context
from databook.performance import Performance
from databook.problems import Level, Place, Problem
from databook.programmes import Measure


def linked(root: Path, indicators: Sequence[Indicator], context: Context) -> tuple[Problem, ...]:
    """What follows from indicators that count the same, and names that lead nowhere."""
    named = {i.slug: i.counts_with for i in indicators}
    if not any(named.values()):
        return ()
    problems = list(_astray(root, named))
    for family in protect.families(named):
        cards = [card for slug in family for card in _card(root, slug, context)]
        problems += protect.across(cards, context)
    return tuple(problems)


def paired(
    performance: Performance, cards: Mapping[str, Card[Measure]], context: Context
) -> tuple[Problem, ...]:
    """What follows from a measure told as a number and again as a percentage."""
    problems: list[Problem] = []
    for programme in performance.programmes:
        named = {m.slug: (m.pairs_with,) for m in programme.measures}
        for family in protect.families(named):
            keys = [f"{programme.slug}/{slug}" for slug in family]
            problems += protect.across([cards[key] for key in keys if key in cards], context)
    return tuple(problems)


def _card(root: Path, slug: str, context: Context) -> Iterator[Card[Indicator]]:
    folder = load.indicator(root, slug).value
    card = validate.card(folder, context).value if folder is not None else None
    if card is not None:
        yield card


def _astray(root: Path, named: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    there = set(load.slugs(root))
    for slug, others in named.items():
        for number, other in enumerate(others):
            if other not in there or other == slug:
                folder = load.indicator(root, slug).value
                document = folder.document if folder else None
                path = f"scorecards/indicators/{slug}/indicator.yaml"
                yield Problem(
                    code="disclosure-link-unknown",
                    level=Level.ERROR,
                    place=document.place(("counts_with", number)) if document else Place(path=path),
                    what=f"“{other}” is not another indicator of this book.",
                    why=protect.WHY["disclosure-link-unknown"],
                    fix="Write the name of its folder in scorecards/indicators, or take it out.",
                )
