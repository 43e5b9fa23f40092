"""What `databook fix` mends, and that it leaves alone whatever else there is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from databook import slips
from databook.cli.commands import databook
from databook.mend import mended
from databook.pipeline import Order
from databook.pipeline.mending import fix
from databook.problems import Level, Place, Problem
from test_mistakes import MISTAKES, TINY, make

# Mistakes that fix undoes to the byte.
UNDONE = (
    "capital-in-choice", "curly-quotes", "cyrillic-letter-in-choice", "cyrillic-letter-in-group",
    "column-renamed", "column-with-capital", "area-by-name", "area-in-small-letters",
    "invisible-letter", "letter-o-in-number", "letter-o-in-year",
    "mark-before-csv", "mark-before-yaml", "misspelt-key", "no-space-after-colon",
    "non-breaking-space-in-yaml", "old-line-ends", "percent-sign-in-number", "row-copied",
    "blank-row", "semicolons", "space-after-group", "space-in-heading", "tab-in-yaml",
    "tabs-between-cells", "unknown-group", "yaml-in-utf-16", "yes-for-true",
)  # fmt: skip
# In these the original cannot be known from what is left of it, but what is left can be mended.
MENDED = {
    "star-for-a-figure": "2025,N2,All,,,,,,c,\n",
    "dots-for-a-figure": "2025,N2,All,,,,,,x,\n",
    "letter-o-in-csv": "2025,N2,All,70.0,,,,,p,\n",
    "thousands-comma-in-csv": "2025,N2,All,1071,,,,,p,\n",
}


def broken(case: str, tmp_path: Path) -> Path:
    root = tmp_path / case
    shutil.copytree(TINY, root)
    folder = next(p for p in MISTAKES if p.name == case)
    make((folder / "mistake.txt").read_text("utf-8"), root)
    return root


def files(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


@pytest.mark.parametrize("case", UNDONE)
def test_a_mechanical_mistake_is_undone_to_the_byte(case: str, tmp_path: Path) -> None:
    root = broken(case, tmp_path)
    done = fix(Order(root=root, out=root), write=True)
    there, tiny = files(root), files(TINY)
    assert {name: data for name, data in there.items() if tiny.get(name) != data} == {}
    assert done.problems == ()


@pytest.mark.parametrize("case", MENDED)
def test_a_sign_or_a_number_is_written_as_it_was_meant(case: str, tmp_path: Path) -> None:
    root = broken(case, tmp_path)
    fix(Order(root=root, out=root), write=True)
    assert MENDED[case] in (root / "scorecards/indicators/reading/data.csv").read_text()


@pytest.mark.parametrize("case", [p.name for p in MISTAKES][::3])
def test_fix_mends_once_and_never_makes_things_worse(case: str, tmp_path: Path) -> None:
    root = broken(case, tmp_path)
    first = fix(Order(root=root, out=root), write=True)
    between = files(root)
    again = fix(Order(root=root, out=root), write=True)
    assert again.files == ()
    assert again.diff == ""
    assert files(root) == between
    assert again.problems == first.problems


def test_a_dry_run_shows_the_diff_and_writes_nothing(tmp_path: Path) -> None:
    root = broken("letter-o-in-csv", tmp_path)
    before = files(root)
    done = CliRunner().invoke(databook, ["fix", str(root), "--dry-run", "--jobs", "1"])
    assert done.exit_code == 0, done.output
    assert "-2025,N2,All,7O.0,,,,,p,\n+2025,N2,All,70.0,,,,,p,\n" in done.output
    assert "1 file would be changed. Left for you: no problems." in done.output
    assert files(root) == before


def test_comments_and_quotes_stay_where_they_are(tmp_path: Path) -> None:
    root = broken("misspelt-key", tmp_path)
    path = root / "scorecards/indicators/reading/indicator.yaml"
    text = path.read_text().replace("beter: higher", 'beter:   "hihger"   # to be agreed')
    path.write_text(text)
    fix(Order(root=root, out=root), write=True)
    assert 'better:   "higher"   # to be agreed\n' in path.read_text()


def test_what_is_doubtful_is_left_alone(tmp_path: Path) -> None:
    for case in ("decimal-comma-in-csv", "dash-for-a-figure", "text-in-number", "row-given-twice"):
        root = broken(case, tmp_path)
        before = files(root)
        assert fix(Order(root=root, out=root), write=True).problems != ()
        assert files(root) == before


@settings(max_examples=300, deadline=None)
@given(
    data=st.binary(max_size=200),
    path=st.sampled_from(["a.csv", "a.yaml", "a.md", "a"]),
    told=st.lists(
        st.tuples(
            st.sampled_from(
                ["table-number", "key-unknown", "yaml-tab", "table-delimiter", "table-spaces",
                 "row-duplicate", "choice-unknown", "text-control-character", "text-not-utf-8",
                 "yaml-syntax", "yaml-curly-quotes", "heading-order", "table-blank-row"]
            ),
            st.integers(1, 9), st.integers(1, 99), st.sampled_from(["", "1", "higher"]),
        ), max_size=4,
    ),
)  # fmt: skip
def test_no_bytes_and_no_problem_bring_a_traceback(data: bytes, path: str, told: list) -> None:
    problems = [
        Problem(
            code=code, level=Level.ERROR, place=Place(path=path, line=line, column=column),
            what="The cells are separated by semicolons", why="", fix="", meant=meant,
        )
        for code, line, column, meant in told
    ]  # fmt: skip
    assert isinstance(mended(data, path, problems), bytes)


@given(st.text(max_size=12))
def test_a_number_that_was_meant_is_a_plain_number(text: str) -> None:
    meant = slips.number(text)
    assert meant == "" or slips.NUMBER.fullmatch(meant)
    assert slips.number(meant) == ""


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1,234", "1234"), ("1 234.5", "1234.5"), ("71.0%", "71.0"), ("£7", "7"), ("2O5", "205"),
        ("l0", "10"), ("−3", "-3"), ("７１", "71"), ("1,23,4", ""), ("12,34", "12.34"), ("abc", ""),
        ("O", ""), ("1e3", ""), ("", ""), ("1.2.3", ""), ("--1", ""),
    ],
)  # fmt: skip
def test_what_was_meant_by_a_number(text: str, meant: str) -> None:
    assert slips.number(text) == meant


def test_one_slip_has_one_meaning_or_none() -> None:
    assert slips.one_off("hihger", ("higher", "lower")) == "higher"
    assert slips.one_off("beter", ("better", "title")) == "better"
    assert slips.one_off("N3", ("N1", "R2")) == ""  # short codes differ by a letter
    assert slips.one_off("E06000010", ("E06000011", "W06000001")) == ""  # and long ones by a digit
    assert slips.one_off("Higher", ("higher", "lower")) == "higher"
    assert slips.one_off("count", ("counts", "mount", "other")) == ""
