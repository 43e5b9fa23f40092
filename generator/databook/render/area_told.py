"""An indicator among all, as the pages of places list it: under which outcome, in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from databook.areas import View
from databook.observations import Context
from databook.render.area_rows import Row, Rows
from databook.render.entries import Entry

OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An indicator among all: where it belongs, and what it is in each place."""

    entry: Entry
    said: str  # digest of all that pages say of it besides its rows
    outcome: str  # slug of the outcome it is listed under
    rows: Mapping[str, Row] = field(repr=False)


def told_of(context: Context, entries: Sequence[Entry], rows: Sequence[Rows]) -> list[Told]:
    """The indicators in the order of outcomes, headline ones first."""
    left = {one.slug: one.rows for one in rows}
    outcomes = outcomes_of(context)
    slugs = [slug for slug, _ in outcomes.values()]
    found = []
    for entry in entries:
        mine = left.get(entry.indicator.slug, ())
        outcome, of = _outcome(entry, outcomes), entry.indicator
        said = (of.slug, of.title, of.unit_label, of.unit, of.better, of.decimals, entry.headline)
        found.append(
            Told(
                entry=entry,
                said=blake2b(repr((*said, outcome)).encode(), digest_size=12).hexdigest(),
                outcome=outcome,
                rows={r.area: r for r in mine},
            )
        )
    found.sort(
        key=lambda t: (slugs.index(t.outcome), not t.entry.headline, t.entry.indicator.title)
    )
    return found


def outcomes_of(context: Context) -> dict[str, tuple[str, str]]:
    """The outcomes that figures are listed under: by reference, a name for addresses and the title.

    Outcomes of frameworks after the first say of which they are: two may have one title.
    """
    found = {}
    for number, framework in enumerate(context.frameworks):
        for outcome in framework.outcomes:
            reference = f"{framework.slug}/{outcome.slug}"
            further = (reference.replace("/", "-"), f"{outcome.title} ({framework.title})")
            found[reference] = further if number else (outcome.slug, outcome.title)
    return {**found, OTHER: (OTHER, "Other figures")}


def _outcome(entry: Entry, outcomes: Mapping[str, tuple[str, str]]) -> str:
    """The first outcome that an indicator names, in the order of frameworks in the book."""
    named = frozenset(entry.indicator.outcomes)
    return next((slug for reference, (slug, _) in outcomes.items() if reference in named), OTHER)


def digest_of(view: View, told: Sequence[Told]) -> str:
    """Of all that a place's pages show, the frame and the book's settings aside."""
    rows = ((one.said, one.rows.get(view.area.code)) for one in told)
    shown = "\n".join([f"{said} {row.digest}" if row else said for said, row in rows])
    return blake2b(shown.encode(), digest_size=16).hexdigest()
