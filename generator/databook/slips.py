"""Slips of the hand, and what was meant: numbers, marks and letters as people type and paste them.

Text in, text out. Stages ask here for the words of a remedy, and `fix` for the remedy itself, so
that what is advised and what is done are one thing. An empty answer means: nobody can know.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,10})?")
_GROUPED = re.compile(
    r"(-?[0-9]{1,3}(?:([, '\u2009\u202f\u00a0])[0-9]{3})(?:\2[0-9]{3})*)(\.[0-9]+)?"
)
_COMMA = re.compile(r"-?[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})")
_MINUS = str.maketrans("\u2212\u2013\u2010\u2011\ufe63\uff0d", "------")
# Letters that pass for digits. S for 5 and B for 8 are left to the writer: they are rarer, and
# codes are full of them.
_LETTERS = str.maketrans("OoОо\u039flI|", "00000111")
_LETTER = re.compile("[OoОо\u039flI|]")

# What statisticians put into the place of a figure, and the mark of official statistics that it
# comes to (Government Analysis Function, "Using symbols in tables", with the older signs that it
# replaced). "-" and "n/a" mean different things in different tables, so they are not here.
MARKS: Mapping[str, str] = {
    **{mark: mark for mark in ("c", "k", "low", "w", "x", "z")},
    **{f"[{mark}]": mark for mark in ("c", "k", "low", "w", "x", "z")},
    "*": "c",
    "..": "x",
    ":": "x",
    ".": "z",
}
# Signs of no figure whose meaning only the publication's own notes can tell.
VAGUE = ("-", "–", "—", "n/a", "na", "nil", "null", "none", "nan", "?", "#n/a", "tbc", "~", "…")

# Letters of other alphabets that look like Latin ones in most typefaces (Unicode Technical
# Standard 39, confusables; Cyrillic and Greek only, which is what keyboards produce).
_ALIKE = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеіјорсѕухԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲν",
        "ABESIJKMHOPCTYXaeijopcsyxdqwhABEZHIKMNOPTYXocv",
        strict=True,
    )
)  # fmt: skip


def number(text: str) -> str:
    """The plain number that was meant: "1,234" is 1234, "71.0%" is 71.0, "2O5" is 205."""
    bare = unicodedata.normalize("NFKC", text.strip().translate(_MINUS)).strip()
    bare = bare.strip("%£$€ ").removeprefix("+")
    bare = re.sub(r"^(-?)\.(?=[0-9])", r"\g<1>0.", bare)
    if found := _GROUPED.fullmatch(bare):
        bare = re.sub(r"[^0-9-]", "", found[1]) + (found[3] or "")
    elif _COMMA.fullmatch(bare):
        bare = bare.replace(",", ".")
    if _LETTER.search(bare) and re.search(r"[0-9]", bare):
        bare = bare.translate(_LETTERS)
    return bare if bare != text and NUMBER.fullmatch(bare) else ""


def certain(text: str) -> bool:
    """Whether `number` cannot be mistaken: 71,0 may be 71.0, and somebody else's 710."""
    return not _COMMA.search(text) or bool(_GROUPED.fullmatch(text.strip("%£$€ +")))


def mark(text: str) -> str:
    """The mark that was meant by a sign in the place of a figure, such as c for "*"."""
    return MARKS.get(text.strip().lower(), "")


def figures(text: str) -> str:
    """A period or code with letters that pass for digits put right: "2O25" is 2025."""
    meant = unicodedata.normalize("NFKC", text).translate(_LETTERS)
    return meant if meant != text and re.search(r"[0-9]", text) else ""


_MONTH = re.compile(r"(?:0?1[-/. ])?([A-Za-z]{3,9})[-/. ']*([0-9]{2}|[0-9]{4})")
_NUMBERED = re.compile(r"(?:0?1[-/.])?(0?[1-9]|1[0-2])[-/.]((?:19|20)[0-9]{2})")
_DAY_FIRST = re.compile(r"((?:19|20)[0-9]{2})[-/.](0?[1-9]|1[0-2])(?:[-/.]0?1)?(?:[ T]0.*)?")
_QUARTER = re.compile(
    r"Q([1-4])[-/. ]*((?:19|20)[0-9]{2})|((?:19|20)[0-9]{2})[-/. ]*Q?([1-4])", re.I
)


