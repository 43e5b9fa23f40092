"""The calendar of editions must be one that days can be kept by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from databook.editions import Calendar
from databook.model import Edition
from databook.problems import Checked, in_order
from databook.sources import Document
from databook.validate.faults import Fault, Rule, error, run, warning
from databook.validate.shape import shape


def calendar(document: Document, edition: Edition | None = None) -> Checked[Calendar]:
    """The announced editions, and what is wrong with them. `edition`: the one being made."""
    shaped = shape(document, Calendar)
    if shaped.value is None:
        return Checked(value=None, problems=in_order(shaped.problems))
    found = [
        *run(
            RULES,
            shaped.value,
            lambda f: document.place(f.path, key=f.key, word=f.word),
            shaped.unread,
        )
    ]
    if edition is not None and "planned" not in shaped.unread.fields:
        found += run([KEPT], (shaped.value, edition), lambda f: document.place(f.path))
    return Checked(value=shaped.value, problems=in_order((*shaped.problems, *found)))


def announced_once(calendar: Calendar) -> Iterator[Fault]:
    """An edition with two days has none that anybody could rely on."""
    seen: set[str] = set()
    for number, planned in enumerate(calendar.planned):
        if planned.id in seen:
            yield Fault(
                what=f"The edition “{planned.id}” is announced twice.",
                fix="Delete one of the two.",
                path=("planned", number, "id"),
            )
        seen.add(planned.id)


def in_order_of_days(calendar: Calendar) -> Iterator[Fault]:
    """Editions follow on one another; one out of order is most likely a slip in its day."""
    for number, (one, other) in enumerate(pairwise(calendar.planned), start=1):
        if other.date <= one.date:
            yield Fault(
                what=f"“{other.id}” is announced for {other.date}, and stands after “{one.id}” "
                f"of {one.date}.",
                fix="Mend the day, or put the editions in the order of their days.",
                path=("planned", number, "date"),
            )


def day_kept(both: tuple[Calendar, Edition]) -> Iterator[Fault]:
    """An edition cannot be out before the day that it speaks of."""
    planned, edition = both
    for number, one in enumerate(planned.planned):
        if one.id == edition.id and one.date < edition.date < date.max:
            yield Fault(
                what=f"“{one.id}” is announced for {one.date}, but speaks of {edition.date}, as "
                "databook.yaml has it.",
                fix="Mend the day here, or “edition: date:” in databook.yaml.",
                path=("planned", number, "date"),
                about="edition",
            )


KEPT: Rule[tuple[Calendar, Edition]] = warning("edition-too-early", day_kept)
RULES: tuple[Rule[Calendar], ...] = (
    error("edition-twice", announced_once, "planned"),
    error("edition-order", in_order_of_days, "planned"),
)
