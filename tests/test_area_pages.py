"""Books in which every place has pages, from the folder to the finished site."""

from __future__ import annotations

import csv
import re
import shutil
from importlib import import_module
from pathlib import Path

import pytest

import books
from databook import areas, words
from databook.areas import Group, Spread, View
from databook.model import Area
from databook.observations import MARKERS
from databook.periods import PeriodType, parse
from databook.pipeline import Built, Order, build
from databook.problems import Level


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = books.write_book(tmp_path_factory.mktemp("many") / "book", 5, 14, pages=True)
    # A region that is called as one of its boroughs is.
    table = root / "scorecards/areas/areas.csv"
    text = table.read_text("utf-8").replace("Southmarch,", "Borough 3,")
    table.write_text(text, "utf-8")
    done = books.databook("build", root, "--jobs", 1)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "build" / "site"


def test_the_same_bytes_come_from_one_process_and_from_two(tmp_path: Path) -> None:
    sites = []
    for jobs in (1, 2):
        root = books.write_book(tmp_path / str(jobs), 13, 6, pages=True)
        done = books.databook("build", root, "--jobs", jobs, PYTHONHASHSEED=str(jobs))
        assert done.returncode == 0, done.stderr
        sites.append(books.contents(root / "build" / "site"))
    assert len([name for name in sites[0] if re.match(r"areas/.*/index\.html", name)]) > 40
    assert books.differing(*sites) == []


def test_every_place_has_a_page_for_each_indicator_and_the_own_one_keeps_its_address(
    site: Path,
) -> None:
    fronts = sorted(p.parent.name for p in site.glob("areas/*/index.html"))
    assert len([name for name in fronts if re.fullmatch(r"borough-\d+", name)]) == 12
    assert len(list(site.glob("areas/borough-2/measure-*/index.html"))) == 5
    assert list(site.glob("areas/borough-1/measure-*/index.html")) == []
    own = (site / "areas/borough-1/index.html").read_text("utf-8")
    assert 'href="../../indicators/measure-00001/"' in own


def test_places_of_one_name_have_pages_of_their_own(site: Path) -> None:
    names = sorted(p.parent.name for p in site.glob("areas/borough-3*/index.html"))
    assert names == ["borough-3", "borough-3-allshires"]


def test_no_link_between_pages_of_places_leads_nowhere(site: Path) -> None:
    for page in [*site.glob("areas/**/index.html"), *site.glob("indicators/*/areas/index.html")]:
        html = page.read_text("utf-8").partition("<main")[2].partition("</main>")[0]
        for link in set(re.findall(r'<a [^>]*href="([^"#:]+)(?=["#])', html)):
            target = (page.parent / link).resolve()
            if target == site.resolve() / "method":
                continue  # a narrative page, which this made-up book has not
            assert target.is_file() or (target / "index.html").is_file(), (page, link)


def test_the_target_and_the_story_of_the_own_place_are_not_told_of_another(site: Path) -> None:
    own = (site / "indicators/measure-00001/index.html").read_text("utf-8")
    assert "Against target" in own
    assert "Rates rise where people wait long" in own
    for page in site.glob("areas/*/measure-00001/index.html"):
        html = page.read_text("utf-8")
        assert "No target is set for this place" in html
        assert "c-target" not in html
        assert "Rates rise where people wait long" not in html
        assert "Open later" not in html


def test_a_page_for_an_indicator_in_a_place_is_found_through_its_place_and_not_the_index(
    site: Path,
) -> None:
    assert (site / "areas/borough-2/find.json").is_file()
    listed = (site / "areas/index.json").read_text("utf-8")
    assert listed.count('"url"') == 12


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Bristol, City of", "Bristol"),
        ("Herefordshire, County of", "Herefordshire"),
        ("Isle of Wight", "the Isle of Wight"),
        ("Isles of Scilly", "the Isles of Scilly"),
        ("City of London", "the City of London"),
        ("South East", "the South East"),
        ("South Tyneside", "South Tyneside"),
        ("County Durham", "County Durham"),
        ("Islington", "Islington"),
    ],
)
def test_a_place_is_called_in_a_sentence_as_people_call_it(name: str, said: str) -> None:
    assert words.in_prose(name) == said


