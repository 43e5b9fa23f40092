"""The book on paper: what the PDF is, read back with a library that had no part in making it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest

from databook import press, render
from databook.pipeline import printing

REPOSITORY = Path(__file__).parents[1]
TINY = REPOSITORY / "tests" / "cases" / "books" / "tiny"
DISCLAIMER = "not a publication of Portsmouth City Council"


def run(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "databook", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def bookmarks(reader: pypdf.PdfReader) -> list[tuple[int, str, int]]:
    found: list[tuple[int, str, int]] = []

    def go(items: list, depth: int) -> None:
        for item in items:
            if isinstance(item, list):
                go(item, depth + 1)
            else:
                page = reader.get_destination_page_number(item) + 1
                found.append((depth, " ".join(item.title.split()), page))

    go(reader.outline, 1)
    return found


@pytest.fixture(scope="module")
def bound(demonstration: Path):
    """What the demonstration book's sheets are held together by, and how to choose them."""
    context = printing.surroundings(REPOSITORY).context
    assert context is not None
    style = "".join((demonstration / name).read_text("utf-8") for name in printing.STYLES)

    def bind(**part: str):
        order = printing.PrintOrder(root=REPOSITORY, site=demonstration, **part)
        subtitle, chosen = printing.choose(order, context)
        sheets = [printing.sheet(demonstration, choice) for choice in chosen]
        holding = render.Bound(
            subtitle=subtitle,
            settings=context.settings,
            style=style,
            fetch=lambda path: (demonstration / path).read_bytes(),
        )
        return holding, sheets

    return bind


@pytest.fixture(scope="module")
def report(bound, tmp_path_factory: pytest.TempPathFactory):
    """A framework of the demonstration book, printed as the command prints it, and read."""
    holding, sheets = bound(framework="six-results")
    shop = tmp_path_factory.mktemp("print")
    first = press.printed(render.paper_document(holding, sheets), press.browser(), shop)
    document = render.paper_document(holding, sheets, press.places(first))
    pdf = press.printed(document, press.browser(), shop)
    pdf = press.settled(pdf, holding.settings.edition.date, "databook")
    file = shop / "six.pdf"
    file.write_bytes(pdf)
    return file, sheets


def test_it_has_tags_a_language_a_title_and_bookmarks(report) -> None:
    file, sheets = report
    reader = pypdf.PdfReader(file)
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert "Six results" in reader.metadata.title
    assert "2026-q4" in reader.metadata.title
    marks = bookmarks(reader)
    titles = {title: depth for depth, title, _ in marks}
    assert titles["Contents"] == 1
    for sheet in sheets:
        assert titles[sheet.title] == sheet.level


def test_its_headings_are_in_the_tags_at_the_depth_of_the_bookmarks(report) -> None:
    file, _ = report
    kinds: set[str] = set()

    def go(node, depth: int = 0) -> None:
        if depth > 60 or not isinstance(node, pypdf.generic.DictionaryObject):
            return
        if kind := node.get("/S"):
            kinds.add(str(kind))
        children = node.get("/K")
        children = children if isinstance(children, list) else [children]
        for child in children:
            go(child.get_object() if hasattr(child, "get_object") else child, depth + 1)

    go(pypdf.PdfReader(file).root_object["/StructTreeRoot"])
    assert {"/H1", "/H2", "/P", "/L", "/Link"} <= kinds, kinds


def test_the_contents_name_the_page_on_which_each_part_begins(report) -> None:
    file, sheets = report
    reader = pypdf.PdfReader(file)
    begins = {title: page for _, title, page in bookmarks(reader)}
    contents = " ".join(reader.pages[1].extract_text().split())
    for sheet in sheets:
        said = re.search(rf"{re.escape(sheet.title)}[ ,page]* (\d+)", contents)
        assert said, (sheet.title, contents)
        assert int(said[1]) == begins[sheet.title]


def test_every_page_says_which_edition_it_is_and_whose_publication_it_is_not(report) -> None:
    reader = pypdf.PdfReader(report[0])
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    for number, text in enumerate(pages, start=1):
        assert DISCLAIMER in text, number
        assert "2026-q4" in text
        if number > 1:
            assert f"{number} of {len(pages)}" in text


def test_its_letters_are_in_the_file(report) -> None:
    seen = 0
    for page in pypdf.PdfReader(report[0]).pages:
        for font in (page["/Resources"].get("/Font") or {}).values():
            font = font.get_object()
            below = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            if font["/Subtype"] == "/Type3":
                assert font["/CharProcs"]
            else:
                descriptor = below["/FontDescriptor"].get_object()
                assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)
            seen += 1
    assert seen


def test_nothing_made_it_smaller_than_it_was_laid_out(report) -> None:
    """The cover fills its page: one thing too wide would have shrunk the whole book."""
    page = pypdf.PdfReader(report[0]).pages[0]
    operations = page.get_contents().get_data()
    assert [round(float(n)) for n in page.mediabox] == [0, 0, 595, 842]
    scale = re.search(rb"^([\d.]+) 0 0 -([\d.]+) 0 [\d.]+ cm", operations, re.MULTILINE)
    assert scale
    assert 0.23 <= float(scale[1]) <= 0.25 or float(scale[1]) == pytest.approx(0.75, abs=0.01)


