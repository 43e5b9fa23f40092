"""Numbers, periods and judgements in plain English: the one place where a figure becomes text.

Rounds half away from zero on the decimal text of a number, as readers do, never in binary.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from databook.findings import (
    Benchmark,
    Change,
    Comparison,
    Direction,
    Finding,
    Point,
    Rating,
    RatingWord,
    Sureness,
    Trend,
    TrendWord,
    Turn,
    TurnWord,
    Verdict,
)
from databook.model import Better, Measurable, Unit
from databook.periods import MONTHS, Period, PeriodType

NO_BREAK = "\u00a0"
MINUS = "\u2212"

# --- numbers -------------------------------------------------------------------------------


def rounded(number: float, decimals: int) -> Decimal:
    """Round half away from zero, on the shortest decimal text of the number."""
    return Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@lru_cache(maxsize=16384)  # a page says the same figure in sentences, tables and charts
def number(value: float, decimals: int) -> str:
    """A number with thousands commas and a true minus sign: -1234.5 -> "−1,234.5"."""
    text = f"{rounded(value, decimals):,f}"
    if text.startswith("-"):
        return text[1:] if not text.strip("-0.,") else MINUS + text[1:]
    return text


def bare(value: float, indicator: Measurable) -> str:
    """The value in the indicator's decimals, without its unit: for tables that name the unit."""
    return number(value, indicator.decimals)


def value(value: float, indicator: Measurable) -> str:
    """The value with its unit: "19.7%", "62.1 per 10,000 children", "£1,200", "39.5"."""
    text = bare(value, indicator)
    match indicator.unit:
        case Unit.PERCENT:
            return f"{text}%"
        case Unit.RATE:
            return f"{text} {indicator.unit_label}"
        case Unit.MONEY:
            return f"{MINUS}£{text[1:]}" if text.startswith(MINUS) else f"£{text}"
        case Unit.DAYS:
            return f"{text} days"
        case Unit.COUNT | Unit.SCORE | Unit.RATIO:
            return text


def brief(figure: float, indicator: Measurable) -> str:
    """The value short enough for a label: a rate loses its "per", which stands beside it."""
    return bare(figure, indicator) if indicator.unit is Unit.RATE else value(figure, indicator)


def size(difference: float, indicator: Measurable) -> str:
    """How large a difference is, without its sign: "1.6 percentage points", "£20", "3.2"."""
    text = number(abs(difference), indicator.decimals)
    match indicator.unit:
        case Unit.PERCENT:
            return f"{text} percentage point{'' if Decimal(text.replace(',', '')) == 1 else 's'}"
        case Unit.SCORE:
            return f"{text} point{'' if Decimal(text.replace(',', '')) == 1 else 's'}"
        case Unit.MONEY:
            return f"£{text}"
        case Unit.DAYS:
            return f"{text} days"
        case _:
            return text


def pounds(pence: int) -> str:
    """Money in whole pence as people write it: "£1,344", "£672.27", "−£20"."""
    whole, rest = divmod(abs(pence), 100)
    return f"{MINUS if pence < 0 else ''}£{whole:,}" + (f".{rest:02d}" if rest else "")


def share(fraction: float, decimals: int = 0) -> str:
    """A fraction of 1 as a percentage."""
    return f"{number(100 * fraction, decimals)}%"


_SMALL = tuple(
    "no one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
)
_ORDINALS = tuple(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()  # noqa: SIM905
)


def count(n: int) -> str:
    """A small whole number in words, a larger one in figures."""
    return _SMALL[n] if 0 <= n < len(_SMALL) else f"{n:,}"


def ordinal(n: int) -> str:
    """A place in a ranking: first, second, ... twelfth, 13th."""
    if 1 <= n <= len(_ORDINALS):
        return _ORDINALS[n - 1]
    suffix = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{suffix}"


def plural(n: int, noun: str, more: str = "") -> str:
    """A count with its noun: "one place", "two places"."""
    return f"{count(n)} {noun if n == 1 else more or several(noun)}"


