"""Contributors' Markdown: what is shown of it, and what is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from databook.load import content, narrative
from databook.problems import Checked
from databook.sources import Narrative

Read = Callable[[str], Checked[Narrative]]


@pytest.fixture
def story(tmp_path: Path) -> Read:
    def read(text: str) -> Checked[Narrative]:
        (tmp_path / "story.md").write_text(text, encoding="utf-8")
        return narrative.story(tmp_path, "story.md")

    return read


@pytest.fixture
def page(tmp_path: Path) -> Read:
    def read(text: str) -> Checked[Narrative]:
        (tmp_path / "page.md").write_text(text, encoding="utf-8")
        return narrative.page(tmp_path, "page.md")

    return read


def html(read: Checked[Narrative]) -> str:
    assert read.value is not None
    return read.value.html


def codes(read: Checked[Narrative]) -> list[tuple[str, int]]:
    return [(p.code, p.place.line) for p in read.problems]


def test_headings_of_a_story_begin_at_the_third_level_and_carry_no_id(story: Read) -> None:
    read = story("# Why\n\n## More\n\n###### Least {#x}\n\nText\n")
    assert "<h3>Why</h3>" in html(read)
    assert "<h4>More</h4>" in html(read)
    assert "<h6>Least" in html(read)
    assert "id=" not in html(read)


def test_tables_links_and_emphasis_come_through(story: Read) -> None:
    read = story("*a* [b](https://x.org) [c](../d.md) <https://e.org>\n\n|h|\n|-|\n|`<i>`|\n")
    assert read.problems == ()
    assert '<a href="https://x.org" rel="noopener">b</a>' in html(read)
    assert '<a href="../d.md" rel="noopener">c</a>' in html(read)
    assert "<td><code>&lt;i&gt;</code></td>" in html(read)


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b onclick=alert(1)>b</b>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&colon;alert(1))",
        "[x](java&Tab;script:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        "<javascript:alert(1)>",
        "![x](https://elsewhere.org/a.png)",
        "[x][r]\n\n[r]: vbscript:x",
    ],
)
def test_what_could_run_is_reported_and_never_in_the_html(
    story: Read, page: Read, attack: str
) -> None:
    for read in (story(attack), page(attack)):
        assert codes(read)
        shown = html(read).lower()
        assert "<script" not in shown
        assert "<img" not in shown
        assert 'href="j' not in shown
        assert 'href="d' not in shown
        assert 'href="v' not in shown
        assert "<b " not in shown


def test_a_bare_less_than_sign_and_code_are_text(story: Read) -> None:
    text = "3 < 4 and a <- b\n\n```\n<script>\n```\n\n`<div>`\n"
    assert story(text).problems == ()


def test_a_page_may_have_a_title_and_a_description_and_nothing_else(page: Read) -> None:
    assert page("---\ntitle: About\ndescription: What it is\n---\n\n# About\n").problems == ()
    read = page('---\ntemplate: ../../etc/passwd\ntitle: "<img src=x>"\n---\n\nText\n')
    assert codes(read) == [("text-front-matter", 2), ("text-title", 3)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*x*{: onmouseover=alert(1) }", ("text-attributes", 1)),
        ("x\n\n## Head { .wide }", ("text-attributes", 3)),
        ("*x*{ style=position:fixed }", ("text-attributes", 1)),
        ('x\n\n--8<-- "/etc/hostname"', ("text-snippet", 3)),
        ("## 3 < 4", ("text-title", 1)),
    ],
)
def test_what_mkdocs_would_act_on_is_reported_at_its_line(
    page: Read, text: str, expected: tuple[str, int]
) -> None:
    assert expected in codes(page(text))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "[a](" * 5_000,
        "<div " * 10_000,
        "`" * 30_000,
        "*a **a " * 8_000,
        ">" * 5_000 + "x",
        "- " * 10_000,
        "1. " * 10_000,
        "".join("  " * n + "- x\n" for n in range(200)),
        "&amp;" * 12_000,
    ],
)
def test_a_text_made_to_keep_a_reader_busy_is_refused_before_it_is_read(
    story: Read, page: Read, text: str
) -> None:
    assert [p.code for p in story(text).problems] == ["text-too-nested"]
    assert [p.code for p in page(text).problems] == ["text-too-nested"]


def test_a_text_above_the_cap_is_refused(story: Read) -> None:
    assert [p.code for p in story("word " * 13_000).problems] == ["text-too-big"]


def test_pages_are_found_below_content_and_a_clash_of_names_is_told(tmp_path: Path) -> None:
    (tmp_path / "content" / "guide").mkdir(parents=True)
    (tmp_path / "content" / "about.md").write_text("# About\n")
    (tmp_path / "content" / "guide" / "Start.md").write_text("# A\n")
    (tmp_path / "content" / "guide" / "start.md").write_text("# B\n")
    read = content(tmp_path)
    assert read.value is not None
    assert [n.path for n in read.value] == [
        "content/about.md", "content/guide/Start.md", "content/guide/start.md",
    ]  # fmt: skip
    assert [(p.code, p.place.path) for p in read.problems] == [
        ("page-name", "content/guide/Start.md"), ("folder-collision", "content/guide/start.md"),
    ]  # fmt: skip


def test_a_page_with_the_line_ends_of_windows_is_read_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    text = "---\r\ntitle: About\r\n---\r\n\r\n# About\r\n\r\n## Who\r\n\r\nUs.\r\n"
    (tmp_path / "content" / "about.md").write_bytes(text.encode())
    read = content(tmp_path)
    assert not read.problems
    assert read.value is not None
    assert "\r" not in read.value[0].text
