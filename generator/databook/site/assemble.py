"""A site in the making: files go to disk as they come, and at the end all of it is swapped in.

Whatever happens meanwhile, what stood at the address before stands there whole: the new site is
made in a sibling folder, and the two folders change names in one step. Files that did not change
are the old ones by another name (hard links), and no file is ever written through such a name: a
changed one is removed and made anew.

After the swap the old site's folder is brought up to date, link by link, and kept as the spare:
the next build begins in it and so touches nothing but what changes. A spare costs the disk its
folders only. Whether it can be trusted is for the caller to remember (see `databook.store`); one
that is not is thrown away.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from databook.listing import Stat, listing
from databook.problems import Problem
from databook.site.addresses import collision, folded, in_the_way, sound
from databook.swapping import recover, swap
from databook.trees import (
    Identity,
    clear,
    fresh,
    link,
    remove,
    spare_of,
    staged,
    trusted,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """What was done: addresses written anew, how many were kept, and those that are gone."""

    written: tuple[str, ...]
    kept: int
    removed: tuple[str, ...]
    files: Mapping[str, Stat] = field(repr=False)  # all that the site now holds


@dataclass(slots=True, kw_only=True)
class Works:
    """A site in the making. Changes with every file; `construction` gives one and ends it."""

    out: Path
    tree: Path  # where it is made
    there: Mapping[str, Stat]  # what lies in `out`
    linked: bool  # the tree already holds all that `there` names
    keep: bool = True  # the old tree as a spare
    hard: bool = True  # whether files can have two names here
    written: dict[str, Stat] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    taken: dict[str, tuple[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    finished: bool = False

    def bring(self, maker: str, files: Mapping[str, bytes | None]) -> None:
        """Files of one maker. Without bytes: the file is as it is in the old site."""
        for path, data in files.items():
            key = folded(path)
            if key in self.taken:
                self.problems.append(collision(path, maker, *self.taken[key]))
            elif data is None or self._same(path, data):
                self._keep(path)
            else:
                self._write(sound(path), data)
            self.taken.setdefault(key, (path, maker))

    def read(self, path: str) -> bytes:
        """The bytes of a file that was brought, or kept."""
        return ((self.tree if path in self.written else self.out) / path).read_bytes()

    def before(self, path: str) -> bytes:
        """The bytes of a file of the old site."""
        return (self.out / path).read_bytes()

    @property
    def listed(self) -> list[str]:
        """All addresses that were brought."""
        return [path for path, _ in self.taken.values()]

    def collisions(self) -> tuple[Problem, ...]:
        """Two files for one address, among all that were brought."""
        return (*self.problems, *in_the_way(self.taken))

    def finish(self) -> Assembled:
        """Put it in the old site's place. What was neither brought nor kept is gone."""
        wanted = set(self.listed)
        self.removed = tuple(sorted(self.there.keys() - wanted))
        if self.linked:
            for path in self.removed:
                remove(self.tree, path)
        swap(self.tree, self.out)
        self.finished = True
        kept = {path: self.there[path] for path in wanted if path not in self.written}
        return Assembled(
            written=tuple(sorted(self.written)),
            kept=len(kept),
            removed=self.removed,
            files=kept | self.written,
        )

    def _keep(self, path: str) -> None:
        if path not in self.there:
            raise FileNotFoundError(2, "no such file in the old site", path)
        if not self.linked:
            self.hard = link(self.out / path, clear(self.tree, path)) and self.hard

    def _same(self, path: str, data: bytes) -> bool:
        """Whether a plain file of the old site holds these bytes already."""
        if path not in self.there or self.there[path][0] != len(data):
            return False
        file = self.out / path
        with suppress(OSError):
            return not file.is_symlink() and file.read_bytes() == data
        return False

    def _write(self, path: str, data: bytes) -> None:
        self.written[path] = (len(data), 0)  # before the first step, for whoever has to undo it
        with clear(self.tree, path).open("xb") as file:
            file.write(data)
            file.flush()
            self.written[path] = (len(data), os.fstat(file.fileno()).st_mtime_ns)


@contextmanager
def construction(
    out: Path,
    *,
    there: Mapping[str, Stat] | None = None,
    spare: Identity | None = None,
    differs: Iterable[str] = (),
    keep: bool = True,
) -> Iterator[Works]:
    """Begin a site. `there`: what lies in `out`, where somebody has just looked.

    `spare`: the folder beside `out` that holds the same files but for those that `differs` names.
    """
    out = Path(os.path.abspath(out))  # noqa: PTH100 - a link at `out` itself must stay one
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise NotADirectoryError(f"{out} is not a folder")
    above = [folder for folder in out.parents if not folder.exists()]
    out.parent.mkdir(parents=True, exist_ok=True)
    recover(out, staged(out))
    there = listing(out) if there is None else there
    tree = trusted(out, spare)
    linked = tree is not None
    works = Works(out=out, tree=tree or fresh(out), there=there, linked=linked, keep=keep)
    try:
        if works.linked:
            settle(works, differs)
        yield works
    finally:
        end(works)
        if not out.exists():
            for folder in above:  # where there was nothing, nothing is left
                with suppress(OSError):
                    folder.rmdir()


def end(works: Works) -> None:
    """Leave a spare that holds what the site holds, or nothing but the site."""
    if works.tree.exists() and (works.finished or works.linked) and works.hard and works.keep:
        settle(works, (*works.written, *works.removed))
        if works.tree != spare_of(works.out):
            works.tree.rename(spare_of(works.out))
    else:
        shutil.rmtree(works.tree, ignore_errors=True)


def settle(works: Works, differs: Iterable[str]) -> None:
    """Give the spare what the site holds at these addresses."""
    differs = list(differs)
    for path in differs:
        remove(works.tree, path)
    for path in differs:
        file = works.out / path
        if file.is_symlink() or file.is_file():
            works.hard = link(file, clear(works.tree, path)) and works.hard
