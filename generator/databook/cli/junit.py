"""Problems as a JUnit report, which nearly every build server shows as a list of tests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from databook.problems import Level, Problem, as_text

# What XML 1.0 cannot hold, whatever way it is written.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(problems: Sequence[Problem]) -> str:
    """A test for each problem: an error has failed, a warning has passed and says what it saw."""
    failed = sum(problem.level is Level.ERROR for problem in problems)
    about = {"name": "databook check", "tests": str(max(len(problems), 1)), "failures": str(failed)}
    suites = Element("testsuites", about)
    suite = SubElement(suites, "testsuite", about)
    for problem in problems:
        _test(suite, problem)
    if not problems:
        SubElement(suite, "testcase", {"classname": "book", "name": "no problems"})
    indent(suites, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(suites, encoding="unicode")}\n'


def _test(suite: Element, problem: Problem) -> None:
    at = problem.place
    name = f"{at.line}:{at.column} {problem.code}"
    about = {"classname": at.path, "name": name, "file": at.path, "line": str(at.line)}
    test = SubElement(suite, "testcase", {key: _clean(text) for key, text in about.items()})
    if problem.level is Level.ERROR:
        said = SubElement(test, "failure", {"message": _clean(problem.what)})
    else:
        said = SubElement(test, "system-out")
    said.text = _clean(as_text(problem))


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
