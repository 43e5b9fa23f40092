"""How a set of indicators is doing, counted in words: never one verdict made of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from databook import words
from databook.findings import TurnWord, Verdict
from databook.render.entries import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts of indicators by what happened to them since the figure before, and by turn."""

    total: int
    better: int
    worse: int
    same: int
    neutral: int  # moved, but neither way is better
    unknown: int  # no figure, or none before it
    turning: int
    behind: int  # worse than the frozen forecast, or short of it
    on_baseline: int
    not_judged: int


def tally(entries: Sequence[Entry]) -> Tally:
    """Count verdicts on the latest change, and turn statuses."""
    verdicts = [e.finding.previous.verdict if e.finding.previous else None for e in entries]
    turns = [e.finding.turn.word for e in entries]
    turning = turns.count(TurnWord.TURNED) + turns.count(TurnWord.SLOWING)
    return Tally(
        total=len(entries),
        better=verdicts.count(Verdict.BETTER),
        worse=verdicts.count(Verdict.WORSE),
        same=verdicts.count(Verdict.SAME) + verdicts.count(Verdict.SIMILAR),
        neutral=verdicts.count(Verdict.HIGHER) + verdicts.count(Verdict.LOWER),
        unknown=verdicts.count(None) + verdicts.count(Verdict.NOT_COMPARED),
        turning=turning,
        behind=turns.count(TurnWord.WORSE) + turns.count(TurnWord.IMPROVING),
        on_baseline=turns.count(TurnWord.ON_BASELINE),
        not_judged=turns.count(TurnWord.NOT_JUDGED),
    )


def movement(counts: Tally) -> str:
    """The tally of changes as a clause: "five are better than the figure before, one is worse"."""
    parts = [f"{_are(counts.better)} better than the figure before"]
    parts.append(f"{_are(counts.worse)} worse")
    if counts.same:
        parts.append(f"{_are(counts.same)} the same or not clearly changed")
    if counts.neutral:
        verb = "has" if counts.neutral == 1 else "have"
        parts.append(f"{words.count(counts.neutral)} {verb} moved where neither way is better")
    if counts.unknown:
        verb = "has" if counts.unknown == 1 else "have"
        parts.append(f"{words.count(counts.unknown)} {verb} no earlier figure to set it beside")
    return words.listed(parts)


def _are(n: int) -> str:
    """A count as the subject of a clause: "one is", "five are", "none is"."""
    return "none is" if n == 0 else f"{words.count(n)} {'is' if n == 1 else 'are'}"


def curve(counts: Tally) -> str:
    """The tally of turns as a sentence, or what is missing to make one."""
    judged = counts.turning + counts.behind + counts.on_baseline
    if not judged:
        return "None has a forecast old enough to judge the curve by."
    told = (
        (counts.turning, "beating it"),
        (counts.on_baseline, "within its uncertainty"),
        (counts.behind, "worse than it or short of it"),
    )
    parts = [f"{_are(n)} {how}" for n, how in told if n]
    return f"Of {words.count(judged)} with a forecast to judge by, {words.listed(parts)}."
