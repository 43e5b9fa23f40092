"""The command that tells what a change does to the book that readers see."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from databook.cli import failing, telling
from databook.cli.options import Book, holds_book
from databook.cli.options import jobs as jobs_option
from databook.problems import Level

if TYPE_CHECKING:
    from databook.pipeline.difference import Compared

FORMATS = ("text", "json", "markdown", "html")
SOURCES = ("scorecards", "content", "theme", ".git", ".databook")


@click.command()
@click.argument("base")
@click.argument("head", default="")
@click.option("--book", type=click.Path(path_type=Path), help="Folder of the book [this one].")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True,
              help="html: one page with charts. markdown: for a pull request.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False),
              help="Write the report into this file [print it].")  # fmt: skip
@jobs_option
@click.pass_context
def diff(ctx: click.Context, base: str, head: str, book: Path | None, format_: str,
         out: Path | None, jobs: int) -> None:  # fmt: skip
    """Tell what changes for readers from BASE to HEAD.

    BASE and HEAD are revisions of the repository that holds the book (a branch, a tag, a commit)
    or folders with a book; without HEAD, the book as it lies here is meant. Told are figures that
    are added, revised, withheld or removed, judgements that flip, definitions, targets and
    forecasts, and pages that appear, move or vanish. A number that is newly withheld is never
    repeated.

    \b
    Examples:
      databook diff main
      databook diff v1.0 main --format html --out changes.html
      databook diff ../last-year . --format json | jq .summary

    Exit codes: 0 done, whatever changes; 1 one of the two books has errors; 2 misuse.
    """
    if book is None and holds_book(Path(base)) and head and holds_book(Path(head)):
        book = Path(head)  # two folders say all there is to know, wherever one is
    option = next(p for p in ctx.command.params if p.name == "book")
    book = Book().convert(str(book or "."), option, ctx)
    if out and any(out.resolve().is_relative_to(book / part) for part in SOURCES):
        raise click.UsageError(f"--out {out} lies in the book itself.")
    with failing.told(book):
        from databook.pipeline.difference import difference
        from databook.pipeline.revisions import NoRevision

        try:
            with telling.progress(quiet=False) as tell:
                found = difference(book, base, head, jobs=jobs, charts=format_ == "html", tell=tell)
        except NoRevision as slip:
            raise click.UsageError(str(slip)) from slip
        except FileNotFoundError as missing:
            if missing.filename != "git":
                raise
            raise click.UsageError("git is not installed here; compare two folders.") from missing
        _tell_problems(found)
        report = _report(found, format_)
        if out is None:
            click.echo(report, nl=False)
        else:
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_text(report, encoding="utf-8", newline="\n")
            click.echo(f"The report is in {out}.")


def _tell_problems(found: Compared) -> None:
    for side, found_there in found.problems:
        problems = [problem for problem in found_there if problem.level is Level.ERROR]
        click.echo(f"{side.name} has {telling.tally(problems)}, so nothing is compared:", err=True)
        click.echo(telling.problems(problems, "text"), nl=False, err=True)
    if found.changes is None:
        raise SystemExit(failing.BOOK)


def _report(found: Compared, format_: str) -> str:
    from databook.render import changes_pages as pages
    from databook.render import changes_plain as plain

    assert found.changes is not None  # noqa: S101 - without, the command has ended
    match format_:
        case "json":
            return plain.as_json(found.changes)
        case "markdown":
            return pages.as_markdown(found.changes)
        case "html":
            return pages.as_html(found.changes, found.charts or {}, found.language)
        case _:
            return plain.as_text(found.changes)
