"""Small things that sentences get right: articles, full stops, counts of none."""

from __future__ import annotations

import pytest

from analyse_values import indicator
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
        "Of three indicators, Here has the better figure on two and the South East on none; on the "
        "other one they are level, neither way is better, or a figure is missing."
    )
    assert places.stand(2, 1, 1, ("Here", "There")) == (
        "Of two indicators, Here has the better figure on one and There on one."
    )


@pytest.mark.parametrize(
    ("now", "was", "said"),
    [
        (19.74, 20.56, "a difference of 0.8 percentage points before rounding"),  # seen: 0.9
        (19.7, 20.6, "a difference of 0.9 percentage points"),
        (20.6, 19.7, "a difference of 0.9 percentage points"),
        (19.76, 19.74, "less than 0.1 percentage points apart before rounding"),  # 19.8 and 19.7
        (19.74, 19.72, "the same when rounded"),
        (19.74, 19.74, "the same"),
    ],
)
def test_a_difference_is_what_readers_get_who_subtract_or_says_why_not(
    now: float, was: float, said: str
) -> None:
    assert words.difference(now, was, indicator()) == said
