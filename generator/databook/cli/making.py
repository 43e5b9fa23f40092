"""The commands that write into a book: a new one, a frozen forecast, the schemas."""

from __future__ import annotations

from pathlib import Path

import click

from databook.cli import failing, telling
from databook.cli.options import Book


@click.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
def new(directory: Path) -> None:
    """Write a small book into DIRECTORY, complete and ready to change.

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


@click.command()
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
    """Freeze a forecast for INDICATOR, to judge later figures against.

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
        from databook import load
        from databook.pipeline.freeze import Wanted, freeze

        if indicator not in (known := load.slugs(book)):
            raise click.UsageError(telling.no_such(indicator, known))
        wanted = Wanted(
            slug=indicator, method=method, author=author, assumptions=assumptions,
            as_known=as_known,
        )  # fmt: skip
        frozen = freeze(book, wanted)
        click.echo(telling.problems(frozen.problems, "text"), nl=False, err=True)
        if frozen.value is None:
            raise SystemExit(failing.BOOK)
        click.echo(f"Added to {frozen.value.path}:\n{frozen.value.text}", nl=False)


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False),
              default=Path("scorecards/schemas"), show_default=True,
              help="Put the schemas here.")  # fmt: skip
@click.option("--check", is_flag=True, help="Write nothing; fail if the files there are not these.")
def schema(out: Path, check: bool) -> None:
    """Write the JSON Schemas by which editors complete and check the YAML files.

    \b
    Examples:
      databook schema
      databook schema --check
    """
    with failing.told(Path()):
        from databook import schema as schemas

        files = schemas.files()
        stale = [
            name
            for name, text in files.items()
            if not (out / name).is_file() or (out / name).read_text(encoding="utf-8") != text
        ]
        if check and stale:
            click.echo(f"Out of date in {out}: {', '.join(stale)}. Run: databook schema", err=True)
            raise SystemExit(failing.BOOK)
        if not check:
            out.mkdir(parents=True, exist_ok=True)
            for name, text in files.items():
                (out / name).write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"{len(files)} schemas in {out}, {len(stale)} of them changed.")
