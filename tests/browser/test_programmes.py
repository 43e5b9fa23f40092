"""Programmes in the browser: where the quadrants stand, and what comes out of the printer."""

from __future__ import annotations

import re

import pytest

from browser.conftest import Opens

pytestmark = pytest.mark.browser

PROGRAMME = "programmes/example-mentoring/"


def middle(page: object, quadrant: str) -> tuple[float, float]:
    box = page.locator(f".db-{quadrant}").bounding_box()  # type: ignore[attr-defined]
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_on_a_wide_screen_the_quadrants_stand_where_the_field_draws_them(opens: Opens) -> None:
    page = opens(PROGRAMME, script=False).page
    left, top = middle(page, "effort-quantity")
    right, bottom = middle(page, "effect-quality")
    assert left < right
    assert top < bottom
    assert middle(page, "effort-quality")[0] == pytest.approx(right, abs=2)
    assert middle(page, "effect-quantity")[0] == pytest.approx(left, abs=2)


def test_a_number_stands_on_one_line_with_its_percentage(opens: Opens) -> None:
    page = opens("programmes/swale-kids/", script=False).page
    for pair in ("improved-results", "teachers-difference", "children-difference"):
        number = page.locator(f"#measure-{pair}-number").bounding_box()
        share = page.locator(f"#measure-{pair}-percent").bounding_box()
        assert number
        assert share
        assert number["y"] == pytest.approx(share["y"], abs=1)


def test_on_a_phone_the_most_important_comes_first(opens: Opens) -> None:
    page = opens(PROGRAMME, width=360, script=False).page
    order = ["effect-quality", "effort-quality", "effect-quantity", "effort-quantity"]
    heights = [middle(page, quadrant)[1] for quadrant in order]
    assert heights == sorted(heights)


@pytest.mark.parametrize(
    "path",
    [
        "indicators/persistent-absence/report/",
        "indicators/attainment-8/report/",
        "indicators/phonics/report/",
        "programmes/example-mentoring/report/",
        "programmes/self-harm-and-suicide/report/",
        "programmes/swale-kids/",
        "programmes/strengthening-families/",
    ],
)
def test_a_report_and_a_programme_print_on_one_sheet(opens: Opens, path: str) -> None:
    printed = opens(path, script=False).page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
