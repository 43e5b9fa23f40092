"""A team of processes on this machine, each at one end of a pipe.

Nothing here relies on a copy of this process (fork): the chart engine hangs in one, and macOS and
Windows have none worth having. Nothing but pipes is shared, so a process that is being started
while this one ends finds a closed pipe, and nothing missing.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from multiprocessing import (
    connection,
    get_context,
    get_start_method,
    parent_process,
    resource_tracker,
)
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from databook.pipeline.crew import Result, Share, task
from databook.pipeline.order import CrewFailed
from databook.pipeline.task import Done, Ground

# Shares in hand for each worker, so that none waits for the next. What is sent ahead must fit
# into a pipe (8 kB where they are smallest): one that is full would have both ends wait.
AHEAD = 2
# Workers that may end before they could begin, by whatever hand; more of them, and none ever will.
STILLBORN = 2
# Loaded once by the server that workers are copied from, instead of by each of them; for workers
# that only look for problems the first is all they need.
PRELOADED = ("databook.pipeline.processes", "databook.pipeline.making")


ENDING = (signal.SIGINT, signal.SIGTERM)


@dataclass(slots=True, kw_only=True)
class _Worker:
    process: BaseProcess
    line: Connection
    begun: bool = False
    given: deque[Share] = field(default_factory=deque)


class Processes:
    """Workers that are processes. A share is one indicator: handing it over costs nothing."""

    def __init__(self, ground: Ground, many: int) -> None:
        self._ground = pickle.dumps(ground, protocol=5)
        self._context: Any = get_context(_method())
        preloaded = PRELOADED if ground.frame is not None else PRELOADED[:1]
        self._context.set_forkserver_preload(list(preloaded))
        self._workers: list[_Worker] = []
        self._stillborn = 0
        try:
            # First start all, then feed all: they begin side by side.
            for _ in range(many):
                self._start()
            for worker in self._workers:
                self._feed(worker)
        except BaseException:
            self.leave()
            raise

    def room(self) -> int:
        """How many more shares can be of use to it now."""
        return sum(AHEAD - len(worker.given) for worker in self._workers)

    def shares(self, slugs: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """One indicator after another."""
        return ((slug,) for slug in slugs)

    def give(self, share: Share) -> None:
        """Have a share done by whoever has least to do."""
        idlest = min(self._workers, key=lambda worker: len(worker.given))
        idlest.given.append(share)
        with suppress(OSError):  # it is dead; `results` will find it so
            idlest.line.send(share)

    def results(self) -> Sequence[Result]:
        """What has been done since last asked; waits until there is something."""
        found: list[Result] = []
        while not found:
            ready = connection.wait([worker.line for worker in self._workers])
            for worker in [w for w in self._workers if w.line in ready]:
                found += self._heard(worker)
        return found

    def leave(self) -> None:
        """Kill all workers: what they hold is of no use to anybody."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.line.close()
        self._workers.clear()

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs,), daemon=True)
        with _undisturbed(), theirs:
            process.start()
            worker = _Worker(process=process, line=ours)
            self._workers.append(worker)
        return worker

    def _feed(self, worker: _Worker) -> None:
        with suppress(OSError):  # it is dead; `results` will find it so
            worker.line.send_bytes(self._ground)
            for share in worker.given:
                worker.line.send(share)

    def _heard(self, worker: _Worker) -> tuple[Result, ...]:
        try:
            said = worker.line.recv()
        except (EOFError, OSError):
            return self._replaced(worker)
        if isinstance(said, _Fault):
            said.bug.__cause__ = _Elsewhere(said.traceback)
            raise said.bug
        if not worker.begun:
            worker.begun = True
            return ()
        return (Result(share=worker.given.popleft(), done=said),)

    def _replaced(self, dead: _Worker) -> tuple[Result, ...]:
        """Put a new worker in place of one that died; what it was at is not tried again here."""
        dead.process.join()
        dead.line.close()
        self._workers.remove(dead)
        how = _ending(dead.process.exitcode)
        self._stillborn += not dead.begun
        if self._stillborn > STILLBORN:
            raise CrewFailed(f"A worker process ended before it could begin ({how}).")
        lost = [dead.given.popleft()] if dead.given and dead.begun else []
        fresh = self._start()
        fresh.given = dead.given
        self._feed(fresh)
        return tuple(Result(share=share, died=how) for share in lost)


def _method() -> str:
    """How processes are started: as the program we are part of wants it, only never by a copy."""
    wanted = get_start_method(allow_none=True)
    if wanted is None or wanted == "fork":
        return "forkserver" if sys.platform == "linux" else "spawn"
    return wanted


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        with suppress(ValueError):
            return f"ended by {signal.Signals(-code).name}"
    return f"exit code {code}"


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put off being interrupted until a process that is being started is known and whole.

    Where there are signal masks, the new process inherits one: Ctrl-C at a terminal goes to
    everybody, as a service's end may, and is for the parent alone, who then ends the workers.
    """
    missed: list[int] = []
    ours = threading.current_thread() is threading.main_thread()
    known = {one: signal.getsignal(one) for one in ENDING if ours}
    before = {one: handler for one, handler in known.items() if handler is not None}
    try:
        for one in before:
            signal.signal(one, lambda number, _: missed.append(number))
        with _masked():
            yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
        for number in missed[:1]:
            signal.raise_signal(number)


@contextmanager
def _masked() -> Iterator[None]:
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    # It would take the mask off again if it were to begin later.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --- at the other end ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fault:
    """A fault of ours, on its way to the parent."""

    bug: Exception
    traceback: str


class _Elsewhere(Exception):  # noqa: N818 - the cause that is shown above a fault, never raised
    """How a fault came about in a worker."""


def _serve(line: Connection) -> None:
    """All that a worker does. It ends when the parent does, in the middle of a task if need be."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()
    with suppress(EOFError, OSError):  # the parent has gone
        ground: Ground = pickle.loads(line.recv_bytes())  # noqa: S301 - our parent's
        line.send(None)
        while True:
            line.send_bytes(_answer(line.recv(), ground))


def _follow_parent() -> None:
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)


def _answer(share: Share, ground: Ground) -> bytes:
    if share.only_look:
        ground = replace(ground, frame=None)
    try:
        done: tuple[Done, ...] = tuple(task(slug, ground) for slug in share.slugs)
        return pickle.dumps(done, protocol=5)
    except Exception as bug:
        text = traceback.format_exc()
        try:
            # There and back: some exceptions go into a pickle and never come out.
            pickle.loads(fault := pickle.dumps(_Fault(bug=bug, traceback=text)))  # noqa: S301
        except Exception:
            same = RuntimeError(f"{type(bug).__name__}: {bug}")
            fault = pickle.dumps(_Fault(bug=same, traceback=text))
        return fault
