"""Makes a book anew where something has changed, and swaps the site in whole.

The order of the stages for one indicator is in `task.py`, for the book in `whole.py`; here they
meet what the last build left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from databook import site, store
from databook.pipeline import whole
from databook.pipeline.build import BOOK
from databook.pipeline.inputs import Inputs, inputs
from databook.pipeline.leaves import PREFIX, Leaves, leaves
from databook.pipeline.looking import look_through
from databook.pipeline.order import Built, Order, has_errors, is_page, pages
from databook.pipeline.task import Ground
from databook.pipeline.whole import Framed, Surroundings
from databook.problems import in_order
from databook.site.builder import BuilderError
from databook.site.search import IndexerError
from databook.store import Made, Store

FRAME, SEARCH = "frame", "search"  # names in the store

# Programs that others made did not end well: the machine's fault or ours, not the book's.
TOOLS_FAILED = (BuilderError, IndexerError)


def remake(order: Order, old: Store, now: Inputs, started: int) -> Built:
    """Do what depends on a change, and put the new site in place of the old."""
    order.tell("Reading the book", 0, 0)
    around = whole.surroundings(order.root)
    if around.context is None:
        return Built(problems=in_order(around.problems))
    if has_errors(around.problems):
        return Built(problems=look_through(order, Store(), now, around=around))
    around = replace(around, context=replace(around.context, published=order.published))
    assert around.context is not None  # noqa: S101 - it has just been looked at
    order.tell("Making the frame", 0, 0)
    framed = whole.framed(order.root, around.context, now.frame, old.made.get(FRAME))
    ground = Ground(root=order.root, context=around.context, frame=framed.frame)
    found = leaves(ground, now, old.made, framed.digest, hands=order.hands, tell=order.tell)
    across = whole.across(around, found.kept, found.claimed)
    own = whole.settled(around, (*around.problems, *across))
    problems = in_order((*own, *framed.made.problems, *found.problems))
    if has_errors(problems):
        return Built(problems=problems)
    order.tell("Putting the site together", 0, 0)
    rest = _rest(order, old, around, framed, found)
    merged = site.merge(
        {
            "the frame": framed.files,
            "the indicators": found.files,
            "the search": rest.search_files,
            **rest.parts,
        }
    )
    if merged.value is None:
        return Built(problems=in_order((*problems, *merged.problems)))
    anew = [path for part in rest.parts.values() for path in part]
    made = {
        FRAME: framed.made,
        SEARCH: rest.search,
        BOOK: Made(key=now.everything, problems=own, files=tuple(anew)),
        **found.made,
    }
    done = _publish(order, merged.value, made, now, started)
    return Built(
        problems=problems,
        pages=pages(merged.value),
        made=found.anew + pages(anew) + (pages(framed.files) if framed.fresh else 0),
        changed=done.written,
        removed=done.removed,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What is made of all indicators together, by who made it."""

    parts: Mapping[str, Mapping[str, bytes]]
    search: Made
    search_files: Mapping[str, bytes | None]


def _rest(order: Order, old: Store, around: Surroundings, framed: Framed, found: Leaves) -> Rest:
    context = around.context
    assert context is not None  # noqa: S101 - _build has looked
    over = whole.overview(around, context, found.kept, framed.frame)
    records = {**over.search, **framed.frame.search}
    for kept in found.kept:
        records |= kept.search
    search, search_files = whole.searched(order.root, records, old.made.get(SEARCH))

    # Invented figures stay beside their own page, where it says that they are.
    shown = {p.slug for p in around.performance.programmes if p.illustrative}
    measures = {
        path: data
        for path, data in over.parts[whole.MEASURES].items()
        if path.split("/")[1] not in shown
    }

    def fetch(name: str) -> bytes:
        data = measures[name] if name in measures else found.files[name]
        return (order.out / name).read_bytes() if data is None else data

    files = [*framed.files, *found.files, *(path for part in over.parts.values() for path in part)]
    pages = [path.removesuffix("index.html") for path in files if is_page(path)]
    parts = {
        **over.parts,
        "the archive": whole.archive(context, [*found.files, *measures], fetch),
        "the site's own files": site.accompany(context, framed.frame, pages),
    }
    return Rest(parts=parts, search=search, search_files=search_files)


def _publish(
    order: Order,
    files: Mapping[str, bytes | None],
    made: Mapping[str, Made],
    now: Inputs,
    started: int,
) -> site.Assembled:
    """Swap the site in, and remember what it was made from."""
    store.forget(order.root)
    done = site.assemble(order.out, files)
    fresh = Store(out=str(order.out), made=made, stats=now.seen, files=store.sizes(order.out))
    store.write(order.root, _settled(fresh, order, now), started=started)
    return done


def _settled(fresh: Store, order: Order, before: Inputs) -> Store:
    """What may be kept: whatever was edited meanwhile was made from one knows not what."""
    after = inputs(order.root, before.seen, published=order.published)
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
