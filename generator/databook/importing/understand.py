"""From a grid and what was answered so far to an understanding: rows to write, or questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from databook.importing import (
    bodies,
    columns,
    figures,
    layouts,
    open_points,
    places,
    spans,
    times,
)
from databook.importing.answers import Answers, Body, Line, Question, Roles, Row, Understanding
from databook.importing.grid import Grid
from databook.importing.talk import SEVERAL, Talk, some
from databook.periods import PeriodType

MOST = 50_000  # rows of a data.csv that `load` reads


def understand(grid: Grid, answers: Answers, areas: Mapping[str, str]) -> Understanding:
    """What the sheet says, given the book's places (code to name) and what was answered."""
    talk = Talk()
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
    talk.say("headings", f"row {body.header_row}: {some([h for h in body.header if h])}")
    _tell_texts(talk, body)
    title = _named(body, layout) or title
    body = bodies.without_empty(body)
    if lacking := layouts.missing(body, layout):
        what = f"The sheet is laid out as {layout}, but its {', '.join(lacking)} is empty."
        ask = Question(what=what, flag="--layout", choices=("long", "wide"))
        return Understanding(questions=(ask,), said=tuple(talk.said))
    body = times.put_together(layouts.made_plain(body, layout), answers.period_type)
    talk.say("layout", body.layout)
    for remark in body.remarks:
        talk.say("left out", remark)
    for remark in body.periods_made:
        talk.say("periods", remark)
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
    body: Body, answers: Answers, areas: Mapping[str, str], talk: Talk, more: tuple[str, str]
) -> Understanding:
    roles = columns.find(body, areas, answers)
    if isinstance(roles, Question):
        return Understanding(questions=(roles,), said=tuple(talk.said))
    if roles.period < 0 and not answers.period:
        answers = replace(answers, period=columns.told(body))
        talk.say("period", f"“{answers.period}”, from a row above the headings")
    body, codes = _placed(body, roles, answers, areas, talk)
    grouped = columns.groups(body, roles) if body.lines else roles
    if isinstance(grouped, Question):
        asked = (*talk.questions, grouped)
        return Understanding(questions=asked, said=tuple(talk.said), left_out=_left(talk))
    body = columns.marked(body, grouped)
    _tell_roles(talk, body, grouped, answers)
    kind = open_points.kind(body, grouped, answers, talk, more[1])
    signs = open_points.signs(body, grouped, answers, talk)
    comma = open_points.comma(body, grouped, answers, talk, more[0])
    share = open_points.shares(body, grouped, answers, talk, more[1])
    found = Understanding(
        questions=tuple(talk.questions), said=(), kind=kind, title=more[1],
        texts=tuple(" ".join(filter(None, line.cells)) for line in body.texts),
        measure=body.header[grouped.value],
    )  # fmt: skip
    if talk.questions or kind is None:
        return replace(found, said=tuple(talk.said), left_out=_left(talk))
    taking = _Taking(roles=grouped, answers=answers, codes=codes, kind=kind, signs=signs,
                     comma=comma, share=share, blank=body.blank_is_all)  # fmt: skip
    return _taken(found, body, taking, talk)


def _tell_texts(talk: Talk, body: Body) -> None:
    above = [line for line in body.texts if line.number < body.header_row]
    below = [line for line in body.texts if line.number > body.header_row]
    for subject, lines in (("titles", above), ("notes", below)):
        if lines:
            rows = ", ".join(str(line.number) for line in lines[:SEVERAL])
            first = " ".join(filter(None, lines[0].cells))[:70]
            more = " …" if len(lines) > SEVERAL else ""
            talk.say(subject, f"row{'s' * (len(lines) > 1)} {rows}{more}: “{first}”")


def _filtered(body: Body, answers: Answers, talk: Talk) -> Body:
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
    body: Body, roles: Roles, answers: Answers, areas: Mapping[str, str], talk: Talk
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
    _ask_for_places(found, areas, talk)
    ours = {text: code for text, code in found.codes.items() if code}
    _tell_places(found, ours, printed, areas, talk)
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


def _ask_for_places(found: places.Matched, areas: Mapping[str, str], talk: Talk) -> None:
    """What only a person knows: which place a code or a name like one of ours means."""
    for text, code in found.codes.items():
        if code and code not in areas:
            talk.questions.append(Question(what=f"{code} is no place of this book.", flag="--area",
                                           key=text, choices=tuple(areas)))  # fmt: skip
    for text, name in found.near.items():
        code = next(code for code, each in areas.items() if each == name)
        what = f"The book has no “{text}”. Did you mean {name} ({code})? Empty: leave it out."
        talk.questions.append(Question(what=what, flag="--area", key=text, choices=(code, "")))


