"""A book whose figures are of every kind there is, built once, and the rows it was made from."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from books import databook

TINY = Path(__file__).parent / "cases" / "books" / "tiny"
HEADINGS = "period,area,sex,value,numerator,denominator,lower,upper,marker,note"
# A number, a true zero, and every kind of nothing; a note that a
# spreadsheet program could take for two links and a reference.
ROWS = f"""{HEADINGS}
2021,N1,All,70.0,700,1000,67.1,72.8,r e,
2022,N1,All,0,0,1000,,,,A true zero
2023,N1,All,72.0,720,1000,69.1,74.7,,"As [this](http://example.org) or [that](x) say, $$all$$"
2024,N1,All,,,,,,x,The tests were not held
2025,N1,All,74.2,742,1000,71.4,76.8,p,
2025,N1,Girls,77.0,385,500,73.1,80.5,p,
2025,N1,Boys,71.4,357,500,67.3,75.2,p,
2021,N2,All,,,,,,c,Few children
2022,N2,All,,,,,,k,
2023,N2,All,,,,,,low,
2024,N2,All,,,,,,w,
2025,N2,All,,,,,,z,There is no school
2025,R1,All,70.3,,,,,p,
2025,C1,All,72.9,,,,,p,
"""
STATUSES = {
    "": "published",
    "r e": "published",
    "p": "provisional",
    "c": "withheld",
    "k": "rounds to zero",
    "low": "rounds to zero",
    "w": "none recorded",
    "x": "not available",
    "z": "not applicable",
}


def book(root: Path) -> Path:
    """The tiny book with these rows."""
    shutil.copytree(TINY, root)
    data = root / "scorecards" / "indicators" / "reading" / "data.csv"
    data.write_text(ROWS, encoding="utf-8")
    return root


def built(folder: Path, *words: object) -> Path:
    """Its site."""
    out = folder / "site"
    done = databook("build", book(folder / "book"), "--out", out, *words)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(ROWS.splitlines()))


def number(text: str) -> float | None:
    return float(text) if text else None
