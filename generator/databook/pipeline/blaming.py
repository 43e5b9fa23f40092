"""Finds the one slip in a shared file that makes many files seem wrong.

A code that is mistyped in areas.csv makes every table of figures name an unknown place, and an
edition's date in the wrong year puts all figures into the future. Both are told where they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from databook import causes, slips
from databook.problems import Level, Place, Problem
from databook.sources import Document, Sources, Table

WHY = {
    "area-miscoded": "Figures find their place by its code, so one letter wrong here makes all of "
    "them homeless.",
    "edition-behind": "Figures cannot be older than the edition that holds them, and ages are "
    "counted to its date.",
}


def blamed(root: Path, sources: Sources | None, problems: Sequence[Problem]) -> Iterator[Problem]:
    """The causes of problems that many files share."""
    if sources is None:
        return
    missed: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.about:
            missed[problem.about].append(problem)
    table = sources.areas.tables.get("areas") if sources.areas else None
    for about, found in missed.items():
        paths = sorted({problem.place.path for problem in found})
        if about == causes.EDITION and len(paths) > causes.FILES and sources.settings:
            yield _edition(sources.settings, paths)
        if about.startswith("area ") and len(paths) > 1 and table is not None:
            yield from _miscoded(root, table, about.removeprefix("area "), paths)


def _edition(settings: Document, paths: Sequence[str]) -> Problem:
    return Problem(
        code="edition-behind",
        level=Level.ERROR,
        place=settings.place(("edition", "date")),
        what=f"{len(paths)} files speak of times after this date, such as {paths[0]}.",
        why=WHY["edition-behind"],
        fix="Mend the year: it is the day that this edition speaks of.",
        about=causes.EDITION,
    )


def _miscoded(root: Path, table: Table, code: str, paths: Sequence[str]) -> Iterator[Problem]:
    """The row whose code is nearly the one that is missed, and which nobody asks for."""
    if not {"code", "name"} <= set(table.frame.columns):
        return
    texts = [text for path in paths if (text := _text(root / path))]
    rows = zip(*(table.frame[c].to_list() for c in ("code", "name", "_line")), strict=True)
    near = [
        (own, name, line)
        for own, name, line in rows
        if (name == code or _alike(own, code)) and not any(own in text for text in texts)
    ]
    if len(near) != 1:
        return
    own, name, line = near[0]
    swapped = name == code
    yield Problem(
        code="area-miscoded",
        level=Level.ERROR,
        place=Place(path=table.path, line=line) if swapped else table.place(line, "code"),
        what=f"Code and name have changed places: “{own}” and “{name}”."
        if swapped
        else f"No file asks for “{own}”, but {len(paths)} ask for “{code}”, which is not here.",
        why=WHY["area-miscoded"],
        fix="Put the code first and the name second." if swapped else f"Write “{code}”.",
        about=f"area {code}",
    )


def _alike(own: str, code: str) -> bool:
    """Whether one slip of the hand lies between two codes; of digits, too."""
    plain, asked = slips.figures(own) or own, code.casefold()
    folded = slips.latin(plain).casefold().strip()
    return folded == asked or slips.one_letter(folded, asked)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""
