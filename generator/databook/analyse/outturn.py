"""How earlier forecasts turned out: each one that was made, against the figures that came since.

Frozen forecasts and those that editions published alike; the book's trial of its method on its
own series is in `backtesting.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import fmean, median

from databook.analyse import turn
from databook.analyse.change import comparable
from databook.findings import Accuracy, Finding, Forecast, Hit, Outturn, Series
from databook.model import Measurable, Vintage


def outturns(
    finding: Finding, indicator: Measurable, editions: Sequence[tuple[str, Vintage]]
) -> tuple[Outturn, ...]:
    """Every forecast of which something is known now, oldest first.

    `editions`: what earlier editions expected on present course, by their names.
    """
    usual = _usual(finding.own)
    made = [_outturn("", forecast, finding.own, usual) for forecast in finding.vintages]
    for name, vintage in editions:
        read = turn.vintages((vintage,), finding.own, indicator)
        made += [_outturn(name, replace(f, frozen=False), finding.own, usual) for f in read]
    told = [outturn for outturn in made if outturn.hits or outturn.redefined]
    return tuple(sorted(told, key=lambda o: (o.forecast.made_on, o.edition)))


def summed(made: Iterable[Outturn]) -> tuple[Accuracy, ...]:
    """How good forecasts have been, by how far ahead they were.

    Those alone that were made before the figures came out and gave an interval.
    """
    by_steps: dict[int, list[Hit]] = {}
    for outturn in made:
        if outturn.forecast.reconstructed or outturn.forecast.scenario:
            continue
        for hit in outturn.hits:
            if hit.share is not None and hit.inside_80 is not None and hit.inside_95 is not None:
                by_steps.setdefault(hit.steps, []).append(hit)
    return tuple(_accuracy(steps, by_steps[steps]) for steps in sorted(by_steps))


def _accuracy(steps: int, hits: Sequence[Hit]) -> Accuracy:
    return Accuracy(
        steps=steps,
        cases=len(hits),
        error=median(hit.share or 0.0 for hit in hits),
        inside_80=fmean(bool(hit.inside_80) for hit in hits),
        inside_95=fmean(bool(hit.inside_95) for hit in hits),
    )


def _usual(own: Series) -> float | None:
    """How far the figure usually goes in a step, either way."""
    values = {p.period.step: p.value for p in comparable(own) if p.value is not None}
    moved = [abs(values[step] - values[step - 1]) for step in values if step - 1 in values]
    return fmean(moved) if moved and any(moved) else None


def _outturn(edition: str, forecast: Forecast, own: Series, usual: float | None) -> Outturn:
    origin = own.at(forecast.origin)
    later = [p for p in own.known if forecast.at(p.period) and p.period.step > forecast.origin.step]
    same = [p for p in later if origin is not None and p.since_break == origin.since_break]
    hits: Iterator[Hit] = (
        _hit(forecast, p.period.step, p.value, usual) for p in same if p.value is not None
    )
    return Outturn(
        edition=edition, forecast=forecast, hits=tuple(hits), redefined=len(same) < len(later)
    )


def _hit(forecast: Forecast, step: int, actual: float, usual: float | None) -> Hit:
    expected = next(p for p in forecast.points if p.period.step == step)
    error = actual - expected.value
    return Hit(
        period=expected.period,
        steps=step - forecast.origin.step,
        expected=expected.value,
        actual=actual,
        error=error,
        share=abs(error) / usual if usual else None,
        inside_80=_inside(actual, expected.lower_80, expected.upper_80),
        inside_95=_inside(actual, expected.lower_95, expected.upper_95),
    )


def _inside(actual: float, lower: float | None, upper: float | None) -> bool | None:
    return None if lower is None or upper is None else lower <= actual <= upper
