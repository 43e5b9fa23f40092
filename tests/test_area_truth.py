"""The pages of many places say nothing but what the source says of those places.

Reads the finished demonstration as a stranger would, and holds it against `scorecards/`.
"""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from databook.findings import TurnWord, Verdict
from databook.observations import MARKERS
from databook.words import MISSING
from test_truth import AREAS, Tables, declared, everybody, folder, shown  # noqa: F401 - a fixture

OWN = "Portsmouth"
STATUS = re.compile(r"[●◆■○]")


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def pages(site: Path, indicator: str) -> dict[str, str]:
    """The pages of an indicator in other places, by the place's name."""
    names = {slug(name): name for name in AREAS.values()}
    return {
        names[page.parts[-3]]: page.read_text(encoding="utf-8")
        for page in site.glob(f"areas/*/{indicator}/index.html")
    }


def test_every_cell_of_a_place_s_figures_is_a_row_of_the_source(demonstration, folder):  # noqa: F811
    decimals = int(declared(folder).get("decimals", 1))
    source, checked = everybody(folder), 0
    found = pages(demonstration, folder.name)
    assert found
    for name, html in found.items():
        head, *body = Tables(html).captioned("The figures")["rows"]
        assert head[1] == name
        for row in body:
            for place, text in zip(head[1:], row[1:], strict=True):
                if place == "95% interval" or place.startswith("Similar places"):
                    continue
                row_of = source.get((row[0], place))
                assert text == (shown(row_of, decimals) if row_of else "[x]"), (name, row[0], place)
                checked += 1
    assert checked > 50


def test_every_published_figure_of_a_place_is_on_its_page(demonstration, folder):  # noqa: F811
    decimals = int(declared(folder).get("decimals", 1))
    found = pages(demonstration, folder.name)
    printed = {
        (name, row[0], row[1])
        for name, html in found.items()
        for row in Tables(html).captioned("The figures")["rows"][1:]
    }
    local = {name for code, name in AREAS.items() if code.startswith("E0")} - {OWN}
    for (period, area), row in everybody(folder).items():
        if area in local:
            assert (area, period, shown(row, decimals)) in printed


def test_all_places_stand_in_the_list_with_their_figures(demonstration, folder):  # noqa: F811
    decimals = int(declared(folder).get("decimals", 1))
    html = (demonstration / f"indicators/{folder.name}/areas/index.html").read_text("utf-8")
    table = Tables(html).captioned("Every place")
    period = re.match(r"Every place, (.*?), ", table["caption"]).group(1)
    head, *body = table["rows"]
    at = head.index("Figure")
    sure = [(row[1], row[at]) for row in body if row[0]]
    assert len(sure) >= 2
    for name, text in sure:
        row = everybody(folder)[(period, name)]
        assert re.sub(r"[%£]| days$| \[.*", "", text) == shown(row, decimals).split(" [")[0]
    ranks = [int(row[0]) for row in body if row[0]]
    assert ranks == sorted(ranks)


def test_the_front_page_and_its_file_hold_the_newest_figures(demonstration):
    local = {code: name for code, name in AREAS.items() if code.startswith("E0")}
    for name in local.values():
        text = (demonstration / f"areas/{slug(name)}/latest.csv").read_text("utf-8")
        html = (demonstration / f"areas/{slug(name)}/index.html").read_text("utf-8")
        lines = list(csv.DictReader(io.StringIO(text)))
        assert len(lines) > 30
        for line in lines:
            home = Path(__file__).parents[1] / "scorecards/indicators" / line["indicator"]
            rows = everybody(home)
            row = rows[(line["period"], name)]
            if line["value"]:
                assert float(line["value"]) == float(row["value"])
            else:
                assert row["value"] == ""
            assert html.count(f'{line["indicator"]}/"') >= 1
            assert line["against_country"] in {"", *Verdict}
            assert line["against_forecast"] in {"", *TurnWord}
            assert (line["country_tested"] == "") == (line["against_country"] == "")
            assert (line["forecast_reconstructed"] == "") == (line["against_forecast"] == "")


def test_what_is_portsmouth_s_own_is_told_of_no_other_place(demonstration):
    for page in demonstration.glob("areas/*/*/index.html"):
        if page.parent.name.startswith("beside-"):
            continue
        html = page.read_text("utf-8")
        main = html[html.index("<main") : html.index("</main>")]
        unpublished = "No figure is published for" in main
        assert unpublished or "No target is set for this place" in main
        assert "Turning the curve: what works" not in main
        assert "illustrative" not in main.replace("is illustrative", ""), page
        assert "c-target" not in main, page


def test_a_reconstructed_forecast_is_called_so_wherever_it_judges(demonstration):
    seen = 0
    for page in demonstration.glob("areas/*/*/index.html"):
        html = page.read_text("utf-8")
        if 'class="c-frozen"' in html:
            seen += 1
            assert "reconstructed" in html[html.index("db-finding") : html.index("db-cols")]
            assert "Against the reconstructed forecast" in html
    assert seen > 20


def test_each_symbol_on_a_page_is_explained_there(demonstration):
    parts = [demonstration / name for name in ("areas", "frameworks", "indicators", "programmes")]
    for path in [page for part in parts for page in part.rglob("index.html")]:
        main = path.read_text("utf-8").partition("<main")[2].partition("</main>")[0]
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))
        for mark in set(re.findall(r"\[(b|c|e|er|k|low|p|r|u|w|x|z)\]", text)):
            meanings = (MARKERS[mark].split(":")[0], MISSING.get(mark, ""))
            assert any(f"[{mark}] {one}" in text for one in meanings if one), (path, mark)


def test_search_is_told_of_each_figure_of_each_place(demonstration):
    home = demonstration / "areas/sheffield"
    told = json.loads((home / "find.json").read_text("utf-8"))
    assert told["place"] == "Sheffield"
    parts = [home / f"find-{number}.json" for number in range(told["parts"])]
    pages = [json.loads(part.read_text("utf-8")) for part in parts]
    for name, (sentence, status) in (page for part in pages for page in part.items()):
        assert (home / name / "index.html").is_file()
        assert sentence
        assert status
    assert sorted(name for part in pages for name in part) == sorted(
        page.parent.name for page in home.glob("*/index.html") if "beside-" not in page.parent.name
    )
    assert max(len(part.read_bytes()) for part in parts) < 4_000


@pytest.mark.parametrize("name", ["sheffield", "portsmouth"])
def test_every_link_of_a_front_page_leads_somewhere(demonstration, name):
    home = demonstration / "areas" / name
    html = (home / "index.html").read_text("utf-8")
    for link in set(re.findall(r'<a [^>]*href="([^"#:]+)"', html)):
        target = (home / link).resolve()
        assert target.is_file() or (target / "index.html").is_file(), link


def test_links_from_an_indicator_in_a_place_stay_in_the_place_or_lead_somewhere(demonstration):
    for home in (demonstration / "areas/derby").glob("*/"):
        html = (home / "index.html").read_text("utf-8")
        for link in set(re.findall(r'<a [^>]*href="([^"#:]+)(?=["#])', html)):
            target = (home / link).resolve()
            assert target.is_file() or (target / "index.html").is_file(), (home.name, link)


def test_pages_of_places_are_light(demonstration):
    sizes = [p.stat().st_size for p in demonstration.glob("areas/*/*/index.html")]
    assert max(sizes) < 45_000
    assert sum(sizes) / len(sizes) < 30_000
