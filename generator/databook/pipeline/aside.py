"""Spreadsheets are written aside: that takes a second or more, and nothing else waits for it.

A process of its own loads what they are written with while this one goes on; with one process to
spend they are written here. It speaks through files, so that no pipe can fill up. A spreadsheet
that holds the same as in the last build is not written again.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from databook import store
from databook.spreadsheets import GIVEN, Workbook
from databook.store import Made

PREFIX = "spreadsheet/"  # of their names in the store
Files = Mapping[str, bytes | None]
Finished = Callable[[], Files]
SECONDS = 600  # ten thousand indicators take about thirty


@dataclass(slots=True, kw_only=True)
class Writer:
    """Who writes spreadsheets: a process with a folder for its work, or without one, this one."""

    folder: Path | None
    process: subprocess.Popen[bytes] | None = None

    def call(self) -> None:
        """Have it load what it will need, for there will be something to write soon."""
        if self.folder is not None and self.process is None:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
                [sys.executable, "-P", "-m", "databook.spreadsheets", str(self.folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,  # Ctrl-C is for us, who then end it
            )

    def begin(self, workbooks: Mapping[str, Workbook]) -> Finished:
        """Write these, by path; the function that is given waits until all are there."""
        self.call()
        if self.folder is None or self.process is None or self.process.stdin is None:
            return lambda: _here(workbooks)
        folder, process = self.folder, self.process
        (folder / GIVEN).write_bytes(pickle.dumps(list(workbooks.values()), protocol=5))
        self.process.stdin.close()  # it has waited for this
        self.process.stdin = None

        def finished() -> Files:
            _, said = process.communicate(timeout=SECONDS)
            if process.returncode:
                raise RuntimeError(f"spreadsheets could not be written:\n{said.decode()}")
            return {path: (folder / f"{n}.xlsx").read_bytes() for n, path in enumerate(workbooks)}

        return finished


@contextmanager
def writer(root: Path, *, alone: bool) -> Iterator[Writer]:
    """Whoever writes the spreadsheets of a build; gone at its end."""
    if alone:
        yield Writer(folder=None)
        return
    with store.workshop(root) as folder:
        one = Writer(folder=folder)
        try:
            yield one
        finally:
            if one.process is not None:
                one.process.kill()
                one.process.communicate()


def spreadsheets(
    by: Writer, workbooks: Mapping[str, Workbook], key: str, old: Mapping[str, Made]
) -> tuple[Mapping[str, Made], Finished]:
    """Begin to write those that changed, by path."""
    made = {
        PREFIX + path: Made(key=store.mix(key, repr(workbook)), files=(path,))
        for path, workbook in workbooks.items()
    }
    still = {path: None for path in workbooks if _same(old.get(PREFIX + path), made[PREFIX + path])}
    fresh = {path: workbook for path, workbook in workbooks.items() if path not in still}
    finished = by.begin(fresh) if fresh else dict
    return made, lambda: {**still, **finished()}


def begun(work: Callable[[], bytes], *, alone: bool) -> Callable[[], bytes]:
    """Begin work that leaves the interpreter to others, as that of polars does; gives who waits.

    Alone it is done when it is asked for.
    """
    if alone:
        return work
    thread = ThreadPoolExecutor(max_workers=1)
    future = thread.submit(work)
    thread.shutdown(wait=False)
    return future.result


def _same(old: Made | None, new: Made) -> bool:
    return old is not None and old.key == new.key


def _here(workbooks: Mapping[str, Workbook]) -> Files:
    from databook.spreadsheets.writing import written

    return {path: written(workbook) for path, workbook in workbooks.items()}
