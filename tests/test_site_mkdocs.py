"""Plain MkDocs gives the whole book, and nothing that mkdocs.yml says is run by our own build."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from databook import pipeline

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The demonstration book, whole, since its narrative leads to pages of every kind."""
    root = tmp_path / "book"
    for part in ("content", "scorecards"):
        shutil.copytree(REPOSITORY / part, root / part)
    return root


def tree(folder: Path) -> dict[str, bytes]:
    found = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_mkdocs_build_and_databook_build_give_the_same_bytes(book: Path, tmp_path: Path) -> None:
    shutil.copy(REPOSITORY / "mkdocs.yml", book)
    shutil.copytree(REPOSITORY / "theme/overrides", book / "theme/overrides")
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(tmp_path / "theirs")]
    done = subprocess.run(command, cwd=book, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    built = pipeline.build(pipeline.Order(root=book, out=tmp_path / "ours", fresh=True))
    assert not built.failed, built.problems
    assert tree(tmp_path / "theirs") == tree(tmp_path / "ours")


def test_our_build_runs_nothing_that_mkdocs_yml_names(book: Path, tmp_path: Path) -> None:
    (book / "mkdocs.yml").write_text(
        "site_name: !ENV HOME\nhooks: [hook.py]\nextra: !!python/name:os.system x\n"
    )
    (book / "hook.py").write_text("raise SystemExit('a hook ran')\n")
    built = pipeline.build(pipeline.Order(root=book, out=tmp_path / "ours"))
    assert not built.failed, built.problems
    assert built.pages > 1


def test_mkdocs_build_says_what_is_wrong_with_the_book(book: Path, tmp_path: Path) -> None:
    shutil.copy(REPOSITORY / "mkdocs.yml", book)
    shutil.copytree(REPOSITORY / "theme/overrides", book / "theme/overrides")
    data = book / "scorecards/indicators/neet/data.csv"
    data.write_text(data.read_text(encoding="utf-8") + "not a period,E06000044,x\n")
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(tmp_path / "theirs")]
    done = subprocess.run(command, cwd=book, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "scorecards/indicators/neet/data.csv:" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
