"""What an edition says of those before it, and what it writes down of itself for later ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from databook import compare, render, store
from databook.changes import Address, Changes, Side, State
from databook.compare import record
from databook.compare.record import BookSaid
from databook.model import Indicator
from databook.observations import Context
from databook.pages import Page
from databook.past import BOOK, Issue, Past, known
from databook.pipeline import remembering, states
from databook.pipeline.recounting import Measures, Recount
from databook.pipeline.surroundings import Surroundings
from databook.render import FeedEntry, News

TAGS = re.compile(r"<[^>]*>|\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A page and files about the past."""

    page: Page
    files: Mapping[str, bytes] = field(repr=False)


def of_book(
    around: Surroundings,
    context: Context,
    past: Past | None,
    recounts: Mapping[str, Recount],
    measures: Measures,
    indicators: Sequence[Indicator],
    pages: Sequence[Page],
) -> Told:
    """The page of what changed, the feeds, and what this edition was.

    `pages` are those about programmes and papers, which are known by what they say.
    """
    addresses = _addresses(around, context, indicators, pages)
    news = _news(around, context, past, recounts, measures, addresses)
    edition = context.settings.edition
    own = BookSaid(
        id=edition.id,
        date=edition.date,
        context=context,
        pages={path: (a.title, store.mix(a.content)) for path, a in addresses.items()},
        knew=tuple((str(id_), int(str(n))) for id_, n in known(past.issues if past else ())),
        summary=news.sentence,
        outcomes=render.by_outcome(news),
    )
    files = {
        BOOK: record.book_as_json(own),
        f"{render.CHANGES}changes.json": render.changes_json(news),
        **render.feeds(context, [*_told_before(past), _entry(own, context, past)]),
    }
    return Told(page=render.changes_page(news, context), files=files)


def _news(
    around: Surroundings,
    context: Context,
    past: Past | None,
    recounts: Mapping[str, Recount],
    measures: Measures,
    addresses: Mapping[str, Address],
) -> News:
    if past is None:
        return News()
    before, was = past.before, remembering.book(past)
    if before is None or was is None:
        return News(first=before is None, before=before, correcting=past.correcting)
    corrected = [i for i in past.issues if i.number > 1 and i.key not in {*was.knew, before.key}]
    corrected += [before] if before.number > 1 else []
    return News(
        changes=_changes(around, context, past, was, recounts, measures, addresses),
        before=before,
        corrected=tuple(sorted(corrected, key=lambda i: (i.published, i.id, i.number))),
        correcting=past.correcting,
    )


def _changes(
    around: Surroundings,
    context: Context,
    past: Past,
    was: BookSaid,
    recounts: Mapping[str, Recount],
    measures: Measures,
    addresses: Mapping[str, Address],
) -> Changes:
    """All that differs from the edition before."""
    told = {f"indicators/{slug}": recount.change for slug, recount in recounts.items()}
    subjects = {key: change for key, change in told.items() if change} | dict(measures.changes)
    gone = dict(remembering.gone(past, {*told, *measures.shown}))
    head = State(side=_side(context), context=context, shown={}, pages=addresses)
    base = State(
        side=_side(was.context),
        context=was.context,
        shown={},
        pages={p: Address(path=p, title=t, content=c) for p, (t, c) in was.pages.items()},
    )
    head = replace(head, pages={p: _alike(a) for p, a in addresses.items()})
    if gone:
        come = {
            key: measures.shown.get(key)
            or states.indicator(around.root, key.removeprefix("indicators/"), context)
            for key, subject in subjects.items()
            if subject.indicator_before is None
        }
        moved = compare.moves(gone, come)
        found = compare.changes(
            replace(base, shown=gone, pages={}), replace(head, shown=come, pages={}), moved, {}
        )
        subjects |= {s.key: replace(s, earlier=None, later=None) for s in found.subjects}
    ordered = [subjects[key] for key in sorted(subjects)]
    return compare.together(base, head, ordered)


def _alike(address: Address) -> Address:
    """A page by the digest under which editions remember it."""
    return replace(address, content=store.mix(address.content))


def _side(context: Context) -> Side:
    edition = context.settings.edition
    return Side(name=f"edition {edition.id}", edition=edition.id, date=edition.date)


def _addresses(
    around: Surroundings, context: Context, indicators: Sequence[Indicator], pages: Sequence[Page]
) -> dict[str, Address]:
    found = list(states.of_book(around, context, indicators))
    # Words alone: markup is the program's, and changes with it.
    found += [
        Address(path=page.path, title=page.title, content=TAGS.sub(" ", page.content))
        for page in pages
    ]
    return {address.path: address for address in found}


# --- feeds ---------------------------------------------------------------------------------------


def _told_before(past: Past | None) -> Iterator[FeedEntry]:
    """Each earlier edition as it holds, with the day of its last correction."""
    for issue in past.issues if past else ():
        said = remembering.of(past, issue) if past and issue.holds else None
        if said is not None:
            yield FeedEntry(
                id=issue.id, day=issue.date, updated=_updated(issue), folder=issue.folder,
                summary=said.summary, outcomes=said.outcomes,
            )  # fmt: skip


def _updated(issue: Issue) -> date:
    """An edition's own day, or that of its correction."""
    return date.fromisoformat(issue.published) if issue.number > 1 else issue.date


def _entry(own: BookSaid, context: Context, past: Past | None) -> FeedEntry:
    updated = past.today if past and past.correcting and past.today else own.date
    folder = f"editions/{own.id}/" if context.published else ""
    return FeedEntry(
        id=own.id, day=own.date, updated=updated, folder=folder,
        summary=own.summary, outcomes=own.outcomes,
    )  # fmt: skip
