"""YAML against the model: what is accepted, and where and how a misfit is told."""

from __future__ import annotations

from decimal import Decimal

import pytest

import tiny
from databook import schema, validate
from databook.model import Framework, Indicator, Settings
from databook.problems import Problem
from databook.validate import misfits
from databook.validate.plain import read, stand_in
from databook.validate.shape import adapter, shape

FRAMEWORK = """\
format: 1
kind: framework
title: 2024
summary: A year for a title.
population: children
source: nobody
outcomes:
  - slug: first
    title: First
    statement: One.
  - slug: second
    title: Second
    statement: Two.
"""


def shaped(text: str, cls: type = Framework) -> tuple[object, tuple[Problem, ...]]:
    found = shape(tiny.document(text, "x.yaml"), cls, "x")
    return found.value, found.problems


def only(text: str) -> Problem:
    _, problems = shaped(text)
    assert len(problems) == 1, problems
    return problems[0]


def test_a_number_or_a_no_where_a_text_belongs_stays_the_text_it_was() -> None:
    value, problems = shaped(FRAMEWORK.replace("source: nobody", "source: no"))
    assert problems == ()
    assert isinstance(value, Framework)
    assert (value.slug, value.title, value.source) == ("x", "2024", "no")


def test_everything_is_told_at_once_each_at_its_own_place() -> None:
    text = FRAMEWORK.replace("kind: framework", "kind: framwork").replace(
        "    statement: Two.", "    statment: Two.\n    slug2: x"
    )
    _, problems = shaped(text)
    assert {(p.code, p.place.line, p.place.column) for p in problems} == {
        ("choice-unknown", 2, 7),
        ("key-unknown", 13, 5),
        ("key-unknown", 14, 5),
    }


def test_a_misspelt_key_is_one_mistake_and_its_right_name_is_offered() -> None:
    problem = only(FRAMEWORK.replace("population:", "popluation:"))
    assert (problem.code, problem.place.line, problem.place.column) == ("key-unknown", 5, 1)
    assert "“population”" in problem.fix


def test_a_missing_field_stands_at_the_item_that_lacks_it() -> None:
    problem = only(FRAMEWORK.replace("    statement: Two.\n", ""))
    assert problem.code == "key-missing"
    assert (problem.place.line, problem.place.column) == (11, 5)
    assert "“statement” of item 2 of “outcomes”" in problem.what


def test_the_name_of_a_file_is_not_written_into_it() -> None:
    problem = only(FRAMEWORK + "slug: y\n")
    assert problem.code == "key-unknown"
    assert "“x”" in problem.fix


def test_a_folder_whose_name_is_no_address_is_told_at_its_file() -> None:
    found = shape(tiny.document(FRAMEWORK, "scorecards/frameworks/Ö x.yaml"), Framework, "Ö x")
    (problem,) = found.problems
    assert problem.code == "pattern-wrong"
    assert problem.place.line == 1
    assert "Ö x" in problem.what


@pytest.mark.parametrize("text", ["yes", "no", "True", "1", "on", "TRUE", ""])
def test_only_true_and_false_are_truths(text: str) -> None:
    document = tiny.changed(("illustrative: true", f"illustrative: {text}"))
    problem = next(iter(tiny.card(document).problems))
    assert problem.code in ("truth-wrong", "value-empty")


@pytest.mark.parametrize("text", ["1_000", "1e3", "٣", "nan", "inf", "1,5", "0x10", "½", "+5"])
def test_a_number_has_one_spelling(text: str) -> None:
    document = tiny.changed(("value: 80", f'value: "{text}"'))
    assert tiny.codes(tiny.card(document).problems) == ["number-wrong"]


@pytest.mark.parametrize("text", ["2026-02-30", "31/03/2026", "20260331", "1774915200", "2026-3-1"])
def test_a_date_has_one_spelling_and_must_be_in_the_calendar(text: str) -> None:
    settings = (tiny.ROOT / "scorecards/databook.yaml").read_text("utf-8")
    document = tiny.document(settings.replace("2026-03-31", text), "scorecards/databook.yaml")
    (problem,) = shape(document, Settings).problems
    assert problem.code == "date-wrong"
    assert problem.place.line == settings[: settings.index("2026-03-31")].count("\n") + 1


