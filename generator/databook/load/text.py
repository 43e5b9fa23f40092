"""Bytes to text: UTF-8 only, and no character that hides or turns round what is written."""

from __future__ import annotations

import codecs
import re
import unicodedata
from itertools import islice

from databook.load.faults import fault
from databook.problems import Checked, Level, Place, Problem

# Controls (C0, C1, DEL) except tab and line ends, and a carriage return without its line feed.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)")
# Unicode category Cf (invisible formatting, bidirectional overrides among them) except the
# joiners U+200C and U+200D, which Persian, Hindi and emoji need; line and paragraph separators;
# and the two noncharacters. A test holds this list against `unicodedata`.
_INVISIBLE = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\U000110bd\U000110cd"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001"
    "\U000e0020-\U000e007f]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_UTF_16 = "it is UTF-16 (“Unicode” in some programs)"
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods are zips, .xls is OLE 2
MOST = 20  # problems of one kind told for one file; a hundredth adds nothing


def decode(data: bytes, path: str, *, mark_ok: bool = False) -> Checked[str]:
    """Read UTF-8 text. With `mark_ok` a leading byte order mark is dropped with a warning."""
    problems: list[Problem] = []
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Checked(
            value=None,
            problems=(_not_utf8(path, 1, 1, _UTF_16),),
        )
    if data.startswith(_WORKBOOK):
        return Checked(value=None, problems=(_workbook(path),))
    if b"\0" in data[:4] and data[:64].count(0) > len(data[:64]) // 3:
        return Checked(value=None, problems=(_not_utf8(path, 1, 1, _UTF_16),))
    if data.startswith(codecs.BOM_UTF8):
        data = data[3:]
        problems.append(_mark(path, Level.WARNING if mark_ok else Level.ERROR))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = position(before, len(before))
        problems.append(_not_utf8(path, line, column, _old_letter(data[error.start])))
        return Checked(value=None, problems=tuple(problems))
    problems += _conflicts(text, path)
    problems += _hidden(text, path)
    if any(p.level is Level.ERROR for p in problems):
        return Checked(value=None, problems=tuple(problems))
    return Checked(value=text, problems=tuple(problems))


# What git writes round two versions of the same lines. A row of equals signs alone underlines a
# heading in Markdown.
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?= |$)", re.MULTILINE)


def _conflicts(text: str, path: str) -> list[Problem]:
    """Lines that a merge left for somebody to choose from, told once for each pair of versions."""
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return []
    found: list[Problem] = []
    opened = False
    for match in islice(_CONFLICT.finditer(text), 2 * MOST):
        closes, opened = opened and match[0][0] == ">", match[0][0] == "<"
        if closes or (path.endswith(".md") and text.count("```", 0, match.start()) % 2):
            continue  # the end of one that is told, or an example between fences
        line, column = position(text, match.start())
        what = f"Git could not merge two changes here, and left both (“{match[0]}”)."
        fix = (
            "Keep the version that is right, and delete the other with the lines that begin with "
            "<<<<<<<, ======= and >>>>>>>."
        )
        place = Place(path=path, line=line, column=column)
        found.append(fault("text-merge-conflict", place, what, fix))
    return found


def hidden(text: str) -> str:
    """The first character of a text that hides or turns something round, or nothing.

    Line ends and tabs are in order; half a character (a lone surrogate) is not.
    """
    found = _CONTROL.search(text) or _INVISIBLE.search(text) or _SURROGATE.search(text)
    return found[0] if found else ""


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset into a text."""
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, start) + 1, offset - start + 1


def _hidden(text: str, path: str) -> list[Problem]:
    if "\n" not in text and text.count("\r") > 1:
        what = "The lines end in a way that only very old programs read (carriage returns)."
        fix = "Save the file with ordinary line ends (LF or CRLF)."
        return [fault("text-control-character", Place(path=path), what, fix)]
    found = list(_CONTROL.finditer(text))
    if not text.isascii():
        found += _INVISIBLE.finditer(text)
    return [_character(text, path, match.start()) for match in found[:MOST]]


def _character(text: str, path: str, offset: int) -> Problem:
    line, column = position(text, offset)
    character = text[offset]
    name = unicodedata.name(character, "control character").lower()
    return fault(
        "text-control-character",
        Place(path=path, line=line, column=column),
        f"There is an invisible character here: U+{ord(character):04X} ({name}).",
        "Delete it: retype the words around it by hand rather than pasting them.",
    )


def _mark(path: str, level: Level) -> Problem:
    return fault(
        "text-byte-order-mark",
        Place(path=path),
        "The file begins with an invisible byte order mark.",
        "`databook fix` takes it away; or save the file as UTF-8 “without BOM”.",
        level=level,
    )


def _not_utf8(path: str, line: int, column: int, detail: str) -> Problem:
    return fault(
        "text-not-utf-8",
        Place(path=path, line=line, column=column),
        f"The file is not UTF-8 text: {detail}.",
        "Save it again with the encoding UTF-8 (in Excel: Save as, “CSV UTF-8”)."
        if path.endswith(".csv")
        else "Save it again with the encoding UTF-8.",
    )


def _old_letter(byte: int) -> str:
    """A byte that is no UTF-8, as the letter that Windows programs would have meant by it."""
    letter = bytes([byte]).decode("cp1252", "ignore")
    if not letter.isprintable() or not letter.strip():
        return f"byte 0x{byte:02X} is not"
    return f"the “{letter}” here is written as older Windows programs do (byte 0x{byte:02X})"


def _workbook(path: str) -> Problem:
    return fault(
        "text-not-utf-8",
        Place(path=path),
        "The file is no text: it is a workbook or another packed file under this name.",
        "Open it in a spreadsheet and save the sheet as CSV, or make an indicator of it with "
        "`databook import`.",
    )
