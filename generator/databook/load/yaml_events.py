"""The events of the YAML parser, one by one, as plain data with the place of each key and value.

Nothing is built from a tag, an alias or a deep nest, because the first of them ends the reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

import yaml

from databook.load.faults import fault
from databook.load.text import hidden
from databook.problems import Level, Place, Problem
from databook.sources import Path, Plain

DEPTH = 12  # levels; the deepest of the book's own formats has six
# Between braces the parser takes "name:value" for one word.
_NO_SPACE = re.compile(r"([A-Za-z_][\w-]*):([^\s:/].*)")
NULLS = frozenset({"", "~", "null", "Null", "NULL"})  # YAML 1.1, 10.2.1.4

# The C parser is ten times faster; where PyYAML was built without it the other reads the same.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Stop(Exception):  # noqa: N818 - not an error: the problem is already told
    """Reading further would make no sense."""


@dataclass(slots=True)
class _Open:
    """One open list or mapping, and the key that waits for its value."""

    path: Path
    holds: list[Plain] | dict[str, Plain]
    key: str | None = None
    key_place: Place | None = None
    skip: bool = False  # it belongs to a key that was given before


@dataclass(slots=True)
class Reading:
    """What has been read so far. Local to one call of `document.parse`."""

    path: str
    text: str
    data: Plain = None
    started: bool = False
    documents: int = 0
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)  # of the text, once somebody asks
    plain: set[Path] = field(default_factory=set)  # values without quotes
    curly: list[tuple[Place, str]] = field(default_factory=list)


def follow(reading: Reading) -> bool:
    """Go through the parser's events, none of which nests, so that depth costs no stack.

    False where the reading was given up, for a reason that is among its problems. The parser's own
    exceptions are the caller's to explain.
    """
    try:
        for event in yaml.parse(reading.text, Loader=LOADER):
            _take(reading, event)
    except _Stop:
        return False
    return True


def _take(reading: Reading, event: Any) -> None:
    kind = type(event)
    if kind is yaml.ScalarEvent:
        _scalar(reading, event)
    elif kind is yaml.MappingStartEvent:
        _refuse_extras(reading, event)
        _enter(reading, event, {})
    elif kind is yaml.SequenceStartEvent:
        _refuse_extras(reading, event)
        _enter(reading, event, [])
    elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
        reading.open.pop()
    elif kind is yaml.AliasEvent:
        what = f"*{event.anchor} stands for a value written elsewhere."
        fix = "Write the value out here; put quotes round a text that begins with *."
        _stop(reading, "yaml-alias", event, what, fix)
    elif kind is yaml.DocumentStartEvent:
        _document(reading, event)


def _document(reading: Reading, event: Any) -> None:
    reading.documents += 1
    if event.version or event.tags:
        what = "The line beginning with % gives an instruction to the reader of the file."
        _stop(reading, "yaml-directive", event, what, "Delete the line.")
    if reading.documents > 1:
        what = "A line of three dashes begins a second document in this file."
        _stop(reading, "yaml-several-documents", event, what, "Delete it, or make two files.")


def _refuse_extras(reading: Reading, event: Any) -> None:
    if event.anchor is not None:
        what = f"&{event.anchor} names this value so that it can be used elsewhere."
        fix = "Take the name out; put quotes round a text that begins with &."
        _stop(reading, "yaml-alias", event, what, fix)
    if event.tag is not None:
        what = f"{_short_tag(event.tag)} gives this value a type."
        fix = "Take it out; put quotes round a text that begins with an exclamation mark."
        _stop(reading, "yaml-tag", event, what, fix)


def _short_tag(tag: str) -> str:
    return f"“{tag.replace('tag:yaml.org,2002:', '!!')[:60]}”"


def _enter(reading: Reading, event: Any, holds: list[Plain] | dict[str, Plain]) -> None:
    if len(reading.open) >= DEPTH:
        what = f"There are more than {DEPTH} levels of lists within lists here."
        _stop(reading, "yaml-too-deep", event, what, "Flatten it; see the examples in the docs.")
    if reading.open and isinstance(reading.open[-1].holds, dict) and reading.open[-1].key is None:
        what = "A list or a group of keys stands where the name of a value should be."
        fix = "Put quotes round a text that begins with { or [."
        _stop(reading, "yaml-key", event, what, fix)
    path, keep = _put(reading, event, holds)
    reading.open.append(_Open(path=path, holds=holds, skip=not keep))


def _scalar(reading: Reading, event: Any) -> None:
    _refuse_extras(reading, event)
    value: str = event.value
    plain = not event.style
    if event.style == '"' and (found := hidden(value)):
        what = f"The text holds an invisible character, U+{ord(found):04X}, written as a code."
        _stop(reading, "text-control-character", event, what, "Take it out.")
    level = reading.open[-1] if reading.open else None
    if level is not None and isinstance(level.holds, dict) and level.key is None:
        _key(reading, level, event)
        return
    path, _ = _put(reading, event, None if plain and value in NULLS else value)
    if plain:
        reading.plain.add(path)
        if value.endswith('"') and value.count('"') == 1:
            place = _place(reading, event)
            line = place.line + event.end_mark.line - event.start_mark.line
            end = replace(place, line=line, column=event.end_mark.column)
            what = "A quote stands at the end of this value, and none at its beginning."
            fix = 'Put " at both ends, or at neither.'
            if value[0] in "“‘„”":
                end, what = place, "The quote here is curly, and the one at the end is straight."
            reading.problems.append(fault("yaml-stray-quote", end, what, fix))
        if "#" in reading.text and (cut := _cut_off(reading, event)):
            reading.problems.append(cut)
        if len(value) > 1 and value[0] in "“‘„" and value[-1] in "”’“":
            reading.curly.append((_place(reading, event), value))


_NUMBERED = re.compile(r"\s+#(?=[0-9])")


def _cut_off(reading: Reading, event: Any) -> Problem | None:
    """The rest of a value that YAML takes for a comment: "Estate #4" is read as "Estate"."""
    if not reading.lines:
        reading.lines.extend(reading.text.split("\n"))
    mark = event.end_mark
    rest = reading.lines[mark.line][mark.column :] if mark.line < len(reading.lines) else ""
    if not (found := _NUMBERED.match(rest)):
        return None
    place = Place(path=reading.path, line=mark.line + 1, column=mark.column + found.end())
    what = f"“{rest.strip()[:40]}” is read as a comment, and left out of the value."
    fix = "Put the whole value in quotes; a comment has a space after its #."
    return fault("yaml-cut-off", place, what, fix, level=Level.WARNING)


def _key(reading: Reading, level: _Open, event: Any) -> None:
    name: str = event.value
    if not event.style and name == "<<":
        what = "<< takes in values written elsewhere."
        _stop(reading, "yaml-alias", event, what, "Write the values out here.")
    if not event.style and (found := _NO_SPACE.match(name)):
        what = f"There is no space after the colon of “{found[1]}”."
        place = _place(reading, event)
        place = replace(place, column=place.column + found.end(1) + 1)
        reading.problems.append(
            fault("yaml-syntax", place, what, f"Write “{found[1]}: {found[2]}”.")
        )
        raise _Stop
    if not name.strip():
        what, fix = "A value has no name: the part before the colon is empty.", "Name the value."
        reading.problems.append(fault("yaml-key", _place(reading, event), what, fix))
    level.key, level.key_place = name, _place(reading, event)


def _put(reading: Reading, event: Any, value: Plain) -> tuple[Path, bool]:
    """Put a value where it belongs and note its place. False if its key was given before."""
    if not reading.open:
        reading.started, reading.data = True, value
        reading.values[()] = _place(reading, event)
        return (), True
    level = reading.open[-1]
    if isinstance(level.holds, list):
        path: Path = (*level.path, len(level.holds))
        level.holds.append(value)
    else:
        path = (*level.path, level.key or "")
        place = level.key_place or _place(reading, event)
        new = level.key not in level.holds
        if not new and not level.skip:
            _duplicate(reading, place, path)
        level.key, level.key_place = None, None
        if level.skip or not new:
            return path, False
        level.holds[str(path[-1])] = value
        reading.keys[path] = place
    if not level.skip:
        reading.values[path] = _place(reading, event)
    return path, not level.skip


def _duplicate(reading: Reading, place: Place, path: Path) -> None:
    first = reading.keys[path].line
    what = f"“{path[-1]}” is given twice: first on line {first}, again on line {place.line}."
    reading.problems.append(fault("yaml-duplicate-key", place, what, "Keep one of the two."))


def _place(reading: Reading, event: Any) -> Place:
    mark = event.start_mark
    return Place(path=reading.path, line=mark.line + 1, column=mark.column + 1)


def _stop(reading: Reading, code: str, event: Any, what: str, fix: str) -> NoReturn:
    reading.problems.append(fault(code, _place(reading, event), what, fix))
    raise _Stop
