"""Editions: whole, kept for ever, found out if touched, and corrected in the open."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import editions
from books import contents, databook
from databook import publish, published
from databook.publish import Refused, Taken
from editions import Press, faults, git

PAGE = "indicators/reading/index.html"


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    return editions.pressed(tmp_path_factory.mktemp("press"))


@pytest.fixture(params=["folder", "git"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Somewhere to publish to."""
    if request.param == "folder":
        return tmp_path / "site"
    return editions.bare(tmp_path / "pages.git")


def tree(place: Path, tmp_path: Path) -> dict[str, bytes]:
    """What readers would get from a place."""
    if not (place / "objects").is_dir():
        return contents(place)
    copy = tmp_path / "checkout"
    shutil.rmtree(copy, ignore_errors=True)
    git(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(place), str(copy))
    return {name: data for name, data in contents(copy).items() if not name.startswith(".git/")}


def size(place: Path) -> int:
    """What a place takes on the disk: a file of several names counts once."""
    files = {(s.st_dev, s.st_ino): s.st_size for p in place.rglob("*") if (s := p.stat())}
    return sum(files.values())


def test_an_edition_stands_at_its_address_and_the_newest_at_the_root_too(
    press: Press, place: Path, tmp_path: Path
) -> None:
    press.publish(place, press.edition(1))
    press.publish(place, press.edition(2))
    there = tree(place, tmp_path)
    assert b"2026-e01" in there[f"editions/2026-e01/{PAGE}"]
    assert there[PAGE] == there[f"editions/2026-e02/{PAGE}"]
    for name in ("versions.json", "editions/versions.json"):
        assert json.loads(there[name]) == [
            {"version": "2026-e02", "title": "2026-e02", "aliases": ["latest"]},
            {"version": "2026-e01", "title": "2026-e01", "aliases": []},
        ]
    assert faults(place) == []


def test_only_the_newest_edition_is_offered_to_search_engines(
    press: Press, place: Path, tmp_path: Path
) -> None:
    press.publish(place, press.edition(1))
    press.publish(place, press.edition(2))
    there = tree(place, tmp_path)
    assert [name for name in there if name.endswith("sitemap.xml")] == ["sitemap.xml"]
    assert b"editions/2026" not in there["sitemap.xml"]
    assert b"/editions/:edition/*\n  X-Robots-Tag: noindex" in there["_headers"]
    canonical = b'<link rel="canonical" href="https://example.org/tiny/indicators/reading/">'
    assert canonical in there[f"editions/2026-e01/{PAGE}"]
    leads = b'<a href="https://example.org/tiny/indicators/reading/">'
    assert leads in there[f"editions/2026-e01/{PAGE}"], "no way to the newest without a script"


def test_what_became_of_a_page_that_is_no_more_stands_at_its_address(
    press: Press, place: Path, tmp_path: Path
) -> None:
    press.publish(place, press.edition(1))
    press.publish(place, press.without(press.edition(2), PAGE))
    there = tree(place, tmp_path)
    assert b"../../editions/2026-e01/indicators/reading/" in there[PAGE]
    assert b'content="noindex"' in there[PAGE]
    assert json.loads(there["editions.json"])["gone"] == {"indicators/reading/": "2026-e01"}
    press.publish(place, press.edition(3))
    there = tree(place, tmp_path)
    assert there[PAGE] == there[f"editions/2026-e03/{PAGE}"]
    assert json.loads(there["editions.json"])["gone"] == {}
    assert faults(place) == []


def test_ten_editions_cost_little_more_than_the_first_and_each_verifies(
    press: Press, place: Path
) -> None:
    grown = []
    for number in range(1, 11):
        before = size(place) if place.exists() else 0
        press.publish(place, press.edition(number))
        grown.append(size(place) - before)
        assert faults(place) == []
    pages = sum(
        len(d if isinstance(d, bytes) else d.read_bytes())
        for path, d in press.edition(1).files.items()
        if path.endswith(".html")
    )
    # Each page differs, for it names its edition; nothing else may be stored again.
    assert max(grown[1:]) < pages * 1.5 + 60_000
    assert grown[9] < grown[1] * 1.3
    assert editions.verified(place).editions == 10


def test_old_editions_never_change_by_a_byte(press: Press, place: Path, tmp_path: Path) -> None:
    press.publish(place, press.edition(1))
    first = tree(place, tmp_path)
    press.publish(place, press.edition(2))
    press.publish(place, press.edition(3))
    now = tree(place, tmp_path)
    own = [name for name in first if name.startswith("editions/2026-e01/")]
    assert len(own) > 20
    assert all(now[name] == first[name] for name in own)


