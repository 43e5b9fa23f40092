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
from contextlib import contextmanager
from pathlib import Path

from databook import store
from databook.spreadsheets import Workbook
from databook.store import Made

PREFIX = "spreadsheet/"  # of their names in the store
Files = Mapping[str, bytes | None]
Finished = Callable[[], Files]
SECONDS = 600  # ten thousand indicators take about thirty


@contextmanager
def spreadsheets(
    root: Path, workbooks: Mapping[str, Workbook], key: str, old: Mapping[str, Made], *, alone: bool
) -> Iterator[tuple[Mapping[str, Made], Finished]]:
    """Begin to write them, by path; the function that is given waits until all are there."""
    made = {
        PREFIX + path: Made(key=store.mix(key, repr(workbook)), files=(path,))
        for path, workbook in workbooks.items()
    }
    still = {path: None for path in workbooks if _same(old.get(PREFIX + path), made[PREFIX + path])}
    fresh = {path: workbook for path, workbook in workbooks.items() if path not in still}
    if alone or not fresh:
        yield made, lambda: {**still, **_here(fresh)}
        return
    with store.workshop(root) as folder, _begun(fresh, folder) as finished:
        yield made, lambda: {**still, **finished()}


def _same(old: Made | None, new: Made) -> bool:
    return old is not None and old.key == new.key


def _here(workbooks: Mapping[str, Workbook]) -> Files:
    if not workbooks:
        return {}
    from databook.spreadsheets.writing import written

    return {path: written(workbook) for path, workbook in workbooks.items()}


@contextmanager
def _begun(workbooks: Mapping[str, Workbook], folder: Path) -> Iterator[Finished]:
    given = folder / "given.pickle"
    given.write_bytes(pickle.dumps(list(workbooks.values()), protocol=5))
    process = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
        [sys.executable, "-P", "-m", "databook.spreadsheets", str(given), str(folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for us, who then end it
    )

    def finished() -> Files:
        _, said = process.communicate(timeout=SECONDS)
        if process.returncode:
            raise RuntimeError(f"spreadsheets could not be written:\n{said.decode()}")
        return {path: (folder / f"{n}.xlsx").read_bytes() for n, path in enumerate(workbooks)}

    try:
        yield finished
    finally:
        process.kill()
        process.communicate()
