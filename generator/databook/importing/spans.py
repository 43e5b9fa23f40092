"""Periods as people write them in sheets: what kinds of period a text can be, and its code in each.

A text alone seldom tells: 2019 may be a calendar or a financial year. All texts of a sheet together
leave fewer kinds, and where more than one is left a person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from databook.periods import MONTHS, PeriodError, PeriodType, parse

YEAR = r"((?:19|20)\d\d)"
SPLIT = rf"{YEAR}\s*[/–-]?\s*(\d\d|(?:19|20)\d\d)"
_MONTH = {name[:3].casefold(): number for number, name in enumerate(MONTHS) if name}
_NAME = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
MONTH = rf"(?:{_NAME})"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_ON = rf"(?:{_DAY} )?{_NAME}"  # a month, or a day of it
_TO = r"\s?(?:-|to|until)\s?"
# What stands in brackets behind a period: a footnote, a status, how long it is, or its months.
_BEHIND = re.compile(
    r"\s*(\[[^\]]{0,12}\]|\((p|prov|provisional|r|rev|revised|note \d+|\d+)\)"
    r"|\((?:%|£|€|rate|number|no\.?|count|per ?cent(?:age)?|per [0-9,]+)\)|%"
    r"|\((\d+|one|two|three|five|ten)[ -]?years?( range| average| pooled)?\)|[¹²³⁴⁵*†‡]+)$",
    re.IGNORECASE,
)
_MONTHS_BEHIND = re.compile(rf"\s*\({_NAME}\s?(?:-|to)\s?{_NAME}\)$")
# Twelve months are a year of the kind that begins in this month.
_BEGINS = {1: "calendar", 4: "financial", 8: "academic", 9: "academic"}
_TERM = r"(autumn|spring|summer)"

Pair = tuple[PeriodType, str]
SINGLE = (
    PeriodType.CALENDAR_YEAR,
    PeriodType.FINANCIAL_YEAR,
    PeriodType.ACADEMIC_YEAR,
    PeriodType.SNAPSHOT_JANUARY,
    PeriodType.SNAPSHOT_MARCH,
    PeriodType.SNAPSHOT_SEPTEMBER,
)
SNAPSHOT = {
    (1, 31): PeriodType.SNAPSHOT_JANUARY,
    (3, 31): PeriodType.SNAPSHOT_MARCH,
    (9, 30): PeriodType.SNAPSHOT_SEPTEMBER,
}
# Words that name the kind of year, in headings and in cells.
SAID = (
    (re.compile(r"\b(calendar)\s+years?\b"), PeriodType.CALENDAR_YEAR),
    (re.compile(r"\b(financial|fiscal|tax)\s+years?\b|\bfy\b"), PeriodType.FINANCIAL_YEAR),
    (re.compile(r"\b(academic|school)\s+years?\b|\bay\b"), PeriodType.ACADEMIC_YEAR),
    (re.compile(r"\b(january|school)\s+census\b|\bjanuary\s+(count|snapshot)\b"),
     PeriodType.SNAPSHOT_JANUARY),
    (re.compile(r"\byears?\s+(ending|to)\s+(31\s+)?march\b"), PeriodType.FINANCIAL_YEAR),
    (re.compile(r"\b(as\s+)?at\s+31\s+march\b"), PeriodType.SNAPSHOT_MARCH),
    (re.compile(r"^months?$"), PeriodType.MONTH),
)  # fmt: skip


def said(text: str) -> PeriodType | None:
    """The kind of period that a heading or title names in words."""
    bare = text.casefold().replace("_", " ")
    found = {kind for words, kind in SAID if words.search(bare)}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=65536)
def readings(text: str) -> tuple[Pair, ...]:
    """Every kind of period that the text can be, with its code in that kind."""
    bare = " ".join(text.casefold().replace("–", "-").replace("—", "-").split())
    while (less := _BEHIND.sub("", bare)) != bare:
        bare = less
    bare = re.sub(r"^(fy|ay) ?(?=\d)", r"\1 ", bare)
    bare = re.sub(r"^((?:fy|ay) )(\d\d)(?=[/-]\d\d$)", r"\g<1>20\2", bare)
    bare = re.sub(r"\b(quarter|qtr|qu)\.? ?([1-4])\b", r"q\2", _MONTHS_BEHIND.sub("", bare))
    bare = bare.removesuffix(".0") if re.fullmatch(rf"{YEAR}\.0", bare) else bare
    if len(bare) < 4 or not any(c.isdigit() for c in bare):
        return ()
    return tuple(dict.fromkeys(_sound(_all(bare))))


def kinds(texts: Iterable[str]) -> tuple[PeriodType, ...]:
    """The kinds that every one of the texts can be."""
    left: list[PeriodType] | None = None
    for text in texts:
        here = [kind for kind, _ in readings(text)]
        left = here if left is None else [kind for kind in left if kind in here]
    return tuple(left or ())


def code(text: str, kind: PeriodType) -> str:
    """The text as a period of that kind, or nothing."""
    found: Mapping[PeriodType, str] = dict(readings(text))
    return found.get(kind, "")


def provisional(text: str) -> bool:
    """Whether the period says of itself that its figures are provisional."""
    return bool(re.search(r"[(\[](p|prov|provisional)[)\]]$", text.strip(), re.IGNORECASE))


def _sound(pairs: Iterator[Pair]) -> Iterator[Pair]:
    for kind, text in pairs:
        try:
            yield kind, parse(text, kind).code
        except PeriodError:
            continue


def _all(text: str) -> Iterator[Pair]:
    if found := re.fullmatch(r"(.+?) ?\(?(academic|financial|calendar)\)?", text):
        kind = PeriodType(f"{found[2]}-year")
        yield from ((each, code) for each, code in _years(found[1]) if each is kind)
        return
    if found := re.fullmatch(r"(?:calendar|financial) year (q[1-4] .*|.* q[1-4])", text):
        yield from _quarters(found[1])
        return
    named = next(((words, kind) for words, kind in SAID if words.search(text)), None)
    if named:
        rest = " ".join(named[0].sub(" ", text).split())
        yield from ((kind, each) for kind, each in _years(rest) if kind is named[1])
        if re.fullmatch(YEAR, rest):
            yield named[1], rest
        return
    yield from _years(re.sub(r"^(reporting )?year ", "", text))
    yield from _stretches(text)
    yield from _quarters(text)
    yield from _months(text)
    yield from _days(text)
    if found := re.fullmatch(rf"{_TERM}(?: term)? {SPLIT}|{SPLIT} {_TERM}(?: term)?", text):
        word = found[1] or found[6]
        year, end = (found[2], found[3]) if found[2] else (found[4], found[5])
        yield PeriodType.TERM, f"{year}/{end[-2:]} {word}"


def _years(text: str) -> Iterator[Pair]:
    if re.fullmatch(YEAR, text):
        yield from ((kind, text) for kind in SINGLE)
    elif found := re.fullmatch(SPLIT, text.replace(" to ", "-")):
        first, last = int(found[1]), int(found[2][-2:])
        if (first + 1) % 100 == last:
            yield PeriodType.FINANCIAL_YEAR, f"{first}/{last:02d}"
            yield PeriodType.ACADEMIC_YEAR, f"{first}/{last:02d}"
        if re.search(r"-| to ", text):
            yield PeriodType.POOLED_CALENDAR_YEARS, f"{first}-{first // 100}{last:02d}"
    elif found := re.fullmatch(rf"{YEAR}/(\d\d)\s*(?:-|to)\s*(?:20|19)?(\d\d)/(\d\d)", text):
        ends = f"{found[1]}/{found[2]}-{found[1][:2]}{found[3]}/{found[4]}"
        yield PeriodType.POOLED_FINANCIAL_YEARS, ends


def _quarters(text: str) -> Iterator[Pair]:
    if found := re.fullmatch(rf"{YEAR}[ -]?q([1-4])|q([1-4])[ -]?{YEAR}", text):
        yield PeriodType.QUARTER, f"{found[1] or found[4]}-Q{found[2] or found[3]}"
    elif found := re.fullmatch(rf"{SPLIT} ?q([1-4])|q([1-4]) ?{SPLIT}", text):
        # A quarter of a financial year: its first begins in April.
        year, quarter = int(found[1] or found[5]), int(found[3] or found[4])
        yield PeriodType.QUARTER, f"{year}-Q{quarter + 1}" if quarter < 4 else f"{year + 1}-Q1"


def _stretches(text: str) -> Iterator[Pair]:
    """From a month to a month: "Apr 2015 to Mar 2016", "year ending December 2019"."""
    if found := re.fullmatch(rf"{_ON}(?: {YEAR})?{_TO}{_ON} {YEAR}", text):
        first = int(found[3] or found[6]) * 12 + _MONTH[found[2]] - 1
        last = int(found[6]) * 12 + _MONTH[found[5]] - 1
    elif found := re.fullmatch(
        rf"(?:the )?(?:(?:12|twelve) months?|year) (?:ending|ended|to)(?: in)? {_ON},? {YEAR}", text
    ):
        last = int(found[3]) * 12 + _MONTH[found[2]] - 1
        first = last - 11
    else:
        return
    length, year, month = last - first + 1, first // 12, first % 12 + 1
    begins = _BEGINS.get(month, "")
    ends = last // 12
    if length == 3 and month % 3 == 1:
        yield PeriodType.QUARTER, f"{year}-Q{(month + 2) // 3}"
    elif length == 12 and begins:
        kind = PeriodType(f"{begins}-year")
        yield kind, str(year) if month == 1 else f"{year}/{ends % 100:02d}"
    elif length > 12 and length % 12 == 0 and begins == "calendar":
        yield PeriodType.POOLED_CALENDAR_YEARS, f"{year}-{ends}"
    elif length > 12 and length % 12 == 0 and begins == "financial":
        start, end = f"{year}/{(year + 1) % 100:02d}", f"{ends - 1}/{ends % 100:02d}"
        yield PeriodType.POOLED_FINANCIAL_YEARS, f"{start}-{end}"


def _months(text: str) -> Iterator[Pair]:
    found = re.fullmatch(rf"{_NAME}[ -]{YEAR}", text) or re.fullmatch(rf"{_NAME}[ -](\d\d)", text)
    if found:
        number, year = _MONTH[found[1]], found[2] if len(found[2]) == 4 else f"20{found[2]}"
        yield PeriodType.MONTH, f"{year}-{number:02d}"
        for (month, _), kind in SNAPSHOT.items():
            if month == number:
                yield kind, year
    elif found := re.fullmatch(rf"{YEAR}[-m](\d\d)", text):
        yield PeriodType.MONTH, f"{found[1]}-{found[2]}"
    elif found := re.fullmatch(rf"{YEAR} {_NAME}", text):
        yield PeriodType.MONTH, f"{found[1]}-{_MONTH[found[2]]:02d}"


def _days(text: str) -> Iterator[Pair]:
    year = month = day = 0
    if found := re.fullmatch(rf"{YEAR}-(\d\d)-(\d\d)(?:[t ]00:00(?::00)?)?", text):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    elif found := re.fullmatch(rf"(\d\d?)/(\d\d?)/{YEAR}", text):  # day first, as in Britain
        year, month, day = int(found[3]), int(found[2]), int(found[1])
    elif found := re.fullmatch(rf"{_DAY} {_NAME},? {YEAR}", text):
        year, month, day = int(found[3]), _MONTH[found[2]], int(found[1])
    if not year:
        return
    yield PeriodType.DAY, f"{year}-{month:02d}-{day:02d}"
    if kind := SNAPSHOT.get((month, day)):
        yield kind, str(year)
    if day == 1:
        yield PeriodType.MONTH, f"{year}-{month:02d}"
        if month == 1:
            yield PeriodType.CALENDAR_YEAR, str(year)
