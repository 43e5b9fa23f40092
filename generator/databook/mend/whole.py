"""What is wrong with a file as a whole: its encoding, its line ends, letters nobody sees."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence, Set

from databook.problems import Problem

# Letters that nobody sees and nobody means: zero-width spaces, soft hyphens, stray marks. Those
# that turn text round are left: what was meant then is not certain.
_NOTHING = re.compile("[\u200b\u2060\u00ad\ufeff]")


def mended(data: bytes, path: str, codes: Set[str]) -> bytes:
    """The file as UTF-8 without marks, with line ends that all programs know."""
    if "text-not-utf-8" in codes and data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        try:
            data = data.decode("utf-16").encode("utf-8")
        except UnicodeError:
            return data
    if "text-byte-order-mark" in codes and data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
    if "text-control-character" in codes:
        if b"\n" not in data:
            data = data.replace(b"\r", b"\n")
        try:
            data = _NOTHING.sub("", data.decode("utf-8")).encode("utf-8")
        except UnicodeDecodeError:
            return data
    del path
    return data


def headings(text: str, problems: Sequence[Problem]) -> str:
    """A space after the signs of a heading, where there is none."""
    lines = text.split("\n")
    for problem in problems:
        at = problem.place.line - 1
        if problem.code == "heading-order" and "no space" in problem.what and at < len(lines):
            lines[at] = re.sub(r"^( {0,3}#{1,6})(?=[A-Za-z])", r"\1 ", lines[at])
    return "\n".join(lines)
