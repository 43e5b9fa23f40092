"""From a grid and what was answered so far to an understanding: rows to write, or questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from databook.importing import bodies, columns, figures, layouts, legend, places, spans
from databook.importing.answers import Answers, Body, Line, Question, Roles, Row, Understanding
from databook.importing.grid import Grid
from databook.periods import PeriodType, parse

SIGN_CHOICES = ("0", "c", "x", "z", "low", "none")
MOST = 50_000  # rows of a data.csv that `load` reads
_SEVERAL = 6  # how many examples are shown


@dataclass(slots=True)
class _Talk:
    """What is found on the way, in the order in which it is told."""

    said: list[tuple[str, str]] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    questions: list[Question] = field(default_factory=list)

    def say(self, subject: str, finding: str) -> None:
        self.said.append((subject, finding))


def understand(grid: Grid, answers: Answers, areas: Mapping[str, str]) -> Understanding:
    """What the sheet says, given the book's places (code to name) and what was answered."""
    talk = _Talk()
    for remark in grid.remarks:
        talk.say("file", remark)
    body = bodies.find(grid, answers, areas)
    if isinstance(body, Question):
        return Understanding(questions=(body,), said=tuple(talk.said))
    layout = layouts.recognised(body) if answers.layout == "auto" else answers.layout
    if lacking := layouts.missing(body, layout):
        what = f"The headings are not those of {layout}: {', '.join(lacking)} is not there."
        ask = Question(what=what, flag="--layout", choices=("auto", "long", "wide"))
        return Understanding(questions=(ask,), said=tuple(talk.said))
    title = " ".join(next((line.cells for line in body.texts
                           if line.number < body.header_row), ())).strip()  # fmt: skip
    talk.say("headings", f"row {body.header_row}: {_some([h for h in body.header if h])}")
    _tell_texts(talk, body)
    title = _named(body, layout) or title
    body = layouts.made_plain(bodies.without_empty(body), layout)
    talk.say("layout", body.layout)
    for remark in body.remarks:
        talk.say("left out", remark)
    if body.empty:
        talk.left["empty cells, for which the sheet gives neither figure nor sign"] += body.empty
    body = _filtered(body, answers, talk)
    return _by_columns(body, answers, areas, talk, (grid.separator, title))


def _named(body: Body, layout: str) -> str:
    """The indicator's name, where the layout has a column for it and it is one only."""
    names = [name.casefold() for name in body.header]
    if layout != layouts.FINGERTIPS or "indicator name" not in names:
        return ""
    found = {line.cells[names.index("indicator name")] for line in body.lines}
    return found.pop() if len(found) == 1 else ""


def _by_columns(
    body: Body, answers: Answers, areas: Mapping[str, str], talk: _Talk, more: tuple[str, str]
) -> Understanding:
    roles = columns.find(body, areas, answers)
    if isinstance(roles, Question):
        return Understanding(questions=(roles,), said=tuple(talk.said))
    body, codes = _placed(body, roles, answers, areas, talk)
    grouped = columns.groups(body, roles) if body.lines else roles
    if isinstance(grouped, Question):
        asked = (*talk.questions, grouped)
        return Understanding(questions=asked, said=tuple(talk.said), left_out=_left(talk))
    _tell_roles(talk, body, grouped, answers)
    kind = _kind(body, grouped, answers, talk, more[1])
    signs = _signs(body, grouped, answers, talk)
    comma = _comma(body, grouped, answers, talk, more[0])
    found = Understanding(
        questions=tuple(talk.questions), said=(), kind=kind, title=more[1],
        texts=tuple(" ".join(filter(None, line.cells)) for line in body.texts),
        measure=body.header[grouped.value],
    )  # fmt: skip
    if talk.questions or kind is None:
        return replace(found, said=tuple(talk.said), left_out=_left(talk))
    taking = _Taking(roles=grouped, answers=answers, codes=codes, kind=kind, signs=signs,
                     comma=comma, blank=body.blank_is_all)  # fmt: skip
    return _taken(found, body, taking, talk)


