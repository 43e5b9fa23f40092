"""Nothing untrue is published: every figure that the site shows is one of the source's.

Reads the finished site as a stranger would, with the standard library, and holds it against the
rows of `scorecards/`. Periods, units and rounding are worked out here a second time on purpose.
"""

from __future__ import annotations

import csv
import json
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

REPOSITORY = Path(__file__).parents[1]
INDICATORS = sorted(p.parent for p in REPOSITORY.glob("scorecards/indicators/*/indicator.yaml"))
AREAS = {
    row["code"]: row["name"]
    for row in csv.DictReader((REPOSITORY / "scorecards/areas/areas.csv").open(encoding="utf-8"))
}
PLACE, MEAN = "Portsmouth", re.compile(r"Similar places \(mean\)")


class Tables(HTMLParser):
    """Every table of a page: its caption, its headings, and its rows of cell texts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: list[dict] = []
        self._cell: list[str] | None = None
        self._caption = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append({"caption": "", "rows": []})
        elif tag == "tr" and self.tables:
            self.tables[-1]["rows"].append([])
        elif tag in ("th", "td") and self.tables:
            self._cell = []
        elif tag == "caption":
            self._caption = True

    def handle_endtag(self, tag):
        if tag in ("th", "td") and self._cell is not None:
            self.tables[-1]["rows"][-1].append(" ".join("".join(self._cell).split()))
            self._cell = None
        elif tag == "caption":
            self._caption = False

    def handle_data(self, data):
        if self._cell is not None:
            self._cell.append(data)
        elif self._caption:
            self.tables[-1]["caption"] += data

    def captioned(self, start: str) -> dict:
        return next(t for t in self.tables if t["caption"].startswith(start))


@cache
def declared(folder: Path) -> dict:
    return yaml.load((folder / "indicator.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)


@cache
def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def source_rows(folder: Path) -> dict[tuple[str, ...], dict[str, str]]:
    """Rows of data.csv by period, area and groups."""
    groups = [b["column"] for b in declared(folder).get("breakdowns", [])]
    return {(r["period"], r["area"], *(r[g] for g in groups)): r for r in rows(folder / "data.csv")}


@cache
def everybody(folder: Path) -> dict[tuple[str, str], dict[str, str]]:
    """Rows about everybody by the period as readers see it and the area's name."""
    totals = [b.get("total", "All") for b in declared(folder).get("breakdowns", [])]
    kind = declared(folder)["periods"]
    return {
        (seen(key[0], kind), AREAS[key[1]]): row
        for key, row in source_rows(folder).items()
        if list(key[2:]) == totals
    }


def seen(period: str, kind: str) -> str:
    """A period as tables print it."""
    if kind.endswith("-snapshot"):
        return f"{kind.split('-')[0].title()[:3]} {period}"
    if kind.startswith("pooled"):
        first, last = period.split("-")
        return f"{first} to {last}"
    return period


def shown(row: dict[str, str], decimals: int) -> str:
    """A figure as tables print it, with its shorthand."""
    marks = " ".join(f"[{m}]" for m in re.findall(r"[a-z]+", row.get("marker") or ""))
    if row["value"] == "":
        return marks
    return f"{rounded(Decimal(row['value']), decimals)} {marks}".strip()


def rounded(number: Decimal, decimals: int) -> str:
    figure = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{abs(figure):,f}" if figure >= 0 or figure == 0 else f"−{abs(figure):,f}"


@pytest.fixture(params=INDICATORS, ids=lambda folder: folder.name)
def folder(request) -> Path:
    return request.param


def page_of(site: Path, folder: Path) -> str:
    return (site / "indicators" / folder.name / "index.html").read_text(encoding="utf-8")


def test_every_cell_of_the_figures_table_is_a_row_of_the_source(demonstration, folder):
    decimals = int(declared(folder).get("decimals", 1))
    source = everybody(folder)
    head, *body = Tables(page_of(demonstration, folder)).captioned("The figures")["rows"]
    checked = 0
    for row in body:
        for name, text in zip(head[1:], row[1:], strict=True):
            if name == "95% interval" or MEAN.match(name):
                continue
            found = source.get((row[0], name))
            assert text == (shown(found, decimals) if found else "[x]"), (row[0], name)
            checked += 1
    assert checked >= 3 * len(body) - len(body)


def test_every_published_figure_of_the_place_is_on_its_page(demonstration, folder):
    decimals = int(declared(folder).get("decimals", 1))
    table = Tables(page_of(demonstration, folder)).captioned("The figures")
    printed = {(r[0], r[1]) for r in table["rows"][1:]}
    for (period, area), row in everybody(folder).items():
        if area == PLACE:
            assert (period, shown(row, decimals)) in printed


def test_the_mean_of_similar_places_is_the_mean_of_their_published_figures(demonstration, folder):
    decimals = int(declared(folder).get("decimals", 1))
    source = everybody(folder)
    neighbours = [
        AREAS[r["neighbour"]] for r in rows(REPOSITORY / "scorecards/areas/neighbours.csv")
    ]
    head, *body = Tables(page_of(demonstration, folder)).captioned("The figures")["rows"]
    column = next((i for i, name in enumerate(head) if MEAN.match(name)), None)
    if column is None:
        pytest.skip("too few similar places have figures")
    for row in body:
        if row[column].startswith("["):
            continue
        values = [
            Decimal(source[row[0], name]["value"])
            for name in neighbours
            if (row[0], name) in source and source[row[0], name]["value"]
        ]
        mean = sum(values) / len(values)
        printed = Decimal(row[column].split()[0].replace(",", "").replace("−", "-"))
        # Half a unit of the last place, and a hair for binary arithmetic.
        assert abs(mean - printed) <= Decimal("0.5000001").scaleb(-decimals)


