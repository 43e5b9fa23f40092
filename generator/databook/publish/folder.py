"""A folder as the place of publication: staged beside it, flushed, checked, and exchanged.

Whatever was published before is there under a second name until the very step in which the
folders change names; files that did not change are the old ones by another name (hard links).
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from databook.publish import manifest
from databook.publish.manifest import Data, Sums
from databook.publish.plan import Plan
from databook.publish.refusals import Refused, Taken
from databook.swapping import recover, swap

LINK = "a link"  # stands for the digest of what is no plain file


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A folder in which a site stands, or will."""

    out: Path
    name: str
    seen: dict[tuple[int, int], tuple[str, int]] = field(default_factory=dict, repr=False)

    def read(self, path: str) -> bytes | None:
        """What a file holds."""
        with suppress(FileNotFoundError, NotADirectoryError):
            return (self.out / path).read_bytes()
        return None

    def names(self, folder: str) -> tuple[str, ...]:
        """What stands in a folder."""
        try:
            with os.scandir(self.out / folder) as entries:
                return tuple(sorted(e.name + ("/" if e.is_dir() else "") for e in entries))
        except FileNotFoundError:
            return ()

    def files(self, folder: str) -> tuple[str, ...]:
        """Every file below a folder."""
        return tuple(sorted(below(self.out / folder)))

    def sums(self) -> Sums:
        """Every file; one that stands at several names is read once."""
        return {path: self._sum(self.out / path) for path in below(self.out)}

    def lay_out(self, paths: Sequence[str], into: Path) -> Path:
        """They lie here already."""
        del paths, into
        return self.out

    def _sum(self, path: Path) -> tuple[str, int]:
        if path.is_symlink():
            return LINK, 0
        stat = path.stat()
        key = (stat.st_dev, stat.st_ino)
        if key not in self.seen:
            self.seen[key] = manifest.measure(path)
        return self.seen[key]

    def swap(self, plan: Plan, message: str) -> None:
        """Stage the new whole beside the old, and let them change names."""
        del message
        parent = self.out.parent
        fresh = Path(tempfile.mkdtemp(prefix=staged(self.out), dir=parent))
        try:
            fresh.chmod(0o755)
            for new, old in plan.keep.items():
                link(self.out / old, fresh / new)
            flush(fresh, put(fresh, self.out, plan))
            check(fresh, plan.files)
            swap(fresh, self.out)
            flush_folder(parent)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


@contextmanager
def opened(path: Path, *, reading: bool) -> Iterator[Folder]:
    """The folder, with other publishers kept off unless it is only read."""
    out = Path(os.path.abspath(path))  # noqa: PTH100 - a link at `out` itself must stay one
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise Refused(f"{out} is not a folder. Give an empty or a new one.")
    if reading:
        if not out.is_dir():
            raise Refused(f"{out} is not there. Give the folder that the book was published to.")
        yield Folder(out=out, name=str(out))
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    with locked(out):
        recover(out, staged(out))
        yield Folder(out=out, name=str(out))


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Keep other publishers off. The system itself lets go of the lock when its holder ends.

    So a lock that nobody holds any more stands in nobody's way, however the holder died.
    """
    with out.with_name(f".{out.name}.lock").open("a+", encoding="utf-8") as lock:
        with suppress(ImportError):  # no such locks on Windows: there, one publisher at a time
            import fcntl

            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as taken:
                raise Taken(
                    f"{holder(lock.name)} is publishing to {out}. Wait until it has finished, and "
                    "run this again."
                ) from taken
        lock.truncate(0)
        json.dump({"pid": os.getpid(), "host": socket.gethostname()}, lock)
        lock.flush()
        try:
            yield
        finally:
            with suppress(OSError):
                lock.truncate(0)


def holder(path: str) -> str:
    """Who holds the lock, in words."""
    with suppress(OSError, ValueError, KeyError):
        said = json.loads(Path(path).read_text(encoding="utf-8"))
        return f"Process {said['pid']} on {said['host']}"
    return "Another databook"


def staged(out: Path) -> str:
    """How the names of folders in the making begin."""
    return f".{out.name}.edition-"


def put(fresh: Path, old: Path, plan: Plan) -> list[Path]:
    """Bring the new files in: by another name where the same bytes stand somewhere already.

    Gives those that had to be written.
    """
    placed: dict[str, Path] = {}
    written: list[Path] = []
    for path, data in plan.files.items():
        to = fresh / path
        to.parent.mkdir(parents=True, exist_ok=True)
        digest, size = manifest.measure(data)
        there = placed.get(digest) or alike(old, plan.like, path, digest, size)
        if there is None or not linked(there, to):
            to.write_bytes(manifest.content(data))
            written.append(to)
        placed.setdefault(digest, to)
    return written


def alike(old: Path, like: Mapping[str, str], path: str, digest: str, size: int) -> Path | None:
    """The file of the former edition, if it holds the very same bytes."""
    for new, former in like.items():
        if path.startswith(new):
            file = old / former / path.removeprefix(new)
            with suppress(OSError):
                if not file.is_symlink() and file.stat().st_size == size:
                    return file if manifest.measure(file)[0] == digest else None
    return None


def linked(there: Path, to: Path) -> bool:
    """Give a file another name, where the disk has such names and room for one more."""
    try:
        os.link(there, to, follow_symlinks=False)
    except OSError:
        return False
    return True


def link(old: Path, new: Path) -> None:
    """The whole of an old folder (or one file) by another name."""
    new.parent.mkdir(parents=True, exist_ok=True)
    if not old.is_dir():
        if not linked(old, new):
            shutil.copy2(old, new, follow_symlinks=False)
        return
    new.mkdir(exist_ok=True)
    with os.scandir(old) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                link(old / entry.name, new / entry.name)
            elif not linked(old / entry.name, new / entry.name):
                shutil.copy2(entry.path, new / entry.name, follow_symlinks=False)


def below(folder: Path) -> Iterator[str]:
    """Addresses of all files in a folder."""
    skip = len(str(folder).rstrip("/")) + 1
    for where, folders, names in os.walk(folder):
        inside = where[skip:].replace(os.sep, "/")
        links = [n for n in folders if os.path.islink(os.path.join(where, n))]  # noqa: PTH114, PTH118
        for name in (*names, *links):
            yield f"{inside}/{name}" if inside else name


def flush(folder: Path, written: Iterable[Path]) -> None:
    """Have the disk hold all that was written; one that is full or ill says so here."""
    for file in written:
        flush_file(file)
    for where, _, _ in os.walk(folder):
        flush_folder(Path(where))


def flush_file(file: Path) -> None:
    """Have the disk hold a file."""
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_folder(folder: Path) -> None:
    """Have the disk hold the names in a folder, where folders can be told to."""
    with suppress(PermissionError):  # Windows opens no folder
        flush_file(folder)


def check(folder: Path, files: Mapping[str, Data]) -> None:
    """Read back every file that was brought in."""
    for path, data in files.items():
        if manifest.measure(folder / path) != manifest.measure(data):
            raise OSError(f"{path} does not hold what was written to it")
