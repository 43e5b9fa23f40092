"""Finds a Chromium and has it print. It loads one file, which holds no script and asks for nothing.

Its own print switches are enough (tags, bookmarks, no header of its own), so nothing drives it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

NAMED = "DATABOOK_CHROMIUM"  # variable of the environment with a path, where it is somewhere else
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
SWITCHES = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
    # The document asks for nothing; should that ever change, nothing can be reached.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
)
SECONDS = 900  # a book of a thousand pages takes about one minute
UNMADE = "no PDF came of it"


class NoBrowser(RuntimeError):  # noqa: N818 - what is missing
    """There is no Chromium on this machine, or not where it was said to be."""


class PrintingFailed(RuntimeError):  # noqa: N818 - as it is told
    """The browser was there, but it did not print."""


def browser() -> str:
    """The path of a Chromium, or of a relation of it."""
    if named := os.environ.get(NAMED):
        if not Path(named).is_file():
            raise NoBrowser(f"{NAMED} says {named}, and there is no such file.")
        return named
    found = (shutil.which(name) for name in NAMES)
    there = (place for place in PLACES if Path(place).is_file())
    path = next((path for path in (*found, *there) if path), None)
    if path is None:
        raise NoBrowser("A book is printed by Chromium, and there is none on this machine.")
    return path


def printed(html: str, path: str, shop: Path) -> bytes:
    """Print a document with the browser at `path`, in a folder of its own within `shop`."""
    with tempfile.TemporaryDirectory(dir=shop, prefix="print-", ignore_cleanup_errors=True) as name:
        home = Path(name).resolve()
        page, made = home / "book.html", home / "book.pdf"
        page.write_text(html, encoding="utf-8")
        command = [path, *SWITCHES, f"--user-data-dir={home / 'profile'}"]
        # Chromium refuses to work for root inside its own walls, as containers have it.
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")
        said = run([*command, f"--print-to-pdf={made}", page.as_uri()])
        if not made.is_file() or not made.read_bytes().startswith(b"%PDF"):
            raise PrintingFailed(f"{path} did not print: {said}")
        return made.read_bytes()


def run(command: list[str]) -> str:
    """Let the browser work; gives the last thing it complained of."""
    try:
        done = subprocess.run(  # noqa: S603 - a browser found by name, no shell
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=SECONDS,
            check=False,
            env={**os.environ, "TZ": "UTC"},
        )
    except subprocess.TimeoutExpired:
        return f"it had not finished after {SECONDS // 60} minutes"
    complaints = [line for line in done.stderr.splitlines() if line.strip()]
    return complaints[-1] if complaints else UNMADE
