"""Every part of the source documents is registered, has a page, and leads to pages that are."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from databook import load, validate
from databook.performance import Performance
from databook.register import Carried, Row
from databook.render.register import address, register_pages

REPOSITORY = Path(__file__).parents[1]
# The parts of the sources, counted from the documents themselves: a letter for each subject.
PARTS = {
    "X": 13,  # lost on the way
    "F": 9,  # frameworks, steps, drivers, places
    "B": 12,  # the method and its language
    "Q": 8,  # sets of measures
    "P": 14,  # Plymouth
    "U": 13,  # Luton
    "H": 7,  # Herefordshire
    "D": 26,  # contradictions and open questions
}


@cache
def performance() -> Performance:
    shared = load.common(REPOSITORY).value
    assert shared is not None
    context = validate.context(shared).value
    read = load.performance(REPOSITORY).value
    assert context is not None
    assert read is not None
    found = validate.performance(read, context, frozenset(load.slugs(REPOSITORY))).value
    assert found is not None
    return found


def rows() -> tuple[Row, ...]:
    return tuple(row for register in performance().registers for row in register.rows)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built demonstration book."""
    if ready := os.environ.get("DATABOOK_SITE"):
        return Path(ready)
    root = tmp_path_factory.mktemp("book")
    for name in ("scorecards", "content"):
        shutil.copytree(REPOSITORY / name, root / name)
    out = root / "site"
    command = [sys.executable, "-m", "databook", "build", str(root), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def test_no_part_of_the_sources_is_missing_from_the_register() -> None:
    wanted = [f"{letter}{n}" for letter, count in PARTS.items() for n in range(1, count + 1)]
    assert sorted(row.id for row in rows()) == sorted(wanted)


def test_each_part_cites_its_document_by_slide_or_section() -> None:
    for row in rows():
        assert re.search(
            r"slide|section|items?\b|opening|table|schedule|criteria|recommendation", row.at
        ), f"{row.id}: {row.at}"
        assert not re.search(r"\.txt|\.pdf|shared", row.at), f"{row.id} names a file"


def test_each_contradiction_has_a_decision_and_a_page_that_shows_it() -> None:
    for row in rows():
        if row.id.startswith("D"):
            assert row.decision, row.id
            assert row.where, row.id


def test_what_is_not_carried_has_a_reason_and_is_only_what_the_sources_lost() -> None:
    open_parts = {row.id: row.state for row in rows() if row.state is not Carried.WHOLE}
    assert Carried.NOT_YET not in open_parts.values()
    assert sorted(open_parts) == ["B11", "B3", "F9", "U8", "X10", "X7"]
    for row in rows():
        if row.id in open_parts:
            assert row.why, row.id


def test_each_code_in_the_register_is_that_of_a_check() -> None:
    known = {check.code for check in validate.checks()}
    for row in rows():
        assert set(row.codes) <= known, row.id


def test_each_part_has_a_page_and_is_found_by_its_own_and_by_everyday_words() -> None:
    shared = load.common(REPOSITORY).value
    assert shared is not None
    context = validate.context(shared).value
    assert context is not None
    from databook.performance import PerformanceFindings

    pages = {p.path: p for p in register_pages(context, performance(), PerformanceFindings(), ())}
    for row in rows():
        page = pages[address(row)]
        assert page.search is not None
        assert row.title in page.search.title
        assert row.holds in page.search.text
        assert page.search.synonyms == row.synonyms
        assert row.synonyms, row.id


def test_each_link_of_the_register_leads_to_a_page_and_place_of_the_book(site: Path) -> None:
    broken = []
    for row in rows():
        for link in row.where:
            path, _, anchor = link.to.partition("#")
            page = site / path / "index.html"
            if not page.is_file():
                broken.append(f"{row.id}: {link.to} is no page")
            elif anchor and f'id="{anchor}"' not in page.read_text("utf-8"):
                broken.append(f"{row.id}: {link.to} has no such place")
    assert broken == []
