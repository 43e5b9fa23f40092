"""Keys, values and indentation of a YAML file, changed in the text they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from databook.problems import Problem

_BY_MEANING = ("choice-unknown", "truth-wrong", "number-wrong")
_KEY = re.compile(r"[^\s:#\"'\[\]{}&*!|>%@`,][^\s:#]*")
_PLAIN = re.compile(r"[^\s\"'\[\]{}&*!|>%@`,#][^#\n,\[\]{}]*?(?=\s*(?:#.*)?$)")


def mended(text: str, problems: Sequence[Problem]) -> str:
    """The file with everything mended that its problems leave no doubt about."""
    lines = text.split("\n")
    # From the end of each line to its beginning, so that places to the left stay true.
    for problem in sorted(problems, key=lambda p: p.place, reverse=True):
        at, column = problem.place.line - 1, problem.place.column - 1
        if at < len(lines) and column <= len(lines[at]):
            lines[at] = _line(lines[at], column, problem)
    if any(p.code == "yaml-tab" for p in problems):
        lines = _without_tabs(lines)
    return "\n".join(lines)


def _line(line: str, column: int, problem: Problem) -> str:
    """One line, with what its problem is about put right."""
    before, rest = line[:column], line[column:]
    if problem.code == "key-unknown" and problem.meant:
        found = _KEY.match(rest)
        if found and rest[found.end() :].lstrip(" ").startswith(":"):
            return before + problem.meant + rest[found.end() :]
    elif problem.code in _BY_MEANING and problem.meant:
        return before + _value(rest, problem.meant)
    elif problem.code == "yaml-space":
        return before + " " + rest[1:]
    elif problem.code == "yaml-syntax" and problem.what.startswith("There is no space after the"):
        if before.endswith(":") and rest[:2] != "//":
            return f"{before} {rest}"
    elif problem.code == "yaml-curly-quotes":
        return before + _straight(rest)
    return line


def _value(rest: str, meant: str) -> str:
    """A value exchanged, in the quotes that it had."""
    if rest[:1] in ("'", '"'):
        end = rest.find(rest[0], 1)
        inside = rest[1:end]
        return rest if end < 0 or "\\" in inside else f"{rest[0]}{meant}{rest[0]}{rest[end + 1 :]}"
    found = _PLAIN.match(rest)
    return meant + rest[found.end() :] if found else rest


def _straight(rest: str) -> str:
    found = re.match(r"[“‘„]([^“”‘’„\"\\#]*)[”’“](?=\s*(?:#.*)?$)", rest)
    return f'"{found[1]}"{rest[found.end() :]}' if found else rest


def _without_tabs(lines: list[str]) -> list[str]:
    """Two spaces for each tab that a line begins with; a space for one after a colon or dash.

    Only where tabs alone stand before the text: how deep a mixture reaches, nobody can know.
    """
    changed = []
    for line in lines:
        text = line.lstrip(" \t")
        indent = line[: len(line) - len(text)]
        if "\t" in indent and " " not in indent:
            indent = "  " * len(indent)
        text = re.sub(r"(?<=[:\-])\t+(?=\S)", " ", text).rstrip("\t")
        changed.append(indent + text if text else "")
    return changed