def test_what_a_place_has_is_told_with_its_apostrophe_where_people_put_it() -> None:
    assert words.whose("England") == "England’s"
    assert words.whose("West Midlands") == "the West Midlands’"


@pytest.fixture(scope="module")
def withheld(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book in which nothing is published of one place, and one survey is only for its region."""
    root = books.write_book(tmp_path_factory.mktemp("withheld") / "book", 3, 9, pages=True)
    areas_csv = root / "scorecards/areas/areas.csv"
    text = areas_csv.read_text("utf-8").replace("Borough 3,", "City of Little,")
    areas_csv.write_text(text, "utf-8")
    code = re.findall(r"^(X\d+),City of Little,", text, re.MULTILINE)[0]
    wide = re.findall(r"^(X\d+),[^,]+,(?:country|region),", text, re.MULTILINE)
    for slug in ("measure-00001", "measure-00002", "measure-00003"):
        table = root / f"scorecards/indicators/{slug}/data.csv"
        head, *rows = table.read_text("utf-8").splitlines()
        columns = head.split(",")
        made = [head]
        for row in rows:
            cells = dict(zip(columns, row.split(","), strict=True))
            if slug == "measure-00003" and cells["area"] not in wide:
                continue
            if cells["area"] == code:
                cells |= {"value": "", "numerator": "", "denominator": "", "marker": "c"}
            made.append(",".join(cells[column] for column in columns))
        table.write_text("\n".join(made) + "\n", "utf-8")
    settings = root / "scorecards/databook.yaml"
    published = "disclosure: {published_by: Nobody}\n"
    settings.write_text(settings.read_text("utf-8") + published, "utf-8")
    done = books.databook("build", root, "--jobs", 1)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "build" / "site"


def test_a_place_in_another_country_and_one_that_was_not_yet_there_are_told_as_such(
    tmp_path: Path,
) -> None:
    """Borough 2 lies in a second country; Borough 3 was made in 2020 and has no earlier row."""
    root = books.write_book(tmp_path / "book", 3, 9, pages=True)
    areas_csv = root / "scorecards/areas/areas.csv"
    text = areas_csv.read_text("utf-8").replace("X12000002,March 2,region,X92000001", "X12000002,"
                                                "March 2,region,X92000002")  # fmt: skip
    text = text.replace("X06000003,Borough 3,local-authority,X12000003,,",
                        "X06000003,Borough 3,local-authority,X12000003,2020-04-01,")  # fmt: skip
    areas_csv.write_text(f"{text}X92000002,Otherland,country,,,\n", "utf-8")
    for table in root.glob("scorecards/indicators/*/data.csv"):
        rows = table.read_text("utf-8").splitlines(keepends=True)
        kept = (row for row in rows if not ("X06000003" in row and row < "2019"))
        table.write_text("".join(kept), "utf-8")
    done = books.databook("build", root, "--jobs", 1)
    assert done.returncode == 0, done.stdout + done.stderr
    site = root / "build/site"
    with (site / "areas/borough-2/latest.csv").open(encoding="utf-8") as file:
        assert {row["against_country"] for row in csv.DictReader(file)} == {""}
    front = (site / "areas/borough-2/index.html").read_text("utf-8")
    assert "Allshires" not in front.partition("<main")[2].partition("</main>")[0]
    page = (site / "indicators/measure-00001/index.html").read_text("utf-8")
    row = re.findall(r'<th scope="row">Borough 3</th>(.*?)</tr>', page, re.DOTALL)[-1]
    assert row.startswith('<td class="db-num">[z]</td>')
    assert "[x]" not in row
    assert "[z] not applicable" in page


def test_on_a_telephone_a_long_list_begins_with_its_topics(site: Path) -> None:
    page = (site / "indicators/index.html").read_text("utf-8")
    links = re.findall(r'<a href="#(topic-\d+)">', page.partition("</noscript>")[0])
    assert len(links) > 1
    assert links == re.findall(r'<tr id="(topic-\d+)">', page)


def test_of_a_place_of_which_nothing_is_published_nothing_is_said_to_be_there(
    withheld: Path,
) -> None:
    front = (withheld / "areas/city-of-little/index.html").read_text("utf-8")
    assert "On none of two indicators is a figure published for the City of Little." in front
    assert "[c] confidential: withheld so that nobody can be identified" in front
    assert "What stands out" not in front
    assert "No earlier figure" not in front
    assert front.count("No figure<") >= 2
    page = (withheld / "areas/city-of-little/measure-00001/index.html").read_text("utf-8")
    assert "No figure is published for the City of Little" in page
    assert ">Compared<" not in page
    assert "In short" not in page


def test_a_survey_of_regions_alone_shows_no_empty_section_of_places(withheld: Path) -> None:
    page = (withheld / "indicators/measure-00003/index.html").read_text("utf-8")
    assert "This book has no figure for Borough 1." in page
    assert "There is no chart: no figure is published for Borough 1." in page
    assert "Similar places, year by year" not in page
    assert "No earlier figure to compare" not in page


def test_each_symbol_on_a_page_is_explained_there(withheld: Path) -> None:
    seen = 0
    for path in withheld.rglob("index.html"):
        main = path.read_text("utf-8").partition("<main")[2].partition("</main>")[0]
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))
        for mark in set(re.findall(r"\[(b|c|e|er|k|low|p|r|u|w|x|z)\]", text)):
            seen += 1
            meaning = MARKERS[mark].split(":")[0]
            told = (f"[{mark}] {meaning}", f"[{mark}] {words.MISSING.get(mark, meaning)}")
            assert any(one in text for one in told), (path, mark)
    assert seen > 20


def test_what_is_wrong_between_indicators_is_told_before_pages_are_drawn(tmp_path: Path) -> None:
    root = books.write_book(tmp_path / "book", 9, 6, pages=True)
    titles = root / "scorecards/indicators"
    one, other = (titles / f"measure-0000{n}/indicator.yaml" for n in (1, 9))
    title = re.findall(r"^title: .*$", one.read_text("utf-8"), re.MULTILINE)[0]
    text = re.sub(r"^title: .*$", title, other.read_text("utf-8"), flags=re.MULTILINE)
    other.write_text(text, "utf-8")
    told: list[str] = []
    order = Order(root=root, out=tmp_path / "site", tell=lambda what, *_: told.append(what))
    built = build(order)
    assert [p.code for p in built.problems if p.level is Level.ERROR] == ["title-duplicate"]
    assert "Checking" in told
    assert "Indicators" not in told
    assert not (tmp_path / "site").exists()


def test_a_book_that_names_no_level_has_no_such_page(tmp_path: Path) -> None:
    root = books.write_book(tmp_path / "book", 2, 5)
    assert books.databook("build", root, "--jobs", 1).returncode == 0
    made = root / "build" / "site"
    assert list(made.glob("areas/*/measure-*")) == []
    assert list(made.glob("indicators/*/areas")) == []
    assert not (made / "areas/index.json").exists()


def test_above_four_hundred_places_each_region_has_a_table_of_its_own(tmp_path: Path) -> None:
    root = books.write_book(tmp_path / "book", 1, 460, pages=True)
    done = books.databook("build", root, "--jobs", 1)
    assert done.returncode == 0, done.stderr
    home = root / "build/site/indicators/measure-00001/areas"
    whole = (home / "index.html").read_text("utf-8")
    assert 'id="ranked"' not in whole
    assert whole.count('<a href="../../../indicators/measure-00001/areas/') == 9
    tables = [p.read_text("utf-8") for p in home.glob("*/index.html")]
    assert len(tables) == 9
    assert sum(html.count('<th scope="row"><a') for html in tables) == 458
    assert len(whole) < 150_000


def test_a_spread_knows_all_its_figures() -> None:
    view = View(area=Area(code="A", name="A", level="x"), country=None, region=None, neighbours=())
    groups = (
        Group(name="N", views=(view,), values=(1.0, 2.0)),
        Group(name="S", views=(view,), values=(3.0,)),
    )
    period = parse("2024", PeriodType.CALENDAR_YEAR)
    assert Spread(period=period, groups=groups).values == (1.0, 2.0, 3.0)
    assert areas.slug("Bath & North East Somerset") == "bath-north-east-somerset"
    assert areas.slug("Ynys Môn / Isle of Anglesey") == "ynys-mon-isle-of-anglesey"
    assert areas.slug("St Davids’ Dyffryn Clŵyd") == "st-davids-dyffryn-clwyd"


def test_after_one_changed_figure_only_what_shows_it_is_made_again(tmp_path: Path) -> None:
    root = books.write_book(tmp_path / "book", 3, 30, pages=True)
    first = books.databook("build", root, "--jobs", 1)
    assert first.returncode == 0, first.stderr
    table = root / "scorecards/indicators/measure-00002/data.csv"
    lines = table.read_text("utf-8").splitlines()
    at = max(n for n, line in enumerate(lines) if ",X06000015," in line)
    cells = lines[at].split(",")
    cells[2:5] = ["50.0", "5000", "10000"]
    lines[at] = ",".join(cells)
    table.write_text("\n".join(lines) + "\n", "utf-8")
    again = books.databook("build", root, "--jobs", 1)
    assert again.returncode == 0, again.stderr
    made = int(re.search(r"(\d+) made", again.stdout).group(1))
    fresh = books.databook("build", root, "--jobs", 1, "--out", tmp_path / "fresh")
    assert fresh.returncode == 0, fresh.stderr
    whole = int(re.search(r"(\d+) made", fresh.stdout).group(1))
    assert made < whole * 0.7
    sites = [books.contents(site) for site in (root / "build/site", tmp_path / "fresh")]
    assert books.differing(*sites) == []


def test_where_outcomes_have_pages_only_that_of_the_changed_figure_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = after_a_change(tmp_path / "together")
    monkeypatch.setattr(import_module("databook.render.area_fronts"), "MOST_TOGETHER", 2)
    apart = after_a_change(tmp_path / "apart")
    about = {path for path in apart.changed if "/outcomes/" in path}
    assert len(about) == 4  # one for each place
    assert apart.made == together.made + len(about)


def after_a_change(folder: Path) -> Built:
    """What a build does after one figure changed that is ranked in every place."""
    root = books.write_book(folder / "book", 5, 6, pages=True)
    order = Order(root=root, out=folder / "site")
    assert not build(order).failed
    table = root / "scorecards/indicators/measure-00002/data.csv"
    text = re.sub(r"(?m)^(.*,X06000003),.*(,\d+,,)$", r"\1,50.0,5000,10000,,", table.read_text())
    table.write_text(text, "utf-8")
    again = build(order)
    fresh = Order(root=root, out=folder / "fresh", fresh=True)
    assert not build(fresh).failed
    assert books.differing(books.contents(order.out), books.contents(fresh.out)) == []
    return again


def test_a_book_about_a_country_leads_from_home_to_its_places_and_is_set_against_none(
    tmp_path: Path,
) -> None:
    root = books.write_book(tmp_path / "book", 3, 8, pages=True)
    settings = root / "scorecards/databook.yaml"
    text = settings.read_text("utf-8").replace("place: X06000001", "place: X92000001")
    settings.write_text(
        text.replace("  country: X92000001\n  region: X12000001\n", "  neighbours: mean\n"), "utf-8"
    )
    shutil.rmtree(root / "scorecards/indicators/measure-00001")  # a headline, with a forecast
    done = books.databook("build", root, "--jobs", 1)
    assert done.returncode == 0, done.stdout + done.stderr
    made = root / "build/site"
    home = (made / "index.html").read_text("utf-8")
    assert 'areas/">Choose one of six places' in home
    assert "Of two indicators" in home
    assert "headline indicator" not in home.lower()
    assert "Not compared" not in home
    assert "not ranked" not in home
    places = (made / "areas/index.html").read_text("utf-8")
    assert "compared" not in places.partition("<main")[2].partition("</main>")[0]
