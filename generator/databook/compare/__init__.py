"""Compare: from two states of a book to what readers would find changed. Pure, like analysing.

`withheld` and `without` come first: a number that the later side withholds is taken out of the
earlier side before anything else is told of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from databook.changes import Address, Changes, Fate, PageChange, Shown, State, Subject
from databook.compare.figures import withheld, without
from databook.compare.history import history
from databook.compare.marking import marked, unmarked
from databook.compare.moves import moves
from databook.compare.settings import settings
from databook.compare.subject import added, changed, retired

__all__ = [
    "added",
    "changed",
    "changes",
    "history",
    "marked",
    "moves",
    "retired",
    "together",
    "unmarked",
    "withheld",
    "without",
]


def changes(
    base: State, head: State, moved: Mapping[str, str], masked: Mapping[str, Shown]
) -> Changes:
    """Everything that differs.

    `moved` names, by their key in `head`, subjects that had another key in `base`; `masked`
    holds, by their key in `base`, earlier sides from which withheld figures were taken out.
    """
    subjects = [
        found
        for key in sorted({*head.shown, *base.shown} - set(moved.values()))
        if (found := _subject(key, moved.get(key, key), base, head, masked)) is not None
    ]
    return together(base, head, subjects)


def together(base: State, head: State, subjects: Sequence[Subject]) -> Changes:
    """Everything that differs, of the subjects what was found of them already."""
    return Changes(
        title=head.context.settings.title,
        base=base.side,
        head=head.side,
        book=settings(base.context, head.context),
        subjects=tuple(subjects),
        pages=_pages(base, head, subjects),
    )


def _subject(
    key: str, before: str, base: State, head: State, masked: Mapping[str, Shown]
) -> Subject | None:
    old, new = base.shown.get(before), head.shown.get(key)
    if old is None and new is not None:
        return added(key, new)
    if new is None and old is not None:
        return retired(key, old)
    if old is None or new is None:
        return None
    return changed(key, old, masked.get(before, old), new, head.context)


def _pages(base: State, head: State, subjects: Sequence[Subject]) -> tuple[PageChange, ...]:
    gone = {path: base.pages[path] for path in base.pages if path not in head.pages}
    come = {path: head.pages[path] for path in head.pages if path not in base.pages}
    moved = _same_title(gone, come) | {s.was: s.url for s in subjects if s.fate is Fate.MOVES}
    told = {subject.url for subject in subjects}
    found = [
        PageChange(fate=Fate.MOVES, path=now, was=was, title=head.pages[now].title)
        for was, now in moved.items()
        if was in gone and now in come
    ]
    found += [
        PageChange(fate=Fate.APPEARS, path=path, title=page.title)
        for path, page in come.items()
        if path not in moved.values()
    ]
    found += [
        PageChange(fate=Fate.VANISHES, path=path, title=page.title)
        for path, page in gone.items()
        if path not in moved
    ]
    found += [
        PageChange(fate=Fate.CHANGES, path=path, title=page.title)
        for path, page in head.pages.items()
        if path in base.pages and base.pages[path].content != page.content and path not in told
    ]
    return tuple(sorted(found, key=lambda page: (list(Fate).index(page.fate), page.path)))


def _same_title(gone: Mapping[str, Address], come: Mapping[str, Address]) -> dict[str, str]:
    """Pages of one kind that went and came under the same title, each title once."""
    found: dict[str, str] = {}
    for was, old in gone.items():
        alike = [
            path
            for path, new in come.items()
            if _kind(path) == _kind(was) and new.title == old.title
        ]
        if len(alike) == 1 and alike[0] not in found.values():
            found[was] = alike[0]
    return found


def _kind(path: str) -> str:
    """What a page is about, by the folder it is in; nothing for a page at the top."""
    return path.split("/")[0] if path.count("/") > 1 else ""
