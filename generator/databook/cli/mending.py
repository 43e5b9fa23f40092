"""The commands that help to mend a book: fix what is mechanical, explain what is not."""

from __future__ import annotations

from pathlib import Path

import click

from databook.cli import failing, telling
from databook.cli.options import BOOK_HELP, a_book
from databook.cli.options import jobs as jobs_option


@click.command()
@click.argument("code")
def explain(code: str) -> None:
    """Say what a problem's CODE means, why it matters, and how to mend it.

    \b
    Example:
      databook explain value-missing
    """
    from difflib import get_close_matches

    from databook.pipeline.explaining import explained

    known = {check.code: check for check in explained()}
    if code not in known:
        near = get_close_matches(code, known, n=3)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise click.UsageError(f"There is no check {code!r}.{hint}")
    check = known[code]
    click.echo(f"{check.code} ({check.level.value})\n\n{check.why}")
    if (example := check.example) is not None:
        lines = "".join(f"    {line}\n" for line in example.wrong or example.right)
        what = "For example" if example.wrong else "For example, where these lines are missing"
        click.echo(f"\n{what}, in {example.file}:\n\n{lines}\n{example.said}\n{example.mend}")


@click.command(epilog=BOOK_HELP)
@a_book
@click.option("--dry-run", is_flag=True, help="Show what would be changed, and change nothing.")
@click.option("--quiet", "-q", is_flag=True, help="Do not show the changes.")
@jobs_option
def fix(book: Path, dry_run: bool, quiet: bool, jobs: int) -> None:
    """Mend what can be mended without knowing better than you.

    Invisible marks, semicolons between cells, spaces at the ends of cells, commas and percent
    signs in numbers, the letter O for a nought, tabs, misspelt keys and choices with one slip,
    rows that stand there twice. Everything changed is shown; everything else is left alone, and
    what is left for you is told by `databook check`.

    \b
    Examples:
      databook fix --dry-run
      databook fix my-book

    Exit codes: 0 no errors are left, 1 errors are left, 2 misuse.
    """
    with failing.told(book):
        from databook.pipeline import Order, has_errors
        from databook.pipeline.mending import fix as mend

        done = mend(Order(root=book, out=book, jobs=jobs), write=not dry_run)
        if not quiet:
            for line in done.diff.splitlines():
                click.echo(telling.clean(line))
        count = f"{len(done.files)} file{'' if len(done.files) == 1 else 's'}"
        verb = "would be changed" if dry_run else "changed"
        left = telling.tally(done.problems)
        click.echo(f"{count} {verb}. Left for you: {left}.")
        if has_errors(done.problems):
            raise SystemExit(failing.BOOK)
