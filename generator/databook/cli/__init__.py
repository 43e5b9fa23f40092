"""The command line: what people type, what they are told, and the exit codes.

0 done, 1 the book has errors, 2 misuse, 3 the machine failed, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import gc
import os
import signal
import sys

STOPPED = 130


def main() -> None:
    """Run the command line. Everything else is loaded inside, so that Ctrl-C always ends well."""
    # Tables here are small: threads of the table library only get in each other's way. It reads
    # this when it is loaded, which is later, and worker processes inherit it.
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    # Python looks first in the folder it is started in, which may be a book from anybody; the
    # Pythons that we start must not.
    os.environ.setdefault("PYTHONSAFEPATH", "1")
    # What is loaded and kept here is hardly ever garbage; looking for some at every 700 new values
    # takes a tenth of a short run.
    gc.set_threshold(200_000, 20, 20)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        from databook.cli.commands import run

        run()
    except KeyboardInterrupt:
        sys.exit(STOPPED)
