"""Whatever `databook new` writes passes the check, builds, and is refused where it cannot."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from databook import pipeline
from databook.cli import starting
from databook.cli.commands import databook
from databook.periods import PeriodType
from databook.placeholders import TO_BE_WRITTEN

TINY = Path(__file__).parent / "cases" / "books" / "tiny"
KINDS = {
    "indicator": ("--outcome", "good-start/ready-to-learn", "--better", "higher"),
    "programme": ("--outcome", "good-start/ready-to-learn", "--title", 'Swim: "well" #1'),
    "plan": (),
    "agreement": (),
    "audit": (),
    "board": (),
}
PAGES = {"indicator": "indicators", "programme": "programmes", "plan": "plans",
         "agreement": "agreements", "audit": "audits", "board": "boards"}  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> Path:
    shutil.copytree(TINY, tmp_path / "book")
    return tmp_path / "book"


def new(*words: str) -> Result:
    return CliRunner().invoke(databook, ["new", *words])


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_new_passes_the_check_and_says_what_to_write(kind: str, book: Path) -> None:
    done = new(kind, "swimming", "--book", str(book), *KINDS[kind])
    assert done.exit_code == 0, done.output
    named = done.output.removeprefix("Written: ").partition(".yaml")[0] + ".yaml"
    text = (book / named).read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../")
    assert "Write" in text
    assert "{{" not in text
    found = pipeline.check(pipeline.Order(root=book, out=book, jobs=1, fresh=True))
    assert [problem for problem in found if problem.level == "error"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_each_line_that_waits_for_words_is_named_and_nothing_else_is(kind: str, book: Path) -> None:
    assert new(kind, "swimming", "--book", str(book), *KINDS[kind]).exit_code == 0
    found = pipeline.check(pipeline.Order(root=book, out=book, jobs=1, fresh=True))
    assert {problem.code for problem in found} == {"to-be-written"}
    file = book / found[0].place.path
    waiting = re.findall(r"[\"(]([Ww]rite [^\")]*)", file.read_text("utf-8"))
    assert len(found) == len(waiting)


@pytest.mark.parametrize("kind", ["plan", "agreement", "audit", "board"])
def test_what_a_template_offers_behind_a_hash_is_right_once_the_hash_is_gone(
    kind: str, book: Path
) -> None:
    assert new(kind, "swimming", "--book", str(book)).exit_code == 0
    file = next((book / "scorecards").glob(f"{kind}s/swimming.yaml"))
    text = file.read_text("utf-8")
    offered = re.sub(r"(?m)^# (?= *(- )?[a-z_]+: ?)", "", text)
    assert offered != text
    file.write_text(offered, "utf-8")
    found = pipeline.check(pipeline.Order(root=book, out=book, jobs=1, fresh=True))
    assert {problem.code for problem in found} == {"to-be-written"}, found


def test_the_check_knows_each_line_that_the_templates_leave_to_be_written() -> None:
    left = set()
    for template in (starting.STARTER / "kinds").glob("*.yaml"):
        left |= set(re.findall(r'"([^"]*\b[Ww]rite [^"]*)"', template.read_text("utf-8")))
    known = {"Write the place", "Write whose"}  # where the book's own place cannot be read
    assert left | known == TO_BE_WRITTEN


def test_an_outcome_that_is_not_there_is_answered_with_those_that_are(book: Path) -> None:
    done = new("programme", "swimming", "--book", str(book), "--outcome", "town/well-fed")
    assert done.exit_code == 2
    assert "The book has good-start/ready-to-learn" in done.output


def test_a_book_with_something_new_of_every_kind_builds(book: Path) -> None:
    for kind, flags in KINDS.items():
        assert new(kind, "swimming", "--book", str(book), *flags).exit_code == 0
    site = book / "build" / "site"
    built = pipeline.build(pipeline.Order(root=book, out=site, jobs=1))
    assert not built.failed, built.problems
    for folder in PAGES.values():
        assert (site / folder / "swimming" / "index.html").is_file(), folder
    # What is said of the demonstration book's sources is true of no other book.
    sources = re.compile(r"Hutchinson|Luton|Plymouth|Herefordshire|Portsmouth|how the trial ended")
    pages = {page.relative_to(site).as_posix(): page for page in site.rglob("index.html")}
    told = {path for path, page in pages.items() if sources.search(page.read_text("utf-8"))}
    assert told == set()


@pytest.mark.parametrize("periods", PeriodType)
def test_a_new_programme_s_examples_are_right_rows_of_its_kind_of_period(
    periods: PeriodType, book: Path
) -> None:
    flags = (*KINDS["programme"], "--periods", str(periods))
    assert new("programme", "swimming", "--book", str(book), *flags).exit_code == 0
    file = book / "scorecards/programmes/swimming/programme.yaml"
    rows = re.findall(r"(?m)^# (\S+?,.*,,)$", text := file.read_text("utf-8"))
    assert len(rows) == 2
    file.with_name("data.csv").open("a", encoding="utf-8").write("".join(f"{r}\n" for r in rows))
    with_figures = re.sub(r"(?m)^    # (?=(standing|reads_as|source):)", "    ", text)
    begun = re.search(r"(?s)    standing:.*?released: .*?\n", with_figures)
    assert begun is not None
    again = begun[0].replace("{value} people", "{value} of people")
    file.write_text(with_figures.replace("  # Is anyone", f"{again}  # Is anyone"), "utf-8")
    found = pipeline.check(pipeline.Order(root=book, out=book, jobs=1, fresh=True))
    assert {problem.code for problem in found} == {"to-be-written"}, found


def test_a_flag_that_a_kind_does_not_ask_for_is_refused_and_not_passed_over(book: Path) -> None:
    done = new("plan", "swimming", "--book", str(book), "--periods", "quarter")
    assert done.exit_code == 2
    assert "--periods belongs to a new indicator or programme." in done.output
    done = new("programme", "swimming", "--book", str(book), "--unit", "count", *KINDS["programme"])
    assert "--unit belongs to a new indicator." in done.output


def test_a_kind_that_cannot_be_begun_is_answered_with_those_that_can(book: Path) -> None:
    done = new("framework", "swimming", "--book", str(book))
    assert done.exit_code == 2
    assert "book, indicator, programme, plan, agreement, audit, board" in done.output


def test_nothing_that_is_there_is_overwritten_and_no_name_leads_outside(book: Path) -> None:
    before = (book / "scorecards/indicators/reading/indicator.yaml").read_bytes()
    flags = ("--book", str(book), *KINDS["indicator"])
    assert new("indicator", "reading", *flags).exit_code == 2
    assert new("indicator", "../outside", *flags).exit_code == 2
    assert new("indicator", "", *flags).exit_code == 2
    assert (book / "scorecards/indicators/reading/indicator.yaml").read_bytes() == before


def test_without_a_terminal_the_flag_that_answers_is_named(book: Path) -> None:
    done = new("indicator", "swimming", "--book", str(book), "--better", "higher")
    assert done.exit_code == 2
    assert "--outcome" in done.output
    assert "good-start/ready-to-learn" in done.output
    wrong = new(
        "programme", "swimming", "--book", str(book), "--outcome", "good-start/ready-to-lern"
    )
    assert "good-start/ready-to-learn" in wrong.output


def test_a_slip_in_the_kind_is_answered_with_the_kind_that_was_meant(book: Path) -> None:
    done = new("programe", "swimming", "--book", str(book))
    assert done.exit_code == 2
    assert "Did you mean programme?" in done.output


@pytest.mark.parametrize("words", [("my-book",), ("book", "my-book")])
def test_a_new_book_may_be_begun_with_or_without_the_word(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert new(*words).exit_code == 0
    assert (tmp_path / "my-book/scorecards/databook.yaml").is_file()
    assert not list((tmp_path / "my-book").rglob("kinds"))
    assert new(*words).exit_code == 2


@pytest.mark.parametrize(
    ("flags", "lines"),
    [
        (("--unit", "rate", "--per", "10000", "--better", "lower"), ('unit: "rate"', "per: 10000")),
        (
            ("--better", "neutral", "--better-reason", "It only describes."),
            ('better: "neutral"', 'better_reason: "It only describes."'),
        ),
    ],
)
def test_a_rate_and_an_indicator_without_a_better_way_are_begun_by_flags(
    flags: tuple[str, ...], lines: tuple[str, ...], book: Path
) -> None:
    outcome = ("--outcome", "good-start/ready-to-learn")
    done = new("indicator", "swimming", "--book", str(book), *outcome, *flags)
    assert done.exit_code == 0, done.output
    text = (book / "scorecards/indicators/swimming/indicator.yaml").read_text("utf-8")
    assert set(lines) <= set(text.splitlines())
    found = pipeline.check(pipeline.Order(root=book, out=book, jobs=1, fresh=True))
    assert [problem for problem in found if problem.level == "error"] == []


@pytest.mark.parametrize(
    ("flags", "flag"),
    [
        (("--unit", "rate", "--better", "lower"), "--per"),
        (("--better", "neutral"), "--better-reason"),
        (("--better", "lower", "--per", "10"), "--unit rate"),
    ],
)
def test_what_a_rate_or_a_neutral_indicator_needs_is_asked_by_flag(
    flags: tuple[str, ...], flag: str, book: Path
) -> None:
    outcome = ("--outcome", "good-start/ready-to-learn")
    done = new("indicator", "swimming", "--book", str(book), *outcome, *flags)
    assert done.exit_code == 2
    assert flag in done.output


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_that_cannot_be_read_is_told_once(kind: str, book: Path) -> None:
    """Whatever other rules would make of what stands in its place, or of its absence."""
    done = new(kind, "swimming", "--book", str(book), *KINDS[kind])
    file = book / (done.output.removeprefix("Written: ").partition(".yaml")[0] + ".yaml")
    lines = file.read_text("utf-8").split("\n")
    several = {}
    for number, line in enumerate(lines):
        if not (value := re.match(r"( *(?:- )?[a-z_]+: )[^{\[>|]", line)):
            continue
        broken = [*lines[:number], f"{value[1]}{{a: 1}}", *lines[number + 1 :]]
        file.write_text("\n".join(broken), "utf-8")
        found = pipeline.check(pipeline.Order(root=book, out=book, jobs=1, fresh=True))
        told = [problem for problem in found if problem.code != "to-be-written"]
        if len(told) != 1 or told[0].place.line != number + 1:
            several[line] = [f"{problem.code} {problem.what}" for problem in told]
    assert several == {}
