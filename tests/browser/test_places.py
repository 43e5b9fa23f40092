"""The pages of many places as readers have them: chosen, explored, without scripts, on paper."""

from __future__ import annotations

import pytest

from .conftest import Opens

PAGE = "areas/southampton/persistent-absence/"


def test_the_interactive_chart_says_what_the_table_of_the_page_says(opens: Opens) -> None:
    watched = opens(PAGE)
    page = watched.page
    page.click("button.db-explore")
    page.wait_for_selector(".db-live svg")
    page.keyboard.press("Home")
    said = page.inner_text(".db-live-status")
    first = page.locator("#figures tbody tr").last
    period, figure = (first.locator(":scope > *").nth(n).inner_text() for n in (0, 1))
    assert said == f"Southampton, {period}: {figure}%"
    assert watched.strangers == []
    assert watched.faults == []


def test_its_lines_leave_out_what_is_not_published(opens: Opens) -> None:
    page = opens(PAGE).page
    page.click("button.db-explore")
    page.wait_for_selector(".db-live svg")
    known = page.locator("#figures tbody td:first-of-type").all_inner_texts()
    assert any("[x]" in text for text in known)
    own = page.evaluate(
        "[...document.querySelectorAll('.db-live .hint_marks path')]"
        ".filter(p => p.__data__.datum.Place === 'Southampton').length"
    )
    assert own == sum("[" not in text for text in known)
    line = page.locator(".db-live .mark-line path").first.get_attribute("d") or ""
    assert line.count("M") == 2


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_reader_stays_with_a_place_from_its_front_to_the_next(opens: Opens, script: bool) -> None:
    page = opens("areas/derby/", script=script).page
    page.click("text=Pupils who miss a tenth or more of school")
    assert page.url.endswith("/areas/derby/persistent-absence/")
    page.click("text=Other figures of Derby")
    assert page.url.endswith("/areas/derby/")
    page.go_back()
    page.click("text=This figure in other places")
    page.click("#ranked >> text=Leeds")
    assert page.url.endswith("/areas/leeds/persistent-absence/")


def test_a_place_is_read_without_script_and_without_a_chart_of_its_own_asked_for(
    opens: Opens,
) -> None:
    watched = opens(PAGE, script=False)
    assert watched.page.locator("figure svg[role=img]:visible").count() == 1
    assert watched.page.locator(".db-explore:visible").count() == 0
    assert not any(address.endswith(".vl.json") for address in watched.fetched)


def test_the_list_of_all_places_is_put_in_order_by_a_press(opens: Opens) -> None:
    page = opens("indicators/persistent-absence/areas/").page
    page.click("#ranked thead button:has-text('Place')")
    names = page.locator("#ranked tbody th").all_inner_texts()
    assert names == sorted(names)


def test_on_paper_the_way_on_is_left_out(opens: Opens) -> None:
    page = opens(PAGE).page
    page.emulate_media(media="print")
    assert not page.is_visible(".db-steps")
    assert page.is_visible("#figures")
    assert page.is_visible(".db-chart .db-wide svg")
