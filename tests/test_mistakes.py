"""Mistakes that contributors make, each with the exact text that `databook check` prints.

A case is a folder of `cases/mistakes`: `mistake.txt` says what to change in the tiny book (a
path, the lines that go after "- ", the lines that come after "+ "), `expected.txt` what is
printed. `pytest --accept` writes the latter anew.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from databook import load, protect, validate
from databook.problems import Level, Problem, as_text, in_order

CASES = Path(__file__).parent / "cases"
TINY = CASES / "books" / "tiny"
MISTAKES = sorted(p for p in (CASES / "mistakes").iterdir() if p.is_dir())


def test_the_tiny_book_has_no_problem() -> None:
    assert printed(check(TINY)) == ""


@pytest.mark.parametrize("case", MISTAKES, ids=lambda case: case.name)
def test_a_mistake_is_told_in_these_words(
    case: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    root = tmp_path / "book"
    shutil.copytree(TINY, root)
    make((case / "mistake.txt").read_text("utf-8"), root)
    found = check(root)
    text = printed(found)
    expected = case / "expected.txt"
    if request.config.getoption("--accept"):
        expected.write_text(text, "utf-8", newline="\n")
    assert found, "the mistake goes unseen"
    assert text == expected.read_text("utf-8")
    assert str(root) not in text


def test_ten_kinds_of_mistakes_and_more_are_told() -> None:
    codes = {
        line.split(" ")[2]
        for case in MISTAKES
        for line in (case / "expected.txt").read_text("utf-8").splitlines()
        if not line.startswith(" ")
        if line
    }
    assert len(codes) >= 25


def test_every_case_is_an_error_unless_its_text_says_warning() -> None:
    for case in MISTAKES:
        first = (case / "expected.txt").read_text("utf-8").split(" ")[1]
        assert first in {level.value for level in Level}, case.name


def make(mistake: str, root: Path) -> None:
    """Do to the book what the mistake says; lines to take away must stand there exactly once."""
    for part in mistake.strip("\n").split("\n\n"):
        name, *lines = part.split("\n")
        old = "".join(f"{line[2:]}\n" for line in lines if line.startswith("- "))
        new = "".join(f"{line[2:]}\n" for line in lines if line.startswith("+ "))
        text = (root / name).read_text("utf-8")
        assert text.count(old) == 1, f"{name} holds these lines {text.count(old)} times:\n{old}"
        (root / name).write_text(text.replace(old, new), "utf-8", newline="\n")


def check(root: Path) -> tuple[Problem, ...]:
    """Every problem of a book, by the three stages that find any."""
    read = load.book(root)
    assert read.value is not None
    around = validate.context(read.value)
    found = [*read.problems, *around.problems]
    cards = []
    for folder in read.value.indicators.values():
        if around.value is None:
            continue
        card = validate.card(folder, around.value)
        found += card.problems
        if card.value is not None:
            found += protect.card(card.value, around.value).problems
            cards.append(card.value)
    if around.value is not None:
        complete = not any(problem.level is Level.ERROR for problem in found)
        found += validate.across(around.value, cards, read.value, complete=complete)
    return in_order(found)


def printed(found: tuple[Problem, ...]) -> str:
    return "".join(as_text(problem) for problem in found)
