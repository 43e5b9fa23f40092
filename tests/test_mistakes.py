"""Mistakes that contributors make, each with the exact text that `databook check` prints.

A case is a folder of `cases/mistakes`: `mistake.txt` says what to change in the tiny book (a
path, the lines that go after "- ", the lines that come after "+ ", or after "~ " where codes
such as \\u00a0 stand for letters that nobody sees; "! " says what is done to the whole file),
`expected.txt` what is printed. `pytest --accept` writes the latter anew.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from databook import pipeline
from databook.problems import Level, Problem, as_text

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


def test_sixty_kinds_of_mistakes_and_more_are_told() -> None:
    codes = {
        line.split(" ")[2]
        for case in MISTAKES
        for line in (case / "expected.txt").read_text("utf-8").splitlines()
        if not line.startswith(" ")
        if line
    }
    assert len(codes) >= 60


def test_every_case_is_an_error_unless_its_text_says_warning() -> None:
    for case in MISTAKES:
        first = (case / "expected.txt").read_text("utf-8").split(" ")[1]
        assert first in {level.value for level in Level}, case.name


def make(mistake: str, root: Path) -> None:
    """Do to the book what the mistake says; lines to take away must stand there exactly once."""
    for part in mistake.strip("\n").split("\n\n"):
        name, *lines = part.split("\n")
        done = [line[2:] for line in lines if line.startswith("! ")]
        if any(line.startswith("! new") or line == "! delete" for line in lines):
            whole(done[0], root / name, lines)
            continue
        old = "".join(f"{line[2:]}\n" for line in lines if line.startswith("- "))
        new = "".join(written(line) for line in lines if line.startswith(("+ ", "~ ")))
        text = (root / name).read_text("utf-8")
        if not old and not new:
            old = new = text
        assert text.count(old) == 1, f"{name} holds these lines {text.count(old)} times:\n{old}"
        (root / name).write_text(text.replace(old, new), "utf-8", newline="\n")
        for what in done:
            whole(what, root / name, lines)


def written(line: str) -> str:
    text = line[2:].encode().decode("unicode_escape") if line.startswith("~ ") else line[2:]
    return f"{text}\n"


def whole(what: str, file: Path, lines: list[str]) -> None:
    """What is done to the file as a whole."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if what == "new":
        text = "".join(written(line) for line in lines if line.startswith(("+ ", "~ ")))
        file.write_text(text, "utf-8", newline="\n")
        return
    if what == "delete":
        file.unlink()
        return
    if what.startswith("copy "):
        shutil.copytree(file.parent, file.parents[1] / what.split(" ")[1])
        return
    data = file.read_bytes()
    changed = {
        "bom": b"\xef\xbb\xbf" + data,
        "cr": data.replace(b"\n", b"\r"),
        "latin-1": data.decode().encode("latin-1", "replace"),
        "utf-16": data.decode().encode("utf-16"),
        "semicolons": data.replace(b",", b";"),
        "tabs": data.replace(b",", b"\t"),
        "empty": b"",
        "headings only": data.split(b"\n")[0] + b"\n",
    }
    file.write_bytes(changed[what])


def check(root: Path) -> tuple[Problem, ...]:
    """Every problem of a book, as `databook check` finds them."""
    return pipeline.check(pipeline.Order(root=root, out=root, fresh=True))


def printed(found: tuple[Problem, ...]) -> str:
    return "".join(as_text(problem) for problem in found)
