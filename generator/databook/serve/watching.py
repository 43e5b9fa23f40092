"""Builds when something is saved, and tells the server what came of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from databook import theme
from databook.pipeline import Built, Order, build
from databook.serve.server import HOST, News, server
from databook.store import Busy

WATCHED = ("scorecards", "content", "theme", "mkdocs.yml")
ARM_MS = 200  # how soon after arming the watch to look for what was saved before
POLITE = 0.3  # seconds before asking again whether another has finished
SETTLE_MS = 50  # an editor saves in two or three steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How things are said: the command line's business."""

    say: Callable[[str], None]
    problems: Callable[[Built], str]
    outcome: Callable[[Built, float], str]


def serve(order: Order, *, port: int, voice: Voice) -> None:
    """Build a book and show it until somebody stops us with Ctrl-C."""
    news = News()
    well = _build(order, news, voice)
    with server(order.out, news, port) as web:
        thread = threading.Thread(target=web.serve_forever, daemon=True)
        thread.start()
        voice.say(f"Serving on http://{HOST}:{web.server_port}/ (stop with Ctrl-C)")
        try:
            for _ in _changes(order.root):
                well = _build(order, news, voice, well=well)
        finally:
            news.close()
            web.shutdown()


def _build(order: Order, news: News, voice: Voice, *, well: bool = False) -> bool:
    """Build and tell; silent where all was `well` before and nothing came out otherwise."""
    began = time.monotonic()
    built = _when_free(order)
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
        news.rebuilt(built.changed + built.removed)
    return not built.failed


def _when_free(order: Order) -> Built:
    """Build as soon as nobody else is building this book."""
    while True:
        try:
            return build(order)
        except Busy:
            time.sleep(POLITE)


def _changes(root: Path) -> Iterator[None]:
    """Once when the watch stands, and once for each time that something is saved afterwards.

    Without the first, what was saved during the first build or just after it would be missed.
    """
    import watchfiles

    places = [root / name for name in WATCHED]
    if (own := theme.folder()).parent != root:
        places.append(own)
    there = [place for place in places if place.exists()]
    armed = False
    watch = watchfiles.watch(
        *there, step=SETTLE_MS, rust_timeout=ARM_MS, yield_on_timeout=True, raise_interrupt=True
    )
    for changed in watch:
        if changed or not armed:
            armed = True
            yield
