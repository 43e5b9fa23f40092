"""Every page says how to cite it: its edition, and the address that stays or that it has none."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

import editions
from books import contents
from databook.citing import Cited, citation
from editions import Press

STAYS = "https://example.org/tiny/editions/2026-q1/"


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    return editions.pressed(tmp_path_factory.mktemp("press"))


@pytest.fixture(scope="module")
def place(press: Press) -> Path:
    """Where the tiny book has been published."""
    return press.book.parents[3] / "first"


def cited(page: bytes) -> str | None:
    """How a page is cited: among its facts, else at its foot, and never twice."""
    places = r'<p class="db-cite">(.*?)</p>', r'<div id="cite"><dt>(.*?)</dd>'
    told = [found for place in places if (found := re.search(place, page.decode(), re.DOTALL))]
    assert len(told) < 2
    found = told[0] if told else None
    return unescape(re.sub(r"<[^>]*>", "", found[1])) if found else None


def test_a_citation_is_one_line_with_edition_and_address() -> None:
    book = Cited(
        publisher="Nobody.",
        title="A book",
        edition="2026-q1",
        date=date(2026, 3, 31),
        home="https://example.org/",
        published=True,
    )
    assert citation(book, "Absence", "indicators/absence/", "ONS, Absence in schools") == (
        "Nobody (2026). Absence. In: A book, edition 2026-q1. Figures: ONS, Absence in schools. "
        "https://example.org/editions/2026-q1/indicators/absence/"
    )
    assert citation(book, "A book", "").startswith("Nobody (2026). A book. Edition 2026-q1. https:")


def test_every_page_of_an_edition_is_cited_at_an_address_that_is_there(place: Path) -> None:
    files = contents(place)
    pages = [p for p in files if p.startswith("editions/2026-q1/") and p.endswith("/index.html")]
    pages = [page for page in pages if "/embed/" not in page]  # these stand in other people's pages
    assert len(pages) > 20
    for path in pages:
        said = cited(files[path])
        assert said is not None, path
        assert "edition 2026-q1" in said.lower()
        assert "draft" not in said
        address = said.rpartition(" ")[2]
        assert address == f"https://example.org/tiny/{path.removesuffix('index.html')}"
    root = files["indicators/reading/index.html"]
    assert cited(root) == cited(files["editions/2026-q1/indicators/reading/index.html"])


def test_machines_are_told_the_address_that_stays(place: Path) -> None:
    home = place / "editions/2026-q1"
    for path in sorted((home / "api/v1").rglob("*.json")):
        document = json.loads(path.read_bytes())
        if "schemas" not in path.parts and "observations" not in path.parts:
            edition = document["edition"]
            assert (edition["published"], edition["address"]) == (True, STAYS)
    package = json.loads((home / "indicators/reading/datapackage.json").read_bytes())
    assert package["homepage"] == f"{STAYS}indicators/reading/"
    for item in json.loads((home / "data/citations.json").read_bytes()):
        inside = item["URL"].removeprefix(STAYS)
        assert (home / inside / "index.html").is_file(), item
        assert "note" not in item


def test_a_draft_is_cited_as_one_on_every_page(demonstration: Path) -> None:
    checked = 0
    for path, page in contents(demonstration).items():
        if path.endswith("/index.html") and (said := cited(page)) is not None:
            assert "draft, not published" in said, path
            checked += 1
    assert checked > 250


def test_citations_are_the_same_in_all_three_forms(demonstration: Path) -> None:
    data = demonstration / "data"
    csl = json.loads((data / "citations.json").read_bytes())
    addresses = [item["URL"] for item in csl]
    bib = (data / "citations.bib").read_text(encoding="utf-8")
    ris = (data / "citations.ris").read_bytes().decode()
    assert re.findall(r"^  url = \{(.*)\},$", bib, re.MULTILINE) == addresses
    assert re.findall(r"^UR  - (.*)\r$", ris, re.MULTILINE) == addresses
    assert len({item["id"] for item in csl}) == len(csl) == bib.count("@misc{")
    assert bib.count("{") - bib.count(r"\{") == bib.count("}") - bib.count(r"\}")
    for entry in ris.strip().split("\r\n\n"):
        assert entry.startswith("TY  - ELEC")
        assert entry.rstrip().endswith("ER  -")
    index = json.loads((demonstration / "api/v1/index.json").read_bytes())
    day = date.fromisoformat(index["edition"]["date"])
    for item in csl:
        path = item["URL"].removeprefix("https://databook.example/portsmouth/")
        assert (demonstration / path / "index.html").is_file(), item
        assert item["issued"]["date-parts"] == [[day.year, day.month, day.day]]
        assert item["note"] == "Draft, not published"


def test_latex_reads_no_command_in_a_title(demonstration: Path) -> None:
    bib = (demonstration / "data/citations.bib").read_text(encoding="utf-8")
    for line in re.findall(r"title = \{\{(.*)\}\},", bib):
        assert not re.search(r"(?<!\\)[&%$#_~^]", line)
