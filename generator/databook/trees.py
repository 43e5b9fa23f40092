"""Folders beside each other that hold the same files by two names each (hard links).

A site has such a double, its spare, in which the next build begins. No file is ever written
through a name of it: the place is cleared first, and the file made anew.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

Identity = tuple[int, int]  # device and inode


def staged(out: Path) -> str:
    """How the names of folders in the making begin."""
    return f".{out.name}.new-"


def spare_of(out: Path) -> Path:
    """Where the spare of a site stands."""
    return out.with_name(f".{out.name}.spare")


def identity(folder: Path) -> Identity | None:
    """What a folder is known by; None where there is none."""
    try:
        seen = folder.lstat()
    except OSError:
        return None
    return (seen.st_dev, seen.st_ino)


def trusted(out: Path, spare: Identity | None) -> Path | None:
    """The spare, if it is the one that is remembered; any other is thrown away."""
    folder = spare_of(out)
    if not folder.is_symlink() and not folder.exists():
        return None
    if spare is not None and identity(folder) == spare and out.is_dir() and not folder.is_symlink():
        return folder
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    else:
        doomed = fresh(out)
        folder.rename(doomed / "spare")  # out of sight first: removing it takes a while
        shutil.rmtree(doomed, ignore_errors=True)
    return None


def double(out: Path, files: Iterable[str]) -> None:
    """Make a spare of a site that never had one, so that the next build need not."""
    if spare_of(out).exists():
        return
    tree = fresh(out)
    made = folders(files)
    for path in sorted(made):
        (tree / path).mkdir()
    if all(link(out / path, tree / path) for path in files):
        tree.rename(spare_of(out))
    else:
        shutil.rmtree(tree, ignore_errors=True)


# --- files -----------------------------------------------------------------------------------


def fresh(out: Path) -> Path:
    """A new folder beside a site."""
    folder = Path(tempfile.mkdtemp(prefix=staged(out), dir=out.parent))
    folder.chmod(0o755)
    return folder


def clear(tree: Path, path: str) -> Path:
    """Where a file is to be made: its folder there, its place empty."""
    # Joined as text: a book has many thousands of files.
    name = os.path.join(tree, *path.split("/"))  # noqa: PTH118
    try:
        os.unlink(name)  # noqa: PTH108
    except FileNotFoundError:
        folder = os.path.dirname(name)  # noqa: PTH120
        if not os.path.isdir(folder):  # noqa: PTH112
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    except (IsADirectoryError, PermissionError):
        shutil.rmtree(name)
    except NotADirectoryError:
        for folder in sorted(folders([path])):
            if (tree / folder).is_file():
                (tree / folder).unlink()
        Path(name).parent.mkdir(parents=True)
    return Path(name)


def link(was: Path, to: Path) -> bool:
    """Give a file another name, or a copy where the disk has no such thing: says which."""
    try:
        os.link(was, to, follow_symlinks=False)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copy2(was, to, follow_symlinks=False)
        return False
    return True


def remove(tree: Path, path: str) -> None:
    """Take a file out, and folders that are empty without it."""
    file = tree / path
    with suppress(OSError):
        file.unlink()
        for folder in file.parents:
            if folder == tree:
                break
            folder.rmdir()


def folders(paths: Iterable[str]) -> set[str]:
    """All folders that these addresses lie in."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found
