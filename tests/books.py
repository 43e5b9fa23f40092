"""Books for tests of the whole way: made ones of a few indicators, and what a site holds."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

REPOSITORY = Path(__file__).parents[1]


def generator() -> ModuleType:
    """benchmarks/generate_book.py, which is a program and no part of the package."""
    path = REPOSITORY / "benchmarks" / "generate_book.py"
    spec = importlib.util.spec_from_file_location("generate_book", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write_book(out: Path, indicators: int = 4, areas: int = 5, *, pages: bool = False) -> Path:
    """A made-up book that passes its check; `pages` gives each area pages of its own."""
    generator().write_book(out, indicators, areas, pages=pages)
    page = out / "content" / "about.md"
    page.parent.mkdir()
    page.write_text("# About\n\nA made-up book.\n", encoding="utf-8")
    return out


def add_indicator(root: Path, number: int, areas: int = 5) -> None:
    """One more indicator in a made-up book."""
    made = generator()
    slug = f"measure-{number:05d}"
    outcomes = ["growing-up/safe", "growing-up/curious"]
    for name, text in made.indicator_files(number, slug, areas, outcomes):
        made.write(root / "scorecards" / "indicators" / slug / name, text)


def databook(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as people do."""
    return subprocess.run(
        [sys.executable, "-m", "databook", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, **environment},
    )


def copied(of: Path, place: Path, first: str = "") -> Path:
    """A program that nobody edits meanwhile; with `first`, one that does it before each task."""
    for name in ("generator", "theme"):
        shutil.copytree(of / name, place / name)
    if first:
        crew = place / "generator" / "databook" / "pipeline" / "crew.py"
        text = crew.read_text("utf-8")
        assert text.count("        return indicator(slug, ground)") == 1
        crew.write_text(text.replace("        return ind", f"        {first}\n        return ind"))
    return place


def environment(program: Path) -> dict[str, str]:
    """In which a Python runs such a program."""
    return {**os.environ, "PYTHONPATH": str(program / "generator")}


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its name in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Names of the files in which two folders differ."""
    return sorted(n for n in {*one, *other} if one.get(n) != other.get(n))
