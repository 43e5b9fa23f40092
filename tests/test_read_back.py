"""Every download opens in the programs that people use, and holds the figures of its source."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import pandas as pd
import pytest

import machines

REPOSITORY = Path(__file__).parents[1]
NUMBERS = ("value", "numerator", "denominator", "lower", "upper")


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return machines.built(tmp_path_factory.mktemp("machines"))


@cache
def tables(site: Path) -> dict[str, list[dict[str, str]]]:
    """Rows of every data.csv of a site by series; test_truth holds them against scorecards/."""
    found = {}
    for path in sorted((site / "indicators").glob("*/data.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.parent.name] = list(csv.DictReader(file))
    return found


# --- data packages ---------------------------------------------------------------------------


def check_package(path: Path) -> dict[str, Any]:
    """A valid package by frictionless, with what version 2 of the standard asks for."""
    report = frictionless.validate(str(path))
    assert report.flatten(["type", "message"]) == []
    package: dict[str, Any] = json.loads(path.read_bytes())
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["created"].endswith("T00:00:00Z")
    assert all("path" in one or "name" in one for one in package["licenses"])
    for contributor in package["contributors"]:
        assert isinstance(contributor["roles"], list)
        assert "role" not in contributor  # version 1
    for resource in package["resources"]:
        assert ("path" in resource) != ("data" in resource)
        assert "profile" not in resource  # version 1
        assert resource["type"] == "table"
        assert not str(resource.get("path", "")).startswith(("/", ".."))
        for key in resource["schema"].get("foreignKeys", ()):
            assert isinstance(key["fields"], list)
    return package


def test_each_indicators_package_can_be_read_alone(demonstration: Path, marked: Path) -> None:
    checked = 0
    for site in (demonstration, marked):
        for path in sorted(site.glob("indicators/*/datapackage.json")):
            package = check_package(path)
            assert package["sources"][0]["path"].startswith("http")
            table, areas = package["resources"]
            assert table["schema"]["missingValues"] == [""]
            assert table["schema"]["foreignKeys"][0]["reference"]["resource"] == areas["name"]
            checked += 1
    assert checked > 40


def test_a_package_finds_an_area_that_is_none_and_a_group_that_is_none(
    marked: Path, tmp_path: Path
) -> None:
    for right, wrong, fault in (("2025,N2", "2025,N9", "foreign-key"), ("Girls", "Girl", "constr")):
        for name in ("data.csv", "datapackage.json"):
            text = (marked / "indicators/reading" / name).read_text(encoding="utf-8")
            changed = text.replace(right, wrong) if name == "data.csv" else text
            (tmp_path / name).write_text(changed, encoding="utf-8")
        report = frictionless.validate(str(tmp_path / "datapackage.json"))
        assert any(fault in kind for (kind,) in report.flatten(["type"]))


def test_the_books_package_describes_every_table(demonstration: Path) -> None:
    package = check_package(demonstration / "datapackage.json")
    described = {resource["name"]: resource for resource in package["resources"]}
    assert set(tables(demonstration)) < set(described)
    for name, resource in described.items():
        assert (demonstration / resource["path"]).is_file(), name
    measures = {name for name in described if "." in name}
    assert not any(name.startswith("example-") for name in measures), "figures that are invented"


def test_the_archive_is_a_package_with_the_same_tables(demonstration: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(demonstration / "data/databook.zip") as archive:
        archive.extractall(tmp_path)
    package = check_package(tmp_path / "datapackage.json")
    here = json.loads((demonstration / "datapackage.json").read_bytes())
    assert [r["name"] for r in package["resources"]] == [r["name"] for r in here["resources"]]
    for inside, outside in zip(package["resources"], here["resources"], strict=True):
        assert (tmp_path / inside["path"]).read_bytes() == (
            demonstration / outside["path"]
        ).read_bytes()


# --- one table -------------------------------------------------------------------------------


def plain(value: Any) -> float | None:
    """A number as pandas or duckdb gives it, or None where there is none."""
    return None if value is None or (isinstance(value, float) and math.isnan(value)) else value


def check_rows(site: Path, found: list[dict[str, Any]]) -> int:
    """Every row of every CSV is in the table, in the same order, and nothing else is."""
    by_series: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        by_series.setdefault(row["series"], []).append(row)
    seen = 0
    for series, source in tables(site).items():
        assert len(by_series[series]) == len(source)
        for told, row in zip(by_series[series], source, strict=True):
            for name in ("period", "area", "area_name", "note"):
                assert told[name] == row[name]
            for name in NUMBERS:
                assert plain(told[name]) == machines.number(row[name]), (series, row)
            assert (plain(told["value"]) is None) == (
                told["status"] not in ("published", "provisional")
            )
            seen += 1
    return seen


def test_duckdb_reads_every_figure_back(demonstration: Path, marked: Path) -> None:
    for site in (demonstration, marked):
        table = duckdb.read_parquet(str(site / "data/observations.parquet"))
        rows = [dict(zip(table.columns, row, strict=True)) for row in table.fetchall()]
        assert check_rows(site, rows) == sum(map(len, tables(site).values()))


def test_pandas_reads_every_figure_back(demonstration: Path, marked: Path) -> None:
    for site in (demonstration, marked):
        frame = pd.read_parquet(site / "data/observations.parquet")
        assert check_rows(site, frame.to_dict("records")) == sum(map(len, tables(site).values()))


def test_each_kind_of_nothing_is_told_apart_and_a_withheld_row_holds_no_number(
    marked: Path,
) -> None:
    frame = pd.read_parquet(marked / "data/observations.parquet")
    for row in machines.rows():
        (told,) = frame[
            (frame.period == row["period"])
            & (frame.area == row["area"])
            & (frame.group == row["sex"].replace("All", "Everybody"))
        ].to_dict("records")
        assert told["status"] == machines.STATUSES[row["marker"]]
        assert told["markers"] == row["marker"]
        assert told["breakdown"] == ("" if row["sex"] == "All" else "sex")
    withheld = frame[frame.status == "withheld"]
    assert len(withheld) == 1
    assert withheld[list(NUMBERS)].isna().all(axis=None)
    zero = frame[(frame.period == "2022") & (frame.area == "N1")]
    assert list(zero["value"]) == [0]


def test_periods_have_their_days_in_the_table(demonstration: Path) -> None:
    path = demonstration / "data/observations.parquet"
    asked = "select period, period_start, period_end from ? where series = 'school-absence' limit 1"
    period, start, end = duckdb.execute(asked.replace("?", f"'{path}'")).fetchone() or ("",) * 3
    first, second = period.split("/")
    assert (start.isoformat(), end.isoformat()) == (f"{first}-09-01", f"20{second}-08-31")


def test_the_list_of_areas_reads_back(demonstration: Path) -> None:
    text = (demonstration / "data/areas.csv").read_bytes().decode()
    with (REPOSITORY / "scorecards/areas/areas.csv").open(encoding="utf-8", newline="") as file:
        source = list(csv.DictReader(file))
    told = {row["code"]: row for row in csv.DictReader(io.StringIO(text))}
    for row in source:
        assert {name: told[row["code"]][name] for name in row} == row


def test_the_page_for_machines_names_every_column_of_the_table(demonstration: Path) -> None:
    page = (demonstration / "data/machines/index.html").read_text(encoding="utf-8")
    (said,) = re.findall(r'id="parquet".*?</h2>\s*<p>(.*?)</p>', page, re.DOTALL)
    named = re.findall(r"<code>([a-z_]+)</code>", said)
    table = duckdb.read_parquet(str(demonstration / "data/observations.parquet"))
    assert sorted(named) == sorted(table.columns)
