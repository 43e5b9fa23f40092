"""The report of what changes, opened from the disk as it comes out of a pull request."""

from __future__ import annotations

import shutil
from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import Browser

from databook.cli.commands import databook

from .test_accessibility import in_each_look

TINY = Path(__file__).parents[1] / "cases" / "books" / "tiny"


def test_the_report_can_be_read_by_all_and_asks_for_nothing(
    chromium: Browser, tmp_path: Path
) -> None:
    after, out = tmp_path / "after", tmp_path / "changes.html"
    shutil.copytree(TINY, after)
    data = after / "scorecards/indicators/reading/data.csv"
    old, new = "2025,N1,All,74.2,742,1000,71.4,76.8,p,", "2025,N1,All,76.2,762,1000,73.4,78.8,,"
    data.write_text(data.read_text("utf-8").replace(old, new), "utf-8")
    settings = after / "scorecards/databook.yaml"
    settings.write_text(settings.read_text("utf-8").replace("2026-q1", "2026-q2"), "utf-8")
    words = ["diff", TINY, after, "--book", after, "--format", "html", "--out", out]
    done = CliRunner().invoke(databook, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    context = chromium.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(out.as_uri())
    assert list(in_each_look(page)) == []
    assert page.locator("svg").count() == 2
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert asked == [out.as_uri()]
    assert complaints == []
    context.close()