def test_the_same_edition_again_does_nothing_and_another_under_its_name_is_refused(
    press: Press, place: Path, tmp_path: Path
) -> None:
    press.publish(place, press.edition(1))
    before = tree(place, tmp_path)
    assert press.publish(place, press.edition(1)).same
    with pytest.raises(Refused, match="never changed in silence"):
        press.publish(place, press.edition(1, {"about/index.html": b"<main>new</main>"}))
    assert tree(place, tmp_path) == before


def test_a_correction_keeps_what_it_replaces_and_says_why(
    press: Press, place: Path, tmp_path: Path
) -> None:
    press.publish(place, press.edition(1))
    was = tree(place, tmp_path)[f"editions/2026-e01/{PAGE}"]
    page = was.replace(b"<h1>", b"<h1>Now right: ")
    wanted = press.edition(1, {PAGE: page})
    wanted = replace(wanted, correction=True, reason="A school was counted <twice>.")
    done = press.publish(place, wanted)
    there = tree(place, tmp_path)
    assert done.revision == 2
    assert there[f"editions/2026-e01-r1/{PAGE}"] == was
    now = there[f"editions/2026-e01/{PAGE}"].decode()
    assert "A school was counted &lt;twice&gt;." in now
    assert "Now right: " in now
    assert "https://example.org/tiny/editions/2026-e01-r1/indicators/reading/" in now
    assert there[PAGE].decode() == now
    assert b"A school" not in there["index.html"], "a page that did not change bears no note"
    register = there["editions/index.html"].decode()
    assert "A school was counted &lt;twice&gt;." in register
    assert 'href="2026-e01-r1/"' in register
    assert faults(place) == []
    assert press.publish(place, wanted).same


def test_a_second_correction_keeps_both_reasons_on_the_pages(
    press: Press, place: Path, tmp_path: Path
) -> None:
    press.publish(place, press.edition(1))
    was = tree(place, tmp_path)[f"editions/2026-e01/{PAGE}"]
    one = press.edition(1, {PAGE: was.replace(b"<h1>", b"<h1>One ")})
    press.publish(place, replace(one, correction=True, reason="The first slip."))
    home = was.replace(b"<h1>", b"<h1>One ")
    two = press.edition(1, {PAGE: home, "index.html": home})
    press.publish(place, replace(two, correction=True, reason="The second slip."))
    there = tree(place, tmp_path)
    assert b"The first slip." in there[PAGE]
    assert b"The second slip." not in there[PAGE]
    assert b"The second slip." in there["index.html"]
    assert {n.split("/")[1] for n in there if n.startswith("editions/2026-e01-r")} == {
        "2026-e01-r1",
        "2026-e01-r2",
    }
    assert faults(place) == []


def test_an_older_edition_can_be_corrected_without_touching_the_newest(
    press: Press, place: Path, tmp_path: Path
) -> None:
    press.publish(place, press.edition(1))
    press.publish(place, press.edition(2))
    before = tree(place, tmp_path)
    was = before[f"editions/2026-e01/{PAGE}"]
    wanted = press.edition(1, {PAGE: was.replace(b"<h1>", b"<h1>Right ")})
    press.publish(place, replace(wanted, correction=True, reason="A slip."))
    now = tree(place, tmp_path)
    assert now[PAGE] == before[PAGE]
    assert b"A slip." in now["editions/index.html"]
    changed = {
        n for n in before if now.get(n) != before[n] and not n.startswith("editions/2026-e01")
    }
    assert changed == {"editions.json", "editions/index.html"}
    assert faults(place) == []


def test_a_correction_of_what_was_never_published_is_refused(press: Press, place: Path) -> None:
    wanted = replace(press.edition(1), correction=True, reason="x")
    with pytest.raises(Refused, match="no edition 2026-e01"):
        press.publish(place, wanted)


@pytest.mark.parametrize("path", [f"editions/2026-e01/{PAGE}", PAGE, "_headers", "versions.json"])
def test_verify_finds_a_changed_a_missing_and_an_added_file(
    press: Press, tmp_path: Path, path: str
) -> None:
    site = tmp_path / "site"
    press.publish(site, press.edition(1))
    press.publish(site, press.edition(2))
    file = site / path
    data = file.read_bytes()
    file.unlink()
    assert faults(site) == [("missing", path)]
    file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert faults(site) == [("changed", path)]
    file.write_bytes(data)
    (file.parent / "new.html").write_bytes(b"")
    assert faults(site) == [("added", (Path(path).parent / "new.html").as_posix())]


