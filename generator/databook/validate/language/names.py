"""What the name of an indicator or measure says, beside what its keys declare.

Unit and direction are declared and never read from words; but where the words say otherwise, one
of the two is a slip, and readers believe the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from databook.model import Better, Indicator, Measurable, Unit
from databook.observations import Context
from databook.validate.faults import Fault
from databook.validate.language import name_words
from databook.validate.language.outcomes import modified

# What a name says of its unit: words, and the units that they rule out.
_UNITS: tuple[tuple[re.Pattern[str], frozenset[Unit]], ...] = (
    (
        re.compile(r"^\s*(?:no\.? of|number of|# of)\b", re.IGNORECASE),
        frozenset({Unit.PERCENT, Unit.RATE, Unit.MONEY, Unit.DAYS}),
    ),
    (
        re.compile(
            r"^\s*(?:%(?!\s*points?)|percent(?:age)?(?!\s+(?:points?|change))\b|"
            r"per cent(?! points?)\b|proportion of\b|share of\b)",
            re.IGNORECASE,
        ),
        frozenset(Unit) - {Unit.PERCENT, Unit.RATIO},
    ),
    # A bare “rate” may be a percentage (unemployment), a score (fertility) or money (pay).
    (re.compile(r"\brate$|^\s*rate of\b", re.IGNORECASE), frozenset({Unit.COUNT, Unit.DAYS})),
    (
        re.compile(r"£|\bin pounds\b", re.IGNORECASE),
        frozenset({Unit.PERCENT, Unit.COUNT, Unit.DAYS, Unit.SCORE}),
    ),
)
_PER = re.compile(r"\bper\s+([0-9][0-9,  ]*[0-9]|[0-9])\b", re.IGNORECASE)
NAMES = ("title", "short", "unit_label")


def unit_as_named(one: Measurable, _: Context) -> Iterator[Fault]:
    """Who reads “number of” takes a percentage for a count, and who reads “per 1,000” takes a
    rate per 10,000 for ten times what it is.
    """
    for field in NAMES:
        text = str(getattr(one, field))
        for pattern, units in _UNITS:
            found = pattern.search(text)
            # So many per hundred is a percentage by another name.
            hundredths = one.per == 100 and one.unit is Unit.RATE
            if found and one.unit in units and not hundredths:
                yield _unit(one, field, found.group().strip())
                break
        yield from _per(one, field, text)


def _per(one: Measurable, field: str, text: str) -> Iterator[Fault]:
    found = _PER.search(text)
    if not found:
        return
    many = int(re.sub(r"\D", "", found.group(1)))
    if one.unit is not Unit.RATE and many > 1:
        yield _unit(one, field, found.group())
    elif one.unit is Unit.RATE and one.per is not None and many != one.per:
        yield Fault(
            what=f"“{field}” says “{found.group()}”, but “per” is {one.per}.",
            fix="Look up which is right, and write the same in both.",
            path=(field,),
            word=found.group(),
        )


def _unit(one: Measurable, field: str, words: str) -> Fault:
    return Fault(
        what=f"“{field}” says “{words}”, but the unit is {one.unit.value}.",
        fix="Write the unit that the figures have, and let the name say the same.",
        path=(field,),
        word=words,
    )


def direction_as_named(one: Measurable, _: Context) -> Iterator[Fault]:
    """A reader who sees “reduction” expects less to be better; where the book says otherwise, one
    of the two is a slip. Carry the level and let the book work out the change.
    """
    clash = {Better.HIGHER: name_words.DOWN, Better.LOWER: name_words.UP}.get(one.better)
    if clash is None:
        return
    kinds = [clash]
    if isinstance(one, Indicator):
        kinds.append(name_words.BAD if one.better is Better.HIGHER else name_words.GOOD)
    for field in ("title", "short"):
        text = str(getattr(one, field))
        # “Reduction in smoking” is more of something good, whatever harm stands after it.
        if one.better is Better.LOWER and name_words.REDUCTION.find(text):
            kinds = [name_words.REDUCTION]
        for words in kinds:
            found = words.find(text)
            relieved = words not in (clash, name_words.REDUCTION) and name_words.RELIEVED.find(text)
            if not found or relieved:
                continue
            yield Fault(
                what=f"“{field}” says “{found}”, but {one.better.value} is called better.",
                fix="Correct “better:”, or name the level itself rather than its change: “Days "
                "lost through exclusion” rather than “Reduction in exclusions”.",
                path=(field,),
                word=found,
            )
            return


def plain_words(one: Measurable, _: Context) -> Iterator[Fault]:
    """Words such as measurable, strategic and systemic sound precise and say nothing; where two
    stand together nobody can tell what is meant.
    """
    for field in ("title", "short", "plain"):
        yield from modified(str(getattr(one, field)), (field,))


def called_what_it_is(one: Measurable, _: Context) -> Iterator[Fault]:
    """One word for each idea: an outcome has no figure, an indicator is about everybody, a
    measure about a service, and a target is what somebody undertakes.
    """
    of_indicator = isinstance(one, Indicator)
    words = name_words.NOT_AN_INDICATOR if of_indicator else name_words.NOT_A_MEASURE
    for field in ("title", "short"):
        if found := words.find(str(getattr(one, field))):
            yield Fault(
                what=f"“{field}” calls it “{found}”; in the glossary this is "
                f"{'an indicator' if of_indicator else 'a performance measure'}.",
                fix="Take the word out, and say what is counted.",
                path=(field,),
                word=found,
            )
