"""What a change does to the book that readers see: told in full, and never more than may be."""

# ruff: noqa: E501 - the report is shown as it is printed

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from inline_snapshot import snapshot

from databook.cli.commands import databook
from databook.pipeline.difference import difference
from databook.render.changes_pages import escaped
from editions import git

TINY = Path(__file__).parent / "cases" / "books" / "tiny"
READING = "scorecards/indicators/reading"
# The tiny book with a figure that must never be told again once it is withheld.
SECRET = (
    ("2022,N1,All,70.0,700,1000,67.1,72.8,,", "2022,N1,All,63.7,637,1000,60.7,66.6,,"),
    ("2022,N1,Girls,74.0,370,500,70.0,77.7,,", "2022,N1,Girls,61.4,307,500,57.1,65.6,,"),
)
WITHHELD = (
    ("2022,N1,All,63.7,637,1000,60.7,66.6,,", "2022,N1,All,,,,,,c,"),
    ("2022,N1,Girls,61.4,307,500,57.1,65.6,,", "2022,N1,Girls,,,,,,c,"),
    ("2022,N1,Boys,66.0,330,500,61.7,70.0,,", "2022,N1,Boys,,,,,,c,"),
)
REVISED = ("2025,N1,All,74.2,742,1000,71.4,76.8,p,", "2025,N1,All,76.2,762,1000,73.4,78.8,,")


def commit(root: Path) -> str:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "One state")
    return git(root, "rev-parse", "HEAD")


def change(root: Path, name: str, *pairs: tuple[str, str]) -> None:
    file = root / name
    text = file.read_text("utf-8")
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file.write_text(text, "utf-8")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The tiny book in a repository of its own, with one commit."""
    root = tmp_path / "book"
    shutil.copytree(TINY, root)
    git(tmp_path, "init", "--quiet", "--initial-branch=main", str(root))
    commit(root)
    return root


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(databook, ["diff", *map(str, words)])


def said(*words: str | Path) -> str:
    done = run(*words)
    assert done.exit_code == 0, done.output
    return done.output


def report(book: Path, *words: str) -> dict:
    return json.loads(said(*(words or ("HEAD",)), "--book", book, "--format", "json"))


# --- what is told ------------------------------------------------------------------------------


def test_the_whole_report_reads_so(book: Path) -> None:
    change(book, f"{READING}/data.csv", REVISED)
    text = re.sub(r"commit \w{7}", "commit 1234567", said("HEAD", "--book", book))
    assert text == snapshot("""\
A tiny data book of Northwick: from HEAD (edition 2026-q1, commit 1234567) to the working tree (edition 2026-q1)
Indicators and measures: one changed. Figures: 1 revised. Judgements that change: three.

Changed: Children who read well at eleven  indicators/reading/
  before: In 2025, 74.2% of eleven-year-olds in Northwick read as well as expected (provisional): not clearly different from Exampland (72.9%) and in line with the forecast made in 2024. It has risen from 72.0% in 2023, which may be no more than chance.
  after: In 2025, 76.2% of eleven-year-olds in Northwick read as well as expected: better than Exampland (72.9%) and likely better than the forecast made in 2024. That is an improvement: it has risen from 72.0% in 2023.
  Rating: ■ Amber -> ● Green
  Turning the curve: ■ In line -> ● Turning
  Against Exampland: ■ Not clearly different -> ● Better
  Figures: 1 revised
    2025, Northwick: revised, 74.2% [p] -> 76.2%, up 2.0 percentage points
