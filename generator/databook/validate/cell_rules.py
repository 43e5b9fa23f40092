"""What each cell of a table must say, to be read at all."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from databook import observations, periods, slips
from databook.model import Breakdown
from databook.periods import PeriodType
from databook.validate import cells
from databook.validate.cells import also, by_text
from databook.validate.faults import (
    Fault,
    Rule,
    did_you_mean,
    error,
    listed,
    nearest,
    nearest_code,
    warning,
)
from databook.validate.figures import GROUPS, NUMBERS, Figures, reading


def period_read(figures: Figures) -> Iterator[Fault]:
    """Periods are read as the declared type and never guessed: 2023-04 is a month or a year."""
    wrong = {t: r for t, r in figures.readings.items() if isinstance(r, str)}
    if figures.raw["period"].null_count():
        lines = figures.raw.filter(pl.col("period").is_null())["line"].to_list()
        yield Fault(
            what=f"“period” is empty{also(lines)}.",
            fix="Write the period.",
            line=lines[0],
            others=tuple(lines[1:]),
            column="period",
        )
    if not wrong:
        return
    found = figures.raw.filter(pl.col("period").is_in(list(wrong)))
    if len(wrong) == len(figures.readings) and (other := _another_type(list(wrong))):
        declared, first = figures.indicator.periods.value, found["period"][0]
        yield Fault(
            what=f"No period here is one of “periods: {declared}”; this one is “{first}”.",
            fix=f"Did you mean “periods: {other}” in indicator.yaml?",
            line=found["line"][0],
            column="period",
        )
        return
    for text, lines in by_text(found, "period"):
        yield Fault(
            what=f"“{text}” is not {wrong[text]}{also(lines)}.",
            fix=f"{_hint(text, figures.indicator.periods)}Write {_wanted(wrong[text])}.",
            line=lines[0],
            others=tuple(lines[1:]),
            column="period",
            meant=_meant(text, figures.indicator.periods),
        )


def _meant(text: str, kind: PeriodType) -> str:
    """The text with digits for letters that look like them, where that makes a period."""
    meant = slips.figures(text)
    return "" if not meant or isinstance(reading(meant, kind), str) else meant


def _hint(text: str, kind: PeriodType) -> str:
    if meant := _meant(text, kind):
        return f"Did you mean “{meant}”, with digits only? "
    if meant := next((m for m in slips.periods(text) if not isinstance(reading(m, kind), str)), ""):
        return f"Did you mean “{meant}”? "
    return ""


def _wanted(expected: str) -> str:
    return f"a year {expected}" if expected.startswith("between") else expected


def _another_type(texts: list[str]) -> str:
    """The first type of period as which every text can be read, or an empty text."""
    for kind in PeriodType:
        if not any(isinstance(reading(t, kind), str) for t in texts):
            return kind.value
    return ""


def period_spelt_alike(figures: Figures) -> Iterator[Fault]:
    """One year written in two ways looks like two years to every other program."""
    spelt = {t: (periods.split_marker(t)[0], r[0].code) for t, r in figures.known_periods.items()}
    other = [t for t, (bare, code) in spelt.items() if bare != code]
    if not other or len(other) == len(spelt):
        return
    found = figures.raw.filter(pl.col("period").is_in(other))
    for text, lines in by_text(found, "period"):
        bare, code = spelt[text]
        yield Fault(
            what=f"“{text}” is written otherwise than the other periods{also(lines)}.",
            fix=f"Write “{code}”.",
            line=lines[0],
            others=tuple(lines[1:]),
            column="period",
            meant=code if bare == text else "",
        )


def note_apart(figures: Figures) -> Iterator[Fault]:
    """A note below the figures is read as a row, and has no period, area or value."""
    for line, text in figures.notes:
        yield Fault(
            what=f"“{text[:60]}” is no row of figures.",
            fix="Delete the row; a note belongs under “notes:” in indicator.yaml, or in the “note” "
            "of the rows it is about.",
            line=line,
        )


def number_read(figures: Figures) -> Iterator[Fault]:
    """A figure that can be read in two ways may be published wrong."""
    raw, frame = figures.raw, figures.frame
    own = [c for c in NUMBERS if c not in figures.typed]
    unread = [c for c in own if raw[c].null_count() < frame[c].null_count()]
    if unread:
        yield from cells.not_numbers(figures.raw, unread)


def marker_known(figures: Figures) -> Iterator[Fault]:
    """Readers are told why a figure is missing or doubtful in the shorthand of official
    statistics, each sign with one meaning.
    """
    texts = [text for text in dict.fromkeys(figures.raw["marker"]) if text]
    wrong = {
        t: unknown
        for t in texts
        if (unknown := [m for m in observations.markers(t) if m not in observations.MARKERS])
    }
    if not wrong:
        return
    for text, lines in by_text(figures.raw.filter(pl.col("marker").is_in(list(wrong))), "marker"):
        yield Fault(
            what=f"“{wrong[text][0]}” is not a known marker{also(lines)}.",
            fix=_mark_meant(wrong[text][0]) + f"Write {listed(observations.MARKERS, 20)}.",
            line=lines[0],
            others=tuple(lines[1:]),
            column="marker",
            meant=slips.mark(text) if len(wrong[text]) == 1 else "",
        )


_SPELT_OUT = {
    "prov": "p", "provisional": "p", "est": "e", "estimate": "e", "estimated": "e", "rev": "r",
    "revised": "r", "supp": "c", "suppressed": "c", "confidential": "c", "forecast": "f",
    "break": "b", "na": "x", "n/a": "x", "missing": "x", "unreliable": "u",
}  # fmt: skip


def _mark_meant(text: str) -> str:
    meant = slips.mark(text) or _SPELT_OUT.get(text.casefold().strip("()."), "")
    return f"Did you mean “{meant}”? " if meant else did_you_mean(text, observations.MARKERS)


def area_known(figures: Figures) -> Iterator[Fault]:
    """A figure of an unknown area would be dropped, or credited to nobody."""
    areas = figures.context.area
    if figures.raw["area"].null_count():
        lines = figures.raw.filter(pl.col("area").is_null())["line"].to_list()
        yield Fault(
            what=f"“area” is empty{also(lines)}.",
            fix="Write its code.",
            line=lines[0],
            others=tuple(lines[1:]),
            column="area",
        )
    if not areas:
        return
    named = {a.name.casefold(): a.code for a in figures.context.areas}
    unknown = [a for a in dict.fromkeys(figures.raw["area"]) if a and a not in areas]
    if not unknown:
        return
    for text, lines in by_text(figures.raw.filter(pl.col("area").is_in(unknown)), "area"):
        code = named.get(text.casefold())
        hint = f"Write its code, “{code}”. " if code else nearest_code(text, areas)
        if slips.spoilt(text):
            hint = "A spreadsheet has spoilt the code: write it in again as text. "
        yield Fault(
            what=f"“{text}” is not the code of an area of this book{also(lines)}.",
            fix=f"{hint}Known areas are in scorecards/areas; add it there if it is new.",
            line=lines[0],
            others=tuple(lines[1:]),
            column="area",
            meant=code or slips.one_off(text, areas),
            about=f"area {text}",
        )


def _declared_otherwise(figures: Figures, breakdown: Breakdown, text: str) -> int | None:
    """The declared group that no row has, where rows and the gap agree on another spelling."""
    if text not in (breakdown.gap or ()):
        return None
    there = set(figures.raw[breakdown.column])
    absent = [group for group in breakdown.groups if group not in there]
    near = nearest(text, absent)
    return breakdown.groups.index(near) if near else None


def group_known(figures: Figures) -> Iterator[Fault]:
    """A misspelt group would make a group of its own, and the real one would lack its figure."""
    for breakdown in figures.indicator.breakdowns:
        column = breakdown.column
        if column not in figures.breakdowns:
            continue
        known = [breakdown.total, *breakdown.groups]
        if set(figures.raw[column]) <= set(known):
            continue
        odd = figures.raw.filter(~pl.col(column).is_in(known) | pl.col(column).is_null())
        for text, lines in by_text(odd, column):
            if (at := _declared_otherwise(figures, breakdown, text)) is not None:
                number = figures.indicator.breakdowns.index(breakdown)
                yield Fault(
                    what=f"“{breakdown.groups[at]}” is called “{text}” in the table{also(lines)}.",
                    fix=f"Write “{text}”, as in the table and in the gap.",
                    path=("breakdowns", number, "groups", at),
                    about=f"group {text}",
                )
                continue
            said = f"“{text}” is not a declared group" if text else "There is no group"
            yield Fault(
                what=f"{said} of “{column}”{also(lines)}.",
                fix=_group_meant(text or "", breakdown)
                or f"{did_you_mean(text, known)}Write {listed(known, 20)}, or declare it under "
                "“groups:” in indicator.yaml.",
                line=lines[0],
                others=tuple(lines[1:]),
                column=column,
                meant=slips.one_off(text, known) if text else "",
            )


# Words for everybody, and for the same group, as other tables have them.
_EVERYBODY = frozenset(
    ("all", "total", "totals", "persons", "person", "everyone", "everybody", "both", "both sexes",
     "all people", "all persons", "people", "overall", "any")
)  # fmt: skip
_SAME = (
    frozenset(("female", "females", "woman", "women", "girl", "girls", "f")),
    frozenset(("male", "males", "man", "men", "boy", "boys", "m")),
)


def _group_meant(text: str, breakdown: Breakdown) -> str:
    """The remedy for a group under another usual name, or nothing."""
    word = text.casefold()
    if nearest(text, [breakdown.total, *breakdown.groups]):
        return ""  # a slip of the hand is likelier than another word
    if word in _EVERYBODY:
        return (
            f"Write “{breakdown.total}”; or, if every row of the total says “{text}”, write "
            f"“total: {text}” under the breakdown in indicator.yaml."
        )
    for same in _SAME:
        meant = [group for group in breakdown.groups if group.casefold() in same]
        if word in same and len(meant) == 1:
            return f"Write “{meant[0]}”, or declare “{text}” under “groups:” in indicator.yaml."
    return ""


CELL_RULES: tuple[Rule[Figures], ...] = (
    error("period-unreadable", period_read, "periods"),
    error("row-stray", note_apart, "periods"),
    warning("period-spelling", period_spelt_alike, "periods"),
    error("number-unreadable", number_read),
    error("marker-unknown", marker_known),
    error("area-unknown", area_known),
    error("group-unknown", group_known, *GROUPS),
)
