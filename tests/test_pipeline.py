"""Building again gives what building from nothing gives, does no more than it must, and is safe."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

import books
from databook import listing, store
from databook.pipeline import Built, Order, build, check
from databook.problems import Level

SETTINGS = "scorecards/databook.yaml"
PATIENCE = 120  # seconds that anything may take on a busy machine


def measure(root: Path, number: int, name: str = "") -> Path:
    return root / "scorecards" / "indicators" / f"measure-{number:05d}" / name


def site(root: Path) -> Path:
    return root / "build" / "site"


def built(root: Path, **how: int) -> Built:
    return build(Order(root=root, out=site(root), **how))


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture(scope="module")
def living(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book that was built once and is then edited by one test after another."""
    root = books.write_book(tmp_path_factory.mktemp("living"))
    first = built(root)
    assert not first.failed, first.problems
    assert first.made == first.pages
    return root


def change_a_value(root: Path) -> None:
    file = measure(root, 1, "data.csv")
    lines = file.read_text("utf-8").splitlines()
    fields = lines[-1].split(",")
    fields[-2:] = ["p", f"{fields[-1]} again".strip()]
    file.write_text("\n".join([*lines[:-1], ",".join(fields)]) + "\n", "utf-8")


def change_a_title(root: Path) -> None:
    replace(measure(root, 2, "indicator.yaml"), "title: ", "title: Really ")


def change_a_story(root: Path) -> None:
    replace(measure(root, 3, "story.md"), "Rates", "Counts and rates")


def tell_more(root: Path) -> None:
    with measure(root, 3, "story.md").open("a", encoding="utf-8") as story:
        story.write("\nMore will be known.\n")


def add_an_indicator(root: Path) -> None:
    books.add_indicator(root, 100)


def remove_an_indicator(root: Path) -> None:
    if measure(root, 4).exists():
        shutil.rmtree(measure(root, 4))


def change_the_settings(root: Path) -> None:
    replace(root / SETTINGS, "title: ", "title: New ")


def change_a_narrative_page(root: Path) -> None:
    replace(root / "content" / "about.md", "A made-up", "An entirely made-up")


def lose_a_file_of_the_site(root: Path) -> None:
    (site(root) / "indicators" / "measure-00001" / "data.csv").unlink()


def lose_the_site(root: Path) -> None:
    shutil.rmtree(site(root))


def add_a_file_to_the_site(root: Path) -> None:
    (site(root) / "stray.html").write_text("stray", "utf-8")


def tamper_with_a_page(root: Path) -> None:
    page = site(root) / "indicators" / "measure-00001" / "index.html"
    data = page.read_bytes()
    page.unlink()  # else the edit would be of every name that the file has
    page.write_bytes(data.replace(b"a", b"b"))


def damage_the_store(root: Path) -> None:
    file = root / ".databook" / "store"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)


def cut_the_store_short(root: Path) -> None:
    file = root / ".databook" / "store"
    file.write_bytes(file.read_bytes()[:100])


EDITS: tuple[Callable[[Path], None], ...] = (
    change_a_value, change_a_title, change_a_story, add_an_indicator, remove_an_indicator,
    change_the_settings, change_a_narrative_page, lose_a_file_of_the_site, lose_the_site,
    add_a_file_to_the_site, tamper_with_a_page, damage_the_store, cut_the_store_short,
)  # fmt: skip


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_building_on_gives_what_building_from_nothing_gives(
    living: Path, tmp_path: Path, edit: Callable[[Path], None]
) -> None:
    edit(living)
    again = built(living)
    assert not again.failed, again.problems
    whole = build(Order(root=living, out=tmp_path / "site", fresh=True))
    # That build was for another folder and is remembered in place of the first one.
    assert books.differing(books.contents(site(living)), books.contents(tmp_path / "site")) == []
    assert again.problems == whole.problems
    built(living)


@pytest.mark.parametrize("edit", [change_a_value, tell_more], ids=lambda edit: edit.__name__)
def test_with_a_process_for_the_spreadsheets_the_same_is_built(
    living: Path, tmp_path: Path, edit: Callable[[Path], None]
) -> None:
    built(living)
    edit(living)
    again = built(living, jobs=2)
    assert not again.failed, again.problems
    whole = build(Order(root=living, out=tmp_path / "site", fresh=True))
    assert books.differing(books.contents(site(living)), books.contents(tmp_path / "site")) == []
    assert again.problems == whole.problems
    built(living)


@pytest.mark.parametrize(
    "edit",
    [change_a_value, lose_a_file_of_the_site, lose_the_site, add_a_file_to_the_site,
     tamper_with_a_page],
    ids=lambda edit: edit.__name__,
)  # fmt: skip
def test_with_a_process_that_looks_through_the_site_the_same_is_seen(
    living: Path, monkeypatch: pytest.MonkeyPatch, edit: Callable[[Path], None]
) -> None:
    monkeypatch.setattr(import_module("databook.pipeline.build"), "MANY", 0)
    built(living)
    before = books.contents(site(living))
    edit(living)
    again = built(living, jobs=2)
    assert not again.failed, again.problems
    if edit is not change_a_value:
        assert books.differing(books.contents(site(living)), before) == []
    assert built(living, jobs=2).made == 0
    after = books.contents(site(living))
    assert built(living).made == 0
    assert books.differing(books.contents(site(living)), after) == []


