"""What lists of many places need of an indicator in each: one short row, cheap to keep and send.

A national book has some seventy thousand of them at once, so a row is a tuple and holds no history.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from databook import areas, words
from databook.areas import View
from databook.findings import Benchmark, Finding, Point, TrendWord, TurnWord
from databook.model import Better, Indicator
from databook.observations import Context
from databook.render.entries import comparison, rank_text
from databook.words import Status

# More places than this in one table are more than anybody looks through, and heavy on a phone.
MOST_TOGETHER = 400
NO_FIGURE = words.no_status("No figure")


class Among(NamedTuple):
    """Where a figure stands among those of all places in its own period.

    Best first, or highest first where neither way is better.
    """

    rank: int  # equal figures share the smaller one
    level: int  # how many are at least as far ahead, itself and its equals among them
    of: int
    lowest: float
    highest: float


class Judged(NamedTuple):
    """The judgements in the words that machines are promised; empty where there is none."""

    country: str
    country_tested: bool | None
    similar: str
    similar_tested: bool | None
    turn: str


class Row(NamedTuple):
    """One indicator in one place: its newest figure, and each judgement in a word."""

    area: str
    value: float | None
    marks: str  # its shorthand, such as "[p]"; why there is no figure, where there is none
    period: str
    step: int
    ended: int  # the last day of its period, counted as `date.toordinal` does
    lower: float | None
    upper: float | None
    change: Status
    country: Status | None
    country_value: float | None
    similar: Status | None
    similar_value: float | None
    near: tuple[float, float] | None  # lowest and highest of the similar places
    among: Among | None  # all places, the book's own included
    trend: Status | None
    turn: Status | None
    remade: bool  # whether the forecast behind it is a reconstructed one
    judged: Judged
    rank: str
    spark: str
    digest: str = ""  # of all the rest: while it is the same, so is every page that shows it


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """An indicator in every place that has pages and any row of it, in order of names."""

    slug: str
    rows: tuple[Row, ...] = field(repr=False)


def row(
    finding: Finding, indicator: Indicator, spark: str, figures: Mapping[int, Sequence[float]]
) -> Row:
    """What lists show of a place; `figures` are those of all places by period, lowest first."""
    latest = finding.latest
    newest = latest or finding.own.points[-1]
    country = comparison(finding, Benchmark.COUNTRY)
    similar = comparison(finding, Benchmark.NEIGHBOURS)
    limits = latest.interval if latest else None
    low, high = (similar.lowest, similar.highest) if similar else (None, None)
    told = finding.trend.word is not TrendWord.UNKNOWN
    judged = finding.turn.word is not TurnWord.NOT_JUDGED
    marks = " ".join(f"[{mark}]" for mark in newest.markers)
    made = Row(
        area=finding.area,
        value=latest.value if latest else None,
        marks=marks if latest else marks or "[x]",
        period=newest.period.short,
        step=newest.period.step,
        ended=newest.period.end.toordinal(),
        lower=limits.lower if limits else None,
        upper=limits.upper if limits else None,
        change=_short(words.change_status(finding.previous, indicator)) if latest else NO_FIGURE,
        country=_short(words.comparison_status(country)) if country else None,
        country_value=country.value if country else None,
        similar=_short(words.comparison_status(similar)) if similar else None,
        similar_value=similar.value if similar else None,
        near=(low, high) if low is not None and high is not None else None,
        among=_among(latest, figures, indicator.better),
        trend=_short(words.trend_status(finding.trend)) if told else None,
        turn=_short(words.turn_status(finding.turn)) if judged else None,
        remade=bool(judged and finding.turn.forecast and finding.turn.forecast.reconstructed),
        judged=_judged(
            str(country.verdict) if country else "",
            country.tested if country else None,
            str(similar.verdict) if similar else "",
            similar.tested if similar else None,
            str(finding.turn.word) if judged else "",
        ),
        rank=rank_text(finding),
        spark=spark,
    )
    return made._replace(digest=blake2b(repr(made).encode(), digest_size=12).hexdigest())


def _among(
    latest: Point | None, figures: Mapping[int, Sequence[float]], better: Better
) -> Among | None:
    if latest is None or latest.value is None:
        return None
    values = figures[latest.period.step]
    below, up_to = bisect_left(values, latest.value), bisect_right(values, latest.value)
    ahead, level = below, up_to
    if better is not Better.LOWER:
        ahead, level = len(values) - up_to, len(values) - below
    return Among(rank=ahead + 1, level=level, of=len(values), lowest=values[0], highest=values[-1])


def figure(one: Row, indicator: Indicator) -> str:
    """The newest figure with its shorthand, or the shorthand alone."""
    if one.value is None:
        return one.marks
    return f"{words.brief(one.value, indicator)} {one.marks}".rstrip()


def limits(one: Row, indicator: Indicator) -> str:
    """Its 95 % interval, where it has one."""
    if one.lower is None or one.upper is None:
        return ""
    return f"{words.bare(one.lower, indicator)} to {words.bare(one.upper, indicator)}"


def lifetime(view: View, context: Context) -> str:
    """That a place is new, or is no more."""
    day = context.settings.edition.date
    area = view.area
    return words.lifetime(area.name, areas.begun(area, day), areas.ended(area, day))


def addresses(views: Sequence[View], slug: str) -> Mapping[str, str]:
    """The page of an indicator in each place, by the place's code."""
    return {view.area.code: address(view, slug) for view in views}


def address(view: View, slug: str) -> str:
    """The page of an indicator in a place; the book's own place has it where it always was."""
    return f"indicators/{slug}/" if view.own else f"areas/{view.slug}/{slug}/"


def anchor(view: View) -> str:
    """The line of a place in the table of all places."""
    return f"place-{view.slug}"


def listing(slug: str) -> str:
    """The page of an indicator in all places."""
    return f"indicators/{slug}/areas/"


def _short(status: Status) -> Status:
    """The status without its reason, which stands on the indicator's own page."""
    return _known(replace(status, why=""))


_judged = lru_cache(maxsize=4096)(Judged)  # one object for equal judgements, too


@lru_cache(maxsize=4096)
def _known(status: Status) -> Status:
    """One and the same object for equal statuses: there are few of them and many rows."""
    return status