def test_verify_finds_a_manifest_that_was_made_to_fit(press: Press, tmp_path: Path) -> None:
    site = tmp_path / "site"
    digest = press.publish(site, press.edition(1)).register
    manifest = site / "editions/2026-e01/manifest.json"
    text = manifest.read_text()
    manifest.unlink()
    manifest.write_text(text.replace('"size": ', '"size":  ', 1))
    assert faults(site) == [("changed", "editions/2026-e01/manifest.json")]
    manifest.write_text(text)
    assert faults(site) == []
    register = site / "editions.json"
    text = register.read_text()
    register.write_text(text.replace('"indicators": 1', '"indicators": 2'))
    with publish.open_target(str(site), tmp_path, reading=True) as target:
        found = publish.verify(target, digest)
    assert [fault.path for fault in found.faults] == ["editions.json"]


def test_the_manifest_names_every_file_and_what_it_was_made_from(
    press: Press, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    press.publish(site, press.edition(1))
    folder = site / "editions/2026-e01"
    manifest = json.loads((folder / "manifest.json").read_text())
    assert {f["path"] for f in manifest["files"]} == {*contents(folder)} - {"manifest.json"}
    assert manifest["commit"] == press.wanted.facts.commit
    assert {"databook", "Python", "mkdocs-material", "polars"} <= manifest["versions"].keys()
    assert "pytest" not in manifest["versions"]
    assert "scorecards/indicators/reading/data.csv" in manifest["sources"]


def test_a_place_that_holds_something_else_is_left_alone(press: Press, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "thesis.doc").write_text("the only copy")
    with pytest.raises(Refused, match="no published book"):
        press.publish(site, press.edition(1))
    assert [p.name for p in site.iterdir()] == ["thesis.doc"]


def test_two_publishers_at_once_do_not_mix(press: Press, tmp_path: Path) -> None:
    site = tmp_path / "site"
    press.publish(site, press.edition(1))
    with (
        publish.open_target(str(site), press.book),
        pytest.raises(Taken, match=f"Process {os.getpid()}"),
    ):
        press.publish(site, press.edition(2))
    press.publish(site, press.edition(2))
    assert editions.verified(site).editions == 2


def test_a_push_that_comes_too_late_is_refused_and_can_be_repeated(
    press: Press, tmp_path: Path
) -> None:
    pages = editions.bare(tmp_path / "pages.git")
    press.publish(pages, press.edition(1))
    from databook.pipeline import publishing

    with publish.open_target(str(pages), press.book) as late:
        press.publish(pages, press.edition(2))
        with pytest.raises(Taken, match="Run this again"):
            publishing.put_edition(late, press.edition(3), press.book)
    press.publish(pages, press.edition(3))
    assert editions.verified(pages).editions == 3
    assert faults(pages) == []


def test_the_register_is_read_as_it_was_written() -> None:
    revision = published.Revision(
        number=1, published="2026-01-02", commit="c", built="b", manifest="m", files=1, bytes=2,
        pages=3, indicators=4, reason="Why “not”", changed=("a/",),
    )  # fmt: skip
    entry = published.Entry(id="e", title="T", date="2026-01-01", revisions=(revision,))
    register = published.Register(entries=(entry,), gone={"x/": "e"}, root={"a": "b"})
    assert published.from_json(published.as_json(register)) == register


def test_the_command_line_publishes_from_a_clean_commit_only(tmp_path: Path) -> None:
    book, site = editions.repository(tmp_path / "book"), tmp_path / "site"
    settings = book / "scorecards/databook.yaml"
    plan = book / "scorecards/editions.yaml"

    def run(*words: str) -> tuple[int, str]:
        done = databook("publish", site, "--book", book, *words)
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout + done.stderr

    said = settings.read_text()
    settings.write_text(said.replace("Tiny book", "Tinier book"))
    assert "not as committed: scorecards/databook.yaml" in run()[1]
    settings.write_text(said)
    assert "it is edition 2026-q1, not 2026-q2" in run("--edition", "2026-q2")[1]
    assert run("--correct", "2026-q1")[0] == 2

    plan.write_text(
        "format: 1\nkind: editions\nplanned:\n  - id: 2026-q1\n    date: 2026-04-01\n"
        "  - id: 2026-q2\n    date: 2026-07-01\n    note: Figures for spring.\n"
    )
    editions.commit(book, "Announce two editions")
    code, words = run("--today", "2026-03-31")
    assert code == 1
    assert "announced for 2026-04-01, and today is 2026-03-31" in words
    assert not site.exists()
    code, words = run("--edition", "2026-q1", "--today", "2026-04-01")
    assert code == 0, words
    page = (site / "editions/index.html").read_text()
    assert "Figures for spring." in page
    assert 'href="2026-q1/"' in page
    assert "byte for byte" in run("--today", "2026-04-02")[1]

    done = databook("verify", site, "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["ok"] is True
    (site / "index.html").write_text("x")
    done = databook("verify", site)
    assert done.returncode == 1
    assert "changed: index.html" in done.stdout


def test_a_remote_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    done = databook("verify", f"git:{tmp_path}/nowhere.git#pages")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "does not reach" in done.stderr
