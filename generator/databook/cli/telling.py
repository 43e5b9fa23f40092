"""What commands print: problems in five formats, progress on a terminal, and how it went."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import category
from urllib.parse import quote

from databook.cli.junit import junit
from databook.problems import Level, Place, Problem, as_plain, as_text

if TYPE_CHECKING:
    from databook.pipeline import Built

FORMATS = ("text", "json", "github", "sarif", "junit")
WARNINGS_SHOWN = 30  # by a build; more would hide how it went
SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
Tell = Callable[[str, int, int], None]


def problems(
    found: Sequence[Problem],
    format: str,  # noqa: A002 - the option's own name
    *,
    everything: bool = False,
) -> str:
    """All problems as text in one of the formats; acknowledged ones only if `everything` is asked.

    Programs are always given all: JSON says the reason, and so does SARIF.
    """
    if format not in ("json", "sarif") and not everything:
        found = open_ones(found)
    match format:
        case "json":
            return _json({"problems": [as_plain(problem) for problem in found]})
        case "github":
            return "".join(_github(_tame(problem)) for problem in found)
        case "sarif":
            return _json(_sarif(found))
        case "junit":
            return junit([_tame(problem) for problem in found])
        case _:
            return "".join(as_text(_tame(problem)) for problem in found)


def glance(found: Sequence[Problem]) -> str:
    """What a build prints: every error, and warnings while there are few enough to be read."""
    unanswered = open_ones(found)
    doubts = [problem for problem in unanswered if problem.level is Level.WARNING]
    if len(doubts) <= WARNINGS_SHOWN:
        return problems(unanswered, "text")
    errors = [problem for problem in unanswered if problem.level is Level.ERROR]
    kinds = Counter(problem.code for problem in doubts)
    counted = "".join(f"  {number:>7,}  {code}\n" for code, number in kinds.most_common())
    return (
        problems(errors, "text")
        + f"{len(doubts):,} warnings, by kind (`databook check` says where, why and what mends "
        f"each; `databook explain CODE` what it means):\n{counted}"
    )


def tally(found: Sequence[Problem]) -> str:
    """How many there are: "2 errors and 1 warning"."""
    known = len(found) - len(found := open_ones(found))
    errors = sum(problem.level is Level.ERROR for problem in found)
    parts = [
        f"{number} {word}{'' if number == 1 else 's'}"
        for number, word in ((errors, "error"), (len(found) - errors, "warning"))
        if number
    ]
    more = f" ({known} acknowledged)" if known else ""
    return (" and ".join(parts) or "no problems") + more


def open_ones(found: Sequence[Problem]) -> list[Problem]:
    """Problems that nobody has acknowledged."""
    return [problem for problem in found if not problem.acknowledged]


@contextmanager
def progress(*, quiet: bool) -> Iterator[Tell]:
    """Show how far long work has come, where somebody sits at a terminal and looks."""
    if quiet or not sys.stderr.isatty():
        yield lambda _what, _done, _of: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    said = TextColumn("{task.description}")
    columns = (said, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Starting", total=None)

        def tell(what: str, done: int, of: int) -> None:
            if bar.tasks[0].description != what:
                bar.reset(task)  # what one step took says nothing of the next
            bar.update(task, description=what, completed=done, total=of or None)

        yield tell


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _github(problem: Problem) -> str:
    """A workflow command that puts the problem beside its line in a pull request."""
    at = problem.place
    message = _escaped(f"{problem.what}\n{problem.why}\n{problem.fix}")
    file = _escaped(at.path).replace(":", "%3A").replace(",", "%2C")
    where = f"file={file},line={at.line},col={at.column},title={problem.code}"
    return f"::{problem.level.value} {where}::{message}\n"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _sarif(found: Sequence[Problem]) -> dict[str, Any]:
    """Static Analysis Results Interchange Format 2.1.0, which code hosts read."""
    return {
        "$schema": SARIF,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "databook",
                        "rules": [{"id": code} for code in sorted({p.code for p in found})],
                    }
                },
                "results": [_result(problem) for problem in found],
            }
        ],
    }


def _result(problem: Problem) -> dict[str, Any]:
    at = problem.place
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "level": problem.level.value,
        "message": {"text": f"{problem.what} {problem.why} {problem.fix}"},
        "locations": [_location(at)],
    }
    if problem.others:
        result["relatedLocations"] = [_location(place) for place in problem.others]
    if problem.acknowledged:
        result["suppressions"] = [{"kind": "inSource", "justification": problem.acknowledged}]
    return result


def _location(at: Place) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(at.path)},
            "region": {"startLine": at.line, "startColumn": at.column},
        }
    }


def outcome(built: Built, site: Path, seconds: float) -> str:
    """How a build went, in a line or two."""
    if built.failed:
        return f"{tally(built.problems).capitalize()}. Nothing was written."
    pages = f"{built.pages:,} page{'' if built.pages == 1 else 's'}"
    parts = f"{built.made:,} made, {built.pages - built.made:,} reused"
    if built.cached:
        parts += f" (from the cache: {built.cached:,} of {built.indicators:,} indicators)"
    return f"{pages}: {parts} in {seconds:.1f} s -> {site}"


def report(built: Built, site: Path, seconds: float) -> str:
    """How a build went, for programs."""
    return _json(
        {
            "ok": not built.failed,
            "out": str(site),
            "pages": built.pages,
            "made": built.made,
            "reused": built.pages - built.made,
            "indicators": built.indicators,
            "cached": built.cached,
            "changed": list(built.changed),
            "removed": list(built.removed),
            "seconds": round(seconds, 3),
            "problems": [as_plain(problem) for problem in built.problems],
        }
    )


def no_such(name: str, known: Sequence[str], kind: str = "indicator") -> str:
    """That an indicator (or programme) is not there, and which was perhaps meant."""
    return f"There is no {kind} {name!r} in this book.{nearest(name, known)}"


def nearest(name: str, known: Sequence[str]) -> str:
    """Which of those that are known was perhaps meant, as a further sentence."""
    near = get_close_matches(name, known, n=3)
    return f" Did you mean {' or '.join(near)}?" if near else ""


def clean(text: str) -> str:
    """Text of a book without controls, which a terminal or a build log would obey."""
    return "".join(c if category(c)[0] != "C" else ascii(c)[1:-1] for c in text)


def _tame(problem: Problem) -> Problem:
    return replace(
        problem,
        place=replace(problem.place, path=clean(problem.place.path)),
        what=clean(problem.what),
        why=clean(problem.why),
        fix=clean(problem.fix),
    )
