"""Where a book can be published: a folder, or a branch of a git repository."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from databook.publish.manifest import Sums
from databook.publish.refusals import Refused

if TYPE_CHECKING:
    from databook.publish.plan import Plan

GIT = "git:"
BRANCH = "gh-pages"  # what GitHub Pages serves, unless told otherwise
# Names of branches that need no quoting anywhere; no option, no way up.
SAFE_BRANCH = re.compile(r"(?!-)(?!.*\.\.)[A-Za-z0-9._/-]{1,200}")


class Target(Protocol):
    """A place where a whole site stands. Paths are those of the site; folders end in "/"."""

    @property
    def name(self) -> str:
        """What people call it."""

    def read(self, path: str) -> bytes | None:
        """What a file holds, None where there is none."""

    def names(self, folder: str) -> tuple[str, ...]:
        """What stands in a folder ("" for the root); folders end in "/"."""

    def files(self, folder: str) -> tuple[str, ...]:
        """Every file below a folder, as addresses inside it."""

    def sums(self) -> Sums:
        """Every file with its SHA-256 and size."""

    def lay_out(self, paths: Sequence[str], into: Path) -> Path:
        """A folder in which these files lie as at their addresses: `into`, or one's own."""

    def swap(self, plan: Plan, message: str) -> None:
        """Make the place hold exactly what is planned, in one step or not at all."""


@contextmanager
def open_target(
    where: str, book: Path, *, shop: Path | None = None, reading: bool = False
) -> Iterator[Target]:
    """The place named on the command line, with others kept off meanwhile.

    `book` tells the names of remotes; `shop` is a folder for what lies about meanwhile.
    """
    from databook.publish import branch, folder

    url, _, name = where.removeprefix(GIT).partition("#")
    if where.startswith(GIT) or is_bare(Path(url)):
        wanted = checked(name or BRANCH)
        with branch.opened(url, wanted, book, shop=shop, reading=reading) as place:
            yield place
    else:
        with folder.opened(Path(where), reading=reading) as place:
            yield place


def checked(name: str) -> str:
    """A branch name that cannot be mistaken for anything else."""
    if not SAFE_BRANCH.fullmatch(name):
        raise Refused(f"{name!r} is not a name for a branch. Write git:ADDRESS#branch.")
    return name


def is_bare(path: Path) -> bool:
    """Whether a folder is a git repository without a working tree."""
    return all((path / name).exists() for name in ("HEAD", "objects", "refs"))
