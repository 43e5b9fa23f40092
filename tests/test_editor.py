"""An editor helps with every file of a book: completion, hover and faults, over its protocol."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

import tiny
from databook import schema
from language_server import ROOT, Editor, running

COMMENT = re.compile(r"# yaml-language-server: \$schema=(\S+)")
KEY = re.compile(r"^kind: \"?(\w+)", re.MULTILINE)
NUMBERS = count(1)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("book")
    for name, text in schema.files().items():
        file = folder / "scorecards/schemas" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def editor(book: Path) -> Iterator[Editor]:
    with running(book) as found:
        yield found


def fresh(book: Path) -> Path:
    return book / f"scorecards/indicators/number-{next(NUMBERS)}/indicator.yaml"


def where(text: str, words: str) -> tuple[int, int]:
    """Line and column, from 0, at the end of these words."""
    before = text[: text.index(words) + len(words)]
    return before.count("\n"), len(before) - before.rfind("\n") - 1


# --- every file of the books -----------------------------------------------------------------

FILES = sorted(
    path
    for folder in ("scorecards", "generator/databook/starter", "tests/cases/books/tiny")
    for path in (ROOT / folder).rglob("*.yaml")
    if path.name != "datapackage.yaml"
    if "scorecards" in path.parts  # the texts that new files are made of stand elsewhere
)


def test_each_file_of_the_books_names_the_schema_of_its_kind() -> None:
    wrong = []
    for path in FILES:
        text = path.read_text("utf-8")
        kind, comment = KEY.search(text), COMMENT.match(text)
        inside = path.relative_to(next(p for p in path.parents if p.name == "scorecards"))
        up = "../" * (len(inside.parts) - 1)
        said = f"{up}schemas/{kind[1] if kind else '?'}.schema.json"
        if comment is None or comment[1] != said or kind is None or kind[1] not in schema.KINDS:
            wrong.append(f"{path.relative_to(ROOT)} should begin with $schema={said}")
    assert FILES
    assert wrong == []


def test_an_editor_finds_no_fault_with_the_demonstration_book(editor: Editor, book: Path) -> None:
    shown = [p for p in FILES if p.is_relative_to(ROOT / "scorecards")]
    kinds: dict[str, Path] = {}
    for path in shown:  # the longest of each kind: it says the most
        kind = str(KEY.search(path.read_text("utf-8"))[1])  # type: ignore[index]
        if kind not in kinds or path.stat().st_size > kinds[kind].stat().st_size:
            kinds[kind] = path
    assert {"databook", "framework", "indicator", "programme"} <= set(kinds)
    for path in kinds.values():
        found = editor.open(book / path.relative_to(ROOT), path.read_text("utf-8"))
        assert [d["message"] for d in found] == [], path


# --- faults ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("better: higher", "better: hihger", "higher"),
        ("decimals: 1", "decimlas: 1", "decimlas"),
        ("decimals: 1", "decimals: one", "integer"),
        ("short: Reading at eleven\n", "", "short"),
        ("  value: 80", "  value: 1,080", "number"),
        ("periods: calendar-year", "periods: year", "calendar-year"),
    ],
)
def test_an_editor_marks_a_mistake_in_its_line(
    editor: Editor, book: Path, old: str, new: str, said: str
) -> None:
    text = tiny.changed((old, new))
    found = editor.open(fresh(book), text)
    assert len(found) == 1
    assert said in found[0]["message"]
    if new:
        assert found[0]["range"]["start"]["line"] == where(text, new.strip())[0]


def test_an_editor_has_no_quarrel_with_a_sound_file(editor: Editor, book: Path) -> None:
    assert editor.open(fresh(book), tiny.indicator_text()) == []


# --- hover -----------------------------------------------------------------------------------


def test_hover_says_what_a_key_is_with_an_example(editor: Editor, book: Path) -> None:
    file, text = fresh(book), tiny.indicator_text()
    editor.open(file, text)
    line, _ = where(text, "\nunit_label")
    said = editor.hover(file, line, 3)
    assert "Unit in words" in said
    assert "The unit in words, for axes and tables" in said
    assert "% of pupils" in said


def test_hover_says_what_each_value_of_a_choice_means(editor: Editor, book: Path) -> None:
    file, text = fresh(book), tiny.indicator_text()
    editor.open(file, text)
    line, _ = where(text, "\nstanding")
    said = editor.hover(file, line, 3)
    assert "`headline`: One of the three to five that lead an outcome" in said
    assert "`development`: On the data development agenda" in said


def test_hover_helps_inside_a_part(editor: Editor, book: Path) -> None:
    file, text = fresh(book), tiny.indicator_text()
    editor.open(file, text)
    line, column = where(text, "  next_rel")
    assert "When the next are due" in editor.hover(file, line, column)


# --- completion ------------------------------------------------------------------------------


def test_completion_offers_the_values_of_a_choice_with_their_meaning(
    editor: Editor, book: Path
) -> None:
    file, text = fresh(book), tiny.changed(("better: higher", "better: "))
    editor.open(file, text)
    offered = editor.complete(file, *where(text, "better: "))
    assert list(offered) == ["higher", "lower", "neutral"]
    assert "as with deaths" in str(offered["lower"]["documentation"])


def test_completion_offers_the_keys_that_are_not_there_yet(editor: Editor, book: Path) -> None:
    file, text = fresh(book), tiny.indicator_text()
    editor.open(file, text)
    offered = editor.complete(file, text.count("\n"), 0)
    assert {"partners", "actions", "powers", "notes", "breaks"} <= set(offered)
    assert "title" not in offered
    assert "slug" not in offered
    assert "Who has a part to play." in str(offered["partners"]["documentation"])
    assert offered["partners"]["insertText"] == "partners:\n  - name: $1\n    role: $2"
    assert offered["powers"]["insertText"].startswith("powers:\n  communication: ")


def test_completion_offers_the_keys_of_an_item(editor: Editor, book: Path) -> None:
    file, text = fresh(book), tiny.indicator_text() + "actions:\n  - title: Read aloud\n    \n"
    editor.open(file, text)
    offered = editor.complete(file, *where(text, "Read aloud\n    "))
    assert set(offered) == {"owner", "due", "state", "measure", "cost", "illustrative"}


@pytest.mark.parametrize("kind", sorted(schema.KINDS))
def test_a_new_file_of_each_kind_is_helped_from_its_first_lines(
    editor: Editor, book: Path, kind: str
) -> None:
    text = f"# yaml-language-server: $schema=../schemas/{kind}.schema.json\nformat: 1\n"
    file = book / f"scorecards/new-files/{kind}.yaml"
    missing = editor.open(file, text)
    assert missing
    offered = editor.complete(file, 2, 0)
    assert "kind" in offered
    assert offered["kind"]["insertText"] == f"kind: {kind}"
