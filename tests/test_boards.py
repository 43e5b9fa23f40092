"""Boards, audits, checklists: what the check finds, and what the pages say."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

import papers
import tiny
from databook import load, validate
from databook.audits import Grade
from databook.observations import Context
from databook.performance import Performance, PerformanceFindings
from databook.problems import Problem
from databook.render import audits as audit_pages
from databook.render import boards as board_pages
from databook.render import checklists as checklist_pages

LUTON = papers.text("boards", "luton-lscb")
SECTION_11 = papers.text("audits", "luton-section-11")
EXAMPLE_GRID = papers.text("audits", "example-section-11")
CHAIN = papers.text("audits", "example-multi-agency-audit")
DEATHS = papers.text("audits", "child-death-overview")
STEPS = papers.text("checklists", "ten-practical-steps")
EXAMPLE_BOARD = papers.text("boards", "example-partnership")
DOCUMENTS = papers.text("registers", "documents")


@cache
def context() -> Context:
    """The tiny book in an edition of the demonstration's day."""
    found = tiny.context()
    edition = replace(found.settings.edition, date=date(2026, 11, 22))
    return replace(found, settings=replace(found.settings, edition=edition))


def codes(folder: str, source: str) -> list[str]:
    return [p.code for p in problems(folder, source)]


@cache
def problems(folder: str, source: str) -> tuple[Problem, ...]:
    """All that is wrong with one paper, beside the audits and plans of the demonstration book."""
    beside = {
        kind: {
            file.stem: papers.document(kind, file.read_text("utf-8"), file.stem)
            for file in sorted((papers.BOOK / kind).glob("*.yaml"))
        }
        for kind in ("audits", "plans")
    }
    beside[folder] = {"one": papers.document(folder, source)}
    sources = replace(tiny.sources(), papers=beside)
    found = validate.performance(sources, context(), papers.INDICATORS)
    return tuple(
        p
        for p in found.problems
        if not p.acknowledged and p.place.path == f"scorecards/{folder}/one.yaml"
    )


def without_acknowledgement(source: str, code: str) -> str:
    """The text as printed: without the acknowledgement of one code."""
    lines, kept, skip = source.split("\n"), [], -1
    for line in lines:
        depth = len(line) - len(line.lstrip())
        if skip >= 0 and line.strip() and depth <= skip:
            skip = -1
        if line.strip() == f'- code: "{code}"':
            skip = depth
        if skip < 0:
            kept.append(line)
    text = "\n".join(kept)
    return text.replace("acknowledged:\n", "") if "- code:" not in text else text


# --- the sources as printed ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "source", "code"),
    [
        ("boards", LUTON, "board-levels-miscounted"),
        ("boards", LUTON, "board-rating-without-thresholds"),
        ("audits", SECTION_11, "audit-scale-unsourced"),
        ("audits", DEATHS, "audit-scope-differs"),
        ("registers", DOCUMENTS, "document-dates-differ"),
        ("registers", DOCUMENTS, "document-date-ambiguous"),
        ("registers", DOCUMENTS, "document-parts-missing"),
    ],
)
def test_each_contradiction_is_found_in_the_source_as_printed(
    folder: str, source: str, code: str
) -> None:
    assert codes(folder, source) == []
    if source is DOCUMENTS:
        import yaml

        data = yaml.safe_load(source)
        for document in data["documents"]:
            document.pop("acknowledged", None)
        bare = yaml.safe_dump(data, allow_unicode=True)
    else:
        bare = without_acknowledgement(source, code)
        bare = bare.replace("    acknowledged:\n", "") if "reason" not in bare else bare
    assert code in codes(folder, bare)


