"""Several processes do what one does, come through a death among them, and end when told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import books

BUILD = ("build", "--fresh", "--jobs", "2")
PATIENCE = 120  # seconds that anything may take on a busy machine
SPAWNED = """
import multiprocessing, runpy, sys
if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    sys.argv = ["databook", *sys.argv[1:]]
    runpy.run_module("databook", run_name="__main__", alter_sys=True)
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return books.write_book(tmp_path_factory.mktemp("crew") / "book", indicators=14)


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Of a program that stays the same while one build is compared with another."""
    return books.environment(books.copied(books.REPOSITORY, tmp_path_factory.mktemp("program")))


@pytest.fixture(scope="module")
def whole(book: Path, env: dict[str, str]) -> dict[str, bytes]:
    """The site as one process makes it."""
    done = books.databook("build", book, "--fresh", "--jobs", 1, **env)
    assert done.returncode == 0, done.stderr
    return books.contents(book / "build" / "site")


@contextmanager
def running(
    *words: object, python: tuple[object, ...] = ("-m", "databook"), **how: object
) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, *map(str, python), *map(str, words)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    process = subprocess.Popen(command, **pipes, **how)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def offspring(pid: int) -> set[int]:
    """Processes that came of a process, and theirs."""
    parents = {}
    for folder in Path("/proc").iterdir():
        try:
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
        except (OSError, ValueError):
            continue
        if folder.name.isdigit():
            parents[int(folder.name)] = int(stat[1])
    found: set[int] = set()
    while more := {p for p, of in parents.items() if of in {pid, *found}} - found:
        found |= more
    return found


def workers(pid: int, many: int = 2) -> list[int]:
    """The workers of a build, as soon as they are there: children of the server it started."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        direct = {p for p in offspring(pid) if _parent(p) == pid}
        found = sorted(offspring(pid) - direct)
        if len(found) >= many:
            return found
        time.sleep(0.02)
    raise AssertionError("no workers came")


def _parent(pid: int) -> int:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0
    return int(stat.rpartition(")")[2].split()[1])


linux = pytest.mark.skipif(sys.platform != "linux", reason="finds the workers under /proc")


@linux
def test_a_worker_that_is_killed_is_replaced_and_its_work_done_again(
    book: Path, whole: dict[str, bytes], env: dict[str, str], tmp_path: Path
) -> None:
    with running(*BUILD, book, "--out", tmp_path / "site", env=env) as build:
        os.kill(workers(build.pid)[0], signal.SIGKILL)
        _, said = build.communicate(timeout=PATIENCE)
    assert build.returncode == 0, said
    assert books.differing(whole, books.contents(tmp_path / "site")) == []


def test_the_same_comes_of_processes_that_are_started_from_nothing(
    book: Path, whole: dict[str, bytes], env: dict[str, str], tmp_path: Path
) -> None:
    """As on macOS and Windows, where there is no server to copy processes from."""
    script = tmp_path / "spawned.py"
    script.write_text(SPAWNED, "utf-8")
    with running(*BUILD, book, "--out", tmp_path / "site", python=(script,), env=env) as build:
        _, said = build.communicate(timeout=PATIENCE)
    assert (build.returncode, said) == (0, "")
    assert books.differing(whole, books.contents(tmp_path / "site")) == []


@linux
@pytest.mark.parametrize(
    ("how", "waits"),
    [("SIGINT", (0.0, 0.05, 0.2, 0.7)), ("SIGTERM", (0.0, 0.3)), ("SIGKILL", (0.1,))],
)
def test_ending_a_check_while_its_workers_begin_says_one_line_and_leaves_nobody(
    book: Path, how: str, waits: tuple[float, ...]
) -> None:
    """Ctrl-C at a terminal goes to everybody at once; nobody but the parent may speak."""
    number = signal.Signals[how]
    for wait in waits:
        with running("check", book, "--fresh", "--jobs", 2, start_new_session=True) as check:
            _until(lambda at=check: bool(offspring(at.pid)) or at.poll() is not None)
            time.sleep(wait)
            left = offspring(check.pid)
            if number == signal.SIGKILL:
                check.kill()
            else:
                os.killpg(check.pid, number)
            _, said = check.communicate(timeout=PATIENCE)
        assert check.returncode in {0, 130, -number, 128 + number}
        assert [line for line in said.splitlines() if "Stopped." not in line] == []
        _until(lambda those=left: not any(Path(f"/proc/{pid}").exists() for pid in those))


def _until(true: object) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if true():  # type: ignore[operator]
            return
        time.sleep(0.02)
    raise AssertionError("waited for nothing")


def test_nothing_in_the_folder_of_a_book_is_run(book: Path) -> None:
    """Python looks for modules first where it is started: that may be anybody's folder."""
    for name in ("multiprocessing", "signal", "databook", "polars"):
        (book / f"{name}.py").write_text("open('ran', 'w')\nraise SystemExit(9)\n", "utf-8")
    try:
        where = {"cwd": book, "env": {**os.environ}}
        start = "import sys; sys.path.pop(0); from databook.cli import main; main()"
        with running("check", "--fresh", "--jobs", 2, python=("-c", start), **where) as check:
            _, said = check.communicate(timeout=PATIENCE)
        assert (check.returncode, said) == (0, "")
        assert not (book / "ran").exists()
    finally:
        for name in ("multiprocessing", "signal", "databook", "polars"):
            (book / f"{name}.py").unlink()
