"""Papers for builders name files that are there, and the list of decisions is whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROGRAM = ROOT / "generator" / "databook"
DECISIONS = ROOT / "docs" / "decisions"
PAPERS = (ROOT / "CONTRIBUTING.md", ROOT / "docs" / "house.md", *sorted(DECISIONS.glob("*.md")))
# Code in backticks; data and settings may be those of some book or site, and patterns name no file.
NAMED = re.compile(r"`([\w./-]+\.(?:py|j2|css|js))`")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[\w-]+)?\)")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_a_file_that_is_named_is_there(paper: Path) -> None:
    text = paper.read_text("utf-8")
    parts = (PROGRAM, ROOT / "theme", ROOT / "tests")
    missing = [
        name
        for name in NAMED.findall(text)
        if not (ROOT / name).exists() and not any(any(part.glob(f"**/{name}")) for part in parts)
    ]
    missing += [link for link in LINK.findall(text) if not (paper.parent / link).exists()]
    assert missing == []


def test_every_decision_is_in_the_list() -> None:
    listed = LINK.findall((DECISIONS / "README.md").read_text("utf-8"))
    assert listed == sorted(p.name for p in DECISIONS.glob("0*.md"))


@pytest.mark.parametrize("folder", [PROGRAM, PROGRAM / "pipeline"], ids=lambda f: f.name)
def test_every_module_without_a_stage_of_its_own_is_in_the_plan_of_the_house(folder: Path) -> None:
    plan = (ROOT / "docs" / "house.md").read_text("utf-8")
    modules = folder.glob("[!_]*.py")
    assert [module.name for module in modules if f"`{module.name}`" not in plan] == []
