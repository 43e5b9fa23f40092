"""Payment by results: points on cumulative counts, what they cost, and the gap tables beside it.

Points are a running maximum and are never taken back; money is whole pence throughout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from databook.agreements import Agreement, Example, Money
from databook.analyse import pathway
from databook.findings import RatingWord
from databook.model import Better, RatingScheme
from databook.payment import QUARTERS, cumulated, only_effort_paid, pence, points
from databook.periods import Period, PeriodType, later, parse
from databook.populations import PopulationTable
from databook.reckonings import AgreementFinding, Liability, PopulationGap, Quarter, Settlement
from databook.targets import band

FINANCIAL_YEAR_STARTS = 4  # April


def agreement(agreement: Agreement, scheme: RatingScheme) -> AgreementFinding:
    """Everything that follows from what one agreement declares."""
    settlements = tuple(settle(example, agreement.money, scheme) for example in agreement.examples)
    by_type: Counter[str] = Counter()
    for provider in agreement.providers:
        for centres in provider.centres:
            by_type[centres.type] += centres.count
    return AgreementFinding(
        centres=sum(by_type.values()),
        by_type=dict(sorted(by_type.items())),
        settlements=settlements,
        liability=liability(agreement, sum(by_type.values()), settlements),
        pathway=pathway.rows(agreement.pathway) if agreement.pathway else (),
        population=tuple(gap(table) for table in agreement.population),
        only_effort_paid=only_effort_paid(agreement),
    )


def settle(example: Example, money: Money, scheme: RatingScheme) -> Settlement:
    """Points and awards of one worked case, and the rating of the same target beside them."""
    totals = cumulated(example.new)
    after = points(totals, example.thresholds)
    awards = [now - before for before, now in pairwise((0, *after))]
    first = parse(example.first_quarter, PeriodType.QUARTER)
    quarters = tuple(
        _quarter(later(first, n), new, total, so_far, award, money)
        for n, (new, total, so_far, award) in enumerate(
            zip(example.new, totals, after, awards, strict=True)
        )
    )
    reached, target = totals[-1] if totals else None, example.thresholds[-1]
    share = Fraction(reached, target) if reached is not None and target else None
    word, reason = RatingWord.NOT_RATED, "no figure"
    if 0 < len(totals) < QUARTERS:  # part of a year against the target for all of it
        reason = f"the target is for four quarters, and the counts are of {len(totals)}"
    elif share is not None:
        word, reason = band(share, scheme)
    return Settlement(
        example=example.title,
        trigger=example.trigger,
        quarters=quarters,
        points=after[-1] if after else None,
        most_points=len(example.thresholds),
        earned=sum(awards) * pence(money.value_per_point) if after else None,
        target=target,
        reached=reached,
        share_of_target=share,
        rating=word,
        rating_reason=reason,
        scheme=scheme.title,
    )


def _quarter(
    period: Period, new: int, total: int, so_far: int, award: int, money: Money
) -> Quarter:
    months = period.end.year * 12 + period.end.month - 1 + money.months_to_payment
    paid = date(months // 12, months % 12 + 1, 1)
    year = financial_year(paid)
    return Quarter(
        period=period,
        new=new,
        cumulative=total,
        points=so_far,
        award_points=award,
        award=award * pence(money.value_per_point),
        paid=paid,
        paid_year=year,
        after_year=year != money.year,
    )


def financial_year(day: date) -> str:
    """The financial year of a day: 2013-04-01 is in 2013/14."""
    start = day.year - (day.month < FINANCIAL_YEAR_STARTS)
    return f"{start}/{(start + 1) % 100:02d}"


def liability(
    agreement: Agreement, centres: int, settlements: Sequence[Settlement] = ()
) -> Liability:
    """What is expected and what could at worst be due, beside the budget."""
    money = agreement.money
    most = money.points_per_trigger * len(agreement.triggers)
    value, budget = pence(money.value_per_point), pence(money.budget)
    awards = [q for s in settlements for q in s.quarters if q.award is not None]
    return Liability(
        centres=centres,
        most_points=most,
        value=value,
        budget=budget,
        expected_points=centres * money.expected_points,
        expected=centres * money.expected_points * value,
        worst_points=centres * most,
        worst=centres * most * value,
        earned=sum(q.award or 0 for q in awards) if awards else None,
        affordable_points=budget // value if value else 0,
    )


def gap(table: PopulationTable) -> PopulationGap:
    """The gap of a population table in exact decimals; nothing is tested, there are no counts."""
    lines = {line.name: line.values for line in table.lines}
    first, second = (lines[name] for name in table.gap)
    about = lines[table.about]
    gaps = tuple(a - b for a, b in zip(first, second, strict=True))
    change, wider = about[-1] - about[0], abs(gaps[-1]) - abs(gaps[0])
    sign = {Better.HIGHER: 1, Better.LOWER: -1, Better.NEUTRAL: 0}[table.better]
    return PopulationGap(
        table=table.slug,
        periods=tuple(parse(code, table.periods) for code in table.codes),
        gaps=gaps,
        change=change,
        gap_change=wider,
        improved=sign * change > 0 if sign * change else None,
        widened=wider > 0 if wider else None,
        fell=tuple(n for n in table.gap if sign * (lines[n][-1] - lines[n][-2]) < 0),
    )
