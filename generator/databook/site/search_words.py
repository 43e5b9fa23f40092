"""Lists the words a book often has, for search to find what a misspelt word meant.

A list holds the words that begin with one letter, so that little is fetched, and only by a reader
who asked for a word that no page has.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from databook.pages import SearchRecord

SHORTEST = 4  # letters; slips in shorter words make other words
OFTEN = 3  # pages that have a word which is in no title and no everyday name
WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")


def word_lists(records: Iterable[SearchRecord]) -> dict[str, bytes]:
    """The lists by the names of their files; in each, words of more pages come first."""
    names: set[str] = set()
    count: Counter[str] = Counter()
    for record in records:
        named = {word for text in (record.title, *record.synonyms) for word in _words(text)}
        names |= named
        count.update(named | set(_words(record.text)))
    lists: dict[str, list[str]] = {}
    for word, pages in sorted(
        count.items(), key=lambda item: (item[0] not in names, -item[1], item[0])
    ):
        if word in names or pages >= OFTEN:
            lists.setdefault(word[0], []).append(word)
    return {f"words/{_named(letter)}.json": _json(words) for letter, words in lists.items()}


def _words(text: str) -> list[str]:
    """Words as `wordsOf` of places.js takes them apart: small letters without accents."""
    plain = unicodedata.normalize("NFKD", text.lower())
    kept = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’")
    return WORD.findall(kept)


def _named(letter: str) -> str:
    """A letter as the name of a file on any system."""
    return letter if letter.isascii() else f"u{ord(letter):x}"


def _json(words: list[str]) -> bytes:
    return json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()
