"""Pages about what earlier editions said: read without a script, on a telephone, and by axe."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

import editions
from browser.conftest import Opens, Site, served
from browser.test_accessibility import in_each_look
from test_past import DATA, NEW, change, edition, publish

pytestmark = pytest.mark.browser

HISTORY = "indicators/reading/history/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Two editions of the tiny book; the second revises figures and adds some."""
    home = tmp_path_factory.mktemp("past")
    book, out = editions.repository(home / "book"), home / "site"
    assert not publish(book, out).failed
    change(
        book, DATA,
        ("2025,N1,All,74.2,742,1000,71.4,76.8,p,", "2025,N1,All,73.1,731,1000,70.3,75.8,p,Late"),
        ("2025,C1,All,72.9,,,,,p,\n", "2025,C1,All,72.9,,,,,p,\n" + NEW),
    )  # fmt: skip
    edition(book, "2026-q2", "2026-06-30")
    assert not publish(book, out).failed
    with served(out, "/tiny/") as found:
        yield found


@pytest.mark.parametrize("path", ["changes/", HISTORY, "editions/"])
def test_no_page_about_the_past_violates_a_criterion(opens: Opens, path: str) -> None:
    assert list(in_each_look(opens(path).page)) == []


@pytest.mark.parametrize("path", ["changes/", HISTORY])
def test_nothing_sticks_out_on_a_telephone_and_tables_can_be_reached(
    opens: Opens, path: str
) -> None:
    page = opens(path, width=320).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for box in page.locator("main .db-scroll").all():
        wide = box.evaluate("box => box.scrollWidth > box.clientWidth")
        expect(box).to_have_js_property("tabIndex", 0 if wide else -1)
        assert box.get_attribute("role") == "region"
    assert page.locator("main th:not([scope])").count() == 0


@pytest.mark.parametrize("path", ["changes/", HISTORY])
def test_all_of_it_is_there_without_a_script(opens: Opens, path: str) -> None:
    shown = opens(path, script=False).page.locator("main").inner_text()
    assert shown == opens(path).page.locator("main").inner_text()
    assert "73.1" in shown


def test_the_banner_of_an_older_edition_leads_to_what_changed_since(
    opens: Opens, site: Site
) -> None:
    page = opens(f"editions/2026-q1/{HISTORY}").page
    page.locator(".db-superseded").get_by_role("link", name="What changed since").click()
    page.wait_for_url(f"{site.address}changes/")
    page.locator("main").get_by_role("link", name="Editions", exact=True).first.click()
    page.wait_for_url(f"{site.address}editions/")
    page.get_by_role("link", name="What changed in 2026-q1").click()
    page.wait_for_url(f"{site.address}editions/2026-q1/changes/")
