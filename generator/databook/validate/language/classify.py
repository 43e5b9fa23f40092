"""Is a statement an outcome, an indicator or a performance measure, and which words say so?

Words can be read wrongly, so the answer names them. First comes who is spoken of (customers),
then what (how a service works), then whether anything is counted; what is left is a condition.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from databook.validate.language import lexicon, outcome_words
from databook.validate.language.wordlist import WordList


class Idea(StrEnum):
    """The three ideas that must be kept apart, whatever they are called."""

    OUTCOME = "outcome"
    INDICATOR = "indicator"
    MEASURE = "performance measure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """Words of a statement that decided, and why they do."""

    words: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a statement is, and the words that decided. Nothing decides for an outcome."""

    idea: Idea
    deciding: tuple[Deciding, ...] = ()
    doubts: tuple[Deciding, ...] = ()
    """What stands in the way of a good outcome, where it is one: change, services, means."""


_DATA = (lexicon.OPENING, lexicon.SIGNS, lexicon.MEASUREMENT)
_IN_OUTCOME = (outcome_words.CHANGE, outcome_words.SERVICES, outcome_words.MEANS)


def classify(statement: str) -> Reading:
    """Read one statement, such as “% of clients who find work”."""
    text = " ".join(statement.split())
    data = _deciding(_DATA, text)
    whose = _deciding((lexicon.CLIENTS,), text)
    process = _deciding((lexicon.PROCESS,), text)
    if whose or process:
        return Reading(idea=Idea.MEASURE, deciding=(*whose, *process, *data))
    if data:
        return Reading(idea=Idea.INDICATOR, deciding=data)
    return Reading(idea=Idea.OUTCOME, doubts=_deciding(_IN_OUTCOME, text))


def _deciding(lists: tuple[WordList, ...], text: str) -> tuple[Deciding, ...]:
    """The first deciding words of each list; a word that a longer one holds is said once."""
    found: list[Deciding] = []
    for one in lists:
        words = one.find(text)
        if not words or any(words.casefold() in d.words.casefold() for d in found):
            continue
        found = [d for d in found if d.words.casefold() not in words.casefold()]
        found.append(Deciding(words=words, reason=one.reason))
    return tuple(found)