def several(noun: str) -> str:
    """More than one of them: "centres", "libraries", "branches"."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}{'es' if noun.endswith(('s', 'x', 'sh', 'ch')) else 's'}"


# --- time ----------------------------------------------------------------------------------


def on(period: Period) -> str:
    """A period as a phrase that begins a sentence: "In the school year 2024/25"."""
    match period.type:
        case PeriodType.SNAPSHOT_MARCH | PeriodType.SNAPSHOT_SEPTEMBER | PeriodType.DAY:
            return f"On {period.label}"
        case PeriodType.POOLED_CALENDAR_YEARS | PeriodType.POOLED_FINANCIAL_YEARS:
            return f"Over {period.label}"
        case PeriodType.QUARTER:
            return f"From {period.label}"
        case _:
            return f"In {period.label}"


_STEP = {
    PeriodType.QUARTER: "quarter",
    PeriodType.MONTH: "month",
    PeriodType.TERM: "term",
    PeriodType.DAY: "day",
    PeriodType.POOLED_CALENDAR_YEARS: "period",
    PeriodType.POOLED_FINANCIAL_YEARS: "period",
}


def step(type_: PeriodType) -> str:
    """What one step of a series is called: year, quarter, month..."""
    return _STEP.get(type_, "year")


def before(change: Change) -> str:
    """The earlier end of a change: "the year before", or its period where steps were missed."""
    if change.later.period.step - change.earlier.period.step == 1:
        return f"the {step(change.later.period.type)} before"
    return change.earlier.period.short


def day(on_day: date) -> str:
    """A date as people write it: 22 November 2026."""
    return f"{on_day.day} {MONTHS[on_day.month]} {on_day.year}"


def lifetime(name: str, begun: date | None, ended: date | None) -> str:
    """What readers should know of a place that is new, or is no more; mostly nothing."""
    if ended:
        return f"{name} existed in this form until {day(ended)}; its figures are kept as history."
    return f"{name} has existed in its present form since {day(begun)}." if begun else ""


def month(text: str) -> str:
    """A month or day as people write it: "2026-03" is March 2026."""
    parts = [int(part) for part in text.split("-")]
    return " ".join([*(str(d) for d in parts[2:]), MONTHS[parts[1]], str(parts[0])])


def age(days: int) -> str:
    """How old a figure is, in round words: "4 months", "2 years"."""
    months = round(days / 30.4375)
    if months < 1:
        return "under a month"
    if months < 24:
        return f"{months} month{'' if months == 1 else 's'}"
    return f"{days // 365} years"


# --- statuses ------------------------------------------------------------------------------


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


def against(comparison: Comparison) -> str:
    """How the place stands against a benchmark, in a few words and without the figures."""
    name = comparison.name
    match comparison.verdict:
        case Verdict.NOT_COMPARED:
            return f"not compared with {name}"
        case Verdict.SAME:
            return f"the same as {name}"
        case Verdict.SIMILAR:
            return f"not clearly different from {name}"
        case verdict if comparison.tested:
            return f"{verdict} than {name}"
        case Verdict.BETTER | Verdict.WORSE as verdict:
            average = comparison.benchmark is Benchmark.NEIGHBOURS
            return f"on the {verdict} side of {name if average else f'{name}’s figure'}"
        case verdict:
            return f"{verdict} than {name}"


def comparison_status(comparison: Comparison) -> Status:
    """A comparison as a status."""
    tone = _VERDICT_TONE.get(comparison.verdict, "flat")
    untested = not comparison.tested and comparison.verdict in (Verdict.BETTER, Verdict.WORSE)
    why = comparison.reason or (UNTESTED if untested else "")
    short = f"{comparison.verdict} side" if untested else str(comparison.verdict)
    return _status(tone, sentence_case(against(comparison)), why, short=sentence_case(short))


_BESIDE = {"good": "on the better side", "bad": "on the worse side", "flat": "on neither"}


def beside(tones: Iterable[str], whose: str) -> str:
    """Judgements against one benchmark, counted by their tone in a sentence; "" where none is.

    What a test calls better or worse lies on that side too, so both are counted together.
    """
    found = Counter(tones)
    parts = [f"{are(found[tone])} {where}" for tone, where in _BESIDE.items() if found[tone]]
    if not parts:
        return ""
    if found["none"]:
        parts.append(f"{count(found['none'])} cannot be compared")
    return f"Beside {whose}, {listed(parts)}."


def are(n: int) -> str:
    """A count as the subject of a clause: "one is", "five are", "none is"."""
    return "none is" if n == 0 else f"{count(n)} {'is' if n == 1 else 'are'}"


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


# --- sentences -----------------------------------------------------------------------------


def sentence_case(text: str) -> str:
    """First letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def listed(parts: list[str]) -> str:
    """Clauses joined as in speech: "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


MISSING = {
    "c": "withheld so that nobody can be identified",
    "k": "rounds to zero, but is not zero",
    "low": "rounds to zero, but is not zero",
    "w": "none recorded",
    "x": "not available",
    "z": "not applicable",
}


def missing(point: Point) -> str:
    """Why a figure is not there: the shorthand in brackets and what it means."""
    mark = next((m for m in point.markers if m in MISSING), "x")
    return f"[{mark}] {MISSING[mark]}"


def answer(finding: Finding, indicator: Measurable) -> str:
    """The figure as one sentence without judgement: "In 2024/25, 19.7% of pupils in ..."."""
    latest = finding.latest
    if latest is None or latest.value is None:
        if not finding.own.points:
            return f"This book has no figure for {finding.place}"
        return f"No figure is published for {finding.place} ({missing(finding.own.points[-1])})"
    text = indicator.reads_as.replace("{value}", value(latest.value, indicator))
    text = text.replace("{place}", finding.place).rstrip(".")
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
    sentences = [f"{first}: {listed([*clauses, *rank])}." if clauses or rank else f"{first}."]
    sentences += _movement(finding, indicator)
    return tuple(sentences)


def _comparison_clauses(finding: Finding, indicator: Measurable) -> list[str]:
    clauses = []
    for comparison in finding.comparisons:
        if comparison.benchmark is not Benchmark.COUNTRY or comparison.value is None:
            continue
        clauses.append(f"{against(comparison)} ({brief(comparison.value, indicator)})")
    return clauses


def _turn_clause(turn: Turn) -> list[str]:
    if turn.forecast is None or turn.word is TurnWord.NOT_JUDGED:
        return []
    if turn.forecast.reconstructed:
        forecast = f"the forecast from {turn.forecast.origin.short} (reconstructed)"
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


def no_status(word: str, why: str = "") -> Status:
    """The status of what was not judged at all."""
    return _status("none", word, why)


def reached_status(word: str, why: str = "") -> Status:
    """The status of what has been done."""
    return _status("good", word, why)


# --- the figures behind a judgement --------------------------------------------------------


def direction(change: Change) -> str:
    """Which way a change went: "up", "down", "no change"."""
    return "no change" if change.direction is Direction.SAME else str(change.direction)


def benchmark(comparison: Comparison) -> str:
    """What a comparison is with, as a label."""
    if comparison.benchmark is Benchmark.NEIGHBOURS:
        return "Against similar places"
    return f"Against {comparison.name}"


def comparison_detail(comparison: Comparison, indicator: Measurable) -> str:
    """The figures behind a comparison, and what it rests on."""
    if comparison.value is None or comparison.difference is None:
        return sentence_case(comparison.reason)
    text = (
        f"{brief(comparison.value, indicator)} in {comparison.period.short}, a difference of "
        f"{size(comparison.difference, indicator)}."
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


def signed(difference: float, indicator: Measurable) -> str:
    """A difference with its sign: "+1.6", "−0.3", "0.0"."""
    text = number(difference, indicator.decimals)
    return text if text.startswith(MINUS) or difference == 0 else f"+{text}"


def side_status(side: str | None, own: float | None, other: float | None) -> Status:
    """Plain arithmetic between two published figures; no test is claimed."""
    if own is None or other is None:
        return _status("none", "Not compared", "A figure is missing.")
    if side is None:
        word = "The same" if own == other else "Higher" if own > other else "Lower"
        return _status("flat", word)
    return _status("good" if side == "better" else "bad", f"{side} side".capitalize(), UNTESTED)
