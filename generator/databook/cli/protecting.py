"""The command that makes a safe table of raw counts, where the raw counts are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from databook.cli import failing, telling
from databook.cli.options import Book
from databook.model import Unit
from databook.periods import PeriodType

if TYPE_CHECKING:
    from databook.protect.raw import Rule, Safe

YEARS = ("calendar-year", "financial-year", "academic-year")
LISTED = 200  # withheld numbers named on the terminal
SIZE = 5_000_000  # bytes, as load reads of a data file


@click.command()
@click.argument("raw", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path),
              help="Write the safe table here [RAW with -safe in its name].")  # fmt: skip
@click.option("--book", type=Book(), help="Take the rule and the places from this book.")
@click.option("--indicator", default="", metavar="SLUG",
              help="And unit, periods and groups from this indicator of it.")  # fmt: skip
@click.option("--threshold", type=click.IntRange(1, 100), help="Withhold counts up to this [5].")
@click.option(
    "--zeros", type=click.Choice(["show", "withhold"]), help="What becomes of a 0 [show]."
)
@click.option("--protection", type=click.IntRange(1, 1000), metavar="N",
              help="How many people a reader must be unsure about [the threshold].")  # fmt: skip
@click.option("--round", "base", type=click.IntRange(2, 1000), metavar="BASE",
              help="Round every count to this base instead of withholding any.")  # fmt: skip
@click.option("--controlled", is_flag=True, help="Round so that all totals still add up.")
@click.option("--unit", type=click.Choice(["count", "percent", "rate"]),
              help="What the value is; count unless there are denominators.")  # fmt: skip
@click.option("--per", type=click.IntRange(min=1), help="How many people a rate is per.")
@click.option("--decimals", type=click.IntRange(0, 6), help="Decimals of a share [1].")
@click.option("--periods", type=click.Choice([each.value for each in PeriodType]),
              help="What the periods are, where some are made of others.")  # fmt: skip
@click.option(
    "--running", type=click.Choice(YEARS), help="Figures count from the start of that year."
)
@click.option("--areas", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="areas.csv, where places lie in places.")  # fmt: skip
@click.option("--apart", multiple=True, metavar="NAME",
              help="Column or place whose parts are not the whole.")  # fmt: skip
@click.option("--column", "names", multiple=True, metavar="USUAL=HEADING",
              help="The file's own name of a usual column, such as value.")  # fmt: skip
@click.option("--total", "totals", multiple=True, metavar="COLUMN=WORD",
              help="The word in a column of groups that stands for everybody.")  # fmt: skip
@click.option("--total-row", default="", metavar="LABEL",
              help="RAW is a table with margins; this row holds the totals.")  # fmt: skip
@click.option("--total-column", default="", metavar="HEADING",
              help="RAW is a table with margins; this column holds the totals.")  # fmt: skip
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for programs.")
def protect(raw: Path, out: Path | None, book: Path | None, force: bool, as_json: bool,
            **said: Any) -> None:  # fmt: skip
    """Make a table that may be published of RAW, a CSV file of raw counts.

    Small counts are withheld, and shares that leave a few; then the fewest others without which
    those would follow by subtraction from totals, groups, places, periods and denominators. The
    audit that proves it is the one of `databook check`. Or every count is rounded.

    RAW has one row for each figure, as data.csv has: period, area, any columns of groups, value
    (or numerator and denominator). Or it is a table with margins: say which they are. It must lie
    outside any book and any git repository, because what is once in there is hard to get out.

    You are told what was withheld and why. Numbers are only in the safe table.

    \b
    Examples:
      databook protect ~/raw/counts.csv --book my-book --indicator neet --out neet.csv
      databook protect ~/raw/counts.csv --threshold 7 --total sex=Persons
      databook protect ~/raw/table.csv --total-row Total --total-column All
      databook protect ~/raw/counts.csv --round 5 --controlled

    Exit codes: 0 done, 1 the table is faulty or cannot be made safe, 2 misuse, 3 the machine
    failed.
    """
    to = out or raw.with_name(f"{raw.stem}-safe{raw.suffix}")
    _outside(raw)
    if to.resolve() == raw.resolve():
        raise click.UsageError("--out is RAW itself. Keep the raw counts, and write elsewhere.")
    if to.exists() and not force:
        raise click.UsageError(f"{to} is there already. Give another --out, or --force.")
    with failing.told(raw.parent):
        from databook.protect.margins import safe_table
        from databook.protect.raw import safe

        rule = _rule(book, said)
        text = _text(raw)
        table = said["total_row"] or said["total_column"]
        found = safe_table(text, raw.name, rule) if table else safe(text, raw.name, rule)
        if found.value is None:
            shown = telling.problems(found.problems, "json" if as_json else "text")
            click.echo(shown, nl=False, err=not as_json)
            click.echo("Nothing was written.", err=True)
            raise SystemExit(failing.BOOK)
        to.write_text(found.value.text, encoding="utf-8", newline="\n")
        click.echo(_json(found.value, to) if as_json else _told(found.value, to), nl=False)


def _outside(raw: Path) -> None:
    """Refuse a file that Git, or a book, could carry into the open."""
    for folder in raw.resolve().parents:
        if (folder / ".git").exists() or (folder / "scorecards").is_dir():
            what = "git repository" if (folder / ".git").exists() else "book"
            raise click.UsageError(
                f"{raw} lies in the {what} {folder}. Raw counts must not: what is once committed "
                "can be read for ever. Move the file out of it (docs/"
                "small-number-in-the-repository.md says what to do if it was committed)."
            )


def _text(raw: Path) -> str:
    if raw.stat().st_size > SIZE:
        raise click.UsageError(f"{raw} is larger than {SIZE:,} bytes.")
    try:
        return raw.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise click.UsageError(f"{raw} is not UTF-8 text. Save it as “CSV UTF-8”.") from wrong


def _rule(book: Path | None, said: dict[str, Any]) -> Rule:
    """The rule of the book, or the usual one, with what the command line says otherwise."""
    from dataclasses import replace

    from databook.protect.raw import Rule

    rule = _of_book(book, said["indicator"]) if book else Rule()
    if said["indicator"] and not book:
        raise click.UsageError("--indicator needs --book.")
    changes = {
        "threshold": said["threshold"],
        "zero_ok": said["zeros"] and said["zeros"] == "show",
        "protection": said["protection"],
        "round_to": said["base"],
        "running": said["running"],
        "apart": (*rule.policy.apart, *said["apart"]) or None,
    }
    policy = replace(rule.policy, **{k: v for k, v in changes.items() if v is not None})
    totals = _pairs("--total", said["totals"])
    totals |= {key: said[f"total_{key}"] for key in ("row", "column") if said[f"total_{key}"]}
    names = _pairs("--column", said["names"])
    unit = said["unit"] or rule.unit
    if unit == "rate" and not (said["per"] or rule.per):
        raise click.UsageError("--unit rate needs --per, such as --per 10000.")
    if said["controlled"] and not policy.round_to:
        raise click.UsageError("--controlled goes with --round.")
    given = {
        "per": said["per"],
        "decimals": said["decimals"],
        "periods": said["periods"] and PeriodType(said["periods"]),
        "areas": _areas(said["areas"]) if said["areas"] else None,
    }
    return replace(
        rule, policy=policy, unit=unit and Unit(unit), totals={**rule.totals, **totals},
        names=names, controlled=said["controlled"],
        **{k: v for k, v in given.items() if v is not None},
    )  # fmt: skip


def _of_book(book: Path, slug: str) -> Rule:
    """What a book says of the protection of its figures, and of one indicator."""
    from databook import load, validate
    from databook.protect.raw import Rule

    shared = load.common(book)
    checked = validate.context(shared.value) if shared.value is not None else None
    if checked is None or checked.value is None:
        raise click.UsageError("The book has errors in its settings or places: databook check.")
    context = checked.value
    rule = Rule(policy=context.settings.disclosure, areas=context.areas)
    if not slug:
        return rule
    known = load.slugs(book)
    if slug not in known:
        raise click.UsageError(telling.no_such(slug, known))
    folder = load.indicator(book, slug).value
    card = validate.card(folder, context).value if folder is not None else None
    if card is None:
        raise click.UsageError(f"The indicator {slug} has errors: databook check.")
    one = card.indicator
    return Rule(
        policy=one.disclosure or rule.policy, areas=context.areas, unit=one.unit, per=one.per,
        decimals=one.decimals, periods=one.periods,
        totals={b.column: b.total for b in one.breakdowns},
    )  # fmt: skip


def _areas(path: Path) -> tuple[Any, ...]:
    import csv

    from databook.model import Area

    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if rows and not {"code", "parent"} <= set(rows[0]):
        raise click.UsageError(f"{path} has no columns code and parent.")
    return tuple(
        Area(code=r["code"], name=r.get("name", ""), level=r.get("level", ""), parent=r["parent"])
        for r in rows
    )


def _pairs(flag: str, given: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for each in given:
        name, equals, word = each.partition("=")
        if not equals or not name or not word:
            raise click.UsageError(f"{flag} {each!r}: write it as NAME=WORD.")
        pairs[name] = word
    return pairs


def _told(made: Safe, to: Path) -> str:
    """What was done, in words and without a number that was withheld."""
    if made.rounded:
        return f"{made.rounded:,} counts were rounded; none was withheld.\nWritten to {to}\n"
    if not made.hidden:
        return f"None of {made.numbers:,} numbers need be withheld.\nWritten to {to}\n"
    lines = [f"line {h.line}: {telling.clean(h.name)}: {h.why}\n" for h in made.hidden[:LISTED]]
    if len(made.hidden) > LISTED:
        lines.append(f"and {len(made.hidden) - LISTED:,} more, marked c in the file\n")
    second = sum(h.why.startswith("or ") for h in made.hidden)
    how = "proven to be the fewest" if made.fewest else "not proven to be the fewest"
    return (
        "".join(lines) + f"{len(made.hidden):,} of {made.numbers:,} numbers are withheld: "
        f"{len(made.hidden) - second:,} that had to be, and {second:,} more so that none of those "
        f"follows by subtraction ({how}).\nWritten to {to}\n"
    )


def _json(made: Safe, to: Path) -> str:
    return (
        json.dumps(
            {
                "ok": True,
                "out": str(to),
                "numbers": made.numbers,
                "rounded": made.rounded,
                "fewest": made.fewest,
                "withheld": [{"line": h.line, "what": h.name, "why": h.why} for h in made.hidden],
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )
