"""Worked examples: each test says what goes in and what must come out; the page is made of them.

A spec module describes its method in `METHOD`; each of its tests takes one `example` and says
in its docstring a title and, below it, a sentence for the public.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from inspect import cleandoc
from types import ModuleType

Shown = str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """What the page says of a method before its examples."""

    title: str
    words: str
    formula: str
    source: str


@dataclass(slots=True)
class Example:
    """One worked example while its test runs."""

    given_rows: list[tuple[str, str]] = field(default_factory=list)
    found_rows: list[tuple[str, str]] = field(default_factory=list)

    def given(self, **inputs: Shown | Sequence[float]) -> None:
        """Record what goes in; underscores in a name become spaces."""
        for name, value in inputs.items():
            self.given_rows.append((name.replace("_", " "), shown(value)))

    def expect(self, name: str, found: Shown, wanted: Shown, *, within: float = 1e-9) -> None:
        """Require a result, and record it as the published value it must equal.

        `within` is relative to the wanted number, or absolute where that is 0.
        """
        if isinstance(wanted, float) and not isinstance(found, str | None):
            assert math.isclose(found, wanted, rel_tol=within, abs_tol=within if wanted == 0 else 0)
        else:
            assert found == wanted
        self.found_rows.append((name, shown(wanted)))


def shown(value: Shown | Sequence[float]) -> str:
    """A value as the page prints it."""
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return f"{value:,}".replace("-", "−")
        case str():
            return value
        case _:
            return "; ".join(shown(one) for one in value)


def page(modules: Sequence[ModuleType]) -> str:
    """The whole page, made by running every example once more."""
    parts = [INTRODUCTION]
    for module in modules:
        method: Method = module.METHOD
        parts += [
            f"## {method.title}",
            cleandoc(method.words).replace("\n", " "),
            f"**In words:** {cleandoc(method.formula)}".replace("\n", " "),
            f"**Source:** {cleandoc(method.source)}".replace("\n", " "),
        ]
        for test in examples_of(module):
            parts.append(_section(test))
    return "\n\n".join(parts) + "\n"


def examples_of(module: ModuleType) -> list[Callable[[Example], None]]:
    """The module's examples, in the order they are written."""
    return [f for name, f in vars(module).items() if name.startswith("test_")]


def _section(test: Callable[[Example], None]) -> str:
    example = Example()
    test(example)
    title, _, sentence = cleandoc(test.__doc__ or "").partition("\n\n")
    rows = [("given", *row) for row in example.given_rows]
    rows += [("found", *row) for row in example.found_rows]
    table = ["| | What | Value |", "| --- | --- | --- |"]
    table[0] = "| Part | What | Value |"
    table += [f"| {part} | {name} | {value} |" for part, name, value in rows]
    return "\n\n".join([f"### {title}", sentence.replace("\n", " "), "\n".join(table)])


INTRODUCTION = """\
---
title: Worked examples
description: Every statistical method of this book with its formula, source and examples.
---

# Worked examples

Every number on this page is a test that the book's own program must pass before anything is
published. Values marked “published” in a sentence were printed by the method's own authors or
by an official body; the others were worked out by hand or by another program. Shares between
0 and 1 are fractions: 0.55 is 55%."""
