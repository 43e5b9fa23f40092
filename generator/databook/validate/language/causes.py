"""Claims that a programme caused what happened to a population.

A programme contributes; many others do too, and no figure of this book can tell them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from databook.problems import Level, Place, Problem
from databook.programmes import Programme
from databook.sources import Narrative, Path
from databook.validate.faults import Fault, problem

_MOVED = (
    r"reduced|fell|fallen|dropped|declined|decreased|rose|risen|increased|improved|cut|lower|"
    r"higher|better|worse|fewer|more|halved|doubled"
)
_BY = r"because of|thanks to|due to|as a (?:direct )?result of|owing to|caused by"
CLAIM = re.compile(
    rf"\b(?:(?:{_MOVED})\b[^.;:]{{0,60}}?\b(?:{_BY})|"
    rf"(?:has|have|had)\s+(?:reduced|cut|increased|improved|halved|prevented|raised|lowered)|"
    r"(?:led|leads)\s+to\s+(?:an?\s+|the\s+)?(?:\w+\s+)?(?:fall|drop|rise|reduction|increase|"
    r"improvement|fewer|more|lower|higher)|"
    r"(?:caused|causes|resulted\s+in|achieved)\s+(?:an?\s+|the\s+)?(?:\w+\s+)?(?:fall|drop|rise|"
    r"reduction|increase|improvement|fewer|lower|higher))\b",
    re.IGNORECASE,
)
# What a claim must name to be about a programme: a story may well say why a figure moved.
_PROGRAMME = re.compile(
    r"\b(?:(?:the|our|this)\s+)?(?:programme|project|scheme|service|initiative|strategy|"
    r"partnership|board|intervention|our\s+work)\b",
    re.IGNORECASE,
)
CODE = "cause-claimed"
WHY = (
    "A programme contributes to an outcome beside many others; that it caused a change in a whole "
    "population is more than any of these figures can show."
)
# What somebody says of themselves is their view, and is counted as one.
_VIEW = re.compile(r"\b(?:say|says|said|feel|feels|think|thinks|report|believe)\b", re.IGNORECASE)
FIX = "Say that the programme contributes, what else may have played a part, and how you know."


def programme_claims(programme: Programme) -> Iterator[Fault]:
    """Faults of all that a programme says of itself."""
    for path, text in _texts(programme):
        if found := _claim(text):
            yield Fault(
                what=f"“{found.group()}” claims a cause.", fix=FIX, path=path, word=found.group()
            )


def story(narrative: Narrative) -> Iterator[Problem]:
    """Claims of a story that a programme moved the figure. Other causes are what a story is for."""
    for line, column, words in _in_story(narrative.text):
        yield problem(
            CODE,
            Level.WARNING,
            Place(path=narrative.path, line=line, column=column),
            f"“{words}” claims that a programme caused a change.",
            WHY,
            FIX,
        )


def _in_story(text: str) -> Iterator[tuple[int, int, str]]:
    """Line, column and words of each claim whose sentence names a programme."""
    for sentence in re.finditer(r"[^.!?]+", text):
        found = _claim(sentence.group())
        if found and _PROGRAMME.search(sentence.group()):
            at = sentence.start() + found.start()
            before = text[:at]
            yield before.count("\n") + 1, at - before.rfind("\n"), " ".join(found.group().split())


def _claim(text: str) -> re.Match[str] | None:
    found = CLAIM.search(text)
    if found is None or _VIEW.search(text, 0, found.start()):
        return None
    return found


def _texts(programme: Programme) -> Iterator[tuple[Path, str]]:
    yield ("summary",), programme.summary
    if programme.is_this_ok:
        yield ("is_this_ok", "text"), programme.is_this_ok.text
    for number, note in enumerate(programme.notes):
        yield ("notes", number), note
    for number, measure in enumerate(programme.measures):
        if measure.contributes_to or measure.contributes_to_indicators:
            yield ("measures", number, "plain"), measure.plain
            for at, note in enumerate(measure.notes):
                yield ("measures", number, "notes", at), note
