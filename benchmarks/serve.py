"""Measure how soon `databook serve` shows a changed value.

    python benchmarks/serve.py BOOK [--edits 5]

Edits a value of a book that generate_book.py wrote, and waits until the line by which browsers
are told names the page, and the page that is then fetched is another one than before. That is
what a browser does; drawing the page comes on top, some 50 ms. Prints milliseconds.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import run

PAGE = "indicators/measure-00003/"
REST = 1.0  # seconds between edits, after the whole book was built


def main() -> None:
    """Serve, edit, wait, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("book", type=Path)
    parser.add_argument("--edits", type=int, default=5)
    options = parser.parse_args()
    shown, built = measured(options.book, options.edits)
    print(f"shown after {said(shown)} ms; whole book built after {said(built)} ms")


def said(seconds: list[float]) -> str:
    """The median, and the worst."""
    return f"{1000 * statistics.median(seconds):.0f} (at worst {1000 * max(seconds):.0f})"


def measured(book: Path, edits: int) -> tuple[list[float], list[float]]:
    """Seconds from saving until the page is shown, and until the whole book is built."""
    words = [sys.executable, "-u", "-m", "databook", "serve", str(book), "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as serving:
        try:
            address = next(lines(serving, r"(http://127[^ ]+)"))
            return timed(address, book, edits, serving)
        finally:
            serving.terminate()


def timed(
    address: str, book: Path, edits: int, serving: subprocess.Popen[str]
) -> tuple[list[float], list[float]]:
    """One edit after another."""
    shown, built = [], []
    said = lines(serving, r"(\d+) pages?: ")
    with urllib.request.urlopen(f"{address}__databook__/events") as events:
        told(events)
        for _ in range(edits):
            time.sleep(REST)
            before = fetched(address)
            began = time.monotonic()
            run.change(book)
            while not names(told(events)) or fetched(address) == before:
                pass  # news of what was built before
            shown.append(time.monotonic() - began)
            next(said)
            built.append(time.monotonic() - began)
    return shown, built


def names(news: Mapping[str, Any]) -> bool:
    """Whether news would have a browser load the page again; None: whatever it shows."""
    return news["changed"] is None or f"{PAGE}index.html" in news["changed"]


def told(events: Iterator[bytes]) -> dict[str, Any]:
    """The next news."""
    line = next(line for line in events if line.startswith(b"data: "))
    news: dict[str, Any] = json.loads(line[6:])
    return news


def fetched(address: str) -> bytes:
    """The page."""
    with urllib.request.urlopen(address + PAGE) as answer:
        data: bytes = answer.read()
    return data


def lines(serving: subprocess.Popen[str], wanted: str) -> Iterator[str]:
    """What the server says of a kind."""
    assert serving.stdout is not None
    for line in serving.stdout:
        if found := re.search(wanted, line):
            yield found[1]
    raise SystemExit("databook serve ended")


if __name__ == "__main__":
    main()
