"""Who does the tasks: this process, or several at once. The results are the same bytes."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import replace
from multiprocessing import get_all_start_methods, get_context, parent_process

from databook.pipeline.task import Done, Ground, indicator
from databook.problems import Level

# A process needs about a second to begin (chart engine, data frames); fewer tasks than this are
# over sooner without.
WORTH_A_CREW = 12
# Enough tasks in a batch that handing them over costs nothing, few enough that the last batch
# does not keep the others waiting and that progress is seen to move.
BATCH = 8
# Batches in hand for each worker, so that none waits for the next.
AHEAD = 2

_ground: Ground | None = None  # what a worker process was given when it began


def work(slugs: Sequence[str], ground: Ground, *, jobs: int) -> Iterator[Done]:
    """Do all tasks; results come as they are ready, in no order.

    After the first error nothing will be published, so the rest is only looked through.
    """
    if jobs < 2 or len(slugs) < WORTH_A_CREW:
        return _alone(slugs, ground)
    return _together(slugs, ground, jobs)


def _alone(slugs: Sequence[str], ground: Ground) -> Iterator[Done]:
    for slug in slugs:
        done = _task(slug, ground)
        if _wrong(done):
            ground = replace(ground, frame=None)
        yield done


def _together(slugs: Sequence[str], ground: Ground, jobs: int) -> Iterator[Done]:
    # Never a plain fork: the chart engine hangs in a copy of a process that has started it.
    method = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
    batches = iter([slugs[at : at + BATCH] for at in range(0, len(slugs), BATCH)])
    crew = ProcessPoolExecutor(
        min(jobs, -(-len(slugs) // BATCH)),
        mp_context=get_context(method),
        initializer=_begin,
        initargs=(ground,),
    )
    only_look = ground.frame is None
    waiting: set[Future[list[Done]]] = set()
    try:
        while True:
            for batch in batches:
                waiting.add(crew.submit(_batch, batch, only_look))
                if len(waiting) >= jobs * AHEAD:
                    break
            if not waiting:
                break
            ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in ready:
                for done in future.result():
                    only_look = only_look or _wrong(done)
                    yield done
    except BaseException:
        # Ctrl-C, or a fault of ours: what is still under way is of no use to anybody.
        for process in list((crew._processes or {}).values()):  # noqa: SLF001 - no public way
            process.kill()
        raise
    finally:
        crew.shutdown(wait=True, cancel_futures=True)


def _begin(ground: Ground) -> None:
    """First thing a worker does. Ctrl-C is for the parent, who then ends the workers."""
    global _ground  # noqa: PLW0603 - the one way to hand a pool's workers something once
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()
    _ground = ground


def _follow_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)


def _batch(slugs: Sequence[str], only_look: bool) -> list[Done]:
    assert _ground is not None, "a worker begins with _begin"  # noqa: S101
    ground = replace(_ground, frame=None) if only_look else _ground
    return [_task(slug, ground) for slug in slugs]


def _task(slug: str, ground: Ground) -> Done:
    try:
        return indicator(slug, ground)
    except Exception as bug:
        bug.add_note(f"while making the page of the indicator {slug}")
        raise


def _wrong(done: Done) -> bool:
    return any(problem.level is Level.ERROR for problem in done.problems)
