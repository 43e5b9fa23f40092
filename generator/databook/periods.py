"""Periods as values: a year, quarter, month, term, pooled years or a day.

The type is declared (`periods:` in indicator.yaml), never guessed: `2023-04` is a month under
`month` and the financial year 2023/24 under `financial-year`.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache


class PeriodType(StrEnum):
    """The kind of time a series is counted in."""

    CALENDAR_YEAR = "calendar-year"
    FINANCIAL_YEAR = "financial-year"
    ACADEMIC_YEAR = "academic-year"
    SNAPSHOT_JANUARY = "january-snapshot"
    SNAPSHOT_MARCH = "march-snapshot"
    SNAPSHOT_SEPTEMBER = "september-snapshot"
    POOLED_CALENDAR_YEARS = "pooled-calendar-years"
    POOLED_FINANCIAL_YEARS = "pooled-financial-years"
    QUARTER = "quarter"
    MONTH = "month"
    TERM = "term"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One span of time. `code` is the canonical text, `step` the count of steps since year 0.

    Two periods of one type are consecutive exactly when their steps differ by one, so a gap is
    a difference above one. Pooled years step by one year and overlap. Days have no natural step:
    theirs counts days and they are never called consecutive.
    """

    type: PeriodType
    code: str
    label: str
    short: str
    start: date
    end: date
    step: int

    @property
    def middle(self) -> date:
        """The day half way, for placing a value on a time axis."""
        return self.start + (self.end - self.start) // 2


class PeriodError(ValueError):
    """The text is not a period of the declared type. `expected` says in words what would be."""

    def __init__(self, text: str, expected: str) -> None:
        super().__init__(f"{text!r} is not {expected}")
        self.expected = expected


MONTHS = tuple(calendar.month_name)  # locale is never set by databook, so English
TERMS = {"autumn": 1, "spring": 2, "summer": 3}

# First month of the twelve that each year type spans.
_YEAR_START = {PeriodType.FINANCIAL_YEAR: 4, PeriodType.ACADEMIC_YEAR: 9}
_SNAPSHOT_DAY = {
    PeriodType.SNAPSHOT_JANUARY: (1, 31),
    PeriodType.SNAPSHOT_MARCH: (3, 31),
    PeriodType.SNAPSHOT_SEPTEMBER: (9, 30),
}
FIRST_YEAR, LAST_YEAR = 1837, 2199

EXPECTED = {
    PeriodType.CALENDAR_YEAR: "a calendar year such as 2024",
    PeriodType.FINANCIAL_YEAR: "a financial year such as 2023/24 (or 2024, the year it ends)",
    PeriodType.ACADEMIC_YEAR: "a school year such as 2023/24 (or 2024, the year it ends)",
    PeriodType.SNAPSHOT_JANUARY: "the year of a January count such as 2024",
    PeriodType.SNAPSHOT_MARCH: "the year of a 31 March count such as 2024",
    PeriodType.SNAPSHOT_SEPTEMBER: "the year of a 30 September count such as 2024",
    PeriodType.POOLED_CALENDAR_YEARS: "pooled calendar years such as 2021-2023",
    PeriodType.POOLED_FINANCIAL_YEARS: "pooled financial years such as 2021/22-2023/24",
    PeriodType.QUARTER: "a quarter such as 2024-Q1",
    PeriodType.MONTH: "a month such as 2024-01",
    PeriodType.TERM: "a school term such as 2023/24 autumn",
    PeriodType.DAY: "a day such as 2024-03-31",
}

_PROVISIONAL = re.compile(r"\s*\((?:prov|provisional|p)\)$", re.IGNORECASE)


def split_marker(text: str) -> tuple[str, str]:
    """Take a trailing "(prov)" off a period as published: ("2025 (prov)") -> ("2025", "p")."""
    bare = _PROVISIONAL.sub("", text)
    return bare, "p" if bare != text else ""


@lru_cache(maxsize=65536)
def parse(text: str, type: PeriodType) -> Period:  # noqa: A002 - the field's own word
    """Read a period of a declared type; raises PeriodError, which says what was expected."""
    match type:
        case PeriodType.CALENDAR_YEAR:
            return _calendar(text, _year(text, type), type)
        case PeriodType.FINANCIAL_YEAR | PeriodType.ACADEMIC_YEAR:
            return _split_year(_ending(text, type), type)
        case (
            PeriodType.SNAPSHOT_JANUARY | PeriodType.SNAPSHOT_MARCH | PeriodType.SNAPSHOT_SEPTEMBER
        ):
            return _snapshot(_year(text, type), type)
        case PeriodType.POOLED_CALENDAR_YEARS | PeriodType.POOLED_FINANCIAL_YEARS:
            return _pooled(text, type)
        case PeriodType.QUARTER:
            return _quarter(text, type)
        case PeriodType.MONTH:
            return _month(text, type)
        case PeriodType.TERM:
            return _term(text, type)
        case PeriodType.DAY:
            return _day(text, type)


