"""Ranking."""

from __future__ import annotations

from recorder import Example, Method

from analyse_values import series
from databook.analyse import ranking
from databook.findings import Ranking
from databook.model import Better

METHOD = Method(
    title="Place among similar places",
    words="""
    Places are ranked on the figures of one period, from best to worst, or from highest to
    lowest where neither is better. A rank says nothing of how large the differences are.""",
    formula="""
    one more than the number of places that are ahead; equal figures share the smaller rank; a
    place without a figure has no rank and is not counted.""",
    source="""
    Department for Education, Local Authority Interactive Tool (ties and missing figures).""",
)


def test_ties_and_missing(example: Example) -> None:
    """Four places, two of them equal, one without a figure

    Lower is better. The two that are equal are both second, and the next is fourth."""
    example.given(figures="A 24, B 22, C 24, D 30, E none", better="lower")
    found = _ranked({"A": 24, "B": 22, "C": 24, "D": 30, "E": None}, Better.LOWER)
    for standing, rank in zip(found.standings, (1, 2, 2, 4, None), strict=True):
        example.expect(f"rank of {standing.name}", standing.rank, rank)
    example.expect("places counted", found.of, 4)
    example.expect("last in the table", found.standings[-1].name, "E")


def test_highest_first(example: Example) -> None:
    """Neither way better

    The same places from highest to lowest, and the page says so."""
    example.given(figures="A 24, B 22, C 24, D 30", better="neither")
    found = _ranked({"A": 24, "B": 22, "C": 24, "D": 30}, Better.NEUTRAL)
    example.expect("first", found.standings[0].name, "D")
    example.expect("rank of A", found.rank, 2)
    example.expect("ranked from best", found.best_first, False)


def _ranked(figures: dict[str, float | None], better: Better) -> Ranking:
    own, *others = (series({2024: value}, name) for name, value in figures.items())
    found = ranking.among(own, others, better)
    assert found is not None
    return found
