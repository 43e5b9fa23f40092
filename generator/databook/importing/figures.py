"""One cell of a sheet as a figure: its number, the marker beside or instead of it, and a note."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation

from databook import slips
from databook.observations import MARKERS, WITHOUT_VALUE

# What may follow a number: a marker of official statistics, or a mark that leads to a footnote.
_BESIDE = sorted((m for m in MARKERS if m not in WITHOUT_VALUE), key=len, reverse=True)
_AFTER = re.compile(
    rf"^(?P<number>.*?[0-9)%])\s*(?:[(\[](?P<held>{'|'.join(_BESIDE)})[)\]]"
    rf"|(?P<bare>{'|'.join(_BESIDE)})|(?P<note>\[note \d+\]|\[\d+\]|[¹²³⁴⁵⁶⁷⁸⁹*†‡§#]+))$",
    re.IGNORECASE,
)
VAGUE = frozenset(slips.VAGUE)
# Words in the place of a figure that say themselves what they mean.
_WORDS = (
    ("c", re.compile(r"suppressed|withheld|confidential|disclosive|\[?redacted\]?")),
    ("z", re.compile(r"not applicable")),
    ("x", re.compile(r"missing|not (available|published|collected|known)|unavailable|no data|"
                     r"data not available|unknown")),
)  # fmt: skip
MOST_DECIMALS = 10  # of a figure that `load` reads; more are a machine's own arithmetic
ZERO = "0"  # the answer to what "-" means, besides the markers
NOTHING = "none"  # the answer that a sign marks a cell without any figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number as plain text, or a marker in its place; `unknown` where neither can be known."""

    number: str = ""
    marker: str = ""
    note: str = ""
    percent: bool = False
    shortened: bool = False
    symbol: str = ""  # what stood in the cell instead of a number
    unknown: bool = False
    empty: bool = False


def read(text: str, meanings: Mapping[str, str], *, comma: bool = False) -> Figure:
    """Read a cell; `meanings` says what signs stand for, before what is usual."""
    sign = text.casefold()
    if not text:
        return Figure(empty=True)
    if sign in meanings:
        return _meant(sign, meanings[sign])
    if sign in slips.MARKS:
        return Figure(marker=slips.MARKS[sign], symbol=sign)
    if word := next((marker for marker, words in _WORDS if words.fullmatch(sign)), ""):
        return Figure(marker=word, symbol=sign)
    if sign in ("u", "[u]"):
        return Figure(marker="x", note="The source withheld it as unreliable [u]", symbol=sign)
    if number := _number(text, comma=comma):
        return Figure(number=number, percent="%" in text, shortened=bool(_LONG.fullmatch(text)))
    if (found := _AFTER.match(text)) and (number := _number(found["number"], comma=comma)):
        marker = (found["held"] or found["bare"] or "").casefold()
        note = f"Marked {found['note']} in the source" if found["note"] else ""
        return Figure(number=number, marker=marker, note=note, percent="%" in text)
    return Figure(unknown=True, symbol=sign)


def looks_like(text: str) -> bool:
    """Whether a cell may hold a figure or stand for one that is missing."""
    found = read(text, {})
    return bool(found.number or found.marker) or found.symbol in VAGUE or is_number(text)


def is_number(text: str) -> bool:
    """Whether a cell holds a number, be it with a decimal comma."""
    return bool(read(text, {}).number or read(text, {}, comma=True).number)


def decimals(number: str) -> int:
    """How many decimals a number is written with."""
    return len(number.partition(".")[2])


def _shorter(text: str) -> str:
    """A number as programs print it, 1.5e-05 or 13.270712424800001, to ten decimals at most."""
    step = Decimal(1).scaleb(-MOST_DECIMALS)
    try:
        plain = f"{Decimal(text).quantize(step, context=Context(prec=60)):f}"
    except InvalidOperation:
        return ""  # 1e99 is no figure of any book
    plain = plain.rstrip("0").rstrip(".")
    return plain if slips.NUMBER.fullmatch(plain) else ""


def _meant(sign: str, meaning: str) -> Figure:
    if meaning == ZERO:
        return Figure(number="0", symbol=sign)
    if meaning == NOTHING:
        return Figure(empty=True, symbol=sign)
    return Figure(marker=meaning, symbol=sign)


_LONG = re.compile(r"[+-]?\d{1,12}(?:\.\d+)?[eE][+-]?\d{1,2}|-?\d{1,12}\.\d{11,40}")


def _number(text: str, *, comma: bool) -> str:
    if _LONG.fullmatch(text):
        return _shorter(text)
    bare = text.replace("\N{NO-BREAK SPACE}", " ")
    if re.search(r"[A-Za-z|]", bare):  # letters that pass for digits are for a person to judge
        return ""
    if comma:
        bare = bare.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[^,]*[0-9],(?:[0-9]{1,2}|[0-9]{4,})%?", bare):
        return ""  # neither thousands nor, as far as anybody knows, decimals
    if slips.NUMBER.fullmatch(bare):
        return bare
    return slips.number(bare)
