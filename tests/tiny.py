"""The tiny book of `cases/books/tiny` in memory, for tests that change one thing of it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from databook import load, validate
from databook.observations import Card, Context
from databook.problems import Checked, Problem
from databook.sources import Document, Folder, Package, Sources, Table

ROOT = Path(__file__).parent / "cases" / "books" / "tiny"
HEADINGS = "period,area,sex,value,numerator,denominator,lower,upper,marker,note"


@cache
def sources() -> Sources:
    found = load.book(ROOT)
    assert found.value is not None
    assert not found.problems
    return found.value


@cache
def context() -> Context:
    found = validate.context(sources())
    assert found.value is not None
    assert not found.problems
    return found.value


def indicator_text() -> str:
    return (ROOT / "scorecards/indicators/reading/indicator.yaml").read_text("utf-8")


def document(text: str, path: str = "scorecards/indicators/reading/indicator.yaml") -> Document:
    found = load.document.parse(text.encode(), path)
    assert found.value is not None, found.problems
    return found.value


def table(text: str, path: str = "scorecards/indicators/reading/data.csv") -> Table:
    found = load.tables.read(text.encode(), path)
    assert found.value is not None, found.problems
    return found.value[0]


def card(
    yaml: str = "", rows: str = "", forecasts: str = "", around: Context | None = None
) -> Checked[Card]:
    """The tiny indicator with another indicator.yaml, rows or forecasts, or in another book."""
    folder: Folder = sources().indicators["reading"]
    if yaml:
        folder = replace(folder, document=document(yaml))
    if rows:
        assert folder.package is not None
        text = rows if rows.startswith(("period,", "Year,")) else f"{HEADINGS}\n{rows}"
        package: Package = replace(folder.package, tables={"data": table(text.rstrip() + "\n")})
        folder = replace(folder, package=package)
    if forecasts:
        path = "scorecards/indicators/reading/forecasts.csv"
        folder = replace(folder, forecasts=table(forecasts, path))
    return validate.card(folder, around or context())


def changed(*pairs: tuple[str, str]) -> str:
    """The tiny indicator.yaml with texts exchanged."""
    text = indicator_text()
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [p.code for p in problems]
