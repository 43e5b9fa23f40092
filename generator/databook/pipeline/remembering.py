"""Reads what earlier editions said, each file proved by the digest it was published with."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, TypeVar, cast

import polars as pl

from databook import analyse, compare
from databook.changes import Shown, Subject
from databook.compare import record
from databook.compare.record import BookSaid, Unreadable
from databook.model import Indicator
from databook.observations import Card, Context, Observations, ProtectedCard
from databook.past import BOOK, FIGURES, SAID, Issue, Past, Said, digest_of
from databook.performance import ProtectedMeasure
from databook.problems import Level, Place, Problem
from databook.programmes import Measure

CODE = "withheld-in-print"
WHY = (
    "An edition that is published already shows the number, so that withholding it here protects "
    "nobody: whoever wants it reads it there."
)
Safe = TypeVar("Safe", ProtectedCard, ProtectedMeasure)
NAMED = 5  # cells named in one problem; more are counted


class Damaged(Exception):  # noqa: N818 - a state of affairs
    """An earlier edition is not what was published, or cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What is known of one indicator from earlier editions, oldest first.

    `before`: how the edition just before this one showed it.
    """

    past: Past | None = None
    home: str = ""  # its folder in the site
    spoken: tuple[tuple[Issue, Said], ...] = ()
    before: Shown | None = field(default=None, repr=False)

    def marked(self, card: Safe) -> Safe:
        """The card with [r] where the edition before said otherwise."""
        if self.before is None:
            return card
        old = self.before.card
        return cast(Safe, compare.marked(card, old.observations, old.indicator))

    def change(self, key: str, now: Shown, context: Context) -> Subject | None:
        """What changed since the edition before; None where nothing did, or where there is none."""
        was = book(self.past) if self.past is not None else None
        if was is None:
            return None
        if self.before is None:
            if self.home in was.pages:
                return None  # it was there, published by a program that wrote nothing down of it
            return replace(compare.added(key, now), later=None)
        old = bare(self.before)
        card = replace(now.card, observations=compare.unmarked(now.card.observations))
        new = replace(now, card=card)
        if digest_of(now.card.story_html) == self.spoken[-1][1].story:
            old = replace(old, card=replace(old.card, story_html=now.card.story_html))
        subject = compare.changed(key, old, self._masked(old, new), new, context)
        return replace(subject, earlier=None, later=None) if subject else None

    def _masked(self, old: Shown, new: Shown) -> Shown:
        """The earlier side as it may be told: worked out without what is withheld now."""
        hidden = compare.withheld(old.card.observations, new.card.observations)
        if hidden.is_empty():
            return old
        assert self.past is not None  # noqa: S101 - there is an earlier side
        was = book(self.past)
        assert was is not None  # noqa: S101
        card = ProtectedCard(compare.without(old.card, hidden))  # type: ignore[arg-type]
        if isinstance(card.indicator, Measure) and new.finding is not None:
            own = cast(ProtectedMeasure, card)
            finding = analyse.of_measure(own, new.finding.place, was.context)
            return Shown(url=old.url, card=own, finding=finding)
        return Shown(url=old.url, card=card, finding=analyse.card(card, was.context))


def memory(past: Past | None, home: str) -> Memory:
    """What earlier editions said in one folder of the site."""
    if past is None:
        return Memory()
    spoken = [
        (issue, record.said_from_json(data))
        for issue in past.issues
        if (data := read(past, f"{issue.folder}{home}{SAID}")) is not None
    ]
    before = past.before
    shown = None
    if before is not None and spoken and spoken[-1][0] == before:
        shown = _shown(past, before, spoken[-1][1], home)
    return Memory(past=past, home=home, spoken=tuple(spoken), before=shown)


def _shown(past: Past, issue: Issue, said: Said, home: str) -> Shown:
    figures = _figures(past, issue, said, home)
    assert isinstance(said.indicator, Indicator | Measure)  # noqa: S101 - it was written as one
    card: Card[Any] = Card(indicator=said.indicator, observations=figures, vintages=said.vintages)
    return Shown(url=home, card=ProtectedCard(card), said=said)


def _figures(past: Past, issue: Issue, said: Said, home: str) -> Observations:
    data = read(past, f"{issue.folder}{home}{FIGURES}") or b""
    assert isinstance(said.indicator, Indicator | Measure)  # noqa: S101
    was = of(past, issue)
    place = was.context.settings.place if was is not None else ""
    return record.figures_from_csv(data, said.indicator, place)


def bare(shown: Shown) -> Shown:
    """A side without marks of revision."""
    observations = compare.unmarked(shown.card.observations)
    return replace(shown, card=replace(shown.card, observations=observations))


def gone(past: Past, there: Collection[str]) -> Iterator[tuple[str, Shown]]:
    """Indicators and measures of the edition before that are not in the book any more."""
    before = past.before
    if before is None:
        return
    for path in sorted(past.sums):
        if path.startswith(before.folder) and path.endswith(f"/{SAID}"):
            key = path.removeprefix(before.folder).removesuffix(f"/{SAID}")
            known = memory(past, f"{key}/") if key not in there else Memory()
            if known.before is not None:
                yield key, bare(known.before)


# --- numbers that are in print -------------------------------------------------------------------


def in_print(card: ProtectedCard | ProtectedMeasure, memory: Memory) -> tuple[Problem, ...]:
    """Cells that are withheld now, but that an edition still shows."""
    frame = card.observations.frame
    if memory.past is None or not frame["marker"].str.contains(r"(^|[ \[])c($|[ \]])").any():
        return ()
    shown: dict[int, list[str]] = {}
    for issue, said in memory.spoken:
        figures = _figures(memory.past, issue, said, memory.home)
        hidden = compare.withheld(figures, card.observations)
        for line in _lines(card, hidden):
            shown.setdefault(line, []).append(issue.name)
    if not shown:
        return ()
    lines = sorted(shown)
    issues = list(dict.fromkeys(name for line in lines for name in shown[line]))
    where = ", ".join(f"line {line}" for line in lines[:NAMED])
    where += f" and {len(lines) - NAMED} more" if len(lines) > NAMED else ""
    return (
        Problem(
            code=CODE,
            level=Level.ERROR,
            place=Place(path=card.observations.path, line=lines[0]),
            what=f"A figure is withheld ({where}) that is in print: {', '.join(issues)}.",
            why=WHY,
            fix=(
                "Withhold it in each of those editions first, the oldest first: in a checkout of "
                "the edition's commit, databook publish TARGET --correct ID --withdraw --reason "
                '"...". Then nothing of what showed it is left there. See '
                "docs/small-number-in-the-repository.md."
            ),
        ),
    )


def _lines(card: ProtectedCard | ProtectedMeasure, hidden: pl.DataFrame) -> list[int]:
    if hidden.is_empty():
        return []
    totals = card.observations.totals
    frame = card.observations.frame.with_columns(
        pl.col(column).replace(total, "").alias(column) for column, total in totals.items()
    )
    keys = [key for key in hidden.columns if key in frame.columns]
    found = frame.join(hidden.select(keys).unique(), on=keys, how="semi", nulls_equal=True)
    return [int(line) for line in found["line"]]


# --- the files -----------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def book(past: Past) -> BookSaid | None:
    """The edition before, as a whole."""
    return of(past, past.before) if past.before else None


def of(past: Past, issue: Issue) -> BookSaid | None:
    """An edition as a whole; None where it wrote nothing down."""
    data = read(past, f"{issue.folder}{BOOK}")
    return None if data is None else record.book_from_json(data)


def read(past: Past, path: str) -> bytes | None:
    """A file of an earlier edition, if it is still what was published."""
    wanted = past.sums.get(path)
    if wanted is None:
        return None
    try:
        data = past.place(path).read_bytes()
    except OSError as failed:
        raise Damaged(f"{path} of an earlier edition cannot be read ({failed.strerror}).") from None
    if hashlib.sha256(data).hexdigest() != wanted:
        raise Damaged(
            f"{path} is not what was published, so nothing can be told of the past from it. "
            "`databook verify` says what else is changed; bring it back first."
        )
    return data


__all__ = [
    "CODE", "WHY", "Damaged", "Memory", "Unreadable", "book", "gone", "in_print", "memory", "of",
]  # fmt: skip
