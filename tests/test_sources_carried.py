"""Every part of the source documents is registered, has a page, and leads to pages that are."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from databook import load, validate
from databook.performance import Performance
from databook.register import Carried, Row
from databook.render.register import address, register_pages
from sources_said import SAID

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


def test_each_link_of_the_register_leads_to_a_page_and_place_of_the_book(
    demonstration: Path,
) -> None:
    broken = []
    for row in rows():
        for link in row.where:
            path, _, anchor = link.to.partition("#")
            page = demonstration / path / "index.html"
            if not page.is_file():
                broken.append(f"{row.id}: {link.to} is no page")
            elif anchor and f'id="{anchor}"' not in page.read_text("utf-8"):
                broken.append(f"{row.id}: {link.to} has no such place")
    assert broken == []


def read_aloud(page: Path) -> str:
    """The words of a page in one line, whatever marks stand between them."""
    text = re.sub(r"<(script|style|svg|nav)\b.*?</\1>", " ", page.read_text("utf-8"), flags=re.S)
    return even(html.unescape(re.sub(r"<[^>]+>", " ", text)))


def even(text: str) -> str:
    text = text.translate(str.maketrans("“”‘’\u00a0", "\"\"'' ")).casefold()
    return re.sub(r"\s+([.,;:)])", r"\1", re.sub(r"\s+", " ", text))


def test_each_part_stands_on_a_page_of_its_own_with_the_words_and_figures_of_the_source(
    demonstration: Path,
) -> None:
    missing = []
    for row in rows():
        pages = {link.to.partition("#")[0] for link in row.where}
        told = [read_aloud(demonstration / page / "index.html") for page in sorted(pages)]
        missing += [
            f"{row.id}: {said}" for said in SAID[row.id] if not any(even(said) in t for t in told)
        ]
    assert missing == []


# What a page shows in another way: as a link, a mark, a date in words, or in tables of others.
OTHERWISE = frozenset({
    "acknowledged", "agency", "audit", "baseline_period", "better", "code", "contributes_to",
    "contributes_to_indicators", "due", "duty", "first_quarter", "format", "frequency", "grade",
    "indicator", "indicators", "kind", "marker", "measure", "month", "page", "pairs_with", "period",
    "periods", "plans", "quadrant", "quarter", "rating_scheme", "reads_as", "released",
    "sector", "short", "slug", "standard", "standing", "state", "synonyms", "trigger", "type",
    "reports_on",
    "unit", "url", "year",
})  # fmt: skip


def texts(value: object) -> Iterator[str]:
    """Every text that a working document declares for its readers."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in OTHERWISE:
                yield from texts(each)


@pytest.mark.parametrize(
    "kind", ["plans", "boards", "audits", "agreements", "checklists", "programmes"]
)
def test_all_that_a_working_document_says_is_shown_on_its_pages(
    kind: str, demonstration: Path
) -> None:
    folder = REPOSITORY / "scorecards" / kind
    missing = []
    for file in [*folder.glob("*.yaml"), *folder.glob("*/programme.yaml")]:
        slug = file.parent.name if file.stem == "programme" else file.stem
        pages = (demonstration / kind / slug).rglob("index.html")
        told = bare(" ".join(read_aloud(page) for page in pages))
        declared = yaml.safe_load(file.read_text("utf-8"))
        missing += [f"{slug}: {t}" for t in texts(declared) if bare(t) not in told]
    assert missing == []


def bare(text: str) -> str:
    """Letters and digits only: a list is joined by other signs than it is declared with."""
    return re.sub(r"[\W_]+", " ", even(text)).strip()
