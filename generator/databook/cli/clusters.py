"""Options of commands that may have their work done by a cluster."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from databook.pipeline.crew import Team
    from databook.pipeline.scheduler import Scheduler
    from databook.pipeline.task import Ground

PAPER = click.Path(exists=True, dir_okay=False, path_type=Path)
OPTIONS = (
    click.option(
        "--scheduler", metavar="ADDRESS",
        help="Work on the Dask cluster at tcp://127.0.0.1:PORT or tls://HOST:PORT.",
    ),
    click.option("--tls-ca", type=PAPER, help="Who signed the cluster's certificates (PEM)."),
    click.option("--tls-cert", type=PAPER, help="Certificate to show to the cluster (PEM)."),
    click.option("--tls-key", type=PAPER, help="Its private key (PEM)."),
)  # fmt: skip


def on_a_cluster(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a cluster; it gets them as one, `cluster`."""

    @functools.wraps(command)
    def with_cluster(
        *args: Any, scheduler: str | None, tls_ca: Path | None, tls_cert: Path | None,
        tls_key: Path | None, **others: Any,
    ) -> None:  # fmt: skip
        cluster = _cluster(scheduler, tls_ca, tls_cert, tls_key)
        command(*args, cluster=cluster, **others)

    for option in reversed(OPTIONS):
        with_cluster = option(with_cluster)
    return with_cluster


def _cluster(
    address: str | None, ca: Path | None, cert: Path | None, key: Path | None
) -> Scheduler | None:
    papers = (ca, cert, key)
    if address is None:
        if any(papers):
            raise click.UsageError("--tls-ca, --tls-cert and --tls-key go with --scheduler.")
        return None
    from databook.pipeline.scheduler import Scheduler, refusal

    if why := refusal(address):
        raise click.UsageError(f"--scheduler: {why}")
    found = Scheduler(address=address, ca=ca, cert=cert, key=key)
    if any(papers) and found.plain:
        raise click.UsageError("--tls-ca, --tls-cert and --tls-key go with a tls:// address.")
    if any(papers) and not all(papers):
        raise click.UsageError("Give all three of --tls-ca, --tls-cert and --tls-key, or none.")
    return found


@contextmanager
def gathering(cluster: Scheduler | None) -> Iterator[Callable[[Ground], Team] | None]:
    """What gathers a team for an order, where there is a cluster."""
    if cluster is None:
        yield None
        return
    from databook.pipeline.cluster import joined  # loads every stage, and Dask

    with joined(cluster) as gather:
        yield gather
