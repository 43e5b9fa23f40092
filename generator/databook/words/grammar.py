"""Counts and lists as they are spoken: "one place", "second", "a, b and c"."""

from __future__ import annotations

import re

_SMALL = tuple(
    "no one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
)

_ORDINALS = tuple(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()  # noqa: SIM905
)


# English regions whose names take the article in a sentence: "in the South East", but "in London".
_WITH_ARTICLE = frozenset(
    f"{compass} {rest}"
    for compass, rest in (
        ("East", "Midlands"), ("West", "Midlands"), ("East", "of England"), ("North", "East"),
        ("North", "West"), ("South", "East"), ("South", "West"),
    )
)  # fmt: skip


# And places that are called after what they are: "in the Isle of Wight", "in the City of London".
_A_KIND_OF = re.compile(
    r"(City|Isles?|Vale|Forest|County|(London |Royal )?Borough) of |.+ Islands$"
)
# Official lists put what a place is behind its name, which no sentence does: "Bristol, City of".
_BEHIND = re.compile(r", (City|County|Borough) of$")


def in_prose(name: str) -> str:
    """The name of a place as it stands within a sentence: "the South East", "Derby"."""
    name = _BEHIND.sub("", name)
    return f"the {name}" if name in _WITH_ARTICLE or _A_KIND_OF.match(name) else name


def whose(name: str) -> str:
    """The name of a place as an owner: "England’s", "the West Midlands’"."""
    said = in_prose(name)
    return f"{said}’" if said.endswith("s") else f"{said}’s"


def count(n: int) -> str:
    """A small whole number in words, a larger one in figures."""
    return _SMALL[n] if 0 <= n < len(_SMALL) else f"{n:,}"


def some(n: int) -> str:
    """A count that stands without its noun: "none", "one", "five"."""
    return count(n) if n else "none"


def ordinal(n: int) -> str:
    """A place in a ranking: first, second, ... twelfth, 13th."""
    if 1 <= n <= len(_ORDINALS):
        return _ORDINALS[n - 1]
    suffix = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{suffix}"


def plural(n: int, noun: str, more: str = "") -> str:
    """A count with its noun: "one place", "two places"."""
    return f"{count(n)} {noun if n == 1 else more or several(noun)}"


def several(noun: str) -> str:
    """More than one of them: "centres", "libraries", "branches", "kinds of school"."""
    head, of, rest = noun.partition(" of ")
    if of:
        return f"{several(head)}{of}{rest}"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}{'es' if noun.endswith(('s', 'x', 'sh', 'ch')) else 's'}"


def are(n: int) -> str:
    """A count as the subject of a clause: "one is", "five are", "none is"."""
    return "none is" if n == 0 else f"{count(n)} {'is' if n == 1 else 'are'}"


def sentence_case(text: str) -> str:
    """First letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def stopped(text: str) -> str:
    """A sentence with its full stop, however it was typed."""
    return text if text.rstrip().endswith((".", "!", "?", ":")) else f"{text.rstrip()}."


def listed(parts: list[str]) -> str:
    """Clauses joined as in speech: "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
