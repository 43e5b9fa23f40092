"""Those who keep versions with mike can: it has the book built like any other MkDocs site."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import editions

REPOSITORY = Path(__file__).parents[1]


def test_mike_deploys_version_after_version(tmp_path: Path) -> None:
    book = editions.repository(tmp_path / "book")
    shutil.copy(REPOSITORY / "mkdocs.yml", book)
    shutil.copytree(REPOSITORY / "theme/overrides", book / "theme/overrides")
    (book / "content").mkdir()
    (book / "content/about.md").write_text("# About\n\nA tiny book.\n", "utf-8")
    editions.commit(book, "A book for MkDocs")
    # mike starts `mkdocs` by its name, and commits as whoever git says we are.
    mike = Path(sys.executable).with_name("mike")
    path = f"{mike.parent}{os.pathsep}{os.environ['PATH']}"
    who = {f"GIT_{part}_{what}": "nobody@example.org"
           for part in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}  # fmt: skip
    settings = book / "scorecards/databook.yaml"
    for id_, day in (("2026-q1", "2026-03-31"), ("2026-q2", "2026-06-30")):
        text = settings.read_text("utf-8").replace("2026-q1", id_).replace("2026-03-31", day)
        settings.write_text(text, "utf-8")
        done = subprocess.run(
            [str(mike), "deploy", "--update-aliases", id_, "latest"],
            cwd=book, capture_output=True, text=True, check=False,
            env={**os.environ, **who, "PATH": path},
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
    listed = json.loads(editions.git(book, "show", "gh-pages:versions.json"))
    assert [(each["version"], each["aliases"]) for each in listed] == [
        ("2026-q2", ["latest"]),
        ("2026-q1", []),
    ]
    for id_ in ("2026-q1", "2026-q2"):
        page = editions.git(book, "show", f"gh-pages:{id_}/indicators/reading/index.html")
        assert "Children who read well at eleven" in page
        assert id_ in page
