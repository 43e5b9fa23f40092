"""Putting a site in place: whole or not at all, and no more written than changed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from databook import site, swapping, trees


def assemble(out: Path, files: dict[str, bytes | None]) -> site.Assembled:
    with site.construction(out, spare=trees.identity(trees.spare_of(out))) as works:
        works.bring("the test", files)
        assert not works.collisions()
        return works.finish()


def visible(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if not path.name.endswith(".spare")]


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_site_holds_exactly_what_it_was_given(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "site"
    done = assemble(out, {"index.html": b"1", "a/b/c.csv": b"2"})
    assert tree(out) == {"index.html": b"1", "a/b/c.csv": b"2"}
    assert done.written == ("a/b/c.csv", "index.html")
    again = assemble(out, {"index.html": b"1", "a/new.csv": b"3"})
    assert tree(out) == {"index.html": b"1", "a/new.csv": b"3"}
    assert (again.written, again.kept, again.removed) == (("a/new.csv",), 1, ("a/b/c.csv",))
    assert visible(out.parent) == ["site"]


def test_what_did_not_change_is_not_written_again(tmp_path: Path) -> None:
    out = tmp_path / "site"
    assemble(out, {"kept.html": b"k", "same.html": b"s"})
    before = {p.name: p.stat().st_ino for p in out.iterdir()}
    assemble(out, {"kept.html": None, "same.html": b"s"})
    assert {p.name: p.stat().st_ino for p in out.iterdir()} == before


def test_to_keep_what_is_not_there_fails_and_leaves_the_old_site(tmp_path: Path) -> None:
    out = tmp_path / "site"
    assemble(out, {"index.html": b"old"})
    with pytest.raises(FileNotFoundError):
        assemble(out, {"index.html": b"new", "gone.html": None})
    assert tree(out) == {"index.html": b"old"}
    assert visible(tmp_path) == ["site"]


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "a\\b", "", "a/\0", "n" * 300])
def test_nothing_is_written_outside_the_site(tmp_path: Path, path: str) -> None:
    out = tmp_path / "in" / "site"
    with pytest.raises(ValueError, match=r"site|name"):
        assemble(out, {path: b"x"})
    assert tree(tmp_path) == {}


def test_a_link_in_place_of_the_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotADirectoryError):
        assemble(tmp_path / "site", {"index.html": b"x"})


BUILDER = """
import sys
from pathlib import Path
from databook import site, trees
out, number = Path(sys.argv[1]), 0
while True:
    number += 1
    files = {f"{n}/index.html": f"{number}".encode() for n in range(200)}
    spare = trees.identity(trees.spare_of(out)) if number > 1 else None
    with site.construction(out, spare=spare) as works:
        works.bring("the test", files)
        works.finish()
    print(number, flush=True)