def test_every_place_in_the_table_of_places_is_a_row_of_the_source(demonstration, folder):
    decimals = int(declared(folder).get("decimals", 1))
    source = everybody(folder)
    head, *body = Tables(page_of(demonstration, folder)).captioned("All places")["rows"]
    for row in body:
        for period, text in zip(head[1:], row[1:], strict=True):
            found = source.get((period, row[0]))
            assert text == (shown(found, decimals) if found else "[x]"), (period, row[0])


def test_every_group_is_a_row_of_the_source(demonstration, folder):
    about = declared(folder)
    source, kind = source_rows(folder), about["periods"]
    decimals = int(about.get("decimals", 1))
    breakdowns = about.get("breakdowns", [])
    tables = Tables(page_of(demonstration, folder))
    for number, breakdown in enumerate(breakdowns):
        head, *body = tables.captioned(f"{breakdown['title']}: figures for")["rows"]
        for row in body:
            for group, text in zip(head[1:], row[1:], strict=True):
                groups = [
                    group if i == number else b.get("total", "All")
                    for i, b in enumerate(breakdowns)
                ]
                found = [
                    r
                    for key, r in source.items()
                    if seen(key[0], kind) == row[0]
                    and AREAS[key[1]] == PLACE
                    and list(key[2:]) == groups
                ]
                assert text == (shown(found[0], decimals) if found else "[x]"), (row[0], group)


def test_every_row_can_be_downloaded_as_it_stands_in_the_source(demonstration, folder):
    site = demonstration / "indicators" / folder.name / "data.csv"
    groups = [b["column"] for b in declared(folder).get("breakdowns", [])]
    got = {(r["period"], r["area"], *(r[g] for g in groups)): r for r in rows(site)}
    source = source_rows(folder)
    assert got.keys() == source.keys()
    for key, row in source.items():
        for column in ("value", "numerator", "denominator", "lower", "upper"):
            mine, theirs = got[key][column], row.get(column) or ""
            assert (mine == "") is (theirs == ""), (key, column)
            if mine:
                assert Decimal(mine) == Decimal(theirs), (key, column)
        assert (got[key]["marker"] or "") == (row.get("marker") or ""), key


def test_the_sentence_and_the_index_say_the_newest_figure(demonstration, folder):
    about, page = declared(folder), page_of(demonstration, folder)
    decimals = int(about.get("decimals", 1))
    own = [
        (key, row)
        for key, row in source_rows(folder).items()
        if AREAS[key[1]] == PLACE
        and list(key[2:]) == [b.get("total", "All") for b in about.get("breakdowns", [])]
        and row["value"]
    ]
    key, newest = max(own, key=lambda item: item[0][0])
    index = json.loads((demonstration / "data/index.json").read_text(encoding="utf-8"))
    entry = next(e for e in index["indicators"] if e["slug"] == folder.name)
    assert entry["latest"]["period"] == key[0]
    assert Decimal(str(entry["latest"]["value"])) == Decimal(newest["value"])
    sentence = re.search(r'<div class="db-finding">\s*<p>(.*?)</p>', page, re.DOTALL)[1]
    assert rounded(Decimal(newest["value"]), decimals) in sentence


def unfolded(rows):
    """Rows of one figure each: a line's row holds all its figures."""
    for row in rows:
        for y in row["y"] if isinstance(row["y"], list) else [row["y"]]:
            yield {**row, "y": y}


def test_every_line_and_point_of_the_chart_is_a_published_figure(demonstration, folder):
    spec = json.loads(
        (demonstration / "indicators" / folder.name / "trend.vl.json").read_text(encoding="utf-8")
    )
    marks = list(unfolded(spec["datasets"]["marks"]))
    published = {float(r["value"]) for r in everybody(folder).values() if r["value"]}
    looks = {"line-own", "line-country", "line-region", "line-peer", "dot-own", "dot-own-latest"}
    drawn = [mark["y"] for mark in marks if mark.get("look") in looks]
    assert drawn
    assert set(drawn) <= published
    own = {float(r["value"]) for k, r in everybody(folder).items() if k[1] == PLACE and r["value"]}
    assert own <= {m["y"] for m in marks if m.get("look", "").startswith("dot-own")} | {
        m["y"] for m in marks if m.get("look") == "line-own"
    }


def test_the_picture_puts_each_figure_of_the_place_at_its_height(demonstration, folder):
    """Heights of the picture's points, read back through its scale, are the published figures."""
    spec = json.loads(
        (demonstration / "indicators" / folder.name / "trend.vl.json").read_text(encoding="utf-8")
    )
    scale = {p["name"]: p["value"] for p in spec["params"]}
    svg = (demonstration / "indicators" / folder.name / "trend.svg").read_text(encoding="utf-8")
    floor = float(re.search(r'class="c-axis".*?y1="([\d.]+)"', svg)[1])
    ceiling = min(float(y) for y in re.findall(r'<line x1="0" y1="([\d.]+)"', svg))
    low, high = scale["y_low"], scale["y_high"]
    own = "".join(re.findall(r'<g class="c-own(?:-[a-z]+)?"[^>]*>(.*?)</g>', svg))
    heights = [float(y) for y in re.findall(r'cy="([\d.]+)"', own)]
    heights += [float(y) for _, y in re.findall(r"[ML]([\d.]+),([\d.]+)", own)]
    figures = [
        float(r["value"]) for k, r in everybody(folder).items() if k[1] == PLACE and r["value"]
    ]
    unit = (high - low) / (floor - ceiling)
    for figure in figures:
        y = floor - (figure - low) / unit
        assert min(abs(y - height) for height in heights) <= 0.5, figure
    for height in heights:
        figure = low + (floor - height) * unit
        assert min(abs(figure - f) for f in figures) <= 0.5 * unit, height
