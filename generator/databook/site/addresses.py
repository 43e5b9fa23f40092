"""Addresses in a site: what may be one, and which of them some computers would take for one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from databook.pages import Page
from databook.problems import Level, Place, Problem
from databook.trees import folders

MAX_PART = 255  # bytes in one name, on every usual file system
Taken = Mapping[str, tuple[str, str]]  # folded address -> the address, and who made its file


def address(page: Page) -> str:
    """The file of a page: its folder's index.html."""
    return page.path + "index.html"


def sound(path: str) -> str:
    """An address that stays inside the site and can be a file everywhere; else an error."""
    parts = path.split("/")
    if "\\" in path or "\0" in path or any(part in ("", ".", "..") for part in parts):
        raise ValueError(f"not an address in the site: {path!r}")
    if len(path) > MAX_PART // 4 and any(len(part.encode()) > MAX_PART for part in parts):
        raise ValueError(f"longer than a file's name can be: {path!r}")
    return path


def folded(path: str) -> str:
    """A path as the least discerning file system sees it."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFKC", path).casefold()


def in_the_way(taken: Taken) -> Iterator[Problem]:
    """Files that stand where other files need a folder."""
    for folder in folders(taken):
        if folder in taken:
            inside = next(path for path in taken if path.startswith(f"{folder}/"))
            yield collision(taken[inside][0], "a folder", *taken[folder])


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
