"""Builds a book; where nothing has changed since last time, that is seen before all else."""

from __future__ import annotations

from dataclasses import replace

from databook import store
from databook.pipeline.inputs import Inputs, inputs
from databook.pipeline.order import Built, Order, pages
from databook.problems import Problem, in_order
from databook.store import Store

BOOK = "book"  # name in the store
CHECKED = "checked"  # the store of what was only looked through


def build(order: Order) -> Built:
    """Make the site of a book, or say everything that stands in the way."""
    with store.at_work(order.root) as started:
        old = remembered(order)
        now = inputs(order.root, old.stats, published=order.published)
        if _nothing_new(old, now):
            return Built(problems=_problems(old), pages=pages(old.files))
        # Late, because it loads every stage; a book in which nothing changed needs none.
        from databook.pipeline.remake import remake

        return remake(order, old, now, started)


def check(order: Order) -> tuple[Problem, ...]:
    """Everything that is wrong with a book, errors and warnings. Writes nothing but a memory of it.

    The memory is apart from that of a build, because it knows books that have errors, too.
    """
    old = Store() if order.fresh else store.read(order.root)
    checked = Store() if order.fresh else store.read(order.root, CHECKED)
    now = inputs(order.root, {**old.stats, **checked.stats})
    for known in (old, checked):
        if _nothing_new(known, now):
            return _problems(known)
    from databook.pipeline.looking import look_through

    try:
        with store.at_work(order.root) as started:
            return look_through(order, checked, now, started)
    except (store.Busy, OSError):  # a build is at work, or the folder cannot be written to
        return look_through(order, checked, now)


def remembered(order: Order) -> Store:
    """What the last build left, less whatever has been touched in the site since."""
    old = Store() if order.fresh else store.read(order.root)
    if old.out != str(order.out):
        return replace(old, made={}, files={})
    there = store.sizes(order.out) if order.out.is_dir() else {}
    if there == old.files:
        return old
    sound = {path for path, size in old.files.items() if there.get(path) == size}
    made = {name: made for name, made in old.made.items() if sound.issuperset(made.files)}
    made.pop(BOOK, None)  # a file too many or too few: the site must be put together again
    return replace(old, made=made)


def _nothing_new(old: Store, now: Inputs) -> bool:
    book = old.made.get(BOOK)
    return book is not None and book.key == now.everything


def _problems(old: Store) -> tuple[Problem, ...]:
    """What was wrong with the book that was built last: warnings, since it was built."""
    return in_order(problem for made in old.made.values() for problem in made.problems)
