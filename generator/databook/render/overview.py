"""How a set of indicators is doing, counted in words: never one verdict made of many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from databook import words
from databook.findings import Benchmark, TurnWord, Verdict
from databook.observations import Context
from databook.render.entries import Entry, comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many indicators got one judgement: as many shapes, the number, and the word."""

    tone: str
    count: int
    word: str

    @property
    def shapes(self) -> str:
        """One shape for each, so that the eye can count before reading."""
        return words.SHAPES[self.tone] * self.count


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """The same indicators counted three times, by what each judgement compares with."""

    before: tuple[Share, ...]
    country: tuple[Share, ...]
    forecast: tuple[Share, ...]


# The words of a count stand under a heading that says what the figures are set against.
_BEFORE = {"good": "better", "bad": "worse", "flat": "neither", "none": "no earlier figure"}
_COUNTRY = {"good": "better", "bad": "worse", "flat": "neither", "none": "not compared"}
_FORECAST = {"good": "ahead", "bad": "behind", "lost": "lead lost again"} | {
    "flat": "in line", "none": "not judged"
}  # fmt: skip


def shares(entries: Sequence[Entry]) -> Shares:
    """Judgements counted as the rows of the tables show them, so that the two cannot differ."""
    change = [words.change_status(e.finding.previous, e.indicator).tone for e in entries]
    country = [_country(e) for e in entries]
    turns = [
        "lost" if e.finding.turn.rebound else words.turn_status(e.finding.turn).tone
        for e in entries
    ]
    return Shares(
        before=_shares(change, _BEFORE),
        country=_shares(country, _COUNTRY),
        forecast=_shares(turns, _FORECAST),
    )


def _country(item: Entry) -> str:
    found = comparison(item.finding, Benchmark.COUNTRY)
    return words.comparison_status(found).tone if found else "none"


def _shares(tones: Sequence[str], said: Mapping[str, str]) -> tuple[Share, ...]:
    return tuple(
        Share(tone="bad" if tone == "lost" else tone, count=tones.count(tone), word=word)
        for tone, word in said.items()
        if tone in tones
    )


def country_name(context: Context) -> str:
    """What the country is called that places are compared with; nothing in a book about one."""
    code = context.settings.comparisons.country
    return context.area[code].name if code in context.area and code != context.place.code else ""


def beside(entries: Sequence[Entry], country: str) -> str:
    """The tally against the country as a sentence; nothing where none could be compared."""
    return words.beside([_country(e) for e in entries], f"{words.whose(country)} figures")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts of indicators by what happened to them since the previous figure, and by turn."""

    total: int
    better: int
    worse: int
    same: int
    neutral: int  # moved, but neither way is better
    unknown: int  # no figure, or none before it
    turning: int
    behind: int  # worse than the frozen forecast, or short of it
    rebounding: int  # were better than the frozen forecast, and have lost that again
    on_baseline: int


def tally(entries: Sequence[Entry]) -> Tally:
    """Count verdicts on the latest change, and turn statuses."""
    verdicts = [e.finding.previous.told if e.finding.previous else None for e in entries]
    # A lead that was lost again is told as that, whatever was found before it.
    lost = [e.finding.turn.rebound for e in entries]
    turns = [e.finding.turn.word for e in entries if not e.finding.turn.rebound]
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
        rebounding=lost.count(True),
        on_baseline=turns.count(TurnWord.ON_BASELINE),
    )


def movement(counts: Tally) -> str:
    """The tally of changes as a clause: "five are better than the previous figure ..."."""
    parts = [f"{words.are(counts.better)} better than the previous figure"]
    parts.append(f"{words.are(counts.worse)} worse")
    if counts.same:
        parts.append(f"{words.are(counts.same)} the same or not clearly changed")
    if counts.neutral:
        verb = "has" if counts.neutral == 1 else "have"
        parts.append(f"{words.count(counts.neutral)} {verb} moved where neither way is better")
    if counts.unknown:
        verb = "has" if counts.unknown == 1 else "have"
        parts.append(f"{words.count(counts.unknown)} {verb} no earlier figure to set it beside")
    return words.listed(parts)


def curve(counts: Tally) -> str:
    """The tally of turns as a sentence, or what is missing to make one."""
    judged = counts.turning + counts.behind + counts.on_baseline + counts.rebounding
    if not judged:
        return "None has a forecast old enough to judge the curve by."
    told = (
        (counts.turning, "beating it"),
        (counts.on_baseline, "within its uncertainty"),
        (counts.behind, "worse than it or short of it"),
        (counts.rebounding, "rebounding after a turn"),
    )
    parts = [f"{words.are(n)} {how}" for n, how in told if n]
    if judged == 1:
        return f"The one with a forecast to judge by {parts[0].removeprefix('one ')}."
    return f"Of {words.count(judged)} with a forecast to judge by, {words.listed(parts)}."