def test_a_text_that_is_too_long_says_by_how_much() -> None:
    document = tiny.changed(("short: Reading at eleven", f"short: {'x' * 75}"))
    (problem,) = tiny.card(document).problems
    assert problem.code == "length-wrong"
    assert "75 characters; 60" in problem.what
    assert "15" in problem.fix


def test_a_key_with_nothing_after_it_is_told_though_it_may_be_left_out() -> None:
    topic = tiny.changed(("topic: School", "topic:"))
    powers = tiny.indicator_text() + "powers:\n"
    for document in (topic, powers):
        assert tiny.codes(tiny.card(document).problems) == ["value-empty"]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("outcomes:\n  - good-start/ready-to-learn", "outcomes: good-start/ready-to-learn", "list"),
        ("topic: School", "topic: [School]", "a text"),
        ("topic: School", "topic: {School: yes}", "a text"),
        ("better: higher", "better: [higher]", "not one of"),
        ("decimals: 1", "decimals: [1]", "whole number"),
    ],
)
def test_a_list_or_group_in_the_wrong_place_is_told_in_those_words(
    old: str, new: str, what: str
) -> None:
    problems = tiny.card(tiny.changed((old, new))).problems
    assert any(what in p.what for p in problems), problems


def test_a_file_with_a_slip_is_still_checked_to_its_end() -> None:
    document = tiny.changed(
        ("better: higher", "better: hihger"), ("good-start/ready", "good-start/redy")
    )
    found = tiny.card(document, rows="2025,M1,All,70,,,,,,")
    assert set(tiny.codes(found.problems)) >= {"choice-unknown", "outcome-unknown", "area-unknown"}


def test_a_rule_keeps_silent_where_its_field_could_not_be_read() -> None:
    document = tiny.changed(("unit: percent", "unit: procent"))
    assert tiny.codes(tiny.card(document).problems) == ["choice-unknown"]


def test_no_word_of_the_checking_library_reaches_a_reader() -> None:
    jargon = ("dataclass", "tuple", "Input should", "str type", "pydantic", "NoneType", "dict")
    junk = ["[]", "{a: b}", "x", "'5'", "[[1]]", "2026-01-01", "", "true"]
    lines = [line for line in tiny.indicator_text().splitlines() if line[:1].isalpha()]
    for line in lines:
        key = line.split(":")[0]
        for value in junk:
            text = f"format: 1\n{key}: {value}\n" if key != "format" else f"format: {value}\n"
            for problem in shape(tiny.document(text), Indicator, "reading").problems:
                said = f"{problem.what} {problem.why} {problem.fix}"
                assert not any(word in said for word in jargon), said
                assert problem.what.endswith(".")
                assert problem.fix


def test_every_pattern_of_the_model_has_its_words() -> None:
    def patterns(node: object) -> set[str]:
        if isinstance(node, dict):
            own = {node["pattern"]} if isinstance(node.get("pattern"), str) else set()
            return own.union(*(patterns(v) for v in node.values()))
        return set().union(*(patterns(v) for v in node)) if isinstance(node, list) else set()

    assert patterns(list(schema.all().values())) <= set(misfits.PATTERNS)


def test_stand_ins_fit_the_model() -> None:
    for cls in (Settings, Framework, Indicator):
        adapter(cls).validate_python(stand_in(cls))


def test_scalars_are_read_by_their_declared_type() -> None:
    found = read({"target": {"value": "8.50", "illustrative": "true"}, "format": "1"}, Indicator)
    assert found == {"target": {"value": Decimal("8.50"), "illustrative": True}, "format": 1}


def test_every_check_has_a_code_of_its_own_form_and_a_reason() -> None:
    checks = validate.checks()
    assert len(checks) > 50
    for check in checks:
        assert check.code.replace("-", "").isalpha(), check
        assert check.why.endswith("."), check
        assert "`" not in check.why
