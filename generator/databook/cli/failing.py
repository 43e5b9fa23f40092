"""How a command ends when it cannot do its work: a sentence and an exit code, no traceback."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from databook.cli import STOPPED as STOPPED

BOOK, MISUSE, MACHINE, PIPE = 1, 2, 3, 141

OUT_OF = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is full",
    errno.EROFS: "the disk can only be read",
    errno.EMFILE: "too many files are open",
}
WHOLE = "The site that was there before is still whole."


@contextmanager
def told(root: Path) -> Iterator[None]:
    """Turn whatever goes wrong inside into a sentence and an exit code."""
    try:
        yield
    except (click.exceptions.Exit, click.ClickException):
        raise
    except (KeyboardInterrupt, click.Abort):
        _end(f"Stopped. {WHOLE}", STOPPED)
    except BrokenPipeError:
        # Whoever was reading (`databook check | head`) has seen enough; Python's own parting
        # flush must not complain of it either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(PIPE) from None
    except MemoryError:
        _end(f"There is not enough memory. {WHOLE} Try --jobs 1.", MACHINE)
    except OSError as failed:
        why = OUT_OF.get(failed.errno or 0, (failed.strerror or str(failed)).lower())
        where = f" ({failed.filename})" if failed.filename else ""
        _end(f"The machine would not: {why}{where}. {WHOLE}", MACHINE)
    except Exception as bug:
        _end(_known(bug) or _reported(root, bug), MACHINE)


def _known(failed: Exception) -> str:
    """What to say of a failure that the pipeline has a name for."""
    from databook.store import Busy

    if isinstance(failed, Busy):
        return "Another databook is at work on this book; wait until it has finished."
    # What was never loaded cannot have failed, and loading it here might.
    remake = sys.modules.get("databook.pipeline.remake")
    order = sys.modules.get("databook.pipeline.order")
    named = (*getattr(remake, "TOOLS_FAILED", ()), getattr(order, "CrewFailed", ()))
    return f"{failed}\n{WHOLE}" if isinstance(failed, named) else ""


def _reported(root: Path, bug: Exception) -> str:
    """Keep the traceback in a file, for whoever mends databook."""
    notes = "; ".join(getattr(bug, "__notes__", ()))
    what = f"{type(bug).__name__}: {bug}" + (f" ({notes})" if notes else "")
    text = "".join(traceback.format_exception(bug))
    try:
        file = root / ".databook" / "fault.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError:
        return f"This is a fault of databook, not yours: {what}\n{text}"
    return f"This is a fault of databook, not yours: {what}\nPlease report it with {file}. {WHOLE}"


def _end(message: str, code: int) -> None:
    click.echo(f"databook: {message}", err=True)
    raise SystemExit(code)