def test_files_are_listed_alike_here_and_aside(tmp_path: Path) -> None:
    for name in ("a/b/index.html", "a/index.html", "é/\u2019.txt", "empty"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, "utf-8")
    (tmp_path / "nothing in it").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "a")
    for folder in (tmp_path, tmp_path / "a", tmp_path / "not there"):
        with listing.aside(folder) as listed:
            assert listed() == listing.listing(folder)
    assert set(listing.listing(tmp_path)) == {
        "a/b/index.html", "a/index.html", "é/\u2019.txt", "empty", "link",
    }  # fmt: skip


def test_nothing_changed_makes_nothing_and_reads_nothing_again(tmp_path: Path) -> None:
    root = books.write_book(tmp_path / "book")
    first = built(root)
    before = books.contents(site(root))
    inode = site(root).stat().st_ino
    os.utime(measure(root, 1, "data.csv"))
    again = built(root)
    assert (again.made, again.changed, again.pages) == (0, (), first.pages)
    assert again.problems == first.problems
    assert site(root).stat().st_ino == inode
    assert books.contents(site(root)) == before


def test_one_changed_value_makes_one_indicator_page_and_the_overviews(tmp_path: Path) -> None:
    root = books.write_book(tmp_path / "book", indicators=8)
    built(root)
    change_a_value(root)
    again = built(root)
    assert not again.failed, again.problems
    indicators = [c for c in again.changed if c.startswith("indicators/measure-")]
    assert {c.split("/")[1] for c in indicators} == {"measure-00001"}
    assert again.pages - again.made >= 7


def test_an_error_leaves_the_old_site_whole_and_mending_it_makes_one_page(tmp_path: Path) -> None:
    root = books.write_book(tmp_path / "book", indicators=8)
    built(root)
    before = books.contents(site(root))
    file = measure(root, 1, "indicator.yaml")
    sound = file.read_text("utf-8")
    file.write_text(sound.replace("better: lower", "better: sideways"), "utf-8")
    wrong = built(root)
    assert wrong.failed
    assert {p.place.path for p in wrong.problems} >= {file.relative_to(root).as_posix()}
    assert books.contents(site(root)) == before
    file.write_text(sound, "utf-8")
    assert built(root).made == 0


def test_problems_of_all_indicators_are_told_at_once_and_in_order(tmp_path: Path) -> None:
    root = books.write_book(tmp_path / "book", indicators=14)
    for number in (2, 7, 13):
        replace(measure(root, number, "indicator.yaml"), "kind: indicator", "kind: indicater")
    alone, together = (build(Order(root=root, out=site(root), jobs=jobs)) for jobs in (1, 2))
    assert len({p.place.path for p in alone.problems if p.level is Level.ERROR}) == 3
    paths = [p.place.path for p in alone.problems]
    assert paths == sorted(paths)
    assert alone.problems == together.problems == check(Order(root=root, out=root))
    assert not site(root).exists()


def test_a_store_that_came_with_the_book_is_not_read(tmp_path: Path) -> None:
    """A pickle runs code when it is read: one that somebody committed must not be."""
    root = books.write_book(tmp_path / "book")
    built(root)
    home = root / ".databook"
    ran = tmp_path / "ran"
    (home / "store").write_bytes(pickle.dumps(Bomb(ran)))
    assert store.read(root) == store.Store()
    elsewhere = tmp_path / "copy"
    shutil.copytree(root, elsewhere)
    assert store.read(elsewhere) == store.Store()
    assert not ran.exists()


class Bomb:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
        return (Path.touch, (self.path,))


def test_two_builds_of_one_book_do_not_meet(tmp_path: Path) -> None:
    root = books.write_book(tmp_path / "book")
    with store.at_work(root):
        refused = books.databook("build", root)
    assert refused.returncode == 3
    assert "Another databook is at work" in refused.stderr
    assert "Traceback" not in refused.stderr


# A Python that was stopped while it was making a class ends by the signal itself whatever is
# done about it; to a shell that is 130 too.
ENDED = {signal.SIGKILL: {-9}, signal.SIGINT: {130, -2}, signal.SIGTERM: {143}}


@pytest.mark.parametrize("how", ENDED)
def test_a_build_that_is_ended_leaves_the_old_site_whole(tmp_path: Path, how: int) -> None:
    root = books.write_book(tmp_path / "book", indicators=16)
    built(root)
    before = books.contents(site(root))
    replace(root / SETTINGS, "title: ", "title: Another ")
    command = [sys.executable, "-m", "databook", "build", str(root), "--jobs", "2"]
    for seconds in (0.0, 0.5, 1.2, 2.0):
        running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        wait_until_at_work(root)
        time.sleep(seconds)
        running.send_signal(how)
        _, said = running.communicate(timeout=PATIENCE)
        if running.returncode == 0:
            break  # it was quicker than we were
        assert running.returncode in ENDED[how]
        assert b"Traceback" not in said
        assert books.contents(site(root)) == before
    assert not built(root).failed
    build(Order(root=root, out=tmp_path / "whole", fresh=True))
    assert books.differing(books.contents(site(root)), books.contents(tmp_path / "whole")) == []
    left = [p.name for p in (root / ".databook").iterdir() if p.name.startswith("work-")]
    assert left == []
    assert sorted(p.name for p in (root / "build").iterdir()) == [".site.spare", "site"]


def wait_until_at_work(root: Path) -> None:
    lock = root / ".databook" / "lock"
    before = lock.stat().st_mtime_ns
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if lock.stat().st_mtime_ns > before:
            return
        time.sleep(0.05)
    raise AssertionError("the build did not begin")
