"""The words of an outcome: a condition of people's lives, with no data, effort or means in it."""

from __future__ import annotations

from collections.abc import Iterator

from databook.model import Framework
from databook.sources import Path
from databook.validate.faults import Fault, Rule, error, warning
from databook.validate.language import name_words, outcome_words
from databook.validate.language.wordlist import WordList

# Two of the eleven say less than one; see `name_words.MODIFIERS`.
MOST_MODIFIERS = 1


def outcome_without_data(framework: Framework) -> Iterator[Fault]:
    """An outcome is a condition that people want, in plain words; numbers belong to indicators,
    which say how far it is met.
    """
    yield from _worded(
        framework,
        outcome_words.DATA_IN_OUTCOME,
        "is the language of data, not of an outcome.",
        "Say the condition itself, such as “Young people stay out of trouble”, and make an "
        "indicator of the number.",
    )


def outcome_without_change(framework: Framework) -> Iterator[Fault]:
    """An outcome says how things should be, not that somebody should change them."""
    yield from _worded(
        framework,
        outcome_words.CHANGE,
        "says what to do, not how things should be.",
        "Say the condition itself: “Children are ready for school” rather than “Improve school "
        "readiness”.",
    )


def outcome_no_service(framework: Framework) -> Iterator[Fault]:
    """A service is one way to an outcome. People want what it is for, and others may find other
    ways.
    """
    yield from _worded(
        framework,
        outcome_words.SERVICES,
        "names a service, not what people want from it.",
        "Say what will be true of people’s lives: “Children are ready for school” rather than "
        "“All children access preschool services”.",
    )


def outcome_no_means(framework: Framework) -> Iterator[Fault]:
    """Collaboration, reform, integration, devolution and pooled funding are means to better
    lives; a place can have them all and its people be no better off.
    """
    yield from _worded(
        framework,
        outcome_words.MEANS,
        "is a means, not an end.",
        "Say what will be true of people’s lives; put the means into an action or a programme.",
    )


def outcome_no_organisation(framework: Framework) -> Iterator[Fault]:
    """An outcome is a condition of people’s lives. What an organisation does well is an enabler."""
    yield from _worded(
        framework,
        outcome_words.ORGANISATION,
        "is about an organisation, not about how people live.",
        "Move it to “enablers:”.",
    )


def outcome_by_its_name(framework: Framework) -> Iterator[Fault]:
    """One word for each idea: who reads “indicator” or “target” expects a number, and an outcome
    has none.
    """
    yield from _worded(
        framework,
        outcome_words.IN_OUTCOME,
        "is the name of another idea: the glossary keeps it for what comes after an outcome.",
        "Say the condition itself, without calling it anything.",
    )


def outcome_in_plain_words(framework: Framework) -> Iterator[Fault]:
    """Words such as measurable, strategic and systemic sound precise and say nothing; where two
    stand together nobody can tell what is meant.
    """
    for path, text in _texts(framework):
        yield from modified(text, path)


def modified(text: str, path: Path) -> Iterator[Fault]:
    """A fault where a text piles up modifiers."""
    found = tuple(name_words.MODIFIERS.found(text))
    if len(found) > MOST_MODIFIERS:
        said = " and ".join((", ".join(f"“{w}”" for w in found[:-1]), f"“{found[-1]}”"))
        yield Fault(
            what=f"{said} say little, and together they hide what is meant.",
            fix="Say in plain words what is meant: for whom, what, where.",
            path=path,
            word=found[0],
        )


def _worded(framework: Framework, words: WordList, what: str, fix: str) -> Iterator[Fault]:
    for path, text in _texts(framework):
        if found := words.find(text):
            yield Fault(what=f"“{found}” {what}", fix=fix, path=path, word=found)


def _texts(framework: Framework) -> Iterator[tuple[Path, str]]:
    for number, outcome in enumerate(framework.outcomes):
        yield ("outcomes", number, "title"), outcome.title
        yield ("outcomes", number, "statement"), outcome.statement


RULES: tuple[Rule[Framework], ...] = (
    error("outcome-data", outcome_without_data),
    error("outcome-change", outcome_without_change),
    error("outcome-service", outcome_no_service),
    error("outcome-means", outcome_no_means),
    warning("outcome-of-organisation", outcome_no_organisation),
    warning("name-of-another-idea", outcome_by_its_name),
    warning("jargon", outcome_in_plain_words),
)
