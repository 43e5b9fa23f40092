"""Reading files and listing folders without ever following a link out of the book."""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections.abc import Collection
from pathlib import Path

from databook.load.faults import fault
from databook.problems import Checked, Place, Problem


def read_bytes(root: Path, name: str, *, cap: int) -> Checked[bytes]:
    """Read a file of the book by its name relative to the root; no link, no device, no giant."""
    if (link := _link_on_the_way(root, name)) is not None:
        return Checked(value=None, problems=(_symlink(link),))
    # O_NONBLOCK: opening a named pipe must not wait for a writer.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        handle = os.open(root / name, flags | getattr(os, "O_BINARY", 0))
    except OSError as error:
        return Checked(value=None, problems=(_not_opened(name, error),))
    state = os.fstat(handle)
    if not stat.S_ISREG(state.st_mode):  # a folder can be opened, and then not be read
        os.close(handle)
        return Checked(value=None, problems=(not_a_file(name),))
    with os.fdopen(handle, "rb") as file:
        if state.st_size > cap:
            return Checked(value=None, problems=(_too_big(name, state.st_size, cap),))
        data = file.read(cap + 1)
    return (
        Checked(value=data)
        if len(data) <= cap
        else Checked(value=None, problems=(_too_big(name, len(data), cap),))
    )


def listing(root: Path, name: str) -> Checked[tuple[os.DirEntry[str], ...]]:
    """Entries of a folder, sorted by name; links are reported and left out, hidden files too."""
    if (link := _link_on_the_way(root, name)) is not None:
        return Checked(value=None, problems=(_symlink(link),))
    try:
        with os.scandir(root / name) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        return Checked(value=None, problems=(_not_opened(name, error),))
    links = tuple(_symlink(f"{name}/{entry.name}") for entry in found if entry.is_symlink())
    kept = (e for e in found if not e.is_symlink() and not e.name.startswith("."))
    return Checked(value=tuple(kept), problems=links)


def exists(root: Path, name: str) -> bool:
    """Whether something stands there, a broken link included (which reading then reports)."""
    return os.path.lexists(root / name)


def files(root: Path, name: str) -> Checked[tuple[str, ...]]:
    """Names of all that stands in an indicator's folder; subfolders end in a slash."""
    entries = listing(root, name)
    if entries.value is None:
        return Checked(value=None, problems=entries.problems)
    names = tuple(
        f"{e.name}/" if e.is_dir(follow_symlinks=False) else e.name for e in entries.value
    )
    return Checked(value=names, problems=(*entries.problems, *collisions(name, names)))


def tree(root: Path, name: str, *, ending: str, depth: int = 6) -> Checked[tuple[str, ...]]:
    """Paths of all files below a folder that end so, in order. A missing folder holds none."""
    if not exists(root, name):
        return Checked(value=())
    entries = listing(root, name)
    problems = list(entries.problems)
    found: list[str] = []
    for entry in entries.value or ():
        path = f"{name}/{entry.name}"
        if entry.is_dir(follow_symlinks=False) and depth:
            below = tree(root, path, ending=ending, depth=depth - 1)
            found += below.value or ()
            problems += below.problems
        elif entry.name.endswith(ending):
            found.append(path)
    problems += collisions(name, [entry.name for entry in entries.value or ()])
    return Checked(value=tuple(found), problems=tuple(problems))


def collisions(name: str, names: Collection[str]) -> list[Problem]:
    """Names that are one name to a computer that ignores case or the way accents are stored."""
    first: dict[str, str] = {}
    problems: list[Problem] = []
    for each in names:
        folded = unicodedata.normalize("NFKC", each).casefold()
        if folded in first:
            what = f"“{each}” and “{first[folded]}” differ only in case or in kind of letter."
            place = Place(path=f"{name}/{each.rstrip('/')}")
            problems.append(fault("folder-collision", place, what, "Rename or delete one."))
        first.setdefault(folded, each)
    return problems


def _link_on_the_way(root: Path, name: str) -> str | None:
    """First part of the way from the root to a name that is a symbolic link."""
    way = str(root)
    for part in name.split("/"):
        way = f"{way}{os.sep}{part}"
        if os.path.islink(way):  # noqa: PTH114 - asked ten thousand times; a Path is slower to make
            return way[len(str(root)) + 1 :].replace(os.sep, "/")
    return None


def _symlink(name: str) -> Problem:
    return fault(
        "folder-symlink",
        Place(path=name),
        "This is a symbolic link, which would lead somewhere else.",
        "Put the file itself here.",
    )


def not_a_file(name: str) -> Problem:
    """That a folder, a device or a pipe stands in the place of a file."""
    return fault(
        "folder-not-a-file",
        Place(path=name),
        "This is not an ordinary file.",
        "Put an ordinary file here, or rename what stands in its place.",
    )


def _not_opened(name: str, error: OSError) -> Problem:
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        what, fix = "This file or folder is missing.", "Add it, or put it back."
        return fault("folder-missing", Place(path=name), what, fix)
    if error.errno == errno.ELOOP:
        return _symlink(name)
    what = f"The file cannot be opened ({(error.strerror or 'unknown reason').lower()})."
    fix = "See that it is an ordinary file with a short name that you are allowed to read."
    return fault("folder-unreadable", Place(path=name), what, fix)


def _too_big(name: str, size: int, cap: int) -> Problem:
    return fault(
        "text-too-big",
        Place(path=name),
        f"The file holds {size / 1000:,.0f} kB; at most {cap / 1000:,.0f} kB are read.",
        "Shorten it, or split it into several.",
    )
