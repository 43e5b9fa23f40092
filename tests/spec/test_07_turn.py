"""Turning the curve."""

from __future__ import annotations

from recorder import Example, Method

from analyse_values import forecast, from_first
from databook.analyse import turn
from databook.model import Better

METHOD = Method(
    title="Has the curve turned?",
    words="""
    A forecast is frozen on the day it is made. Later figures are judged against it, not only
    against where things stood: slowing a decline counts as turning the curve, and an improvement
    that was coming anyway does not. A figure inside the forecast's 80% interval is in
    line with it; outside it the verdict is “likely”, outside the 95% interval “clearly”. A
    forecast that people made without an interval is judged by the figures alone, and the page
    says so; one of the book's own that rests on too few years for an interval is not judged.""",
    formula="""
    with s = 1 where higher is better and −1 where lower is: point to point = s × (figure − start),
    ahead of forecast = s × (figure − forecast), gain = the sum of all leads. A rebound: after a
    lead on the forecast (outside its interval, where it has one) at least half of the best lead
    is lost again.""",
    source="""
    M. Friedman, Trying Hard Is Not Good Enough, 2005 (baselines and turning the curve); the
    definition of a rebound and the use of the interval are this book's own.""",
)


def test_slowing_the_decline(example: Example) -> None:
    """Lower is better: 16, forecast 18 and 20, came to 17 and 17.5

    Worse than at the start, but much better than where things were heading: the curve turned."""
    example.given(start=16, forecast=[18, 20], figures=[17, 17.5], better="lower")
    first = turn.judge(from_first(2020, [16, 17]), [forecast(2020, 16, [18, 20])], Better.LOWER)
    both = turn.judge(from_first(2020, [16, 17, 17.5]), [forecast(2020, 16, [18, 20])],
                      Better.LOWER)  # fmt: skip
    example.expect("point to point, first year", first.point_to_point, -1.0)
    example.expect("ahead of forecast, first year", first.ahead, 1.0)
    example.expect("point to point, second year", both.point_to_point, -1.5)
    example.expect("ahead of forecast, second year", both.ahead, 2.5)
    example.expect("gain", both.gain, 3.5)
    example.expect("verdict", both.word, "slowing the decline")
    example.expect("sureness", both.sureness, "no interval")


def test_turned(example: Example) -> None:
    """Higher is better: 60, forecast 58 and 56, came to 59 and 61

    In the first year a slower decline, in the second better than forecast and than the start."""
    example.given(start=60, forecast=[58, 56], figures=[59, 61], better="higher")
    first = turn.judge(from_first(2020, [60, 59]), [forecast(2020, 60, [58, 56])], Better.HIGHER)
    both = turn.judge(from_first(2020, [60, 59, 61]), [forecast(2020, 60, [58, 56])],
                      Better.HIGHER)  # fmt: skip
    example.expect("verdict, first year", first.word, "slowing the decline")
    example.expect("point to point, second year", both.point_to_point, 1.0)
    example.expect("ahead of forecast, second year", both.ahead, 5.0)
    example.expect("verdict, second year", both.word, "turning")


def test_improving_less_than_forecast(example: Example) -> None:
    """Higher is better: 60, forecast 63 and 66, came to 62 and 63

    Better than at the start, but less than was coming anyway: the curve has not turned."""
    example.given(start=60, forecast=[63, 66], figures=[62, 63], better="higher")
    found = turn.judge(from_first(2020, [60, 62, 63]), [forecast(2020, 60, [63, 66])],
                       Better.HIGHER)  # fmt: skip
    example.expect("point to point", found.point_to_point, 3.0)
    example.expect("ahead of forecast", found.ahead, -3.0)
    example.expect("verdict", found.word, "improving, but less than forecast")


def test_worse_than_forecast(example: Example) -> None:
    """Lower is better: 16, forecast 16, came to 19

    Worse than at the start and worse than forecast."""
    example.given(start=16, forecast=[16], figures=[19], better="lower")
    found = turn.judge(from_first(2020, [16, 19]), [forecast(2020, 16, [16])], Better.LOWER)
    example.expect("verdict", found.word, "worse than forecast")


def test_within_the_interval(example: Example) -> None:
    """Inside, outside 80%, outside 95%

    Lower is better, forecast 18, interval 16 to 20 (80%) and 14 to 22 (95%)."""
    example.given(start=18, forecast=[18], interval_80=[16, 20], interval_95=[14, 22],
                  figures=[16, 15, 13])  # fmt: skip
    frozen = forecast(2020, 18, [18], limits=[(16, 20, 14, 22)])
    for figure, word, sureness in (
        (16, "in line with the forecast", "within forecast uncertainty"),
        (15, "turning", "likely"),
        (13, "turning", "clearly"),
    ):
        found = turn.judge(from_first(2020, [18, figure]), [frozen], Better.LOWER)
        example.expect(f"verdict at {figure}", found.word, word)
        example.expect(f"sureness at {figure}", found.sureness, sureness)


def test_rebound(example: Example) -> None:
    """A lead of 5 over the forecast, then only 2

    Three fifths of the best lead were given back, more than half: a rebound."""
    example.given(start=60, forecast=[60, 60], figures=[65, 62], better="higher")
    found = turn.judge(from_first(2020, [60, 65, 62]), [forecast(2020, 60, [60, 60])],
                       Better.HIGHER)  # fmt: skip
    example.expect("ahead of forecast", found.ahead, 2.0)
    example.expect("rebound", found.rebound, True)
    example.expect("verdict", found.word, "turning")


def test_no_later_figure(example: Example) -> None:
    """A forecast that no figure has caught up with

    Until a later figure comes out there is nothing to judge."""
    example.given(start=60, forecast=[58, 56], figures="none yet", better="higher")
    found = turn.judge(from_first(2019, [59, 60]), [forecast(2020, 60, [58, 56])], Better.HIGHER)
    example.expect("verdict", found.word, "not judged")
    example.expect(
        "why", found.reason,
        "No figure has come out yet to judge a forecast by.",
    )  # fmt: skip