def later(period: Period, steps: int) -> Period:
    """The period that many steps on (negative: back), of the same type and span."""
    match period.type:
        case PeriodType.CALENDAR_YEAR:
            return parse(str(period.start.year + steps), period.type)
        case PeriodType.FINANCIAL_YEAR | PeriodType.ACADEMIC_YEAR:
            return _split_year(period.end.year + steps, period.type)
        case (
            PeriodType.SNAPSHOT_JANUARY | PeriodType.SNAPSHOT_MARCH | PeriodType.SNAPSHOT_SEPTEMBER
        ):
            return _snapshot(period.end.year + steps, period.type)
        case PeriodType.POOLED_CALENDAR_YEARS:
            return parse(f"{period.start.year + steps}-{period.end.year + steps}", period.type)
        case PeriodType.POOLED_FINANCIAL_YEARS:
            first, last = period.start.year + steps, period.end.year + steps
            return parse(f"{_slash(first + 1)}-{_slash(last)}", period.type)
        case PeriodType.QUARTER:
            year, quarter = divmod(period.step + steps, 4)
            return parse(f"{year}-Q{quarter + 1}", period.type)
        case PeriodType.MONTH:
            year, month = divmod(period.step + steps, 12)
            return parse(f"{year}-{month + 1:02d}", period.type)
        case PeriodType.TERM:
            year, term = divmod(period.step + steps, 3)
            return parse(f"{_slash(year)} {list(TERMS)[term]}", period.type)
        case PeriodType.DAY:
            return parse((period.start + timedelta(days=steps)).isoformat(), period.type)


def years_per_step(type: PeriodType) -> float:  # noqa: A002
    """Length of one step in years, so that a change can be said per year."""
    return {
        PeriodType.QUARTER: 1 / 4,
        PeriodType.MONTH: 1 / 12,
        PeriodType.TERM: 1 / 3,
        PeriodType.DAY: 1 / 365.25,
    }.get(type, 1.0)


def overlaps(type: PeriodType) -> bool:  # noqa: A002
    """Whether neighbouring periods share data, which rules out tests that assume they do not."""
    return type in (PeriodType.POOLED_CALENDAR_YEARS, PeriodType.POOLED_FINANCIAL_YEARS)


def _slash(ending: int) -> str:
    return f"{ending - 1}/{ending % 100:02d}"


def _in_range(year: int, text: str) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PeriodError(text, f"between {FIRST_YEAR} and {LAST_YEAR}")
    return year


def _year(text: str, type: PeriodType) -> int:  # noqa: A002
    if not re.fullmatch(r"[0-9]{4}", text):
        raise PeriodError(text, EXPECTED[type])
    return _in_range(int(text), text)


def _ending(text: str, type: PeriodType) -> int:  # noqa: A002
    """Year in which a split year ends: 2024, 2023/24, 2023-24, 2023/2024 and 202324 are one."""
    if re.fullmatch(r"[0-9]{4}", text):
        return _in_range(int(text), text)
    split = re.fullmatch(r"([0-9]{4})[/-]?([0-9]{2}|[0-9]{4})", text)
    if not split:
        raise PeriodError(text, EXPECTED[type])
    first = int(split[1])
    last = int(split[2]) if len(split[2]) == 4 else first - first % 100 + int(split[2])
    last += 100 if last < first else 0  # 1999/00
    if last != first + 1:
        raise PeriodError(text, EXPECTED[type])
    return _in_range(last, text)


def _calendar(text: str, year: int, type: PeriodType) -> Period:  # noqa: A002
    return Period(
        type=type, code=text, label=text, short=text,
        start=date(year, 1, 1), end=date(year, 12, 31), step=year,
    )  # fmt: skip


def _split_year(ending: int, type: PeriodType) -> Period:  # noqa: A002
    month = _YEAR_START[type]
    code = _slash(ending)
    label = {
        PeriodType.ACADEMIC_YEAR: f"the school year {code}",
        PeriodType.FINANCIAL_YEAR: f"the year to March {ending}",
    }[type]
    return Period(
        type=type, code=code, label=label, short=code,
        start=date(ending - 1, month, 1), end=date(ending, month, 1) - timedelta(days=1),
        step=ending,
    )  # fmt: skip


