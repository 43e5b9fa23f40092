"""One slip is told once: what only follows from another problem is left out, and repeats gathered.

Stages find fault on their own and cannot know what others found. Here, with all problems of a
book together, consequences give way to their cause. `databook fix` works from all of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from databook.problems import Level, Problem, in_lines, in_order

Scope = Literal["line", "file", "folder"]

# A problem of the first code is no news where one of the others stands on the same line, or in
# the same file or folder: whoever mends that one mends it too, or is told of it then.
FOLLOWS: Mapping[tuple[str, Scope], frozenset[str]] = {
    ("table-constraint", "line"): frozenset(
        {"period-unreadable", "area-unknown", "group-unknown", "row-stray"}
    ),
    ("value-jump", "line"): frozenset(
        {
            "count-below-zero",
            "total-outside-groups",
            "aggregate-outside-parts",
            "value-disagrees",
            "percent-out-of-range",
        }
    ),
    ("limits-out-of-order", "line"): frozenset({"value-disagrees"}),
    ("value-disagrees", "line"): frozenset({"value-sentinel", "table-type"}),
    ("unit-name-differs", "file"): frozenset({"rate-per"}),
    ("total-outside-groups", "line"): frozenset({"value-disagrees"}),
    ("period-spelling", "line"): frozenset({"row-duplicate"}),
    ("group-unknown", "line"): frozenset({"yaml-curly-quotes"}),
    ("breakdown-unsound", "file"): frozenset({"yaml-curly-quotes"}),
    ("table-duplicate-row", "folder"): frozenset({"package-key", "package-type"}),
    ("measure-on-agenda", "line"): frozenset({"choice-unknown"}),
    ("percentage-of-what", "line"): frozenset({"quadrant-unit"}),
    ("target-backwards", "line"): frozenset({"target-proportion"}),
    ("direction-differs", "file"): frozenset({"target-backwards"}),
    ("target-unrated", "file"): frozenset({"better-reason-missing"}),
    ("measure-without-figures", "folder"): frozenset({"measure-unknown"}),
    ("table-duplicate-row", "line"): frozenset({"area-duplicate"}),
    ("table-duplicate-row", "file"): frozenset({"table-type"}),
    ("table-empty", "file"): frozenset({"table-row-length", "table-header", "table-blank-row"}),
    ("total-missing", "file"): frozenset({"group-unknown"}),
    ("board-rating-without-thresholds", "file"): frozenset({"type-wrong"}),
    ("page-unknown", "line"): frozenset({"moved-in-circles", "moved-still-there"}),
    ("forecast-torn", "file"): frozenset({"forecast-origin"}),
    ("forecast-origin", "folder"): frozenset(
        {"period-unreadable", "area-unknown", "group-unknown", "table-row-length"}
    ),
    ("forecast-gap", "file"): frozenset(
        {"forecast-period", "forecast-unreadable", "forecast-torn", "table-row-length"}
    ),
    ("folder-missing", "folder"): frozenset({"folder-unexpected"}),
    ("column-missing", "file"): frozenset({"table-header", "columns-unknown"}),
    ("group-absent", "folder"): frozenset({"group-unknown"}),
    ("place-missing", "file"): frozenset({"area-unknown", "group-unknown"}),
    ("place-left-out", "file"): frozenset({"area-unknown"}),
    ("period-unreadable", "line"): frozenset({"table-formula"}),
    ("area-behind", "file"): frozenset(
        {"table-row-length", "period-unreadable", "area-unknown", "table-duplicate-row"}
    ),
    ("target-behind", "line"): frozenset({"target-proportion"}),
    ("target-behind", "folder"): frozenset(
        {"percent-out-of-range", "value-disagrees", "unit-changed", "values-proportions"}
    ),
    ("figures-stale", "line"): frozenset({"date-unreal"}),
    ("period-behind", "file"): frozenset(
        {"period-unreadable", "table-duplicate-row", "row-duplicate", "area-unknown"}
    ),
    ("period-missing", "file"): frozenset(
        {"measure-unknown", "text-merge-conflict", "table-row-length"}
    ),
    ("value-jump", "file"): frozenset(
        {"unit-changed", "areas-swapped", "table-duplicate-row", "row-duplicate"}
    ),
    ("total-outside-groups", "file"): frozenset({"unit-changed", "areas-swapped"}),
    ("value-disagrees", "file"): frozenset({"unit-changed"}),
    ("percent-out-of-range", "file"): frozenset({"unit-changed"}),
    ("limits-out-of-order", "file"): frozenset({"unit-changed"}),
    ("measure-unknown", "folder"): frozenset({"measure-repeated"}),
    ("percent-out-of-range", "folder"): frozenset({"measure-repeated"}),
    ("headline-short", "folder"): frozenset({"area-unknown", "group-unknown", "period-unreadable"}),
    ("folder-no-indicator", "folder"): frozenset({"folder-unexpected"}),
    ("folder-unexpected", "line"): frozenset({"folder-no-indicator"}),
    ("package-file-missing", "folder"): frozenset({"folder-unexpected"}),
    ("headline-thin", "folder"): frozenset({"page-empty"}),
    ("headline-unfrozen", "folder"): frozenset({"folder-unexpected"}),
}
# On a row that is none, or on lines that a merge left, nothing else means anything.
ALONE = ("row-stray",)
# So many of one kind are told in one file; more are one slip made all the way down.
MOST = 5
FEWER: Mapping[str, int] = {
    "table-blank-row": 1,
    "table-duplicate-row": 1,
    "total-outside-groups": 2,
    "period-ahead": 2,
    "forecast-unreadable": 2,
    "forecast-after-edition": 1,
    "forecast-origin": 1,
    "table-header": 3,
}
# So many kinds of one mistake are told apart in one file; more are told together.
KINDS = 10
# So many files may lack the same thing before it is the thing that is told, and not the files.
FILES = 2
# Without these rows nobody can say which codes are unknown.
LOST = (
    "table-row-length",
    "table-quote",
    "table-line-break",
    "text-merge-conflict",
    "area-swapped",
)
OF_AREAS = (
    "area-unknown", "neighbour-unknown", "place-unknown", "area-parent-unknown", "forecast-area",
    "place-missing", "place-left-out",
)  # fmt: skip
# What all problems are about that a wrong date of the edition makes.
EDITION = "edition"
# Problems at the root of others: told alone, whatever is missed elsewhere for the same reason.
ROOTS = ("area-miscoded", "edition-behind")
_ALSO = re.compile(r" \(also lines? [^)]*\)")


def told(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that are worth telling, each slip once."""
    found = _once(in_order(problems))
    found = _without_followers(found)
    found = _without_lost_areas(found)
    return in_order(_gathered(_across_files(_without_the_absent(found))))


