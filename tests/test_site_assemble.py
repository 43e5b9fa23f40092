"""Putting a site in place: whole or not at all, and no more written than changed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from databook import site, swapping


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_site_holds_exactly_what_it_was_given(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "site"
    done = site.assemble(out, {"index.html": b"1", "a/b/c.csv": b"2"})
    assert tree(out) == {"index.html": b"1", "a/b/c.csv": b"2"}
    assert done.written == ("a/b/c.csv", "index.html")
    again = site.assemble(out, {"index.html": b"1", "a/new.csv": b"3"})
    assert tree(out) == {"index.html": b"1", "a/new.csv": b"3"}
    assert (again.written, again.kept, again.removed) == (("a/new.csv",), 1, ("a/b/c.csv",))
    assert [path.name for path in out.parent.iterdir()] == ["site"]


def test_what_did_not_change_is_not_written_again(tmp_path: Path) -> None:
    out = tmp_path / "site"
    site.assemble(out, {"kept.html": b"k", "same.html": b"s"})
    before = {p.name: p.stat().st_ino for p in out.iterdir()}
    site.assemble(out, {"kept.html": None, "same.html": b"s"})
    assert {p.name: p.stat().st_ino for p in out.iterdir()} == before


def test_to_keep_what_is_not_there_fails_and_leaves_the_old_site(tmp_path: Path) -> None:
    out = tmp_path / "site"
    site.assemble(out, {"index.html": b"old"})
    with pytest.raises(FileNotFoundError):
        site.assemble(out, {"index.html": b"new", "gone.html": None})
    assert tree(out) == {"index.html": b"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "a\\b", "", "a/\0", "n" * 300])
def test_nothing_is_written_outside_the_site(tmp_path: Path, path: str) -> None:
    out = tmp_path / "in" / "site"
    with pytest.raises(ValueError, match=r"site|name"):
        site.assemble(out, {path: b"x"})
    assert tree(tmp_path) == {}


def test_a_link_in_place_of_the_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotADirectoryError):
        site.assemble(tmp_path / "site", {"index.html": b"x"})


BUILDER = """
import sys
from pathlib import Path
from databook import site
out, number = Path(sys.argv[1]), 0
while True:
    number += 1
    files = {f"{n}/index.html": f"{number}".encode() for n in range(200)}
    site.assemble(out, files)
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
    site.assemble(out, {"index.html": b"x"})
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_where_names_cannot_be_exchanged_two_steps_do_and_a_third_mends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "elsewhere")
    out = tmp_path / "site"
    site.assemble(out, {"index.html": b"old"})
    site.assemble(out, {"index.html": b"new"})
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
def test_two_makers_of_one_file_are_both_named(one: str, other: str) -> None:
    merged = site.merge({"the frame": {one: b"1"}, "the pages": {other: b"2"}})
    assert merged.value is None
    (problem,) = merged.problems
    assert one in problem.what or other in problem.what
    assert problem.code == "site-collision"


def test_files_of_several_makers_come_together() -> None:
    merged = site.merge({"a": {"x/index.html": b"1", "x.csv": None}, "b": {"y/index.html": b"2"}})
    assert merged.value == {"x/index.html": b"1", "x.csv": None, "y/index.html": b"2"}
