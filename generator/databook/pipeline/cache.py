"""What steps made, kept by what they were made from: for other checkouts, branches and machines.

An entry is named by a digest of all inputs of its step: bytes of files, settings, versions of the
program and its libraries. So an entry is never out of date, only unused, and the oldest unused
ones go when there are too many. An entry is whole or not there, carries a digest of its bytes,
and is read without running anything (see `plain.py`): a damaged or foreign one is not there.

Whoever can write to a cache can put words on pages that are built with it. So nothing that is
published is built with one (docs/decisions/0013).
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from databook.pipeline import plain
from databook.problems import Problem

HEAD = b"databook cache 1 "
QUICK = 1  # level of compression: higher ones save a few per cent and take three times as long
LIMIT = 2_000_000_000  # bytes of a cache, above which the entries unused longest go
LARGEST = 500_000_000  # bytes of one entry when unpacked; more than this is no entry of ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a step made: a value for later steps, problems, and files of the site."""

    value: Any = field(repr=False)
    problems: tuple[Problem, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)


def get(folder: Path | None, key: str) -> Entry | None:
    """What was made from these inputs before, by anybody."""
    if folder is None:
        return None
    path = _path(folder, key)
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        if head != HEAD + hashlib.sha256(key.encode() + body).hexdigest().encode():
            raise plain.Foreign("damaged")
        entry = _unpacked(body)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError, zlib.error):
        with suppress(OSError):
            path.unlink()
        return None
    with suppress(OSError):
        os.utime(path)  # it is in use
    return entry


def put(folder: Path | None, key: str, entry: Entry) -> None:
    """Keep what a step made. A cache that cannot be written to is no reason to stop."""
    if folder is None:
        return
    with suppress(OSError, plain.Foreign):
        body = _packed(entry)
        digest = hashlib.sha256(key.encode() + body).hexdigest().encode()
        path = _path(folder, key)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, fresh = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        with os.fdopen(handle, "wb") as file:
            file.write(HEAD + digest + b"\n" + body)
        Path(fresh).replace(path)


def prune(folder: Path, limit: int = LIMIT) -> None:
    """Let the entries go that were unused longest, until the rest is small enough."""
    found = sorted(_there(folder), reverse=True)
    size = 0
    for _, length, path in found:
        size += length
        if size > limit:
            with suppress(OSError):
                path.unlink()


def _there(folder: Path) -> Iterator[tuple[int, int, Path]]:
    for path in folder.glob("??/*"):
        with suppress(OSError):
            seen = path.stat()
            yield seen.st_mtime_ns, seen.st_size, path


def _path(folder: Path, key: str) -> Path:
    return folder / key[:2] / key


def _packed(entry: Entry) -> bytes:
    sizes = {path: len(data) for path, data in entry.files.items()}
    head = plain.dumps((entry.value, entry.problems, sizes)).encode()
    squeeze = zlib.compressobj(QUICK)
    parts = [len(head).to_bytes(8), head, *entry.files.values()]
    return b"".join([*map(squeeze.compress, parts), squeeze.flush()])


def _unpacked(body: bytes) -> Entry:
    unpack = zlib.decompressobj()
    whole = unpack.decompress(body, LARGEST)
    if not unpack.eof:
        raise plain.Foreign("too large, or cut short")
    at = 8 + int.from_bytes(whole[:8])
    match plain.loads(whole[8:at].decode()):
        case (value, tuple(problems), dict(sizes)):
            pass
        case _:
            raise plain.Foreign("not an entry")
    if not all(isinstance(problem, Problem) for problem in problems):
        raise plain.Foreign("not an entry")
    files: dict[str, bytes] = {}
    for path, size in sizes.items():
        if not (isinstance(path, str) and isinstance(size, int) and size >= 0):
            raise plain.Foreign("not an entry")
        files[path] = whole[at : at + size]
        at += size
    if at != len(whole):
        raise plain.Foreign("not as long as it says")
    return Entry(value=value, problems=problems, files=files)