def test_bracketed_enablers_would_be_refused_as_outcomes() -> None:
    sources = tiny.sources()
    (name, framework), *_ = sources.frameworks.items()
    assert isinstance(framework.data, dict)
    outcomes = [*framework.data["outcomes"]]  # type: ignore[misc]
    outcomes.append(
        {"slug": "leadership", "title": "Effective leadership", "statement": "It is well led."}
    )
    changed = replace(framework, data={**framework.data, "outcomes": outcomes})
    found = validate.context(replace(sources, frameworks={name: changed}))
    assert "outcome-of-organisation" in [p.code for p in found.problems]


@pytest.mark.parametrize(
    "means",
    [
        "Collaboration",
        "Systems reform",
        "Service integration",
        "Devolution",
        "Funding pools",
    ],
)
def test_each_of_the_five_means_is_refused_as_an_outcome(means: str) -> None:
    sources = tiny.sources()
    (name, framework), *_ = sources.frameworks.items()
    assert isinstance(framework.data, dict)
    outcomes = [*framework.data["outcomes"]]  # type: ignore[misc]
    outcomes.append({"slug": "means", "title": means, "statement": "It is there."})
    changed = replace(framework, data={**framework.data, "outcomes": outcomes})
    found = validate.context(replace(sources, frameworks={name: changed}))
    assert "outcome-means" in [p.code for p in found.problems]


# --- boards ----------------------------------------------------------------------------------


def test_a_board_that_names_an_audit_that_is_not_there_is_told_the_nearest() -> None:
    bent = papers.changed(LUTON, ('audit: "themed-reviews"', 'audit: "themed-review"'))
    (found,) = problems("boards", bent)
    assert found.code == "board-audit-unknown"
    assert "themed-reviews" in found.fix


def test_a_report_needs_a_first_quarter_that_has_begun() -> None:
    none = papers.changed(EXAMPLE_BOARD, ('reports_from: "2025-Q1"\n', ""))
    late = papers.changed(EXAMPLE_BOARD, ('"2025-Q1"', '"2199-Q1"'))
    assert codes("boards", none) == ["board-report-quarter"]
    assert codes("boards", late) == ["board-report-quarter"]


def test_a_calendar_stands_in_order() -> None:
    board = papers.text("boards", "herefordshire-improvement-board")
    bent = papers.changed(board, ('month: "2006-12"', 'month: "2006-10"'))
    assert codes("boards", bent) == ["board-calendar-order"]


# --- audits ----------------------------------------------------------------------------------


def audit(source: str):
    found = validate.performance(
        replace(tiny.sources(), papers={"audits": {"one": papers.document("audits", source)}}),
        context(),
        frozenset(),
    )
    assert found.value is not None
    return found.value.audits[0]


def test_the_source_has_no_results_and_so_has_the_grid() -> None:
    rows = audit_pages.grid(audit(SECTION_11))
    assert {cell["grade"] for row in rows for cell in row["cells"]} == {Grade.NOT_ASSESSED}
    assert [row["counts"] for row in rows] == ["8 not assessed"] * 3


def test_roll_ups_are_counts_and_never_an_average() -> None:
    counts = [row["counts"] for row in audit_pages.grid(audit(EXAMPLE_GRID))]
    assert counts == [
        "2 met, 1 partly met, 1 not met, 4 not assessed",
        "2 met, 1 partly met, 5 not assessed",
        "1 met, 6 not assessed, 1 not applicable",
        "8 not assessed",
    ]


def test_a_count_of_nothing_is_none_where_no_noun_follows() -> None:
    never = re.sub(r"\n +(signed_off|implemented|effect_observed|effect): .*", "", CHAIN)
    said = audit_pages.sentence(audit(never), date(2025, 1, 1))
    assert "none implemented, none with an effect observed, none late;" in said


