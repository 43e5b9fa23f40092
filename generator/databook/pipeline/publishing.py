"""Builds an edition from a commit, and has it published; the order of the steps is here.

clean commit -> laid out -> built -> settled with what is published -> planned -> swapped in
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from databook import publish, render, site, store
from databook.editions import Calendar
from databook.listing import listing
from databook.observations import Context
from databook.past import Past
from databook.pipeline import framing, versions
from databook.pipeline.between import between
from databook.pipeline.build import build
from databook.pipeline.order import Built, Order, Tell, silent
from databook.pipeline.remake import FRAME
from databook.pipeline.revisions import PARTS, lay_out, state
from databook.pipeline.surroundings import Surroundings, surroundings
from databook.problems import Level, Problem
from databook.publish import Asking, Facts, NotDue, Plan, Refused, Target, Wanted
from databook.publish.plan import REGISTER_PAGE, edition_files, lost, page_base
from databook.publish.settle import Change
from databook.site import Frame

Problems = tuple[Problem, ...]
ALL = (*PARTS, "mkdocs.yml")  # what of a commit becomes an edition


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishOrder:
    """What is to be published, where, and on which day."""

    root: Path
    target: str
    today: date
    edition: str = ""  # empty: the one that the book says it is
    correct: str = ""
    reason: str = ""
    withdraw: bool = False
    force: bool = False
    jobs: int = 1
    tell: Tell = field(default=silent, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What came of it. With `problems` that are errors nothing was published."""

    problems: tuple[Problem, ...] = ()
    failed: bool = False
    edition: str = ""
    revision: int = 0
    same: bool = False  # it stood there already
    place: str = ""
    files: int = 0
    register: str = ""  # SHA-256 of the register, to check it by later


def publish_edition(order: PublishOrder) -> Publication:
    """Publish an edition, or raise one of the refusals."""
    with store.at_work(order.root):
        commit = clean(order.root)
        home = store.folder(order.root) / "publish"
        book = home / "book"
        found = laid(order.root, commit, book)
        around = surroundings(book)
        shop = store.folder(order.root)
        # Held from here on: what the place says of the past must still be so when it changes.
        with publish.open_target(order.target, order.root, shop=shop) as target:
            return edition_at(target, order, around, commit, found)


def edition_at(
    target: Target, order: PublishOrder, around: Surroundings, commit: str, found: Problems
) -> Publication:
    """Build the edition with the past that stands at its place, and put it there."""
    home = store.folder(order.root) / "publish"
    book, out = home / "book", home / "site"
    past = past_of(target, order, around, commit, home)
    order.tell("Building the edition", 0, 0)
    built = build(
        Order(
            root=book, out=out, jobs=order.jobs, published=True, spare=False, past=past,
            tell=order.tell,
        )
    )  # fmt: skip
    problems = (*found, *built.problems)
    if built.failed or found:
        return Publication(problems=problems, failed=True)
    context = around.context
    assert context is not None  # noqa: S101 - it has been built
    asking = asking_of(order, context, commit)
    follows = between(target, asking, book, context, fresh(home / "others"))
    problems = (*problems, *follows)
    if any(problem.level is Level.ERROR for problem in follows):
        return Publication(problems=problems, failed=True)
    named(order, context, around.calendar)
    wanted = wanted_of(order, context, book, out, commit)
    order.tell("Putting the edition in place", 0, 0)
    return replace(put_edition(target, wanted, book), problems=problems)


def past_of(
    target: Target, order: PublishOrder, around: Surroundings, commit: str, home: Path
) -> Past | None:
    """What the place says was published before; None for a book that will not build anyway."""
    if around.context is None:
        return None
    return publish.recall(target, asking_of(order, around.context, commit), fresh(home / "past"))


def asking_of(order: PublishOrder, context: Context, commit: str) -> Asking:
    """Which edition asks what others said."""
    edition = context.settings.edition
    return Asking(
        id=edition.id,
        day=edition.date,
        commit=commit,
        correcting=bool(order.correct),
        reason=order.reason if order.correct else "",
        withdrawing=order.withdraw,
        today=order.today,
    )


def build_after(order: Order, where: str) -> Built:
    """Build a draft of the edition that would follow those which stand somewhere."""
    around = surroundings(order.root)
    if around.context is None:
        return build(order)
    edition = around.context.settings.edition
    with publish.open_target(where, order.root, reading=True) as place:
        asking = Asking(id=edition.id, day=edition.date)
        past = publish.recall(place, asking, fresh(store.folder(order.root) / "past"))
        return build(replace(order, past=past))


