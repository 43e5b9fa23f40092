"""Looks a book through without making it: what did not change since last time, from memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from databook import load, store
from databook.pipeline.blaming import blamed
from databook.pipeline.build import BOOK, CHECKED
from databook.pipeline.crew import work
from databook.pipeline.inputs import Inputs, inputs
from databook.pipeline.order import Order, has_errors
from databook.pipeline.surroundings import Surroundings, across, settled, surroundings
from databook.pipeline.task import Done, Ground, claimed
from databook.problems import Problem, in_order
from databook.store import Made, Store

MANY = 8  # indicators that are to be made: fewer are made while one would look


def look_through(
    order: Order,
    old: Store,
    now: Inputs,
    started: int | None = None,
    *,
    around: Surroundings | None = None,
) -> tuple[Problem, ...]:
    """Everything that is wrong with a book. With `started` what was seen is remembered."""
    around = around or surroundings(order.root)
    if around.context is None:
        return in_order(around.problems)
    ground = Ground(root=order.root, context=around.context)
    keys = {
        slug: store.mix(now.common, slug, now.indicators.get(slug, ""))
        for slug in load.slugs(order.root)
    }
    known = {
        slug: one
        for slug, key in keys.items()
        if (one := old.made.get(slug)) is not None and one.key == key
    }
    changed = [slug for slug in keys if slug not in known]
    fresh: dict[str, Done] = {}
    for done in work(changed, ground, order.hands):
        fresh[done.slug] = done
        order.tell("Indicators", len(fresh), len(changed))
    every: list[Done] = [
        fresh[slug] if slug in fresh else store.unpack(known[slug].kept) for slug in keys
    ]
    indicators = [done.kept.indicator for done in every if done.kept is not None]
    aims = [aim for done in every if done.kept is not None for aim in done.kept.aims]
    between = across(around, indicators, claimed([done.claims for done in every]), aims)
    found = (*around.problems, *between, *(p for done in every for p in done.problems))
    between = (*between, *blamed(order.root, around.sources, found))
    own = settled(around, (*around.problems, *between))
    if started is not None:
        made = {
            slug: known.get(slug) or Made(key=keys[slug], kept=store.pack(fresh[slug]))
            for slug in keys
        }
        every_problem = in_order((*own, *(p for done in every for p in done.problems)))
        made[BOOK] = Made(key=now.everything, problems=every_problem)
        _remember(order, now, made, started)
    return in_order((*own, *(problem for done in every for problem in done.problems)))


def look_ahead(
    order: Order, now: Inputs, around: Surroundings, due: Sequence[str]
) -> tuple[Problem, ...]:
    """What stands in the way of a long build, told before it begins; nothing where none is long.

    Each indicator of a book whose places have pages is drawn for all of them. To look through it
    costs a twenty-fifth of that, and nothing where the book has been checked.
    """
    context = around.context
    if context is None or context.settings.area_pages is None or len(due) < MANY:
        return ()

    def tell(_: str, done: int, of: int) -> None:
        order.tell("Checking", done, of)

    here = replace(order, gather=None, tell=tell)
    found = look_through(here, store.read(order.root, CHECKED), now, around=around)
    return found if has_errors(found) else ()


def _remember(order: Order, now: Inputs, made: dict[str, Made], started: int) -> None:
    """Keep what was seen, unless somebody changed the book meanwhile."""
    if inputs(order.root, now.seen).everything == now.everything:
        fresh = Store(made=made, stats=now.seen)
        store.write(order.root, fresh, started=started, name=CHECKED)
