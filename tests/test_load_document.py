"""Reading YAML: text with places, and every mistake of form in plain words."""

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from databook.load import document, text, yaml_events
from databook.load.faults import WHY
from databook.problems import Checked, Place
from databook.sources import Document


def parse(source: str) -> Checked[Document]:
    return document.parse(source.encode(), "x.yaml")


def told(source: str | bytes) -> list[tuple[str, int, int]]:
    data = source.encode() if isinstance(source, str) else source
    problems = document.parse(data, "x.yaml").problems
    assert all(p.what and p.fix and p.why for p in problems)
    return [(p.code, p.place.line, p.place.column) for p in problems]


def test_every_scalar_stays_text_and_only_a_bare_null_is_nothing() -> None:
    read = parse("a: NO\nb: 12:30\nc: 010\nd: ~\ne: 'null'\nf:\ng: 2024-99-99\nh: [1.10, '']\n")
    assert read.problems == ()
    assert read.value is not None
    assert read.value.data == {
        "a": "NO", "b": "12:30", "c": "010", "d": None, "e": "null", "f": None,
        "g": "2024-99-99", "h": ["1.10", ""],
    }  # fmt: skip


def test_keys_and_values_know_their_line_and_column() -> None:
    read = parse("title: Safe\noutcomes:\n  - slug: a\n    title:  é B\n")
    assert read.value is not None
    path = ("outcomes", 0, "title")
    assert read.value.place(path) == Place(path="x.yaml", line=4, column=13)
    assert read.value.place(path, key=True) == Place(path="x.yaml", line=4, column=5)
    assert read.value.place(("outcomes", 0, "gloss", "x")).line == 3


def test_the_python_parser_reads_the_same_as_the_c_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    source = "a: 1\nb:\n  - {c: x, d: [y, ~]}\n  - |\n    text\n    more\n"
    fast = parse(source).value
    monkeypatch.setattr(yaml_events, "LOADER", document.yaml.SafeLoader)
    slow = parse(source).value
    assert fast is not None
    assert fast == slow


def test_a_duplicate_key_names_both_lines_and_nested_ones_are_told_once() -> None:
    read = parse("target: 80\nb:\n  c: 1\n  c: 2\ntarget: 8\n")
    assert [p.what for p in read.problems] == [
        "“c” is given twice: first on line 3, again on line 4.",
        "“target” is given twice: first on line 1, again on line 5.",
    ]
    assert read.value is not None
    assert read.value.data == {"target": "80", "b": {"c": "1"}}
    again = parse("a:\n  x: 1\na:\n  x: 2\n  x: 3\n")
    assert [p.code for p in again.problems] == ["yaml-duplicate-key"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a: &x 1\nb: *x\n", ("yaml-alias", 1, 4)),
        ("a: *x\n", ("yaml-alias", 1, 4)),
        ("<<: a\n", ("yaml-alias", 1, 1)),
        ("a: !!python/object/apply:os.system [ls]\n", ("yaml-tag", 1, 4)),
        ("a: !x y\n", ("yaml-tag", 1, 4)),
        ("a: 1\n---\nb: 2\n", ("yaml-several-documents", 2, 1)),
        ("%YAML 1.1\n---\na: 1\n", ("yaml-directive", 1, 1)),
        ("a:\n\tb: 1\n", ("yaml-tab", 2, 1)),
        ("? [a]\n: b\n", ("yaml-key", 1, 3)),
        ("", ("yaml-empty", 1, 1)),
        ("- a\n", ("yaml-not-a-mapping", 1, 1)),
        ("a: x\u202ey\n", ("text-control-character", 1, 5)),
        ('a: "x\\u202ey"\n', ("text-control-character", 1, 4)),
        ("a: x\x1b[31m\n", ("text-control-character", 1, 5)),
        ("\ufeffa: 1\n", ("text-byte-order-mark", 1, 1)),
        ("a: " + "[" * 40_000, ("yaml-too-deep", 1, 15)),
        ("a: '" + "x" * 64_000, ("text-too-big", 1, 1)),
    ],
)
def test_what_yaml_would_take_in_its_stride_is_refused(
    source: str, expected: tuple[str, int, int]
) -> None:
    assert told(source) == [expected]


@pytest.mark.parametrize(
    ("source", "words", "line", "column"),
    [
        ("format: 1\ntitle:Foo\nkind: a\n", "no space after the colon of “title”", 2, 7),
        ("title:Foo\nkind: a\n", "no space after the colon of “title”", 1, 7),
        ("title: Safe: and well\n", "colon inside a value", 1, 12),
        ("a:\n  b: 1\n   c: 2\n", "1 column further in", 3, 4),
        ("a:\n  b: 1\n c: 2\nd: 1\n", "1 column further out", 3, 2),
        ('a: "open\nb: 2\n', "the quote that is opened here is not closed on this line", 1, 4),
        ("a: 'it's here'\n", "more text after the closing quote", 1, 8),
        ("a: [1, 2\nb: 3\n", "a list that begins with [ is not closed", 1, 4),
        ("a: @x\n", "begins with a sign", 1, 4),
        ("a: - b\n", "a dash stands where no list can begin", 1, 4),
        ('a: "\\q"\n', "a backslash begins a code", 1, 5),
        ("a: 1\nloose words\nb: 2\n", "“loose words” is not a name", 2, 1),
    ],
)
def test_a_newcomers_slip_is_told_in_plain_words(
    source: str, words: str, line: int, column: int
) -> None:
    (problem,) = parse(source).problems
    assert problem.code == "yaml-syntax"
    assert words.lower() in problem.what.lower()
    assert (problem.place.line, problem.place.column) == (line, column)


def test_bytes_that_are_not_utf_8_are_placed() -> None:
    assert told(b"a: 1\nb: caf\xe9\n") == [("text-not-utf-8", 2, 7)]
    assert told("a: 1\n".encode("utf-16")) == [("text-not-utf-8", 1, 1)]


def test_the_list_of_invisible_characters_is_unicodes_own() -> None:
    allowed = {"\u200c", "\u200d"}
    for number in range(0xA0, 0x110000):
        character = chr(number)
        if unicodedata.category(character) == "Cf" and character not in allowed:
            assert text.hidden(character), hex(number)
    assert not text.hidden("Persian \u200c and emoji \u200d, £5, é, …\n\t")


@given(st.binary(max_size=300))
def test_no_bytes_at_all_bring_a_traceback(data: bytes) -> None:
    read = document.parse_typed(data, "x.yaml")
    assert read.value is not None or read.problems


@given(st.text(alphabet="ab:-[]{}\"'#&*!|>%@\n \\u8U0,?", max_size=60))
def test_no_mixture_of_yamls_own_signs_brings_a_traceback(source: str) -> None:
    read = document.parse_typed(source.encode(), "x.yaml")
    assert read.value is not None or read.problems
    assert {p.code for p in read.problems} <= set(WHY)


def test_a_link_is_not_followed_and_a_missing_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text("a: 1\n")
    (tmp_path / "link.yaml").symlink_to("real.yaml")
    assert [p.code for p in document.read(tmp_path, "link.yaml").problems] == ["folder-symlink"]
    assert [p.code for p in document.read(tmp_path, "no.yaml").problems] == ["folder-missing"]
    os.mkfifo(tmp_path / "pipe.yaml")
    assert [p.code for p in document.read(tmp_path, "pipe.yaml").problems] == ["folder-not-a-file"]
