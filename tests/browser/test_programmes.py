"""Programmes in the browser: where the quadrants stand, and what comes out of the printer."""

from __future__ import annotations

import re

import pytest

from browser.conftest import Opens, Site

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


def test_every_report_and_programme_prints_on_one_sheet(opens: Opens, site: Site) -> None:
    sheets = re.compile(r"(indicators|programmes)/([^/]+/){1,2}report/|programmes/[^/]+/")
    paths = [path for path in site.pages() if sheets.fullmatch(path)]
    assert len(paths) > 50
    page = opens(paths[0], script=False).page
    longer = []
    for path in paths:
        page.goto(f"{site.address}{path}")
        printed = page.pdf(format="A4", prefer_css_page_size=True)
        if len(re.findall(rb"/Type\s*/Page\b", printed)) != 1:
            longer.append(path)
    assert longer == []


def test_on_paper_a_programme_still_names_the_outcomes_it_contributes_to(opens: Opens) -> None:
    page = opens(PROGRAMME, script=False).page
    page.emulate_media(media="print")
    outcomes = page.locator("#contributes ~ ul").first
    assert outcomes.is_visible()
    assert "Staying safe" in outcomes.inner_text()
    assert not page.get_by_role("link", name="One-page report").is_visible()


def test_on_a_phone_the_matrix_is_a_list_that_fits_and_names_each_outcome(opens: Opens) -> None:
    page = opens("matrix/", width=320, script=False).page
    gap = page.locator("td.db-gap").first
    assert gap.is_visible()
    box = gap.bounding_box()
    assert box
    assert box["x"] + box["width"] <= 320
    assert gap.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Being healthy: "'
    assert not page.locator("table.db-matrix thead").first.is_visible()