def _once(problems: Sequence[Problem]) -> list[Problem]:
    """One problem of a kind for one place: a total beyond the groups of two breakdowns is one."""
    kept: dict[tuple[object, ...], Problem] = {}
    for problem in problems:
        cell = problem.place.path.endswith(".csv") and problem.level is Level.WARNING
        kept.setdefault((problem.place, problem.code, "" if cell else problem.what), problem)
    return list(kept.values())


def _without_followers(problems: list[Problem]) -> list[Problem]:
    there: dict[str, set[object]] = defaultdict(set)
    for problem in problems:
        if problem.code == "folder-unexpected" and problem.level is not Level.ERROR:
            continue  # a stray file, which nobody took for another
        there[problem.code] |= {_where(problem, scope) for scope in ("line", "file", "folder")}
    return [p for p in problems if not _follows(p, there)]


def _follows(problem: Problem, there: Mapping[str, Collection[object]]) -> bool:
    if problem.code not in ALONE and any(
        _where(problem, "line") in there.get(code, ()) for code in ALONE
    ):
        return problem.place.path.endswith(".csv")
    return any(
        code == problem.code and any(_where(problem, scope) in there.get(c, ()) for c in causes)
        for (code, scope), causes in FOLLOWS.items()
    )


def _where(problem: Problem, scope: Scope) -> tuple[object, ...]:
    place = problem.place
    match scope:
        case "line":
            return (scope, place.path, place.line)
        case "file":
            return (scope, place.path)
        case _:
            return (scope, place.path.rpartition("/")[0])