def test_links_stay_inside_the_document_where_their_page_is_in_it(bound) -> None:
    holding, sheets = bound(framework="every-child-matters")
    document = render.paper_document(holding, sheets)
    names = set(re.findall(r'\sid="([^"]+)"', document))
    assert len(names) == len(re.findall(r'\sid="', document)), "a name is there twice"
    inside = re.findall(r'href="#([^"]+)"', document)
    assert len(inside) > len(sheets)
    assert set(inside) <= names
    assert not re.search(r'href="(?!#|https?://|mailto:)', document)
    listed = {sheet.path for sheet in sheets}
    assert len(listed) == len(sheets)
    assert sum(path.startswith("indicators/") for path in listed) == 40


def test_the_whole_book_has_every_outcome_indicator_service_and_place(bound, demonstration) -> None:
    _, sheets = bound()
    listed = [sheet.path for sheet in sheets]
    assert len(set(listed)) == len(listed)
    there = printing.pages(demonstration)
    kinds = {"indicators", "programmes", "frameworks", "areas", "boards", "plans", "agreements"}
    wanted = [path for path in there if path.count("/") == 2 and path.split("/")[0] in kinds]
    assert set(wanted) <= set(listed)
    assert not [path for path in listed if "/embed/" in path or path.endswith("/report/")]
    levels = [sheet.level for sheet in sheets]
    assert levels[0] == 1
    # Each bookmark lies one deeper than the one before at most.
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_a_board_report_and_a_place_can_be_had_by_themselves(bound) -> None:
    _, sheets = bound(board_report="example-partnership/2026-q3")
    assert sheets[0].path == "boards/example-partnership/reports/2026-q3/"
    _, sheets = bound(area="derby")
    assert sheets[0].path == "areas/derby/"
    below = [sheet.path for sheet in sheets if sheet.path.startswith("areas/derby/")]
    assert "areas/derby/persistent-absence/" in below
    _, whole_book = bound()
    assert "areas/derby/persistent-absence/" not in {sheet.path for sheet in whole_book}


def test_what_is_not_there_is_refused_with_what_is(bound) -> None:
    with pytest.raises(printing.NotThere) as refused:
        bound(framework="every-child")
    assert "every-child-matters" in refused.value.known


def test_nothing_in_a_title_can_leave_the_strings_of_the_running_heads() -> None:
    hostile = '"; } body { display: none } </style><script>alert(1)</script> \\ \n é “x”'
    said = render.paper.quoted(hostile)
    assert said[0] == said[-1] == '"'
    assert not set(said[1:-1]) & set("\"<>{}\n'")
    # Every backslash begins the number of a character.
    assert not re.sub(r"\\[0-9a-f]+ ", "", said).count("\\")


def test_hostile_words_of_a_book_stay_words(bound) -> None:
    holding, sheets = bound(framework="six-results")
    hostile = "</style><script>alert(1)</script>"
    settings = replace(holding.settings, short_title=hostile, notice=hostile, title=hostile)
    document = render.paper_document(replace(holding, settings=settings, subtitle=hostile), sheets)
    assert "<script" not in document
    assert document.count("</style>") == 1


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = tmp_path_factory.mktemp("paper") / "tiny"
    shutil.copytree(TINY, book)
    return book


def test_the_same_book_gives_the_same_bytes(tiny: Path) -> None:
    one, two = tiny.parent / "one.pdf", tiny.parent / "deep" / "two.pdf"
    first = run("print", tiny, "--out", one, TZ="Asia/Tokyo")
    assert first.returncode == 0, first.stderr
    assert "pages of the book" in first.stdout
    assert "without page numbers" not in first.stdout
    second = run("print", tiny, "--out", two, TZ="America/Lima", PYTHONHASHSEED="7")
    assert second.returncode == 0, second.stderr
    assert one.read_bytes() == two.read_bytes()
    assert b"Mozilla" not in one.read_bytes()
    assert str(tiny).encode() not in one.read_bytes()


def test_without_a_browser_it_says_what_to_install(tiny: Path) -> None:
    done = run("print", tiny, "--out", tiny.parent / "none.pdf", DATABOOK_CHROMIUM="/not/there")
    assert done.returncode == 3
    assert "/not/there" in done.stderr
    assert "mend: install Chromium" in done.stderr
    assert "Traceback" not in done.stderr
    done = run("print", tiny, "--out", tiny.parent / "none.pdf", DATABOOK_CHROMIUM="", PATH="")
    assert done.returncode == 3
    assert "there is none on this machine" in done.stderr


def test_a_browser_that_does_not_print_is_told_of(tiny: Path, tmp_path: Path) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\necho 'cannot open display' >&2\nexit 1\n")
    broken.chmod(0o755)
    done = run("print", tiny, "--out", tmp_path / "x.pdf", DATABOOK_CHROMIUM=str(broken))
    assert done.returncode == 3
    assert "cannot open display" in done.stderr
    assert not (tmp_path / "x.pdf").exists()
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("--framework", "nothing"),
        ("--area", "nowhere"),
        ("--board-report", "no/2026-q1"),
        ("--framework", "a", "--area", "b"),
    ],
)
def test_misuse_is_told_and_nothing_written(tiny: Path, tmp_path: Path, words) -> None:
    out = tmp_path / "x.pdf"
    done = run("print", tiny, "--out", out, *words)
    assert done.returncode == 2, done.stderr
    assert not out.exists()
    inside = run("print", tiny, "--out", tiny / "scorecards" / "x.pdf")
    assert inside.returncode == 2
    assert "in the book itself" in inside.stderr
