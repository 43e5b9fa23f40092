"""Warnings that a book's keepers let stand: with a reason, in the file, and never an error."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from databook.cli.commands import databook
from databook.pipeline import Order, check
from databook.problems import Level
from test_mistakes import TINY

YAML = "scorecards/indicators/reading/indicator.yaml"
DATA = "scorecards/indicators/reading/data.csv"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The tiny book with a total that does not lie among its groups."""
    root = tmp_path / "book"
    shutil.copytree(TINY, root)
    data = root / DATA
    old, new = "74.2,742,1000,71.4,76.8", "84.2,842,1000,81.4,86.8"
    data.write_text(data.read_text().replace(old, new))
    return root


def add(root: Path, text: str, name: str = YAML) -> None:
    path = root / name
    path.write_text(path.read_text() + text)


def told(root: Path) -> list[tuple[str, str]]:
    found = check(Order(root=root, out=root, fresh=True))
    return [(p.code, p.acknowledged) for p in found]


def test_a_warning_stands_with_its_reason(book: Path) -> None:
    assert told(book) == [("total-outside-groups", "")]
    add(book, "acknowledged:\n  - code: total-outside-groups\n    reason: as printed\n")
    assert told(book) == [("total-outside-groups", "as printed")]


def test_it_is_printed_only_when_all_is_asked_for_and_json_keeps_it(book: Path) -> None:
    add(book, "acknowledged:\n  - code: total-outside-groups\n    reason: as printed\n")

    def run(*options: str) -> str:
        done = CliRunner().invoke(databook, ["check", str(book), "--jobs", "1", *options])
        assert done.exit_code == 0, done.output
        return done.output

    assert run() == "No problems (1 acknowledged).\n"
    assert "acknowledged: as printed" in run("--all")
    (problem,) = json.loads(run("--json"))["problems"]
    assert problem["acknowledged"] == "as printed"
    (result,) = json.loads(run("--format", "sarif"))["runs"][0]["results"]
    assert result["suppressions"] == [{"kind": "inSource", "justification": "as printed"}]
    assert run("--format", "github") == ""


def test_it_covers_only_what_it_is_about(book: Path) -> None:
    one = "  - {code: total-outside-groups, about: '99.9', reason: another one}\n"
    add(book, f"acknowledged:\n{one}")
    assert told(book) == [("total-outside-groups", ""), ("acknowledged-nothing", "")]


def test_an_acknowledgement_of_nothing_is_told_at_its_line(book: Path) -> None:
    add(book, "acknowledged:\n  - {code: value-jump, reason: none}\n")
    found = check(Order(root=book, out=book, fresh=True))
    (idle,) = [p for p in found if p.code == "acknowledged-nothing"]
    assert (idle.place.line, idle.place.column, idle.level) == (41, 12, Level.WARNING)


def test_an_error_is_never_acknowledged(book: Path) -> None:
    data = book / DATA
    data.write_text(data.read_text().replace("N2,All,71.0", "N2,All,710"))
    add(book, "acknowledged:\n  - {code: percent-out-of-range, reason: no}\n")
    assert ("percent-out-of-range", "") in told(book)
    assert ("acknowledged-nothing", "") in told(book)


def test_settings_speak_for_narrative_pages_and_frameworks_for_themselves(book: Path) -> None:
    data = book / DATA
    data.write_text((TINY / DATA).read_text())
    (book / "content").mkdir()
    (book / "content/page.md").write_text("# Page\n\nSee [below](#nothing).\n")
    add(book, "acknowledged: [{code: link-anchor, reason: soon}]\n", "scorecards/databook.yaml")
    assert told(book) == [("link-anchor", "soon")]
    framework = "scorecards/frameworks/good-start.yaml"
    text = (book / framework).read_text().replace("play outside every", "play outdoors every")
    (book / framework).write_text(text + "acknowledged: [{code: headlines-many, reason: x}]\n")
    assert ("acknowledged-nothing", "") in told(book)