def fresh(folder: Path) -> Path:
    """An empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def put_edition(target: Target, wanted: Wanted, book: Path) -> Publication:
    """Put a built edition in place. `book`: where it was built, for the frame of its pages."""
    change = publish.settle(target, wanted)
    if change.same:
        return told(target, change)
    planned, change = all_planned(target, change, wanted, book)
    target.swap(planned, message(change))
    return replace(
        told(target, change),
        files=len(planned.files),
        register=publish.measure(planned.files["editions.json"])[0],
    )


def clean(root: Path) -> str:
    """The commit that the book's folder is at, where everything in it is committed."""
    commit, changed = state(root)
    if not commit:
        raise Refused(
            "An edition is made from a commit, so that anybody can tell later what it was made "
            "from, and this book is in no git repository (or nothing is committed yet). "
            'In its folder: git init, git add ., git commit -m "First edition".'
        )
    if changed:
        listed = ", ".join(changed[:5]) + (f" and {len(changed) - 5} more" if changed[5:] else "")
        raise Refused(
            "An edition is made from a commit, and these files are not as committed: "
            f"{listed}. Commit them (or put them back), and run this again."
        )
    return commit


def laid(root: Path, commit: str, book: Path) -> tuple[Problem, ...]:
    """Lay the commit out in a folder of its own: what git ignores is no part of an edition."""
    book.mkdir(parents=True, exist_ok=True)
    for part in ALL:
        if (book / part).is_dir():
            shutil.rmtree(book / part)
        else:
            (book / part).unlink(missing_ok=True)
    return lay_out(root, commit, book, ALL).problems


def named(order: PublishOrder, context: Context, calendar: Calendar | None) -> None:
    """Refuse an edition that the book is not, or whose day has not come."""
    own = context.settings.edition.id
    asked = order.correct or order.edition
    if asked and asked != own:
        raise Refused(
            f"The book says that it is edition {own}, not {asked}. Set edition.id and edition.date "
            "in scorecards/databook.yaml, commit, and run this again."
        )
    if order.correct or calendar is None:
        return
    planned = next((p for p in calendar.planned if p.id == own), None)
    if order.force:
        return
    forced = 'If it must be now: --force --reason "why", which readers will see.'
    if planned is None:
        raise NotDue(
            f"Edition {own} is not announced. Add it to scorecards/editions.yaml with its day. "
            f"{forced}"
        )
    if planned.date > order.today:
        raise NotDue(
            f"Edition {own} is announced for {planned.date}, and today is {order.today}. {forced}"
        )


def wanted_of(order: PublishOrder, context: Context, book: Path, out: Path, commit: str) -> Wanted:
    """The edition with all its files and what it was made from."""
    settings = context.settings
    files = {path: out / path for path in sorted(listing(out))}
    seen = store.look(book, ALL, {})
    facts = Facts(
        commit=commit,
        versions=versions.versions(),
        sources={path: digest for path, (_, digest) in seen.items() if digest != "folder"},
    )
    index = json.loads((out / "data" / "index.json").read_bytes())
    return Wanted(
        id=settings.edition.id,
        title=settings.title,
        date=settings.edition.date.isoformat(),
        address=settings.address,
        files=files,
        built={path: publish.measure(data) for path, data in files.items()},
        facts=facts,
        published=order.today.isoformat(),
        indicators=len(index["indicators"]),
        correction=bool(order.correct),
        withdraw=order.withdraw,
        reason=order.reason,
    )


def all_planned(target: Target, change: Change, wanted: Wanted, book: Path) -> tuple[Plan, Change]:
    """The whole that will stand, with the pages that only a publication can make."""
    change, own = edition_files(target, change, wanted)
    gone = lost(target, change, wanted)
    change = replace(change, before=replace(change.before, gone=gone))
    block = render.register_block(change.after, telling(target, change))
    base = page_base(target, change.after, wanted, change.entry)
    made = {REGISTER_PAGE: publish.with_block(base, block)}
    if change.leads:
        made |= gone_pages(gone, wanted.title, frame_of(book))
    return publish.plan(target, change, wanted, own, made), change


def telling(target: Target, change: Change) -> frozenset[str]:
    """Editions that have a page of what changed: that in the making, and those that stand so."""
    others = (entry for entry in change.before.entries if entry.id != change.entry.id)
    there = {entry.id for entry in others if render.CHANGES in target.names(entry.folder())}
    return frozenset({change.entry.id, *there})


def gone_pages(gone: Mapping[str, str], title: str, frame: Frame) -> dict[str, bytes]:
    """What stands at the root in place of pages that are no more."""
    pages = render.gone_pages(gone, title)
    return {site.address(page): site.hang(page, frame) for page in pages}


def frame_of(book: Path) -> Frame:
    """The frame in which the edition's own pages hang."""
    made = store.read(book).made.get(FRAME)
    if made is not None:
        return framing.frame_kept(made)
    # The program was changed while it built, so that nothing was kept.
    around = surroundings(book)
    assert around.context is not None  # noqa: S101 - it has been built
    return framing.framed(book, around.context, "", None).frame


def message(change: Change) -> str:
    """What the commit of a publication says."""
    entry, now = change.entry, change.entry.now
    what = f"Correct edition {entry.id}" if now.number > 1 else f"Publish edition {entry.id}"
    why = f"\n\n{now.reason}" if now.reason else ""
    return f"{what}{why}\n\nMade from commit {now.commit}.\n"


def told(target: Target, change: Change) -> Publication:
    """How it went."""
    return Publication(
        edition=change.entry.id,
        revision=change.entry.now.number,
        same=change.same,
        place=target.name,
    )
