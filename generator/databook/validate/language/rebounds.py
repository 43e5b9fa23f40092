"""What was won over the frozen forecast and is lost again should be told, not only drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from databook.findings import FORECAST_METHODS
from databook.model import Better, Indicator, Vintage, VintagePoint
from databook.periods import PeriodError, parse, split_marker
from databook.rebounds import rebound
from databook.validate.faults import Fault
from databook.validate.subject import Subject

# How people say in ordinary words that something won was lost again.
SAID = re.compile(
    r"""\b(?: rebound\w* | setbacks? | relaps\w+ | short-lived | revers(?:al|ed|es|ing) | undone
    | (?:slip|slipp|fall|fell|fallen|drop|dropp|slid|slide|gone|go|going|went|came|come|climb\w*
      |crept|risen|rose|drift\w*)(?:ed|ing|s)?\ (?:right\ |all\ the\ way\ )?back
    | back\ (?:to|up|down|where|above|below) | turned\ (?:back|round|around)
    | (?:gave|give|given|giving)\ back | lost\ (?:again|since|most|half|much|some|all|it|this|that
      |the|ground) | (?:gain|lead|progress|improvement|advantage)s?\ (?:\w+\ ){0,3}(?:lost|gone)
    | worse\ again
    | (?:not|\w+n[’']t|no\ longer)\ (?:\w+\ ){0,2}(?:last|lasted|held|hold|kept\ up|sustained|ahead)
    | wiped\ out | used\ up )\b""",
    re.IGNORECASE | re.VERBOSE,
)
# Words that say so only where that way is the worse one: “rose again” of a figure that should fall.
UP_AGAIN = re.compile(
    r"\b(?:higher|up|rising|rose|risen|grew|grown|increas(?:ed|ing)) again\b", re.IGNORECASE
)
DOWN_AGAIN = re.compile(
    r"\b(?:lower|down|falling|fell|fallen|declin(?:ed|ing)|decreas(?:ed|ing)) again\b",
    re.IGNORECASE,
)
DENIED = re.compile(r"\b(?:no|not\ an?y?|never\ an?y?|without\ an?y?)\ rebound\w*", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n\s*\n")
YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")


class Lead(NamedTuple):
    """How far one figure is ahead of the forecast of its period (behind it: below zero)."""

    code: str
    ahead: float
    within: bool  # inside the forecast's interval


def rebound_told(subject: Subject[Indicator]) -> Iterator[Fault]:
    """A curve that was turned and has turned back is a rebound: whoever reads the old story, or
    the old answer to “Is this OK?”, is told of a success that is over. The check looks for a
    sentence that says so, such as “slipped back”, “did not last” or, of a figure that should fall,
    “rose again”. A sentence that names only years before the best one speaks of something else;
    what any other speaks of, it cannot tell.
    """
    indicator = subject.indicator
    answer = indicator.is_this_ok.text if indicator.is_this_ok else ""
    leads = _newest(subject)
    if not rebound([one.ahead for one in leads], [one.within for one in leads]):
        return
    best, now = max(leads[:-1], key=lambda one: one.ahead), leads[-1]
    since = next((int(year) for year in YEAR.findall(best.code)), 0)
    if told(f"{subject.words}\n\n{answer}", indicator.better, since):
        return
    left = f"only {now.ahead:.3g} of it is left" if now.ahead > 0 else "nothing of it is left"
    yield Fault(
        what=f"In {best.code} the figure was {best.ahead:.3g} ahead of the frozen forecast; in "
        f"{now.code} {left}. That is a rebound, and no sentence here seems to tell of it.",
        fix="Say in story.md, in any plain words, that it slipped back, and why; and answer “Is "
        "this OK?” anew. Or acknowledge it with the reason.",
        path=("is_this_ok",) if indicator.is_this_ok else ("title",),
    )


def told(text: str, better: Better, since: int = 0) -> bool:
    """Whether a sentence says, in whatever ordinary words, that something won was lost again.

    A sentence that names years says it of them, and of nothing `since` a later year.
    """
    again = UP_AGAIN if better is Better.LOWER else DOWN_AGAIN
    for sentence in SENTENCE.split(text):
        said = DENIED.sub("", " ".join(sentence.split()))
        years = [int(year) for year in YEAR.findall(said)]
        if (SAID.search(said) or again.search(said)) and (not years or max(years) >= since):
            return True
    return False


def _newest(subject: Subject[Indicator]) -> list[Lead]:
    """Leads on the newest frozen baseline that later figures of its definition can be set to."""
    if subject.indicator.better is Better.NEUTRAL or subject.figures is None:
        return []
    baselines = [v for v in subject.vintages if not v.area and not v.scenario]
    for vintage in sorted(baselines, key=lambda v: v.made_on, reverse=True):
        if found := _leads(subject, vintage):
            bare = all(p.lower_80 is None and p.lower_95 is None for p in vintage.points)
            return [] if bare and vintage.method in FORECAST_METHODS else found
    return []


def _leads(subject: Subject[Indicator], vintage: Vintage) -> list[Lead]:
    assert subject.figures is not None  # noqa: S101 - the caller has asked
    indicator = subject.indicator
    origin, sign = _step(vintage.origin, indicator), 1 if indicator.better is Better.HIGHER else -1
    expected = {point.period: point for point in vintage.points}
    broken = {_step(one.period, indicator) for one in indicator.breaks}
    leads: list[Lead] = []
    own = subject.figures.own.select("code", "step", "value", "marker")
    for code, step, value, marker in own.iter_rows():
        if origin is None or step is None or step <= origin:
            continue
        if step in broken or "b" in (marker or ""):
            return []  # what is counted now is not what was forecast
        if value is not None and (point := expected.get(code)) is not None:
            leads.append(Lead(code, sign * (value - point.value), _within(value, point)))
    return leads


def _within(value: float, point: VintagePoint) -> bool:
    limits = [
        (low, high)
        for low, high in ((point.lower_80, point.upper_80), (point.lower_95, point.upper_95))
        if low is not None and high is not None
    ]
    return bool(limits) and all(low <= value <= high for low, high in limits)


def _step(text: str, indicator: Indicator) -> int | None:
    try:
        return parse(split_marker(text)[0], indicator.periods).step
    except PeriodError:
        return None  # told at its own place
