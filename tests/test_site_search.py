"""The search index: the same bytes every time, and nothing in it that was not declared."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from databook import site
from databook.pages import SearchRecord
from databook.site import engine, material, search, search_order, search_pieces


def made(records: Mapping[str, SearchRecord], staging: Path) -> dict[str, bytes]:
    files = site.index_search(records, staging).files
    return {path: data for path, data in files.items() if data is not None}


def records(count: int) -> dict[str, SearchRecord]:
    return {
        f"indicators/i{n}/": SearchRecord(
            title=f"Indicator {n}",
            text=f"words about school {n % 7}",
            synonyms=("truancy", "kicked out of school"),
            summary=f"{n} % in 2025",
            filters={
                "kind": ("Indicator",),
                "status": (("better", "worse", "not rated")[n % 3],),
                "framework": ("one", "two", "three")[: 1 + n % 3],
                "outcome": (f"outcome {n % 11}",),
            },
        )
        for n in range(count)
    }


def test_the_index_is_the_same_bytes_every_time(tmp_path: Path) -> None:
    indexes = [made(records(60), tmp_path / str(n)) for n in range(3)]
    assert indexes[0] == indexes[1] == indexes[2]


def test_the_order_in_which_records_come_does_not_matter(tmp_path: Path) -> None:
    forward = made(records(20), tmp_path / "1")
    backward = made(dict(reversed(records(20).items())), tmp_path / "2")
    assert forward == backward


def test_a_folder_used_before_leaves_nothing_behind(tmp_path: Path) -> None:
    made(records(9), tmp_path)
    assert made(records(3), tmp_path) == made(records(3), tmp_path / "x")


def test_no_records_make_no_index(tmp_path: Path) -> None:
    assert made({}, tmp_path) == {}


def test_words_of_a_record_are_text(tmp_path: Path) -> None:
    record = SearchRecord(
        title="<script>x</script>",
        text='"><img src=x onerror=y>',
        synonyms=("</p><script>",),
        filters={'a" onload="x': ("<b>",)},
    )
    html = search.document(record, "en")
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html
    assert 'onload="x' not in html


def test_filters_hold_every_page_and_are_named_where_they_are_listed(tmp_path: Path) -> None:
    index = made(records(30), tmp_path)
    (meta_path,) = [path for path in index if path.endswith(".pf_meta")]
    meta = search_order.unpack(index[meta_path])
    listed = dict(meta[search_order.FILTERS])
    assert sorted(listed) == ["framework", "kind", "outcome", "status"]
    name, values = search_order.unpack(index[f"search-index/filter/{listed['status']}.pf_filter"])
    assert name == "status"
    assert sorted(page for _, pages in values for page in pages) == list(range(30))


def test_words_of_the_index_lie_in_small_pieces_and_each_is_listed(tmp_path: Path) -> None:
    many = {
        f"p{n}/": SearchRecord(title=f"Page {n}", text=" ".join(f"w{n}x{i}" for i in range(90)))
        for n in range(120)
    }
    index = made(many, tmp_path)
    (meta,) = [search_order.unpack(index[path]) for path in index if path.endswith(".pf_meta")]
    there = {p.rpartition("/")[2]: index[p] for p in index if p.endswith(".pf_index")}
    assert there.keys() == {f"{name}.pf_index" for _, _, name in meta[search_pieces.PIECES]}
    found: list[str] = []
    for first, last, name in meta[search_pieces.PIECES]:
        (words,) = search_order.unpack(there[f"{name}.pf_index"])
        assert (words[0][0], words[-1][0]) == (first, last)
        found += [word[0] for word in words]
    assert found == sorted(found)
    assert len(found) > 90 * 120
    assert len(there) > 10
    assert max(map(len, there.values())) < 14_000


def test_the_text_of_a_page_with_a_summary_is_not_sent_for_an_excerpt(tmp_path: Path) -> None:
    summed = {"a/": SearchRecord(title="A", text="quaint words", summary="What it says")}
    bare = {"b/": SearchRecord(title="B", text="quaint words")}
    index = made({**summed, **bare}, tmp_path)
    pages = [gzip.decompress(index[path]) for path in index if path.endswith(".pf_fragment")]
    assert sorted(b"quaint" in page for page in pages) == [False, True]


def test_the_engine_that_lies_here_packed_is_that_of_the_installed_pagefind(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    made(records(1), tmp_path)
    theirs = (tmp_path / "index" / engine.PACKED.name).read_bytes()
    if request.config.getoption("--accept"):
        engine.PACKED.write_bytes(engine.packed(gzip.decompress(theirs)))
    ours = engine.PACKED.read_bytes()
    assert made(records(1), tmp_path)[f"search-index/{engine.PACKED.name}"] == ours
    assert gzip.decompress(ours) == gzip.decompress(theirs)
    assert len(ours) < len(theirs)


def test_the_engine_of_another_pagefind_is_published_and_not_the_one_that_lies_here() -> None:
    another = b"another engine " * 99
    assert gzip.decompress(engine.lighter(gzip.compress(another))) == another


def test_a_sentence_that_changes_costs_no_new_index_and_gives_the_same_bytes(
    tmp_path: Path,
) -> None:
    before = {p: replace(r, summary=f"It is 4 at {p}") for p, r in records(12).items()}
    changed = sorted(before)[3]
    after = before | {changed: replace(before[changed], summary="It is 5 there now")}
    old = site.index_search(before, tmp_path / "old")
    asked: list[str] = []

    def read(path: str) -> bytes:
        asked.append(path)
        data = old.files[path]
        assert data is not None
        return data

    new = site.index_changed(old, after, read)
    assert len(asked) == 3
    whole = made(after, tmp_path / "new")
    assert {
        path: old.files[path] if data is None else data for path, data in new.files.items()
    } == whole
    assert sum(data is not None for data in new.files.values()) == 3
    assert site.index_changed(new, after, read).files == dict.fromkeys(new.files)


def test_names_that_every_reader_fetches_are_short_and_say_what_a_page_is_about(
    tmp_path: Path,
) -> None:
    listed = {
        "a/": SearchRecord(title="A", text="x", filters={"kind": ("Indicator",)}),
        "b/": SearchRecord(title="B", text="x", filters={"kind": ("Source",)}),
        "c/": SearchRecord(title="C", text="x"),
    }
    index = made(listed, tmp_path)
    names = [p.rpartition("/")[2] for p in index if p.endswith(".pf_fragment")]
    assert sorted(name[0] for name in names) == ["b", "i", "p"]
    assert max(map(len, names)) < len("en_0123456789.pf_fragment") - 5
    assert len({name[1:] for name in names}) == 3


def test_of_the_script_what_we_do_not_use_is_left_out(tmp_path: Path) -> None:
    index = made(records(3), tmp_path)
    script = index["search-index/pagefind.js"]
    assert len(gzip.compress(script, 6)) < 9_600
    assert b"PagefindInstance" in script
    assert b"new Worker" not in script
    assert not any("worker" in path for path in index)
    with pytest.raises(search.IndexerError, match="another way"):
        search.shorter(b"export{}")


def test_words_are_listed_for_slips_of_the_hand_those_of_more_pages_first(
    tmp_path: Path,
) -> None:
    listed = {
        "a/": SearchRecord(
            title="Überall Absence", text="aged 16", synonyms=("children's absence",)
        ),
        "b/": SearchRecord(title="Absence at 16", text="", synonyms=("air",)),
    }
    lists = {p: json.loads(d) for p, d in made(listed, tmp_path).items() if "/words/" in p}
    assert lists == {
        "search-index/words/a.json": ["absence"],
        "search-index/words/c.json": ["childrens"],
        "search-index/words/u.json": ["uberall"],
    }


def test_a_page_is_found_by_what_those_that_speak_of_it_call_it() -> None:
    source = SearchRecord(title="Pathway (P6)", text="", speaks_of=("a/",))
    assert search.names({"s/": source, "a/": SearchRecord(title="A", text="")}) == {
        "a/": ["Pathway (P6)"]
    }
    assert "Pathway" in search.document(SearchRecord(title="A", text=""), "en", ["Pathway (P6)"])


nested = st.recursive(
    st.integers(-(2**40), 2**40) | st.text(max_size=300),
    lambda inner: st.lists(inner),
    max_leaves=40,
)


@given(nested)
def test_what_is_written_is_read_again(value: object) -> None:
    assert search_order.unpack(search_order.pack(value)) == value


@pytest.mark.parametrize("data", [b"", b"pagefind_dcd\xa0", b"other\x80", b"pagefind_dcd\x80\x80"])
def test_an_index_of_another_make_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, IndexError)):
        search_order.unpack(gzip.compress(data))


# --- the style sheet that is cut to size -----------------------------------------------------


def test_of_material_only_what_our_pages_can_use_is_shipped() -> None:
    css = material.style()
    assert len(gzip.compress(css.encode(), 9)) < 6_000
    assert ".md-typeset h1{" in css
    assert ".md-typeset code" in css
    assert ".md-search" not in css
    assert "url(" not in css.replace("url(data:", "").replace('url("data:', "")


def test_cutting_leaves_whole_rules_and_their_strings() -> None:
    css = (
        '@charset "utf-8";.md-nav{a:b}.md-typeset a,.md-header a{content:"}{"}'
        "@media print{.md-footer{x:y}.md-typeset{color:red}}@media all{.md-nav{c:d}}"
        "@keyframes spin{to{x:y}}:root{--md-used:1;--md-idle:2}p{left:var(--md-used)}"
    )
    kept = "".join(material.kept(css))
    assert material.without_idle(kept) == (
        '.md-typeset a{content:"}{"}\n@media print{.md-typeset{color:red}\n}'
        ":root{--md-used:1}\np{left:var(--md-used)}\n"
    )
