"""How wide words are, and where they break into lines, where no browser can be asked."""

from __future__ import annotations

from functools import lru_cache

# Advance widths in hundredths of an em, after the widest of the usual sans-serif faces in bold
# (DejaVu Sans Bold), so that what fits by this table fits in any reader's face.
_WIDTHS = {
    30: "'", 35: "ijl ", 40: "IJ,./:;\\|’", 45: "f!()-[]", 50: "rt_`–", 55: '"*', 60: "csz?",
    65: "vxyL", 70: "0123456789aekoEFT$£é", 75: "bdghnpquCPSYZ{}", 80: "ABKRVX",
    85: "DGHNOQU#+<=>^~−", 90: "&", 95: "w", 100: "M%@…", 105: "m", 110: "W",
}  # fmt: skip
_ADVANCE = {letter: width / 100 for width, letters in _WIDTHS.items() for letter in letters}
_ADVANCE["\u00a0"] = _ADVANCE[" "]
_UNKNOWN_ADVANCE = 1.05
_REGULAR = 0.94  # regular letters of that face are at least this much narrower


@lru_cache(maxsize=65536)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """A width that the text will not exceed, in pixels."""
    advance = sum(_ADVANCE.get(letter, _UNKNOWN_ADVANCE) for letter in text)
    return advance * size * (1 if bold else _REGULAR)


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """Break text into lines no wider than `width`: at spaces, then hyphens, then anywhere."""
    lines: list[str] = []
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size, bold=bold) <= width:
            lines[-1] = joined
        else:
            lines += _pieces(word, width, size, bold=bold)
    return tuple(lines)


def _pieces(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    if text_width(word, size, bold=bold) <= width or len(word) < 2:
        return [word]
    head, hyphen, tail = word.partition("-")
    if hyphen and tail and text_width(head + hyphen, size, bold=bold) <= width:
        joined = _pieces(tail, width, size, bold=bold)
        if text_width(head + hyphen + joined[0], size, bold=bold) <= width:
            return [head + hyphen + joined[0], *joined[1:]]
        return [head + hyphen, *joined]
    fits = max(
        1, sum(text_width(word[: n + 1], size, bold=bold) <= width for n in range(len(word)))
    )
    return [word[:fits], *_pieces(word[fits:], width, size, bold=bold)]
