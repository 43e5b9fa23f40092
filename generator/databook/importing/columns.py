"""Which column of a long table is which: period, place, value, its companions, and groups."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from databook.importing import figures, legend, places, spans
from databook.importing.answers import Answers, Body, Question, Roles

_PERIOD = re.compile(r"(time[ _]?)?period|years?|date|quarter|month|term|(financial|academic|"
                     r"calendar|school) year|fy|reporting period|time", re.IGNORECASE)  # fmt: skip
_AREA = re.compile(r"(.*[ _])?(code|gss|ons)|geo_?code|area|areacd", re.IGNORECASE)
_VALUE = re.compile(r"value|rate|percent(age)?|%|pct|figure|observation|obs_value|"
                    r"indicator value|v4_\d", re.IGNORECASE)  # fmt: skip
# Headings that name a companion of the value without a doubt.
_COMPANIONS = {
    "numerator": re.compile(r"numerator", re.IGNORECASE),
    "denominator": re.compile(r"denominator", re.IGNORECASE),
    "lower": re.compile(r"(.*\b)?(lower|lci|lcl)( ci| confidence)?\b.*(limit|ci|interval|95.*)?|"
                        r"lower_(ci|limit|95)", re.IGNORECASE),
    "upper": re.compile(r"(.*\b)?(upper|uci|ucl)( ci| confidence)?\b.*(limit|ci|interval|95.*)?|"
                        r"upper_(ci|limit|95)", re.IGNORECASE),
    "marker": re.compile(r"data markings?|markers?|symbols?|flags?|shorthand|(obs_|observation )?"
                         r"status|obs status", re.IGNORECASE),
    "note": re.compile(r"(foot)?notes?|comments?|remarks?|value note", re.IGNORECASE),
}  # fmt: skip
_ALL = re.compile(r"(all|total|persons|people|both|everyone|everybody|overall)\b.*", re.IGNORECASE)
_NEVER = re.compile(r"\b(rank|z-?score|percentile|id|year of birth)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A long table seen by columns."""

    body: Body
    areas: Mapping[str, str]

    def cells(self, column: int) -> list[str]:
        """What stands in a column, without empty cells."""
        return [line.cells[column] for line in self.body.lines if line.cells[column]]

    def called(self, name: str) -> int:
        """The column of that heading, or -1."""
        wanted = name.casefold().strip()
        names = [heading.casefold() for heading in self.body.header]
        return names.index(wanted) if wanted in names else -1


def find(body: Body, areas: Mapping[str, str], answers: Answers) -> Roles | Question:
    """The part that each column plays, or the question that stands in the way."""
    table = Table(body=body, areas=areas)
    for step in ("period", "area", "value"):
        name = getattr(answers, f"{step}_column")
        if name and table.called(name) < 0:
            return _which(
                f"There is no column “{name}”. Which holds the {step}?", step, body.header
            )
    period = _period(table, answers)
    if isinstance(period, Question):
        return period
    area = _area(table, answers)
    if isinstance(area, Question):
        return area
    roles = _companions(table, Roles(period=period, area=area))
    value = _value(table, roles, answers)
    if isinstance(value, Question):
        return value
    return replace(roles, value=value)


def _period(table: Table, answers: Answers) -> int | Question:
    if answers.period_column:
        return table.called(answers.period_column)
    fits = [c for c in range(len(table.body.header)) if _mostly(table.cells(c), _is_period)]
    named = [c for c in fits if _PERIOD.fullmatch(table.body.header[c])]
    if len(found := named or fits) == 1:
        return found[0]
    if answers.period and not found:
        return -1
    if not found and told(table.body):
        return -1
    if not found:
        return Question(what="No column looks like one of periods. Which period are the figures "
                        "about? (or name its column with --period-column)",
                        flag="--period")  # fmt: skip
    return _which("Which column holds the period?", "period", [table.body.header[c] for c in found])


def told(body: Body) -> str:
    """The period that a row above the headings gives: "date", "Jan 2023-Dec 2023"."""
    found = {
        cells[1]
        for line in body.texts
        if line.number < body.header_row
        and len(cells := [cell for cell in line.cells if cell]) == 2
        and _PERIOD.fullmatch(cells[0].rstrip(":"))
        and spans.readings(cells[1])
    }
    return found.pop() if len(found) == 1 else ""


def _is_period(text: str) -> bool:
    return bool(spans.readings(text))


def _area(table: Table, answers: Answers) -> int | Question:
    if answers.area_column:
        return table.called(answers.area_column)
    columns = range(len(table.body.header))
    if codes := [c for c in columns if _mostly(table.cells(c), places.CODE.fullmatch)]:
        known = [c for c in codes if any(text in table.areas for text in table.cells(c))]
        return _one_area(table, known or codes)
    ours = [c for c in columns if any(places.exact(t, table.areas) for t in set(table.cells(c)))]
    if ours:
        return _one_area(table, ours)
    if named := [c for c in columns if _AREA.fullmatch(table.body.header[c])]:
        return named[0]
    if answers.place:
        return -1
    return Question(what="No column names places of this book. Which place are the figures about? "
                    "Give its code (or name the column with --area-column).",
                    flag="--place", choices=tuple(table.areas))  # fmt: skip


def _one_area(table: Table, columns: Sequence[int]) -> int | Question:
    """Of several columns that name places, one by code before one by name; else ask."""
    codes = [c for c in columns if any(text in table.areas for text in table.cells(c))]
    found = codes or list(columns)
    if len(found) == 1 or len({tuple(table.cells(c)) for c in found}) == 1:
        return found[0]
    return _which("Which column holds the place?", "area", [table.body.header[c] for c in found])


