"""Exact Poisson limits and Byar's approximation."""

from __future__ import annotations

from recorder import Example, Method

from analyse_values import indicator, point
from databook.limits import byar, exact_poisson
from databook.model import Unit

METHOD = Method(
    title="Interval of a rate: exact under ten, Byar's method from ten",
    words="""
    A rate counts events (such as admissions) against a population. Events can outnumber people,
    so the interval is built around the count of events and then divided by the population.""",
    formula="""
    with x events and z = 1.959964, Byar's limits are x(1 − 1/(9x) − z/(3√x))³ and
    (x+1)(1 − 1/(9(x+1)) + z/(3√(x+1)))³; under ten events, the limits are those means of a
    Poisson distribution that leave 2.5% beyond x on either side.""",
    source="""
    N. E. Breslow and N. E. Day, Statistical Methods in Cancer Research volume II, 1987; switch
    at ten events as in the technical guidance of the Office for Health Improvement and
    Disparities.""",
)


def test_small_counts(example: Example) -> None:
    """Fewer than ten events

    Exact limits of none, one, five and nine events; none has a lower limit of exactly 0."""
    example.given(counts=[0, 1, 5, 9])
    for count, low, high in (
        (0, 0.0, 3.688879),
        (1, 0.025318, 5.571643),
        (5, 1.623486, 11.668332),
        (9, 4.115373, 17.084803),
    ):
        lower, upper = exact_poisson(count)
        example.expect(f"lower limit of {count}", lower, low, within=1e-5)
        example.expect(f"upper limit of {count}", upper, high, within=1e-6)


def test_ten_events(example: Example) -> None:
    """Ten events

    The first count for which Byar's approximation is used."""
    example.given(count=10)
    lower, upper = byar(10)
    example.expect("lower limit", lower, 4.787450, within=1e-7)
    example.expect("upper limit", upper, 18.391459, within=1e-7)


def test_65_and_1045_events(example: Example) -> None:
    """65 and 1,045 events

    Published limits: the more events, the narrower the interval beside the count."""
    example.given(counts=[65, 1045])
    few, many = byar(65), byar(1045)
    example.expect("lower limit of 65", few[0], 50.163187710459, within=1e-12)
    example.expect("upper limit of 65", few[1], 82.849138545940, within=1e-12)
    example.expect("lower limit of 1,045", many[0], 982.593201807, within=1e-11)
    example.expect("upper limit of 1,045", many[1], 1110.331212986, within=1e-11)


def test_rate_per_100_000(example: Example) -> None:
    """5 events among 100 people, and 222 among 3,215, per 100,000

    Published limits of two rates, one by each method."""
    example.given(events=[5, 222], people=[100, 3215], per=100_000)
    rate = indicator(unit=Unit.RATE, per=100_000)
    small = point(2024, 5000, counts=(5, 100), of=rate).interval
    large = point(2024, 6905.132, counts=(222, 3215), of=rate).interval
    assert small is not None
    assert large is not None
    example.expect("method of the first", small.method, "exact Poisson")
    example.expect("lower limit of the first", small.lower, 1623.486, within=1e-6)
    example.expect("upper limit of the first", small.upper, 11668.332, within=1e-7)
    example.expect("method of the second", large.method, "Byar")
    example.expect("lower limit of the second", large.lower, 6026.575, within=1e-6)
    example.expect("upper limit of the second", large.upper, 7875.729, within=1e-6)


def test_children_in_need_per_10_000(example: Example) -> None:
    """1,050 referrals among 60,000 children, per 10,000

    A rate of 175 per 10,000 could be anything from 165 to 186."""
    example.given(events=1050, people=60_000, per=10_000)
    rate = indicator(unit=Unit.RATE, per=10_000)
    found = point(2024, 175, counts=(1050, 60_000), of=rate).interval
    assert found is not None
    example.expect("lower limit", found.lower, 164.574, within=1e-5)
    example.expect("upper limit", found.upper, 185.914, within=1e-5)


def test_counts_that_do_not_make_the_figure(example: Example) -> None:
    """62.5% beside 70 of 100

    70 of 100 is 70%. Counts that belong to another figure carry no interval for this one."""
    example.given(figure=62.5, counts=[70, 100])
    found = point(2006, 62.5, counts=(70, 100)).interval
    example.expect("interval", found and found.method, None)
