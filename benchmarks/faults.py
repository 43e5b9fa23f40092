"""Does what is published survive? Publishes again and again, and breaks it each time on the way.

    python benchmarks/faults.py [--runs 240] [--seed 1]

Each injection starts from a place with one edition, lets another process publish a second, and
breaks that at a chosen moment. Survived means: what stands afterwards is, byte for byte, either the
whole old state or the whole new one; the publisher ended with words and not with a traceback; the
next publication succeeds and leaves nothing lying about.
"""

from __future__ import annotations

import argparse
import errno
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY / "tests"))

import editions  # noqa: E402 - the tests' own way of making editions
from databook.publish import Refused, Taken, Unreachable, Wanted  # noqa: E402
from editions import Press  # noqa: E402

NOBODY = 65534
# Events of Python at which a publisher touches the disk or starts git.
TOUCHING = ("open", "os.mkdir", "os.link", "os.rename", "os.remove", "os.rmdir", "os.scandir",
            "os.truncate", "os.chmod", "ctypes.dlsym", "subprocess.Popen", "shutil.rmtree",
            "tempfile.mkdtemp")  # fmt: skip
WRITING = ("os.mkdir", "os.link", "open", "tempfile.mkdtemp")
WORDS, SILENT, BUG = 3, 0, 9  # how a publisher may end: with words, well, or with a fault of ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """One place with the first edition in it, and the second waiting."""

    press: Press
    place: Path
    first: Wanted
    second: Wanted
    old: str  # SHA-256 of the register before
    new: str  # and after


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A way to break things. `breaks(bench, random)` publishes and breaks it."""

    name: str
    breaks: Callable[[Bench, random.Random], bool]  # whether all who took part ended with words
    git: bool = False


def child(work: Callable[[], object]) -> int:
    """Do something in a process of its own that ends as the command line would."""
    pid = os.fork()
    if pid:
        return pid
    code = BUG
    try:
        os.setsid()
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123
            os.dup2(nowhere.fileno(), 2)
        work()
        code = SILENT
    except (OSError, Refused, Taken, Unreachable):
        code = WORDS
    except BaseException:
        import traceback

        sys.stdout.write(traceback.format_exc())
        sys.stdout.flush()
    finally:
        os._exit(code)


def ended(pid: int) -> bool:
    """Wait; whether it ended with words, well, or by our own hand."""
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status) or os.WEXITSTATUS(status) in (WORDS, SILENT)


def second(bench: Bench) -> None:
    bench.press.publish(named(bench.place), bench.second)


def named(place: Path) -> str:
    """A place as the command line takes it; one that is away would else become a new folder."""
    return f"git:{place}" if place.suffix == ".git" else str(place)


# --- the ways ----------------------------------------------------------------------------------


def at_step(act: Callable[[], None], names: tuple[str, ...], most: int):  # type: ignore[no-untyped-def]
    """Act at a step drawn by lot: the n-th time that the publisher touches the disk."""

    def breaks(bench: Bench, lot: random.Random) -> bool:
        step, seen = lot.randrange(1, most), 0

        def hook(event: str, args: tuple[object, ...]) -> None:
            nonlocal seen
            if event not in names or (
                event == "open" and names is WRITING and "w" not in str(args[1])
            ):
                return
            seen += 1
            if seen == step:
                act()

        def work() -> None:
            sys.addaudithook(hook)
            second(bench)

        return ended(child(work))

    return breaks


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def refuse(number: int) -> Callable[[], None]:
    def act() -> None:
        raise OSError(number, os.strerror(number))

    return act


def killed_in_time(bench: Bench, lot: random.Random) -> bool:
    """Kill the publisher and every git it started, at a moment drawn by lot."""
    pid = child(lambda: second(bench))
    time.sleep(lot.uniform(0, 1.5))
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    return ended(pid)


def full_disk(bench: Bench, lot: random.Random) -> bool:
    """A real limit of the system: no file may grow beyond a size drawn by lot."""
    size = lot.choice((0, 1, 500, 4_000, 9_000, 30_000, 60_000))

    def work() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        second(bench)

    return ended(child(work))


def no_right_to_write(bench: Bench, lot: random.Random) -> bool:
    """The place belongs to somebody else, or the folder around it does."""
    locked = bench.place.parent if lot.random() < 0.5 else bench.place
    folders = [p for p in (locked, *locked.rglob("*")) if p.is_dir()]
    for folder in folders:
        folder.chmod(0o555)

    def work() -> None:
        if os.geteuid() == 0:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        second(bench)

    try:
        return ended(child(work))
    finally:
        for folder in folders:
            folder.chmod(0o755)


def two_at_once(bench: Bench, lot: random.Random) -> bool:
    """Two publishers of the same edition, a moment apart; one of them may be killed."""
    one = child(lambda: second(bench))
    time.sleep(lot.uniform(0, 0.2))
    other = child(lambda: second(bench))
    if lot.random() < 0.3:
        time.sleep(lot.uniform(0, 0.2))
        with suppress(ProcessLookupError):
            os.killpg(one, signal.SIGKILL)
    return all([ended(one), ended(other)])


def unreachable(bench: Bench, lot: random.Random) -> bool:
    """The remote repository is not there when it is first asked for, or when it is pushed to."""
    del lot
    away = bench.place.with_name("away.git")
    bench.place.rename(away)
    try:
        return ended(child(lambda: second(bench)))
    finally:
        away.rename(bench.place)


def line_cut(bench: Bench, lot: random.Random) -> bool:
    """The other side ends in the middle of a push, before or after it has moved the branch."""
    hook = bench.place / "hooks" / lot.choice(("pre-receive", "update", "post-receive"))
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nkill -9 $PPID\n")
    hook.chmod(0o755)
    try:
        return ended(child(lambda: second(bench)))
    finally:
        hook.unlink()


def not_allowed(bench: Bench, lot: random.Random) -> bool:
    """The other side takes the objects, and refuses to move the branch."""
    del lot
    hook = bench.place / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho protected branch >&2\nexit 1\n")
    hook.chmod(0o755)
    try:
        return ended(child(lambda: second(bench)))
    finally:
        hook.unlink()


# About as many steps as a publication of the tiny book has.
STEPS, WRITES, CALLS = 1_500, 450, 40
STARTING = ("subprocess.Popen", "tempfile.mkdtemp")
KINDS = (
    Kind(name="folder: killed at a step", breaks=at_step(die, TOUCHING, STEPS)),
    Kind(name="folder: killed at a moment", breaks=killed_in_time),
    Kind(name="folder: disk full at a step", breaks=at_step(refuse(errno.ENOSPC), WRITING, WRITES)),
    Kind(name="folder: disk ill at a step", breaks=at_step(refuse(errno.EIO), TOUCHING, STEPS)),
    Kind(
        name="folder: disk read-only at a step",
        breaks=at_step(refuse(errno.EROFS), WRITING, WRITES),
    ),
    Kind(name="folder: files may not grow", breaks=full_disk),
    Kind(name="folder: no right to write", breaks=no_right_to_write),
    Kind(name="folder: two publishers", breaks=two_at_once),
    Kind(name="git: killed at a step", breaks=at_step(die, STARTING, CALLS), git=True),
    Kind(name="git: killed at a moment, git too", breaks=killed_in_time, git=True),
    Kind(
        name="git: disk full at a step",
        breaks=at_step(refuse(errno.ENOSPC), STARTING, CALLS),
        git=True,
    ),
    Kind(name="git: files may not grow", breaks=full_disk, git=True),
    Kind(name="git: two publishers", breaks=two_at_once, git=True),
    Kind(name="git: remote out of reach", breaks=unreachable, git=True),
    Kind(name="git: line cut in a push", breaks=line_cut, git=True),
    Kind(name="git: push not allowed", breaks=not_allowed, git=True),
)


# --- the bench ---------------------------------------------------------------------------------


def register(place: Path) -> tuple[str, int]:
    """Digest of what stands, and how many faults are in it."""
    found = editions.verified(place)
    return found.register, len(found.faults)


def prepared(press: Press, folder: Path, *, git: bool) -> Path:
    """A place with the first edition, to be copied for each injection."""
    place = editions.bare(folder / "pages.git") if git else folder / "site"
    press.publish(place, press.edition(1))
    return place


def survives(
    kind: Kind, press: Press, template: Path, lot: random.Random, new: str
) -> tuple[str, bool]:
    """Break one publication: an empty text, or what went wrong; and whether the old one stands."""
    old, _ = register(template)
    with tempfile.TemporaryDirectory(prefix="faults-") as home:
        Path(home).chmod(0o755)
        place = Path(home) / "in" / template.name
        shutil.copytree(template, place, symlinks=True)
        bench = Bench(
            press=press, place=place, first=press.edition(1), second=press.edition(2),
            old=old, new=new,
        )  # fmt: skip
        worded = kind.breaks(bench, lot)
        try:
            stands, faults = register(place)
        except Exception as broken:
            return f"cannot be read: {broken}", False
        if faults or stands not in (old, new):
            return f"{faults} faults in what stands", False
        kept = stands == old
        if not worded:
            return "ended with a traceback", kept
        again = bench.press.publish(named(place), bench.second)
        stands, faults = register(place)
        if faults or stands != new:
            return f"the next publication did not mend it ({again})", kept
        left = [
            p.name
            for p in place.parent.iterdir()
            if p.name not in (place.name, f".{place.name}.lock")
        ]
        return (f"left behind: {left}" if left else ""), kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What came of one kind."""

    runs: int
    kept: int  # the publication was stopped and the old whole stands; in the others, the new
    wrong: tuple[str, ...]  # one line for each that did not survive

    @property
    def survived(self) -> int:
        return self.runs - len(self.wrong)


