"""What the signs of a sheet stand for, as far as the sheet's own notes say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from databook import slips

_SIGNS = {*slips.VAGUE, "*", "..", ":", ".", "c", "z", "x", "k", "w", "low", "[c]", "[z]", "[x]",
          "[k]", "[w]", "[low]", "!", "#", "s", "-1"}  # fmt: skip
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
        bare = re.sub(r"^(notes?|key|symbols?|shorthand)\s*:\s*", "", text, flags=re.IGNORECASE)
        for part in re.split(r"[;\n]|,\s(?=\S{1,5}\s*[=:–-]\s)|\.\s(?=\S{1,4}\s*=)", bare):
            sign, meaning = _read(part.strip(" '\"“”‘’"))
            if meaning:
                found[sign] = meaning
    return found


def meaning(text: str) -> str:
    """The marker that a remark beside an empty cell comes to, or nothing."""
    said = text.casefold()
    found = [marker for marker, words in _MEANS if marker != "0" and re.search(words, said)]
    return found[0] if found else ""


def _read(text: str) -> tuple[str, str]:
    head = re.match(r"['\"“‘(]?(\S{1,5}?)['\"”’)]?\s*(?:=|:|–|-|denotes|means|indicates|\s)\s*(.+)",
                    text)  # fmt: skip
    if not head or head[1].casefold() not in _SIGNS:
        return "", ""
    said = head[2].casefold()
    meanings = [marker for marker, words in _MEANS if re.search(words, said)]
    return head[1].casefold(), meanings[0] if meanings else ""
