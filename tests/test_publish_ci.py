"""The steps of publish.yml, run against a repository on this disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import editions
from editions import git

ROOT = Path(__file__).parents[1]
WORKFLOW = ROOT / ".github" / "workflows" / "publish.yml"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The main branch as the runner has it: one commit deep, with the steps in it."""
    work = tmp_path / "work"
    editions.repository(work)
    (work / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "publish", work / ".ci" / "publish")
    editions.commit(work, "Publish it")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{work}", str(tmp_path / "runner"))
    return tmp_path / "runner"


def step(checkout: Path, name: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GITHUB_")}
    return subprocess.run(
        [sys.executable, ".ci/publish", name],
        cwd=checkout,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_main_is_published_and_verified_and_merges_wait_for_the_next_edition(
    checkout: Path, tmp_path: Path
) -> None:
    pages = editions.bare(tmp_path / "pages.git")
    told = tmp_path / "summary.md"
    where = {"PUBLISH_TO": f"git:{pages}#gh-pages", "GITHUB_STEP_SUMMARY": str(told)}
    done = step(checkout, "publish", **where)
    assert done.returncode == 0, done.stdout
    assert step(checkout, "verify", **where).returncode == 0
    assert "1 edition in 1 revision" in told.read_text()
    first = git(pages, "rev-parse", "gh-pages")

    settings = checkout / "scorecards/databook.yaml"
    settings.write_text(settings.read_text().replace("Tiny book", "Small book"))
    editions.commit(checkout, "Say it otherwise")
    done = step(checkout, "publish", **where)
    assert done.returncode == 0
    assert "Nothing to publish. Edition 2026-q1 is published already" in done.stdout
    assert git(pages, "rev-parse", "gh-pages") == first

    done = step(checkout, "publish", **where, CORRECT="2026-q1", REASON="The name was wrong.")
    assert done.returncode == 0, done.stdout
    assert "revision 2" in done.stdout
    assert step(checkout, "verify", **where).returncode == 0


def test_the_credential_is_in_no_file_and_no_log(checkout: Path, tmp_path: Path) -> None:
    done = step(
        checkout,
        "verify",
        PUBLISH_TO=f"git:{tmp_path}/nowhere.git#gh-pages",
        PUBLISH_TOKEN="s3cret-t0ken",
    )
    assert done.returncode == 3
    assert "s3cret-t0ken" not in done.stdout + done.stderr
    held = [p for p in checkout.rglob("*") if p.is_file() and b"s3cret-t0ken" in p.read_bytes()]
    assert held == []


def test_the_workflow_may_write_in_one_job_only_and_takes_nothing_from_pull_requests() -> None:
    workflow: dict[Any, Any] = yaml.safe_load(WORKFLOW.read_text("utf-8"))
    assert workflow["permissions"] == {}
    assert [job["permissions"] for job in workflow["jobs"].values()] == [{"contents": "write"}]
    assert set(workflow[True]) == {"push", "schedule", "workflow_dispatch"}
    text = WORKFLOW.read_text("utf-8")
    assert "download-artifact" not in text
    assert "cache" not in text
