"""Pathways: shares where they have a meaning, and words where they have none."""

from __future__ import annotations

from dataclasses import replace

import pytest

import papers
import tiny
from databook import protect
from databook.analyse import pathway as analysis
from databook.pathways import Cell, Pathway, Row, Stage
from databook.performance import Performance
from databook.render.pathway import view

PLYMOUTH = papers.text("agreements", "plymouth-childrens-centres")


def stage(slug: str, counts: str = "women", *, subset: bool = True) -> Stage:
    return Stage(slug=slug, title=slug.capitalize(), counts=counts, subset=subset)


def made(*counts: int | str, stages: tuple[Stage, ...] = ()) -> Pathway:
    """An invented pathway with one row; a text among the counts is a marker."""
    cells = tuple(Cell(count=c) if isinstance(c, int) else Cell(marker=c) for c in counts)  # type: ignore[arg-type]
    stages = stages or tuple(stage(f"s{n}") for n in range(len(counts)))
    return Pathway(
        title="Invented", summary="Invented.", cited="A test", stages=stages,
        rows=(Row(title="Year", cells=cells),),
    )  # fmt: skip


def steps(pathway: Pathway):
    return analysis.rows(pathway)[0].steps


def test_a_share_of_the_stage_before_has_its_wilson_interval():
    found = steps(made(188, 37))
    assert found[0].share is None
    assert found[1].share == pytest.approx(37 / 188)
    assert found[1].interval is not None
    # Newcombe and Altman 2000; worked in the methods: 14.6292 % to 25.9467 %.
    assert 100 * found[1].interval.lower == pytest.approx(14.6292, abs=5e-5)
    assert 100 * found[1].interval.upper == pytest.approx(25.9467, abs=5e-5)


def test_nobody_and_everybody_are_shares_too():
    assert steps(made(12, 0))[1].share == 0
    assert steps(made(12, 12))[1].share == 1


def test_no_share_is_made_where_the_unit_changes_and_out_of_that_stage():
    stages = (stage("enrolled"), stage("calls", "contacts"), stage("helped", "mothers"))
    found = steps(made(100, 240, 80, stages=stages))
    assert [s.share for s in found] == [None, None, None]
    assert found[1].reason == "the unit changes from women to contacts"
    assert found[2].reason == "the unit changes from contacts to mothers"


def test_no_share_is_made_of_people_who_join_half_way():
    found = steps(made(100, 40, stages=(stage("a"), stage("b", subset=False))))
    assert found[1].share is None
    assert "need not have been counted" in found[1].reason


def test_more_than_before_is_no_share():
    assert "more are counted here" in steps(made(10, 20))[1].reason


def test_nobody_before_gives_no_share():
    assert steps(made(0, 0))[1].reason == "nobody was counted at the stage before"


def test_missing_is_said_and_is_not_zero():
    found = steps(made("x", 20, "c"))
    assert [s.count for s in found] == [None, 20, None]
    assert found[1].reason == "not available"
    assert found[2].reason == "confidential"


def test_plymouths_baseline_and_target_are_not_available():
    found, _ = papers.checked("agreements", PLYMOUTH)
    pathway = found.agreements[0].pathway
    assert pathway is not None
    assert [len(row.steps) for row in analysis.rows(pathway)] == [5, 5]
    assert {s.marker for row in analysis.rows(pathway) for s in row.steps} == {"x"}
    shown = view(pathway, analysis.rows(pathway))
    assert [c["count"] for s in shown["stages"] for c in s["cells"]] == ["[x]"] * 10
    assert shown["shorthand"] == "[x] not available"


def test_the_check_finds_both_unit_changes_and_both_stages_that_are_no_subset():
    source = PLYMOUTH.replace("- code: pathway-unit-changes", "- code: other")
    source = source.replace("- code: pathway-not-subset", "- code: other")
    found = [c for c in papers.codes("agreements", source) if c.startswith("pathway")]
    assert sorted(found) == ["pathway-not-subset"] * 2 + ["pathway-unit-changes"] * 2


def test_a_row_of_another_length_is_refused():
    source = PLYMOUTH.replace("{marker: x}, {marker: x}]", "{marker: x}]", 1)
    assert "pathway-row" in papers.codes("agreements", source)


def test_a_cell_with_neither_count_nor_marker_is_refused():
    source = PLYMOUTH.replace("cells: [{marker: x},", "cells: [{},", 1)
    assert "pathway-row" in papers.codes("agreements", source)


def protected(pathway: Pathway) -> tuple[list[str], tuple[Cell, ...]]:
    found, _ = papers.checked("agreements", PLYMOUTH)
    agreement = replace(found.agreements[0], pathway=pathway)
    safe = protect.papers(Performance(agreements=(agreement,)), tiny.context(), {})
    assert safe.value is not None
    kept = safe.value.agreements[0].pathway
    assert kept is not None
    return [p.code for p in safe.problems], kept.rows[0].cells


def test_a_small_stage_is_withheld():
    codes, cells = protected(made(100, 40, 3))
    assert codes == ["disclosure-small-count"]
    assert cells == (Cell(count=100), Cell(count=40), Cell(marker="c"))


def test_a_stage_that_all_but_a_few_came_to_is_withheld():
    codes, cells = protected(made(20, 19))
    assert codes == ["disclosure-complement"]
    assert cells == (Cell(count=20), Cell(marker="c"))


def test_a_stage_withheld_in_between_does_not_hide_that_only_a_few_were_lost():
    codes, cells = protected(made(120, "c", 118))
    assert codes == ["disclosure-complement"]
    assert [c.count for c in cells] == [120, None, None]
    joined = (stage("a"), stage("b", subset=False), stage("c"))
    assert protected(made(120, "c", 118, stages=joined))[0] == []


def test_more_may_be_counted_where_something_else_is_counted():
    cells = "cells: [{count: 90}, {count: 80}, {count: 60}, {count: 240}, {marker: x}]"
    source = PLYMOUTH.replace(f"cells: [{', '.join(['{marker: x}'] * 5)}]", cells, 1)
    assert cells in source
    joined = source.replace("      subset: false\n", "", 1)
    assert "pathway-widens" not in papers.codes("agreements", joined)
    wider = joined.replace("{count: 80}, {count: 60}", "{count: 60}, {count: 80}")
    assert "pathway-widens" in papers.codes("agreements", wider)


def test_zero_is_not_small_and_stays():
    assert protected(made(20, 0)) == ([], (Cell(count=20), Cell(count=0)))
