"""Every code is explained, by the page of checks and by the command line, with true examples."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from databook import render
from databook.cli.commands import databook
from databook.pipeline.explaining import EXAMPLES, explained
from test_mistakes import MISTAKES


def from_mistakes() -> dict[str, Any]:
    """For each code the first mistake, by name, of which it is the only thing said."""
    found: dict[str, Any] = {}
    for case in MISTAKES:
        for code, example in told(case):
            found.setdefault(code, example)
    return found


def told(case: Path) -> Iterator[tuple[str, Any]]:
    text = (case / "expected.txt").read_text("utf-8").rstrip("\n").split("\n")
    if len(text) != 3:
        return
    place, level, code, said = text[0].split(" ", 3)
    part = (case / "mistake.txt").read_text("utf-8").strip("\n").split("\n\n")[-1].split("\n")
    if "! " in "".join(line[:2] for line in part[1:]) and not any(
        line.startswith("+ ") for line in part
    ):
        return
    yield (
        code,
        {
            "level": level,
            "file": place.split(":")[0].removeprefix("scorecards/indicators/reading/"),
            "right": [line[2:] for line in part[1:] if line.startswith("- ")],
            "wrong": [line[2:] for line in part[1:] if line.startswith(("+ ", "~ "))],
            "said": said,
            "mend": text[2].removeprefix("    mend: "),
        },
    )


def test_the_examples_are_those_of_the_pinned_mistakes(request: pytest.FixtureRequest) -> None:
    fresh = json.dumps(from_mistakes(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if request.config.getoption("--accept"):
        EXAMPLES.write_text(fresh, "utf-8", newline="\n")
    assert EXAMPLES.read_text("utf-8") == fresh


def test_every_code_that_a_pinned_mistake_brings_is_explained() -> None:
    known = {check.code for check in explained()}
    for case in MISTAKES:
        for line in (case / "expected.txt").read_text("utf-8").splitlines():
            if line and not line.startswith(" "):
                assert line.split(" ")[2] in known, case.name


def test_every_check_says_why_in_a_sentence() -> None:
    for check in explained():
        assert check.why.endswith("."), check.code
        assert check.why[0].isupper() or check.why[0] in "<“", check.code


def test_the_page_has_an_anchor_for_each_code() -> None:
    page = render.checks_page(explained())
    for check in explained():
        assert page.content.count(f'id="{check.code}"') == 1


def test_explain_prints_the_reason_and_the_remedy() -> None:
    done = CliRunner().invoke(databook, ["explain", "value-missing"])
    assert done.exit_code == 0
    assert "an empty cell says none" in done.output
    assert "2024,N1,All,,,,,,," in done.output


def test_explain_asks_whether_another_code_was_meant() -> None:
    done = CliRunner().invoke(databook, ["explain", "value-mising"])
    assert done.exit_code == 2
    assert "Did you mean value-missing" in done.output