def _tell_places(
    found: places.Matched,
    ours: Mapping[str, str],
    printed: Sequence[str],
    areas: Mapping[str, str],
    talk: Talk,
) -> None:
    """Which places were taken, and which left out."""
    names = [f"{text} → {code}" if text != code else f"{code} {areas.get(code, '')}"
             for text, code in ours.items()]  # fmt: skip
    talk.say("places", f"{len(ours)} of this book: {some(names)}")
    if layouts.WHOLE in found.others:
        rows = printed.count(layouts.WHOLE)
        talk.say(
            "left out",
            f"{rows} rows without a code, which are about the whole that the sheet is about: "
            f'--area "{layouts.WHOLE}=CODE" takes them for a place of this book',
        )
    others = [*found.others, *(text for text, code in found.codes.items() if not code)]
    if others:
        many = "place that is" if len(others) == 1 else "places that are"
        talk.say("left out", f"{len(others)} {many} not in this book: {some(others)}")


def _tell_roles(talk: Talk, body: Body, roles: Roles, answers: Answers) -> None:
    if roles.period >= 0:
        talk.say("period", f"column “{body.header[roles.period]}”")
    talk.say("measure", f"column “{body.header[roles.value]}”")
    for name in ("numerator", "denominator", "lower", "upper", "note", "marker"):
        if (column := getattr(roles, name)) >= 0:
            talk.say(name, f"column “{body.header[column]}”")
    for column, total in roles.groups:
        talk.say("groups", f"column “{body.header[column]}”, in which “{total}” is everybody")
    for name, value in answers.filters.items():
        talk.say("rows", f"only those in which {name} is “{value}”")
    for name, why in roles.left:
        talk.say("not taken", f"column “{name}”: {why}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taking:
    """All that is needed to take a row."""

    roles: Roles
    answers: Answers
    codes: Mapping[str, str]
    kind: PeriodType
    signs: Mapping[str, str]
    comma: bool
    share: bool  # figures are shares of one, to be written as percentages
    blank: bool


def _taken(found: Understanding, body: Body, how: _Taking, talk: Talk) -> Understanding:
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
                f"{some(clashes, 3)}. Which rows are meant?")  # fmt: skip
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
    if shortened := sum(figure.shortened for _, figure in read):
        talk.say("decimals", f"{shortened} figures were shortened to ten decimals at most")
    groups = tuple(
        (body.header[column], total, tuple(dict.fromkeys(
            row.groups[at] for row in whole if row.groups[at] != total)))
        for at, (column, total) in enumerate(how.roles.groups)
    )  # fmt: skip
    talk.say("taken", f"{len(whole)} figures from {len({row.line for row in whole})} rows")
    return replace(
        found, questions=tuple(talk.questions), said=tuple(talk.said), left_out=_left(talk),
        rows=tuple(whole), groups=groups, used=tuple(used),
        percent=percents == {True} or how.share or "%" in found.measure,
        decimals=min(6, max((figures.decimals(row.value) for row in whole), default=0)),
    )  # fmt: skip


def _row(line: Line, figure: figures.Figure, how: _Taking) -> Row | str:
    """The row of data.csv, or why there is none."""
    roles = how.roles
    printed = line.cells[roles.period] if roles.period >= 0 else how.answers.period
    period = spans.code(printed, how.kind)
    if not period:
        return "rows about periods of another kind" if printed else "rows without a period"
    if figure.empty:
        return "empty cells, for which the sheet gives neither figure nor sign"
    if figure.unknown:
        return "cells that cannot be read"
    others, signs = [], set()
    for column in (roles.numerator, roles.denominator, roles.lower, roles.upper):
        beside = (
            figures.read(line.cells[column], how.signs, comma=how.comma) if column >= 0 else None
        )
        number = beside.number if beside else ""
        limit = column in (roles.lower, roles.upper)
        others.append(open_points.percent(number) if how.share and limit else number)
        signs.add(beside.marker if beside and not beside.number else "")
    marker = figure.marker or ("p" if spans.provisional(printed) and figure.number else "")
    note = figure.note
    if roles.note >= 0 and (own := line.cells[roles.note]):
        note = f"{own}; {note}" if note else own
    groups = tuple(line.cells[c] or (total if how.blank else "") for c, total in roles.groups)
    area = how.codes[line.cells[roles.area]] if roles.area >= 0 else how.answers.place
    value = open_points.percent(figure.number) if how.share else figure.number
    return Row(line=line.number, period=period, area=area, groups=groups, value=value,
               others=(others[0], others[1], others[2], others[3]), marker=marker,
               note=note.lstrip("=+-@ ")[:400])  # fmt: skip


def _left(talk: Talk) -> tuple[tuple[str, int], ...]:
    return tuple((why, number) for why, number in talk.left.items() if number)
