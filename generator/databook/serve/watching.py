"""Builds when something is saved, and tells the server what came of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue

from databook import theme
from databook.pipeline import Built, Order, build, has_errors, preview
from databook.problems import in_order
from databook.serve.server import HOST, News, server
from databook.store import Busy

WATCHED = ("scorecards", "content", "theme", "mkdocs.yml")
ARM_MS = 200  # how soon after arming the watch to look for what was saved before
POLITE = 0.3  # seconds before asking again whether another has finished
SETTLE_MS = 50  # an editor saves in two or three steps
BREATH = 0.3  # seconds that the browser is left in peace to fetch what was shown at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How things are said: the command line's business."""

    say: Callable[[str], None]
    problems: Callable[[Built], str]
    outcome: Callable[[Built, float], str]


@dataclass(slots=True, kw_only=True)
class Desk:
    """What the one who watches and the one who builds hand to each other."""

    order: Order
    news: News
    voice: Voice
    changes: SimpleQueue[int] = field(default_factory=SimpleQueue)  # numbers of those to build
    preview: preview.Preview | None = None
    ended: threading.Event = field(default_factory=threading.Event)


def serve(order: Order, *, port: int, voice: Voice) -> None:
    """Build a book and show it until somebody stops us with Ctrl-C."""
    desk = Desk(order=order, news=News(), voice=voice)
    well = _build(desk, 0)
    with server(order.out, desk.news, port) as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        threading.Thread(target=_watch, args=(desk,), daemon=True).start()
        voice.say(f"Serving on http://{HOST}:{web.server_port}/ (stop with Ctrl-C)")
        try:
            while True:
                well = _build(desk, _newest(desk), well=well)
        finally:
            desk.ended.set()
            desk.news.close()
            web.shutdown()


def _newest(desk: Desk) -> int:
    """Wait for a change, and for whoever looks at its preview; take all there are by then."""
    number = desk.changes.get()
    if number > 1:
        time.sleep(BREATH)
    while not desk.changes.empty():
        number = desk.changes.get()
    return number


def _watch(desk: Desk) -> None:
    """Show what can be shown at once of each change, and have the rest built."""
    for number, changed in enumerate(_changes(desk), start=1):
        with suppress(Exception):  # the build that follows meets it too, and says so
            _preview(desk, number, changed)
        desk.changes.put(number)


def _preview(desk: Desk, number: int, changed: set[Path]) -> None:
    """Pages of indicators that were edited, or what is wrong with them, before all is built."""
    root = desk.order.root
    inside = {path.relative_to(root) for path in changed if path.is_relative_to(root)}
    slugs = preview.about(set(inside)) if len(inside) == len(changed) else None
    if not slugs or desk.preview is None:
        return
    for slug in sorted(slugs):
        done = preview.shown(slug, desk.preview)
        if has_errors(done.problems):
            wrong = Built(problems=in_order(done.problems))
            desk.news.failed(desk.voice.outcome(wrong, 0), desk.voice.problems(wrong))
        elif done.files:
            desk.news.previewed(number, done.files)


def _build(desk: Desk, number: int, *, well: bool = False) -> bool:
    """Build and tell; silent where all was `well` before and nothing came out otherwise."""
    news, voice, order = desk.news, desk.voice, desk.order
    began = time.monotonic()
    built = _when_free(order)
    news_of = news.caught_up(number, order.out, built.changed)
    if not built.failed:
        desk.preview = preview.ready(order, desk.preview)
    if well and not (built.failed or built.changed or built.removed):
        return True
    problems = voice.problems(built)
    if problems:
        voice.say(problems.rstrip("\n"))
    outcome = voice.outcome(built, time.monotonic() - began)
    voice.say(outcome)
    if built.failed:
        news.failed(outcome, problems)
    else:
        news.rebuilt(news_of + built.removed)
    return not built.failed


def _when_free(order: Order) -> Built:
    """Build as soon as nobody else is building this book."""
    while True:
        try:
            return build(order)
        except Busy:
            time.sleep(POLITE)


def _changes(desk: Desk) -> Iterator[set[Path]]:
    """Nothing once, when the watch stands; then what was saved, each time that something is.

    Without the first, what was saved during the first build or just after it would be missed.
    """
    import watchfiles

    root = desk.order.root
    places = [root / name for name in WATCHED]
    if (own := theme.folder()).parent != root:
        places.append(own)
    there = [place for place in places if place.exists()]
    armed = False
    watch = watchfiles.watch(
        *there,
        step=SETTLE_MS,
        rust_timeout=ARM_MS,
        yield_on_timeout=True,
        raise_interrupt=False,
        stop_event=desk.ended,
    )
    for changed in watch:
        if changed or not armed:
            armed = True
            yield {Path(path) for _, path in changed}
