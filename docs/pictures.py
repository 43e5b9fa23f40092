"""Take the pictures of the contributor's guide and of README.md: `python docs/pictures.py`.

Needs the development tools and Chromium. Those of the guide are of the tiny book, about Northwick,
a place that does not exist, so that none of them goes out of date with a figure. Those of README.md
are of the demonstration.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from databook.cli.commands import databook

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from guide import commands, edit, steps  # noqa: E402 - from the tests, which do the same

TINY = ROOT / "tests" / "cases" / "books" / "tiny"
PICTURES = ROOT / "content" / "contribute"
WIDE, WIDER, QUALITY = 1000, 1200, 60
# Where each picture begins and ends: from the top of one element to the bottom of another.
SHOTS = {
    "changes": ("{report}", "h1", ".pair"),
    "finding": ("{site}/indicators/reading/index.html", "main h1", "main figure"),
    "story": ("{site}/indicators/reading/index.html", ".db-story", "section:has(#action)"),
    "indicators": ("{site}/indicators/index.html", "main h1", "main table"),
}
SHOWN = ROOT / "docs" / "pictures"
README_SHOTS = {
    "home": ("{site}/index.html", "main h1", "main table"),
    "indicator": ("{site}/indicators/persistent-absence/index.html", "main h1", "main figcaption"),
}


def main() -> None:
    """Make the changed book, its site and its report, and take every picture."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("DATABOOK_CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        os.chdir(folder)  # so that no report names a folder of this machine
        site, report = (Path(folder) / name for name in ("site", "changes.html"))
        shutil.copytree(TINY, "main")
        shutil.copytree(TINY, "mine")
        follow("correct-a-figure")
        run("diff", "main", "mine", "--book", "mine", "--format", "html", "--out", report)
        follow("tell-the-story")
        follow("add-an-indicator")
        run("build", "mine", "--out", site)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDE, "height": 800}, color_scheme="light")
        take(page, SHOTS, PICTURES, site=site, report=report)
        run("build", ROOT, "--out", site)
        page.set_viewport_size(
            {"width": WIDER, "height": 800}
        )  # so that columns stand side by side
        take(page, README_SHOTS, SHOWN, site=site)
        browser.close()


def take(page: Any, shots: dict[str, tuple[str, str, str]], into: Path, **where: Path) -> None:
    """Take pictures, each of a page between two of its elements."""
    for name, (address, first, last) in shots.items():
        page.goto(f"file://{address.format(**where)}")
        data = shoot(page, first, last)
        (into / f"{name}.webp").write_bytes(data)
        sys.stdout.write(f"{name}.webp {len(data):,} bytes\n")


def follow(guide: str) -> None:
    """Make the changes that a page of the guide makes as examples."""
    for kind, block in steps((PICTURES / f"{guide}.md").read_text("utf-8")):
        if kind == "diff":
            edit(Path("mine"), block)
        for command in commands(block) if kind == "sh" else ():
            if command.startswith(("cp ", "rm ")):
                subprocess.run(command.split(), check=True, cwd="mine")  # noqa: S603


def run(*words: object) -> None:
    """Run databook, and stop where it does not end well."""
    done = CliRunner().invoke(databook, [str(word) for word in words])
    if done.exit_code:
        sys.exit(done.output)


def shoot(page: Any, first: str, last: str) -> bytes:
    """What lies between two elements, as WebP, which only the browser itself can write here."""
    top = page.locator(first).first.bounding_box()
    end = page.locator(last).first.bounding_box()
    clip = {"x": 0, "y": top["y"] - 12, "width": page.viewport_size["width"], "scale": 1}
    clip["height"] = end["y"] + end["height"] - clip["y"] + 12
    told = {"format": "webp", "quality": QUALITY, "clip": clip, "captureBeyondViewport": True}
    session = page.context.new_cdp_session(page)
    return base64.b64decode(session.send("Page.captureScreenshot", told)["data"])


if __name__ == "__main__":
    main()
