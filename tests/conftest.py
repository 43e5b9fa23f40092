"""What all tests share: the option that rewrites committed expectations, and the built book."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

# Time says nothing here: machines that run tests are busy and differ. Continuous integration asks
# the same examples each time, so that a merge is not stopped by what it did not touch.
settings.register_profile("databook", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("databook")

REPOSITORY = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --accept."""
    parser.addoption(
        "--accept", action="store_true", help="rewrite committed expectations with what came out"
    )


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the demonstration book's site, built once however many workers there are."""
    if ready := os.environ.get("DATABOOK_SITE"):
        return Path(ready)
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    root, out = shared / "demonstration", shared / "demonstration-site"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.is_dir():
            for name in ("scorecards", "content"):
                shutil.copytree(REPOSITORY / name, root / name, dirs_exist_ok=True)
            for file in ("mkdocs.yml",):
                shutil.copy(REPOSITORY / file, root / file)
            command = [sys.executable, "-m", "databook", "build", str(root), "--out", str(out)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            said = f"{done.stdout}{done.stderr}"
            assert done.returncode == 0, f"the demonstration book does not build:\n{said}"
    return out
