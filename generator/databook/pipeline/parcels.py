"""What goes to machines that do not share our disk: an indicator's files, and its pages back.

A parcel holds every byte that its tasks read. At the other end it is laid out in a folder of its
own, so that the whole line works as it does here and places in problems stay those of the book.
"""

from __future__ import annotations

import os
import pickle
import platform
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib import import_module, metadata
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any

import databook
from databook import load, store, theme
from databook.past import BOOK, FIGURES, SAID, Past
from databook.pipeline.crew import Share, task
from databook.pipeline.task import Ground
from databook.pipeline.versions import PROGRAM, versions

# More in one folder is a mistake, of which its task, done here, has something to say.
MOST_BYTES = 64 * 1024 * 1024
Files = Mapping[str, bytes | None]  # by path; None is a folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A share of the work, and what must lie on the disk for it."""

    share: Share
    book: Files = field(repr=False)
    past: Files = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Differs:
    """Instead of a result: the worker has another program than whoever asked."""

    worker: str
    has: Mapping[str, str]


# --- here ------------------------------------------------------------------------------------


def packed_ground(ground: Ground) -> bytes:
    """What every task stands on, for a machine with no folder of the book."""
    before = ground.past.before if ground.past else None
    files = _of_past(ground.past, [f"{before.folder}{BOOK}"]) if before else {}
    return pickle.dumps((ground, files), protocol=5)


def packed(share: Share, ground: Ground) -> bytes | None:
    """A parcel; None where there is something that only this machine can say what it is."""
    book: dict[str, bytes | None] = {}
    try:
        for slug in share.slugs:
            _collect(ground.root, f"{load.INDICATORS}/{slug}", book)
        names = [
            f"{issue.folder}indicators/{slug}/{name}"
            for issue in (ground.past.issues if ground.past else ())
            for slug in share.slugs
            for name in (SAID, FIGURES)
        ]
        past = _of_past(ground.past, names)
    except (OSError, _Odd):
        return None
    return pickle.dumps(Parcel(share=share, book=book, past=past), protocol=5)


class _Odd(Exception):  # noqa: N818 - leads to another way of doing the same
    """A link, a device, a giant: its problem is found where it lies."""


def _collect(root: Path, name: str, found: dict[str, bytes | None]) -> None:
    parts = Path(name).parts
    for depth in range(1, len(parts)):
        if not S_ISDIR(root.joinpath(*parts[:depth]).lstat().st_mode):
            raise _Odd
    left, waiting = MOST_BYTES, [name]
    while waiting:
        path = waiting.pop()
        seen = (root / path).lstat()
        if S_ISDIR(seen.st_mode):
            found[path] = None
            waiting += (f"{path}/{inside}" for inside in os.listdir(root / path))  # noqa: PTH208
            continue
        left -= seen.st_size
        if not S_ISREG(seen.st_mode) or left < 0:
            raise _Odd
        found[path] = (root / path).read_bytes()


def _of_past(past: Past | None, names: Sequence[str]) -> Files:
    """Those of these files that were published and are there; what is damaged is told there."""
    if past is None:
        return {}
    there = (name for name in names if past.has(name) and (past.root / name).is_file())
    return {name: (past.root / name).read_bytes() for name in there}


# --- there -----------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class _Place:
    """Where parcels are opened: the ground of one build."""

    name: str
    folder: tempfile.TemporaryDirectory[str]
    ground: Ground


_place: _Place | None = None  # of the build that was served last
_one_at_a_time = threading.Lock()  # tasks are made for processes; a worker may have threads


def opened(data: bytes, ground: bytes, name: str, wanted: str) -> bytes | Differs:
    """Do the tasks of a parcel on the ground of that name, if we are the same program."""
    if fingerprint_digest() != wanted:
        dask: Any = import_module("distributed")
        return Differs(worker=dask.get_worker().address, has=fingerprint())
    parcel: Parcel = pickle.loads(data)  # noqa: S301 - who gives work to a worker may run anything
    with _one_at_a_time:
        stands = _ground(ground, name)
        with _laid(stands.root, parcel.book), _laid(_past_root(stands), parcel.past):
            if parcel.share.only_look:
                stands = replace(stands, frame=None)
            done = tuple(task(slug, stands) for slug in parcel.share.slugs)
    return pickle.dumps(done, protocol=5)


def _ground(data: bytes, name: str) -> Ground:
    global _place  # noqa: PLW0603 - what a worker remembers between parcels
    if _place is None or _place.name != name:
        if _place is not None:
            _place.folder.cleanup()
        folder = tempfile.TemporaryDirectory(prefix="databook-")
        ground, files = pickle.loads(data)  # noqa: S301 - as above
        ground = replace(ground, root=Path(folder.name) / "book")
        if ground.past is not None:
            ground = replace(ground, past=replace(ground.past, root=Path(folder.name) / "past"))
            _lay(ground.past.root, files)
        _place = _Place(name=name, folder=folder, ground=ground)
    return _place.ground


def _past_root(ground: Ground) -> Path:
    return ground.past.root if ground.past else ground.root


@contextmanager
def _laid(root: Path, files: Files) -> Iterator[None]:
    """Have some files under a folder, and none of them afterwards."""
    try:
        _lay(root, files)
        yield
    finally:
        # Files first, then the folders they were in, the innermost before those around it.
        for path in sorted(files, key=lambda path: (files[path] is None, -len(path))):
            place = root / path
            if files[path] is None:
                place.rmdir()
            else:
                place.unlink(missing_ok=True)


def _lay(root: Path, files: Files) -> None:
    for path, data in files.items():
        place = root / path
        if data is None:
            place.mkdir(parents=True, exist_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)


# --- whether there is the same as here -----------------------------------------------------------


def _program() -> str:
    """A digest of databook itself, its theme included."""
    folders = ((PROGRAM, Path(databook.__file__).parent), ("theme", theme.folder()))
    seen: dict[str, tuple[store.Stat, str]] = {}
    for name, folder in folders:
        seen |= store.look(folder.parent, (folder.name,), {}, name)
    return store.digest(seen)[:12]


# Once, when a worker begins: what lies on the disk later is not what it has in its memory.
_FINGERPRINT = {
    **{name: version for name, version in versions().items() if name != PROGRAM},
    **{name: metadata.version(name) for name in ("dask", "distributed")},
    PROGRAM: f"{metadata.version(PROGRAM)} ({_program()})",
    "system": f"{platform.system()} {platform.machine()}",
}


def fingerprint() -> dict[str, str]:
    """Everything that may change a byte, by name, with its version."""
    return dict(_FINGERPRINT)


def fingerprint_digest() -> str:
    """The same as one word."""
    return store.mix(*(f"{name} {_FINGERPRINT[name]}" for name in sorted(_FINGERPRINT)))
