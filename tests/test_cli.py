"""What people type and are told: exit codes, formats, new books, frozen forecasts, serving."""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

import books
from databook.cli import telling
from databook.problems import Level, Place, Problem

COMMANDS = ("build", "check", "forecast", "new", "schema", "serve")
INDICATOR = "scorecards/indicators/library-visits"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    root = tmp_path / "book"
    done = books.databook("new", root)
    assert done.returncode == 0, done.stderr
    return root


def spoil(book: Path) -> None:
    file = book / INDICATOR / "indicator.yaml"
    file.write_text(file.read_text("utf-8").replace("better:", "beter:"), "utf-8")


# --- exit codes ------------------------------------------------------------------------------


def test_a_new_book_passes_its_check_without_a_warning_and_builds(book: Path) -> None:
    done = books.databook("check", book)
    assert (done.returncode, done.stdout) == (0, "No problems.\n")
    done = books.databook("build", book)
    assert done.returncode == 0, done.stderr
    assert re.match(r"\d+ pages: \d+ made, 0 reused in [\d.]+ s", done.stdout)
    assert (book / "build" / "site" / "index.html").is_file()
    assert "Traceback" not in done.stderr


def test_a_build_counts_warnings_by_kind_where_nobody_would_read_them_all() -> None:
    doubts = [problem("figures-stale", line) for line in range(20)]
    doubts += [problem("value-jump", line) for line in range(30)]
    wrong = problem("area-unknown", 7, Level.ERROR)
    told = telling.glance([wrong, *doubts])
    assert told.startswith("data.csv:7:1: error area-unknown")
    assert told.count("data.csv:") == 1
    assert "50 warnings, by kind" in told
    assert told.index("30  value-jump") < told.index("20  figures-stale")
    assert telling.glance(doubts[:20]).count("data.csv:") == 20


def problem(code: str, line: int, level: Level = Level.WARNING) -> Problem:
    place = Place(path="data.csv", line=line)
    return Problem(code=code, level=level, place=place, what="What.", why="Why.", fix="Mend.")


def test_building_again_says_what_was_reused(book: Path) -> None:
    first, again = books.databook("build", book, "--json"), books.databook("build", book, "--json")
    told = json.loads(first.stdout), json.loads(again.stdout)
    assert told[0]["made"] == told[0]["pages"] == told[1]["reused"]
    assert (told[1]["made"], told[1]["changed"], told[1]["ok"]) == (0, [], True)


def test_errors_end_with_1_and_write_nothing(book: Path) -> None:
    spoil(book)
    for command in ("check", "build"):
        done = books.databook(command, book)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
    assert not (book / "build").exists()


def test_misuse_ends_with_2(book: Path, tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "thesis.txt").write_text("mine")
    for words in (
        ("build", tmp_path / "nowhere"),
        ("build", full),
        ("build", book, "--jobs", 0),
        ("build", book, "--out", book),
        ("build", book, "--out", tmp_path),
        ("build", book, "--out", book / "scorecards" / "x"),
        ("build", book, "--out", full),
        ("build", book, "--out", full / "thesis.txt"),
        ("check", book, "--format", "prose"),
        ("new", full),
        ("forecast", "library-visit", "--book", book),
        ("forecast", "library-visits", "--book", book, "--author", "=1+1"),
        ("publish",),
    ):
        done = books.databook(*words)
        assert done.returncode == 2, (words, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        assert "Error: " in done.stderr
    assert [f.name for f in full.iterdir()] == ["thesis.txt"]


def test_a_full_disk_ends_with_3_and_leaves_the_old_site_whole(book: Path) -> None:
    assert books.databook("build", book).returncode == 0
    before = books.contents(book / "build" / "site")
    done = subprocess.run(
        [sys.executable, "-m", "databook", "build", str(book), "--fresh"],
        capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)),
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert "still whole" in done.stderr
    assert "Traceback" not in done.stderr
    assert books.contents(book / "build" / "site") == before


