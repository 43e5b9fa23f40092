"""What the last build made and from which bytes, so that the next does only what has changed.

One file under `.databook/` in the book. It is a convenience and never the truth: a store that
is damaged, of another version or of another place is forgotten and everything is made again.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from stat import S_ISREG
from typing import Any

from databook.problems import Problem

FORMAT = 1
# Left by editors, Python and ourselves; no source of a book.
NOT_SOURCES = frozenset({".databook", ".git", "__pycache__"})
Stat = tuple[int, int, int, int]  # size, mtime, ctime (both in ns), inode
FOLDER: tuple[Stat, str] = ((0, 0, 0, 0), "folder")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What one task made: `key` names the bytes it was made from, `files` go to the site.

    `kept` is what later steps need of it, pickled, so that reading the store costs nothing for
    what nobody asks. Sizes and times of `files` tell whether somebody touched them since.
    """

    key: str
    problems: tuple[Problem, ...] = ()
    kept: bytes = field(default=b"", repr=False)
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """Everything remembered of the last build of a book."""

    out: str = ""  # the site that `files` lie in
    made: Mapping[str, Made] = field(default_factory=dict)
    stats: Mapping[str, tuple[Stat, str]] = field(default_factory=dict)  # path -> stat, digest
    files: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # path -> size, mtime


class Busy(Exception):  # noqa: N818 - it is a state of affairs, not a fault
    """Another databook is at work on this book."""


def folder(root: Path) -> Path:
    """Where a book keeps what it remembers; git does not see it."""
    home = root / ".databook"
    home.mkdir(exist_ok=True)
    ignore = home / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    return home


@contextmanager
def at_work(root: Path) -> Iterator[int]:
    """Keep others off the book meanwhile; gives the time of start by the disk's own clock."""
    with (folder(root) / "lock").open("a+b") as lock:
        with suppress(ImportError):  # no such locks on Windows: there, one build at a time
            import fcntl

            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as taken:
                raise Busy from taken
        for left in folder(root).glob("work-*"):  # by a build that was killed
            shutil.rmtree(left, ignore_errors=True)
        os.utime(lock.fileno())
        yield os.fstat(lock.fileno()).st_mtime_ns


@contextmanager
def workshop(root: Path) -> Iterator[Path]:
    """A folder for what tools leave lying about; gone afterwards."""
    with tempfile.TemporaryDirectory(dir=folder(root), prefix="work-") as place:
        yield Path(place)


# --- the file --------------------------------------------------------------------------------


def read(root: Path, name: str = "store") -> Store:
    """The store of a book; an empty one where there is none that can be trusted.

    A pickle can run code, and what it holds ends up on public pages; so one that came with the
    book (committed by somebody, copied from elsewhere) must not be read. Its seal names inode
    and time of change, which no checkout or copy can reproduce, and a digest of its bytes.
    """
    path = root / ".databook" / name
    try:
        data = path.read_bytes()
        if _sealed(path).read_text(encoding="ascii") != _seal(path, data):
            return Store()
        version, store = pickle.loads(data)  # noqa: S301 - sealed, see above
    except Exception:
        return Store()
    return store if version == FORMAT and isinstance(store, Store) else Store()


def forget(root: Path) -> None:
    """Trust the store no more. Done before the site changes, so that a kill leaves no lie."""
    (root / ".databook" / "seal").unlink(missing_ok=True)


def write(root: Path, store: Store, *, started: int, name: str = "store") -> None:
    """Put a new store in place of the old, whole or not at all.

    A file that changed in the very tick of the clock in which the build began may change again
    within that tick without its times showing it; such a file is read again next time.
    """
    settled = {p: seen for p, seen in store.stats.items() if max(seen[0][1:3]) < started}
    data = pickle.dumps((FORMAT, replace(store, stats=settled)), protocol=5)
    path = folder(root) / name
    _sealed(path).unlink(missing_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(data)
    fresh.replace(path)
    _sealed(path).write_text(_seal(path, data), encoding="ascii")


def _sealed(path: Path) -> Path:
    """Where the seal of a store is kept."""
    return path.parent / ("seal" if path.name == "store" else f"{path.name}.seal")


def _seal(path: Path, data: bytes) -> str:
    seen = path.stat()
    place = f"{seen.st_dev} {seen.st_ino} {seen.st_ctime_ns}"
    return f"{place} {hashlib.sha256(data).hexdigest()}"


# --- the spare -------------------------------------------------------------------------------


def take_spare(root: Path) -> tuple[int, int] | None:
    """Device and inode of the folder beside the site that is like it, if one was left.

    From now on it is doubtful, until it is left again: a kill leaves no lie.
    """
    file = root / ".databook" / "spare"
    try:
        device, inode = file.read_text(encoding="ascii").split()
        file.unlink()
        return int(device), int(inode)
    except (OSError, ValueError):
        return None


def leave_spare(root: Path, identity: tuple[int, int]) -> None:
    """The spare is like the site again."""
    file = folder(root) / "spare"
    fresh = file.with_suffix(".new")
    fresh.write_text("{} {}".format(*identity), encoding="ascii")
    fresh.replace(file)


# --- values ----------------------------------------------------------------------------------


def pack(value: object) -> bytes:
    """A value as bytes, for `Made.kept`."""
    return pickle.dumps(value, protocol=5)


def unpack(data: bytes) -> Any:
    """The value again. Only of bytes from a store that was read, which are ours."""
    return pickle.loads(data)  # noqa: S301 - the store is sealed


# --- what files hold -------------------------------------------------------------------------

Seen = Mapping[str, tuple[Stat, str]]


def look(
    root: Path, parts: Iterable[str], known: Seen, prefix: str = ""
) -> dict[str, tuple[Stat, str]]:
    """Stat and digest of every file under some folders (or files) of a book.

    A file that still has its size, times and inode is not read again. A link is looked at, not
    followed: what may be behind it is no part of the book.
    """
    found: dict[str, tuple[Stat, str]] = {}
    for part in parts:
        top, name = root / part, f"{prefix}/{part}" if prefix else part
        if top.is_dir() and not top.is_symlink():
            _look_into(str(top), name, known, found)
        elif top.is_file() or top.is_symlink():
            found[name] = _one(str(top), name, top.lstat(), known)
    return found


def digest(found: Seen) -> str:
    """One digest of names and contents."""
    return mix(*(f"{path}\0{found[path][1]}" for path in sorted(found)))


def mix(*parts: str) -> str:
    """One digest of several texts in order."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _look_into(folder: str, name: str, known: Seen, found: dict[str, tuple[Stat, str]]) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            inside = f"{name}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in NOT_SOURCES:
                    found[inside] = FOLDER  # an empty one may be a mistake
                    _look_into(entry.path, inside, known, found)
            else:
                stat = entry.stat(follow_symlinks=False)
                found[inside] = _one(entry.path, inside, stat, known)


def _one(path: str, name: str, seen: os.stat_result, known: Seen) -> tuple[Stat, str]:
    stat = (seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)
    old = known.get(name)
    if old and old[0] == stat:
        return old
    if not S_ISREG(seen.st_mode):
        return stat, f"mode {seen.st_mode}"
    try:
        with Path(path).open("rb") as file:
            return stat, hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return stat, f"unreadable: {error.errno}"  # `load` will say so
