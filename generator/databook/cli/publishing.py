"""The commands that put editions where readers are, and check what stands there."""

from __future__ import annotations

import datetime
import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from databook.cli import failing, telling
from databook.cli.options import Book
from databook.cli.options import jobs as jobs_option

if TYPE_CHECKING:
    from databook.pipeline.publishing import Publication
    from databook.publish import Verified

WHOLE = "What was published before is still there, whole."
TARGET_HELP = (
    "TARGET is a folder, a bare git repository (branch gh-pages), or git:ADDRESS#BRANCH, where "
    "ADDRESS is that of a repository or the name of one of this book's remotes."
)
TOO_BIG = "a file may not grow that large here (a limit of this account)"


@click.command(epilog=TARGET_HELP)
@click.argument("target")
@click.option("--book", type=Book(), default=".", help="Folder of the book [this one].")
@click.option("--edition", default="", metavar="ID",
              help="Publish this edition; refused if the book says it is another.")  # fmt: skip
@click.option("--correct", default="", metavar="ID",
              help="Publish a correction of this edition. Needs --reason.")  # fmt: skip
@click.option("--withdraw", is_flag=True,
              help="With --correct: leave nothing of what was there within reach.")  # fmt: skip
@click.option("--reason", default="", help="Why; readers see it.")
@click.option("--force", is_flag=True,
              help="Before its announced day, or without one. Needs --reason.")  # fmt: skip
@click.option("--if-due", is_flag=True,
              help="End well where nothing is due yet, and say why (for CI).")  # fmt: skip
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD",
              help="Publish as of this day [today].")  # fmt: skip
@jobs_option
def publish(
    target: str, book: Path, edition: str, correct: str, withdraw: bool, reason: str, force: bool,
    if_due: bool, today: datetime.datetime | None, jobs: int,
) -> None:  # fmt: skip
    """Publish an edition of the book at TARGET, for good.

    The edition is built from the commit that the book's folder is at. It then stands at
    editions/ID/ for ever and, as the newest, at the root too. What is published is never changed
    in silence: to publish other contents under the same name takes --correct and a reason, and
    the former contents stay at editions/ID-r1/, unless --withdraw takes them away because they
    show what must be withheld. Whatever happens meanwhile, what was published
    before stays whole until the new takes its place in one step.

    \b
    Examples:
      databook publish /var/www/book --edition 2026-q4
      databook publish git:origin#gh-pages --if-due
      databook publish /var/www/book --correct 2026-q4 --reason "A school was counted twice."

    Exit codes: 0 published, or it stood there already; 1 refused, or the book has errors;
    2 misuse; 3 the machine, the network or another publisher stood in the way.
    """
    _sensible(edition, correct, reason, force, withdraw=withdraw)
    with failing.told(book), words(if_due=if_due):
        from databook.pipeline.publishing import PublishOrder, publish_edition

        with telling.progress(quiet=False) as tell:
            order = PublishOrder(
                root=book,
                target=target,
                today=today.date() if today else datetime.date.today(),  # noqa: DTZ011 - their day
                edition=edition,
                correct=correct,
                reason=" ".join(reason.split()),
                withdraw=withdraw,
                force=force,
                jobs=jobs,
                tell=tell,
            )
            done = publish_edition(order)
        click.echo(telling.problems(done.problems, "text"), nl=False, err=True)
        if done.failed:
            click.echo(f"{telling.tally(done.problems).capitalize()}. Nothing was published. "
                       f"{WHOLE}", err=True)  # fmt: skip
            raise SystemExit(failing.BOOK)
        click.echo(_said(done))


@click.command(epilog=TARGET_HELP)
@click.argument("target")
@click.option("--book", type=click.Path(path_type=Path), default=".",
              help="Folder of the book, whose remotes TARGET may name [this one].")  # fmt: skip
@click.option("--register", "expected", default="", metavar="SHA256",
              help="What `publish` said is the register's SHA-256.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for programs.")
