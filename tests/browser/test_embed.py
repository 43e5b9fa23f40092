"""A chart in another site's page: shown there whole, without a script; no other page is."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import Opens, Site, headers_at, rules
from browser.test_accessibility import in_each_look
from databook.pages import EMBED_POLICY

pytestmark = pytest.mark.browser

INDICATOR = "indicators/early-development/"
EMBEDS = {
    "trend": f"{INDICATOR}embed/",
    "neighbours": f"{INDICATOR}embed/neighbours/",
    "groups": f"{INDICATOR}embed/group-ethnicity/",
    "measure": "programmes/example-mentoring/matched-in-30-days/embed/",
}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """A site of somebody else's: `elsewhere(html)` is the address of a page with that in it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def page(html: str) -> str:
        (tmp_path / "index.html").write_text(f"<!doctype html><title>Elsewhere</title>{html}")
        return f"http://127.0.0.1:{server.server_port}/"

    yield page
    server.shutdown()


@pytest.fixture
def silent(chromium: Browser) -> Iterator[Page]:
    """A browser in which no script runs."""
    context = chromium.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def code_of(site: Site, path: str, name: str) -> str:
    """The code that a page offers for one of its charts, for this test's address of the book."""
    text = (site.folder / path / "index.html").read_text(encoding="utf-8")
    code = unescape(re.search(rf'id="code-{name}"[^>]*>(.*?)</textarea>', text, re.DOTALL)[1])
    address = (site.folder / "robots.txt").read_text().split("Sitemap: ")[1].split("sitemap")[0]
    assert address in code
    return code.replace(address, site.address)


@pytest.mark.parametrize("name", ["trend", "neighbours", "group-ethnicity"])
def test_the_code_on_the_page_shows_the_chart_on_another_site_without_a_script(
    site: Site, elsewhere, silent: Page, name: str
) -> None:
    code = code_of(site, INDICATOR, name)
    silent.goto(elsewhere(code))
    assert not silent.url.startswith(site.host)
    frame = silent.frame_locator("iframe")
    expect(frame.locator("svg:visible")).to_have_count(1)
    expect(frame.locator(".db-from a")).to_be_visible()  # the last part of the page
    assert frame.locator("h1").inner_text()
    assert frame.locator(".db-answer").inner_text().endswith(".")
    said = frame.locator("body").inner_text()
    assert "Source: Department for Education" in said
    assert "2026-q4" in said
    assert "not a publication of Portsmouth City Council" in said
    # Its way home leads out of the frame, to the chart's place on its page.
    frame.locator(".db-from a").click()
    silent.wait_for_url(f"{site.address}{INDICATOR}#chart-{name}")


def test_the_measure_of_an_invented_service_says_so_in_its_frame(
    site: Site, elsewhere, silent: Page
) -> None:
    path = EMBEDS["measure"].removesuffix("embed/")
    silent.goto(elsewhere(code_of(site, path, "trend")))
    assert "Invented figures" in silent.frame_locator("iframe").locator("body").inner_text()


def test_the_frame_has_the_words_that_replace_the_picture(opens: Opens) -> None:
    page = opens(EMBEDS["trend"], script=False).page
    svg = page.locator("svg.db-wide")
    said = svg.get_attribute("aria-labelledby").split()
    assert len(said) == 2
    assert all(page.locator(f"#{name}").text_content() for name in said)
    assert page.evaluate("document.querySelectorAll('[id]').length") == page.evaluate(
        "new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size"
    )


@pytest.mark.parametrize("path", ["", INDICATOR, f"{INDICATOR}report/", "areas/", "programmes/"])
def test_no_other_page_is_shown_in_a_frame(
    site: Site, elsewhere, chromium: Browser, path: str
) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(elsewhere(f'<iframe src="{site.address}{path}"></iframe>'))
    page.wait_for_load_state("networkidle")
    while not (shown := page.frames[1].url) or shown == "about:blank":
        page.wait_for_event("framenavigated")
    assert shown.startswith("chrome-error:")
    context.close()


def test_every_page_but_the_charts_is_sent_with_the_word_that_nobody_may_frame_it(
    site: Site,
) -> None:
    found = rules(site.folder / "_headers")
    pages = ["/" + path for path in site.pages()]
    assert len(pages) > 300
    for page in [*pages, *(f"/editions/2026-q4{page}" for page in pages)]:
        sent = headers_at(found, page)
        policies = [value for name, value in sent if name == "Content-Security-Policy"]
        refused = ("X-Frame-Options", "DENY") in sent and "frame-ancestors 'none'" in policies
        if "/embed/" in page:
            assert not [value for name, value in sent if name == "X-Frame-Options"], page
            assert f"{EMBED_POLICY}; frame-ancestors *" in policies, page
            assert not any("frame-ancestors 'none'" in policy for policy in policies), page
        else:
            assert refused, page
    # The smallest of the hosts that read such a file reads a hundred rules.
    assert len(found) <= 100


@pytest.mark.parametrize("kind", EMBEDS)
def test_it_asks_for_nothing_but_its_style(opens: Opens, site: Site, kind: str) -> None:
    seen = opens(EMBEDS[kind])
    seen.page.wait_for_load_state("networkidle")
    assert seen.strangers == []
    assert seen.faults == []
    asked = {url.removeprefix(site.address).partition("?")[0] for url in seen.fetched}
    assert asked == {EMBEDS[kind], "assets/databook/embed.css"}
    meta = seen.page.locator('meta[http-equiv="Content-Security-Policy"]')
    assert meta.get_attribute("content") == EMBED_POLICY


@pytest.mark.parametrize("kind", EMBEDS)
def test_it_violates_no_criterion_in_either_scheme_at_either_width(opens: Opens, kind: str) -> None:
    page = opens(EMBEDS[kind]).page
    assert list(in_each_look(page)) == []
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_code_and_the_words_can_be_read_without_a_script_and_copied_with_one(
    opens: Opens, site: Site
) -> None:
    page = opens(INDICATOR, script=False).page
    share = page.locator(".db-share").first
    share.locator("summary").click()
    assert "<iframe" in share.locator("textarea").first.input_value()
    assert share.locator("textarea").first.get_attribute("readonly") is not None
    assert share.locator("button").count() == 0
    page = opens(INDICATOR).page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.host)
    share = page.locator(".db-share").first
    share.locator("summary").click()
    share.locator("textarea + button").first.click()
    page.wait_for_selector("text=Copied")
    pasted = page.evaluate("navigator.clipboard.readText()")
    assert pasted == share.locator("textarea").first.input_value()


def test_a_png_can_be_had_of_every_chart(opens: Opens) -> None:
    """From the book where it holds one, else from the reader's own browser."""
    seen = opens(INDICATOR)
    for share in seen.page.locator(".db-share").all():
        share.locator("summary").click()
        with seen.page.expect_download() as waiting:
            share.locator("text=Picture (PNG)").click()
        file = Path(waiting.value.path())
        assert waiting.value.suggested_filename.startswith("early-development-")
        assert file.read_bytes().startswith(b"\x89PNG")
        assert int.from_bytes(file.read_bytes()[16:20], "big") == 2 * 808
    assert seen.faults == []
