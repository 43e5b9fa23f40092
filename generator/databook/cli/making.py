"""The commands that write into a book: a new one, a frozen forecast, the schemas."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click
from click.core import ParameterSource

from databook import slips
from databook.cli import failing, telling
from databook.cli.options import Book
from databook.model import Better, Unit
from databook.periods import PeriodType

# Per how many people official rates are usually given.
PERS = ("100", "1000", "10000", "100000")


@click.command()
@click.argument("what", metavar="[KIND]")
@click.argument("name", default="", metavar="NAME")
@click.option("--book", type=Book(), default=None, help="Folder of the book [this one].")
@click.option("--title", default="", help="Its name in plain English [made from NAME].")
@click.option("--outcome", default="", metavar="FRAMEWORK/OUTCOME",
              help="The outcome that an indicator or programme is about.")  # fmt: skip
@click.option("--better", type=click.Choice([each.value for each in Better]), default=None,
              help="Which way is good, of an indicator.")  # fmt: skip
@click.option("--better-reason", default="", help="Why neither way is good, where it is neutral.")
@click.option("--unit", type=click.Choice([each.value for each in Unit]),
              default="percent", show_default=True, help="What an indicator counts.")  # fmt: skip
@click.option("--per", type=click.IntRange(min=1), default=None,
              help="Per how many, where it is a rate: 10000.")  # fmt: skip
@click.option("--periods", type=click.Choice([each.value for each in PeriodType]),
              default="financial-year", show_default=True,
              help="What kind of period figures are counted in.")  # fmt: skip
def new(what: str, name: str, book: Path | None, per: int | None, **said: str) -> None:
    """Begin a new book, or something new in a book that is there.

    KIND is book, indicator, programme, plan, agreement, audit or board. Of a book, NAME is a new
    folder; of the others it is their name in addresses: small letters, digits and hyphens. What is
    written passes the check, and says in its own lines what to put in their place.

    \b
    Examples:
      databook new my-book
      databook new indicator swimming --outcome good-lives/curious --better higher
      databook new programme swimming-lessons --title "Swimming lessons for all"
      databook new board partnership --book my-book
    """
    from databook.cli import kinds

    if what in kinds.FILES:
        _new_in_book(what, name, book or Book().convert(".", None, None), said, per)
        return
    if name and what != "book":
        near = telling.nearest(what, ("book", *kinds.FILES))
        offered = f" What can be begun: book, {', '.join(kinds.FILES)}."
        raise click.UsageError(f"Nothing new is called {what!r}.{near or offered}")
    _new_book(Path(name or what))


def _new_book(directory: Path) -> None:
    from databook.cli import starting

    if directory.is_file() or (directory.exists() and any(directory.iterdir())):
        raise click.UsageError(f"{directory} is not empty, and a new book wants a new folder.")
    with failing.told(directory):
        count = starting.write(directory)
        click.echo(f"{count} files in {directory}. Look at it with: databook serve {directory}")


def _new_in_book(kind: str, slug: str, book: Path, said: dict[str, str], per: int | None) -> None:
    from databook.cli import kinds

    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or len(slug) > 60:
        near = slips.slug(slug).replace("/", "-")[:60].strip("-")
        hint = f", such as {near}" if near else ""
        raise click.UsageError(f"databook new {kind} NAME: {slug!r} is no name. Use small letters, "
                               f"digits and single hyphens{hint}.")  # fmt: skip
    file = kinds.file_of(book, kind, slug)
    if (file.parent if file.stem == kind else file).exists():
        article = "an" if kind[0] in "aeiou" else "a"
        raise click.UsageError(f"There is {article} {kind} {slug} in this book already.")
    if said["title"] and (len(said["title"]) > 120 or not said["title"].isprintable()):
        raise click.UsageError("--title must be one line of at most 120 characters.")
    for flag, asked in kinds.ASKED.items():
        if kind not in asked and _given(flag):
            raise click.UsageError(
                f"--{flag.replace('_', '-')} belongs to a new {' or '.join(asked)}."
            )
    with failing.told(book):
        beside = kinds.around(book)
        better, reason = said["better"] or "", said["better_reason"]
        if kind == "indicator":
            better = better or _answer("--better", "Which way is good?", tuple(Better))
            if better == Better.NEUTRAL:
                reason = reason or _words("--better-reason", "Why is neither way good?")
            if said["unit"] == Unit.RATE and per is None:
                per = int(_answer("--per", "Per how many is the rate?", PERS))
            if said["unit"] != Unit.RATE and per is not None:
                raise click.UsageError("--per belongs to --unit rate.")
        wanted = kinds.Wanted(
            kind=kind, slug=slug, title=said["title"], unit=said["unit"], better=better,
            outcome=_outcome(kind, said["outcome"], beside.outcomes), periods=said["periods"],
            per=per, better_reason=reason if better == Better.NEUTRAL else "",
        )  # fmt: skip
        written = kinds.write(book, wanted, beside)
        first = written[0].relative_to(book)
        also = f", and beside it {', '.join(each.name for each in written[1:])}"
        click.echo(f"Written: {first}{also if written[1:] else ''}. `databook check` names the "
                   "lines that wait for your words, and finds mistakes.")  # fmt: skip


def _given(flag: str) -> bool:
    """Whether a flag was written, and does not only stand at what it is without."""
    source = click.get_current_context().get_parameter_source(flag)
    return source is ParameterSource.COMMANDLINE


def _outcome(kind: str, said: str, known: tuple[str, ...]) -> str:
    from databook.cli import kinds

    if kind not in kinds.WITH_OUTCOME:
        return ""
    if said and said not in known:
        there = f" The book has {', '.join(known)}." if known else " The book has none yet."
        raise click.UsageError(
            f"No outcome is called {said!r}.{telling.nearest(said, known) or there}"
        )
    return said or _answer("--outcome", "Which outcome is it about?", known)


def _words(flag: str, question: str) -> str:
    """Ask for a few words at a terminal; elsewhere name the flag that gives them."""
    if not sys.stdin.isatty():
        raise click.UsageError(f"{question} Give {flag}.")
    return str(click.prompt(question)).strip()


def _answer(flag: str, question: str, choices: tuple[str, ...]) -> str:
    """Ask at a terminal; elsewhere say which flag answers. One choice is no question."""
    if len(choices) == 1:
        return choices[0]
    if not sys.stdin.isatty():
        raise click.UsageError(f"{question} Give {flag}: {', '.join(choices) or 'none there yet'}.")
    return str(click.prompt(question, type=click.Choice([str(each) for each in choices])))


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
    prints what it added. Rows that are there already are never changed. A measure of a programme
    is named with it, as programme/measure.

    \b
    Examples:
      databook forecast persistent-absence --author "Data team"
      databook forecast neet --as-known 2022/23
      databook forecast mentoring/attending-more
    """
    for name, text in (("--author", author), ("--assumptions", assumptions)):
        if text[:1] in tuple("=+-@") or not text.isprintable():
            raise click.UsageError(f"{name} must be one line, and not begin with = + - or @.")
    with failing.told(book):
        from databook import load
        from databook.pipeline.freeze import Wanted, freeze

        programme, inside, _ = indicator.partition("/")
        if inside and programme not in (there := load.names(book, "programmes")):
            raise click.UsageError(telling.no_such(programme, there, "programme"))
        if not inside and indicator not in (known := load.slugs(book)):
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
