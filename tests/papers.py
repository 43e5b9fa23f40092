"""Agreements and plans from text, for tests that change one thing of them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import tiny
from databook import analyse, load, protect, render, validate
from databook.observations import Context
from databook.performance import Performance
from databook.problems import Problem
from databook.sources import Document

BOOK = Path(__file__).parent.parent / "scorecards"
# Names that the demonstration book has and the tiny one has not.
INDICATORS = frozenset({"breastfeeding", "child-poverty", "early-development", "reading"})


def text(folder: str, slug: str) -> str:
    """A working document of the demonstration book."""
    return (BOOK / folder / f"{slug}.yaml").read_text("utf-8")


def changed(source: str, *pairs: tuple[str, str]) -> str:
    """The text with some parts exchanged, each of which stands in it once."""
    for old, new in pairs:
        assert source.count(old) == 1, (source.count(old), old)
        source = source.replace(old, new)
    return source


def document(folder: str, source: str, slug: str = "one") -> Document:
    found = load.document.parse(source.encode(), f"scorecards/{folder}/{slug}.yaml")
    assert found.value is not None, found.problems
    return found.value


@cache
def context() -> Context:
    """The tiny book, rating as the demonstration book does: by a scheme that leaves a case open."""
    found = tiny.context()
    schemes = tuple(
        replace(scheme, lower_is_better="unsaid") for scheme in found.settings.rating_schemes
    )
    return replace(found, settings=replace(found.settings, rating_schemes=schemes))


@cache
def checked(folder: str, source: str) -> tuple[Performance, tuple[Problem, ...]]:
    """What the check makes of one working document, and all that it finds wrong."""
    sources = replace(tiny.sources(), papers={folder: {"one": document(folder, source)}})
    found = validate.performance(sources, context(), INDICATORS)
    assert found.value is not None
    open_ones = tuple(p for p in found.problems if not p.acknowledged)
    return found.value, open_ones


def codes(folder: str, source: str) -> list[str]:
    return [p.code for p in checked(folder, source)[1]]


def shown(folder: str, source: str) -> dict[str, str]:
    """The pages that come of one working document, by address, after `protect`."""
    safe = protect.papers(checked(folder, source)[0], tiny.context(), {})
    assert safe.value is not None
    found = analyse.performance(safe.value, tiny.context())
    pages = render.performance_pages(tiny.context(), safe.value, found, ())
    return {page.path: page.content for page in pages}
