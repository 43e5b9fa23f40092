"""The words of an outcome: a condition of people's lives, with no data and no effort in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from databook.model import Framework
from databook.sources import Path
from databook.validate.faults import Fault, Rule, warning

# L1: words that only a number needs.
_DATA = re.compile(
    r"[0-9][0-9.,]*(?:\s?%)?|%|\b(?:rates?|number of|percentage|proportion of)\b", re.IGNORECASE
)
# L2: words of change belong to targets and actions; a condition simply is.
_CHANGE = re.compile(
    r"\b(?:improv(?:e[sd]?|ing)|increas(?:e[sd]?|ing)|reduc(?:e[sd]?|ing|tions?))\b",
    re.IGNORECASE,
)


# F6: what a source of this book calls means to improve results, and not ends in themselves.
_MEANS = re.compile(
    r"\b(?:collaborat\w+|partnership working|systems? reform|service integration|"
    r"integrated services|devolution|(?:funding pools?|pooled (?:funding|budgets?)))\b",
    re.IGNORECASE,
)
# D1: what an organisation does well helps outcomes and is none.
_ORGANISATION = re.compile(
    r"\b(?:effective|efficient|strong|good) (?:leadership|commissioning|governance|management)\b",
    re.IGNORECASE,
)


def outcome_without_data(framework: Framework) -> Iterator[Fault]:
    """An outcome is a condition that people want, in plain words; numbers belong to indicators,
    which say how far it is met.
    """
    for path, text in _texts(framework):
        if found := _DATA.search(text):
            yield Fault(
                what=f"“{found.group()}” is the language of data, not of an outcome.",
                fix="Say the condition itself, such as “Young people stay out of trouble”, and "
                "make an indicator of the number.",
                path=path,
            )


def outcome_without_change(framework: Framework) -> Iterator[Fault]:
    """An outcome says how things should be, not that somebody should change them."""
    for path, text in _texts(framework):
        if found := _CHANGE.search(text):
            yield Fault(
                what=f"“{found.group()}” says what to do, not how things should be.",
                fix="Say the condition itself: “Children are ready for school” rather than "
                "“Improve school readiness”.",
                path=path,
            )


def outcome_no_means(framework: Framework) -> Iterator[Fault]:
    """Collaboration, reform, integration, devolution and pooled funding are means to better
    lives; a place can have them all and its people be no better off.
    """
    yield from _worded(
        framework,
        _MEANS,
        "is a means, not an end.",
        "Say what will be true of people’s lives; put the means into an action or a programme.",
    )


def outcome_no_organisation(framework: Framework) -> Iterator[Fault]:
    """An outcome is a condition of people’s lives. What an organisation does well is an enabler."""
    yield from _worded(
        framework,
        _ORGANISATION,
        "is about an organisation, not about how people live.",
        "Move it to “enablers:”.",
    )


def _worded(framework: Framework, pattern: re.Pattern[str], what: str, fix: str) -> Iterator[Fault]:
    for path, text in _texts(framework):
        if found := pattern.search(text):
            yield Fault(what=f"“{found.group()}” {what}", fix=fix, path=path)


def _texts(framework: Framework) -> Iterator[tuple[Path, str]]:
    for number, outcome in enumerate(framework.outcomes):
        yield ("outcomes", number, "title"), outcome.title
        yield ("outcomes", number, "statement"), outcome.statement


RULES: tuple[Rule[Framework], ...] = (
    warning("outcome-data", outcome_without_data, "outcomes"),
    warning("outcome-change", outcome_without_change, "outcomes"),
    warning("outcome-means", outcome_no_means, "outcomes"),
    warning("outcome-of-organisation", outcome_no_organisation, "outcomes"),
)
