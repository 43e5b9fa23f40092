"""Small things that sentences get right: articles, full stops, counts of none."""

from __future__ import annotations

import pytest

from databook import words
from databook.render import places


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("South East", "the South East"),
        ("East of England", "the East of England"),
        ("West Midlands", "the West Midlands"),
        ("London", "London"),
        ("North Yorkshire", "North Yorkshire"),
        ("South Tyneside", "South Tyneside"),
    ],
)
def test_only_regions_have_the_article(name: str, said: str) -> None:
    assert words.in_prose(name) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [("Not yet", "Not yet."), ("Not yet.", "Not yet."), ("Why?", "Why?"), ("No ", "No.")],
)
def test_an_answer_ends_with_one_full_stop(typed: str, said: str) -> None:
    assert words.stopped(typed) == said


def test_two_places_are_told_apart_where_one_leads_nowhere_and_nothing_is_left_over() -> None:
    assert places.stand(3, 2, 0, ("Here", "the South East")) == (
        "On three indicators, Here has the better figure on two, the South East on none; on the "
        "other one they are level, neither way is better, or a figure is missing."
    )
    assert places.stand(2, 1, 1, ("Here", "There")) == (
        "On two indicators, Here has the better figure on one, There on one."
    )
