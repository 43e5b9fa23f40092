"""What earlier editions said: marks of revision, what changed, the triangle, feeds, withdrawal."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

import editions
import test_programmes
from books import contents, databook
from databook.cli import starting
from databook.pipeline import publishing
from databook.pipeline.publishing import Publication, PublishOrder
from databook.publish import Refused

HOME = "indicators/reading/"
TODAY = date(2026, 12, 1)


class Tables(HTMLParser):
    """Tables of a page by caption: rows of (tag, text), scope of headings."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: dict[str, list[list[str]]] = {}
        self.scopes: list[str | None] = []
        self._caption: str | None = None
        self._captioned = True  # whether the caption has been read whole
        self._cell: list[str] | None = None
        self._row: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "caption":
            self._caption, self._captioned = "", False
        elif tag == "tr":
            self._row = []
        elif tag in ("td", "th"):
            self._cell = []
            if tag == "th":
                self.scopes.append(dict(attrs).get("scope"))

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)
        elif self._caption is not None and not self._captioned:
            self._caption += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self._row.append(" ".join("".join(self._cell).split()))
            self._cell = None
        elif tag == "caption":
            self._captioned = True
        elif tag == "tr":
            self.rows.setdefault(self._caption or "", []).append(self._row)

    def one(self, words: str) -> list[list[str]]:
        found = [rows for caption, rows in self.rows.items() if words in caption]
        assert len(found) == 1, (words, list(self.rows))
        return found[0]


def change(book: Path, name: str, *pairs: tuple[str, str]) -> None:
    path = book / "scorecards" / name
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert text.count(old) == 1, (name, old)
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def edition(book: Path, id_: str, day: str) -> None:
    """Make the book say that it is another edition, and commit."""
    path = book / "scorecards/databook.yaml"
    text = path.read_text("utf-8")
    text = re.sub(r"  id: .*\n  date: .*\n", f"  id: {id_}\n  date: {day}\n", text)
    path.write_text(text, "utf-8")
    editions.commit(book, f"Edition {id_}")


def publish(book: Path, site: Path, **more: object) -> Publication:
    order = PublishOrder(root=book, target=str(site), today=TODAY, **more)  # type: ignore[arg-type]
    return publishing.publish_edition(order)


