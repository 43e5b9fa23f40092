"""Red, amber, green."""

from __future__ import annotations

from recorder import Example, Method

from analyse_values import from_first, indicator, settings, target
from databook.analyse import rating
from databook.findings import Rating
from databook.model import Better, Unit

METHOD = Method(
    title="Rating: percent of target achieved",
    words="""
    Green from 95% of the target, amber from 90%, red below; not rated without a target. The
    share is compared exactly, before any rounding. It says nothing about the way already come,
    so the distance travelled stands beside it.""",
    formula="""
    with figure A, target T and baseline B: where higher is better, A ÷ T; where lower is better,
    2 − A ÷ T, so that being 5% over the target is as bad as being 5% under it; with a target of
    zero, all or nothing; for a range, nearness to the nearer end. Distance travelled:
    (A − B) ÷ (T − B).""",
    source="""
    Luton Safeguarding Children Board, performance framework (95% and 90%); the reading for
    lower-is-better figures is one of three in use and is this book's choice.""",
)


def test_higher_is_better_on_the_boundaries(example: Example) -> None:
    """76 of 80, and 63 of 70

    Exactly 95% is green and exactly 90% is amber; binary arithmetic would have to guess."""
    example.given(figures=[76, 63], targets=[80, 70])
    _expect(example, "76 of 80", _rate(76, "80"), 0.95, "green")
    _expect(example, "63 of 70", _rate(63, "70"), 0.90, "amber")


def test_lower_is_better(example: Example) -> None:
    """Target 20, lower is better

    5% over is still green, 10% over still amber; none at all is twice the target."""
    example.given(target=20, figures=[21, 21.05, 22, 22.2, 0, 45])
    for figure, share, word in (
        (21, 0.95, "green"),
        (21.05, 0.9475, "amber"),
        (22, 0.90, "amber"),
        (22.2, 0.89, "red"),
        (0, 2.0, "green"),
        (45, -0.25, "red"),
    ):
        _expect(example, str(figure), _rate(figure, "20", Better.LOWER), share, word)


def test_distance_travelled(example: Example) -> None:
    """From 49 to 57, target 65

    Half of the way is behind us, though 57 is only 87.7% of the target and so rated red."""
    example.given(baseline=49, figure=57, target=65)
    of = indicator(better=Better.HIGHER, target=target("65", baseline_period="2023"))
    found = rating.rate(from_first(2023, [49, 53, 57]), of, settings())
    _expect(example, "57 of 65", found, 57 / 65, "red")
    example.expect("distance travelled", found.distance_travelled, 0.5)


def test_target_of_zero(example: Example) -> None:
    """A target of none, lower is better

    None is all of it; one is nothing of it."""
    example.given(target=0, figures=[0, 1])
    _expect(example, "0", _rate(0, "0", Better.LOWER), 1.0, "green")
    _expect(example, "1", _rate(1, "0", Better.LOWER), 0.0, "red")


def test_target_range(example: Example) -> None:
    """A target of 40 to 60

    Inside the range is green; outside it counts how near the nearer end is."""
    example.given(target="40 to 60", figures=[50, 38, 66, 20])
    for figure, share, word in (
        (50, 1.0, "green"),
        (38, 0.95, "green"),
        (66, 0.9, "amber"),
        (20, 0.5, "red"),
    ):
        of = indicator(better=Better.HIGHER, target=target("40", upper="60"))
        found = rating.rate(from_first(2025, [figure]), of, settings())
        _expect(example, str(figure), found, share, word)


def test_not_rated(example: Example) -> None:
    """When no rating is given

    A word and a reason stand in the colour's place."""
    example.given(cases="no target; neither way better; no figure; a target of 0 to be exceeded")
    none = rating.rate(from_first(2025, [50]), indicator(), settings())
    empty = rating.rate(from_first(2025, [None]), indicator(target=target("5")), settings())
    zero = _rate(5, "0", Better.HIGHER)
    neutral = _rate(50, "50", Better.NEUTRAL)
    for name, found, why in (
        ("no target", none, "no target set"),
        ("neither way better", neutral, "neither higher nor lower is better"),
        ("no figure", empty, "no figure"),
        ("target of 0, higher is better", zero, "a share of this target has no meaning"),
    ):
        assert found.word == "not rated"
        example.expect(name, f"{found.word}: {found.reason}", f"not rated: {why}")


def _rate(figure: float, aim: str, better: Better = Better.HIGHER) -> Rating:
    of = indicator(unit=Unit.RATE, better=better, target=target(aim))
    return rating.rate(from_first(2025, [figure]), of, settings())


def _expect(example: Example, name: str, found: Rating, share: float, word: str) -> None:
    example.expect(f"share of target at {name}", found.share_of_target, share, within=1e-15)
    example.expect(f"rating at {name}", found.word, word)
