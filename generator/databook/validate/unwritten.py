"""Words that `databook new` wrote and nobody has put their own in the place of."""

from __future__ import annotations

from collections.abc import Iterator

from databook.placeholders import TO_BE_WRITTEN
from databook.problems import Problem
from databook.sources import Document, Path, Plain
from databook.validate.faults import Fault, Rule, run, warning


def own_words(document: Document) -> Iterator[Fault]:
    """What is left as it was begun would be published, and readers would be told to write it."""
    for path, text in _texts(document.data, ()):
        if text in TO_BE_WRITTEN:
            yield Fault(
                what=f"“{text}” still stands here.",
                fix="Put your own words in its place.",
                path=path,
            )


def unwritten(document: Document) -> Iterator[Problem]:
    """All such lines of one document, in their order."""
    return run(RULES, document, lambda fault: document.place(fault.path))


def _texts(data: Plain, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, (*path, key))
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from _texts(item, (*path, number))


RULES: tuple[Rule[Document], ...] = (warning("to-be-written", own_words),)