""")


def test_a_book_like_itself_has_nothing_to_tell(book: Path) -> None:
    assert "Readers would find everything as it was." in said("HEAD", "--book", book)
    assert report(book)["subjects"] == []


def test_figures_are_added_removed_and_made_final(book: Path) -> None:
    change(
        book, f"{READING}/data.csv",
        ("2025,N1,Girls,77.0,385,500,73.1,80.5,p,", "2025,N1,Girls,77.0,385,500,73.1,80.5,,"),
        ("2025,N2,All,71.0,,,,,p,\n", ""),
        ("2025,C1,All,72.9,,,,,p,", "2025,C1,All,72.9,,,,,p,\n2023,C1,All,71.5,,,,,,"),
        ("2025,N1,Boys,71.4,357,500,67.3,75.2,p,", "2025,N1,Boys,71.4,357,501,67.3,75.2,p,"),
    )  # fmt: skip
    lines = said("HEAD", "--book", book).splitlines()
    assert [line.strip() for line in lines if line.startswith("    ")] == snapshot(
        [
            "2025, Northwick, Boys: with other counts, limits or notes behind it, 71.4% [p], Denominator",
            "2025, Northwick, Girls: marked otherwise, 77.0% [p] -> 77.0%, no longer provisional",
            "2023, Exampland: added, 71.5%",
            "2025, Southwick: removed, 71.0% [p]",
        ]
    )


def test_a_definition_without_a_break_is_pointed_out(book: Path) -> None:
    change(
        book, f"{READING}/indicator.yaml", ("of all who took the test.", "of all pupils."),
        ("value: 80", "value: 82"),
    )  # fmt: skip
    (found,) = report(book)["subjects"]
    assert [(w["what"], w["defines"]) for w in found["declarations"]] == [
        ("Definition", True),
        ("Target", False),
    ]
    assert found["declarations"][1]["after"] == "82.0% by 2027, set by The tests (illustrative)"
    assert "no break in the series is declared" in said("HEAD", "--book", book)


def test_a_rule_of_the_whole_book_that_changes_is_told_first(book: Path) -> None:
    change(
        book, "scorecards/databook.yaml", ("comparisons:", "disclosure: {threshold: 2}\ncomparisons:")
    )  # fmt: skip
    found = report(book)
    assert [(w["what"], w["after"], w["defines"]) for w in found["book"]] == [
        ("Small numbers", "counts from 1 to 2 are withheld, zero is shown", True)
    ]
    assert "For the whole book: small numbers." in found["summary"]
    for kind in ("text", "markdown", "html"):
        assert "counts from 1 to 2" in said("HEAD", "--book", book, "--format", kind)


def test_a_frozen_forecast_that_changes_is_told_loudly(book: Path) -> None:
    change(book, f"{READING}/forecasts.csv", ("2025,72.0,69.2", "2025,71.0,69.2"))
    assert "CHANGED: the forecast made on 2024-02-01" in said("HEAD", "--book", book)


def test_a_story_that_changes_is_told_by_name(book: Path) -> None:
    (book / READING / "story.md").write_text("Another story.\n", "utf-8")
    (found,) = report(book)["subjects"]
    assert found["texts"] == ["the story"]


def test_an_indicator_under_another_name_has_moved_and_a_redirect_is_offered(book: Path) -> None:
    git(book, "mv", READING, "scorecards/indicators/reading-at-eleven")
    change(book, "scorecards/indicators/reading-at-eleven/data.csv", REVISED)
    found = report(book)
    assert [(s["change"], s["was"], s["url"]) for s in found["subjects"]] == [
        ("moves", "indicators/reading/", "indicators/reading-at-eleven/")
    ]
    assert found["subjects"][0]["counts"] == {"revised": 1}
    assert found["redirects"] == [
        "moved:",
        '  - old: "indicators/reading/"',
        '    new: "indicators/reading-at-eleven/"',
    ]


def test_indicators_and_pages_come_and_go(book: Path) -> None:
    other = book / "scorecards/indicators/swimming"
    shutil.copytree(book / READING, other)
    change(
        book, "scorecards/indicators/swimming/indicator.yaml",
        ("title: Children who read well at eleven", "title: Children who swim at eleven"),
        ("short: Reading at eleven", "short: Swimming at eleven"),
        ("baseline_period: 2022", "baseline_period: 2023"),
    )  # fmt: skip
    rows = (other / "data.csv").read_text("utf-8").splitlines()
    only = [row for row in rows if row.startswith(("period", "2023"))]
    (other / "data.csv").write_text("\n".join(only) + "\n", "utf-8")
    (other / "forecasts.csv").unlink()
    (book / "content").mkdir()
    (book / "content/about.md").write_text("# About this book\n\nWords.\n", "utf-8")
    came = report(book)
    assert [(s["key"], s["change"]) for s in came["subjects"]] == [
        ("indicators/swimming", "appears")
    ]
    assert [(p["change"], p["url"], p["title"]) for p in came["pages"]] == [
        ("appears", "about/", "About this book"),
        ("appears", "indicators/swimming/", "Children who swim at eleven"),
    ]
    commit(book)
    went = report(book, "HEAD", "HEAD~1")
    assert [(p["change"], p["url"]) for p in went["pages"]] == [
        ("vanishes", "about/"),
        ("vanishes", "indicators/swimming/"),
    ]


def test_folders_and_books_inside_a_repository_are_compared_too(tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path / "deep" / "book")
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    inside = tmp_path / "deep" / "book"
    change(inside, f"{READING}/data.csv", REVISED)
    counts = {"revised": 1}
    assert report(inside)["subjects"][0]["counts"] == counts
    folders = said(TINY, inside, "--book", inside, "--format", "json")
    assert json.loads(folders)["subjects"][0]["counts"] == counts


def test_a_page_of_words_that_is_renamed_has_moved(book: Path) -> None:
    (book / "content").mkdir()
    (book / "content/about.md").write_text("---\ntitle: About us\n---\n\n# About us\n", "utf-8")
    commit(book)
    git(book, "mv", "content/about.md", "content/who-we-are.md")
    assert report(book)["pages"] == [
        {"change": "moves", "url": "who-we-are/", "was": "about/", "title": "About us"}
    ]


# --- what is never told ------------------------------------------------------------------------


def test_a_number_that_is_newly_withheld_is_in_no_report(book: Path) -> None:
    change(book, f"{READING}/data.csv", *SECRET)
    change(book, f"{READING}/indicator.yaml", ("baseline_period: 2022", "baseline_period: 2023"))
    commit(book)
    change(book, f"{READING}/data.csv", *WITHHELD)
    reports = [
        said("HEAD", "--book", book, "--format", kind)
        for kind in ("text", "json", "markdown", "html")
    ]
    for text in reports:
        words = re.sub(r"<[^>]+>|[0-9a-f]{40}|commit \w{7}", " ", text)
        for number in ("63.7", "637", "60.7", "66.6", "61.4", "307", "66.0%", "330"):
            assert not re.search(rf"(?<![\d.]){re.escape(number)}(?!\d)", words), number
    assert "newly withheld, not repeated here" in reports[0]
    assert "still in the history of the repository" in reports[0]


def test_another_places_number_is_kept_back_from_comparisons_too(book: Path) -> None:
    change(book, f"{READING}/data.csv", ("2025,N2,All,71.0,,,,,p,", "2025,N2,All,,,,,,c,"), REVISED)
    for kind in ("text", "json", "markdown", "html"):
        words = re.sub(r"<[^>]+>", " ", said("HEAD", "--book", book, "--format", kind))
        assert not re.search(r"(?<![\d.])71\.0(?!\d)", words), kind


def test_the_chart_before_is_drawn_as_if_the_number_had_never_been_known(
    book: Path, tmp_path: Path
) -> None:
    change(book, f"{READING}/data.csv", *SECRET)
    change(book, f"{READING}/indicator.yaml", ("baseline_period: 2022", "baseline_period: 2023"))
    known = commit(book)
    change(book, f"{READING}/data.csv", *WITHHELD)
    never = commit(book)
    change(book, f"{READING}/data.csv", REVISED)
    before, _ = difference(book, known).charts["indicators/reading"]
    innocent, _ = difference(book, never).charts["indicators/reading"]
    assert before == innocent


def test_words_of_a_book_are_nothing_but_words_in_every_format(book: Path) -> None:
    hostile = "Read <img src=x onerror=alert(1)> | [x](http://evil.example) ![p](//e) `c` www.e.org"
    change(
        book, f"{READING}/indicator.yaml",
        ("title: Children who read well at eleven", f"title: '{hostile}'"),
        ("short: Reading at eleven", "short: '<b>&amp;\"</b>'"),
    )  # fmt: skip
    change(book, f"{READING}/data.csv", REVISED)
    page = said("HEAD", "--book", book, "--format", "html")
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<b>" not in page
    marked = said("HEAD", "--book", book, "--format", "markdown")
    for betrayed in ("<img", "](", "http:", "www.", "![", "<b>", "`c`"):
        assert betrayed not in marked, betrayed


def test_markdown_shows_the_words_and_nothing_else() -> None:
    from markdown_it import MarkdownIt

    text = "a_b_ **c** <i>&lt; [d](e) `f` | g ~~h~~ https://i.example \\j"
    shown = MarkdownIt("gfm-like", {"linkify": False}).render(escaped(text))
    import html

    assert html.unescape(shown.removeprefix("<p>").removesuffix("</p>\n")) == text


# --- the page ----------------------------------------------------------------------------------


class Outline(HTMLParser):
    """What a page is made of, for checks that need no browser."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_the_page_needs_nothing_from_elsewhere_and_can_be_read_aloud(book: Path) -> None:
    change(book, f"{READING}/data.csv", REVISED)
    page = Outline()
    page.feed(text := said("HEAD", "--book", book, "--format", "html"))
    ids = [a["id"] for _, a in page.tags if a.get("id")]
    assert len(ids) == len(set(ids))
    for tag in ("script", "link", "img", "iframe", "base"):
        assert not page.all(tag), tag
    assert page.all("html") == [{"lang": "en-GB"}]
    assert len(page.all("h1")) == len(page.all("main")) == len(page.all("title")) // 1 - 2 == 1
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(th.get("scope") for th in page.all("th"))
    pictures = page.all("svg")
    assert len(pictures) == 2
    for picture in pictures:
        assert picture["role"] == "img"
        assert set(str(picture["aria-labelledby"]).split()) <= set(ids)
    assert not [a for _, a in page.tags if a.get("style") or a.get("onclick")]
    assert "default-src 'none'" in text


