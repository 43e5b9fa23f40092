"""JSON text to plain data with places, for descriptors that come as datapackage.json."""

from __future__ import annotations

import json
import re
from typing import Any

from databook.load.faults import fault
from databook.load.text import decode, hidden, position
from databook.problems import Checked, Place, Problem
from databook.sources import Document, Path, Plain

DEPTH = 12
_DECODER: Any = json.JSONDecoder()  # its reader of strings, strict about control characters
_SPACE = re.compile(r"[ \t\r\n]*")
_ATOM = re.compile(
    r"true|false|null|-?(?:0|[1-9][0-9]{0,30})(?:\.[0-9]{1,30})?(?:[eE][+-]?[0-9]{1,3})?"
)


class _Broken(Exception):  # noqa: N818 - carries where and what; told as a problem
    def __init__(self, offset: int, what: str, fix: str = "") -> None:
        super().__init__(what)
        self.offset = offset
        self.what = what
        self.fix = fix or "Mend the line; an editor with JSON support shows where."


class _Reader:
    """One reading of one text: the offset moves on, places and doubles are noted."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.at = 0
        self.keys: dict[Path, Place] = {}
        self.values: dict[Path, Place] = {}
        self.problems: list[Problem] = []

    def place(self, offset: int) -> Place:
        line, column = position(self.text, offset)
        return Place(path=self.path, line=line, column=column)

    def skip(self) -> str:
        """Go past blanks; the next character, or nothing at the end."""
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def value(self, path: Path) -> tuple[Plain, Any]:
        """Read one value: as text, and as the type that JSON gives it."""
        character = self.skip()
        self.values[path] = self.place(self.at)
        if len(path) > DEPTH:
            raise _Broken(self.at, f"There are more than {DEPTH} levels here")
        if character == "{":
            return self.mapping(path)
        if character == "[":
            return self.sequence(path)
        if character == '"':
            text = self.string()
            return text, text
        if character in ("}", "]") and self.text[: self.at].rstrip().endswith(","):
            raise self.no_name()
        if not (atom := _ATOM.match(self.text, self.at)):
            raise _Broken(self.at, "A value is missing or is not written as JSON")
        self.at = atom.end()
        return (None if atom[0] == "null" else atom[0]), json.loads(atom[0])

    def string(self) -> str:
        try:
            text, self.at = _DECODER.parse_string(self.text, self.at + 1, True)
        except json.JSONDecodeError as error:
            raise _Broken(min(error.pos, len(self.text)), "A text is not closed") from None
        if found := hidden(text):
            raise _Broken(self.at - 1, f"A text holds an invisible character, U+{ord(found):04X}")
        return str(text)

    def mapping(self, path: Path) -> tuple[Plain, Any]:
        texts: dict[str, Plain] = {}
        typed: dict[str, Any] = {}
        self.at += 1
        if self.skip() == "}":
            self.at += 1
            return texts, typed
        while True:
            if self.skip() != '"':
                raise self.no_name()
            start = self.at
            name = self.string()
            if self.skip() != ":":
                raise _Broken(self.at, f"A colon is missing after “{name[:40]}”")
            self.at += 1
            if name in texts:
                what = f"“{name[:60]}” is given twice."
                place = self.place(start)
                self.problems.append(
                    fault("yaml-duplicate-key", place, what, "Keep one of the two.")
                )
            self.keys.setdefault((*path, name), self.place(start))
            texts[name], typed[name] = self.value((*path, name))
            if self.next("}"):
                return texts, typed

    def no_name(self) -> _Broken:
        """What stands where a name in double quotes should be, in the usual cases."""
        ahead = self.text[self.at : self.at + 2]
        if ahead[:1] in ("}", "]"):
            comma = self.text.rfind(",", 0, self.at)
            return _Broken(comma, "There is a comma after the last entry", "Delete the comma.")
        if ahead[:1] in ("'", "‘", "“", "”"):
            fix = 'Write " before and after each name and text.'
            return _Broken(self.at, "Names stand between double quotes in JSON", fix)
        if ahead in ("//", "/*") or ahead[:1] == "#":
            fix = "Delete it; put what it says into “description”."
            return _Broken(self.at, "JSON has no comments", fix)
        return _Broken(self.at, "A name in double quotes is missing")

    def sequence(self, path: Path) -> tuple[Plain, Any]:
        texts: list[Plain] = []
        typed: list[Any] = []
        self.at += 1
        if self.skip() == "]":
            self.at += 1
            return texts, typed
        while True:
            text, value = self.value((*path, len(texts)))
            texts.append(text)
            typed.append(value)
            if self.next("]"):
                return texts, typed

    def next(self, closing: str) -> bool:
        """Go past a comma (False) or the closing bracket (True)."""
        character = self.skip()
        if character not in (",", closing) or not character:
            raise _Broken(self.at, f"A comma or a closing {closing} is missing")
        self.at += 1
        return character == closing


def parse(data: bytes, path: str) -> Checked[tuple[Document, Any]]:
    """Read JSON from bytes: a document of text, and the same data with JSON's own types."""
    text = decode(data, path)
    if text.value is None:
        return Checked(value=None, problems=text.problems)
    reader = _Reader(text.value, path)
    try:
        plain, typed = reader.value(())
        if reader.skip():
            raise _Broken(reader.at, "There is more after the end")
    except _Broken as broken:
        place = reader.place(broken.offset)
        told = fault("yaml-syntax", place, f"{broken.what}.", broken.fix)
        return Checked(value=None, problems=(told,))
    if not isinstance(plain, dict):
        what, fix = "The file does not consist of names and values.", "Write { … } around it."
        return Checked(
            value=None, problems=(fault("yaml-not-a-mapping", Place(path=path), what, fix),)
        )
    document = Document(path=path, data=plain, keys=reader.keys, values=reader.values)
    return Checked(value=(document, typed), problems=tuple(reader.problems))
