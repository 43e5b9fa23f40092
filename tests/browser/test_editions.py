"""An older edition leads to the newest, or says what became of a page; so do corrected ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import expect

import editions
from browser.conftest import Opens, Site, served
from browser.test_accessibility import in_each_look

pytestmark = pytest.mark.browser

READING = "indicators/reading/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Two editions of the tiny book; the first was corrected, the second lost a page."""
    home = tmp_path_factory.mktemp("editions")
    press, out = editions.pressed(home / "press"), home / "site"
    press.publish(out, press.edition(1))
    page = (out / "index.html").read_bytes().replace(b"<h1>", b"<h1>Now right: ", 1)
    wanted = replace(
        press.edition(1, {"index.html": page}), correction=True, reason="A school was left out."
    )
    press.publish(out, wanted)
    press.publish(out, press.without(press.edition(2), f"{READING}index.html"))
    with served(out, "/tiny/") as found:
        yield found


def test_an_older_edition_leads_to_the_same_page_of_the_newest(opens: Opens, site: Site) -> None:
    watched = opens("editions/2026-e01/areas/")
    banner = watched.page.locator(".db-superseded")
    assert "There is a newer one, 2026-e02." in banner.inner_text()
    assert watched.page.locator('meta[name="robots"][content="noindex"]').count() == 1
    banner.locator("a").first.click()
    watched.page.wait_for_url(f"{site.address}areas/")
    assert watched.page.locator(".db-superseded").count() == 0
    assert watched.page.locator('meta[name="robots"]').count() == 0
    assert watched.faults == []


def test_a_page_that_is_no_more_is_told_of_on_the_way(opens: Opens) -> None:
    watched = opens(f"editions/2026-e01/{READING}")
    banner = watched.page.locator(".db-superseded")
    assert "does not have this page" in banner.inner_text()
    banner.locator("a").first.click()
    expect(watched.page.locator("h1")).to_have_text("This page is not in the newest edition")
    watched.page.get_by_role("link", name="The page as edition 2026-e01 has it").click()
    watched.page.wait_for_url(f"**/tiny/editions/2026-e01/{READING}")
    assert watched.faults == []


def test_what_was_corrected_says_so_where_it_still_stands(opens: Opens, site: Site) -> None:
    watched = opens("editions/2026-e01-r1/")
    banner = watched.page.locator(".db-superseded")
    assert "A school was left out." in banner.inner_text()
    banner.locator("a").first.click()
    watched.page.wait_for_url(f"{site.address}editions/2026-e01/")
    assert "A school was left out." in watched.page.locator(".db-corrected").inner_text()


def test_without_a_script_the_foot_of_the_page_leads_to_the_newest(opens: Opens) -> None:
    page = opens("editions/2026-e01/areas/", script=False).page
    line = page.locator(".db-address")
    assert line.is_visible()
    assert "edition 2026-e01" in line.inner_text()
    assert line.locator("a").first.get_attribute("href") == "https://example.org/tiny/areas/"


@pytest.mark.parametrize(
    "path", ["editions/", "editions/2026-e01/", "editions/2026-e01-r1/", READING]
)
def test_no_page_about_editions_violates_a_criterion(opens: Opens, path: str) -> None:
    page = opens(path).page
    if path.startswith("editions/2026"):
        page.wait_for_selector(".db-superseded")
    assert list(in_each_look(page)) == []
