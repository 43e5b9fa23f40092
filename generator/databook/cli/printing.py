"""The command that makes a book of paper."""

from __future__ import annotations

from pathlib import Path

import click

from databook.cli import failing, telling
from databook.cli.options import BOOK_HELP, Book, safe_out
from databook.cli.options import jobs as jobs_option

SOURCES = ("scorecards", "content", "theme", ".git", ".databook")
NO_BROWSER = (
    "    why: the pages of the book are made for a browser, so a browser sets them on paper too\n"
    "    mend: install Chromium (Debian, Ubuntu: apt-get install chromium fonts-dejavu-core) or\n"
    "          Google Chrome, or set DATABOOK_CHROMIUM to the path of one you have"
)


@click.command(name="print", epilog=BOOK_HELP)
@click.argument("book", type=Book(), default=".", metavar="[BOOK]")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True,
              help="Write the PDF into this file.")  # fmt: skip
@click.option("--framework", default="", metavar="NAME",
              help="One framework: its outcomes, with their indicators.")  # fmt: skip
@click.option("--area", default="", metavar="NAME",
              help="One place, by its name in addresses.")  # fmt: skip
@click.option("--board-report", default="", metavar="BOARD/QUARTER",
              help="One quarterly report of a board.")  # fmt: skip
@click.option("--site", type=click.Path(path_type=Path),
              help="Where the site is built that is printed [BOOK/build/site].")  # fmt: skip
@jobs_option
def print_(
    book: Path, out: Path, framework: str, area: str, board_report: str, site: Path | None,
    jobs: int,
) -> None:  # fmt: skip
    """Make a printable book: a PDF with a cover, contents and bookmarks.

    The pages are those of the site, which is built first as `databook build` does; a Chromium or
    Chrome on this machine sets them on paper (A4). The PDF is tagged for screen readers, and says
    on every page which edition it is and whose publication it is not. Without an option the whole
    book is printed.

    \b
    Examples:
      databook print --out book.pdf
      databook print --framework every-child-matters --out outcomes.pdf
      databook print --board-report example-partnership/2026-q3 --out report.pdf

    Exit codes: 0 printed, 1 the book has errors, 2 misuse, 3 there is no browser or it failed.
    """
    if sum(map(bool, (framework, area, board_report))) > 1:
        raise click.UsageError("Give one of --framework, --area and --board-report, or none.")
    target = out.resolve()
    if any(target.is_relative_to(book / part) for part in SOURCES):
        raise click.UsageError(f"--out {out} lies in the book itself.")
    folder = safe_out(book, site)
    if target.is_relative_to(folder.resolve()):
        raise click.UsageError(f"--out {out} lies in the site, which the next build sweeps away.")
    with failing.told(book):
        from databook import press
        from databook.pipeline.printing import NotThere, PrintOrder, print_book

        try:
            with telling.progress(quiet=False) as tell:
                order = PrintOrder(
                    root=book, site=folder, framework=framework, area=area,
                    board_report=board_report, jobs=jobs, tell=tell,
                )  # fmt: skip
                done = print_book(order)
        except NotThere as slip:
            near = telling.nearest(slip.name, slip.known)
            known = near or f" It has: {', '.join(slip.known[:12]) or 'none'}."
            raise click.UsageError(f"{slip}{known}") from slip
        except press.NoBrowser as none:
            click.echo(f"databook: {none}\n{NO_BROWSER}", err=True)
            raise SystemExit(failing.MACHINE) from none
        except press.PrintingFailed as failed:
            click.echo(f"databook: {failed}", err=True)
            raise SystemExit(failing.MACHINE) from failed
        click.echo(telling.problems(done.problems, "text"), nl=False, err=True)
        if not done.pdf:
            raise SystemExit(failing.BOOK)
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(done.pdf)
        said = "" if done.numbered else ", without page numbers in the contents"
        click.echo(f"{done.sheets} pages of the book -> {out} ({len(done.pdf) / 1e6:.1f} MB{said})")