def test_the_same_two_states_give_the_same_bytes(book: Path) -> None:
    change(book, f"{READING}/data.csv", REVISED)
    commit(book)
    words = ("HEAD~1", "HEAD", "--book", book, "--format", "html")
    assert said(*words) == said(*words)


# --- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["nonsense", "--upload-pack=x", "HEAD:scorecards", "a\nb", "@{99}"]
)
def test_what_is_no_revision_is_misuse(book: Path, name: str) -> None:
    done = CliRunner().invoke(databook, ["diff", "--book", str(book), "--", name])
    assert done.exit_code == 2, done.output
    assert "Traceback" not in done.output


def test_a_side_with_errors_is_named_and_nothing_is_compared(book: Path) -> None:
    change(book, f"{READING}/indicator.yaml", ("better: higher", "better: sideways"))
    done = run("HEAD", "--book", book)
    assert done.exit_code == 1
    assert re.search("the working tree has [0-9] errors?, so nothing is compared", done.output)
    assert f"{READING}/indicator.yaml:12:9: error" in done.output


def test_links_in_a_revision_are_refused(book: Path) -> None:
    (book / READING / "secret.md").symlink_to("/etc/passwd")
    commit(book)
    done = run("HEAD", "--book", book)
    assert done.exit_code == 2
    assert "secret.md" in done.output
    assert "root:" not in done.output


