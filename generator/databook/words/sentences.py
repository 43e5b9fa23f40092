"""The finding in sentences, and why a figure is not there."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from databook.findings import (
    Benchmark,
    Change,
    Direction,
    Finding,
    Point,
    Sureness,
    Turn,
    TurnWord,
    Verdict,
)
from databook.model import Better, Measurable
from databook.observations import MARKERS
from databook.words.figures import brief, value
from databook.words.grammar import count, in_prose, listed, ordinal, sentence_case
from databook.words.statuses import against, higher_or_lower, only_arithmetic
from databook.words.times import before, on, step

MISSING = {
    "c": "withheld so that nobody can be identified",
    "k": "rounds to zero, but is not zero",
    "low": "rounds to zero, but is not zero",
    "w": "none recorded",
    "x": "not available",
    "z": "not applicable",
}


_SYMBOL = re.compile(r"\[([a-z]+)\]")


def explained(used: Container[str]) -> str:
    """What each of some symbols of official statistics means."""
    return "; ".join(f"[{mark}] {MARKERS[mark]}" for mark in MARKERS if mark in used)


def explaining(texts: Iterable[str]) -> str:
    """What each symbol in some cells means; nothing where there is none."""
    return explained({mark for text in texts for mark in _SYMBOL.findall(text)})


def missing(point: Point) -> str:
    """Why a figure is not there: the shorthand in brackets and what it means."""
    mark = next((m for m in point.markers if m in MISSING), "x")
    return f"[{mark}] {MISSING[mark]}"


def answer(finding: Finding, indicator: Measurable) -> str:
    """The figure as one sentence without judgement: "In 2024/25, 19.7% of pupils in ..."."""
    latest, place = finding.latest, in_prose(finding.place)
    if latest is None or latest.value is None:
        if not finding.own.points:
            return f"This book has no figure for {place}"
        return f"No figure is published for {place} ({missing(finding.own.points[-1])})"
    text = indicator.reads_as.replace("{value}", value(latest.value, indicator))
    text = text.replace("{place}", place).rstrip(".")
    provisional = " (provisional)" if latest.provisional else ""
    return f"{on(latest.period)}, {text}{provisional}"


def headline(finding: Finding, indicator: Measurable) -> tuple[str, ...]:
    """The finding in sentences: the figure; what it is better or worse than; how it has moved."""
    latest = finding.latest
    if latest is None:
        return (answer(finding, indicator) + ".",)
    clauses = [*_comparison_clauses(finding, indicator), *_turn_clause(finding.turn)]
    rank = _rank_clause(finding)
    first = answer(finding, indicator)
    said = [*clauses, *rank]
    # A clause may end in one of its own ("would have given"), so that the last needs a comma.
    joined = f"{', '.join(said[:-1])}, and {said[-1]}" if len(said) > 2 else listed(said or [""])
    sentences = [f"{first}: {joined}." if said else f"{first}."]
    sentences += _movement(finding, indicator)
    return tuple(sentences)


def _comparison_clauses(finding: Finding, indicator: Measurable) -> list[str]:
    clauses = []
    for comparison in finding.comparisons:
        if comparison.benchmark is not Benchmark.COUNTRY or comparison.value is None:
            continue
        figure = brief(comparison.value, indicator)
        if only_arithmetic(comparison):
            way = f"{higher_or_lower(comparison)} ({comparison.verdict})"
            clauses.append(f"{way} than {in_prose(comparison.name)}’s {figure}")
        else:
            clauses.append(f"{against(comparison)} ({figure})")
    return clauses


def _turn_clause(turn: Turn) -> list[str]:
    if turn.forecast is None or turn.word is TurnWord.NOT_JUDGED:
        return []
    if turn.forecast.reconstructed:
        forecast = f"the forecast that figures up to {turn.forecast.origin.short} would have given"
    else:
        forecast = f"the forecast made in {turn.forecast.made_on.year}"
    if turn.word is TurnWord.ON_BASELINE:
        return [f"in line with {forecast}"]
    better = turn.ahead is not None and turn.ahead > 0
    sure = f"{turn.sureness} " if turn.sureness in (Sureness.CLEAR, Sureness.LIKELY) else ""
    return [f"{sure}{'better' if better else 'worse'} than {forecast}"]


def _rank_clause(finding: Finding) -> list[str]:
    ranking = finding.ranking
    if ranking is None or ranking.rank is None or ranking.of < 3:
        return []
    ranks = [standing.rank for standing in ranking.standings if standing.rank is not None]
    joint = "joint " if ranks.count(ranking.rank) > 1 else ""
    first, last = ("best", "last") if ranking.best_first else ("highest", "lowest")
    if ranking.rank == 1:
        place = first
    elif ranking.rank == max(ranks):
        place = last
    else:
        place = f"{ordinal(ranking.rank)} {first}"
    return [f"{joint}{place} of {count(ranking.of)} similar places"]


def _movement(finding: Finding, indicator: Measurable) -> list[str]:
    change = finding.previous
    if change is None or change.earlier.value is None:
        return []
    earlier = brief(change.earlier.value, indicator)
    if change.direction is Direction.SAME:
        return [f"It is the same as {before(change)}."]
    way = "risen" if change.direction is Direction.UP else "fallen"
    going_on = finding.run >= 2 and finding.run_direction is change.direction
    if going_on:
        steps = f"{count(finding.run)} {step(change.later.period.type)}s running"
        moved = f"it has {way} {steps}, from {_run_start(finding, indicator)}"
    else:
        moved = f"it has {way} from {earlier} {_in_before(change)}"
    match change.verdict:
        case Verdict.BETTER if change.clear:
            return [f"That is an improvement: {moved}."]
        case Verdict.WORSE if change.clear:
            return [f"That is getting worse: {moved}."]
        case _ if change.clear is False:
            # What was tested is the newest step and not the whole way since the run began.
            step_alone = "; the last step by itself" if going_on else ", which"
            return [f"{sentence_case(moved)}{step_alone} may be no more than chance."]
        case Verdict.BETTER | Verdict.WORSE as verdict:
            # No test can be made: the direction is said, and no claim that it is more than chance.
            way = "right" if verdict is Verdict.BETTER else "wrong"
            return [f"{sentence_case(moved)}: the {way} direction."]
        case _:
            return [f"{sentence_case(moved)}."]


def _in_before(change: Change) -> str:
    text = before(change)
    return text if text.startswith("the ") else f"in {text}"


def _run_start(finding: Finding, indicator: Measurable) -> str:
    """Where the present run of changes began: its value and period."""
    known = finding.own.known
    start = known[-1 - finding.run]
    assert start.value is not None  # noqa: S101 - `known` holds only points with a value
    return f"{brief(start.value, indicator)} in {start.period.short}"


def polarity(indicator: Measurable) -> str:
    """Which way is good, as a sentence."""
    match indicator.better:
        case Better.HIGHER:
            return "Higher is better."
        case Better.LOWER:
            return "Lower is better."
        case Better.NEUTRAL:
            return "Neither way is better in itself."
