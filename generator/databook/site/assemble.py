"""Writes a whole site beside the old one and puts it in its place in one step.

Whatever happens meanwhile, what stood at the address before stands there whole: the new site is
made in a sibling folder, and the two folders change names. Files that did not change are the old
ones by another name (hard links), so that writing costs no more than what changed.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from databook.pages import Page
from databook.problems import Checked, Level, Place, Problem
from databook.swapping import recover, swap

MAX_PART = 255  # bytes in one name, on every usual file system


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """What was done: addresses written anew, how many were kept, and those that are gone."""

    written: tuple[str, ...]
    kept: int
    removed: tuple[str, ...]


def address(page: Page) -> str:
    """The file of a page: its folder's index.html."""
    return page.path + "index.html"


def merge(sources: Mapping[str, Mapping[str, bytes | None]]) -> Checked[dict[str, bytes | None]]:
    """Put files of several makers together. Two files for one address are a problem.

    Addresses count as one where a file system may take them for one: capitals and accents aside.
    """
    files: dict[str, bytes | None] = {}
    taken: dict[str, tuple[str, str]] = {}
    problems: list[Problem] = []
    for maker, made in sources.items():
        for path, data in made.items():
            key = folded(path)
            if key in taken:
                problems.append(collision(path, maker, *taken[key]))
            taken.setdefault(key, (path, maker))
            files[path] = data
    for path in files:
        parents = map(str, PurePosixPath(folded(path)).parents)
        problems += [collision(path, "a folder", *taken[p]) for p in parents if p in taken]
    return Checked(value=None if problems else files, problems=tuple(problems))


def folded(path: str) -> str:
    """A path as the least discerning file system sees it."""
    return unicodedata.normalize("NFKC", path).casefold()


def collision(path: str, maker: str, other: str, other_maker: str) -> Problem:
    """Two files for one address."""
    return Problem(
        code="site-collision",
        level=Level.ERROR,
        place=Place(path=path),
        what=f"{path!r} ({maker}) and {other!r} ({other_maker}) would be one file",
        why="one would silently replace the other, on some computers if not on all",
        fix="give one of them another name",
    )


def assemble(out: Path, files: Mapping[str, bytes | None]) -> Assembled:
    """Make `out` hold exactly these files. None: the file is as it is in `out` now."""
    out = Path(os.path.abspath(out))  # noqa: PTH100 - a link at `out` itself must stay one
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise NotADirectoryError(f"{out} is not a folder")
    out.parent.mkdir(parents=True, exist_ok=True)
    staged = f".{out.name}.new-"
    recover(out, staged)
    fresh = Path(tempfile.mkdtemp(prefix=staged, dir=out.parent))
    try:
        fresh.chmod(0o755)
        written = [path for path, data in files.items() if put(fresh, out, path, data)]
        removed = sorted(set(listing(out)) - files.keys())
        swap(fresh, out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    kept = len(files) - len(written)
    return Assembled(written=tuple(sorted(written)), kept=kept, removed=tuple(removed))


def put(fresh: Path, old: Path, path: str, data: bytes | None) -> bool:
    """Bring one file into the new site; says whether it had to be written."""
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or "\\" in path or "\0" in path:
        raise ValueError(f"not an address in the site: {path!r}")
    if any(len(part.encode()) > MAX_PART for part in parts):
        raise ValueError(f"longer than a file's name can be: {path!r}")
    # Joined as text: a book has many thousands of files, and most are only given another name.
    to, was = os.path.join(fresh, *parts), os.path.join(old, *parts)  # noqa: PTH118
    if not os.path.isdir(os.path.dirname(to)):  # noqa: PTH112, PTH120
        Path(to).parent.mkdir(parents=True)
    if data is None or same(Path(was), data):
        try:
            os.link(was, to, follow_symlinks=False)
        except OSError:
            shutil.copy2(was, to, follow_symlinks=False)
        return False
    Path(to).write_bytes(data)
    return True


def same(path: Path, data: bytes) -> bool:
    """Whether a plain file holds these bytes already."""
    try:
        if path.is_symlink() or path.stat().st_size != len(data):
            return False
        return path.read_bytes() == data
    except OSError:
        return False


def listing(folder: Path) -> list[str]:
    """Addresses of all files in a folder."""
    found, skip = [], len(str(folder)) + 1
    for where, _, names in os.walk(folder):
        inside = where[skip:].replace(os.sep, "/")
        found += [f"{inside}/{name}" if inside else name for name in names]
    return found
