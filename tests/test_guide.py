"""The contributor's guide does what it says: every command runs, every change shown can be made."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from guide import commands, edit, steps

ROOT = Path(__file__).parents[1]
TINY = ROOT / "tests" / "cases" / "books" / "tiny"
DATA = "scorecards/indicators/reading/data.csv"
PAGES = sorted((ROOT / "content" / "contribute").glob("*.md"))
# Rows that are not there yet when a page of the guide begins.
BEFORE = {"add-a-year": "2025,", "answer-a-warning": "2024,"}
# What people type. Anything else in the guide would be run by nobody, so it may not stand there.
PROGRAMS = {"databook", "git", "cp", "rm"}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The tiny book in a clone, as a contributor has it."""
    root, bare = tmp_path / "book", tmp_path / "bare.git"
    shutil.copytree(TINY, root)
    run(tmp_path, "git init --quiet --bare bare.git")
    for command in ("init --quiet --initial-branch=main", f"remote add origin {bare}"):
        run(root, f"git {command}")
    return root


def environment() -> dict[str, str]:
    who = {f"GIT_{role}_{what}": "t@example.org" for role in ("AUTHOR", "COMMITTER")
           for what in ("NAME", "EMAIL")}  # fmt: skip
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return os.environ | who | quiet | {"PATH": path}


def run(folder: Path, command: str) -> str:
    done = subprocess.run(
        shlex.split(command), cwd=folder, env=environment(), capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


def serves(book: Path) -> None:
    """`databook serve` shows the book until it is stopped."""
    command = (sys.executable, "-u", "-m", "databook", "serve", "--port", "0")
    with subprocess.Popen(
        command, cwd=book, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True,
    ) as server:  # fmt: skip
        assert server.stdout is not None
        patience = threading.Timer(120, server.kill)
        patience.start()
        said = ""
        for line in server.stdout:
            said += line
            if "http://" in line:
                break
        patience.cancel()
        server.terminate()
    assert "http://" in said, said


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_and_change_of_a_page_works_in_its_order(page: Path, book: Path) -> None:
    if start := BEFORE.get(page.stem):
        rows = (book / DATA).read_text("utf-8").splitlines(keepends=True)
        (book / DATA).write_text("".join(r for r in rows if not r.startswith(start)), "utf-8")
    run(book, "git add .")
    run(book, "git commit --quiet --message Before")
    # The ten minutes speak of a book just begun; this one has other outcomes.
    told = page.read_text("utf-8").replace("good-lives/curious", "good-start/ready-to-learn")
    follow(told, book)


def test_the_ten_minutes_are_the_same_in_a_book_that_has_just_been_begun(tmp_path: Path) -> None:
    run(tmp_path, "git init --quiet --bare bare.git")
    run(tmp_path, "databook new my-book")
    begun = tmp_path / "my-book"
    run(begun, "git init --quiet --initial-branch=main")
    run(begun, f"git remote add origin {tmp_path / 'bare.git'}")
    run(begun, "git add .")
    run(begun, "git commit --quiet --message Begun")
    told = (ROOT / "content/contribute/a-programme-in-ten-minutes.md").read_text("utf-8")
    follow(told, begun)
    run(begun, "databook build")
    page = begun / "build/site/programmes/reading-friends/index.html"
    assert "Children with a reading friend" in page.read_text("utf-8")
    assert "Write" not in page.read_text("utf-8").partition("<article")[2].partition("</article")[0]


def follow(guide: str, book: Path) -> None:
    """Do all that a page says, in its order."""
    said = ""
    for kind, block in steps(guide):
        match kind:
            case "diff":
                edit(book, block)
            case "yaml":  # another way than the steps before: on the book as it was
                run(book, f"git clone --quiet . {book}-other")
                declared = Path(f"{book}-other") / DATA.replace("data.csv", "indicator.yaml")
                declared.write_text(declared.read_text("utf-8") + block, "utf-8")
                assert run(declared.parents[3], "databook check").startswith("No problems")
            case "csv":
                (book / "clubs.csv").write_text(block, "utf-8")
            case "text":
                assert block.strip() == said.strip(), "the guide shows another answer"
            case "sh":
                for command in commands(block):
                    assert shlex.split(command)[0] in PROGRAMS, command
                    if command == "databook serve":
                        serves(book)
                    else:
                        said = run(book, command)
            case other:
                pytest.fail(f"nobody knows what to do with a block of {other}")


def test_the_front_page_leads_to_every_page_and_nowhere_else() -> None:
    text = (ROOT / "content/contribute/index.md").read_text("utf-8")
    beside = set(re.findall(r"\]\(([a-z-]+\.md)\)", text))
    assert beside == {page.name for page in PAGES} - {"index.md"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_picture_is_there_is_small_and_is_told_in_words(page: Path) -> None:
    for words, name in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", page.read_text("utf-8")):
        assert len(words) > 40, name
        picture = page.with_name(name)
        assert picture.read_bytes()[8:12] == b"WEBP"
        assert picture.stat().st_size < 80_000


@pytest.mark.parametrize("page", [p for p in PAGES if p.stem != "index"], ids=lambda p: p.stem)
def test_a_page_is_about_ten_steps_or_fewer(page: Path) -> None:
    numbered = re.findall(r"^## (\d+)\. ", page.read_text("utf-8"), re.MULTILINE)
    assert numbered == [str(n + 1) for n in range(len(numbered))]
    assert 3 <= len(numbered) <= 10


def test_every_command_of_databook_in_contributing_is_one_that_it_has() -> None:
    from databook.cli.commands import databook

    for name in ("CONTRIBUTING.md", "README.md", "content/contribute/index.md"):
        text = (ROOT / name).read_text("utf-8")
        for command in re.findall(r"(?:^|`)databook ([a-z][a-z-]*)", text, re.MULTILINE):
            assert command in databook.commands, f"{name}: databook {command}"
