"""Makes a book anew where something has changed, and swaps the site in whole.

The order of the stages for one indicator is in `task.py`, for the book in `whole.py`; here they
meet what the last build left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

from databook import render, site, store
from databook.pipeline import (
    aside,
    cache,
    everywhere,
    framing,
    leaves,
    looking_back,
    parquet,
    recounting,
    whole,
)
from databook.pipeline.build import BOOK, Memory
from databook.pipeline.inputs import Inputs, inputs
from databook.pipeline.leaves import PREFIX, Leaves
from databook.pipeline.looking import look_ahead, look_through
from databook.pipeline.order import Built, Order, has_errors, is_page, pages
from databook.pipeline.surroundings import Surroundings, across, settled, surroundings
from databook.pipeline.task import Ground
from databook.problems import Problem, in_order
from databook.site import Works
from databook.site.builder import BuilderError
from databook.site.search import IndexerError
from databook.store import Made, Store
from databook.trees import double, identity, spare_of

FRAME, SEARCH, PLACES = "frame", "search", "places"  # names in the store

# Programs that others made did not end well: the machine's fault or ours, not the book's.
TOOLS_FAILED = (BuilderError, IndexerError)


def remake(order: Order, memory: Memory, now: Inputs, started: int) -> Built:
    """Do what depends on a change, and put the new site in place of the old."""
    order.tell("Reading the book", 0, 0)
    around = surroundings(order.root)
    if around.context is None:
        return Built(problems=in_order(around.problems))
    if has_errors(around.problems):
        return Built(problems=look_through(order, Store(), now, around=around))
    around = replace(around, context=replace(around.context, published=order.published))
    with _construction(order, memory) as works:
        made = _made(order, memory.store, now, around, works)
        problems = in_order((*made.problems, *works.collisions()))
        if has_errors(problems):
            return Built(problems=problems)
        done = _publish(order, works, made.made, now, started)
    if order.cache is not None:
        cache.prune(order.cache)
    return Built(
        problems=problems,
        pages=pages(done.files),
        made=made.anew,
        indicators=made.indicators,
        cached=made.cached,
        changed=done.written,
        removed=done.removed,
    )


@contextmanager
def _construction(order: Order, memory: Memory) -> Iterator[Works]:
    """A site in the making, begun in the spare that the last build left if it is to be trusted."""
    left = store.take_spare(order.root)
    spare = left if memory.store.files else None
    beside = spare_of(order.out)
    with site.construction(
        order.out, there=memory.there, spare=spare, differs=memory.touched, keep=order.spare
    ) as works:
        yield works
    if works.finished and order.spare and not memory.there:
        double(order.out, works.listed)
    if (left := identity(beside)) is not None:
        store.leave_spare(order.root, left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was made for a site: to be remembered, and how many pages were worked out."""

    problems: tuple[Problem, ...]
    made: Mapping[str, Made] = field(default_factory=dict, repr=False)
    anew: int = 0
    indicators: int = 0
    cached: int = 0  # of the indicators: how many were taken from a cache


