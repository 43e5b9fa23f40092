"""A team of Dask workers: the same tasks on many machines.

`distributed` is loaded only where there is a cluster to join. Keys are random and waiting goes by
the clock, as two builds may share a cluster; neither shows in a byte of what is made.
"""

from __future__ import annotations

import asyncio
import logging
import pickle
import platform
import queue
import time
import uuid
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from importlib import import_module, metadata
from typing import Any

from databook.pipeline import parcels
from databook.pipeline.crew import Result, Share, Team, task, weight
from databook.pipeline.order import CrewFailed
from databook.pipeline.scheduler import Scheduler, on_this_machine, refusal
from databook.pipeline.task import Ground
from databook.pipeline.versions import PROGRAM

SAME = "Install the same on every machine, from one requirements.lock, and restart its worker."
# Seconds: to find the scheduler, for a worker to join, for another in place of the last, and
# between looks at who is there.
TO_FIND, TO_JOIN, TO_RETURN, LOOK = 15, 60, 60, 1.0
# Shares for each worker, so that none waits for the next while its results travel.
AHEAD = 2
# About this much to read, and many times more to write: enough that handing a share over costs
# little, few enough pages that dozens of shares fit into memory.
SHARE_WEIGHT, MOST_IN_SHARE = 64 * 1024, 8
WITHOUT_PAPERS = (
    "{} asks for a certificate, and none is given. Give --tls-ca, --tls-cert and --tls-key; how to "
    "make them is in docs/many-machines.md."
)
NAMED = 5  # differences in one message


@contextmanager
def joined(scheduler: Scheduler) -> Iterator[Callable[[Ground], Team]]:
    """A cluster that has what we have, to gather teams from. No task is left there afterwards."""
    if why := refusal(scheduler.address):
        raise CrewFailed(why)
    client = _client(scheduler)
    try:
        _look_over(client, scheduler)
        yield partial(Workers, client)
    finally:
        with suppress(Exception):  # it may be lost
            client.close(timeout=TO_FIND)


def _client(scheduler: Scheduler) -> Any:
    try:
        distributed: Any = import_module("distributed")
    except ModuleNotFoundError as missing:
        raise CrewFailed(
            f"A cluster needs {missing.name}: pip install '{PROGRAM}[cluster]'"
        ) from None
    for name in [
        name for name in logging.root.manager.loggerDict if name.startswith("distributed")
    ]:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what we have to say, we say
    papers = {
        "tls_ca_file": scheduler.ca,
        "tls_client_cert": scheduler.cert,
        "tls_client_key": scheduler.key,
    }
    given: Any = {name: str(file) for name, file in papers.items() if file is not None}
    try:
        security = (
            None if scheduler.plain else distributed.Security(require_encryption=True, **given)
        )
        if security and security.get_connection_args("client").get("ssl_context") is None:
            raise CrewFailed(WITHOUT_PAPERS.format(scheduler.address))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of other versions; we look ourselves
            return distributed.Client(
                scheduler.address, security=security, timeout=TO_FIND, set_as_default=False
            )
    except (OSError, RuntimeError, TypeError, ValueError) as failed:
        said = str(failed) or type(failed).__name__
        raise CrewFailed(f"No scheduler answers at {scheduler.address}: {said}") from None


# --- before the work -------------------------------------------------------------------------


def _look_over(client: Any, scheduler: Scheduler) -> None:
    """Refuse a cluster that stands open, or where other bytes would come out."""
    try:
        client.wait_for_workers(1, timeout=TO_JOIN)
    except TimeoutError:
        raise CrewFailed(
            f"The scheduler at {scheduler.address} has no workers. Start some: "
            f"dask worker {scheduler.address} --nthreads 1"
        ) from None
    try:
        if scheduler.plain:
            _closed(client)
        _same(client)
    except OSError as failed:
        raise CrewFailed(f"The cluster at {scheduler.address} was lost: {failed}") from None


def _closed(client: Any) -> None:
    """A scheduler on this machine may still listen to everybody."""
    for who, address in (
        ("scheduler listens", client.scheduler_info()["address"]),
        *(("worker listens", address) for address in client.nthreads()),
    ):
        if not on_this_machine(address):
            raise CrewFailed(
                f"The {who} at {address}, where others can reach it, without TLS. Dask runs "
                "whatever it is sent: start both with --host 127.0.0.1, or with TLS."
            )


def _same(client: Any) -> None:
    """Compare programs: first by what every Python has, since ours may be missing there."""
    ours = parcels.fingerprint()
    first = {
        "Python": partial(platform.python_version),
        PROGRAM: partial(metadata.version, PROGRAM),
    }
    for name, asked in first.items():
        here = ours[name].partition(" ")[0]
        for who, there in _everybody(client, asked).items():
            missing = isinstance(there, Exception)
            if missing or there != here:
                raise _different(who, {} if missing else {name: there}, {name: here})
    for who, there in _everybody(client, parcels.fingerprint).items():
        if isinstance(there, Exception):
            raise _different(who, {}, {PROGRAM: ours[PROGRAM]})
        if there != ours:
            raise _different(who, there, ours)


