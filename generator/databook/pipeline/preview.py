"""One indicator's page at once, before the whole book is built again: for whoever is editing it.

What the page stands on (context, frame, what earlier editions said) is that of the last build, so
this is only for changes inside an indicator's own folder.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePath

from databook import store
from databook.pipeline import framing
from databook.pipeline.crew import task
from databook.pipeline.inputs import INDICATORS, inputs
from databook.pipeline.order import Order
from databook.pipeline.remake import FRAME
from databook.pipeline.surroundings import surroundings
from databook.pipeline.task import Done, Ground

MANY = 3  # indicators changed at once, above which the whole build is as quick


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What pages of indicators stand on, and a digest of it."""

    ground: Ground = field(repr=False)
    key: str


def ready(order: Order, last: Preview | None = None) -> Preview | None:
    """What the last build left for this; the same as before where nothing of it changed."""
    left = store.read(order.root)
    now = inputs(order.root, left.stats, published=order.published, past=order.past)
    key = store.mix(now.common, now.frame, now.past)
    if last is not None and last.key == key:
        return last
    frame = left.made.get(FRAME)
    if frame is None or frame.key != now.frame:
        return None
    context = surroundings(order.root).context
    if context is None:
        return None
    context = replace(context, published=order.published)
    ground = Ground(
        root=order.root, context=context, frame=framing.frame_kept(frame), past=order.past
    )
    return Preview(ground=ground, key=key)


def about(paths: set[PurePath]) -> set[str] | None:
    """The indicators that these files of a book are of; None where they are of more than those."""
    parts = [path.parts for path in paths]
    home = PurePath(INDICATORS).parts
    if any(part[:2] != home or len(part) < 4 for part in parts):
        return None
    found = {part[2] for part in parts}
    return found if 0 < len(found) <= MANY else None


def shown(slug: str, preview: Preview) -> Done:
    """An indicator's files as they would be published, or what is wrong with it."""
    return task(slug, preview.ground)
