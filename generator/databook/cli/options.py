"""What several commands read from the command line, and what they refuse at the door."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

BOOK_HELP = "BOOK is the folder that holds scorecards/ (this folder, if you leave it out)."


def cores() -> int:
    """How many processes this machine has room for."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not Linux
        return os.cpu_count() or 1


class Book(click.Path):
    """A folder with a book in it."""

    def __init__(self) -> None:
        super().__init__(exists=True, file_okay=False, resolve_path=True, path_type=Path)

    def convert(self, value: Any, param: Any, ctx: Any) -> Path:
        """Refuse a folder that is no book at all: that is a slip of the hand."""
        root = Path(os.fsdecode(super().convert(value, param, ctx)))
        if not holds_book(root):
            above = next((parent for parent in root.parents if holds_book(parent)), None)
            hint = f"{above} does: go there." if above else "`databook new DIR` begins one."
            self.fail(f"{value!r} holds no book: there is no folder scorecards/ in it. {hint}",
                      param, ctx)  # fmt: skip
        return root


def holds_book(folder: Path) -> bool:
    """Whether a folder is that of a book."""
    return (folder / "scorecards").is_dir()


a_book = click.argument("book", type=Book(), default=".", metavar="[BOOK]")
jobs = click.option(
    "--jobs", "-j", type=click.IntRange(min=1), default=cores, show_default="one for each core",
    help="Work in this many processes.",
)  # fmt: skip
cache = click.option(
    "--cache", type=click.Path(file_okay=False, resolve_path=True, path_type=Path),
    envvar="DATABOOK_CACHE", metavar="DIR",
    help="Share what was worked out with other checkouts and branches: keep it in this folder.",
)  # fmt: skip
fresh = click.option("--fresh", is_flag=True, help="Do without what the last build left.")


def safe_out(book: Path, out: Path | None) -> Path:
    """Where the site goes: never where it would sweep something else away."""
    site = Path(os.path.abspath(out or book / "build" / "site"))  # noqa: PTH100 - keep links
    inside = [book / name for name in ("scorecards", "content", "theme", ".git", ".databook")]
    if book.is_relative_to(site.resolve()) or any(
        site.resolve().is_relative_to(folder) for folder in inside
    ):
        raise click.UsageError(f"--out {site} would overwrite the book itself.")
    if site.exists() and not site.is_dir():
        raise click.UsageError(f"--out {site} is a file; give a folder.")
    if site.is_dir() and any(site.iterdir()) and not (site / "data" / "index.json").is_file():
        raise click.UsageError(
            f"--out {site} holds something that is no data book, and would be swept away. "
            "Give an empty or a new folder."
        )
    return site