def _everybody(client: Any, asked: Callable[[], object]) -> dict[str, Any]:
    """What the scheduler and every worker answer."""
    try:
        said: Any = client.run_on_scheduler(asked)
    except OSError:
        raise
    except Exception as failed:
        said = failed
    workers = client.run(asked, on_error="return").items()
    there = {f"The worker {name}": what for name, what in workers if not isinstance(what, OSError)}
    return {"The scheduler": said, **there}


def _different(who: str, there: Mapping[str, str], here: Mapping[str, str]) -> CrewFailed:
    names = [n for n in sorted({*there, *here}) if there.get(n) != here.get(n)]
    told = "; ".join(
        f"{name} is {there.get(name) or 'missing'} there and {here.get(name) or 'missing'} here"
        for name in names[:NAMED]
    )
    more = f"; and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return CrewFailed(f"{who} differs: {told}{more}. {SAME}")


# --- the work --------------------------------------------------------------------------------


class Workers:
    """Dask workers, whoever is there at the time: whoever joins late gets a part, too.

    What goes with every task is a task itself, done once: workers have it from each other, and
    when all that had it are gone the scheduler has it made again.
    """

    def __init__(self, client: Any, ground: Ground) -> None:
        self._client, self._ground = client, ground
        self._name = uuid.uuid4().hex
        self._many, self._looked, self._seen = 1, 0.0, time.monotonic()
        self._shares: dict[str, tuple[Any, Share]] = {}
        self._here: deque[Share] = deque()
        self._ready: queue.SimpleQueue[Any] = queue.SimpleQueue()
        data = parcels.packed_ground(ground)
        with self._or_lost():
            self._sent = client.submit(bytes, data, key=f"databook-{self._name}-ground", pure=False)
        self._look()

    def room(self) -> int:
        """How many more shares can be of use to it now."""
        return self._many * AHEAD - len(self._shares) - len(self._here)

    def shares(self, slugs: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """Several small indicators together, a large one by itself."""
        batch: list[str] = []
        heavy = 0
        for slug in slugs:
            more = weight(self._ground.root, slug)
            if batch and (heavy + more > SHARE_WEIGHT or len(batch) == MOST_IN_SHARE):
                yield tuple(batch)
                batch, heavy = [], 0
            batch.append(slug)
            heavy += more
        if batch:
            yield tuple(batch)

    def give(self, share: Share) -> None:
        """Have a share done, with all the bytes that it needs."""
        data = parcels.packed(share, self._ground)
        if data is None:
            self._here.append(share)
            return
        key = f"databook-{self._name}-{len(self._shares)}-{uuid.uuid4().hex}"
        wanted = parcels.fingerprint_digest()
        with self._or_lost():
            future = self._client.submit(
                parcels.opened, data, self._sent, self._name, wanted, key=key, pure=False
            )
            self._shares[key] = future, share
            future.add_done_callback(self._ready.put)

    def results(self) -> Sequence[Result]:
        """What has been done since last asked; waits until there is something."""
        if self._here:
            return [self._done_here(self._here.popleft())]
        while True:
            if time.monotonic() - self._looked > LOOK:
                self._look()
            try:
                return [self._result(self._ready.get(timeout=LOOK))]
            except queue.Empty:
                continue

    def leave(self) -> None:
        """End everything that is under way, at once."""
        futures = [future for future, _ in self._shares.values()]
        self._shares.clear()
        with suppress(Exception):  # it may be lost
            if self._client.status == "running":
                self._client.cancel([*futures, self._sent], force=True)

    def _done_here(self, share: Share) -> Result:
        ground = replace(self._ground, frame=None) if share.only_look else self._ground
        return Result(share=share, done=tuple(task(slug, ground) for slug in share.slugs))

    def _result(self, future: Any) -> Result:
        _, share = self._shares.pop(future.key)
        if future.status == "error":
            bug = future.exception()
            if type(bug).__name__ == "KilledWorker":
                return Result(share=share, died=f"the last of them was {bug.last_worker.address}")
            if isinstance(bug, OSError | MemoryError):
                return Result(share=share, died=f"{type(bug).__name__}: {bug}")
            raise bug
        with self._or_lost():
            said = future.result()
        if isinstance(said, parcels.Differs):
            who = f"The worker {said.worker}, which joined later,"
            raise _different(who, said.has, parcels.fingerprint())
        return Result(share=share, done=pickle.loads(said))  # noqa: S301 - our own worker's

    def _look(self) -> None:
        """See who is there: more workers are given more, and without any there is no going on."""
        with self._or_lost():
            many = len(self._client.nthreads())
        self._looked = time.monotonic()
        self._seen = self._looked if many else self._seen
        self._many = max(many, 1)
        if self._looked - self._seen > TO_RETURN:
            raise CrewFailed("All workers of the cluster have gone, and none has come since.")

    @contextmanager
    def _or_lost(self) -> Iterator[None]:
        """Whatever goes wrong between us and the scheduler."""
        from concurrent.futures import CancelledError

        try:
            if self._client.status != "running":
                raise ConnectionError
            yield
        except Exception as lost:
            known = isinstance(lost, OSError | CancelledError | asyncio.CancelledError)
            if not known and self._client.status == "running":
                raise  # a fault of ours
            raise CrewFailed(
                "The scheduler of the cluster was lost, or nobody can reach it any more."
            ) from lost
