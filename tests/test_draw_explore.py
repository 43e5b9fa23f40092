"""The interactive chart in a real browser, under the strict Content-Security-Policy."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from databook import draw, theme
from databook.charts import Chart
from draw_cases import finding, forecast, indicator, series

pytestmark = pytest.mark.browser

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Chart</title>
<link rel="icon" href="assets/databook/icon.svg">
<link rel="stylesheet" href="assets/databook/book.css">
<link rel="stylesheet" href="assets/databook/pages.css">
<link rel="stylesheet" href="assets/databook/charts.css">
<body><main class="md-typeset db-card"><h1>Chart</h1>
<figure class="db-chart"><div class="db-wide">{wide}</div><div class="db-narrow">{narrow}</div>
<figcaption>Said. <button type="button" class="db-explore" data-spec="{name}.vl.json" hidden
>Explore this chart</button></figcaption></figure></main>
<script type="module" src="assets/databook/explore.js"></script></body></html>"""


class _Strict(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def _charts() -> tuple[Chart, ...]:
    own = series([10.0, 12.5, None, 11.0, 9.5])
    near = tuple(series([9.0 + n, 10.0, None, 9.0, 8.0], name=f"Place {n}") for n in range(1, 5))
    england = series([8.0, 9.0, None, 9.0, 8.5], name="England")
    case = finding(own, country=england, neighbours=near, baseline=forecast(own, 3, 1.0))
    made = draw.charts(case, indicator())
    return tuple(c for c in (made.trend, made.neighbours) if c)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    (folder / "assets").symlink_to(Path(theme.folder()) / "assets")
    for chart in _charts():
        (folder / f"{chart.name}.vl.json").write_text(json.dumps(chart.spec), encoding="utf-8")
        page = PAGE.format(wide=chart.wide, narrow=chart.narrow, name=chart.name)
        (folder / f"{chart.name}.html").write_text(page, encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Strict, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    chromium = which("chromium") or which("chromium-browser") or which("google-chrome")
    if chromium is None:
        pytest.fail("Chromium is not installed: apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.mark.parametrize("width", [1000, 340])
@pytest.mark.parametrize("name", ["trend", "neighbours"])
def test_the_interactive_chart_runs_under_the_policy_and_answers_the_keyboard(
    site: str, browser: Any, name: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda fault: said.append(str(fault)))
    page.goto(f"{site}{name}.html")
    button = page.get_by_role("button")
    assert button.inner_text() == "Explore this chart"
    assert not any("vega" in url or "vl.json" in url for url in asked)

    button.click()
    page.wait_for_selector(".db-exploring .db-canvas svg")
    assert said == []
    assert all(url.startswith(site) for url in asked)
    assert not page.locator("svg.db-wide, svg.db-narrow").locator("visible=true").count()
    hints = sum(len(row["x"]) for row in _spec(name)["datasets"]["marks"] if row["look"] == "hint")
    assert page.locator(".hint_marks path").count() == hints > 10

    page.keyboard.press("Home")
    first = page.get_by_role("status").inner_text()
    page.keyboard.press("ArrowRight")
    second = page.get_by_role("status").inner_text()
    assert first != second
    assert "2014/15: " in first
    assert page.locator(".db-tip").inner_text() == second
    page.keyboard.press("Escape")
    assert page.locator(".db-tip").is_hidden()

    page.locator(".hint_marks path").last.hover()
    assert page.locator(".db-tip").is_visible()
    box, tip = page.locator(".db-stage").bounding_box(), page.locator(".db-tip").bounding_box()
    assert box["x"] <= tip["x"] + 1
    assert tip["x"] + tip["width"] <= box["x"] + box["width"] + 1

    button.click()
    assert page.locator("svg.db-wide, svg.db-narrow").locator("visible=true").count() == 1
    assert button.inner_text() == "Explore this chart"
    assert said == []
    page.close()


def _spec(name: str) -> Any:
    return next(c.spec for c in _charts() if c.name == name)


def test_a_chart_that_cannot_be_fetched_leaves_the_picture(site: str, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    page.route("**/*.vl.json", lambda route: route.abort())
    page.goto(f"{site}trend.html")
    page.get_by_role("button").click()
    page.get_by_text("could not be loaded; try again").wait_for()
    assert page.locator("svg.db-wide").is_visible()
    page.close()


@pytest.mark.parametrize("width", [1000, 700, 660, 320])
@pytest.mark.parametrize("name", ["trend", "neighbours"])
def test_the_browser_shows_no_word_smaller_than_12_px_or_outside_the_picture(
    site: str, browser: Any, name: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{site}{name}.html")
    found = page.evaluate(
        """() => {
        const svg = [...document.querySelectorAll('svg[role=img]')].find(s => s.clientWidth);
        const [w, h] = [svg.viewBox.baseVal.width, svg.viewBox.baseVal.height];
        const scale = svg.getBoundingClientRect().width / w, edge = svg.getBoundingClientRect();
        return { width: edge.width, texts: [...svg.querySelectorAll('text')].map(t => {
          const b = t.getBoundingClientRect();
          return { text: t.textContent, size: parseFloat(getComputedStyle(t).fontSize) * scale,
            out: b.left < edge.left - 1 || b.right > edge.right + 1 || b.top < edge.top - 1
              || b.bottom > edge.bottom + 1 }; }) }; }"""
    )
    assert found["texts"]
    assert [t for t in found["texts"] if t["size"] < 12 or t["out"]] == []
    page.close()
