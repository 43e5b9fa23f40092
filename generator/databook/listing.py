"""Lists the files of a folder; as a program of its own, while whoever asked does something else.

A national site has 80,000 files in as many folders, which takes as long to look through as it takes
to load the program. That program loads nothing but what stands here.
"""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Stat = tuple[int, int]  # size, and time of the last change in ns


def listing(folder: str | os.PathLike[str]) -> dict[str, Stat]:
    """Size and time of every file of a site."""
    found: dict[str, Stat] = {}
    waiting = [("", os.fspath(folder))] if os.path.isdir(folder) else []  # noqa: PTH112
    while waiting:
        name, where = waiting.pop()
        with os.scandir(where) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((f"{name}{entry.name}/", entry.path))
                else:
                    stat = entry.stat(follow_symlinks=False)
                    found[name + entry.name] = (stat.st_size, stat.st_mtime_ns)
    return found


@contextmanager
def aside(folder: str | os.PathLike[str]) -> Iterator[Callable[[], dict[str, Stat]]]:
    """Begin to list a folder; the function that is given waits until that is done."""
    with subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
        [sys.executable, "-I", "-S", __file__, os.fspath(folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for us, who then end it
    ) as process:

        def listed() -> dict[str, Stat]:
            said, _ = process.communicate()
            if process.returncode:
                return listing(folder)  # which fails here, and says of what
            found: dict[str, Stat] = marshal.loads(said)  # noqa: S302 - our own program's
            return found

        try:
            yield listed
        finally:
            process.kill()


if __name__ == "__main__":
    sys.stdout.buffer.write(marshal.dumps(listing(sys.argv[1])))
