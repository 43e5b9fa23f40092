"""Which pages of the site make a printed book, in what order, and under what in its bookmarks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from databook.model import Framework

# Of no use on paper (search, tools, lists that lead to pages that are there anyway), or the same
# figures in another form (one-page reports, embedded charts).
LEFT_OUT = ("search/", "data/", "checks/", "contribute/", "editions/", "indicators/", "frameworks/")
OTHER_FORMS = ("report", "embed")
# After the outcomes and their indicators; what is in none of these comes last.
ORDER = ("programmes/", "matrix/", "agreements/", "plans/", "boards/", "audits/", "checklists/",
         "areas/", "method/", "glossary/", "about/", "accessibility/")  # fmt: skip
LAST = ("sources/",)
EXPLAINS = ("method/", "glossary/")  # what a part of the book needs to be read by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One page, and the depth of its bookmark, from 1."""

    path: str
    level: int
    runs_on: bool = False  # below what stands before it, and not on paper of its own


def of_framework(
    framework: Framework, speaks: Mapping[str, Sequence[str]], there: Sequence[str]
) -> tuple[Choice, ...]:
    """A framework, each of its outcomes, and below it every indicator that speaks to it.

    `speaks`: addresses of indicators, in order, with the outcomes each names. An indicator of two
    outcomes stands under the first of them.
    """
    return _present([*_framework(framework, speaks, set()), *_explaining()], there)


def of_area(name: str, there: Sequence[str]) -> tuple[Choice, ...]:
    """A place and what lies below it."""
    home = f"areas/{name}/"
    below = [Choice(path=path, level=path[len(home) :].count("/") + 1)
             for path in sorted(there) if path.startswith(home)]  # fmt: skip
    return _present([*below, *_explaining()], there)


def of_board_report(board: str, quarter: str, there: Sequence[str]) -> tuple[Choice, ...]:
    """A board's quarterly report, and who the board is."""
    home = f"boards/{board}/"
    chosen = [Choice(path=f"{home}reports/{quarter}/", level=1), Choice(path=home, level=1)]
    return _present([*chosen, *_explaining()], there)


def of_whole(
    frameworks: Sequence[Framework], speaks: Mapping[str, Sequence[str]], there: Sequence[str]
) -> tuple[Choice, ...]:
    """The whole book: outcomes with their indicators, services, places, method, sources."""
    chosen = [Choice(path="", level=1)]
    seen: set[str] = set()
    for framework in frameworks:
        chosen += _framework(framework, speaks, seen)
    known = {choice.path for choice in chosen}
    rest = [path for path in there if path and path not in known and not _left_out(path)]
    rest.sort(key=_place)
    chosen += [
        Choice(
            path=path, level=_depth(path, rest), runs_on=path.startswith(LAST) and path not in LAST
        )
        for path in rest
    ]
    return _present(chosen, there)


def _framework(
    framework: Framework, speaks: Mapping[str, Sequence[str]], seen: set[str]
) -> Iterator[Choice]:
    home = f"frameworks/{framework.slug}/"
    yield Choice(path=home, level=1)
    for outcome in framework.outcomes:
        yield Choice(path=f"{home}{outcome.slug}/", level=2)
        for url, outcomes in speaks.items():
            if f"{framework.slug}/{outcome.slug}" in outcomes and url not in seen:
                seen.add(url)
                yield Choice(path=url, level=3)


def _explaining() -> tuple[Choice, ...]:
    return tuple(Choice(path=path, level=1) for path in EXPLAINS)


def _left_out(path: str) -> bool:
    top, *inside = path.split("/")
    if path.startswith(LEFT_OUT) or any(part in OTHER_FORMS for part in inside):
        return True
    # A place has a page for each indicator: those are printed with the place, by --area.
    return top == "areas" and path.count("/") > 2  # deeper than areas/NAME/


def _place(path: str) -> tuple[int, str]:
    if path.startswith(LAST):
        return (len(ORDER) + 1, path)
    return (next((n for n, head in enumerate(ORDER) if path.startswith(head)), len(ORDER)), path)


def _depth(path: str, among: Sequence[str]) -> int:
    """Under how many of the chosen pages it lies, and itself."""
    above = {path[: at + 1] for at, letter in enumerate(path) if letter == "/"}
    return len(above.intersection(among))


def _present(chosen: Sequence[Choice], there: Sequence[str]) -> tuple[Choice, ...]:
    known = set(there)
    return tuple(choice for choice in chosen if choice.path in known)
