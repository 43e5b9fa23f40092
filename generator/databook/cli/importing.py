"""The command that turns a sheet as people have it into an indicator's folder."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from databook.cli import failing, telling
from databook.cli.options import Book
from databook.periods import PeriodType

if TYPE_CHECKING:
    from databook.importing import Answers, Grid, Question, Understanding

LAYOUTS = (
    "auto", "wide", "long", "explore-education-statistics", "fingertips", "open-sdg", "lg-inform",
    "nomis", "ons-time-series",
)  # fmt: skip
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Answers of the form NAME=ANSWER, and where they are kept.
PAIRS = {"--symbol": "symbols", "--area": "areas", "--filter": "filters"}
TRIES = 60


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--slug", default="", help="Name of the indicator's folder [the file's name].")
@click.option("--book", type=Book(), default=".", help="Folder of the book [this one].")
@click.option("--layout", type=click.Choice(LAYOUTS), default="auto", show_default=True,
              help="How the sheet is laid out.")  # fmt: skip
@click.option("--sheet", default="", help="Which sheet of a workbook.")
@click.option("--header-row", type=click.IntRange(min=1), help="Row with the headings, from 1.")
@click.option("--period-type", type=click.Choice([each.value for each in PeriodType]),
              help="What kind of period the figures are about.")  # fmt: skip
@click.option("--period", default="", help="The period, where the sheet is about one only.")
@click.option("--place", default="", help="Code of the place, where it is about one only.")
@click.option("--area-column", default="", help="Heading of the column with the places.")
@click.option("--period-column", default="", help="Heading of the column with the periods.")
@click.option("--value-column", default="", help="Heading of the column with the figures.")
@click.option("--decimal", type=click.Choice(["point", "comma"]), help="What 1,234 means.")
@click.option("--scale", type=click.Choice(["as-is", "fraction"]),
              help="Whether 0.187 is 18.7 % (fraction).")  # fmt: skip
@click.option("--hidden", is_flag=True, help="Take hidden rows and columns of a workbook, too.")
@click.option("--symbol", "symbols", multiple=True, metavar="SIGN=MARKER",
              help='What a sign stands for: a marker, 0 or none, as in "-=c".')  # fmt: skip
@click.option("--area", "areas", multiple=True, metavar="NAME=CODE",
              help="Which place a name is; nothing after the = leaves it out.")  # fmt: skip
@click.option("--filter", "filters", multiple=True, metavar="COLUMN=VALUE",
              help="Take only the rows with that value.")  # fmt: skip
@click.option("--yes", "-y", is_flag=True, help="Do not ask whether it was understood rightly.")
@click.option("--dry-run", is_flag=True, help="Say what was understood, and write nothing.")
def import_(file: Path, slug: str, book: Path, sheet: str, yes: bool, dry_run: bool,
            **said: Any) -> None:  # fmt: skip
    """Make an indicator of FILE: CSV, an Excel workbook (.xlsx, .xls) or OpenDocument (.ods).

    Sheets are taken as people have them: years across or down, titles above, notes below, signs
    such as * and .. for missing figures, thousands commas, percent signs, merged cells. You are
    told what was understood and what was left out. What nobody can know is asked: on a terminal at
    once, elsewhere the command ends and names the flag that answers.

    Layouts that are known by name: explore-education-statistics, fingertips, open-sdg, lg-inform,
    nomis, ons-time-series.
    Places that are not in the book's areas.csv are left out, and counted.

    \b
    Examples:
      databook import absence.csv --dry-run
      databook import "Table 3.xlsx" --sheet "Table 3" --slug child-poverty
      databook import neet.csv --period-type financial-year --symbol "-=c"
      databook import big.csv --value-column sess_overall_percent --filter "phase=Total"

    Exit codes: 0 done, 1 the book cannot be read, 2 misuse or something is still to be answered.
    """
    slug = slug or re.sub(r"[^a-z0-9]+", "-", file.stem.casefold()).strip("-")[:60].strip("-")
    if not SLUG.fullmatch(slug) or len(slug) > 60:
        raise click.UsageError(f"--slug {slug!r}: use small letters, digits and single hyphens.")
    folder = book / "scorecards" / "indicators" / slug
    if folder.exists() and not dry_run:
        raise click.UsageError(f"There is an indicator {slug} already. Give another --slug.")
    with failing.told(book):
        from databook import importing

        grid = _grid(file, sheet, hidden=bool(said["hidden"]))
        answers = _answers(said)
        found = _asked(grid, answers, _areas(book), asking=sys.stdin.isatty())
        _tell(found)
        if dry_run:
            return
        if sys.stdin.isatty() and not yes:
            click.confirm("Is that right?", abort=True)
        folder.mkdir(parents=True)
        for name, text in importing.files(found, slug).items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"Written to {folder.relative_to(book)}. Now fill in indicator.yaml; "
                   "`databook check` names each line that is still empty.")  # fmt: skip


def _grid(file: Path, sheet: str, *, hidden: bool) -> Grid:
    from databook import importing
    from databook.importing.grid import CAP

    with file.open("rb") as opened:
        data = opened.read(CAP + 1)
    try:
        return importing.from_bytes(data, sheet, hidden=hidden)
    except importing.SheetWantedError as several:
        if not sys.stdin.isatty() or not several.names:
            raise click.UsageError(f"{several} Answer with --sheet NAME.") from several
        name = click.prompt(f"{several} Which", type=click.Choice(several.names))
        return importing.from_bytes(data, name, hidden=hidden)
    except importing.UnreadableError as refused:
        raise click.UsageError(f"{file.name}: {refused}") from refused


def _answers(said: dict[str, Any]) -> Answers:
    from databook.importing import Answers

    kind = said["period_type"]
    return Answers(
        layout=said["layout"],
        header_row=said["header_row"] or 0,
        period_type=PeriodType(kind) if kind else None,
        period=said["period"],
        place=said["place"],
        area_column=said["area_column"],
        period_column=said["period_column"],
        value_column=said["value_column"],
        decimal=said["decimal"] or "",
        scale=said["scale"] or "",
        symbols=_pairs("--symbol", said["symbols"]),
        areas=_pairs("--area", said["areas"]),
        filters=_pairs("--filter", said["filters"]),
    )


def _pairs(flag: str, given: tuple[str, ...]) -> dict[str, str]:
    from databook.observations import WITHOUT_VALUE

    pairs = {}
    for each in given:
        name, equals, value = each.rpartition("=")
        if not equals or not name:
            raise click.UsageError(f"{flag} {each!r}: write it as NAME=ANSWER.")
        if flag == "--symbol" and value not in (known := ("0", "none", *sorted(WITHOUT_VALUE))):
            raise click.UsageError(f"{flag} {each!r}: the answer is one of {', '.join(known)}.")
        pairs[name] = value
    return pairs


def _areas(book: Path) -> dict[str, str]:
    """The places of the book: code to name."""
    from databook import load

    found = load.common(book)
    package = found.value.areas if found.value else None
    table = package.tables.get("areas") if package else None
    if table is None or not {"code", "name"} <= set(table.frame.columns):
        errors = [each for each in found.problems if "/areas/" in each.place.path]
        click.echo(telling.problems(errors, "text"), nl=False, err=True)
        click.echo("The places of the book cannot be read, so no sheet can be matched.", err=True)
        raise SystemExit(failing.BOOK)
    return dict(zip(table.frame["code"].to_list(), table.frame["name"].to_list(), strict=True))


def _asked(
    grid: Grid, answers: Answers, areas: dict[str, str], *, asking: bool
) -> Understanding:  # fmt: skip
    """Ask until nothing is open; without a terminal, say which flags would answer, and end."""
    from databook.importing import understand

    found = understand(grid, answers, areas)
    for _ in range(TRIES):
        if not found.questions or not asking:
            break
        answers = _answered(answers, found.questions[0])
        found = understand(grid, answers, areas)
    if found.questions:
        _tell(found)
        click.echo("Still to be answered:", err=True)
        for question in found.questions:
            click.echo(f"  {telling.clean(question.what)}\n    {_flag(question)}", err=True)
        raise SystemExit(failing.MISUSE)
    return found


def _flag(question: Question) -> str:
    choices = [f'"{telling.clean(each)}"' if " " in each or not each else each
               for each in question.choices]  # fmt: skip
    if question.key:
        options = "|".join(question.choices) or "ANSWER"
        return f'{question.flag} "{telling.clean(question.key)}={telling.clean(options)}"'
    more = f"  (one of {', '.join(choices)})" if choices else ""
    return f"{question.flag} ANSWER{more}"


def _answered(answers: Answers, question: Question) -> Answers:
    click.echo(telling.clean(question.what))
    choices = [str(each) for each in question.choices]  # click would ask for an enum's names
    if choices:
        click.echo("  " + ", ".join(telling.clean(each) or "(empty)" for each in choices))
    empty = "" if "" in choices else None
    said = str(
        click.prompt(
            question.flag,
            type=click.Choice(choices, case_sensitive=False) if choices else str,
            default=empty,
            show_default=False,
            show_choices=False,
        )
    ).strip()
    if question.flag in PAIRS:
        name, value = (question.key, said) if question.key else said.rpartition("=")[::2]
        kept: Any = getattr(answers, field := PAIRS[question.flag])
        both: Any = {**kept, **_pairs(question.flag, (f"{name}={value}",))}
        return replace(answers, **{field: both})
    given: Any = said
    if question.flag == "--period-type":
        given = PeriodType(said)
    elif question.flag == "--header-row":
        given = int(said) if said.isdigit() else 0
    return replace(answers, **{question.flag[2:].replace("-", "_"): given})


def _tell(found: Understanding) -> None:
    for subject, finding in found.said:
        click.echo(f"{subject + ':':<12}{telling.clean(finding)}")
    for why, number in found.left_out:
        one = re.sub(r"\b(cell|figure|row|repeat)s\b", r"\1", why, count=1)
        click.echo(f"{'left out:':<12}{number:,} {telling.clean(one if number == 1 else why)}")