def test_a_builder_that_fails_ends_with_3(book: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken" / "mkdocs"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("")
    (broken / "__main__.py").write_text("raise SystemExit('no such theme')")
    done = books.databook("build", book, PYTHONPATH=str(broken.parent))
    assert done.returncode == 3, done.stderr
    assert "no such theme" in done.stderr
    assert "Traceback" not in done.stderr


# --- formats ---------------------------------------------------------------------------------


def test_text_puts_place_level_code_and_message_on_one_line_and_the_rest_below(book: Path) -> None:
    spoil(book)
    lines = books.databook("check", book).stdout.splitlines()
    assert re.match(rf"{INDICATOR}/indicator\.yaml:\d+:\d+: error [a-z-]+ \S", lines[0])
    assert all(line.startswith("    ") for line in lines[1:3])


def test_json_has_every_part_of_every_problem(book: Path) -> None:
    spoil(book)
    told = json.loads(books.databook("check", book, "--format", "json").stdout)
    assert set(told) == {"problems"}
    for problem in told["problems"]:
        parts = {"path", "line", "column", "level", "code", "message", "why", "fix"}
        assert set(problem) - {"meant", "others"} == parts
    assert told == json.loads(books.databook("check", book, "--json").stdout)


def test_of_many_alike_programs_are_given_every_line_and_column(book: Path) -> None:
    file = book / INDICATOR / "data.csv"
    rows = file.read_text("utf-8").split("\n")
    for number in (2, 3, 4, 6, 8, 9, 10, 11):
        rows[number] = re.sub(r",([0-9.]+),", r",\1%,", rows[number])
    file.write_text("\n".join(rows), "utf-8")
    (one,) = json.loads(books.databook("check", book, "--json").stdout)["problems"]
    places = [(one["line"], one["column"]), *((p["line"], p["column"]) for p in one["others"])]
    assert places == [(line, 16) for line in (3, 4, 5, 7, 9, 10, 11, 12)]
    assert "on lines 4, 5, 7, 9 to 12." in one["message"]
    run = json.loads(books.databook("check", book, "--format", "sarif").stdout)["runs"][0]
    related = run["results"][0]["relatedLocations"]
    assert [each["physicalLocation"]["region"]["startLine"] for each in related] == [
        4, 5, 7, 9, 10, 11, 12,
    ]  # fmt: skip


def test_github_annotations_stand_on_one_line_each(book: Path) -> None:
    spoil(book)
    lines = books.databook("check", book, "--format", "github").stdout.splitlines()
    problems = json.loads(books.databook("check", book, "--json").stdout)["problems"]
    assert len(lines) == len(problems)
    assert all(re.match(r"::(error|warning) file=[^,]+,line=\d+,col=\d+,", x) for x in lines)


def test_sarif_names_each_rule_and_place(book: Path) -> None:
    spoil(book)
    run = json.loads(books.databook("check", book, "--format", "sarif").stdout)["runs"][0]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert rules == {result["ruleId"] for result in run["results"]}
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"].startswith("scorecards/")


def test_controls_in_a_book_do_not_reach_the_terminal(book: Path) -> None:
    """A file's name can hold what a terminal or a build log obeys."""
    (book / INDICATOR / "a\x1b[2J\n::error::b.csv").write_text("x")
    for form in ("text", "github"):
        said = books.databook("check", book, "--format", form).stdout
        assert "\x1b" not in said
        assert not any(line.startswith("::error::") for line in said.splitlines())


def test_a_pipe_gets_neither_colour_nor_progress(book: Path) -> None:
    done = books.databook("build", book)
    assert "\x1b" not in done.stdout + done.stderr
    assert "\r" not in done.stdout + done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(command: str) -> None:
    said = books.databook(command, "--help").stdout
    assert re.search(rf"^ +databook {command}", said, re.MULTILINE)


# --- writing into a book ---------------------------------------------------------------------


def test_a_frozen_forecast_is_added_once_and_no_row_is_changed(book: Path) -> None:
    file = book / INDICATOR / "forecasts.csv"
    words = ("forecast", "library-visits", "--book", book, "--author", "Data team, on its own")
    done = books.databook(*words)
    assert done.returncode == 0, done.stderr
    first = file.read_text("utf-8")
    assert first.splitlines()[0].startswith("made_on,origin,scenario,method,author,")
    assert all(line in done.stdout for line in first.splitlines()[1:])
    again = books.databook(*words)
    assert again.returncode == 1
    assert "forecast-twice" in again.stderr
    assert file.read_text("utf-8") == first
    settings = book / "scorecards" / "databook.yaml"
    settings.write_text(settings.read_text("utf-8").replace("2026-01-31", "2026-02-28"), "utf-8")
    assert books.databook(*words, "--as-known", "2023").returncode == 0
    second = file.read_text("utf-8")
    assert second.startswith(first)
    assert ",true," in second.removeprefix(first)
    assert books.databook("check", book).stdout == "No problems.\n"


def test_a_measure_is_forecast_by_its_name_with_its_programme(book: Path) -> None:
    words = ("new", "programme", "readers", "--book", book, "--outcome", "good-lives/curious")
    assert books.databook(*words).returncode == 0
    folder = book / "scorecards" / "programmes" / "readers"
    slug = re.findall(r"- slug: (\S+)", (folder / "programme.yaml").read_text("utf-8"))[0].strip(
        '"'
    )
    done = books.databook("forecast", f"readers/{slug}", "--book", book)
    assert done.returncode == 1
    assert "forecast-no-figures" in done.stderr
    unknown = books.databook("forecast", "reader/x", "--book", book)
    assert unknown.returncode == 2
    assert "Did you mean readers?" in unknown.stderr


def test_a_forecast_that_cannot_be_made_says_why(book: Path) -> None:
    done = books.databook("forecast", "library-visits", "--book", book, "--method", "dice")
    assert done.returncode == 1
    assert "dice" in done.stderr
    assert not (book / INDICATOR / "forecasts.csv").exists()


def test_schemas_are_written_and_found_stale(tmp_path: Path) -> None:
    out = tmp_path / "schemas"
    assert books.databook("schema", "--out", out, "--check").returncode == 1
    assert books.databook("schema", "--out", out).returncode == 0
    assert books.databook("schema", "--out", out, "--check").returncode == 0
    (out / "indicator.schema.json").write_text("{}")
    stale = books.databook("schema", "--out", out, "--check")
    assert stale.returncode == 1
    assert "indicator.schema.json" in stale.stderr


# --- serving ---------------------------------------------------------------------------------


@pytest.fixture
def served(book: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    words = [sys.executable, "-u", "-m", "databook", "serve", str(book), "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as p:
        assert p.stdout is not None
        said = ""
        for line in p.stdout:
            said += line
            if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
                yield found[0], p
                break
        else:
            raise AssertionError(said)
        p.terminate()
        assert p.wait(PATIENCE) in {130, 143}


def fetch(address: str, **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_serving_shows_the_book_and_tells_the_browser_what_changed(
    book: Path, served: tuple[str, subprocess.Popen[str]]
) -> None:
    address, _ = served
    status, page = fetch(address)
    assert status == 200
    assert "__databook__/listen.js" in page
    on_disk = books.contents(book / "build" / "site")
    assert not any(b"__databook__" in data for data in on_disk.values())
    assert fetch(address + "__databook__/listen.js")[0] == 200
    assert fetch(address + "nowhere/")[0] == 404
    assert fetch(address, Host="evil.example")[0] == 421
    with urllib.request.urlopen(address + "__databook__/events", timeout=PATIENCE) as events:
        assert news(events)["number"] == 1
        data = book / INDICATOR / "data.csv"
        rows = data.read_text("utf-8")
        data.write_text(rows.replace("2024,X00000001,36.0", "2024,X00000001,36.4"), "utf-8")
        told = news(events)
        assert told["number"] == 2
        assert "indicators/library-visits/index.html" in told["changed"]
        assert "about/index.html" not in told["changed"]
        spoil(book)
        assert "error" in news(events)["problems"]
    assert "36.4" in fetch(address + "indicators/library-visits/")[1]
    assert "indicator.yaml" in fetch(address + "__databook__/problems")[1]


PATIENCE = 120  # seconds that a rebuild may take on a busy machine


def news(events: Iterator[bytes]) -> dict[str, object]:
    until = time.monotonic() + PATIENCE  # the line is kept open, so reading alone never gives up
    for line in events:
        assert time.monotonic() < until, "nothing was told"
        if line.startswith(b"data: "):
            told: dict[str, object] = json.loads(line[6:])
            return told
    raise AssertionError("the line was cut")
