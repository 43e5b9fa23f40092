"""Pages at old addresses lead on to where the page is now, without a script and past no one."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from databook import pipeline
from test_mistakes import TINY

MOVED = """moved:
  - old: indicators/reading-at-ten/
    new: indicators/reading/
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("moved") / "book"
    shutil.copytree(TINY, root)
    settings = root / "scorecards/databook.yaml"
    settings.write_text(settings.read_text("utf-8") + MOVED, "utf-8")
    built = pipeline.build(pipeline.Order(root=root, out=root / "site"))
    assert not built.failed, built.problems
    return root / "site"


def test_an_old_address_leads_on_without_a_script(site: Path) -> None:
    page = (site / "indicators/reading-at-ten/index.html").read_text("utf-8")
    assert 'http-equiv="refresh" content="0; url=../../indicators/reading/"' in page
    assert '<a href="../../indicators/reading/">' in page
    assert '<link rel="canonical" href="https://example.org/tiny/indicators/reading/">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert "<script" not in page


def test_pages_below_it_lead_on_too_and_each_to_a_page_that_is_there(site: Path) -> None:
    old = site / "indicators/reading-at-ten"
    for page in old.rglob("index.html"):
        (target,) = re.findall(r"0; url=([^\"]*)", page.read_text("utf-8"))
        assert (page.parent / target / "index.html").resolve().is_file()
    below = {p.parent.name for p in old.rglob("index.html")}
    assert {"report", "embed", "history"} <= below


def test_neither_the_search_nor_the_site_map_knows_the_old_address(site: Path) -> None:
    assert "reading-at-ten" not in (site / "sitemap.xml").read_text("utf-8")
    assert "reading-at-ten" not in (site / "data/index.json").read_text("utf-8")


def test_a_second_build_keeps_the_pages_and_one_without_the_line_takes_them_away(
    site: Path,
) -> None:
    root = site.parent
    again = pipeline.build(pipeline.Order(root=root, out=site))
    assert not again.changed
    assert (site / "indicators/reading-at-ten/index.html").is_file()
    settings = root / "scorecards/databook.yaml"
    settings.write_text(settings.read_text("utf-8").replace(MOVED, ""), "utf-8")
    pipeline.build(pipeline.Order(root=root, out=site))
    assert not (site / "indicators/reading-at-ten/index.html").exists()
