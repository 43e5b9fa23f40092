"""The pages of many places as readers have them: chosen, explored, without scripts, on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import Opens

PAGE = "areas/southampton/persistent-absence/"


def test_the_interactive_chart_says_what_the_table_of_the_page_says(opens: Opens) -> None:
    watched = opens(PAGE)
    page = watched.page
    page.click("button.db-explore")
    page.wait_for_selector(".db-live svg")
    page.keyboard.press("Home")
    first = page.locator("#figures tbody tr").last
    period, figure = (first.locator(":scope > *").nth(n).inner_text() for n in (0, 1))
    expect(page.locator(".db-live-status")).to_have_text(f"Southampton, {period}: {figure}%")
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
    page.wait_for_url("**/areas/derby/persistent-absence/")
    page.click("text=Other figures of Derby")
    page.wait_for_url("**/areas/derby/")
    page.go_back()
    page.click("text=This figure in other places")
    page.click("#ranked >> text=Leeds")
    page.wait_for_url("**/areas/leeds/persistent-absence/")


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


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_the_line_of_the_place_is_marked_in_the_table_of_all(opens: Opens, script: bool) -> None:
    page = opens(PAGE, script=script).page
    page.click("text=This figure in other places")
    page.wait_for_url("**#place-southampton")
    line = page.locator("#ranked tr:target")
    assert line.locator("th").inner_text() == "Southampton"
    other = page.locator("#ranked tbody tr:not(:target):not(.db-own) td").first
    ground = "element => getComputedStyle(element).backgroundColor"
    assert line.locator("td").first.evaluate(ground) != other.evaluate(ground)


def test_a_place_that_was_chosen_stays_in_the_address(opens: Opens) -> None:
    watched = opens("areas/derby/")
    page = watched.page
    page.click(".db-tabs >> text=Indicators")
    page.wait_for_url("**/indicators/?place=derby")
    expect(page.locator(".db-chosen")).to_contain_text("You chose Derby")
    page.click("#main table >> text=Pupils who miss a tenth or more of school")
    page.wait_for_url("**/indicators/persistent-absence/?place=derby")
    page.click("text=This figure there")
    page.wait_for_url("**/areas/derby/persistent-absence/")
    page.goto(page.url.replace("areas/derby/persistent-absence/", "search/?q=absence&place=derby"))
    page.wait_for_selector(".db-results a")
    assert "/areas/derby/" in str(page.locator(".db-results a").first.get_attribute("href"))
    page.fill("input[type=search]", "school")
    page.wait_for_url("**/search/?q=school&place=derby")
    page.click("text=Choose none")
    page.wait_for_url("**/search/?q=school")
    assert watched.faults == []


def test_an_address_that_names_no_place_of_the_book_says_nothing(opens: Opens) -> None:
    watched = opens("indicators/?place=<b>nowhere</b>")
    watched.page.wait_for_load_state("networkidle")
    assert watched.page.locator(".db-chosen").count() == 0
    assert watched.faults == []
