"""The public page of worked examples is made of the tests beside this one, and is current."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from recorder import examples_of, page

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "content/method/worked-examples.md"
MODULES = tuple(import_module(p.stem) for p in sorted(HERE.glob("test_[0-9]*.py")))


def test_the_page_of_worked_examples_is_current(pytestconfig: pytest.Config) -> None:
    made = page(MODULES)
    if pytestconfig.getoption("accept"):
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(made, encoding="utf-8")
    assert PAGE.exists(), "run pytest --accept to write content/method/worked-examples.md"
    assert PAGE.read_text(encoding="utf-8") == made, "run pytest --accept to bring it up to date"


def test_every_example_has_a_title_and_a_sentence_of_its_own() -> None:
    titles = []
    for module in MODULES:
        for test in examples_of(module):
            title, _, sentence = (test.__doc__ or "").partition("\n\n")
            assert sentence.strip(), f"{test.__name__} lacks a sentence for the public"
            titles.append(title)
    assert len(titles) == len(set(titles)), "two examples share a title"
