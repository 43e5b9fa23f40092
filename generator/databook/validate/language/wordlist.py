"""A list of words that decide something, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WordList:
    """Words that decide something, why they do, and the phrases in which they do not."""

    name: str
    reason: str
    words: re.Pattern[str]
    innocent: re.Pattern[str] | None = None

    def find(self, text: str) -> str:
        """The first deciding words of a text, as written there; empty where there are none."""
        return next(self.found(text), "")

    def found(self, text: str) -> Iterator[str]:
        """All deciding words of a text, in order."""
        spared = [m.span() for m in self.innocent.finditer(text)] if self.innocent else []
        for match in self.words.finditer(text):
            start, end = match.span()
            if match.group().strip() and not any(a <= start and end <= b for a, b in spared):
                yield match.group().strip()


def words(pattern: str) -> re.Pattern[str]:
    """Whole words, in any case, with any white space between them."""
    spaced = pattern.replace(" ", r"\s+")
    return re.compile(rf"(?<![\w-])(?:{spaced})(?!\w)", re.IGNORECASE)


def anywhere(pattern: str) -> re.Pattern[str]:
    """A pattern in any case, with any white space between its words."""
    return re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE)
