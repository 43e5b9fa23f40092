"""The commands. Each reads its words, lets the pipeline work, and says how it went."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from databook.cli import (
    comparing,
    failing,
    importing,
    making,
    mending,
    printing,
    protecting,
    publishing,
    telling,
    wording,
)
from databook.cli.clusters import gathering, on_a_cluster
from databook.cli.options import BOOK_HELP, a_book, cache, fresh, safe_out
from databook.cli.options import jobs as jobs_option

if TYPE_CHECKING:
    from databook.pipeline import Built, Order
    from databook.pipeline.scheduler import Scheduler


def run() -> None:
    """Read what was typed and do it; misuse is told in the words of click."""
    try:
        databook.main(prog_name="databook", standalone_mode=False)
    except click.ClickException as misuse:
        misuse.show()
        sys.exit(failing.MISUSE)
    except click.Abort:
        sys.exit(failing.STOPPED)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="databook", message="%(prog)s %(version)s")
def databook() -> None:
    """Turn YAML and small data packages into a public data book of outcome scorecards.

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
@click.option("--past", default="", metavar="TARGET",
              help="Tell what changed since the editions published there.")  # fmt: skip
@jobs_option
@on_a_cluster
@cache
@click.option("--no-spare", is_flag=True, help="Keep no second folder for the next build.")
@fresh
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for programs.")
@click.option("--quiet", "-q", is_flag=True, help="Print problems only.")
def build(
    book: Path,
    out: Path | None,
    past: str,
    jobs: int,
    cluster: Scheduler | None,
    cache: Path | None,
    no_spare: bool,
    fresh: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Make the site of a book.

    Nothing is published while the book has errors, and whatever happens, the site that was there
    before stays whole until the new one takes its place. Only what changed is made again.

    \b
    Examples:
      databook build
      databook build my-book --out /var/www/book
      databook build --json | jq .seconds
      databook build --scheduler tcp://127.0.0.1:8786
      databook build --cache ~/.cache/databook

    Exit codes: 0 done (there may be warnings), 1 the book has errors, 2 misuse, 3 the machine
    failed.
    """
    site = safe_out(book, out)
    with failing.told(book):
        from databook import pipeline

        began = time.monotonic()
        with gathering(cluster) as gather, telling.progress(quiet=quiet or as_json) as tell:
            order = pipeline.Order(
                root=book,
                out=site,
                jobs=jobs,
                gather=gather,
                fresh=fresh,
                cache=None if fresh else cache,
                spare=not no_spare,
                tell=tell,
            )
            built = _built(order, past)
        seconds = time.monotonic() - began
        if as_json:
            click.echo(telling.report(built, site, seconds), nl=False)
        else:
            click.echo(telling.glance(built.problems), nl=False, err=True)
            if not quiet or built.failed:
                click.echo(telling.outcome(built, site, seconds), err=built.failed)
        if built.failed:
            raise SystemExit(failing.BOOK)


def _built(order: Order, past: str) -> Built:
    """Build a book, with what earlier editions said if it is known where they stand."""
    from databook import pipeline

    if not past:
        return pipeline.build(order)
    from databook.pipeline.publishing import build_after

    with publishing.words():
        return build_after(order, past)


@databook.command(epilog=BOOK_HELP)
@a_book
@click.option(
    "--format", "format_", type=click.Choice(telling.FORMATS), default="text", show_default=True,
    help="github: notes beside the lines of a pull request. sarif: for code scanning. "
    "junit: for build servers.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--all", "everything", is_flag=True, help="Print acknowledged warnings too.")
@jobs_option
@on_a_cluster
@fresh
@click.option("--quiet", "-q", is_flag=True, help="Print problems only.")
def check(
    book: Path,
    format_: str,
    as_json: bool,
    jobs: int,
    cluster: Scheduler | None,
    fresh: bool,
    quiet: bool,
    everything: bool,
) -> None:
    """Find every mistake in a book, and say how to mend each.

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
        with gathering(cluster) as gather, telling.progress(quiet=quiet or not plain) as tell:
            order = pipeline.Order(
                root=book, out=book, jobs=jobs, gather=gather, fresh=fresh, tell=tell
            )
            found = pipeline.check(order)
        click.echo(telling.problems(found, format_, everything=everything), nl=False)
        if plain and not quiet:
            click.echo(f"{telling.tally(found)}.".capitalize())
            if said := telling.open_ones(found):
                click.echo(f"More about a code: databook explain {said[0].code}")
        if pipeline.has_errors(found):
            raise SystemExit(failing.BOOK)


@databook.command(epilog=BOOK_HELP)
@a_book
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True,
              help="0: any that is free.")  # fmt: skip
@jobs_option
def serve(book: Path, port: int, jobs: int) -> None:
    """Build a book and show it on this computer while you edit.

    Every time a file is saved, what depends on it is made again and the browser shows it. While
    the book has errors, the last good one stays and the browser says what is wrong.

    \b
    Examples:
      databook serve
      databook serve my-book --port 8080

    Stop with Ctrl-C.
    """
    site = safe_out(book, None)
    with failing.told(book):
        from databook import pipeline, serve as serving  # noqa: I001 - one line, two names

        voice = serving.Voice(
            say=click.echo,
            problems=lambda built: telling.problems(built.problems, "text"),
            outcome=lambda built, seconds: telling.outcome(built, site, seconds),
        )
        serving.serve(pipeline.Order(root=book, out=site, jobs=jobs), port=port, voice=voice)


for command in (
    making.new,
    making.forecast,
    making.schema,
    importing.import_,
    mending.explain,
    mending.fix,
    comparing.diff,
    printing.print_,
    protecting.protect,
    publishing.publish,
    publishing.verify,
    wording.language,
):
    databook.add_command(command)