def _without_lost_areas(problems: list[Problem]) -> list[Problem]:
    """While rows of the table of areas are not read, no code can be called unknown."""
    lost = any(p.place.path.endswith("/areas/areas.csv") and p.code in LOST for p in problems)
    return [p for p in problems if p.code not in OF_AREAS] if lost else problems


def _without_the_absent(problems: list[Problem]) -> list[Problem]:
    """A file that is there and cannot be read is no unknown one: `about` is its path."""
    wrong = [p for p in problems if p.level is Level.ERROR]
    unread = {p.place.path.casefold() for p in wrong}
    # A folder under another name: what lies in it is not missing.
    unread |= {p.about for p in wrong if p.code.startswith("folder-")}
    elsewhere = {_name(p.place.path) for p in wrong if p.code == "kind-misplaced"}

    def known(problem: Problem) -> bool:
        above = {problem.about, problem.about.rpartition("/")[0]}
        return bool(above & unread) or _name(problem.about) in elsewhere

    return [
        p
        for p in problems
        if not p.about.startswith("scorecards/") or p.code.startswith("folder-") or not known(p)
    ]


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _across_files(problems: list[Problem]) -> list[Problem]:
    """What many files lack is told where it is first missed, with the number of the others."""
    groups: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.about and not problem.about.startswith("scorecards/"):
            groups[problem.about].append(problem)
    drop: set[int] = set()
    instead: dict[int, Problem] = {}
    for about, alike in groups.items():
        if roots := [p for p in alike if p.code in ROOTS]:
            drop |= {id(p) for p in alike if p not in roots}
            continue
        others = {p.place.path for p in alike[1:]} - {alike[0].place.path}
        if about.startswith("group "):
            drop |= {id(p) for p in alike[1:] if _where(p, "folder") == _where(alike[0], "folder")}
        if len(others) + 1 <= FILES:
            continue
        more = f" The same in {len(others)} other files, such as {min(others)}."
        instead[id(alike[0])] = replace(alike[0], what=alike[0].what + more)
        drop |= {id(p) for p in alike[1:]}
    return [instead.get(id(p), p) for p in problems if id(p) not in drop]


def _gathered(problems: list[Problem]) -> list[Problem]:
    """Of many problems of one kind in one table the first, and where the others stand."""
    together: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.place.path.endswith(".csv") and not problem.acknowledged:
            together[(problem.place.path, problem.code)].append(problem)
    drop: set[int] = set()
    instead: dict[int, Problem] = {}
    for alike in _kinds(together):
        lines = sorted({p.place.line for p in alike[1:]} - {alike[0].place.line})
        instead[id(alike[0])] = replace(
            alike[0], what=_with_others(alike, lines), others=tuple(p.place for p in alike[1:])
        )
        drop |= {id(p) for p in alike[1:]}
    return [instead.get(id(p), p) for p in problems if id(p) not in drop]


def _kinds(
    together: Mapping[tuple[str, str], list[Problem]],
) -> Iterator[list[Problem]]:
    """Problems of one code in one file, parted by what they say, where they are many enough."""
    for (_, code), alike in together.items():
        most = FEWER.get(code, MOST)
        if len(alike) <= most:
            continue
        shapes: dict[str, list[Problem]] = defaultdict(list)
        for problem in alike:
            shapes[_shape(problem)].append(problem)
            if len(shapes) > KINDS:
                shapes = {"": alike}
                break
        yield from (each for each in shapes.values() if len(each) > most)


def _shape(problem: Problem) -> str:
    """A problem without its numbers and codes: what is alike but for them is of one kind."""
    return re.sub(r"[A-Z]?[0-9][0-9.,/-]*", "0", f"{problem.what} {problem.fix}")


def _with_others(alike: Sequence[Problem], lines: Sequence[int]) -> str:
    first = _ALSO.sub("", alike[0].what)
    if not lines:
        return f"{first} So are {len(alike) - 1} others on this line."
    return f"{first} The same kind of thing on line{'s' * (len(lines) > 1)} {in_lines(lines)}."