_WHOLE = re.compile(r"((?:19|20)[0-9]{2})\.0+")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})M?(0[1-9]|1[0-2])", re.I)
# Days as spreadsheets count them (ECMA-376, the 1900 date system), of the years 1982 to 2064.
_SERIAL, _DAY_ZERO = re.compile(r"[3-5][0-9]{4}"), date(1899, 12, 30)
_SHORT_YEARS = re.compile(r"(?:FY ?)?(?:(19|20)?([0-9]{2}))[-/–]([0-9]{2})", re.I)


def periods(text: str) -> tuple[str, ...]:
    """What a period may have been before a spreadsheet or another custom rewrote it."""
    found: list[str] = []
    if whole := _WHOLE.fullmatch(text.strip()):
        found.append(whole[1])
    if compact := _COMPACT.fullmatch(text.strip()):
        found.append(f"{compact[1]}-{compact[2]}")
    if _SERIAL.fullmatch(text.strip()):
        day = _DAY_ZERO + timedelta(days=int(text))
        found += [day.isoformat()[:7], day.isoformat()]
    if (short := _SHORT_YEARS.fullmatch(text.strip())) and (int(short[2]) + 1) % 100 == int(
        short[3]
    ):
        found.append(f"{short[1] or '20'}{short[2]}/{short[3]}")
    if (named := _MONTH.fullmatch(text.strip())) and (month := _month(named[1])):
        year = named[2] if len(named[2]) == 4 else f"20{named[2]}"
        found.append(f"{year}-{month:02d}")
    if numbered := _NUMBERED.fullmatch(text.strip()):
        found.append(f"{numbered[2]}-{int(numbered[1]):02d}")
    if dated := _DAY_FIRST.fullmatch(text.strip()):
        found.append(f"{dated[1]}-{int(dated[2]):02d}")
    if quarter := _QUARTER.fullmatch(text.strip()):
        found.append(f"{quarter[2] or quarter[3]}-Q{quarter[1] or quarter[4]}")
    return tuple(found)


_DAY_OF_MONTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9}),? ([0-9]{4})")
_BRITISH = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})")


def days(text: str) -> tuple[str, ...]:
    """The days that may be meant by a date in another form, the one by British custom first."""
    bare, found = " ".join(text.split()), []
    if written := _DAY_OF_MONTH.fullmatch(bare):
        found.append((written[3], _month(written[2]), written[1]))
    if dated := _BRITISH.fullmatch(bare):
        found.append((dated[3], int(dated[2]), dated[1]))
        found.append((dated[3], int(dated[1]), dated[2]))
    if turned := _YEAR_FIRST.fullmatch(bare):
        found.append((turned[1], int(turned[2]), turned[3]))
    read = [f"{year}-{month:02d}-{int(day):02d}" for year, month, day in found]
    return tuple(dict.fromkeys(day for day in read if _is_day(day)))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _month(name: str) -> int:
    short = name[:3].capitalize()
    return next((n for n, m in enumerate(calendar.month_abbr) if m and m == short), 0)


def latin(text: str) -> str:
    """The text with letters of other alphabets that look like Latin ones made Latin."""
    if text.isascii():  # most texts are, and there are many
        return text
    plain = unicodedata.normalize("NFKC", text)
    return "".join(_ALIKE.get(letter, letter) for letter in plain)


def seen_as(text: str) -> str:
    """The text as a reader sees it: case, spaces and letters that look alike do not count."""
    return " ".join(latin(text).casefold().split())


def stranger(text: str) -> str:
    """What to say of the first letter that only looks Latin, or nothing.

    A word that is all of another alphabet is no disguise; one that mixes two is.
    """
    found = next((c for c in text if c in _ALIKE), "")
    if not found or not any(c.isascii() and c.isalnum() for c in latin(text)):
        return ""
    alphabet = unicodedata.name(found, "foreign").split(" ", 1)[0].capitalize()
    return f"“{found}” here is a {alphabet} letter that only looks like “{_ALIKE[found]}”."


