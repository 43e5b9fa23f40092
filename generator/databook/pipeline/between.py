"""Looks at an edition beside all others that stand: what follows from them together.

Readers have every edition, so a number that one withholds must not follow from what another shows.
Whether a number that is withheld now was shown before is asked while the edition is built, by
`remembering.in_print`; here it is asked of later editions too, which a correction may meet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from databook import load, protect, publish, validate
from databook.compare import record
from databook.compare.record import Unreadable
from databook.model import Indicator
from databook.observations import Card, Context
from databook.past import FIGURES, Issue, Past
from databook.pipeline import remembering
from databook.problems import Level, Problem, in_order
from databook.publish import Asking, Target

# A cell with the mark c, alone or among others; parsing is for files that have one.
WITHHELD = re.compile(rb",(?:[a-z]+ )*c(?: [a-z]+)*(?:,|$)", re.MULTILINE)


def between(
    target: Target, asking: Asking, book: Path, context: Context, into: Path
) -> tuple[Problem, ...]:
    """Errors for every withheld number that follows from this edition and others together."""
    past = publish.recall(target, replace(asking, day=date.max), into)
    before = [i for i in past.issues if (i.date, i.id) <= (asking.day, asking.id)]
    problems: list[Problem] = []
    for slug in load.slugs(book):
        found = _of_indicator(slug, past, book, context)
        # The build knows what was said at this address, and nothing of what was at a former one.
        here = f"indicators/{slug}/{FIGURES}"
        earlier = {i.name for i in before if f"{i.folder}{here}" in past.sums}
        problems += (p for p in found if not _told_already(p, earlier))
    if asking.withdrawing:
        problems = [_next(problem) for problem in problems]
    return in_order(problems)


def _next(problem: Problem) -> Problem:
    """That later editions show it still is no reason against withdrawing: the oldest goes first."""
    if problem.code != "disclosure-published-before":
        return problem
    return replace(problem, level=Level.WARNING, fix="Withdraw it from that edition next.")


def _told_already(problem: Problem, earlier: set[str]) -> bool:
    """Whether the build has said it: that an earlier edition shows what is withheld now."""
    return problem.code == "disclosure-published-before" and any(
        f"edition {name} shows" in problem.what for name in earlier
    )


def _of_indicator(slug: str, past: Past, book: Path, context: Context) -> tuple[Problem, ...]:
    said = dict(_said(_homes(slug, context), past))
    folder = load.indicator(book, slug)
    if not said or folder.value is None:
        return ()
    card = validate.card(folder.value, context).value
    if card is None or (card.indicator.disclosure or context.settings.disclosure).published_by:
        return ()
    marks = card.observations.frame["marker"].str.contains(r"(^| )c( |$)").any()
    if not marks and not any(WITHHELD.search(data) for data in said):
        return ()
    cards = [
        (issue.name, old)
        for data, issue in said.items()
        if (old := _card(data, card.indicator)) is not None
    ]
    return protect.between(cards, card, context)


def _homes(slug: str, context: Context) -> tuple[str, ...]:
    """Where an indicator is, and every address that it had before."""
    found = [f"indicators/{slug}/"]
    for home in found:
        found += [m.old for m in context.settings.moved if m.new == home and m.old not in found]
    return tuple(found)


def _said(homes: tuple[str, ...], past: Past) -> Iterator[tuple[bytes, Issue]]:
    """What each edition said of an indicator; of several that said the same, the last."""
    for issue in past.issues:
        for home in homes:
            data = remembering.read(past, f"{issue.folder}{home}{FIGURES}")
            if data is not None:
                yield data, issue


def _card(data: bytes, indicator: Indicator) -> Card[Indicator] | None:
    """An edition's figures, None where they were counted in periods of another kind."""
    try:
        figures = record.figures_from_csv(data, indicator)
    except Unreadable:
        return None
    return Card(indicator=indicator, observations=figures)