def verify(target: str, book: Path, expected: str, as_json: bool) -> None:
    """Check that every file of every edition at TARGET is what was published.

    Reads everything, and compares it with the editions' manifests and those with the register.
    Whoever can change all of these at once can only be found out by --register, or by the
    history of the git branch.

    \b
    Examples:
      databook verify /var/www/book
      databook verify git:origin#gh-pages --json | jq .faults

    Exit codes: 0 all is as published, 1 it is not, 2 misuse, 3 the machine failed.
    """
    with failing.told(book), words():
        from databook import publish as publishing

        with publishing.open_target(target, book, reading=True) as place:
            found = publishing.verify(place, expected)
        click.echo(_as_json(found) if as_json else _as_text(found), nl=False)
        if found.faults:
            raise SystemExit(failing.BOOK)


def _sensible(edition: str, correct: str, reason: str, force: bool, *, withdraw: bool) -> None:
    if withdraw and not correct:
        raise click.UsageError("--withdraw goes with --correct.")
    if edition and correct:
        raise click.UsageError("Give --edition or --correct, not both.")
    if (correct or force) and not reason.strip():
        raise click.UsageError(f"{'--correct' if correct else '--force'} needs --reason: readers "
                               "are told why.")  # fmt: skip
    if reason and not (correct or force):
        raise click.UsageError("--reason goes with --correct or --force.")
    if not reason.isprintable():
        raise click.UsageError("--reason must be one line of text.")


@contextmanager
def words(*, if_due: bool = False) -> Iterator[None]:
    """Turn what stands in the way of publishing into what to do about it."""
    from databook.pipeline.remembering import Damaged, Unreadable
    from databook.pipeline.revisions import NoRevision
    from databook.publish import NotDue, Refused, Taken, Unreachable

    try:
        yield
    except NotDue as waits:
        if not if_due:
            _end(f"{waits}", failing.BOOK)
        click.echo(f"Nothing to publish. {waits}")
    except (Refused, NoRevision) as refused:
        _end(f"{refused}", failing.BOOK)
    except (Damaged, Unreadable) as wrong:
        _end(f"What an earlier edition said cannot be read. {wrong}", failing.BOOK)
    except Taken as taken:
        _end(f"{taken} {WHOLE}", failing.MACHINE)
    except Unreachable as failed:
        _end(f"{failed} {WHOLE} When git works again, run this again.", failing.MACHINE)
    except OSError as failed:
        if failed.filename == "git":
            _end("git is not installed here, and publishing needs it.", failing.MACHINE)
        why = failing.OUT_OF.get(failed.errno or 0, (failed.strerror or str(failed)).lower())
        why = TOO_BIG if failed.errno == errno.EFBIG else why
        where = f" ({failed.filename})" if failed.filename else ""
        _end(
            f"The machine would not: {why}{where}. {WHOLE} Mend that and run this again; what "
            "was left lying about is then cleared up.",
            failing.MACHINE,
        )


def _end(message: str, code: int) -> None:
    click.echo(f"databook: {message}", err=True)
    raise SystemExit(code)


def _said(done: Publication) -> str:
    name = f"Edition {done.edition}"
    if done.same:
        return f"{name} stands in {done.place} already, byte for byte. Nothing was done."
    revised = f", revision {done.revision}," if done.revision > 1 else ""
    return (
        f"{name}{revised} is published in {done.place}.\n"
        f"SHA-256 of the register, for `databook verify --register`: {done.register}"
    )


def _as_text(found: Verified) -> str:
    lines = [f"{fault.kind}: {fault.path}: {fault.what}\n" for fault in found.faults]
    number = len(found.faults)
    looked = (f"{found.editions} edition{'' if found.editions == 1 else 's'} in "
              f"{found.revisions} revision{'' if found.revisions == 1 else 's'}, "
              f"{found.files:,} files")  # fmt: skip
    end = f"{number} fault{'' if number == 1 else 's'}" if number else "all as published"
    return "".join(lines) + f"{looked}: {end}.\nSHA-256 of the register: {found.register}\n"


def _as_json(found: Verified) -> str:
    import json
    from dataclasses import asdict

    return (
        json.dumps({"ok": not found.faults, **asdict(found)}, ensure_ascii=False, indent=1) + "\n"
    )
