"""What an indicator must mean: one function for each rule, over its YAML and its book."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from databook.model import Better, Indicator, Unit
from databook.sources import Path
from databook.validate.faults import Fault, Rule, did_you_mean, error, listed
from databook.validate.figures import RESERVED, USUAL
from databook.validate.framework_rules import about_outcome, outcome_meant
from databook.validate.subject import Subject

SAFE_ADDRESS = re.compile(r"https?://|mailto:")
_BRACES = re.compile(r"\{[^{}]*\}?|\}")


def outcome_exists(subject: Subject[Indicator]) -> Iterator[Fault]:
    """An indicator counts only as far as it says something of an outcome that the book has."""
    # A framework whose outcomes could not be read has none here, and is reported itself.
    frameworks = {f.slug: f for f in subject.context.frameworks if f.outcomes}
    known = [f"{f.slug}/{o.slug}" for f in frameworks.values() for o in f.outcomes]
    for number, reference in enumerate(subject.indicator.outcomes if known else ()):
        if reference.split("/")[0] in subject.context.unread:
            continue
        if reference not in known:
            yield Fault(
                what=f"There is no outcome “{reference}”.",
                fix=f"{outcome_meant(reference, known)}Write {listed(known)}.",
                path=("outcomes", number),
                about=about_outcome(reference, subject.context.frameworks),
            )


def outcome_once(subject: Subject[Indicator]) -> Iterator[Fault]:
    """Named twice, an indicator would stand twice on the outcome's page."""
    given = subject.indicator.outcomes
    for number, reference in enumerate(given):
        if reference in given[:number]:
            yield Fault(
                what=f"“{reference}” is given twice.",
                fix="Delete one of them.",
                path=("outcomes", number),
            )


def sentence_has_slots(subject: Subject[Indicator]) -> Iterator[Fault]:
    """The page's first sentence is made by putting the figure and the place into this text."""
    found = _BRACES.findall(subject.indicator.reads_as)
    missing = [slot for slot in ("{value}", "{place}") if slot not in found]
    odd = [slot for slot in found if slot not in ("{value}", "{place}")]
    if missing or odd:
        said = f"lacks {listed(missing)}" if missing else f"has {listed(odd)} in it"
        said += f" and has {listed(odd)} in it" if missing and odd else ""
        yield Fault(
            what=f"“reads_as” {said}.",
            fix='Write a sentence such as "{value} of pupils in {place} missed school", with '
            "those two and nothing else in braces.",
            path=("reads_as",),
            word=odd[0] if odd else "",
        )


def rate_has_per(subject: Subject[Indicator]) -> Iterator[Fault]:
    """A rate means nothing until it says per how many; nothing else has such a number."""
    unit, per = subject.indicator.unit, subject.indicator.per
    if unit is Unit.RATE and per is None:
        yield Fault(
            what="The unit is a rate, but “per” does not say per how many.",
            fix="Add “per:”, such as 10000 for “per 10,000”.",
            path=("unit",),
        )
    if unit is not Unit.RATE and per is not None:
        yield Fault(
            what=f"“per” belongs to a rate, but the unit is {unit.value}.",
            fix="Delete “per:”, or write “unit: rate”.",
            path=("per",),
            key=True,
        )


def neutral_has_reason(subject: Subject[Indicator]) -> Iterator[Fault]:
    """A reader who finds neither better nor worse wants to know why."""
    if subject.indicator.better is Better.NEUTRAL and not subject.indicator.better_reason:
        yield Fault(
            what="Neither way is better, but nothing says why.",
            fix="Add “better_reason:”, or write “better: higher” or “better: lower”.",
            path=("better",),
        )