DATA = f"{HOME}data.csv"
NEW = "2026,N1,All,79.9,799,1000,77.3,82.3,,\n2026,C1,All,73.0,,,,,,\n"


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three editions: figures are revised and added, then only another day has come."""
    home = tmp_path_factory.mktemp("three")
    book, site = editions.repository(home / "book"), home / "site"
    assert not publish(book, site).failed
    change(
        book, DATA,
        ("2025,N1,All,74.2,742,1000,71.4,76.8,p,", "2025,N1,All,73.1,731,1000,70.3,75.8,p,Late"),
        ("2023,N1,Girls,76.0,380,500,72.1,79.5,,", "2023,N1,Girls,75.0,375,500,71.0,78.6,r,"),
        ("2025,N2,All,71.0,,,,,p,", "2025,N2,All,71.5,,,,,p,"),
        ("2025,C1,All,72.9,,,,,p,\n", "2025,C1,All,72.9,,,,,p,\n" + NEW),
    )  # fmt: skip
    edition(book, "2026-q2", "2026-06-30")
    assert not publish(book, site).failed
    edition(book, "2026-q3", "2026-09-30")
    assert not publish(book, site).failed
    return home


def page(three: Path, id_: str, path: str) -> str:
    return (three / "site" / "editions" / id_ / path / "index.html").read_text("utf-8")


def rows(three: Path, id_: str) -> dict[tuple[str, str, str], dict[str, str]]:
    text = (three / "site/editions" / id_ / HOME / "data.csv").read_text("utf-8")
    return {(r["period"], r["area"], r["sex"]): r for r in csv.DictReader(io.StringIO(text))}


def test_a_figure_that_differs_from_the_edition_before_is_marked_revised_everywhere(
    three: Path,
) -> None:
    now = rows(three, "2026-q2")
    assert now["2025", "N1", "All"]["marker"] == "p r"
    assert now["2025", "N2", "All"]["marker"] == "p r", "another place's too"
    assert now["2023", "N1", "Girls"]["marker"] == "r", "the mark by hand is not doubled"
    assert now["2025", "R1", "All"]["marker"] == "p"
    assert now["2026", "N1", "All"]["marker"] == "", "a new figure is not a revised one"
    table = Tables(page(three, "2026-q2", HOME)).one("The figures")
    assert next(row[1] for row in table if row[0] == "2025") == "73.1 [p] [r]"
    assert "[r] revised since it was first published" in page(three, "2026-q2", HOME)


def test_the_mark_is_gone_again_where_the_next_edition_says_the_same(three: Path) -> None:
    now = rows(three, "2026-q3")
    assert now["2025", "N1", "All"]["marker"] == "p"
    assert now["2023", "N1", "Girls"]["marker"] == "r", "what is marked by hand stays so"


def test_the_page_of_changes_tells_what_is_new_revised_and_judged_otherwise(three: Path) -> None:
    told = page(three, "2026-q2", "changes")
    tables = Tables(told)
    assert set(tables.scopes) <= {"row", "col"}
    revised = tables.one("others than in the edition before")
    own = next(row for row in revised if row[1:3] == ["2025", "Northwick"])
    assert own[3:] == ["74.2% [p]", "73.1% [p] [r]", "down 1.1 percentage points", "Late"]
    assert [row[1:3] for row in revised[1:]] == [
        ["2023", "Northwick, Girls"],
        ["2025", "Northwick"],
        ["2025", "Southwick"],
    ]
    new = tables.one("were not there before")
    assert new[1][1] == "2026"
    flips = tables.one("not what they were")
    assert [row[1] for row in flips[1:]], "a verdict changed with the new figure"
    assert "edition 2026-q1" in told


def test_an_edition_without_changes_says_so_and_the_first_says_that_it_is(three: Path) -> None:
    assert "This is the first edition." in page(three, "2026-q1", "changes")
    told = page(three, "2026-q3", "changes")
    assert "No published figure was revised." in told
    assert "There are no new figures." in told


def test_the_triangle_holds_what_each_edition_said(three: Path) -> None:
    told = page(three, "2026-q3", f"{HOME}history")
    table = Tables(told).one("what each edition said of each period")
    assert table[0] == ["Period", "2026-q3this edition", "2026-q2", "2026-q1"]
    by_period = {row[0]: row[1:] for row in table[1:]}
    assert by_period["2026"] == ["79.9", "79.9", "not yet"]
    assert by_period["2025"] == ["73.1 [p]", "73.1 [p] [r]", "74.2 [p]"]
    assert by_period["2024"] == ["[x]", "[x]", "[x]"]
    assert by_period["2022"] == ["70.0", "70.0", "70.0"]
    revised = Tables(told).one("Revised figures")
    assert revised[1] == ["2025", "2026-q2", "74.2%", "73.1%", "down 1.1 percentage points"]
    rows_ = list(csv.reader((three / "site" / HOME / "history.csv").open(encoding="utf-8")))
    assert ["2026-q1", "1", "2026-03-31", "2026-12-01", "2025", "74.2", "p"] in rows_


def test_how_earlier_forecasts_turned_out_is_told_with_errors(three: Path) -> None:
    table = Tables(page(three, "2026-q2", f"{HOME}history")).one("Each forecast against")
    frozen = next(row for row in table if row[0].startswith("1 February 2024"))
    assert frozen[1:] == ["2023", "2025", "72.0 [f]", "73.1", "+1.1", "inside", "inside"]


def test_feeds_are_read_by_a_feed_reader_and_keep_their_names(three: Path) -> None:
    feedparser = pytest.importorskip("feedparser")
    names: dict[str, set[str]] = {}
    for id_ in ("2026-q1", "2026-q2", "2026-q3"):
        text = (three / "site/editions" / id_ / "feed.xml").read_bytes()
        read = feedparser.parse(text)
        assert not read.bozo, read.get("bozo_exception")
        assert read.version == "atom10"
        assert read.feed.id == "tag:example.org,2026-03-31:tiny/book"
        names[id_] = {entry.id for entry in read.entries}
        assert len(names[id_]) == len(read.entries)
    assert names["2026-q1"] < names["2026-q2"] < names["2026-q3"]
    newest = read.entries[0]
    assert newest.updated == "2026-09-30T00:00:00Z"
    assert newest.link == "https://example.org/tiny/editions/2026-q3/changes/"
    outcome = feedparser.parse(
        (three / "site/frameworks/good-start/ready-to-learn/feed.xml").read_bytes()
    )
    assert not outcome.bozo
    assert [e.title for e in outcome.entries] == ["Edition 2026-q2"], "only where it changed"
    links = re.findall(
        r'<link rel="alternate" type="application/atom\+xml"[^>]*href="([^"]*)"',
        page(three, "2026-q3", "frameworks/good-start/ready-to-learn"),
    )
    assert links == [
        "../../../feed.xml",
        "https://example.org/tiny/frameworks/good-start/ready-to-learn/feed.xml",
    ]


def test_the_same_commit_and_place_give_the_same_bytes(three: Path) -> None:
    before = contents(three / "site")
    assert publish(three / "book", three / "site").same
    assert contents(three / "site") == before


def test_every_edition_verifies(three: Path) -> None:
    assert editions.faults(three / "site") == []
    manifest = json.loads((three / "site/editions/2026-q3/manifest.json").read_text("utf-8"))
    assert set(manifest["packages"]) == {"scorecards/areas", "scorecards/indicators/reading"}


def test_a_draft_knows_no_past_unless_it_is_told_where_it_stands(
    three: Path, tmp_path: Path
) -> None:
    book = three / "book"
    plain, knowing = tmp_path / "plain", tmp_path / "knowing"
    assert databook("build", book, "--out", plain).returncode == 0
    assert "knows of no earlier edition" in (plain / "changes/index.html").read_text("utf-8")
    done = databook("build", book, "--out", knowing, "--past", three / "site")
    assert done.returncode == 0, done.stderr
    told = (knowing / HOME / "history/index.html").read_text("utf-8")
    assert "74.2 [p]" in told


def test_a_file_that_was_touched_tells_nothing_of_the_past(three: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(three / "site", site)
    said = site / "editions/2026-q2" / HOME / "said.json"
    text = said.read_text("utf-8")
    said.unlink()
    said.write_text(text.replace("73.1", "73.9"), "utf-8")
    done = databook("build", three / "book", "--out", tmp_path / "out", "--past", site)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "not what was published" in done.stderr


def published_first(tmp_path: Path) -> tuple[Path, Path]:
    book, site = editions.repository(tmp_path / "book"), tmp_path / "site"
    assert not publish(book, site).failed
    return book, site


def withhold(book: Path) -> None:
    change(
        book, DATA,
        ("2025,N1,Girls,77.0,385,500,73.1,80.5,p,", "2025,N1,Girls,,,,,,c,"),
        ("2025,N1,Boys,71.4,357,500,67.3,75.2,p,", "2025,N1,Boys,,,,,,c,"),
    )  # fmt: skip


def test_a_number_that_an_edition_shows_cannot_be_withheld_in_the_next_alone(
    tmp_path: Path,
) -> None:
    book, site = published_first(tmp_path)
    first = editions.git(book, "rev-parse", "HEAD")
    before = contents(site)
    withhold(book)
    edition(book, "2026-q2", "2026-06-30")
    done = publish(book, site)
    assert done.failed
    (problem,) = [p for p in done.problems if p.code == "withheld-in-print"]
    assert "2026-q1" in problem.what
    assert "77" not in problem.what + problem.fix
    assert contents(site) == before
    # The way out: the first edition is corrected and what it showed withdrawn; then the next.
    editions.git(book, "checkout", "--quiet", "-b", "mend", first)
    withhold(book)
    editions.commit(book, "Withhold in the first edition")
    mended = publish(
        book, site, correct="2026-q1", withdraw=True, reason="A number could point to children."
    )
    assert mended.revision == 2
    gone = [n for n in contents(site) if n.startswith("editions/2026-q1-r1/")]
    assert gone == ["editions/2026-q1-r1/index.html"]
    assert editions.faults(site) == []
    editions.git(book, "checkout", "--quiet", "main")
    done = publish(book, site)
    assert not done.failed
    assert editions.faults(site) == []
    told_in = (".csv", ".json", "reading/index.html", "history/index.html", "changes/index.html")
    counted = (".vl.json", "manifest.json", "editions.json")  # places on paper, sizes, files
    number = re.compile(rb"(?<![\d.])(77\.0|385|80\.5|357|75\.2)(?![\d.])")
    for name, data in contents(site).items():
        if name.endswith(told_in) and not name.endswith(counted):
            assert not number.search(data), name
    told = (site / "changes/index.html").read_text("utf-8")
    assert "A number could point to children." in told


def test_a_correction_without_withdrawal_does_not_withhold(tmp_path: Path) -> None:
    book, site = published_first(tmp_path)
    withhold(book)
    editions.commit(book, "Withhold")
    done = publish(book, site, correct="2026-q1", reason="A slip.")
    assert done.failed
    assert any(p.code == "withheld-in-print" for p in done.problems)


def test_a_correction_tells_what_it_corrects_and_can_be_run_again(tmp_path: Path) -> None:
    book, site = published_first(tmp_path)
    change(book, DATA, ("2022,N1,All,70.0,700", "2022,N1,All,70.1,701"))
    editions.commit(book, "Right a figure")
    assert publish(book, site, correct="2026-q1", reason="A school was left out.").revision == 2
    told = (site / HOME / "history/index.html").read_text("utf-8")
    table = Tables(told).one("what each edition said of each period")
    assert {row[0]: row[1:] for row in table[1:]}["2022"] == ["70.1", "70.0"]
    assert "A school was left out." in (site / "changes/index.html").read_text("utf-8")
    before = contents(site)
    assert publish(book, site, correct="2026-q1", reason="A school was left out.").same
    assert contents(site) == before
    edition(book, "2026-q2", "2026-06-30")
    assert not publish(book, site).failed
    assert "A school was left out." in (site / "changes/index.html").read_text("utf-8")


def test_indicators_are_added_redefined_and_retired_in_the_open(tmp_path: Path) -> None:
    book, site = published_first(tmp_path)
    folder = book / "scorecards/indicators"
    shutil.copytree(folder / "reading", folder / "writing")
    for path in (folder / "writing").iterdir():
        text = path.read_text("utf-8").replace("reading", "writing")
        text = text.replace("Reading", "Writing").replace("who read well", "who write well")
        path.write_text(text.replace("70.0,700,1000", "70.2,702,1000"), "utf-8")
    change(book, f"{HOME}indicator.yaml", ("definition: ", "definition: Counted anew. "))
    edition(book, "2026-q2", "2026-06-30")
    assert not publish(book, site).failed
    told = (site / "changes/index.html").read_text("utf-8")
    assert "Redefined:" in told
    assert "Counted anew." in told
    assert '<strong>Added:</strong> <a href="../indicators/writing/">' in told
    (folder / "writing").rename(folder / "spelling")
    settings = book / "scorecards/databook.yaml"
    moved = "moved:\n  - {old: indicators/writing/, new: indicators/spelling/}\n"
    settings.write_text(settings.read_text("utf-8") + moved, "utf-8")
    edition(book, "2026-q3", "2026-09-30")
    assert not publish(book, site).failed
    told = (site / "changes/index.html").read_text("utf-8")
    (renamed,) = re.findall(r"<li><strong>Renamed:</strong>(.*?)</li>", told)
    assert "../indicators/spelling/" in renamed
    assert "figures" not in renamed, "it has as many as before"
    shutil.rmtree(folder / "spelling")
    settings.write_text(settings.read_text("utf-8").replace(moved, ""), "utf-8")
    edition(book, "2026-q4", "2026-12-31")
    assert not publish(book, site).failed
    told = (site / "changes/index.html").read_text("utf-8")
    gone = "https://example.org/tiny/editions/2026-q3/indicators/spelling/"
    assert f'<strong>Retired:</strong> <a href="{gone}">' in told
    assert editions.faults(site) == []


def test_a_branch_remembers_as_a_folder_does(three: Path, tmp_path: Path) -> None:
    book, site = editions.repository(tmp_path / "book"), editions.bare(tmp_path / "pages.git")
    assert not publish(book, site).failed
    change(book, DATA, ("2025,N1,All,74.2,742,1000,71.4,76.8,p,",
                        "2025,N1,All,73.1,731,1000,70.3,75.8,p,Late"))  # fmt: skip
    edition(book, "2026-q2", "2026-06-30")
    assert not publish(book, site).failed
    shown = editions.git(site, "show", f"gh-pages:{HOME}history/index.html")
    assert "74.2 [p]" in shown
    assert "73.1 [p] [r]" in shown
    assert publish(book, site).same
    assert editions.faults(site) == []


def test_what_is_no_published_book_is_no_past(tmp_path: Path) -> None:
    book = editions.repository(tmp_path / "book")
    other = tmp_path / "thesis"
    other.mkdir()
    (other / "thesis.doc").write_text("x")
    with pytest.raises(Refused, match="no published book"):
        publish(book, other)


MENTORS = "programmes/mentors"
MEASURE = f"{MENTORS}/reading-better"


def with_programme(tmp_path: Path) -> tuple[Path, Path]:
    """A book with a service that publishes a measure, and its first edition."""
    book, site = editions.repository(tmp_path / "book"), tmp_path / "site"
    folder = book / "scorecards" / MENTORS
    folder.mkdir(parents=True)
    package = (starting.STARTER / "kinds/programme-datapackage.yaml").read_text("utf-8")
    for name, text in {
        "programme.yaml": test_programmes.TEXT,
        "datapackage.yaml": package.replace("{slug}", "mentors"),
        "data.csv": "measure,period,value,numerator,denominator,marker,note\n"
        "reading-better,2022,50.0,200,400,,\nreading-better,2023,55.0,220,400,,\n"
        "reading-better,2024,60.0,240,400,,\n",
    }.items():
        (folder / name).write_text(text, "utf-8")
    editions.commit(book, "A service")
    assert not publish(book, site).failed
    return book, site


def test_what_a_service_publishes_is_revised_added_and_retired_in_the_open(tmp_path: Path) -> None:
    book, site = with_programme(tmp_path)
    revised = "2024,57.5,230,400,,Counted anew\nreading-better,2025,62.5,250,400,,\n"
    change(book, f"{MENTORS}/data.csv", ("2024,60.0,240,400,,\n", revised))
    edition(book, "2026-q2", "2026-06-30")
    assert not publish(book, site).failed
    told = Tables((site / "changes/index.html").read_text("utf-8"))
    assert told.one("Figures that are others")[1:] == [
        ["Children matched who read better", "2024", "mentors", "60.0%", "57.5% [r]",
         "down 2.5 percentage points", "Counted anew"],
    ]  # fmt: skip
    assert told.one("figures that were not there before")[1:] == [
        ["Children matched who read better", "2025", "62.5%mentors", "1"]
    ]
    assert "2024,Mentors of Tinytown,57.5,230,400,,,r," in (site / MEASURE / "data.csv").read_text(
        "utf-8"
    )
    shutil.rmtree(book / "scorecards" / MENTORS)
    edition(book, "2026-q3", "2026-09-30")
    assert not publish(book, site).failed
    page = (site / "changes/index.html").read_text("utf-8")
    gone = f"https://example.org/tiny/editions/2026-q2/{MEASURE}/"
    assert f'<strong>Retired:</strong> <a href="{gone}">' in page
    assert editions.faults(site) == []


def test_a_service_s_number_that_is_in_print_cannot_be_withheld_in_the_next_alone(
    tmp_path: Path,
) -> None:
    book, site = with_programme(tmp_path)
    change(book, f"{MENTORS}/data.csv", ("2024,60.0,240,400,,\n", "2024,,,,c,\n"))
    edition(book, "2026-q2", "2026-06-30")
    done = publish(book, site)
    assert [p.code for p in done.problems if p.level == "error"] == ["withheld-in-print"]
    assert done.problems[0].place.path == f"scorecards/{MENTORS}/data.csv"
    assert "60" not in done.problems[0].what
