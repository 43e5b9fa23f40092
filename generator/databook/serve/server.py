"""A web server for one reader: the built site, and a line by which it tells the browser news.

The script that listens is added to pages as they leave; the site on disk has nothing of it. It
is a file from our own address, so the pages' Content-Security-Policy holds as it stands.
"""

from __future__ import annotations

import functools
import html
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit

HOST = "127.0.0.1"
OWN = "/__databook__/"
MANY = 200  # changed files, above which a browser had better load whatever it shows
WAIT = 15.0  # seconds between signs of life, so that browsers keep the line open
SCRIPT = b'<script src="' + OWN.encode() + b'listen.js" defer></script>'
LISTEN = b"""\
// Reloads the page when the book was built anew, and says when it has errors.
const line = new EventSource("/__databook__/events");
const here = location.pathname.slice(1).replace(/(^|\\/)$/, "$1index.html");
let last;
line.addEventListener("book", (event) => {
  const { number, changed, problems } = JSON.parse(event.data);
  document.getElementById("databook-notice")?.remove();
  if (problems) notice(problems);
  const missed = last !== undefined && number > last + 1;
  const touched = number !== last && (!changed || changed.includes(here));
  if (last !== undefined && number !== last && (missed || touched)) return location.reload();
  last = number;
});
function notice(text) {
  const box = document.createElement("div");
  box.id = "databook-notice";
  box.setAttribute("role", "alert");
  const look = { position: "fixed", insetInline: "0", insetBlockEnd: "0", zIndex: "999",
    padding: "1rem", background: "#3d0a0a", color: "#fff", font: "14px/1.5 sans-serif" };
  Object.assign(box.style, look);
  const link = document.createElement("a");
  link.href = "/__databook__/problems";
  link.textContent = "See what to mend";
  link.style.color = "#fff";
  box.append(text + " You are looking at the last book without errors. ", link);
  document.body.append(box);
}
"""
PROBLEMS = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width">{script}</head>
<body><h1>{title}</h1><pre>{text}</pre><p><a href="/">The last book without errors</a></p>
</body></html>"""


@dataclass(slots=True, kw_only=True)
class News:
    """What the browser is told, and a bell for those who wait. The one thing here that changes."""

    number: int = 0  # of the book that is being served
    changed: tuple[str, ...] | None = None  # files that differ from the book before; None: many
    summary: str = ""  # "2 errors." while the newest state of the book has some
    problems: str = ""
    ahead: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    """Files that are newer than the site, with the number of the change they came of."""
    closing: bool = False
    bell: threading.Condition = field(default_factory=threading.Condition)

    def rebuilt(self, changed: tuple[str, ...]) -> None:
        """A new book without errors is being served."""
        # What pages share (style, scripts, frame) is seen by looking at any of them.
        shared = any(not path.endswith(".html") and "assets/" in path for path in changed)
        with self.bell:
            self.number += bool(changed)
            self.changed = None if shared or len(changed) > MANY else changed
            self.summary = self.problems = ""
            self.bell.notify_all()

    def previewed(self, change: int, files: Mapping[str, bytes]) -> None:
        """Some files of the next book are known before it is built."""
        changed = tuple(p for p, data in files.items() if self.ahead.get(p, (0, b""))[1] != data)
        with self.bell:
            self.ahead |= {path: (change, data) for path, data in files.items()}
            self.number += bool(changed)
            self.changed = changed
            self.summary = self.problems = ""
            self.bell.notify_all()

    def caught_up(self, change: int, site: Path, changed: tuple[str, ...]) -> tuple[str, ...]:
        """The site holds everything up to a change: what of it nobody has seen yet."""
        done = {path: data for path, (of, data) in self.ahead.items() if of <= change}
        seen = {p for p, data in done.items() if p in changed and _read(site / p) == data}
        with self.bell:
            self.ahead = {p: newer for p, newer in self.ahead.items() if p not in done}
        return tuple(path for path in changed if path not in seen)

    def failed(self, summary: str, problems: str) -> None:
        """The newest state of the book has errors; the last one without is still served."""
        with self.bell:
            self.summary, self.problems = summary, problems
            self.bell.notify_all()

    def close(self) -> None:
        """Let everybody who waits go home."""
        with self.bell:
            self.closing = True
            self.bell.notify_all()

    def message(self) -> str:
        """The news as one event."""
        news = {"number": self.number, "changed": self.changed, "problems": self.summary}
        return f"event: book\ndata: {json.dumps(news)}\n\n"


def server(site: Path, news: News, port: int) -> ThreadingHTTPServer:
    """A server, ready to be run; port 0 takes any that is free."""
    handler = functools.partial(Handler, directory=str(site), news=news)
    found = ThreadingHTTPServer((HOST, port), handler)
    found.daemon_threads = True
    return found


class Handler(SimpleHTTPRequestHandler):
    """Answers one request. The base class keeps addresses inside the site's folder."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, directory: str, news: News) -> None:
        self.news = news
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Serve a page with our script in it, or one of our own addresses, or a file."""
        if not self._is_for_us():
            return
        path = urlsplit(self.path).path
        if path == OWN + "listen.js":
            self._send(LISTEN, "text/javascript; charset=utf-8")
        elif path == OWN + "problems":
            self._send(self._problems(), "text/html; charset=utf-8")
        elif path == OWN + "events":
            self._events()
        else:
            self._file(path)

    def do_HEAD(self) -> None:
        """As do_GET, without the body."""
        if self._is_for_us():
            super().do_HEAD()

    def _is_for_us(self) -> bool:
        """Refuse a foreign name for this address, by which other sites could read the book."""
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        if host in (HOST, "localhost", "[::1]"):
            return True
        self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        return False

    def _file(self, path: str) -> None:
        name = unquote(path).lstrip("/")
        if name.endswith("/") or not name:
            name += "index.html"
        if name in self.news.ahead:
            kind = "text/html; charset=utf-8" if name.endswith(".html") else self.guess_type(name)
            data = self.news.ahead[name][1]
            self._send(_listening(data) if name.endswith(".html") else data, kind)
            return
        file = Path(self.translate_path(self.path))
        if file.is_dir() and path.endswith("/"):
            file /= "index.html"
        if file.suffix == ".html" and file.is_file():
            self._send(_listening(file.read_bytes()), "text/html; charset=utf-8")
        elif file.exists():
            super().do_GET()
        elif not Path(self.directory).is_dir():  # there was never a book without errors
            self._send(self._problems(), "text/html; charset=utf-8")
        else:
            lost = Path(self.directory) / "404.html"
            body = lost.read_bytes() if lost.is_file() else b"Not found"
            self._send(_listening(body), "text/html; charset=utf-8", HTTPStatus.NOT_FOUND)

    def _problems(self) -> bytes:
        title = self.news.summary or "No errors"
        return PROBLEMS.format(
            title=html.escape(title),
            text=html.escape(self.news.problems),
            script=SCRIPT.decode(),
        ).encode()

    def _events(self) -> None:
        """Send the news now, and again whenever there is some."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        said = ""
        try:
            while not self.news.closing:
                with self.news.bell:
                    if said == self.news.message():
                        self.news.bell.wait(WAIT)
                    message = self.news.message()
                self.wfile.write((message if message != said else ": still here\n\n").encode())
                said = message
        except OSError:
            return  # the browser went elsewhere

    def _send(self, body: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        """Let nothing be kept: the next look at a page must show the newest book."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def copyfile(self, source: IO[bytes], outputfile: IO[bytes]) -> None:  # type: ignore[override]
        """Send a file; a browser that leaves half way is no fault."""
        try:
            super().copyfile(source, outputfile)
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep the terminal for problems of the book."""


def _listening(page: bytes) -> bytes:
    """A page with our script before its end."""
    before, end, after = page.rpartition(b"</body>")
    return before + SCRIPT + end + after if end else page + SCRIPT


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None
