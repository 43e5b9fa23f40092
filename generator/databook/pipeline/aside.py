"""The workbook is written aside: it takes a second or more, and nothing else waits for it.

A process of its own loads what it is written with while this one goes on; with one process to
spend it is written here. It speaks through two files, so that no pipe can fill up.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from databook import store
from databook.pipeline import bundle
from databook.pipeline.whole import workshop
from databook.render.sheets import PATH, Workbook
from databook.store import Made

Finished = Callable[[], Mapping[str, bytes | None]]
SECONDS = 600  # a book of 10,000 indicators takes about thirty


@contextmanager
def workbook(
    root: Path, whole: Workbook, key: str, old: Made | None, *, alone: bool
) -> Iterator[tuple[Made, Finished]]:
    """Begin to write the workbook; what is given waits for it. The old one, if it is the same."""
    made = Made(key=store.mix(key, repr(whole)), files=(PATH,))
    if old is not None and old.key == made.key:
        yield old, lambda: dict.fromkeys(old.files)
    elif alone:
        yield made, lambda: {PATH: packed(whole)}
    else:
        with workshop(root) as folder, _begun(whole, folder) as finished:
            yield made, finished


def packed(whole: Workbook) -> bytes:
    """The workbook with its parts stored as they are: compressors differ between machines."""
    from databook.render.workbook import written

    return bundle.repacked(written(whole))


@contextmanager
def _begun(whole: Workbook, folder: Path) -> Iterator[Finished]:
    given, done = folder / "workbook.pickle", folder / "workbook.xlsx"
    given.write_bytes(pickle.dumps(whole, protocol=5))
    command = [sys.executable, "-P", "-m", __name__, str(given), str(done)]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for us, who then end it
    )

    def finished() -> Mapping[str, bytes | None]:
        _, said = process.communicate(timeout=SECONDS)
        if process.returncode:
            raise RuntimeError(f"the workbook could not be written:\n{said.decode()}")
        return {PATH: done.read_bytes()}

    try:
        yield finished
    finally:
        process.kill()
        process.communicate()


def main(given: str, done: str) -> None:
    """Write a workbook in this process."""
    whole = pickle.loads(Path(given).read_bytes())  # noqa: S301 - written by our parent just now
    Path(done).write_bytes(packed(whole))


if __name__ == "__main__":
    main(*sys.argv[1:])