def _companions(table: Table, roles: Roles) -> Roles:
    taken = {roles.period, roles.area}
    found: dict[str, int] = {}
    for name, words in _COMPANIONS.items():
        fits = [c for c, text in enumerate(table.body.header)
                if c not in taken and words.fullmatch(text)]  # fmt: skip
        if len(fits) == 1:
            found[name] = fits[0]
    return replace(
        roles,
        numerator=found.get("numerator", -1),
        denominator=found.get("denominator", -1),
        lower=found.get("lower", -1),
        upper=found.get("upper", -1),
        note=found.get("note", -1),
        marker=found.get("marker", -1),
    )


def _value(table: Table, roles: Roles, answers: Answers) -> int | Question:
    if answers.value_column:
        return table.called(answers.value_column)
    fits = numeric(table, roles)
    parts = (roles.period, roles.area)
    named = [c for c, name in enumerate(table.body.header)
             if c not in parts and _VALUE.fullmatch(name)]  # fmt: skip
    if len(found := named if len(named) == 1 else fits) == 1:
        return found[0]
    if not found:
        found = [c for c in range(len(table.body.header)) if c not in parts]
        what = "No column looks like one of figures. Which holds the value?"
    else:
        what = "Several columns hold figures. Which is the measure?"
    return _which(what, "value", [table.body.header[c] for c in found])


def numeric(table: Table, roles: Roles) -> list[int]:
    """Columns of figures that play no part yet."""
    taken = {roles.period, roles.area, roles.numerator, roles.denominator, roles.lower,
             roles.upper, roles.note, roles.marker}  # fmt: skip
    return [
        c for c, name in enumerate(table.body.header)
        if c not in taken
        and not _NEVER.search(name)
        and _mostly(table.cells(c), figures.is_number, share=0.4)
        and _mostly(table.cells(c), figures.looks_like)
    ]  # fmt: skip


def _mostly(cells: Sequence[str], fits: Callable[[str], object], share: float = 0.8) -> bool:
    return bool(cells) and sum(bool(fits(text)) for text in cells) >= share * len(cells)


def _which(what: str, part: str, names: Sequence[str]) -> Question:
    return Question(what=what, flag=f"--{part}-column", choices=tuple(names))


def groups(body: Body, roles: Roles) -> Roles | Question:
    """What the columns that play no part yet are: groups with a total, or nothing of their own."""
    table = Table(body=body, areas={})
    used = {roles.period, roles.area, roles.value, roles.numerator, roles.denominator,
            roles.lower, roles.upper, roles.note, roles.marker}  # fmt: skip
    kept: list[tuple[int, str]] = []
    left: list[tuple[str, str]] = []
    figure_columns = numeric(table, roles)
    for column, name in enumerate(body.header):
        if column in used:
            continue
        distinct = list(dict.fromkeys(line.cells[column] for line in body.lines))
        if len(distinct) == 1:
            left.append((name, f"“{distinct[0]}” in every row"))
        elif column in figure_columns:
            left.append((name, "figures of another measure"))
        elif _follows(body, column, roles.area) or _follows(body, column, roles.period):
            left.append((name, "says no more than the place or the period"))
        elif same := next((c for c, _ in kept if _same(body, c, column)), None):
            left.append((name, f"says the same as “{body.header[same]}”"))
        elif total := _total(distinct, blank_is_all=body.blank_is_all):
            kept.append((column, total))
        else:
            return Question(what=f"“{name}” has several values and none is a total. Which rows are "
                            "meant?", flag="--filter", key=name,
                            choices=tuple(each for each in distinct if each)[:40])  # fmt: skip
    return replace(roles, groups=tuple(kept), left=tuple(left))


def _follows(body: Body, column: int, other: int) -> bool:
    if other < 0:
        return False
    pairs = {(line.cells[other], line.cells[column]) for line in body.lines}
    return len(pairs) == len({line.cells[other] for line in body.lines})


def _same(body: Body, one: int, other: int) -> bool:
    """Whether two columns stand for each other, as a code and its name do."""
    pairs = {(line.cells[one], line.cells[other]) for line in body.lines}
    return len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})


def marked(body: Body, roles: Roles) -> Body:
    """Signs from a column of their own, and remarks that say why a figure is missing, put where
    other sheets have them: in the place of the figure, or behind it.
    """
    if roles.marker < 0 and roles.note < 0:
        return body
    lines = []
    for line in body.lines:
        text = line.cells[roles.value]
        sign = line.cells[roles.marker] if roles.marker >= 0 else ""
        if not text and not sign and roles.note >= 0:
            sign = legend.meaning(line.cells[roles.note])
        beside = figures.read(f"{text} [{sign}]", {}) if text and sign else None
        if not text and sign:
            text = sign
        elif beside is not None and beside.marker:
            text = f"{text} [{sign}]"
        cells = (*line.cells[: roles.value], text, *line.cells[roles.value + 1 :])
        lines.append(replace(line, cells=cells))
    return replace(body, lines=tuple(lines))


def _total(distinct: Sequence[str], *, blank_is_all: bool) -> str:
    if blank_is_all and "" in distinct:
        return "All"
    totals = [text for text in distinct if _ALL.fullmatch(text)]
    plain = [text for text in totals if text.casefold() in ("all", "total", "persons")]
    found = plain if len(plain) == 1 else totals
    return found[0] if len(found) == 1 else ""