def test_a_grade_belongs_to_one_cell_of_the_grid_and_has_evidence() -> None:
    row = 'agency: "{}"\n    standard: "training"'
    stray = papers.changed(EXAMPLE_GRID, (row.format("provider-c"), row.format("nobody")))
    assert codes("audits", stray) == ["audit-grid-unknown"]
    bare = papers.changed(EXAMPLE_GRID, ('    evidence: "Certificates"\n', ""))
    assert codes("audits", bare) == ["audit-grade-unshown"]
    twice = EXAMPLE_GRID.replace(
        'agency: "agency-b"\n    standard: "commitment"',
        'agency: "agency-a"\n    standard: "commitment"',
    )
    assert codes("audits", twice) == ["audit-graded-twice"]


@pytest.mark.parametrize("count", [1, 5])
def test_a_small_count_of_deaths_is_refused(count: int) -> None:
    bent = DEATHS.replace('marker: "x"', f"value: {count}", 1)
    assert codes("audits", bent) == ["audit-small-count"]


@pytest.mark.parametrize("count", [0, 6])
def test_none_and_larger_counts_may_stand(count: int) -> None:
    bent = DEATHS.replace('marker: "x"', f"value: {count}", 1)
    assert codes("audits", bent) == []


def test_an_action_that_is_not_smart_is_told_what_it_lacks() -> None:
    bare = papers.changed(
        CHAIN,
        ('        measure: "Number of schools told"\n', ""),
        ('        realistic: "Leads asked for it"\n', ""),
    )
    (found,) = problems("audits", bare)
    assert found.code == "audit-action-not-smart"
    assert "not measurable, not realistic" in found.what


def test_signing_off_comes_before_implementing_and_that_before_the_effect() -> None:
    bent = papers.changed(CHAIN, ("        implemented: 2026-03-15\n", ""))
    assert codes("audits", bent) == ["audit-action-order"]


def test_a_late_action_is_late_until_it_is_implemented_signed_off_or_not() -> None:
    actions = [a for r in audit(CHAIN).recommendations for a in r.actions]
    words = [audit_pages.action_state(a, date(2026, 11, 22)).word for a in actions]
    assert words == ["Effect observed", "Signed off, late", "Proposed"]


# --- checklists ------------------------------------------------------------------------------


def test_nobody_claims_a_step_of_a_real_partnership() -> None:
    assert codes("checklists", STEPS) == []
    found = papers.checked("checklists", STEPS)[0].checklists[0]
    assert len(found.steps) == 10
    assert checklist_pages.tally(found) == "Ten steps: ten not claimed."


def test_a_claimed_step_has_an_owner_and_a_done_one_evidence() -> None:
    done = STEPS.replace(
        'title: "Agree priorities"\n', 'title: "Agree priorities"\n    state: "done"\n'
    )
    assert sorted(codes("checklists", done)) == [
        "checklist-unclaimed",
        "step-done-without-evidence",
    ]


# --- pages -----------------------------------------------------------------------------------


def test_a_board_gets_a_page_and_a_report_for_each_quarter_to_this_day() -> None:
    board = papers.checked("boards", EXAMPLE_BOARD)[0].boards[0]
    whole = Performance(boards=(board,))
    paths = [p.path for p in board_pages.board_pages(context(), whole, PerformanceFindings(), ())]
    today = context().settings.edition.date
    reports = [p for p in paths if "/reports/" in p]
    assert paths[:2] == ["boards/", "boards/one/"]
    assert reports[0] == "boards/one/reports/2025-q1/"
    assert reports[-1] == f"boards/one/reports/{today.year}-q{(today.month + 2) // 3}/"


def test_every_file_of_these_kinds_passes_the_check() -> None:
    for folder in ("boards", "audits", "checklists"):
        for file in sorted((papers.BOOK / folder).glob("*.yaml")):
            assert load.document.parse(file.read_bytes(), file.name).value is not None
            assert codes(folder, file.read_text("utf-8")) == [], file


def test_a_release_is_missing_only_when_its_month_is_over() -> None:
    from databook.milestones import last_day

    assert last_day("2026-11") == date(2026, 11, 30)
    assert last_day("2026-11-05") == date(2026, 11, 5)