"""


def test_a_build_killed_at_any_moment_leaves_a_whole_site(tmp_path: Path) -> None:
    out = tmp_path / "site"
    for delay in (0.0, 0.011, 0.023, 0.037, 0.051, 0.068):
        command = [sys.executable, "-c", BUILDER, str(out)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as builder:
            assert builder.stdout
            builder.stdout.readline()
            time.sleep(delay)
            os.kill(builder.pid, signal.SIGKILL)
        found = tree(out)
        assert len(found) == 200
        assert len(set(found.values())) == 1, "pages of two builds in one site"
    assemble(out, {"index.html": b"x"})
    assert visible(tmp_path) == ["site"]


def test_where_names_cannot_be_exchanged_two_steps_do_and_a_third_mends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "elsewhere")
    out = tmp_path / "site"
    assemble(out, {"index.html": b"old"})
    assemble(out, {"index.html": b"new"})
    assert tree(out) == {"index.html": b"new"}
    out.rename(tmp_path / ".site.old")  # as a kill between the two steps leaves it
    swapping.recover(out, ".site.new-")
    assert tree(out) == {"index.html": b"new"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("about/index.html", "about/index.html"),
        ("Reading/index.html", "reading/index.html"),
        ("cafe\u0301/index.html", "caf\u00e9/index.html"),
        ("a", "a/index.html"),
    ],
)
def test_two_makers_of_one_file_are_both_named(tmp_path: Path, one: str, other: str) -> None:
    with site.construction(tmp_path / "site") as works:
        works.bring("the frame", {one: b"1"})
        works.bring("the pages", {other: b"2"})
        (problem,) = works.collisions()
    assert one in problem.what or other in problem.what
    assert problem.code == "site-collision"
    assert visible(tmp_path) == []


def test_what_is_given_up_where_there_was_nothing_leaves_nothing(tmp_path: Path) -> None:
    with site.construction(tmp_path / "a" / "b" / "site") as works:
        works.bring("the test", {"index.html": b"1"})
    assert list(tmp_path.iterdir()) == []


def test_what_is_given_up_leaves_the_old_site_and_a_spare_like_it(tmp_path: Path) -> None:
    out = tmp_path / "site"
    assemble(out, {"index.html": b"1", "a/x.html": b"x"})
    assemble(out, {"index.html": b"2", "a/x.html": b"x"})
    spare = trees.spare_of(out)
    with site.construction(out, spare=trees.identity(spare)) as works:
        works.bring("the test", {"index.html": b"3", "a/x.html": b"y", "b/new.html": b"n"})
    assert tree(out) == tree(spare) == {"index.html": b"2", "a/x.html": b"x"}
    assert not (spare / "b").exists()


STEPS: tuple[dict[str, bytes | None], ...] = (
    {"index.html": b"1", "a/b/c.csv": b"1", "same/x": b"s"},
    {"index.html": b"2", "a/b/c.csv": None, "same/x": None},
    {"index.html": b"2", "a/b/d.csv": b"d", "same/x": None},
    {"index.html": b"3", "a/b": b"a file where a folder was", "same/x": None},
    {"index.html": b"3", "a/b/c.csv": b"and a folder again", "same/x": b"t"},
    {"index.html": b"3"},
)


def test_the_spare_follows_the_site_and_its_files_are_the_same_files(tmp_path: Path) -> None:
    out = tmp_path / "site"
    before: dict[str, bytes] = {}
    for number, files in enumerate(STEPS):
        kept = {path: data for path, data in before.items() if path in files}
        assemble(out, files)
        before = kept | {path: data for path, data in files.items() if data is not None}
        assert tree(out) == before
        if number:
            spare = trees.spare_of(out)
            assert tree(spare) == before
            assert {p: (out / p).stat().st_ino for p in before} == {
                p: (spare / p).stat().st_ino for p in before
            }
            assert not [p for p in spare.rglob("*") if p.is_dir() and not any(p.iterdir())]


def test_an_edit_through_a_name_in_the_site_never_reaches_what_is_built_next(
    tmp_path: Path,
) -> None:
    out = tmp_path / "site"
    assemble(out, {"index.html": b"one", "x.html": b"x"})
    assemble(out, {"index.html": b"two", "x.html": b"x"})
    (out / "index.html").write_bytes(b"BAD")  # as long, and the spare has it too
    assemble(out, {"index.html": b"two", "x.html": b"x"})
    assert tree(out) == {"index.html": b"two", "x.html": b"x"}


def test_a_spare_that_is_not_the_one_remembered_is_thrown_away(tmp_path: Path) -> None:
    out = tmp_path / "site"
    assemble(out, {"index.html": b"1"})
    trees.spare_of(out).mkdir()
    (trees.spare_of(out) / "stray.html").write_bytes(b"not ours")
    with site.construction(out, spare=(1, 1)) as works:
        works.bring("the test", {"index.html": b"2"})
        works.finish()
    assert tree(out) == tree(trees.spare_of(out)) == {"index.html": b"2"}


def test_a_spare_can_be_made_of_a_site_that_never_had_one(tmp_path: Path) -> None:
    out = tmp_path / "site"
    files: dict[str, bytes | None] = {"index.html": b"1", "a/b/c.csv": b"2"}
    made = assemble(out, files)
    trees.double(out, made.files)
    assert tree(trees.spare_of(out)) == tree(out) == files
