"""A small editor: speaks to yaml-language-server as VS Code's YAML extension does."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
HOME = ROOT / ".venv" / "editor"
PATIENCE = 60  # seconds; a cold start takes three
QUIET = 1.5  # seconds without another word, after which the server has said all

# What the extension sends as its settings; the store of schemas would be asked over the network.
SETTINGS = {
    "yaml": {
        "schemaStore": {"enable": False},
        "validate": True,
        "hover": True,
        "completion": True,
        "schemas": {},
    },
    "http": {"proxy": "", "proxyStrictSSL": True},
    "[yaml]": {"editor.tabSize": 2},
}


def command() -> list[str]:
    """How to start the server; skips the test where it is not installed, except in CI."""
    given = os.environ.get("DATABOOK_YAML_LANGUAGE_SERVER")
    script = (
        Path(given)
        if given
        else HOME / "node_modules/yaml-language-server/bin/yaml-language-server"
    )
    node = shutil.which("node")
    if node and script.is_file():
        return [node, str(script), "--stdio"]
    what = "node is" if not node else f"yaml-language-server ({script}) is"
    said = f"{what} not installed: `python3 dev.py test` installs the server where npm is"
    if os.environ.get("CI") == "true":
        pytest.fail(said)
    pytest.skip(said)


@dataclass(slots=True)
class Editor:
    """One running server with open files."""

    process: subprocess.Popen[bytes]
    replies: queue.Queue[dict[str, Any]] = field(default_factory=queue.Queue)
    told: dict[str, queue.Queue[list[dict[str, Any]]]] = field(default_factory=dict)
    last: int = 0

    def ask(self, method: str, params: Any) -> Any:
        """Send a request and wait for its answer."""
        self.last += 1
        self.send({"id": self.last, "method": method, "params": params})
        while True:
            reply = self.replies.get(timeout=PATIENCE)
            if reply["id"] == self.last:
                assert "error" not in reply, reply
                return reply["result"]

    def tell(self, method: str, params: Any) -> None:
        """Send a notification."""
        self.send({"method": method, "params": params})

    def send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
        self.process.stdin.flush()

    def open(self, file: Path, text: str) -> list[dict[str, Any]]:
        """Open a file with this text and wait for what the server finds wrong in it."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        uri = file.as_uri()
        assert uri not in self.told, "open each file once: the server may speak of it twice"
        found = self.told.setdefault(uri, queue.Queue())
        item = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})
        faults = found.get(timeout=PATIENCE)
        while True:  # the last word counts: it judges again when its settings have come
            try:
                faults = found.get(timeout=QUIET)
            except queue.Empty:
                return faults

    def hover(self, file: Path, line: int, column: int) -> str:
        """What the server says of a place (from 0), as Markdown."""
        found = self.ask("textDocument/hover", at(file, line, column))
        if found is None:
            return ""
        contents = found["contents"]
        return str(contents["value"] if isinstance(contents, dict) else contents)

    def complete(self, file: Path, line: int, column: int) -> dict[str, dict[str, Any]]:
        """What the server offers at a place (from 0), by label."""
        found = self.ask("textDocument/completion", at(file, line, column))
        items = found["items"] if isinstance(found, dict) else found or []
        return {item["label"]: item for item in items}


def at(file: Path, line: int, column: int) -> dict[str, Any]:
    return {
        "textDocument": {"uri": file.as_uri()},
        "position": {"line": line, "character": column},
    }


def _listen(editor: Editor) -> None:
    """Sort what the server says: answers, faults of a file, and questions to the editor."""
    out = editor.process.stdout
    assert out is not None
    while header := out.readline():
        size = 0
        while header.strip():
            name, _, value = header.partition(b":")
            size = int(value) if name.lower() == b"content-length" else size
            header = out.readline()
        message = json.loads(out.read(size))
        if "method" not in message:
            editor.replies.put(message)
        elif message["method"] == "textDocument/publishDiagnostics":
            params = message["params"]
            editor.told.setdefault(params["uri"], queue.Queue()).put(params["diagnostics"])
        elif message["method"] == "workspace/configuration":
            asked = [item.get("section") for item in message["params"]["items"]]
            editor.send({"id": message["id"], "result": [SETTINGS.get(s) for s in asked]})
        elif "id" in message:
            editor.send({"id": message["id"], "result": None})


@contextmanager
def running(workspace: Path) -> Iterator[Editor]:
    """A server for a folder, ended at the end whatever happens."""
    process = subprocess.Popen(command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    editor = Editor(process=process)
    listener = threading.Thread(target=_listen, args=(editor,), daemon=True)
    listener.start()
    try:
        text = {"completion": {"completionItem": {"documentationFormat": ["markdown"]}}}
        editor.ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": workspace.as_uri(),
                "workspaceFolders": [{"uri": workspace.as_uri(), "name": "book"}],
                "capabilities": {
                    "workspace": {"configuration": True},
                    "textDocument": {**text, "hover": {"contentFormat": ["markdown"]}},
                },
            },
        )
        editor.tell("initialized", {})
        editor.tell("workspace/didChangeConfiguration", {"settings": SETTINGS})
        yield editor
        editor.ask("shutdown", None)
        editor.tell("exit", None)
        process.wait(timeout=10)
    finally:
        process.kill()
        process.wait()
        listener.join(timeout=10)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
