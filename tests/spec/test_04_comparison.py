"""Against a benchmark."""

from __future__ import annotations

from recorder import Example, Method

from analyse_values import from_first, point, series
from databook.analyse import comparison
from databook.analyse.series import average
from databook.findings import Point
from databook.limits import wilson
from databook.model import Better

METHOD = Method(
    title="Better, worse, or not clearly different",
    words="""
    A figure is called better or worse than England's only where England's lies outside the
    95% interval of ours. Where neither an interval nor counts are published, nothing is tested:
    the page then says only that ours is higher or lower, and which of the two is better.""",
    formula="""
    upper limit below the benchmark: lower; lower limit above it: higher; otherwise, also when
    the benchmark is the limit itself: not clearly different. Which of lower and higher is
    better is declared with each indicator.""",
    source="""
    Office for Health Improvement and Disparities, Fingertips, comparison with a benchmark by
    overlap of one interval.""",
)


def _figure() -> Point:
    return point(2024, 35.3, counts=(353, 1000))


def test_worse(example: Example) -> None:
    """35.3% of 1,000 against 47.0%, higher is better

    The whole interval, 32.4% to 38.3%, lies under the benchmark."""
    example.given(count=353, out_of=1000, benchmark=47.0)
    verdict, tested = comparison.judge(_figure(), 47.0, Better.HIGHER)
    interval = _figure().interval
    assert interval is not None
    example.expect("lower limit", interval.lower, 32.3994, within=1e-5)
    example.expect("upper limit", interval.upper, 38.3131, within=1e-5)
    example.expect("tested", tested, True)
    example.expect("verdict", verdict, "worse")


def test_similar(example: Example) -> None:
    """35.3% of 1,000 against 38.0%

    The benchmark lies inside the interval: the difference may be chance."""
    example.given(count=353, out_of=1000, benchmark=38.0)
    example.expect("verdict", *_verdict(_figure(), 38.0, "not clearly different"))


def test_on_the_limit(example: Example) -> None:
    """35.3% of 1,000 against the interval's own upper limit

    A benchmark on the very limit is not outside it."""
    limit = 100 * wilson(353, 1000)[1]
    example.given(count=353, out_of=1000, benchmark="the upper limit")
    example.expect("verdict", *_verdict(_figure(), limit, "not clearly different"))


def test_small_numbers(example: Example) -> None:
    """17 of 19 against 95%

    Counts of a few dozen rarely tell one place from another."""
    example.given(count=17, out_of=19, benchmark=95.0)
    figure = point(2006, 89.5, counts=(17, 19))
    example.expect("verdict", *_verdict(figure, 95.0, "not clearly different"))


def test_without_counts(example: Example) -> None:
    """19.7% against 18.1%, lower is better, no counts published

    Nothing is tested; the figure is only said to be higher, and higher to be worse."""
    example.given(figure=19.7, benchmark=18.1)
    verdict, tested = comparison.judge(point(2025, 19.7), 18.1, Better.LOWER)
    example.expect("tested", tested, False)
    example.expect("the way it differs", verdict, "worse")


def test_average_of_similar_places(example: Example) -> None:
    """The average of similar places

    Each place counts the same, and places without a figure are left out: here the mean of
    three of four. With fewer than half of the places no average is given."""
    known = [12.0, 15.0, 18.0]
    example.given(published=known, places=4)
    places = [from_first(2024, [v]) for v in known]
    found = average([*places, series({2024: None})], "mean", ())
    middle = average([*places, series({2024: None})], "median", ())
    few = average([places[0], *[series({2024: None})] * 3], "mean", ())
    assert found is not None
    assert middle is not None
    assert few is not None
    example.expect("mean", found.points[0].value, 15.0)
    example.expect("median", middle.points[0].value, 15.0)
    example.expect("how many", found.points[0].note, "mean of 3 of 4 places")
    example.expect("mean of one of four", few.points[0].value, None)


def _verdict(figure: Point, benchmark: float, wanted: str) -> tuple[str, str]:
    return comparison.judge(figure, benchmark, Better.HIGHER)[0], wanted
