"""What definitions, notes and targets say in words, beside what the keys declare.

Words can be read wrongly, so these rules doubt and never refuse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from databook.model import Measurable, Unit
from databook.observations import Context
from databook.sources import Path
from databook.validate.faults import Fault
from databook.validate.subject import Subject
from databook.validate.time_rules import start

# Families of words that count the same; a share of one in another is a share of nothing.
_FAMILIES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for name, words in (
        ("pregnant women", r"pregnant (?:women|girls|mothers)|pregnancies|mothers-to-be"),
        ("mothers", r"(?:new )?mothers"),
        ("babies", r"babies|infants|newborns|births"),
        ("families", r"families"),
        ("households", r"households|homes|dwellings"),
        ("contacts", r"(?:phone )?contacts|calls|visits|sessions|appointments"),
    )
)
_SHARE = re.compile(
    r"^(?P<part>[^.;]+?),?\s+as an? (?:percentage|proportion|share) of (?P<whole>[^.;]+)",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:(?:definition|method|way of counting|counting rules?|coverage)s?\s+(?:\w+\s+)?"
    r"(?:was|were|has|have)\s+(?:been\s+)?(?:changed|revised|widened|narrowed)|"
    r"(?:definition|method|counting rules?)\s+changed|"
    r"(?:(?:is|are)\s+)?not\s+(?:strictly\s+|directly\s+)?compar(?:able|ed)\s+with\s+"
    r"(?:earlier|previous|figures|years|those|the\s+years|later)|"
    r"break\s+in\s+the\s+series)\b",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:within|in|than|after)\s+([0-9]+)\s+((?:working\s+|calendar\s+)?(?:day|week|month)s?)\b",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"(?P<said>(?P<sign>[+\-−–])?\s?(?P<size>[0-9]+(?:\.[0-9]+)?)\s?(?:%|per cent|percent)\s+"
    r"(?P<word>more|fewer|less|higher|lower|above|below|increase|rise|growth|reduction|cut|"
    r"decrease|fall))\b",
    re.IGNORECASE,
)
_LESS = frozenset({"fewer", "less", "lower", "below", "reduction", "cut", "decrease", "fall"})
_MINUS = frozenset("-−–")


def same_population(one: Measurable, _: Context) -> Iterator[Fault]:
    """A percentage says how many of a whole are counted; where the whole is other people than
    those counted, it says nothing.
    """
    if one.unit is not Unit.PERCENT:
        return
    found = _SHARE.match(one.definition)
    if not found:
        return
    part, whole = _family(found["part"]), _family(found["whole"])
    if part and whole and part != whole:
        yield Fault(
            what=f"The definition counts {part} as a share of {whole}.",
            fix="Count both among the same people, or say in the definition how the one are "
            "among the other.",
            path=("definition",),
            word=found["whole"].strip(),
        )


def definition_steady(one: Measurable, _: Context) -> Iterator[Fault]:
    """Where what is counted has changed, figures before and after cannot be compared, and a line
    drawn through both tells of a change that nobody lived through.
    """
    if one.breaks:
        return
    for path, text in _texts(one):
        if found := _CHANGED.search(text):
            yield Fault(
                what=f"“{found.group()}” speaks of a change, but no break is declared.",
                fix="Add under “breaks:” the first period of the new definition and what changed.",
                path=path,
                word=found.group(),
            )
            return
    yield from _two_limits(one)


def _two_limits(one: Measurable) -> Iterator[Fault]:
    """“7 days” here and “10 working days” there are two definitions."""
    first = ""
    for path, text in _texts(one):
        for found in _LIMIT.finditer(text):
            limit = f"{found[1]} {found[2].lower().rstrip('s')}"
            first = first or limit
            if limit != first:
                yield Fault(
                    what=f"“{found[1]} {found[2]}” stands here and “{first}s” elsewhere: two "
                    "definitions, and no break is declared.",
                    fix="Declare the break under “breaks:”, or write the limit that holds for "
                    "every figure.",
                    path=path,
                    word=f"{found[1]} {found[2]}",
                )
                return


def stated_change(subject: Subject[Measurable]) -> Iterator[Fault]:
    """A target said to be so many percent above or below the baseline should be that."""
    target = subject.indicator.target
    if target is None or subject.figures is None:
        return
    for field in ("set_by", "reason"):
        found = _STATED.search(str(getattr(target, field)))
        if not found:
            continue
        base, said = start(subject, target)
        if base is None:
            return
        down = found["word"].lower() in _LESS or (found["sign"] or "") in _MINUS - {""}
        share = Decimal(found["size"]) / 100
        meant = Decimal(repr(base)) * (1 - share if down else 1 + share)
        if abs(meant - target.value) > _unit(target.value):
            yield Fault(
                what=f"“{found['said'].strip()}” on the {base:.10g} of {said} is "
                f"{float(meant):.4g}, but the target is {target.value}.",
                fix="Work it out again, or say what it is counted from in “baseline_period:”.",
                path=("target", field),
                word=found["said"].strip(),
            )
        return


def _texts(one: Measurable) -> Iterator[tuple[Path, str]]:
    yield ("definition",), one.definition
    for number, note in enumerate(one.notes):
        yield ("notes", number), note


def _family(text: str) -> str:
    """The family that is named first, and of two that begin together the longer."""
    found = [(m.start(), -len(m.group()), name) for name, p in _FAMILIES if (m := p.search(text))]
    return min(found)[2] if found else ""


def _unit(value: Decimal) -> Decimal:
    """One unit of the last digit that a number was written with."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(0, exponent) if isinstance(exponent, int) else 0)
