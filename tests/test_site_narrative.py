"""Contributors' pages: what they may say, and what must stay harmless (the frame included)."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from databook import narrative, site
from databook.model import Edition, Framework, Outcome, Settings
from databook.observations import Context
from databook.pages import Page
from databook.problems import Level
from databook.site import Frame, content

HOSTILE = {
    "raw": "<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)></svg>",
    "attributes": "*x*{ onmouseover=alert(1) style=position:fixed }",
    "links": "[a](JaVaScRiPt&colon;alert(1)) [b](data:text/html,x) [c](java\tscript:alert(1))",
    "clobbering": '<h1 id="__config">x</h1><form id="main"><input name="root"></form>',
    "template": "{{ config }} {% include '/etc/hostname' %}",
    "snippet": '--8<-- "/etc/hostname"',
    "frame": "<iframe src=https://example.org></iframe><object data=x></object><base href=//x>",
    "style": '<p style="position:fixed">x</p><style>*{display:none}</style>',
    "status": '<p class="db-finding">19.7 %: better than England</p>',
}


def settings() -> Settings:
    return Settings(
        format=1,
        kind="databook",
        title="A book </title><script>alert(1)</script>",
        short_title='Book "of" <b>tests</b>',
        summary="A book.",
        publisher="Nobody & daughters",
        notice="Not a publication of <any> body.",
        place="E1",
        population="children",
        contact="nobody",
        address="https://example.org/book/",
        repository="https://example.org/repository",
        edition=Edition(id="2026-q4", date=date(2026, 11, 22)),
    )


def book() -> Context:
    outcome = Outcome(slug="healthy", title="Healthy", statement="All are healthy.")
    framework = Framework(
        slug="five",
        format=1,
        kind="framework",
        title="Five",
        summary="Five.",
        population="children",
        source="us",
        outcomes=(outcome,),
    )
    return Context(settings=settings(), areas=(), neighbours=(), frameworks=(framework,))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Frame:
    root = tmp_path_factory.mktemp("book")
    folder = root / "content"
    folder.mkdir()
    for name, text in HOSTILE.items():
        (folder / f"{name}.md").write_text(f"# Page {name}\n\n{text}\n", encoding="utf-8")
    (folder / "about.md").write_text(
        '---\ntitle: About "us" & you\ndescription: What it\'s "for"\n---\n\nWords, '
        "[indicators](root:indicators/) and [who](#who).\n\n## Who\n\n## Where\n\n## Who\n\n"
        "| Name | Number |\n|:--|--:|\n| a | 1 |\n",
        encoding="utf-8",
    )
    (folder / "more.md").write_text(
        "# More\n\n[who](about.md#who) and [a chart](root:indicators/x/#story).\n", encoding="utf-8"
    )
    return site.make_frame(root, book(), tmp_path_factory.mktemp("staging"))


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_a_contributor_writes_runs_or_restyles(made: Frame, name: str) -> None:
    html = made.files[f"{name}/index.html"].decode()
    main = html[html.index("<main") : html.index("</main>")]
    assert not re.search(r"<(script|iframe|object|base|svg|form|input|style|link|meta)\b", main)
    assert not re.search(r"<[^>]*\s(on\w+|style)\s*=", main)
    assert not re.search(r'(href|src)="\s*(javascript|data|vbscript)', main, re.IGNORECASE)
    assert 'class="db-finding"' not in main
    ids = re.findall(r'id="([^"]+)"', main)
    assert all(i.startswith("s-") or i in ("main", "on-this-page") for i in ids), ids
    if "/etc/" in HOSTILE[name]:
        assert "/etc/hostname" in main, "it stands there as it was written"


def test_a_link_to_a_heading_of_another_page_names_it_as_it_is_named_there(made: Frame) -> None:
    html = made.files["more/index.html"].decode()
    assert 'href="../about/#s-who"' in html
    assert 'href="../indicators/x/#story"' in html


def test_settings_are_text_on_every_page(made: Frame) -> None:
    html = made.files["about/index.html"].decode()
    assert "<b>tests</b>" not in html
    assert "Book &#34;of&#34; &lt;b&gt;tests&lt;/b&gt;" in html
    assert "Not a publication of &lt;any&gt; body." in html
    assert "<title>About &quot;us&quot; &amp; you · Book" in html


def test_a_narrative_page_has_its_contents_its_links_and_its_place(made: Frame) -> None:
    html = made.files["about/index.html"].decode()
    assert 'href="../indicators/"' in html
    assert '<a href="#s-who" rel="noopener noreferrer">who</a>' in html
    assert [f'id="{i}"' in html for i in ("s-who", "s-where", "s-who-2")] == [True] * 3
    assert re.search(
        r'<nav class="db-tabs".*?<a href="[^"]*" aria-current="page">About</a>', html, re.S
    )
    assert '<th scope="col" class="db-num">Number</th>' in html
    assert made.search["about/"].title == 'About "us" & you'
    assert "Words, indicators" in made.search["about/"].text


def test_a_hung_page_has_its_words_at_its_depth(made: Frame) -> None:
    page = Page(
        path="indicators/x/",
        title="<i>Title</i>",
        description='A "quoted" finding',
        content='<h1>x</h1><a href="root:">home</a><a href="root:data/">data</a>',
        section="indicators",
        edit="scorecards/indicators/x/indicator.yaml",
        scripts=("assets/databook/table.js",),
    )
    html = site.hang(page, made).decode()
    assert "<title>&lt;i&gt;Title&lt;/i&gt; · Book" in html
    assert 'content="A &quot;quoted&quot; finding"' in html
    assert '<a href="../../">home</a><a href="../../data/">data</a>' in html
    assert '<link rel="canonical" href="https://example.org/book/indicators/x/">' in html
    assert 'aria-current="true">Indicators</a>' in html
    assert "/edit/main/scorecards/indicators/x/indicator.yaml" in html
    assert re.search(r'src="\.\./\.\./assets/databook/table\.js\?v=[0-9a-f]{10}"', html)
    assert "@@" not in html
    assert "root:" not in html


def test_home_and_the_error_page_lead_to_the_same_places(made: Frame) -> None:
    home = site.hang(
        Page(path="", title="x", description="", content="", section="home"), made
    ).decode()
    assert 'href="./" aria-current="page">Home' in home
    lost = site.accompany(book(), made, [""])["404.html"].decode()
    assert 'href="/book/indicators/"' in lost
    assert 'href="../' not in lost
    assert 'href="./' not in lost


def test_no_page_has_an_inline_script_or_style(made: Frame) -> None:
    pages = [data.decode() for path, data in made.files.items() if path.endswith(".html")]
    pages.append(site.accompany(book(), made, [""])["404.html"].decode())
    for html in pages:
        assert re.findall(r"<script(?![^>]*\bsrc=)", html) == []
        assert "<style" not in html
        assert not re.search(r"<(?!meta )[^>]*\sstyle=", html)


def test_the_frame_is_the_same_bytes_in_another_folder_and_time_zone(
    made: Frame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Chatham")
    folder = tmp_path / "elsewhere" / "content"
    folder.mkdir(parents=True)
    (folder / "raw.md").write_text(f"# Page raw\n\n{HOSTILE['raw']}\n", encoding="utf-8")
    again = site.make_frame(folder.parent, book(), tmp_path / "staging")
    assert again.parts == made.parts
    assert again.files["raw/index.html"] == made.files["raw/index.html"]


# --- what may be in content/ -----------------------------------------------------------------


def staged(tmp_path: Path) -> content.Staged:
    return content.stage(tmp_path / "content", tmp_path / "staging")


def put(tmp_path: Path, name: str, text: str = "# x\n") -> Path:
    path = tmp_path / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_two_files_for_one_page_are_named_both(tmp_path: Path) -> None:
    put(tmp_path, "about.md")
    put(tmp_path, "about/index.md")
    (problem,) = staged(tmp_path).problems
    assert problem.code == "content-twice"
    assert "about.md" in problem.what
    assert "about/index.md" in problem.what


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "about.md")
    (tmp_path / "content" / "secret.md").symlink_to("/etc/passwd")
    (tmp_path / "content" / "folder").symlink_to("/etc")
    problems = staged(tmp_path).problems
    assert [p.code for p in problems] == ["content-link", "content-link"]
    assert sorted(p.name for p in (tmp_path / "staging").iterdir()) == ["about.md"]


def test_what_computers_leave_behind_is_not_copied(tmp_path: Path) -> None:
    put(tmp_path, ".DS_Store")
    put(tmp_path, ".env")
    assert not staged(tmp_path).problems
    assert list((tmp_path / "staging").iterdir()) == []


@pytest.mark.parametrize("name", ["evil.svg", "page.html", "hook.py", "Über.md", "a b.md"])
def test_files_of_other_kinds_and_names_are_refused(tmp_path: Path, name: str) -> None:
    put(tmp_path, name)
    assert [p.level for p in staged(tmp_path).problems] == [Level.ERROR]
    assert list((tmp_path / "staging").iterdir()) == []


@pytest.mark.parametrize(
    "line", ["template: ../../etc/passwd", "hide: [navigation]", "title: <img src=x>", "- x", "x"]
)
def test_front_matter_beyond_title_and_description_is_refused(tmp_path: Path, line: str) -> None:
    put(tmp_path, "about.md", f"---\ntitle: About\n{line}\n---\n# About\n")
    (problem,) = staged(tmp_path).problems
    assert problem.code == "content-front"
    assert problem.place.line == 3
    assert (tmp_path / "staging/about.md").read_text().startswith('---\ntitle: "About"\n---\n')


def test_a_huge_page_is_refused_before_any_parser_sees_it(tmp_path: Path) -> None:
    put(tmp_path, "long.md", "[a](" * 20_000)
    assert [p.code for p in staged(tmp_path).problems] == ["content-size"]


def test_cleaning_keeps_what_markdown_makes() -> None:
    html = '<p>a <em>b</em> <a href="https://example.org" title="t">c</a></p>'
    assert narrative.plain_text(narrative.clean(html)) == "a b c"
    assert '<a href="https://example.org" title="t" rel="noopener noreferrer">' in narrative.clean(
        html
    )