def _tell_texts(talk: _Talk, body: Body) -> None:
    above = [line for line in body.texts if line.number < body.header_row]
    below = [line for line in body.texts if line.number > body.header_row]
    for subject, lines in (("titles", above), ("notes", below)):
        if lines:
            rows = ", ".join(str(line.number) for line in lines[:_SEVERAL])
            first = " ".join(filter(None, lines[0].cells))[:70]
            more = " …" if len(lines) > _SEVERAL else ""
            talk.say(subject, f"row{'s' * (len(lines) > 1)} {rows}{more}: “{first}”")


def _filtered(body: Body, answers: Answers, talk: _Talk) -> Body:
    names = [name.casefold() for name in body.header]
    lines: Sequence[Line] = body.lines
    for name, wanted in answers.filters.items():
        if name.casefold() not in names:
            talk.questions.append(Question(what=f"There is no column “{name}” to filter by.",
                                           flag="--filter", choices=body.header))  # fmt: skip
            continue
        column = names.index(name.casefold())
        kept = [each for each in lines if each.cells[column].casefold() == wanted.casefold()]
        talk.left[f"rows in which {name} is not “{wanted}”"] += len(lines) - len(kept)
        lines = kept
    return replace(body, lines=tuple(lines))


def _placed(
    body: Body, roles: Roles, answers: Answers, areas: Mapping[str, str], talk: _Talk
) -> tuple[Body, Mapping[str, str]]:
    """The rows about places of the book, and the code of each place as printed."""
    if roles.area < 0:
        talk.say("place", f"{answers.place} {areas.get(answers.place, '')}".strip())
        if answers.place not in areas:
            talk.questions.append(Question(what=f"{answers.place} is no place of this book.",
                                           flag="--place", choices=tuple(areas)))  # fmt: skip
        return body, {}
    printed = [line.cells[roles.area] for line in body.lines]
    found = places.match((text for text in printed if text), areas, answers.areas)
    for text, code in found.codes.items():
        if code and code not in areas:
            talk.questions.append(Question(what=f"{code} is no place of this book.", flag="--area",
                                           key=text, choices=tuple(areas)))  # fmt: skip
    for text, name in found.near.items():
        code = next(code for code, each in areas.items() if each == name)
        what = f"The book has no “{text}”. Did you mean {name} ({code})? Empty: leave it out."
        talk.questions.append(Question(what=what, flag="--area", key=text, choices=(code, "")))
    ours = {text: code for text, code in found.codes.items() if code}
    names = [f"{text} → {code}" if text != code else f"{code} {areas.get(code, '')}"
             for text, code in ours.items()]  # fmt: skip
    talk.say("places", f"{len(ours)} of this book: {_some(names)}")
    others = [*found.others, *(text for text, code in found.codes.items() if not code)]
    if others:
        talk.say("left out", f"{len(others)} places that are not in this book: {_some(others)}")
    kept = tuple(line for line in body.lines if line.cells[roles.area] in ours)
    gone = Counter(printed[at] for at in range(len(printed)) if printed[at] not in ours)
    talk.left["rows without a place"] += gone.pop("", 0)
    talk.left["figures of places that are not in areas.csv"] += sum(gone.values())
    if not ours and not talk.questions:
        talk.questions.append(Question(
            what="None of the places of this sheet is in this book's areas.csv. Name the column "
            "with the places, or say which place is which with --area.",
            flag="--area-column", choices=body.header))  # fmt: skip
    return replace(body, lines=kept), ours


def _tell_roles(talk: _Talk, body: Body, roles: Roles, answers: Answers) -> None:
    if roles.period >= 0:
        talk.say("period", f"column “{body.header[roles.period]}”")
    talk.say("measure", f"column “{body.header[roles.value]}”")
    for name in ("numerator", "denominator", "lower", "upper", "note"):
        if (column := getattr(roles, name)) >= 0:
            talk.say(name, f"column “{body.header[column]}”")
    for column, total in roles.groups:
        talk.say("groups", f"column “{body.header[column]}”, in which “{total}” is everybody")
    for name, value in answers.filters.items():
        talk.say("rows", f"only those in which {name} is “{value}”")
    for name, why in roles.left:
        talk.say("not taken", f"column “{name}”: {why}")


