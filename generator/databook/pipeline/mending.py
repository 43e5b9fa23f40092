"""Mends a book: checks a copy of it, mends what is mechanical, and checks again until none is left.

The book itself is touched only at the end, file by file, each whole or not at all.
"""

from __future__ import annotations

import difflib
import os
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from databook import mend
from databook.causes import told
from databook.pipeline.build import everything
from databook.pipeline.order import Order
from databook.problems import Problem

# One mistake may hide another in the same file; the deepest nest known is a file in UTF-16 with
# semicolons, a misspelt heading and a mark in a number. Each round mends all that can be seen.
ROUNDS = 8
PARTS = ("scorecards", "content")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """Files that were, or would be, changed, how, and what is left for people to mend."""

    files: tuple[str, ...]
    diff: str
    problems: tuple[Problem, ...]


def fix(order: Order, *, write: bool) -> Mended:
    """Mend what is mechanical. Without `write` the book stays as it is."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "book"
        for part in PARTS:
            if (order.root / part).is_dir():
                shutil.copytree(order.root / part, copy / part, symlinks=True)
        if (order.root / "mkdocs.yml").is_file():
            shutil.copy2(order.root / "mkdocs.yml", copy)
        before: dict[str, bytes] = {}
        aside = replace(order, root=copy, out=copy, fresh=True)
        problems = everything(aside)
        for _ in range(ROUNDS):
            if not _round(copy, problems, before):
                break
            problems = everything(aside)
        after = {name: (copy / name).read_bytes() for name in before}
    changed = sorted(name for name in before if before[name] != after[name])
    if write:
        for name in changed:
            _write(order.root / name, after[name])
    diff = "".join(_diff(name, before[name], after[name]) for name in changed)
    return Mended(files=tuple(changed), diff=diff, problems=told(problems))


def _round(copy: Path, problems: tuple[Problem, ...], before: dict[str, bytes]) -> bool:
    """Mend each file once; whether any was changed."""
    about: dict[str, list[Problem]] = {}
    for problem in problems:
        about.setdefault(problem.place.path, []).append(problem)
    changed = False
    for name, found in about.items():
        path = copy / name
        if not path.is_file() or path.is_symlink():
            continue
        data = path.read_bytes()
        fresh = mend.mended(data, name, found)
        if fresh != data:
            before.setdefault(name, data)
            path.write_bytes(fresh)
            changed = True
    return changed


def _write(path: Path, data: bytes) -> None:
    """Put a file in place of the old one, whole or not at all, with its permissions."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_bytes(data)
    shutil.copymode(path, fresh)
    os.replace(fresh, path)  # noqa: PTH105 - says what it does


def _diff(name: str, before: bytes, after: bytes) -> str:
    """A unified diff; what cannot be read as text is shown by its escapes."""
    old = before.decode("utf-8", "backslashreplace").splitlines(keepends=True)
    new = after.decode("utf-8", "backslashreplace").splitlines(keepends=True)
    lines = difflib.unified_diff(old, new, f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
