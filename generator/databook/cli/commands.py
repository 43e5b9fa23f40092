"""The commands. Each reads its words, lets the pipeline work, and says how it went."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import click

from databook.cli import failing, telling

BOOK_HELP = "BOOK is the folder that holds scorecards/ (this folder, if you leave it out)."


def main() -> None:
    """Run the command line."""
    # Tables here are small: threads of the table library only get in each other's way. It reads
    # this when it is loaded, which is later, and worker processes inherit it.
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        databook.main(prog_name="databook", standalone_mode=False)
    except click.ClickException as misuse:
        misuse.show()
        sys.exit(failing.MISUSE)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(failing.STOPPED)


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
        if not (root / "scorecards").is_dir():
            self.fail(f"{value!r} holds no book: there is no folder scorecards/ in it. "
                      "`databook new DIR` begins one.", param, ctx)  # fmt: skip
        return root


a_book = click.argument("book", type=Book(), default=".", metavar="[BOOK]")
jobs = click.option(
    "--jobs", "-j", type=click.IntRange(min=1), default=cores, show_default="one for each core",
    help="Work in this many processes.",
)  # fmt: skip
fresh = click.option("--fresh", is_flag=True, help="Do without what the last build left.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="databook", message="%(prog)s %(version)s")
def databook() -> None:
    r"""Turn YAML and small data packages into a public data book of outcome scorecards.

    \b
    Begin here:
      databook new my-book       write a small book to change
      databook serve my-book     build it and look at it while you edit
      databook check my-book     find every mistake, with its line and how to mend it
      databook build my-book     make the site, in my-book/build/site
    """


@databook.command(epilog=BOOK_HELP)
@a_book
@click.option("--out", type=click.Path(path_type=Path), help="Put the site here [BOOK/build/site].")
@jobs
@fresh
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for programs.")
@click.option("--quiet", "-q", is_flag=True, help="Print problems only.")
def build(book: Path, out: Path | None, jobs: int, fresh: bool, as_json: bool, quiet: bool) -> None:
    r"""Make the site of a book.

    Nothing is published while the book has errors, and whatever happens, the site that was there
    before stays whole until the new one takes its place. Only what changed is made again.

    \b
    Examples:
      databook build
      databook build my-book --out /var/www/book
      databook build --json | jq .seconds

    Exit codes: 0 done (there may be warnings), 1 the book has errors, 2 misuse, 3 the machine
    failed.
    """
    site = safe_out(book, out)
    with failing.told(book):
        from databook import pipeline

        began = time.monotonic()
        with telling.progress(quiet=quiet or as_json) as tell:
            order = pipeline.Order(root=book, out=site, jobs=jobs, fresh=fresh, tell=tell)
            built = pipeline.build(order)
        seconds = time.monotonic() - began
        if as_json:
            click.echo(telling.report(built, site, seconds), nl=False)
        else:
            click.echo(telling.problems(built.problems, "text"), nl=False, err=True)
            if not quiet or built.failed:
                click.echo(telling.outcome(built, site, seconds), err=built.failed)
        if built.failed:
            raise SystemExit(failing.BOOK)


@databook.command(epilog=BOOK_HELP)
@a_book
@click.option(
    "--format", "format_", type=click.Choice(telling.FORMATS), default="text", show_default=True,
    help="github: notes beside the lines of a pull request. sarif: for code scanning.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@jobs
@fresh
@click.option("--quiet", "-q", is_flag=True, help="Print problems only.")
def check(book: Path, format_: str, as_json: bool, jobs: int, fresh: bool, quiet: bool) -> None:
    r"""Find every mistake in a book, and say how to mend each.

    Each problem is printed as path:line:column, error or warning, a code, what is wrong, and
    below it why that matters and what to do. Warnings alone do not make the check fail.

    \b
    Examples:
      databook check
      databook check my-book --format github
      databook check my-book --json | jq '.problems[] | select(.level == "error")'

    Exit codes: 0 no errors, 1 errors, 2 misuse.
    """
    format_ = "json" if as_json else format_
    with failing.told(book):
        from databook import pipeline

        plain = format_ == "text"
        with telling.progress(quiet=quiet or not plain) as tell:
            order = pipeline.Order(root=book, out=book, jobs=jobs, fresh=fresh, tell=tell)
            found = pipeline.check(order)
        click.echo(telling.problems(found, format_), nl=False)
        if plain and not quiet:
            click.echo(f"{telling.tally(found)}.".capitalize())
        if pipeline.has_errors(found):
            raise SystemExit(failing.BOOK)


@databook.command(epilog=BOOK_HELP)
@a_book
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True,
              help="0: any that is free.")  # fmt: skip
@jobs
def serve(book: Path, port: int, jobs: int) -> None:
    r"""Build a book and show it on this computer while you edit.

    Every time a file is saved, what depends on it is made again and the browser shows it. While
    the book has errors, the last good one stays and the browser says what is wrong.

    \b
    Examples:
      databook serve
      databook serve my-book --port 8080

    Stop with Ctrl-C.
    """
    with failing.told(book):
        from databook import serve as serving

        raise SystemExit(serving.serve(book, port=port, jobs=jobs))


@databook.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
def new(directory: Path) -> None:
    r"""Write a small book into DIRECTORY, complete and ready to change.

    \b
    Example:
      databook new my-book
    """
    from databook.cli import starting

    if directory.exists() and any(directory.iterdir()):
        raise click.UsageError(f"{directory} is not empty, and a new book wants a new folder.")
    with failing.told(directory):
        count = starting.write(directory)
        click.echo(f"{count} files in {directory}. Look at it with: databook serve {directory}")


@databook.command()
@click.argument("indicator")
@click.option("--book", type=Book(), default=".", help="Folder of the book [this one].")
@click.option("--method", default="", help="How to forecast [the default on the Method page].")
@click.option("--author", default="", help="Who makes it [the book's publisher].")
@click.option("--assumptions", default="", help="What is taken to go on as it is.")
@click.option("--as-known", default="", metavar="PERIOD",
              help="Use figures up to this period only; marked as made afterwards.")  # fmt: skip
def forecast(
    indicator: str, book: Path, method: str, author: str, assumptions: str, as_known: str
) -> None:
    r"""Freeze today's forecast for INDICATOR, to judge later figures against.

    Adds one vintage to the end of the indicator's forecasts.csv, made on the edition's date, and
    prints what it added. Rows that are there already are never changed.

    \b
    Examples:
      databook forecast persistent-absence --author "Data team"
      databook forecast neet --as-known 2022/23
    """
    for name, text in (("--author", author), ("--assumptions", assumptions)):
        if text[:1] in tuple("=+-@") or not text.isprintable():
            raise click.UsageError(f"{name} must be one line, and not begin with = + - or @.")
    with failing.told(book):
        from databook import load, pipeline

        if indicator not in (known := load.slugs(book)):
            raise click.UsageError(telling.no_such(indicator, known))
        wanted = pipeline.Wanted(
            slug=indicator, method=method, author=author, assumptions=assumptions,
            as_known=as_known,
        )  # fmt: skip
        frozen = pipeline.freeze(book, wanted)
        click.echo(telling.problems(frozen.problems, "text"), nl=False, err=True)
        if frozen.value is None:
            raise SystemExit(failing.BOOK)
        click.echo(f"Added to {frozen.value.path}:\n{frozen.value.text}", nl=False)


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
