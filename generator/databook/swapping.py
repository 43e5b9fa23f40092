"""Puts a finished folder in the place of another, in one step where the system has such a step.

Where it has none (systems other than Linux) there is a moment in which neither stands there; the
old one is then found aside by `recover`, which everybody who comes to a place calls first.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sys
from pathlib import Path

EXCHANGE = 2  # RENAME_EXCHANGE of renameat2, Linux 3.15
AT_FDCWD = -100  # "paths count from the current folder", as renameat2 has it


def swap(fresh: Path, out: Path) -> None:
    """Let a fresh folder take the name of another, and remove that one."""
    if not out.exists():
        fresh.rename(out)
    elif not exchange(fresh, out):
        aside = _aside(out)
        out.rename(aside)
        fresh.rename(out)
        shutil.rmtree(aside, ignore_errors=True)


def recover(out: Path, staged: str) -> None:
    """Clear up after one that was killed: put the old folder back if it stands aside.

    `staged` is how the names of its folders in the making begin.
    """
    aside = _aside(out)
    if aside.is_dir():
        if out.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.rename(out)
    for left in out.parent.glob(f"{staged}*"):
        shutil.rmtree(left, ignore_errors=True)


def _aside(out: Path) -> Path:
    return out.with_name(f".{out.name}.old")


def exchange(one: Path, other: Path) -> bool:
    """Linux: both names change hands at once, so that no reader finds neither."""
    if sys.platform != "linux":
        return False
    with contextlib.suppress(AttributeError, OSError):
        call = ctypes.CDLL(None, use_errno=True).renameat2
        return bool(call(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), EXCHANGE) == 0)
    return False
