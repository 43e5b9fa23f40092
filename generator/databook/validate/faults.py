"""How a rule is written and run: faults in, problems out.

A rule is a plain function from a subject to faults. Its docstring says why it exists and is the
`why` of every problem it makes and of the public list of checks. It knows no files or lines.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from databook import slips
from databook.problems import Level, Place, Problem
from databook.sources import Path

S = TypeVar("S")

# How alike a name must be to be offered; 0.6 is where one slip in a five-letter word still passes.
ALIKE = 0.6
# How remedies name a key that is to be added: “due:”.
KEY_ASKED_FOR = re.compile(r"“([a-z_]+):")
# Only so many names are compared, because likeness costs time and a list of wards may be long.
MOST_NAMES = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that breaks a rule: `path` in the document, or `line` (and column) of the table.

    `word` is the part of the value at `path` that the fault is about, where it is only a part.
    """

    what: str
    fix: str
    path: Path = ()
    key: bool = False
    line: int = 0
    column: str = ""
    meant: str = ""  # what should stand there, where nobody can doubt it
    word: str = ""
    about: str = ""  # what is missing, alike wherever it is missed
    others: tuple[int, ...] = ()  # further lines that say the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """What of a file could not be read, and so cannot be asked about."""

    # At the top level, such as "measures"; and the keys of its items, such as "measures/slug".
    fields: frozenset[str] = frozenset()
    places: frozenset[Path] = frozenset()
    left_out: frozenset[Path] = frozenset()  # of these, what may be absent: taken for absent

    def within(self, path: Path) -> bool:
        """Whether a place lies in an item (or a field) that holds a stand-in."""
        return any(path[: len(place[:2])] == place[:2] for place in self.places - self.left_out)

    def asked_for(self, fault: Fault) -> bool:
        """Whether a key that a remedy asks for is there, and could only not be read."""
        keys = set(KEY_ASKED_FOR.findall(fault.fix)) if self.left_out else ()
        inside, beside = len(fault.path), max(len(fault.path) - 1, 0)
        return any(
            path[-1] in keys and (path[:inside] == fault.path or path[:-1] == fault.path[:beside])
            for path in self.left_out
        )

    def of(self, item: Path) -> Unread:
        """What of one item could not be read, as if it were a file of its own."""
        deep = len(item)
        whole = any(item[: len(place)] == place for place in self.places)
        inside = {place[deep:] for place in self.places if place[:deep] == item} - {()}
        left_out = {place[deep:] for place in self.left_out if place[:deep] == item} - {()}
        return Unread(fields=frozenset({ANY})) if whole else unread(inside, left_out)


NOTHING = Unread()
ANY = "*"  # in the place of a key: a whole item, or all of them, could not be read


def unread(places: Collection[Path], left_out: Collection[Path]) -> Unread:
    """What could not be read, with the fields in which it stands."""
    return Unread(
        fields=frozenset(name for place in places for name in _names(place)),
        places=frozenset(places),
        left_out=frozenset(left_out),
    )


def _names(path: Path) -> tuple[str, str]:
    """A field by itself; and which key of its items it is, or that a whole item is unread."""
    first, last = str(path[0]), path[-1]
    inside = len(path) > 1 and isinstance(last, str)
    return first, f"{first}/{last if inside else ANY}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Generic[S]):
    """A check with its code. `needs`: what must be sound for it to mean anything, a field such as
    "measures" or one key of its items such as "measures/slug".
    """

    code: str
    level: Level
    check: Callable[[S], Iterable[Fault]]
    needs: frozenset[str] = frozenset()

    @property
    def why(self) -> str:
        """The reason for the rule, from the docstring of its function."""
        return " ".join((self.check.__doc__ or "").split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of the public list of checks."""

    code: str
    level: Level
    why: str


def error(code: str, check: Callable[[S], Iterable[Fault]], *needs: str) -> Rule[S]:
    """A rule that stops the build."""
    return Rule(code=code, level=Level.ERROR, check=check, needs=frozenset(needs))


def warning(code: str, check: Callable[[S], Iterable[Fault]], *needs: str) -> Rule[S]:
    """A rule whose doubts are published."""
    return Rule(code=code, level=Level.WARNING, check=check, needs=frozenset(needs))


def run(
    rules: Sequence[Rule[S]],
    subject: S,
    place: Callable[[Fault], Place],
    unread: Unread = NOTHING,
    known: Callable[[str, Path, str], str] = lambda _code, _path, _what: "",
) -> Iterator[Problem]:
    """Apply each rule whose needs are sound, and say where each fault stands.

    Of items that are `unread` nothing more is said. `known` gives the reason for which the book's
    keepers let a warning stand; errors have none.
    """
    for rule in rules:
        if doubted(rule.needs, unread.fields):
            continue
        for fault in rule.check(subject):
            if unread.within(fault.path) or unread.asked_for(fault):
                continue
            told = problem(
                rule.code, rule.level, place(fault), fault.what, rule.why, fault.fix, fault.meant
            )
            if fault.about or fault.others:
                others = tuple(place(replace(fault, line=line)) for line in fault.others)
                told = replace(told, about=fault.about, others=others)
            reason = ""
            if rule.level is Level.WARNING:
                reason = known(rule.code, fault.path, fault.what)
            yield replace(told, acknowledged=reason) if reason else told


def doubted(needs: Collection[str], fields: Collection[str]) -> bool:
    """Whether anything that a rule needs is among the fields that could not be read."""
    return bool(fields and needs) and any(
        need in fields
        or ANY in fields
        or ("/" in need and f"{need.partition('/')[0]}/{ANY}" in fields)
        for need in needs
    )


def problem(
    code: str, level: Level, place: Place, what: str, why: str, fix: str, meant: str = ""
) -> Problem:
    """A problem whose parts stand in order."""
    return Problem(
        code=code, level=level, place=place, what=what, why=why, fix=fix.strip(), meant=meant
    )


def nearest(text: str, names: Iterable[str]) -> str:
    """The known name most like the text, or an empty text. Case counts for nothing."""
    known = {name.casefold(): name for name in list(names)[:MOST_NAMES]}
    asked = slips.latin(text).strip().casefold()
    found = difflib.get_close_matches(asked, known, n=1, cutoff=ALIKE)
    return known[found[0]] if found else ""


def did_you_mean(text: str, names: Iterable[str]) -> str:
    """The question "Did you mean ...? " or nothing, to stand at the head of a remedy."""
    found = nearest(text, names)
    odd = f"{letter} " if (letter := slips.stranger(text)) else ""
    return f"{odd}Did you mean “{found}”? " if found else odd


def nearest_code(text: str, codes: Iterable[str]) -> str:
    """The question "Did you mean ...? " for a code, which is like many others and means one.

    Only a code that one slip of the hand makes of it is offered, and only if no other is.
    """
    if not any(sign.isdigit() for sign in text):
        return did_you_mean(text, codes)
    asked = (slips.figures(text) or slips.latin(text)).strip().casefold()
    near = [code for code in codes if slips.one_letter(asked, code.casefold())]
    near = [code for code in near if code.casefold() == asked] or near
    return f"Did you mean “{near[0]}”? " if len(near) == 1 else ""


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names in a row: "`a`, `b` or `c`", cut where the list is long."""
    quoted = [f"“{name}”" for name in names]
    if len(quoted) > most:
        return ", ".join(quoted[:most]) + f" and {len(quoted) - most} more"
    if len(quoted) < 2:
        return "".join(quoted)
    return ", ".join(quoted[:-1]) + " or " + quoted[-1]
