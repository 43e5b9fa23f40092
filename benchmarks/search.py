"""What the first answer of search fetches, and how soon it stands there.

    python benchmarks/search.py SITE                       # from the home page
    python benchmarks/search.py SITE areas/derby/ --words absence --times 5

Serves a built site as a host does that compresses text with gzip, opens each page in Chromium,
opens search and types the words at once, as if nobody waited. Bytes are those of the bodies, until
nothing more is fetched; what the page itself fetched before is not counted. "Later" is another
question after that, when the engine is there.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

LEVEL = 6  # what hosts usually compress with
TEXT = {".html", ".js", ".css", ".json", ".svg"}
QUIET = 500  # milliseconds until all has surely been sent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
OPEN = "dialog[open] input[type=search]"
FIRST = "dialog[open] .db-results li a"
# Milliseconds from the last letter until the first line of the answer is in the page.
TYPE = """(words) => new Promise((done) => {
  const field = document.querySelector("dialog[open] input[type=search]");
  const list = document.querySelector("dialog[open] .db-results");
  list.replaceChildren();
  field.value = words;
  const start = performance.now();
  new MutationObserver((_, watching) => {
    if (!list.querySelector("li a")) return;
    watching.disconnect();
    done(performance.now() - start);
  }).observe(list, { childList: true });
  field.dispatchEvent(new Event("input", { bubbles: true }));
})"""


class Try(NamedTuple):
    """A first answer: bytes of each file, and milliseconds, those of a later answer too."""

    files: dict[str, int]
    first: float
    later: float


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("site", type=Path)
    parser.add_argument("pages", nargs="*", default=[""])
    parser.add_argument("--words", default="school")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    asked = parser.parse_args()
    with served(asked.site) as (host, sent), sync_playwright() as started:
        browser = started.chromium.launch(executable_path=asked.chromium, args=FLAGS)
        for page in asked.pages:
            tries = [tried(browser, host + page, asked.words, sent) for _ in range(asked.times)]
            print(f"\n## “{asked.words}” from /{page}\n\n{report(tries)}")
        browser.close()
    print(f"\n{os.getloadavg()[0]:.1f} processes at work on {os.cpu_count()} cores")


def tried(browser: Browser, address: str, words: str, sent: dict[str, int]) -> Try:
    """Search once, in a browser that has fetched nothing but the page."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    sent.clear()
    page.click(".db-search-open")
    page.wait_for_selector(OPEN)
    first = page.evaluate(TYPE, words)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(QUIET)
    files = dict(sent)
    later = page.evaluate(TYPE, words[:-1])
    context.close()
    return Try(files, first, later)


def report(tries: list[Try]) -> str:
    """The files of the median try as a table, and the milliseconds of all."""
    middle = sorted(tries, key=lambda one: sum(one.files.values()))[len(tries) // 2]
    lines = ["| file | bytes |", "| --- | ---: |"]
    lines += [f"| {name} | {size:,} |" for name, size in sorted(middle.files.items())]
    lines += [f"| **{len(middle.files)} files** | **{sum(middle.files.values()):,}** |", ""]
    first, later = said([t.first for t in tries]), said([t.later for t in tries])
    lines.append(f"first answer after {first} ms, later {later}")
    return "\n".join(lines)


def said(times: list[float]) -> str:
    """Some milliseconds in few words."""
    return f"{statistics.median(times):.0f} ({min(times):.0f} to {max(times):.0f})"


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, dict[str, int]]]:
    """A host of a site, and what it has sent: bytes by file."""
    sent: dict[str, int] = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, folder.resolve(), sent))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", sent
    server.shutdown()


class Host(SimpleHTTPRequestHandler):
    """Sends files, text compressed, and notes how much."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one go; in two, the second waits 40 ms for the first's receipt

    def __init__(self, folder: Path, sent: dict[str, int], *rest: object) -> None:
        self.sent = sent
        super().__init__(*rest, directory=str(folder))

    def do_GET(self) -> None:
        """Answer with a file or with nothing."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        found = file.is_file()
        body, packed = packing(file) if found else (b"", False)
        self.sent[file.relative_to(self.directory).as_posix()] = len(body)
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@cache
def packing(file: Path) -> tuple[bytes, bool]:
    """The body of a file as it is sent, and whether it is compressed."""
    data = file.read_bytes()
    return (gzip.compress(data, LEVEL), True) if file.suffix in TEXT else (data, False)


if __name__ == "__main__":
    main()
