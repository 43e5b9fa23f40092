"""Findings become the shapes of the interface; nothing is judged here."""

from __future__ import annotations

from databook import words
from databook.findings import (
    Change,
    Comparison,
    Control,
    Finding,
    Forecast,
    Gap,
    Interval,
    Point,
    Ranking,
    Rating,
    Trend,
    Turn,
)
from databook.model import Measurable
from databook.periods import Period
from databook.render.api.found import (
    Apart,
    Compared,
    Figure,
    Foreseen,
    Found,
    Limits,
    Move,
    Ranked,
    Rated,
    Span,
    Steady,
    Trended,
    Turned,
    Vintage,
)
from databook.render.api.statuses import status_of

MOST_DECIMALS = 9  # of a difference: more than published figures have, fewer than floats get wrong


def found(finding: Finding, indicator: Measurable, slug: str) -> Found:
    """Everything the book says about one indicator or measure."""
    latest = finding.latest or (finding.own.points[-1] if finding.own.points else None)
    return Found(
        slug=slug,
        area=finding.area,
        sentences=words.headline(finding, indicator),
        latest=_figure(latest) if latest else None,
        previous=_move(finding.previous),
        overall=_move(finding.overall),
        run=finding.run,
        comparisons=tuple(map(_compared, finding.comparisons)),
        ranking=_ranked(finding.ranking),
        trend=_trended(finding.trend),
        rating=_rated(finding.rating),
        turn=_turned(finding.turn),
        control=_steady(finding.control),
        gaps=tuple(_apart(g.gap) for g in finding.groups if g.gap),
        baseline=_vintage(finding.baseline) if finding.baseline else None,
        vintages=tuple(map(_vintage, finding.vintages)),
        age_days=finding.age_days,
        stale=finding.stale,
        overdue=finding.overdue,
    )


def _span(period: Period) -> Span:
    return Span(code=period.code, label=period.label, start=period.start, end=period.end)


def _limits(interval: Interval | None) -> Limits | None:
    if interval is None:
        return None
    return Limits(lower=interval.lower, upper=interval.upper, method=interval.method)


def _exact(difference: float) -> float:
    """A difference as on paper: -0.82, where floats make -0.8200000000000003."""
    return round(difference, MOST_DECIMALS)


def _figure(point: Point) -> Figure:
    return Figure(
        period=_span(point.period),
        value=point.value,
        status=status_of(missing=point.value is None, marked=point.markers),
        markers=point.markers,
        interval=_limits(point.interval),
    )


def _move(change: Change | None) -> Move | None:
    if change is None:
        return None
    return Move(
        earlier=_figure(change.earlier),
        later=_figure(change.later),
        difference=_exact(change.difference),
        direction=change.direction,
        verdict=change.verdict,
        clear=change.clear,
    )


def _compared(made: Comparison) -> Compared:
    return Compared(
        benchmark=made.benchmark,
        name=made.name,
        period=_span(made.period),
        own=made.own,
        value=made.value,
        difference=None if made.difference is None else _exact(made.difference),
        verdict=made.verdict,
        tested=made.tested,
        reason=made.reason,
    )


def _ranked(ranking: Ranking | None) -> Ranked | None:
    if ranking is None:
        return None
    return Ranked(
        period=_span(ranking.period),
        rank=ranking.rank,
        of=ranking.of,
        best_first=ranking.best_first,
    )


def _trended(trend: Trend) -> Trended:
    return Trended(
        word=trend.word,
        reason=trend.reason,
        first=trend.first.code if trend.first else "",
        last=trend.last.code if trend.last else "",
    )


def _rated(rating: Rating) -> Rated:
    return Rated(
        word=rating.word,
        scheme=rating.scheme,
        reason=rating.reason,
        target=rating.target,
        target_period=rating.target_period.code if rating.target_period else "",
        share_of_target=rating.share_of_target,
    )


def _turned(turn: Turn) -> Turned:
    return Turned(
        word=turn.word,
        sureness=turn.sureness,
        reason=turn.reason,
        period=turn.period.code if turn.period else "",
        actual=turn.actual,
        expected=turn.expected,
        made_on=turn.forecast.made_on if turn.forecast else None,
    )


def _steady(control: Control | None) -> Steady | None:
    if control is None:
        return None
    phase, latest = control.phases[-1], control.latest
    return Steady(
        signal=latest.signal,
        verdict=latest.verdict,
        mean=phase.mean,
        lower=phase.lower,
        upper=phase.upper,
        assurance=control.assurance,
    )


def _apart(gap: Gap) -> Apart:
    return Apart(
        breakdown=gap.breakdown,
        first=gap.first,
        second=gap.second,
        period=gap.period.code,
        difference=_exact(gap.difference),
        interval=_limits(gap.interval),
        narrowing=gap.narrowing,
    )


def _vintage(forecast: Forecast) -> Vintage:
    return Vintage(
        made_on=forecast.made_on,
        origin=forecast.origin.code,
        method=forecast.method,
        scenario=forecast.scenario,
        frozen=forecast.frozen,
        reconstructed=forecast.reconstructed,
        illustrative=forecast.illustrative,
        points=tuple(
            Foreseen(
                period=point.period.code,
                value=point.value,
                lower_80=point.lower_80,
                upper_80=point.upper_80,
                lower_95=point.lower_95,
                upper_95=point.upper_95,
            )
            for point in forecast.points
        ),
    )
