"""Periods, dates and ages as people say them."""

from __future__ import annotations

from datetime import date

from databook.findings import Change
from databook.periods import MONTHS, Period, PeriodType
from databook.words.grammar import in_prose, sentence_case


def on(period: Period) -> str:
    """A period as a phrase that begins a sentence: "In the school year 2024/25"."""
    match period.type:
        case PeriodType.SNAPSHOT_MARCH | PeriodType.SNAPSHOT_SEPTEMBER | PeriodType.DAY:
            return f"On {period.label}"
        case PeriodType.POOLED_CALENDAR_YEARS | PeriodType.POOLED_FINANCIAL_YEARS:
            return f"Over {period.label}"
        case PeriodType.QUARTER:
            return f"From {period.label}"
        case _:
            return f"In {period.label}"


_STEP = {
    PeriodType.QUARTER: "quarter",
    PeriodType.MONTH: "month",
    PeriodType.TERM: "term",
    PeriodType.DAY: "day",
    PeriodType.POOLED_CALENDAR_YEARS: "period",
    PeriodType.POOLED_FINANCIAL_YEARS: "period",
}


def step(type_: PeriodType) -> str:
    """What one step of a series is called: year, quarter, month..."""
    return _STEP.get(type_, "year")


def before(change: Change) -> str:
    """The earlier end of a change: "the year before", or its period where steps were missed."""
    if change.later.period.step - change.earlier.period.step == 1:
        return f"the {step(change.later.period.type)} before"
    return change.earlier.period.short


def day(on_day: date) -> str:
    """A date as people write it: 22 November 2026."""
    return f"{on_day.day} {MONTHS[on_day.month]} {on_day.year}"


def lifetime(name: str, begun: date | None, ended: date | None) -> str:
    """What readers should know of a place that is new, or is no more; mostly nothing."""
    name = sentence_case(in_prose(name))
    if ended:
        return f"{name} existed in this form until {day(ended)}; its figures are kept as history."
    return f"{name} has existed in its present form since {day(begun)}." if begun else ""


def month(text: str) -> str:
    """A month or day as people write it: "2026-03" is March 2026."""
    parts = [int(part) for part in text.split("-")]
    return " ".join([*(str(d) for d in parts[2:]), MONTHS[parts[1]], str(parts[0])])


def age(days: int) -> str:
    """How old a figure is, in round words: "4 months", "2 years"."""
    months = round(days / 30.4375)
    if months < 1:
        return "under a month"
    if months < 24:
        return f"{months} month{'' if months == 1 else 's'}"
    return f"{days // 365} years"
