"""A branch of a git repository as the place of publication, as GitHub Pages serves it.

One commit a publication, made in a repository of our own and pushed as one change of one
reference. Git stores each content once and hands over only what the other side does not have; of
old editions not even the files are fetched.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from databook.publish import manifest
from databook.publish.git_objects import (
    SECRET,
    commit_of,
    contents,
    fetch,
    git,
    measure_all,
    quoted,
)
from databook.publish.manifest import Data, Sums
from databook.publish.plan import Plan
from databook.publish.refusals import Refused, Taken, Unreachable

REJECTED = ("[rejected]", "stale info", "non-fast-forward", "fetch first", "cannot lock ref")


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A branch; `head` is its commit, empty where it does not exist yet."""

    name: str
    shop: Path  # our own repository
    branch: str
    head: str

    def read(self, path: str) -> bytes | None:
        """What a file holds."""
        if not self.head or not self._id(path):
            return None
        return git(self.shop, "cat-file", "blob", f"{self.head}:{path}")

    def names(self, folder: str) -> tuple[str, ...]:
        """What stands in a folder."""
        return tuple(name + ("/" if kind == "tree" else "") for kind, _, name in self._tree(folder))

    def files(self, folder: str) -> tuple[str, ...]:
        """Every file below a folder."""
        return tuple(name for _, _, name in self._tree(folder, "-r"))

    def sums(self) -> Sums:
        """Every file; a content that stands at several names is read once."""
        found = {name: id_ for _, id_, name in self._tree("", "-r")}
        measured = measure_all(self.shop, found.values())
        return {name: measured[id_] for name, id_ in found.items()}

    def lay_out(self, paths: Sequence[str], into: Path) -> Path:
        """Write these files into a folder; a content that stands at several names is read once."""
        there = {name: id_ for _, id_, name in self._tree("", "-r")} if paths else {}
        wanted = {path: there[path] for path in paths if path in there}
        fetch(self.shop, wanted.values())
        placed: dict[str, Path] = {}
        for path, id_, data in contents(self.shop, wanted):
            to = into / path
            to.parent.mkdir(parents=True, exist_ok=True)
            to.unlink(missing_ok=True)
            if id_ in placed:
                os.link(placed[id_], to)
            else:
                to.write_bytes(data)
                placed[id_] = to
        return into

    def swap(self, plan: Plan, message: str) -> None:
        """Commit the new whole, read it back, and push it if the branch is still where it was."""
        stream = "".join(f"{piece}\n" for piece in self._kept(plan.keep))
        commit = commit_of(self.shop, self.head, stream, plan.files, message)
        check(self.shop, commit, plan.files)
        lease = f"--force-with-lease=refs/heads/{self.branch}:{self.head}"
        push(self.shop, lease, f"{commit}:refs/heads/{self.branch}", self.name)

    def _kept(self, keep: Mapping[str, str]) -> Iterator[str]:
        for new, old in keep.items():
            mode = "040000" if old.endswith("/") else "100644"
            yield f"M {mode} {self._id(old.rstrip('/'))} {quoted(new.rstrip('/'))}"

    def _id(self, path: str) -> str:
        words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{self.head}:{path}")
        try:
            return git(self.shop, *words).decode().strip()
        except Unreachable:
            return ""

    def _tree(self, folder: str, *how: str) -> list[tuple[str, str, str]]:
        if not self.head or (folder and not self._id(folder.rstrip("/"))):
            return []
        told = git(self.shop, "ls-tree", "-z", *how, f"{self.head}:{folder.rstrip('/')}")
        lines = (line.partition("\t") for line in told.decode().split("\0")[:-1])
        return [(about.split()[1], about.split()[2], name) for about, _, name in lines]


@contextmanager
def opened(
    url: str, branch: str, book: Path, *, shop: Path | None = None, reading: bool = False
) -> Iterator[Branch]:
    """Fetch where the branch stands. Only the last commit, and no file before one is asked for."""
    url = address(url, book)
    name = f"{SECRET.sub('//', url)}, branch {branch}"
    with tempfile.TemporaryDirectory(dir=shop, prefix="work-git-") as folder:
        ours = Path(folder)
        git(ours, "init", "--quiet", "--bare", ".")
        git(ours, "remote", "add", "origin", "--", url)
        head = tip(ours, branch, name)
        if head:
            lean = () if reading else ("--filter=blob:none",)
            ref = f"+refs/heads/{branch}:refs/remotes/origin/{branch}"
            git(ours, "fetch", "--quiet", "--no-tags", "--depth=1", *lean, "origin", ref)
            head = git(ours, "rev-parse", f"refs/remotes/origin/{branch}").decode().strip()
        yield Branch(name=name, shop=ours, branch=branch, head=head)


def address(url: str, book: Path) -> str:
    """The address of a repository: as given, a folder, or the name of one of the book's remotes."""
    if not url or url.startswith("-") or not url.isprintable():
        raise Refused(f"{url!r} is no address of a git repository.")
    if Path(url).is_dir():
        return str(Path(url).resolve())
    if re.fullmatch(r"[A-Za-z0-9._-]+", url):
        try:
            return git(book, "remote", "get-url", "--", url).decode().strip()
        except Unreachable as none:
            raise Refused(
                f"This book's repository has no remote called {url!r}. Write git:ADDRESS#branch."
            ) from none
    return url


def tip(ours: Path, branch: str, name: str) -> str:
    """The commit a branch is at; empty where there is no such branch."""
    try:
        told = git(ours, "ls-remote", "origin", f"refs/heads/{branch}").decode()
    except Unreachable as failed:
        raise Unreachable(f"Git does not reach {name}. {failed}") from failed
    return told.split()[0] if told.strip() else ""


def check(ours: Path, commit: str, files: Mapping[str, Data]) -> None:
    """Read back every file that was brought in."""
    found = measure_all(ours, (f"{commit}:{path}" for path in files))
    for path, data in files.items():
        if found[f"{commit}:{path}"] != manifest.measure(data):
            raise OSError(f"{path} does not hold what was written to it")


def push(ours: Path, lease: str, change: str, name: str) -> None:
    """Move the branch, if nobody else has moved it meanwhile."""
    try:
        git(ours, "push", "--porcelain", "--quiet", lease, "origin", change)
    except Unreachable as failed:
        said = str(failed)
        if any(word in said for word in REJECTED):
            raise Taken(
                f"Somebody else published to {name} in the meantime, so nothing was changed. "
                "Run this again: it then builds on what they published."
            ) from failed
        raise Unreachable(
            f"Git could not push to {name}. {said} If the line broke at the very end it may have "
            "arrived: run this again, which then does nothing twice."
        ) from failed
