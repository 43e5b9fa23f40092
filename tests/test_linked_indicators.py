"""Indicators that count the same are looked at together, wherever their files lie."""

from __future__ import annotations

import shutil
from pathlib import Path

from databook import pipeline
from databook.problems import Problem

TINY = Path(__file__).parent / "cases" / "books" / "tiny"
SHOWN = "2023,N1,All,72.0,720,1000,69.1,74.7,,\n"
HEAD = "period,area,sex,value,numerator,denominator,lower,upper,marker,note\n"


def book(folder: Path, links: str) -> Path:
    """Single years, one of them withheld, and beside them two years together."""
    shutil.copytree(TINY, folder)
    indicators = folder / "scorecards" / "indicators"
    reading, pooled = indicators / "reading", indicators / "pooled"
    shutil.copytree(reading, pooled)
    (pooled / "forecasts.csv").unlink()
    (pooled / "data.csv").write_text(HEAD + "2022-2023,N1,All,71.0,1420,2000,,,,\n", "utf-8")
    text = (pooled / "indicator.yaml").read_text("utf-8")
    text = text[: text.index("target:")] + text[text.index("breakdowns:") :]
    for old, new in (
        ("title: Children who read well at eleven", "title: Readers of two years"),
        ("short: Reading at eleven", "short: Two years"),
        ("periods: calendar-year\n", f"periods: pooled-calendar-years\n{links}"),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (pooled / "indicator.yaml").write_text(text, "utf-8")
    rows = (reading / "data.csv").read_text("utf-8")
    for old, new in (
        (SHOWN, "2023,N1,All,,,1000,,,c,\n"),
        ("2023,N1,Girls,76.0,380,500,72.1,79.5,,\n", "2023,N1,Girls,,,500,,,c,\n"),
        ("2023,N1,Boys,68.0,340,500,63.8,71.9,,\n", "2023,N1,Boys,,,500,,,c,\n"),
    ):
        assert rows.count(old) == 1, old
        rows = rows.replace(old, new)
    (reading / "data.csv").write_text(rows, "utf-8")
    (reading / "forecasts.csv").unlink()
    return folder


def disclosures(root: Path) -> list[Problem]:
    found = pipeline.check(pipeline.Order(root=root, out=root, fresh=True))
    assert {p.code.split("-")[0] for p in found if p.level == "error"} <= {"disclosure"}, found
    return [p for p in found if p.code.startswith("disclosure")]


def test_a_year_follows_from_two_years_together_where_they_are_said_to_count_the_same(
    tmp_path: Path,
) -> None:
    assert disclosures(book(tmp_path / "apart", "")) == []
    found = disclosures(book(tmp_path / "linked", "counts_with: [reading]\n"))
    assert [(p.code, p.place.path.split("/")[-2], p.place.line) for p in found] == [
        ("disclosure-subtraction", "reading", 5)
    ]
    where = "of scorecards/indicators"
    assert found[0].what.endswith(
        f"it can be had: N1 in 2022-2023 (line 2 {where}/pooled/data.csv) less "
        f"N1 in 2022 (line 2 {where}/reading/data.csv)."
    )
