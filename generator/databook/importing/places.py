"""Places of a sheet matched with those of the book, by code or by name; never by likeness alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

# Codes of the Office for National Statistics: a letter for the country and eight digits.
CODE = re.compile(r"[EWSNKJLM]\d{8}")
# What some tables add to a name.
_ADDED = re.compile(r"\s*\((?:unitary authority|region|county|ua|la|met county|b|bc)\)$|"
                    r"\s+(?:ua|unitary authority|city council|council|region)$")  # fmt: skip
# A mark that leads to a note, after a name: [note 2], [2], (2), ², *.
_NOTE = re.compile(r"\s*(?:\[(?:notes?\s*)?[\d, ]+\]|\((?:notes?\s*)?\d{1,2}\)|[¹²³⁰⁴-⁹*†‡]+)$")
LIKE = 0.85  # nearer than this, a name may be a slip of the hand, and a person is asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """The code of each place as printed, which names are near one of ours, which are others."""

    codes: Mapping[str, str]
    near: Mapping[str, str]  # as printed: the name that may be meant
    others: tuple[str, ...]
    by_name: int = 0


def exact(text: str, areas: Mapping[str, str]) -> str:
    """The code of a place that is written by its code or its name, or nothing."""
    if not text:
        return ""
    if text in areas:
        return text
    wanted = plain(text)
    return next((code for code, name in areas.items() if plain(name) == wanted), "")


def match(printed: Iterable[str], areas: Mapping[str, str], told: Mapping[str, str]) -> Matched:
    """Match every place of a sheet. `told`: what a person has said, "" to leave it out."""
    names = {plain(name): code for code, name in areas.items()}
    codes: dict[str, str] = {}
    near: dict[str, str] = {}
    others = []
    for text in dict.fromkeys(printed):
        if text in told:
            codes[text] = told[text]
        elif code := (text if text in areas else names.get(plain(text), "")):
            codes[text] = code
        elif CODE.fullmatch(text):
            others.append(text)
        elif close := get_close_matches(plain(text), names, n=1, cutoff=LIKE):
            near[text] = areas[names[close[0]]]
        else:
            others.append(text)
    by_name = sum(1 for text, code in codes.items() if text != code)
    return Matched(codes=codes, near=near, others=tuple(others), by_name=by_name)


def plain(name: str) -> str:
    """A name as it is compared: case, marks, ampersands and what tables add do not count."""
    bare = _ADDED.sub("", _NOTE.sub("", name.casefold().replace("&", "and").strip()))
    return " ".join(re.sub(r"[^\w\s]", " ", bare).split())
