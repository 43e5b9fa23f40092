"""Judgements as they are shown everywhere: a tone, a shape and always a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from databook.findings import (
    Benchmark,
    Change,
    Comparison,
    Direction,
    Rating,
    RatingWord,
    Sureness,
    Trend,
    TrendWord,
    Turn,
    TurnWord,
    Verdict,
)
from databook.model import Better, Measurable
from databook.words.grammar import are, count, in_prose, listed, sentence_case, whose
from databook.words.times import before


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A judgement as it is shown everywhere: a tone for colour, a shape, and always a word.

    `tone` is good, bad, flat (a finding, but neither) or none (no finding); `short` is the word
    for a table whose heading says what it is about; `why` is one sentence for those who ask.
    """

    tone: str
    shape: str
    word: str
    short: str
    why: str = ""


SHAPES = {"good": "●", "bad": "◆", "flat": "■", "none": "○"}


def _status(tone: str, word: str, why: str = "", *, short: str = "") -> Status:
    return Status(tone=tone, shape=SHAPES[tone], word=word, short=short or word, why=why)


def no_status(word: str, why: str = "") -> Status:
    """The status of what was not judged at all."""
    return _status("none", word, why)


def reached_status(word: str, why: str = "") -> Status:
    """The status of what has been done."""
    return _status("good", word, why)


_VERDICT_TONE = {
    Verdict.BETTER: "good",
    Verdict.WORSE: "bad",
    Verdict.NOT_COMPARED: "none",
}


def ranked(tone: str, word: str) -> Status:
    """A figure set apart by its rank alone: "Best tenth"."""
    return _status(tone, sentence_case(word))


UNTESTED = (
    "The published figures differ this way, but no counts or interval are published with "
    "them, so nobody can say whether the difference is more than chance."
)


def higher_or_lower(comparison: Comparison) -> str:
    """On which side of the other figure ours lies: plain arithmetic."""
    return "higher" if comparison.difference and comparison.difference > 0 else "lower"


def only_arithmetic(comparison: Comparison) -> bool:
    """Whether the figures differ for the better or the worse, but nobody can test it."""
    return not comparison.tested and comparison.verdict in (Verdict.BETTER, Verdict.WORSE)


def against(comparison: Comparison) -> str:
    """How the place stands against a benchmark, in a few words and without the figures."""
    name = in_prose(comparison.name)
    match comparison.verdict:
        case Verdict.NOT_COMPARED:
            return f"not compared with {name}"
        case Verdict.SAME:
            return f"the same as {name}"
        case Verdict.SIMILAR:
            return f"not clearly different from {name}"
        case verdict if only_arithmetic(comparison):
            average = comparison.benchmark is Benchmark.NEIGHBOURS
            than = name if average else f"{whose(comparison.name)} figure"
            return f"{higher_or_lower(comparison)} than {than}: {verdict}"
        case verdict:
            return f"{verdict} than {name}"


def comparison_status(comparison: Comparison) -> Status:
    """A comparison as a status."""
    tone = _VERDICT_TONE.get(comparison.verdict, "flat")
    untested = only_arithmetic(comparison)
    why = comparison.reason or (UNTESTED if untested else "")
    verdict = str(comparison.verdict)
    short = f"{higher_or_lower(comparison)}: {verdict}" if untested else verdict
    return _status(tone, sentence_case(against(comparison)), why, short=sentence_case(short))


def side_status(side: str | None, own: float | None, other: float | None) -> Status:
    """Plain arithmetic between two published figures; no test is claimed."""
    if own is None or other is None:
        return _status("none", "Not compared", "A figure is missing.")
    word = "The same" if own == other else "Higher" if own > other else "Lower"
    if side is None:
        return _status("flat", word)
    return _status("good" if side == "better" else "bad", f"{word}: {side}", UNTESTED)


_BESIDE = {"good": "better", "bad": "worse", "flat": "neither"}


def beside(tones: Iterable[str], whose: str) -> str:
    """Judgements against one benchmark, counted by their tone in a sentence; "" where none is.

    Figures are set against figures here, so what was tested and what cannot be count alike.
    """
    found = Counter(tones)
    parts = [f"{are(found[tone])} {where}" for tone, where in _BESIDE.items() if found[tone]]
    if not parts:
        return ""
    if found["none"]:
        parts.append(f"{count(found['none'])} cannot be compared")
    return f"Beside {whose}, {listed(parts)}."


def change_status(change: Change | None, indicator: Measurable) -> Status:
    """The latest change as a status: which way, and whether that is good."""
    if change is None:
        return _status("none", "No earlier figure to compare", short="No earlier figure")
    since = before(change)
    if change.direction is Direction.SAME:
        return _status("flat", f"The same as {since}", short="No change")
    way = "Up" if change.direction is Direction.UP else "Down"
    if indicator.better is Better.NEUTRAL:
        return _status("flat", f"{way} on {since}", indicator.better_reason, short=way)
    if change.clear is False:
        why = "The change is within what chance alone can do."
        return _status("flat", f"{way} on {since}, not clearly", why, short=f"{way}, not clearly")
    tone = _VERDICT_TONE.get(change.verdict, "flat")
    return _status(tone, f"{way} on {since}: {change.verdict}", short=f"{way}: {change.verdict}")


_TURN = {
    TurnWord.TURNED: ("good", "Turning the curve", "Turning"),
    TurnWord.SLOWING: ("good", "Turning: slowing the decline", "Turning: slower decline"),
    TurnWord.IMPROVING: ("bad", "Improving, but less than forecast", "Less than forecast"),
    TurnWord.WORSE: ("bad", "Worse than forecast", "Worse than forecast"),
    TurnWord.ON_BASELINE: ("flat", "In line with the forecast", "In line"),
    TurnWord.NOT_JUDGED: ("none", "Not judged against a forecast", "Not judged"),
}


def turn_status(turn: Turn) -> Status:
    """Has the curve turned, as a status."""
    tone, word, short = _TURN[turn.word]
    if turn.word is not TurnWord.NOT_JUDGED and turn.rebound:
        return _status("bad", "Rebounding after a turn", turn.reason, short="Rebounding")
    if turn.sureness in (Sureness.CLEAR, Sureness.LIKELY):
        word = f"{word} ({turn.sureness})"
    return _status(tone, word, turn.reason, short=short)


def rating_status(rating: Rating) -> Status:
    """Red, amber, green or not rated, as a status; never without the word."""
    match rating.word:
        case RatingWord.GREEN:
            return _status("good", "Green against target", rating.reason, short="Green")
        case RatingWord.AMBER:
            return _status("flat", "Amber against target", rating.reason, short="Amber")
        case RatingWord.RED:
            return _status("bad", "Red against target", rating.reason, short="Red")
        case RatingWord.NOT_RATED:
            return _status("none", f"Not rated: {rating.reason}", rating.reason, short="Not rated")


def trend_status(trend: Trend) -> Status:
    """Recent trend as a status."""
    tone = {TrendWord.BETTER: "good", TrendWord.WORSE: "bad", TrendWord.UNKNOWN: "none"}
    word = (
        "Recent trend cannot be calculated"
        if trend.word is TrendWord.UNKNOWN
        else f"Recent trend: {trend.word}"
    )
    return _status(tone.get(trend.word, "flat"), word, trend.reason)
