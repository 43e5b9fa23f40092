"""The demonstration book, built once, served as a static host would, and read in Chromium."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)

REPOSITORY = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 30_000  # milliseconds for anything to appear, on a machine that does other things too


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A built site and the address it is served at."""

    folder: Path
    host: str
    address: str

    def pages(self) -> list[str]:
        """Addresses of all pages below the site's own."""
        found = sorted(self.folder.rglob("index.html"))
        return [path.parent.relative_to(self.folder).as_posix() + "/" for path in found]


@pytest.fixture(scope="session")
def site(demonstration: Path) -> Iterator[Site]:
    """The book on a loopback address, with the headers that it asks static hosts for."""
    # Served at the path of the book's permanent address, for its error page counts on that.
    robots = (demonstration / "robots.txt").read_text(encoding="utf-8")
    base = urlsplit(robots.split("Sitemap: ")[1].strip()).path.removesuffix("sitemap.xml")
    with served(demonstration, base) as site:
        yield site


@contextmanager
def served(folder: Path, base: str) -> Iterator[Site]:
    """Serve a site below an address, with the headers that it asks for."""
    handler = partial(Handler, folder, base, rules(folder / "_headers"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    host = f"http://127.0.0.1:{server.server_port}"
    yield Site(folder=folder, host=host, address=host + base)
    server.shutdown()
    thread.join()


Rules = list[tuple[re.Pattern[str], list[tuple[str, str]]]]


def rules(path: Path) -> Rules:
    """The rules of a `_headers` file: `:name` stands for one part of an address, `*` for any."""
    found: Rules = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            found[-1][1].append((name, value))
        else:
            parts = re.split(r"(:[a-z]+|\*)", line)
            inside = {":": "[^/]+", "*": ".*"}
            pattern = "".join(inside.get(part[:1], re.escape(part)) for part in parts)
            found.append((re.compile(pattern), []))
    return found


def headers_at(found: Rules, address: str) -> list[tuple[str, str]]:
    """What a host sends for an address: the headers of every rule that fits, added up."""
    return [header for rule, headers in found if rule.fullmatch(address) for header in headers]


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder below a path, quietly."""

    extensions_map: ClassVar = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}

    def __init__(self, folder: Path, base: str, headers: Rules, *rest: object) -> None:
        self.base, self.own_headers = base, headers
        super().__init__(*rest, directory=str(folder))

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self.base))

    def end_headers(self) -> None:
        address = "/" + urlsplit(self.path).path.removeprefix(self.base)
        for name, value in headers_at(self.own_headers, address):
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """One browser for all tests; each test has contexts of its own."""
    named = os.environ.get("DATABOOK_CHROMIUM")
    path = named or next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.fail(
            "The browser tests need Chromium, and it is not here. Install it:\n"
            "    sudo apt-get install chromium fonts-dejavu-core\n"
            "or set DATABOOK_CHROMIUM to the path of a Chromium or Chrome you have."
        )
    browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
    yield browser
    browser.close()


@dataclass(slots=True, kw_only=True)
class Watched:
    """A page in the browser, and what it did that it must not do."""

    page: Page
    fetched: list[str]  # every address asked for
    strangers: list[str]  # those of other hosts
    faults: list[str]  # errors and violations of the policy


Opens = Callable[..., Watched]


@pytest.fixture
def opens(chromium: Browser, site: Site) -> Iterator[Opens]:
    """Open a page of the book: `opens("areas/", width=320, dark=True, script=False)`."""
    contexts: list[BrowserContext] = []

    def open_page(
        path: str, *, width: int = 1280, dark: bool = False, script: bool = True
    ) -> Watched:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        watched = Watched(page=page, fetched=[], strangers=[], faults=[])
        own = (site.host, "data:", "blob:")

        def note(request: Request) -> None:
            watched.fetched.append(request.url)
            if not request.url.startswith(own):
                watched.strangers.append(request.url)

        page.on("request", note)
        page.on("pageerror", lambda error: watched.faults.append(str(error)))
        page.on(
            "console",
            lambda said: watched.faults.append(said.text) if said.type == "error" else None,
        )
        page.goto(site.address + path)
        return watched

    yield open_page
    for context in contexts:
        context.close()