def _made(
    order: Order, old: Store, now: Inputs, around: Surroundings, works: Works
) -> Done:  # fmt: skip
    """Bring everything to the site in the making that is wrong in nothing."""
    context = around.context
    assert context is not None  # noqa: S101 - `remake` has looked
    order.tell("Making the frame", 0, 0)
    framed = framing.framed(order.root, context, now.frame, old.made.get(FRAME), order.cache)
    works.bring("the frame", framed.files)
    ground = Ground(root=order.root, context=context, frame=framed.frame, past=order.past)
    keys = leaves.keys(ground, now, framed.digest)
    due = leaves.due(keys, old.made)
    if wrong := look_ahead(order, now, around, due):
        return Done(problems=wrong)
    with aside.writer(order.root, alone=order.hands.jobs < 2) as writer:
        if 0 < len(due) < len(keys):  # so there will soon be work for it
            writer.call()
        found = leaves.leaves(
            ground,
            keys,
            old.made,
            hands=order.hands,
            tell=order.tell,
            put=partial(works.bring, "the indicators"),
            shared=order.cache,
        )
        aims = [aim for kept in found.kept for aim in kept.aims]
        between = across(around, [kept.indicator for kept in found.kept], found.claimed, aims)
        measures = recounting.of_measures(around.performance, order.past)
        own = settled(around, (*around.problems, *between, *measures.in_print))
        problems = in_order((*own, *framed.made.problems, *found.problems))
        if has_errors(problems):
            return Done(problems=problems)
        order.tell("Putting the site together", 0, 0)
        works.bring("the indicators", dict.fromkeys(found.still))
        entries = [kept.entry for kept in found.kept if kept.entry is not None]
        books = render.workbooks(context, entries)
        sheets, finished = aside.spreadsheets(writer, books, now.common, old.made)
        rest = _rest(order, now.common, old, around, framed, found, measures, works, finished)
    made = {
        FRAME: framed.made,
        SEARCH: rest.search,
        **sheets,
        PLACES: rest.places.made,
        BOOK: Made(key=now.everything, problems=own, files=rest.files),
        **found.made,
    }
    anew = found.anew + rest.places.anew + pages(rest.files)
    anew += pages(framed.files) if framed.fresh else 0
    return Done(
        problems=problems,
        made=made,
        anew=anew,
        indicators=len(found.kept),
        cached=found.cached,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What is made of all indicators together."""

    files: tuple[str, ...]
    search: Made
    places: everywhere.Fronts


def _rest(
    order: Order,
    tools: str,
    old: Store,
    around: Surroundings,
    framed: framing.Framed,
    found: Leaves,
    measures: recounting.Measures,
    works: Works,
    spreadsheets: aside.Finished,
) -> Rest:
    context = around.context
    assert context is not None  # noqa: S101 - `remake` has looked
    over = whole.overview(around, context, found.kept, framed.frame, measures)
    for maker, files in over.parts.items():
        works.bring(maker, files)
    tables = [path for one in found.made.values() for path in one.files]
    tables += whole.tables_of_measures(over, around.performance)
    known = _known(old, found, works)
    figures = aside.begun(
        partial(whole.figures, context, tables, works.read, known),
        alone=order.hands.jobs < 2 or known is None,  # all of it is much to have beside the rest
    )
    told = looking_back.of_book(
        around,
        context,
        order.past,
        {k.indicator.slug: k.recount for k in found.kept if k.recount is not None},
        over.measures,
        [kept.indicator for kept in found.kept],
        over.performance,
    )
    page = told.page
    about_past = {site.address(page): site.hang(page, framed.frame), **told.files}
    works.bring("what earlier editions said", about_past)
    records = {**over.search, **framed.frame.search, **render.data_records()}
    records |= {page.path: page.search} if page.search else {}
    for kept in found.kept:
        records |= kept.search
    of_places = everywhere.fronts(
        context,
        found.kept,
        framed.frame,
        store.mix(tools, framed.digest),
        old.made.get(PLACES),
        partial(works.bring, "the pages of places"),
    )
    records |= of_places.search
    search, search_files = whole.searched(
        order.root, records, tools, old.made.get(SEARCH), works.before, order.cache
    )
    works.bring("the search", search_files)
    archive = {**whole.archive(context, tables, works.read), parquet.PATH: figures()}
    works.bring("the archive", archive)
    works.bring("the spreadsheets", spreadsheets())
    about_data = whole.data_pages(context, found.kept, framed.frame, works.read)
    works.bring("the pages about data", about_data)
    paths = filter(is_page, works.listed)
    beside = site.accompany(context, framed.frame, [p.removesuffix("index.html") for p in paths])
    works.bring("the site's own files", beside)
    # After the site map, which has no old addresses.
    led_on = site.leading_on(context, works.listed)
    works.bring("the old addresses of databook.yaml, “moved:”", led_on)
    made = [*about_past, *(path for part in over.parts.values() for path in part)]
    listed = (*made, *archive, *about_data, *beside, *led_on)
    return Rest(files=listed, search=search, places=of_places)


def _known(old: Store, found: Leaves, works: Works) -> parquet.Before | None:
    """The table of all figures of the last build, where what stands around them is the same."""
    if BOOK not in old.made or not found.still:
        return None
    there = set(works.listed) - works.written.keys()
    same = (p.removeprefix(whole.OBSERVATIONS) for p in there if p.startswith(whole.OBSERVATIONS))
    return parquet.Before(
        table=works.before(parquet.PATH), same=frozenset(p.removesuffix(".json") for p in same)
    )


def _publish(
    order: Order, works: Works, made: Mapping[str, Made], now: Inputs, started: int
) -> site.Assembled:
    """Swap the site in, and remember what it was made from."""
    store.forget(order.root)
    done = works.finish()
    fresh = Store(out=str(order.out), made=made, stats=now.seen, files=done.files)
    store.write(order.root, _settled(fresh, order, now), started=started)
    return done


def _settled(fresh: Store, order: Order, before: Inputs) -> Store:
    """What may be kept: whatever was edited meanwhile was made from one knows not what."""
    after = inputs(order.root, before.seen, published=order.published, past=order.past)
    if after.everything == before.everything:
        return fresh
    if (after.common, after.frame) != (before.common, before.frame):
        return Store()
    edited = {
        PREFIX + slug
        for slug in {*before.indicators, *after.indicators}
        if before.indicators.get(slug) != after.indicators.get(slug)
    }
    return replace(fresh, made={n: m for n, m in fresh.made.items() if n not in {BOOK, *edited}})