def number_hint(text: str) -> str:
    """What to write in the place of a cell or value that is no plain number."""
    if meant := number(text):
        return f"Write “{meant}”: digits with a point if need be, and nothing else."
    if sign := mark(text):
        return f"Leave the cell empty and write {sign} in “marker”."
    if said := _beside_number(text.strip()):
        return said
    if text.strip().lower() in VAGUE:
        return (
            "Leave the cell empty and say in “marker” why: x (not available), z (not applicable), "
            "c (withheld) or k (rounds to zero); a true zero is 0."
        )
    return "Write digits with a point if need be, such as 1234.5, and put words in “note”."


_MARKED = re.compile(r"(-?[0-9][0-9,.]*)\s*(?:\[([a-z]{1,3})\]|\(([a-z]{1,3})\)|([a-z*†‡#]))", re.I)
_SPANNED = re.compile(r"([0-9.]+)\s*[(\[]\s*([0-9.]+)\s*(?:-|–|to|,)\s*([0-9.]+)\s*[)\]]")


def _beside_number(text: str) -> str:
    """What to do with a number that has something else in its cell, or an answer of Excel's."""
    if re.fullmatch(r"[<≤][ =]*[0-9]+|[0-9]+ or (?:fewer|less)|fewer than [0-9]+", text, re.I):
        return "Leave the cell empty and write c in “marker”: a number that small is withheld."
    if re.fullmatch(
        r"[>≥~≈+][ =]*[0-9.,]+|[0-9.,]+\+|(?:c\.|ca\.?|about|approx\.?) ?[0-9.,]+", text, re.I
    ):
        return "Write the exact number; if only an estimate is known, write it with e in “marker”."
    if said := spoilt(text):
        return said
    if found := _SPANNED.fullmatch(text):
        return f"Write {found[1]} here, {found[2]} in “lower” and {found[3]} in “upper”."
    if found := _MARKED.fullmatch(text):
        sign = next(part for part in found.groups()[1:] if part).lower()
        plain = number(found[1]) or found[1]
        if sign in ("p", "r", "e", "b", "u", "f"):
            return f"Write {plain} here, and {sign} in “marker”."
        return f"Write {plain} here, and say in “note” what “{sign}” stands for."
    return ""


def spoilt(text: str) -> str:
    """What to do with what a spreadsheet made of a cell: an error, a width, an exponent."""
    if text and set(text) == {"#"}:
        return "The column was too narrow in the spreadsheet: widen it, and save the file again."
    if re.fullmatch(r"#[A-Z0-9/!?]+", text) and text.lower() != "#n/a":
        return (
            "The spreadsheet could not work this out. Mend it there; if there is no number, leave "
            "the cell empty and write x in “marker”."
        )
    if re.fullmatch(r"-?[0-9.]+E[+-]?[0-9]+", text, re.I):
        return f"Write the number in full, such as {float(text):.10g}; a spreadsheet shortened it."
    return ""


def slug(text: str) -> str:
    """A name as an address has it: small letters, digits and single hyphens."""
    plain = unicodedata.normalize("NFKD", latin(text).translate(_MINUS)).casefold()
    plain = re.sub(r"[^a-z0-9/_ .-]", "", plain)
    return re.sub(r"-{2,}", "-", re.sub(r"[ _.-]+", "-", plain)).strip("-")


def one_off(text: str, names: Iterable[str]) -> str:
    """The only known name that one slip turns into the text, or nothing where two would do."""
    near = {name for name in names if name != text and _one_slip(latin(text), name)}
    return next(iter(near)) if len(near) == 1 else ""


def _one_slip(text: str, name: str) -> bool:
    """Whether one letter is wrong, missing, too many, or two have changed places; case is free."""
    a, b = text.casefold().strip(), name.casefold()
    if a == b:
        return True
    # Codes of three letters, and codes with numbers in them, differ by one sign from each other.
    if abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < 3 or len(b) < 4:
        return False
    if re.sub("[^0-9]", "", a) != re.sub("[^0-9]", "", b):
        return False
    return one_letter(a, b)


def one_letter(a: str, b: str) -> bool:
    """Whether one sign is wrong, missing or too many, or two neighbours have changed places."""
    start = next(
        (n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    rest, other = a[start:], b[start:]
    return (
        rest[1:] == other[1:]
        or rest[1:] == other
        or rest == other[1:]
        or (len(rest) > 1 and rest[:2] == other[1::-1] and rest[2:] == other[2:])
    )