def breakdown_sound(subject: Subject[Indicator]) -> Iterator[Fault]:
    """Groups are found by column and word, so each must have one of its own."""
    seen: set[str] = set()
    for number, breakdown in enumerate(subject.indicator.breakdowns):
        path: Path = ("breakdowns", number)
        if breakdown.column in seen or breakdown.column in RESERVED:
            yield Fault(
                what=f"The column “{breakdown.column}” already has another meaning.",
                fix="Give the breakdown a column of its own, such as “sex” or “school_meals”.",
                path=(*path, "column"),
            )
        seen.add(breakdown.column)
        for at, group in enumerate(breakdown.groups):
            if group == breakdown.total or group in breakdown.groups[:at]:
                yield Fault(
                    what=f"“{group}” stands for two things in “{breakdown.column}”.",
                    fix="Name each group once, and keep the word for everybody under “total:”.",
                    path=(*path, "groups", at),
                )
        for at, group in enumerate(breakdown.gap or ()):
            known = [breakdown.total, *breakdown.groups]
            if group not in known:
                yield Fault(
                    what=f"The gap names “{group}”, which is not a declared group.",
                    fix=f"{did_you_mean(group, known)}Write {listed(known, 20)}.",
                    path=(*path, "gap", at),
                    about=f"group {group}",
                )


def scheme_exists(subject: Subject[Indicator]) -> Iterator[Fault]:
    """A colour means nothing without the scheme that gave it."""
    name = subject.indicator.rating_scheme
    known = [s.id for s in subject.context.settings.rating_schemes]
    if name and name not in known:
        yield Fault(
            what=f"There is no rating scheme “{name}”.",
            fix=f"{did_you_mean(name, known)}Write {listed(known)}, or declare it in "
            "databook.yaml.",
            path=("rating_scheme",),
        )


def columns_meaningful(subject: Subject[Indicator]) -> Iterator[Fault]:
    """A mapping of a column that databook does not use would be left unread."""
    for ours in subject.indicator.columns or {}:
        known = [*USUAL, *(b.column for b in subject.indicator.breakdowns)]
        if ours not in known:
            yield Fault(
                what=f"“{ours}” is not a column that databook uses.",
                fix=f"{did_you_mean(ours, known)}Write the usual name first, then that of your "
                "file: {value: Percent}.",
                path=("columns", ours),
                key=True,
            )


def dates_real(subject: Subject[Indicator]) -> Iterator[Fault]:
    """Readers are told how old figures are and when the next are due."""
    source = subject.indicator.source
    for name, text in (("released", source.released), ("next_release", source.next_release)):
        if text and _day(text) is None:
            yield Fault(
                what=f"{text} is not in the calendar.",
                fix="Write a month or a day, such as 2025-11 or 2025-11-27.",
                path=("source", name),
            )
    first, following = _day(source.released), _day(source.next_release)
    if first and following and following < first:
        yield Fault(
            what="The next release is due before the newest one came out.",
            fix="Swap them, or look up when the next figures are due.",
            path=("source", "next_release"),
        )


def addresses_safe(subject: Subject[Indicator]) -> Iterator[Fault]:
    """A link is followed by people who trust the book, so it may lead to web and mail only."""
    for number, idea in enumerate(subject.indicator.what_works):
        if idea.url and not SAFE_ADDRESS.match(idea.url):
            yield Fault(
                what=f"“{idea.url[:60]}” is not a web address.",
                fix="Start it with https://.",
                path=("what_works", number, "url"),
            )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text if len(text) > 7 else f"{text}-01")
    except ValueError:
        return None


RULES: tuple[Rule[Subject[Indicator]], ...] = (
    error("outcome-unknown", outcome_exists),
    error("outcome-repeated", outcome_once),
    error("sentence-slots", sentence_has_slots, "reads_as"),
    error("rate-per", rate_has_per, "unit", "per"),
    error("better-reason-missing", neutral_has_reason, "better", "better_reason"),
    error("breakdown-unsound", breakdown_sound),
    error("scheme-unknown", scheme_exists, "rating_scheme", "settings.rating_schemes"),
    error("columns-unknown", columns_meaningful, "columns"),
    error("date-unreal", dates_real),
    error("address-unsafe", addresses_safe),
)
