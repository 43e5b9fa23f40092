"""Problems for build servers: JUnit's XML, whatever a book holds."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

from databook.cli.telling import problems
from databook.problems import Level, Place, Problem


def a(level: Level, what: str) -> Problem:
    return Problem(
        code="some-code", level=level, place=Place(path="a/b.csv", line=3, column=7), what=what,
        why="Because.", fix="Mend it.",
    )  # fmt: skip


def test_an_error_has_failed_and_a_warning_has_passed() -> None:
    root = fromstring(problems([a(Level.ERROR, "Bad."), a(Level.WARNING, "Odd.")], "junit"))
    suite = root.find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    error, warning = suite.findall("testcase")
    assert (error.get("classname"), error.get("name")) == ("a/b.csv", "3:7 some-code")
    assert "mend: Mend it." in (error.findtext("failure") or "")
    assert warning.find("failure") is None
    assert "Odd." in (warning.findtext("system-out") or "")


def test_a_book_without_problems_is_one_test_that_passed() -> None:
    root = fromstring(problems([], "junit"))
    assert [test.get("name") for test in root.iter("testcase")] == ["no problems"]


def test_whatever_stands_in_a_book_the_report_is_xml() -> None:
    wild = "<&>\"']]>\x00\x1b[31m\ud800\ufffe\u202e ::set-env::"
    text = problems([a(Level.ERROR, wild)], "junit")
    assert "\x1b" not in text
    assert fromstring(text).find("testsuite/testcase/failure") is not None
