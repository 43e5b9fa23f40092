"""One revision of the repository that holds a book, laid out in a folder of its own.

Objects are read straight from git's store: nothing is checked out, so no hook, filter, attribute
or configuration of the revision has a say, and the working tree stays as it is. Only the book's
own folders are taken, and only plain files.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from databook.problems import Level, Place, Problem

# What a contributor's change may hold that readers would see. The rest of a revision (tool,
# theme, configuration) is never taken from it.
PARTS = ("scorecards", "content")
# Far above any book; below what fills a disk. Text of figures takes about 60 bytes a row.
MOST_FILES = 100_000
MOST_BYTES = 1 << 30
FILE, LINK, MODULE = "100", "120000", "160000"
# No question at the terminal, nothing fetched, nothing written. The user's own configuration
# stays, because it may say that the repository is to be trusted.
ENVIRONMENT = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "LC_ALL": "C",
}


class NoRevision(Exception):  # noqa: N818 - it is a slip of the hand
    """What was asked for is no revision of this repository, or holds no book."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """What was laid out, and what was left out because it is no plain file."""

    commit: str
    files: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    mode: str
    id: str
    size: int
    path: str


def lay_out(repository: Path, revision: str, into: Path, parts: Sequence[str] = PARTS) -> Laid:
    """Write the book's folders of a revision into an empty folder.

    `repository` is the book's folder, which may be a folder inside the repository.
    """
    commit = _commit(repository, revision)
    prefix = _git(repository, "rev-parse", "--show-prefix").strip()
    entries, problems = [], []
    for entry in _entries(repository, commit, prefix, parts):
        if not entry.mode.startswith(FILE) or not _fit(entry.path):
            problems.append(_refused(entry))
        else:
            entries.append(entry)
    if not any(entry.path.startswith("scorecards/") for entry in entries):
        raise NoRevision(f"{revision} holds no book: there is no folder {prefix}scorecards/ in it.")
    _bounded(entries, revision)
    _write(repository, entries, into)
    return Laid(commit=commit, files=len(entries), problems=tuple(problems))


def state(repository: Path) -> tuple[str, tuple[str, ...]]:
    """The commit a book's folder is at (empty: none), and what in it is not as committed."""
    try:
        commit = _git(repository, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").strip()
        told = _git(repository, "status", "--porcelain", "-z", "--no-renames", "--", ".")
    except subprocess.CalledProcessError:
        return "", ()
    return commit, tuple(line[3:] for line in told.split("\0")[:-1])


def _commit(repository: Path, revision: str) -> str:
    if not revision or revision.startswith("-") or not revision.isprintable():
        raise NoRevision(f"{revision!r} is not the name of a revision.")
    try:
        wanted = f"{revision}^{{commit}}"
        found = _git(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
    except subprocess.CalledProcessError as failed:
        said = (failed.stderr or b"").decode("utf-8", "replace").strip().splitlines()
        why = f" Git says: {said[-1]}" if said else ""
        raise NoRevision(
            f"{revision!r} is neither a folder with a book nor a revision of this repository.{why}"
        ) from failed
    return found.strip()


def _entries(repository: Path, commit: str, prefix: str, parts: Sequence[str]) -> Iterator[_Entry]:
    # Asked from the repository's top, since git would otherwise leave out what lies outside here.
    paths = [prefix + part for part in parts]
    told = _git(repository, "ls-tree", "-r", "-z", "-l", "--full-tree", commit, "--", *paths)
    for line in told.split("\0")[:-1]:
        about, _, path = line.partition("\t")
        mode, _, id_, size = about.split()
        yield _Entry(
            mode=mode, id=id_, size=int(size) if size.isdigit() else 0, path=path[len(prefix) :]
        )


def _fit(path: str) -> bool:
    """Whether a path stays inside the folder. Git promises so; a forged object may not."""
    parts = path.split("/")
    return (
        not any(part.casefold() in {"", ".", "..", ".git", ".databook"} for part in parts)
        and "\\" not in path
        and all(len(part.encode()) <= 255 for part in parts)
    )


def _refused(entry: _Entry) -> Problem:
    kind = {LINK: "a symbolic link", MODULE: "a submodule"}.get(entry.mode, "no plain file")
    return Problem(
        code="not-a-plain-file",
        level=Level.ERROR,
        place=Place(path=entry.path),
        what=f"This is {kind}, and was left out.",
        why="A link can point to anything on the machine that reads it.",
        fix="Put the file itself here.",
    )


def _bounded(entries: Sequence[_Entry], revision: str) -> None:
    size = sum(entry.size for entry in entries)
    if len(entries) > MOST_FILES or size > MOST_BYTES:
        raise NoRevision(
            f"{revision} holds {len(entries):,} files of {size:,} bytes together; at most "
            f"{MOST_FILES:,} files and {MOST_BYTES:,} bytes are read."
        )


def _write(repository: Path, entries: Sequence[_Entry], into: Path) -> None:
    """Copy the objects, one after another, through one git process."""
    command = ("git", "-C", str(repository), "cat-file", "--batch")
    with subprocess.Popen(  # noqa: S603 - a fixed command
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment()
    ) as git:
        assert git.stdin is not None  # noqa: S101 - a pipe was asked for
        assert git.stdout is not None  # noqa: S101
        for entry in entries:
            # One at a time: to write all questions before reading an answer could block both.
            git.stdin.write(f"{entry.id}\n".encode())
            git.stdin.flush()
            _object(git.stdout, into / PurePosixPath(entry.path))
        git.stdin.close()


def _object(out: IO[bytes], file: Path) -> None:
    header = out.readline().split()
    if len(header) != 3 or header[1] != b"blob":
        raise NoRevision("The repository is damaged: git could not read one of the book's files.")
    left = int(header[2])
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("xb") as to:
        while left:
            data = out.read(min(left, 1 << 20))
            if not data:
                raise NoRevision("Git stopped in the middle of a file.")
            to.write(data)
            left -= len(data)
    out.read(1)  # the line end after each object


def _git(repository: Path, *words: str) -> str:
    done = subprocess.run(  # noqa: S603 - a fixed command; words are never options of a user
        ("git", "-C", str(repository), "-c", "core.fsmonitor=false", *words),  # noqa: S607
        capture_output=True,
        check=True,
        env=_environment(),
    )
    return done.stdout.decode("utf-8", "surrogateescape")


def _environment() -> dict[str, str]:
    """Ours, without the variables by which git is told to work elsewhere."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    return kept | ENVIRONMENT
