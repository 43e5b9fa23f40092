"""A Dask cluster makes the same book, byte for byte, and no accident on it does any harm.

Schedulers and workers are real programs on this machine, started as the README and the
documentation say. They run a copy of databook, so that a file that is saved meanwhile does not
make them differ from each other.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import books
from databook.cli import commands

distributed: Any = pytest.importorskip("distributed", reason="the extra databook[cluster]")
PATIENCE = 180.0
README = (books.REPOSITORY / "README.md").read_text("utf-8")
MANY = (books.REPOSITORY / "docs" / "many-machines.md").read_text("utf-8")
PORT = "8786"  # in the documents
LONE = "dask worker tcp://127.0.0.1:8786 --nthreads 1 --no-nanny"
OPEN = "dask scheduler --host 0.0.0.0 --port 8786"
# Kills whoever does the task; the same in everybody's program, so that nobody differs.
DEADLY = 'if slug == "measure-00003": os.kill(os.getpid(), 9)'
SLOW = "import time; time.sleep(0.7)"


def told(document: str, start: str) -> str:
    """The command in a document that begins so."""
    (found,) = (line for line in document.splitlines() if line.strip().startswith(start))
    return found.strip()


@dataclass(kw_only=True)
class Yard:
    """A place for programs, and those that run in it."""

    program: Path
    port: int
    settings: dict[str, str] = field(default_factory=dict)
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def start(
        self, command: str, *, program: Path | None = None, cwd: Path | None = None
    ) -> subprocess.Popen[bytes]:
        """Run a command of the documents, at the port of this yard."""
        _, *words = shlex.split(command.replace(PORT, str(self.port)))
        words = [sys.executable, "-c", "from dask.__main__ import main; main()", *words]
        started = subprocess.Popen(
            words, env=books.environment(program or self.program) | self.settings, cwd=cwd,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        self.running.append(started)
        return started

    def build(self, book: Path, *words: object, do: str = "build") -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "databook", do, book, "--fresh", *words]
        return subprocess.Popen(
            list(map(str, command)), env=books.environment(self.program),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def on_it(self, book: Path, *words: object, do: str = "build") -> tuple[int, str]:
        """Build on the cluster; how it ended and what was said."""
        build = self.build(book, "--scheduler", self.address, *words, do=do)
        _, said = build.communicate(timeout=PATIENCE)
        return build.returncode, said

    @contextmanager
    def client(self) -> Iterator[Any]:
        with distributed.Client(self.address, timeout=30, set_as_default=False) as found:
            yield found


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "waited for nothing"
        time.sleep(0.02)


@contextmanager
def yard(program: Path, *commands: str) -> Iterator[Yard]:
    found = Yard(program=program, port=free_port())
    try:
        for command in commands:
            found.start(command)
        yield found
    finally:
        for started in reversed(found.running):
            with suppress(ProcessLookupError):
                os.killpg(started.pid, signal.SIGKILL)
            started.wait()


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return books.copied(books.REPOSITORY, tmp_path_factory.mktemp("program"))


@pytest.fixture(scope="module")
def cluster(program: Path) -> Iterator[Yard]:
    with yard(program, told(README, "dask scheduler"), told(README, "dask worker")) as found:
        yield found


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return books.write_book(tmp_path_factory.mktemp("cluster") / "book", indicators=16, areas=8)


@pytest.fixture(scope="module")
def whole(cluster: Yard, book: Path) -> dict[str, bytes]:
    """The site as one process makes it, while the cluster begins."""
    build = cluster.build(book, "--jobs", 1, "--out", book.parent / "one")
    _, said = build.communicate(timeout=PATIENCE)
    assert build.returncode == 0, said
    return books.contents(book.parent / "one")


def under_way(client: Any) -> Callable[[], bool]:
    return lambda: any("-ground" not in k for keys in client.processing().values() for k in keys)


def left(client: Any) -> list[str]:
    def keys(dask_scheduler: Any) -> list[str]:
        return list(dask_scheduler.tasks)

    found: list[str] = client.run_on_scheduler(keys)
    return found


def test_one_process_and_several_and_a_cluster_that_loses_a_worker_make_the_same_book(
    cluster: Yard, book: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    several = cluster.build(book, "--jobs", 2, "--out", tmp_path / "several")
    _, said = several.communicate(timeout=PATIENCE)
    assert (several.returncode, said) == (0, "")
    assert books.differing(whole, books.contents(tmp_path / "several")) == []
    with cluster.client() as client:
        client.wait_for_workers(2, timeout=PATIENCE)
        pids = client.run(os.getpid)
        build = cluster.build(book, "--scheduler", cluster.address, "--out", tmp_path / "cluster")
        until(under_way(client))
        busy = next(worker for worker, keys in client.processing().items() if keys)
        os.kill(pids[busy], signal.SIGKILL)
        _, said = build.communicate(timeout=PATIENCE)
        assert (build.returncode, said) == (0, "")
        assert left(client) == []
    assert books.differing(whole, books.contents(tmp_path / "cluster")) == []


def test_problems_stand_at_the_same_places_and_odd_folders_are_looked_at_here(
    cluster: Yard, book: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    wrong = tmp_path / "book"
    shutil.copytree(book, wrong, ignore=shutil.ignore_patterns(".databook"))
    home = wrong / "scorecards" / "indicators"
    data = home / "measure-00002" / "data.csv"
    data.write_text(data.read_text("utf-8") + "2031,nowhere,1,,,,,,\n", "utf-8")
    (home / "measure-00005" / "stray.txt").symlink_to("/etc/hostname")
    (home / "measure-00007" / "empty").mkdir()
    here = cluster.build(wrong, "--json", "--jobs", 1, do="check")
    found, _ = here.communicate(timeout=PATIENCE)
    assert all(name in found for name in ("measure-00002", "measure-00005", "measure-00007"))
    there = cluster.build(wrong, "--json", "--scheduler", cluster.address, do="check")
    same, said = there.communicate(timeout=PATIENCE)
    assert (there.returncode, same, said) == (here.returncode, found, "")


def test_a_worker_with_another_program_is_named_before_any_work(
    cluster: Yard, book: Path, tmp_path: Path
) -> None:
    other = books.copied(cluster.program, tmp_path / "other", first="pass")
    with cluster.client() as client:
        before = set(client.nthreads())
        late = cluster.start(LONE, program=other)
        until(lambda: set(client.nthreads()) - before)
        (name,) = set(client.nthreads()) - before
        code, said = cluster.on_it(book, do="check")
        assert code == 3
        assert f"The worker {name} differs: databook is " in said
        late.kill()
        until(lambda: name not in client.nthreads())
        assert left(client) == []


def test_who_joins_late_gets_a_part_and_neither_ctrl_c_nor_a_lost_scheduler_does_harm(
    program: Path, book: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "site"
    shutil.copytree(book.parent / "one", out)
    slow = books.copied(program, tmp_path / "slow", SLOW)
    with yard(slow, told(README, "dask scheduler")) as lone:
        check = lone.build(book, "--scheduler", lone.address, do="check")
        with lone.client() as client:
            lone.start(LONE)  # the check has been waiting for one
            until(under_way(client))
            (name,) = client.nthreads()
            lone.start(LONE)
            until(lambda: any(keys for who, keys in client.processing().items() if who != name))
            check.send_signal(signal.SIGINT)
            _, said = check.communicate(timeout=PATIENCE)
            assert check.returncode == 130
            assert said == "databook: Stopped. The site that was there before is still whole.\n"
            until(lambda: left(client) == [])
            build = lone.build(book, "--scheduler", lone.address, "--out", out)
            until(under_way(client))
        lone.running[0].kill()
        _, said = build.communicate(timeout=PATIENCE)
    assert build.returncode == 3
    assert said.startswith("databook: The scheduler of the cluster was lost")
    assert "Traceback" not in said
    assert books.differing(whole, books.contents(out)) == []


@pytest.mark.parametrize("where", ["processes", "cluster"])
def test_what_kills_its_workers_is_named(
    program: Path, book: Path, tmp_path: Path, where: str
) -> None:
    deadly = books.copied(program, tmp_path / "deadly", DEADLY)
    if where == "processes":
        build = Yard(program=deadly, port=0).build(book, "--jobs", 2, do="check")
        _, said = build.communicate(timeout=PATIENCE)
        code = build.returncode
    else:
        with yard(deadly) as found:
            found.settings["DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES"] = "0"
            found.start(told(README, "dask scheduler"))
            found.start(told(README, "dask worker").replace("--nworkers 2", ""))
            code, said = found.on_it(book, do="check")
    assert code == 3
    assert "Workers die while they do the indicator measure-00003 (" in said
    assert "Traceback" not in said


def test_a_cluster_that_others_could_reach_is_refused_and_so_is_one_that_is_not_there(
    book: Path, program: Path
) -> None:
    for address in ("tcp://192.0.2.7:8786", "tcp://example.org:8786", "127.0.0.1:8786", "tls://x"):
        words = ["build", str(book), "--scheduler", address]
        refused = CliRunner().invoke(commands.databook, words)
        assert refused.exit_code == 2
        assert address in refused.output
    with yard(program, OPEN, LONE) as found:
        nobody = Yard(program=program, port=free_port())
        alone = nobody.build(book, "--scheduler", nobody.address, do="check")
        code, said = found.on_it(book, do="check")
        _, cry = alone.communicate(timeout=PATIENCE)
    assert code == 3
    assert "where others can reach it, without TLS" in said
    assert alone.returncode == 3
    assert cry.startswith(f"databook: No scheduler answers at {nobody.address}")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes certificates with openssl")
def test_a_cluster_is_joined_with_certificates_made_as_we_say_and_not_without(
    program: Path, book: Path, tmp_path: Path
) -> None:
    lines = [line.strip() for line in MANY.splitlines()]
    making = [line for line in lines if line.startswith(("openssl", "printf"))]
    subprocess.run(["sh", "-ec", "\n".join(making)], check=True, cwd=tmp_path, capture_output=True)
    with yard(program) as found:
        found.start(told(MANY, "dask scheduler --protocol tls"), cwd=tmp_path)
        worker = told(MANY, "dask worker tls://").replace("cluster.example", "127.0.0.1")
        found.start(worker.replace("auto", "1"), cwd=tmp_path)
        command = told(MANY, "databook build my-book --scheduler tls://")
        at = f"tls://127.0.0.1:{found.port}"
        options = command.replace("tls://cluster.example:8786", at).split()[3:]
        assert options[:2] == ["--scheduler", at]
        papers = [str(tmp_path / word) if word.endswith(".pem") else word for word in options]
        known = found.build(book, *papers, do="check")
        _, said = known.communicate(timeout=PATIENCE)
        assert (known.returncode, said) == (0, "")
        stranger = found.build(book, *options[:2], do="check")
        _, said = stranger.communicate(timeout=PATIENCE)
    assert stranger.returncode == 3
    assert said.startswith(f"databook: {at} asks for a certificate, and none is given.")
    assert "Traceback" not in said


def test_without_a_cluster_dask_is_not_even_loaded(book: Path) -> None:
    script = (
        "import sys, databook.pipeline.remake, databook.cli.commands as c\n"
        f"c.databook(['check', {str(book)!r}, '--fresh', '--jobs', '1'], standalone_mode=False)\n"
        "assert not {'distributed', 'dask'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=PATIENCE)
