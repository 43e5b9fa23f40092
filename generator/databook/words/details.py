"""The figures behind a judgement, for those who ask."""

from __future__ import annotations

from databook.findings import Benchmark, Change, Comparison, Direction, Rating, Turn
from databook.model import Measurable
from databook.words.figures import between, brief, rounded, share, size
from databook.words.grammar import in_prose, sentence_case


def difference(one: float, other: float, indicator: Measurable) -> str:
    """How figures that are shown differ: "a difference of 1.6 percentage points", "the same"."""
    if rounded(one - other, indicator.decimals):
        return f"a difference of {between(one, other, indicator)}"
    if rounded(one, indicator.decimals) != rounded(other, indicator.decimals):
        return f"less than {size(10**-indicator.decimals, indicator)} apart before rounding"
    return "the same" if one == other else "the same when rounded"


def direction(change: Change) -> str:
    """Which way a change went: "up", "down", "no change"."""
    return "no change" if change.direction is Direction.SAME else str(change.direction)


def benchmark(comparison: Comparison) -> str:
    """What a comparison is with, as a label."""
    if comparison.benchmark is Benchmark.NEIGHBOURS:
        return "Against similar places"
    return f"Against {in_prose(comparison.name)}"


def comparison_detail(comparison: Comparison, indicator: Measurable) -> str:
    """The figures behind a comparison, and what it rests on."""
    if comparison.value is None or comparison.difference is None:
        return sentence_case(comparison.reason)
    # The place's own figure, without what adding to it in binary leaves behind.
    own = round(comparison.value + comparison.difference, 9)
    text = (
        f"{brief(comparison.value, indicator)} in {comparison.period.short}, "
        f"{difference(own, comparison.value, indicator)}."
    )
    if comparison.benchmark is Benchmark.NEIGHBOURS:
        text = f"Average {text} {comparison.count} of {comparison.expected} places have a figure"
        if comparison.lowest is not None and comparison.highest is not None:
            text += (
                f", from {brief(comparison.lowest, indicator)} to "
                f"{brief(comparison.highest, indicator)}"
            )
        text += "."
    return f"{text} Judged by the 95% interval." if comparison.tested else text


def turn_detail(turn: Turn, indicator: Measurable) -> str:
    """The figures behind a turn status."""
    if turn.actual is None or turn.expected is None or turn.period is None:
        return sentence_case(turn.reason)
    text = (
        f"{turn.period.short}: {brief(turn.actual, indicator)} published, "
        f"{brief(turn.expected, indicator)} forecast."
    )
    reason = sentence_case(turn.reason)
    return f"{text} {reason}" if reason else text


def rating_detail(rating: Rating, indicator: Measurable) -> str:
    """Target, share of it achieved, distance travelled and the scheme, where there are any."""
    if rating.target is None:
        return sentence_case(rating.reason)
    by = f" by {rating.target_period.short}" if rating.target_period else ""
    parts = [f"Target {brief(rating.target, indicator)}{by}"]
    if rating.share_of_target is not None:
        parts.append(f"{share(rating.share_of_target, 1)} of target achieved")
    if rating.distance_travelled is not None:
        parts.append(f"{share(rating.distance_travelled)} of the distance travelled")
    return f"{'; '.join(parts)}. Scheme: {rating.scheme}."