def _snapshot(year: int, type: PeriodType) -> Period:  # noqa: A002
    month, day = _SNAPSHOT_DAY[type]
    on = date(year, month, day)
    label = f"January {year}" if month == 1 else f"{day} {MONTHS[month]} {year}"
    return Period(
        type=type, code=str(year), label=label, short=f"{MONTHS[month][:3]} {year}",
        start=on, end=on, step=year,
    )  # fmt: skip


def _pooled(text: str, type: PeriodType) -> Period:  # noqa: A002
    single = (
        PeriodType.FINANCIAL_YEAR
        if type is PeriodType.POOLED_FINANCIAL_YEARS
        else PeriodType.CALENDAR_YEAR
    )
    ends = re.fullmatch(r"([0-9]{4}(?:/[0-9]{2,4})?)\s*[-–]\s*([0-9]{2,4}(?:/[0-9]{2,4})?)", text)
    if not ends:
        raise PeriodError(text, EXPECTED[type])
    first = parse(ends[1], single)
    last_text = ends[2]
    if re.match(r"[0-9]{2}(?:/|$)", last_text):  # 2013/14-15/16: the century is understood
        last_text = f"{ends[1][:2]}{last_text}"
    last = parse(last_text, single)
    if last.step <= first.step:
        raise PeriodError(text, EXPECTED[type])
    code = f"{first.code}-{last.code}"
    return Period(
        type=type, code=code, label=f"the years {first.code} to {last.code}",
        short=f"{first.code} to {last.code}", start=first.start, end=last.end, step=last.step,
    )  # fmt: skip


def _quarter(text: str, type: PeriodType) -> Period:  # noqa: A002
    found = re.fullmatch(r"([0-9]{4})[- ]?Q([1-4])", text)
    if not found:
        raise PeriodError(text, EXPECTED[type])
    year, quarter = _in_range(int(found[1]), text), int(found[2])
    month = 3 * quarter
    return Period(
        type=type, code=f"{year}-Q{quarter}",
        label=f"{MONTHS[month - 2]} to {MONTHS[month]} {year}", short=f"Q{quarter} {year}",
        start=date(year, month - 2, 1), end=date(year, month, calendar.monthrange(year, month)[1]),
        step=4 * year + quarter - 1,
    )  # fmt: skip


def _month(text: str, type: PeriodType) -> Period:  # noqa: A002
    found = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", text)
    if not found:
        raise PeriodError(text, EXPECTED[type])
    year, month = _in_range(int(found[1]), text), int(found[2])
    return Period(
        type=type, code=text, label=f"{MONTHS[month]} {year}", short=f"{MONTHS[month][:3]} {year}",
        start=date(year, month, 1), end=date(year, month, calendar.monthrange(year, month)[1]),
        step=12 * year + month - 1,
    )  # fmt: skip


def _term(text: str, type: PeriodType) -> Period:  # noqa: A002
    found = re.fullmatch(r"([0-9]{4}/[0-9]{2}) (autumn|spring|summer)", text)
    if not found:
        raise PeriodError(text, EXPECTED[type])
    ending, term = _ending(found[1], PeriodType.ACADEMIC_YEAR), found[2]
    # Bounds of the terms of English state schools, near enough to place a point on an axis.
    start, end = {
        "autumn": (date(ending - 1, 9, 1), date(ending - 1, 12, 31)),
        "spring": (date(ending, 1, 1), date(ending, 4, 15)),
        "summer": (date(ending, 4, 16), date(ending, 7, 31)),
    }[term]
    return Period(
        type=type, code=f"{_slash(ending)} {term}", label=f"the {term} term of {_slash(ending)}",
        short=f"{term} {_slash(ending)}", start=start, end=end,
        step=3 * ending + TERMS[term] - 1,
    )  # fmt: skip


def _day(text: str, type: PeriodType) -> Period:  # noqa: A002
    try:
        on = date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        on = None
    if on is None:
        raise PeriodError(text, EXPECTED[type])
    _in_range(on.year, text)
    return Period(
        type=type, code=text, label=f"{on.day} {MONTHS[on.month]} {on.year}",
        short=f"{on.day} {MONTHS[on.month][:3]} {on.year}", start=on, end=on, step=on.toordinal(),
    )  # fmt: skip