def _kind(body: Body, roles: Roles, answers: Answers, talk: _Talk, title: str) -> PeriodType | None:
    if roles.period < 0:
        texts, heading = [answers.period], ""
    else:
        texts = list(dict.fromkeys(line.cells[roles.period] for line in body.lines))
        heading = body.header[roles.period]
    texts = [text for text in texts if text]
    fits = spans.kinds(texts)
    named = spans.said(heading) or spans.said(title)
    kind = answers.period_type or (fits[0] if len(fits) == 1 else None)
    kind = kind or (named if named in fits else None)
    if kind is None or (wrong := [text for text in texts if not spans.code(text, kind)]):
        odd = wrong if kind else [text for text in texts if not spans.readings(text)]
        what = f"What kind of period is {_some(texts, 3)}?"
        if odd:
            what = f"These are no periods that can be read: {_some(odd)}. {what}"
        choices = fits or tuple(PeriodType)
        talk.questions.append(Question(what=what, flag="--period-type", choices=choices))
        return None
    if texts:
        last = parse(spans.code(texts[-1], kind), kind)
        talk.say("kind", f"{kind}: “{texts[-1]}” is {last.label}")
    return kind


def _cells(body: Body, roles: Roles) -> list[str]:
    also = [roles.numerator, roles.denominator, roles.lower, roles.upper]
    at = [roles.value, *(column for column in also if column >= 0)]
    return [line.cells[column] for line in body.lines for column in at]


def _signs(body: Body, roles: Roles, answers: Answers, talk: _Talk) -> Mapping[str, str]:
    """What each sign stands for; asks for those whose meaning nobody can know."""
    notes = legend.read(" ".join(filter(None, line.cells)) for line in body.texts)
    signs = {**notes, **{sign.casefold(): meaning for sign, meaning in answers.symbols.items()}}
    seen: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    for text in _cells(body, roles):
        found = figures.read(text, signs)
        if found.unknown and not figures.read(text, signs, comma=True).number:
            unknown[text] += 1
        elif found.symbol:
            seen[found.symbol] += 1
    for sign, number in seen.items():
        meant = figures.read(sign, signs)
        whence = "from the sheet's notes" if sign in notes else "as is usual in official statistics"
        whence = "as answered" if sign in {s.casefold() for s in answers.symbols} else whence
        to = f"marker {meant.marker}" if meant.marker else ("0" if meant.number else "no figure")
        talk.say("sign", f"“{sign}” ({number}) → {to}, {whence}")
    for sign, number in list(unknown.items())[:20]:
        where = next(line.number for line in body.lines if sign in line.cells)
        what = (f"What does “{sign}” mean in the place of a figure? ({number} of them, first in "
                f"row {where})")  # fmt: skip
        talk.questions.append(Question(what=what, flag="--symbol", key=sign, choices=SIGN_CHOICES))
    return signs


def _comma(body: Body, roles: Roles, answers: Answers, talk: _Talk, separator: str) -> bool:
    """Whether 1,5 is one and a half: asked only where the figures themselves do not show it."""
    if answers.decimal:
        return answers.decimal == "comma"
    cells = [text for text in _cells(body, roles) if "," in text]
    if any(re.fullmatch(r"-?\d+,(\d{1,2}|\d{4,})\s?%?", text) for text in cells):
        if any(re.fullmatch(r"-?\d+\.\d+\s?%?", text) for text in _cells(body, roles)):
            talk.questions.append(Question(what="Some figures have a comma and some a point before "
                                           "their decimals. Which is it?", flag="--decimal",
                                           choices=("point", "comma")))  # fmt: skip
        talk.say("decimals", "after a comma")
        return True
    if separator == ";" and cells:
        talk.questions.append(Question(what=f"Is the comma in {_some(cells, 2)} one of decimals or "
                                       "of thousands?", flag="--decimal",
                                       choices=("point", "comma")))  # fmt: skip
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taking:
    """All that is needed to take a row."""

    roles: Roles
    answers: Answers
    codes: Mapping[str, str]
    kind: PeriodType
    signs: Mapping[str, str]
    comma: bool
    blank: bool


