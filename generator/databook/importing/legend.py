"""What the signs of a sheet stand for, as far as the sheet's own notes say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from databook import slips

_SIGNS = {*slips.VAGUE, "*", "..", ":", ".", "c", "z", "x", "k", "w", "low", "[c]", "[z]", "[x]",
          "[k]", "[w]", "[low]"}  # fmt: skip
_MEANS = (
    ("c", r"suppress|confidential|disclos|withheld|fewer than|less than|small number|identif"),
    ("z", r"not applicable"),
    ("x", r"not available|unavailable|no data|missing|not collected|not published|no return"),
    ("low", r"negligible|rounds? to|less than half|rounded to 0|rounded to zero"),
    ("0", r"^(a )?(nil|zero|true zero)|\bnil\b"),
)


def read(texts: Iterable[str]) -> Mapping[str, str]:
    """Sign to marker (or 0), from notes such as "* = suppressed" or ".. not available"."""
    found: dict[str, str] = {}
    for text in texts:
        for part in re.split(r"[;\n]|,\s(?=\S{1,5}\s*[=:–-]\s)|\.\s(?=\S{1,4}\s*=)", text):
            sign, meaning = _read(part.strip(" '\"“”‘’"))
            if meaning:
                found[sign] = meaning
    return found


def _read(text: str) -> tuple[str, str]:
    head = re.match(r"['\"“‘(]?(\S{1,5}?)['\"”’)]?\s*(?:=|:|–|-|denotes|means|indicates|\s)\s*(.+)",
                    text)  # fmt: skip
    if not head or head[1].casefold() not in _SIGNS:
        return "", ""
    said = head[2].casefold()
    meanings = [marker for marker, words in _MEANS if re.search(words, said)]
    return head[1].casefold(), meanings[0] if meanings else ""
