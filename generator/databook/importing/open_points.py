"""What a sheet leaves open about its figures: kinds of period, signs, commas, shares of one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from databook.importing import figures, legend, spans
from databook.importing.answers import Answers, Body, Question, Roles
from databook.importing.talk import Talk, some
from databook.periods import PeriodType, parse

SIGN_CHOICES = ("0", "c", "x", "z", "low", "none")
FEW = 2  # figures from which a share of one can be told from a percentage


def kind(body: Body, roles: Roles, answers: Answers, talk: Talk, title: str) -> PeriodType | None:
    """The kind of period, where the periods, their heading or the title show it; else ask."""
    if roles.period < 0:
        texts, heading = [answers.period], ""
    else:
        texts = list(dict.fromkeys(line.cells[roles.period] for line in body.lines))
        heading = body.header[roles.period]
    texts = [text for text in texts if text]
    if not texts:
        if not talk.questions:
            what = "No row is left: none is of the places, or none passes the filters."
            talk.questions.append(Question(what=what, flag="--filter", choices=body.header))
        return None
    fits = spans.kinds(texts)
    named = spans.said(heading) or spans.said(title)
    kind = answers.period_type or (fits[0] if len(fits) == 1 else None)
    kind = kind or next((each for each in (body.kind, named) if each in fits), None)
    ours = [text for text in texts if kind and spans.code(text, kind)]
    if kind is None or not ours or (len(ours) < len(texts) and not answers.period_type):
        talk.questions.append(_which_kind(texts, fits, kind if ours else None))
        return None
    if others := [text for text in texts if text not in ours]:
        talk.say("left out", f"{len(others)} periods of other kinds: {some(others)}")
    last = parse(spans.code(ours[-1], kind), kind)
    talk.say("kind", f"{kind}: “{ours[-1]}” is {last.label}")
    return kind


def _which_kind(
    texts: Sequence[str], fits: tuple[PeriodType, ...], kind: PeriodType | None
) -> Question:
    """Ask for the kind of period; what is of no kind, or of another, is named."""
    odd = [text for text in texts if not spans.readings(text)]
    several = () if fits else tuple(k for k in PeriodType if any(spans.code(t, k) for t in texts))
    what = f"What kind of period is {some(texts, 3)}?"
    if kind or (several and not odd):
        each = {next(t for t in texts if spans.code(t, k)): k for k in several}
        said = ", ".join(f"{text} ({k})" for text, k in each.items())
        what = f"The periods are of several kinds: {said}. Which are meant? Others are left out."
    elif odd:
        rest = " Rows with them are left out." if several else (
            " A book knows calendar, financial (from April) and academic years, quarters, months, "
            "terms, days and years together; not years that begin in another month."
        )  # fmt: skip
        what = f"These are no periods that can be read: {some(odd)}.{rest} {what}"
    return Question(what=what, flag="--period-type", choices=fits or several or tuple(PeriodType))


def _cells(body: Body, roles: Roles) -> list[str]:
    also = [roles.numerator, roles.denominator, roles.lower, roles.upper]
    at = [roles.value, *(column for column in also if column >= 0)]
    return [line.cells[column] for line in body.lines for column in at]


def signs(body: Body, roles: Roles, answers: Answers, talk: Talk) -> Mapping[str, str]:
    """What each sign stands for; asks for those whose meaning nobody can know."""
    notes = legend.read(" ".join(filter(None, line.cells)) for line in body.texts)
    signs = {**notes, **{sign.casefold(): meaning for sign, meaning in answers.symbols.items()}}
    seen: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    for text in _cells(body, roles):
        found = figures.read(text, signs)
        if found.unknown and not figures.read(text, signs, comma=True).number:
            unknown[text] += 1
        elif found.symbol and not found.unknown:
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


def comma(body: Body, roles: Roles, answers: Answers, talk: Talk, separator: str) -> bool:
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
    if any(re.fullmatch(r"[^\d-]?-?\d{1,3}(\.\d{3})+,\d+\s?\D?", text) for text in cells):
        talk.say("decimals", "after a comma; points stand between thousands")
        return True
    if separator == ";" and cells:
        talk.questions.append(Question(what=f"Is the comma in {some(cells, 2)} one of decimals or "
                                       "of thousands?", flag="--decimal",
                                       choices=("point", "comma")))  # fmt: skip
    return False


def shares(body: Body, roles: Roles, answers: Answers, talk: Talk, title: str) -> bool:
    """Whether 0.187 is 18.7 %: asked where a percentage is announced and none is above one."""
    if answers.scale:
        return answers.scale == "fraction"
    named = " ".join((title, *body.header, *(cell for cell in body.lines[0].cells if "%" in cell))
                     if body.lines else ())  # fmt: skip
    cells = [line.cells[roles.value] for line in body.lines]
    known = [Decimal(n) for cell in cells if (n := figures.read(cell, {}).number)]
    if (
        len(known) < FEW
        or any("%" in cell for cell in cells)
        or not re.search(r"per ?cent|%|\bpct\b|\bproportion", named, re.IGNORECASE)
        or not all(0 <= number <= 1 for number in known)
        or all(number == int(number) for number in known)
    ):
        return False
    what = (f"These figures are called percentages, and all of them lie between 0 and 1. Is "
            f"{known[0]} as much as {percent(str(known[0]))} %?")  # fmt: skip
    talk.questions.append(Question(what=what, flag="--scale", choices=("fraction", "as-is")))
    return False


def percent(number: str) -> str:
    """A share of one as a percentage, exactly."""
    return f"{(Decimal(number) * 100).normalize():f}" if number else ""
