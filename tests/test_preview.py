"""What is shown of an edited indicator before the whole book is built is what will be built."""

from __future__ import annotations

from pathlib import Path, PurePath

import books
from databook.pipeline import Order, build, has_errors, preview
from databook.serve.server import News


def test_a_preview_is_what_the_build_will_make_or_what_is_wrong(tmp_path: Path) -> None:
    root = books.write_book(tmp_path / "book")
    order = Order(root=root, out=root / "build" / "site")
    assert preview.ready(order) is None  # nothing was built yet
    build(order)
    stands = preview.ready(order)
    assert stands is not None
    assert preview.ready(order, stands) is stands
    slug = "measure-00002"
    declared = root / "scorecards" / "indicators" / slug / "indicator.yaml"
    sound = declared.read_text("utf-8")
    declared.write_text(sound.replace("title: ", "title: Really ", 1), "utf-8")
    shown = preview.shown(slug, stands)
    build(order)
    there = books.contents(order.out)
    assert any(path.endswith("index.html") for path in shown.files)
    assert {path: there[path] for path in shown.files} == dict(shown.files)
    declared.write_text(sound.replace("kind: indicator", "kind: indicater"), "utf-8")
    assert has_errors(preview.shown(slug, stands).problems)


def test_only_edits_inside_few_indicators_can_be_shown_before_the_build() -> None:
    home = PurePath("scorecards/indicators")
    one, other = home / "a" / "data.csv", home / "b" / "story.md"
    assert preview.about({one, other}) == {"a", "b"}
    assert preview.about({one, PurePath("scorecards/databook.yaml")}) is None
    assert preview.about({home / "a"}) is None  # a folder came or went
    assert preview.about({home / str(n) / "data.csv" for n in range(9)}) is None
    assert preview.about(set()) is None


def test_a_page_that_was_shown_already_is_not_told_again_when_it_is_built(tmp_path: Path) -> None:
    news = News()
    news.previewed(3, {"a/index.html": b"new", "a/data.csv": b"1"})
    assert (news.number, set(news.changed or ())) == (1, {"a/index.html", "a/data.csv"})
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_bytes(b"new")
    (tmp_path / "a" / "data.csv").write_bytes(b"2")
    changed = ("a/data.csv", "a/index.html", "index.html")
    assert news.caught_up(2, tmp_path, changed) == changed  # built of an older state
    assert news.ahead
    assert news.caught_up(3, tmp_path, changed) == ("a/data.csv", "index.html")
    assert not news.ahead