def _taken(found: Understanding, body: Body, how: _Taking, talk: _Talk) -> Understanding:
    rows: dict[tuple[str, ...], Row] = {}
    clashes: list[str] = []
    read = [(line, figures.read(line.cells[how.roles.value], how.signs, comma=how.comma))
            for line in body.lines]  # fmt: skip
    for line, figure in read:
        row = _row(line, figure, how)
        if isinstance(row, str):
            talk.left[row] += 1
        elif (before := rows.get(row.key)) is None:
            rows[row.key] = row
        elif replace(before, line=row.line) == row:
            talk.left["repeats of a row, equal in everything"] += 1
        else:
            clashes.append(f"rows {before.line} and {row.line}")
    if clashes:
        what = ("The same place, period and group has two different figures: "
                f"{_some(clashes, 3)}. Which rows are meant?")  # fmt: skip
        names = [name for name, _ in how.roles.left]
        talk.questions.append(Question(what=what, flag="--filter", choices=tuple(names)))
    whole = list(rows.values())
    if len(whole) > MOST:
        what = (
            f"These are {len(whole):,} figures, and a book reads at most {MOST:,} of an indicator."
        )
        headings = tuple(body.header[column] for column, _ in how.roles.groups)
        talk.questions.append(Question(what=what, flag="--filter", choices=headings))
    others = ("numerator", "denominator", "lower", "upper")
    used = [name for at, name in enumerate(others) if any(row.others[at] for row in whole)]
    used += [name for name in ("marker", "note") if any(getattr(row, name) for row in whole)]
    percents = {figure.percent for _, figure in read if figure.number}
    if percents == {True, False}:
        talk.say("look", "some figures have a percent sign and some have none; all are taken as "
                 "they stand")  # fmt: skip
    groups = tuple(
        (body.header[column], total, tuple(dict.fromkeys(
            row.groups[at] for row in whole if row.groups[at] != total)))
        for at, (column, total) in enumerate(how.roles.groups)
    )  # fmt: skip
    talk.say("taken", f"{len(whole)} figures from {len({row.line for row in whole})} rows")
    return replace(
        found, questions=tuple(talk.questions), said=tuple(talk.said), left_out=_left(talk),
        rows=tuple(whole), groups=groups, used=tuple(used),
        percent=percents == {True} or "%" in found.measure,
        decimals=min(6, max((figures.decimals(row.value) for row in whole), default=0)),
    )  # fmt: skip


def _row(line: Line, figure: figures.Figure, how: _Taking) -> Row | str:
    """The row of data.csv, or why there is none."""
    roles = how.roles
    printed = line.cells[roles.period] if roles.period >= 0 else how.answers.period
    period = spans.code(printed, how.kind)
    if not period:
        return "rows without a period"
    if figure.empty:
        return "empty cells, for which the sheet gives neither figure nor sign"
    if figure.unknown:
        return "cells that cannot be read"
    others, signs = [], set()
    for column in (roles.numerator, roles.denominator, roles.lower, roles.upper):
        beside = (
            figures.read(line.cells[column], how.signs, comma=how.comma) if column >= 0 else None
        )
        others.append(beside.number if beside else "")
        signs.add(beside.marker if beside and not beside.number else "")
    marker = figure.marker or ("p" if spans.provisional(printed) and figure.number else "")
    note = figure.note
    if roles.note >= 0 and (own := line.cells[roles.note]):
        note = f"{own}; {note}" if note else own
    groups = tuple(line.cells[c] or (total if how.blank else "") for c, total in roles.groups)
    area = how.codes[line.cells[roles.area]] if roles.area >= 0 else how.answers.place
    return Row(line=line.number, period=period, area=area, groups=groups, value=figure.number,
               others=(others[0], others[1], others[2], others[3]), marker=marker,
               note=note.lstrip("=+-@ ")[:400])  # fmt: skip


def _left(talk: _Talk) -> tuple[tuple[str, int], ...]:
    return tuple((why, number) for why, number in talk.left.items() if number)


def _some(texts: Sequence[str], most: int = _SEVERAL) -> str:
    shown = ", ".join(str(text) for text in texts[:most])
    return f"{shown} and {len(texts) - most} more" if len(texts) > most else shown