def harness(runs: int, seed: int, home: Path) -> dict[str, Row]:
    """Break as many publications, each kind as often as the others."""
    press = editions.pressed(home / "press")
    templates, news = {}, {}
    for git in (False, True):
        folder = home / ("git" if git else "folder")
        folder.mkdir()
        templates[git] = prepared(press, folder, git=git)
        (folder / "whole").mkdir()
        whole = folder / "whole" / templates[git].name
        shutil.copytree(templates[git], whole)
        news[git] = press.publish(named(whole), press.edition(2)).register
    table = {}
    for number, kind in enumerate(KINDS):
        share = runs // len(KINDS) + (number < runs % len(KINDS))
        lot = random.Random(f"{seed} {kind.name}")
        place, new = templates[kind.git], news[kind.git]
        found = [survives(kind, press, place, lot, new) for _ in range(share)]
        table[kind.name] = Row(
            runs=share,
            kept=sum(kept for _, kept in found),
            wrong=tuple(what for what, _ in found if what),
        )
    return table


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=240)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-home-") as home:
        Path(home).chmod(0o755)
        table = harness(options.runs, options.seed, Path(home))
    width = max(map(len, table))
    print(f"{'kind':{width}}  runs  survived  of these, the old stands")
    for name, row in table.items():
        print(f"{name:{width}}  {row.runs:4}  {row.survived:8}  {row.kept:8}")
        for what in row.wrong:
            print(f"    {what}")
    runs = sum(row.runs for row in table.values())
    well = sum(row.survived for row in table.values())
    print(f"{'all':{width}}  {runs:4}  {well:8}   in {time.monotonic() - began:.0f} s")
    return 0 if runs == well else 1


if __name__ == "__main__":
    sys.exit(main())
