"""Editions for tests: the tiny book in a repository of its own, built once, and its variants."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from databook import publish
from databook.pipeline import publishing
from databook.pipeline.publishing import Publication, PublishOrder
from databook.publish import Verified, Wanted

TINY = Path(__file__).parent / "cases" / "books" / "tiny"
TODAY = date(2026, 4, 2)


def git(where: Path, *words: str) -> str:
    """Run git as nobody in particular, with no configuration of the machine."""
    who = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "gc.auto=0")
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ("git", *who, "-C", str(where), *words),
        capture_output=True, text=True, check=True, env=os.environ | quiet,
    )  # fmt: skip
    return done.stdout.strip()


def repository(folder: Path) -> Path:
    """The tiny book, committed."""
    shutil.copytree(TINY, folder)
    (folder / ".gitignore").write_text(".databook/\nbuild/\n", encoding="utf-8")
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "The first edition")
    return folder


def commit(book: Path, why: str) -> str:
    git(book, "add", ".")
    git(book, "commit", "--quiet", "--message", why)
    return git(book, "rev-parse", "HEAD")


def bare(folder: Path) -> Path:
    """An empty repository to publish to."""
    folder.mkdir()
    git(folder, "init", "--quiet", "--bare", ".")
    return folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A book that has been built, from whose pages any number of editions can be made."""

    book: Path  # where it was laid out and built
    wanted: Wanted

    def edition(self, number: int, changed: Mapping[str, bytes] | None = None) -> Wanted:
        """Edition `number`: every page says which it is, as real ones do in their footer."""
        id_ = f"2026-e{number:02d}"
        files = {
            path: self._stamped(data.read_bytes(), id_) if path.endswith(".html") else data
            for path, data in self.wanted.files.items()
            if isinstance(data, Path)
        }
        return self.of(id_, f"2026-01-{number:02d}", {**files, **(changed or {})})

    def of(self, id_: str, day: str, files: Mapping[str, bytes | Path]) -> Wanted:
        built = {path: publish.measure(data) for path, data in files.items()}
        return replace(self.wanted, id=id_, date=day, files=files, built=built)

    def without(self, wanted: Wanted, path: str) -> Wanted:
        """The edition without a page."""
        files = {p: data for p, data in wanted.files.items() if p != path}
        return self.of(wanted.id, wanted.date, files)

    def _stamped(self, page: bytes, id_: str) -> bytes:
        return page.replace(b"2026-q1", id_.encode())

    def publish(self, where: Path | str, wanted: Wanted) -> Publication:
        with publish.open_target(str(where), self.book) as target:
            return publishing.put_edition(target, wanted, self.book)


def pressed(folder: Path) -> Press:
    """Build the tiny book by publishing it once."""
    book = repository(folder / "book")
    order = PublishOrder(root=book, target=str(folder / "first"), today=TODAY)
    assert not publishing.publish_edition(order).failed
    home = book / ".databook" / "publish"
    around = publishing.surroundings(home / "book")
    assert around.context is not None
    commit_ = git(book, "rev-parse", "HEAD")
    wanted = publishing.wanted_of(order, around.context, home / "book", home / "site", commit_)
    return Press(book=home / "book", wanted=wanted)


def verified(where: Path | str) -> Verified:
    with publish.open_target(str(where), TINY, reading=True) as target:
        return publish.verify(target)


def faults(where: Path | str) -> list[tuple[str, str]]:
    return [(fault.kind, fault.path) for fault in verified(where).faults]
