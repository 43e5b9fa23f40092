"""What registers of source documents must mean beyond their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from databook.register import Carried, Register
from databook.validate.faults import Fault, Rule, did_you_mean, error, warning

if TYPE_CHECKING:
    from databook.validate.papers import InPerformance


def row_named_once(subject: InPerformance) -> Iterator[Fault]:
    """Each part has one address, which others cite."""
    register: Register = subject.paper
    earlier = [r for r in subject.performance.registers if r.slug < register.slug]
    seen = {row.id for other in earlier for row in other.rows}
    for number, row in enumerate(register.rows):
        if row.id in seen:
            yield Fault(
                what=f"“{row.id}” is taken by another part.",
                fix="Give it a number of its own.",
                path=("rows", number, "id"),
            )
        seen.add(row.id)


def documents_known(subject: InPerformance) -> Iterator[Fault]:
    """A part stands in a document that the book describes."""
    known = {d.slug for r in subject.performance.registers for d in r.documents}
    for number, row in enumerate(subject.paper.rows):
        for n, slug in enumerate(row.documents):
            if slug not in known:
                yield Fault(
                    what=f"There is no source document “{slug}”.",
                    fix=f"{did_you_mean(slug, known)}Describe it under “documents:”.",
                    path=("rows", number, "documents", n),
                )


def carried_somewhere(subject: InPerformance) -> Iterator[Fault]:
    """A part that is carried is carried somewhere; one that is not has a reason."""
    for number, row in enumerate(subject.paper.rows):
        if row.state in (Carried.WHOLE, Carried.PARTLY) and not row.where:
            yield Fault(
                what=f"“{row.id}” is {row.state}, and no page is named.",
                fix="Add “where:”, or say “not yet carried”.",
                path=("rows", number, "state"),
            )
        if row.state is not Carried.WHOLE and not row.why:
            yield Fault(
                what=f"“{row.id}” is {row.state}, and nobody says why.",
                fix="Add “why:”.",
                path=("rows", number, "state"),
            )


def dates_agree(subject: InPerformance) -> Iterator[Fault]:
    """A document that gives itself two dates is cited with both, or readers find the wrong one."""
    for number, document in enumerate(subject.paper.documents):
        if len(document.dated) > 1:
            yield Fault(
                what=f"“{document.short}” gives {len(document.dated)} dates for itself.",
                fix="Cite it with all of them; nothing else is to mend.",
                path=("documents", number, "dated"),
            )


# Two days of a month with nothing between them that says "and" or "to": "4th 19th".
_TWO_DAYS = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)\s+\d{1,2}(?:st|nd|rd|th)\b")


def date_is_one(subject: InPerformance) -> Iterator[Fault]:
    """Two days with nothing between them may be two dates or a span of time."""
    for number, document in enumerate(subject.paper.documents):
        for n, text in enumerate(document.dated):
            if found := _TWO_DAYS.search(text):
                yield Fault(
                    what=f"“{found.group()}” may be two days or a span.",
                    fix="Keep it as printed, and do not guess.",
                    path=("documents", number, "dated", n),
                )


def parts_add_up(subject: InPerformance) -> Iterator[Fault]:
    """If a document says it has more parts than can be read, something was lost."""
    for number, document in enumerate(subject.paper.documents):
        said, found = document.parts_said, document.parts_found
        if said is not None and found is not None and said != found:
            yield Fault(
                what=f"“{document.short}” says it has {said} {document.parts}, and {found} can be "
                "read.",
                fix="Cite by the number that stands on the part itself.",
                path=("documents", number, "parts_said"),
            )


RULES: tuple[Rule[InPerformance], ...] = (
    error("register-row-twice", row_named_once),
    error("register-document-unknown", documents_known),
    error("register-row-unplaced", carried_somewhere),
    warning("document-dates-differ", dates_agree),
    warning("document-date-ambiguous", date_is_one),
    warning("document-parts-missing", parts_add_up),
)
