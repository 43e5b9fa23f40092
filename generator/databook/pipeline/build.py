"""Builds a book; where nothing has changed since last time, that is seen before all else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial

from databook import listing, store
from databook.causes import told
from databook.listing import Stat
from databook.pipeline.inputs import Inputs, inputs
from databook.pipeline.order import Built, Order, pages
from databook.problems import Problem, in_order
from databook.store import Store

BOOK = "book"  # name in the store
CHECKED = "checked"  # the store of what was only looked through
MANY = (
    10_000  # files of a site, above which a process of its own lists them: in a fifth of a second
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What the last build left, and what lies in the place of its site now."""

    store: Store
    there: Mapping[str, Stat] = field(default_factory=dict)

    @property
    def touched(self) -> list[str]:
        """Addresses at which somebody has changed the site since."""
        old, there = self.store.files, self.there
        if old == there:
            return []
        return [path for path in {*old, *there} if old.get(path) != there.get(path)]


def build(order: Order) -> Built:
    """Make the site of a book, or say everything that stands in the way."""
    with store.at_work(order.root) as started:
        left = Store() if order.fresh else store.read(order.root)
        with _listing(order, left) as listed:
            now = inputs(order.root, left.stats, published=order.published, past=order.past)
            if not _nothing_new(left, now):
                _stages()  # while the site is looked through
            memory = remembered(order, left, listed())
        old = memory.store
        if _nothing_new(old, now):
            return Built(problems=told(_problems(old)), pages=pages(old.files))
        built = _stages()(order, memory, now, started)
        return replace(built, problems=told(built.problems))


def check(order: Order) -> tuple[Problem, ...]:
    """What is wrong with a book, errors and warnings, each slip once."""
    return told(everything(order))


def everything(order: Order) -> tuple[Problem, ...]:
    """All that any stage finds wrong with a book. Writes nothing but a memory of it.

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


def _listing(order: Order, left: Store) -> AbstractContextManager[Callable[[], dict[str, Stat]]]:
    """What lies in the place of the site: looked up aside where that takes a while."""
    if order.jobs > 1 and len(left.files) > MANY:
        return listing.aside(order.out)
    return nullcontext(partial(listing.listing, order.out))


def remembered(order: Order, old: Store, there: Mapping[str, Stat]) -> Memory:
    """What the last build left, less whatever has been touched in the site since."""
    if old.out != str(order.out):
        return Memory(store=replace(old, made={}, files={}), there=there)
    memory = Memory(store=old, there=there)
    if not (touched := set(memory.touched)):
        return memory
    made = {name: made for name, made in old.made.items() if touched.isdisjoint(made.files)}
    made.pop(BOOK, None)  # a file too many or too few: the site must be put together again
    return replace(memory, store=replace(old, made=made))


def _stages() -> Callable[[Order, Memory, Inputs, int], Built]:
    """What makes a book anew. Late, because it loads every stage: where nothing changed, none."""
    from databook.pipeline.remake import remake

    return remake


def _nothing_new(old: Store, now: Inputs) -> bool:
    book = old.made.get(BOOK)
    return book is not None and book.key == now.everything


def _problems(old: Store) -> tuple[Problem, ...]:
    """What was wrong with the book that was built last: warnings, since it was built."""
    return in_order(problem for made in old.made.values() for problem in made.problems)
