"""YAML text to plain data, every scalar as text, with the place of each key and value.

Says what is wrong in words; knows nothing of any schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path as FilePath
from typing import Any

import yaml

from databook.load import folders, syntax
from databook.load.faults import fault
from databook.load.text import MOST, decode, position
from databook.load.yaml_events import Reading, follow
from databook.problems import Checked, Level, Place, Problem
from databook.sources import Document, Path, Plain

CAP = 64_000  # bytes; the longest hand-written files of a book are a tenth of it


def read(root: FilePath, name: str) -> Checked[Document]:
    """Read a YAML file of the book by its name relative to the root."""
    data = folders.read_bytes(root, name, cap=CAP)
    return (
        parse(data.value, name)
        if data.value is not None
        else Checked(value=None, problems=data.problems)
    )


def parse(data: bytes, path: str) -> Checked[Document]:
    """Read YAML from bytes; whatever the bytes are, the answer is data or problems."""
    reading = _parse(data, path)
    if reading.value is None:
        return Checked(value=None, problems=reading.problems)
    return _finish(reading.value)


def parse_typed(data: bytes, path: str) -> Checked[tuple[Document, Any]]:
    """Read YAML also with the types that YAML gives to unquoted words, as other programs do."""
    reading = _parse(data, path)
    if reading.value is None:
        return Checked(value=None, problems=reading.problems)
    document = _finish(reading.value)
    if document.value is None:
        return Checked(value=None, problems=document.problems)
    problems: list[Problem] = [*document.problems]
    typed = _typed(document.value.data, (), reading.value, problems)
    return Checked(value=(document.value, typed), problems=tuple(problems))


def _typed(data: Plain, path: Path, reading: Reading, problems: list[Problem]) -> Any:
    if isinstance(data, dict):
        return {key: _typed(value, (*path, key), reading, problems) for key, value in data.items()}
    if isinstance(data, list):
        return [_typed(value, (*path, n), reading, problems) for n, value in enumerate(data)]
    if data is None or path not in reading.plain:
        return data
    for tag, pattern in yaml.SafeLoader.yaml_implicit_resolvers.get(data[:1], ()):
        if pattern.match(data):
            try:
                return yaml.constructor.SafeConstructor().construct_object(
                    yaml.ScalarNode(tag=tag, value=data)
                )
            except Exception:
                place = reading.values.get(path) or Place(path=reading.path)
                what = f"“{data[:40]}” looks like a date or number, but is none."
                problems.append(fault("yaml-syntax", place, what, "Put it in quotes."))
    return data


def _parse(data: bytes, path: str) -> Checked[Reading]:
    if len(data) > CAP:
        what = f"The file holds {len(data) / 1000:,.0f} kB; at most {CAP / 1000:,.0f} kB are read."
        return _none(fault("text-too-big", Place(path=path), what, "Shorten it."))
    text = decode(data, path)
    if text.value is None:
        return Checked(value=None, problems=text.problems)
    if tabs := _tabs(text.value, path) or _wide_spaces(text.value, path):
        return Checked(value=None, problems=tabs)
    reading = Reading(path=path, text=text.value)
    try:
        if follow(reading):
            return Checked(value=reading)
    except yaml.YAMLError as error:
        told = syntax.explain(error, text.value, path)
        # A line that lost its indentation may repeat a name and then end the reading: one slip.
        lines = {told.place.line, told.place.line - 1}
        kept = [p for p in reading.problems if p.place.line not in lines]
        reading.problems[:] = [*kept, told]
    except (ValueError, OverflowError):
        # PyYAML's own answer to escapes such as "\U88888888", which stand for no character.
        what = "An escape between double quotes stands for no character."
        place = Place(path=path)
        reading.problems.append(fault("yaml-syntax", place, what, "Use single quotes."))
    return Checked(value=None, problems=tuple(reading.problems))


def _none(problem: Problem) -> Checked[Reading]:
    return Checked(value=None, problems=(problem,))


def _finish(reading: Reading) -> Checked[Document]:
    place = Place(path=reading.path)
    if not reading.started or reading.data is None:
        what, fix = "The file is empty.", "Fill it in, or delete it."
        if reading.text.strip():
            what = "There is nothing in this file but comments or dashes."
        return Checked(
            value=None, problems=(*reading.problems, fault("yaml-empty", place, what, fix))
        )
    if not isinstance(reading.data, dict):
        what = "The file does not consist of names and values."
        fix = "Write lines such as “title: Staying safe”."
        return Checked(
            value=None, problems=(*reading.problems, fault("yaml-not-a-mapping", place, what, fix))
        )
    document = Document(
        path=reading.path,
        data=reading.data,
        keys=reading.keys,
        values=reading.values,
        text=reading.text,
    )
    return Checked(value=document, problems=(*reading.problems, *_curly(reading)))


_WIDE = re.compile(
    r"^ *(?:- +)?([\u00a0\u2000-\u200a\u202f\u205f\u3000])|^ *(?:- +)?[\w-]+:(?:"
    r"([\u00a0\u2000-\u200a\u202f\u205f\u3000]))",
    re.MULTILINE,
)


def _wide_spaces(text: str, path: str) -> tuple[Problem, ...]:
    """Spaces that look like others, but that YAML does not take for any: pasted from a page."""
    problems = []
    for found in islice(_WIDE.finditer(text) if not text.isascii() else (), MOST):
        line, column = position(text, max(found.start(1), found.start(2)))
        place = Place(path=path, line=line, column=column)
        what = "There is a non-breaking or wide space here, which only looks like a space."
        problems.append(fault("yaml-space", place, what, "Put an ordinary space in its place."))
    return tuple(problems)


def _curly(reading: Reading) -> Iterator[Problem]:
    """Values between typographic quotes, which are part of the text and would be shown."""
    for place, text in reading.curly[:MOST]:
        what = f"{text[:40]} stands between curly quotes, which readers would see."
        fix = 'Write straight quotes (") or none.'
        yield fault("yaml-curly-quotes", place, what, fix, level=Level.WARNING)


def _tabs(text: str, path: str) -> tuple[Problem, ...]:
    """One problem for each line with a tab, wherever it stands."""
    problems: list[Problem] = []
    offset = text.find("\t")
    while offset >= 0 and len(problems) < MOST:
        line, column = position(text, offset)
        what = "There is a tab here."
        fix = "Put spaces in its place (two for each level)."
        place = Place(path=path, line=line, column=column)
        problems.append(fault("yaml-tab", place, what, fix))
        end = text.find("\n", offset)
        offset = text.find("\t", end) if end >= 0 else -1
    return tuple(problems)