def test_attributes_hooks_and_filters_of_a_repository_have_no_say(
    book: Path, tmp_path: Path
) -> None:
    witness = tmp_path / "witness"
    for hook in ("post-checkout", "post-index-change", "reference-transaction"):
        file = book / ".git" / "hooks" / hook
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\ntouch {witness}\n")
        file.chmod(0o755)
    before = git(book, "rev-parse", "HEAD")
    (book / ".gitattributes").write_text("*.csv export-ignore\n*.yaml filter=evil ident\n")
    change(book, f"{READING}/data.csv", REVISED)
    after = commit(book)
    git(book, "config", "filter.evil.smudge", f"touch {witness}; cat")
    git(book, "config", "core.fsmonitor", f"touch {witness}; false")
    witness.unlink(missing_ok=True)
    assert report(book, before, after)["subjects"][0]["counts"] == {"revised": 1}
    assert not witness.exists()
    assert git(book, "-c", "core.fsmonitor=false", "status", "--porcelain") == ""


def test_reports_go_into_the_file_that_was_named(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "changes.html"
    done = run("HEAD", "--book", book, "--format", "html", "--out", out)
    assert done.exit_code == 0
    assert out.read_text("utf-8").startswith("<!doctype html>")
    refused = run("HEAD", "--book", book, "--out", book / READING / "data.csv")
    assert refused.exit_code == 2


def test_files_of_many_kinds_are_taken_from_a_revision_byte_for_byte(
    book: Path, tmp_path: Path
) -> None:
    from databook.pipeline.revisions import lay_out

    (book / "content").mkdir()
    (book / "content" / "picture.png").write_bytes(bytes(range(256)) * 999)
    (book / "content" / "empty.md").write_bytes(b"")
    (book / "content" / "dos.csv").write_bytes(b"a,b\r\n1,2\r\n")
    commit(book)
    out = tmp_path / "out"
    out.mkdir()
    laid = lay_out(book, "HEAD", out)
    there = [p.relative_to(out) for p in out.rglob("*") if p.is_file()]
    assert len(there) == laid.files
    assert all((out / name).read_bytes() == (book / name).read_bytes() for name in there)
    assert all(name.parts[0] in ("scorecards", "content") for name in there)


def test_two_folders_are_compared_wherever_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("before", "after"):
        shutil.copytree(TINY, tmp_path / name)
    change(tmp_path / "after", f"{READING}/data.csv", REVISED)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(databook, ["diff", "before", "after"])
    assert done.exit_code == 0
    assert "Figures: 1 revised" in done.output
    assert CliRunner().invoke(databook, ["diff", "before"]).exit_code == 2


def test_where_nothing_is_a_book_the_one_above_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(TINY, tmp_path / "book")
    monkeypatch.chdir(tmp_path / "book" / "scorecards")
    said = CliRunner().invoke(databook, ["check"]).output
    assert str((tmp_path / "book").resolve()) in said


def test_a_book_without_a_repository_has_no_revisions(tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path / "book")
    done = CliRunner().invoke(databook, ["diff", "main", "--book", str(tmp_path / "book")])
    assert done.exit_code == 2
    assert "nor a revision of this repository" in done.output
    assert "b'" not in done.output
