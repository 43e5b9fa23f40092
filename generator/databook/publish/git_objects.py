"""Git as a store of objects: run with care, contents read out of it, and a commit made of others.

Its processes ask nobody, run no hook and transport of anybody's choice, and work nowhere else.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from databook.publish import manifest
from databook.publish.manifest import Data
from databook.publish.refusals import Unreachable

AUTHOR = "databook <databook@localhost>"
# A hook, a transport that runs programs, or a pause of an hour is nobody's wish here.
CAREFUL = (
    "core.hooksPath=/dev/null",
    "protocol.ext.allow=never",
    "gc.auto=0",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=60",
)
ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
             "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE", "GIT_PREFIX")  # fmt: skip
SECRET = re.compile(r"//[^/@\s]*@")
PLAIN = re.compile(r"[A-Za-z0-9._/-]+")


def commit_of(ours: Path, parent: str, kept: str, files: Mapping[str, Data], message: str) -> str:
    """Make a commit that holds exactly this, without a working tree."""
    command = ("git", *settings(), "-C", str(ours), "fast-import", "--quiet",
               "--date-format=now", "--done")  # fmt: skip
    with subprocess.Popen(  # noqa: S603 - a fixed command
        command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as git_:
        assert git_.stdin is not None  # noqa: S101 - a pipe was asked for
        assert git_.stderr is not None  # noqa: S101
        try:
            for piece in stream(parent, kept, files, message):
                git_.stdin.write(piece)
            git_.stdin.close()
        except BrokenPipeError:
            pass  # it has ended, and says why below
        said = git_.stderr.read().decode(errors="replace")
    if git_.returncode:
        raise Unreachable(f"Git could not make the commit: {last(said)}")
    return git(ours, "rev-parse", "refs/heads/staged").decode().strip()


def stream(parent: str, kept: str, files: Mapping[str, Data], message: str) -> Iterator[bytes]:
    """What fast-import reads: each content once, then the commit."""
    marks: dict[str, int] = {}
    lines = []
    for path, data in files.items():
        digest, size = manifest.measure(data)
        if digest not in marks:
            marks[digest] = len(marks) + 1
            yield f"blob\nmark :{marks[digest]}\ndata {size}\n".encode()
            yield manifest.content(data) + b"\n"
        lines.append(f"M 100644 :{marks[digest]} {quoted(path)}\n")
    words = message.encode()
    yield f"commit refs/heads/staged\ncommitter {AUTHOR} now\ndata {len(words)}\n".encode()
    yield words + b"\n"
    if parent:
        yield f"from {parent}\ndeleteall\n".encode()
    yield kept.encode()
    yield "".join(lines).encode()
    yield b"\ndone\n"


def fetch(ours: Path, ids: Iterable[str]) -> None:
    """Fetch what is not here yet in one go; else git would fetch each by itself when it is read."""
    asked = "".join(f"{id_}\n" for id_ in dict.fromkeys(ids)).encode()
    told = git(ours, "cat-file", "--batch-check=%(objectname)", said=asked, lazy=False).decode()
    missing = [line.split()[0] for line in told.splitlines() if line.endswith(" missing")]
    if missing:
        lean = ("--no-tags", "--no-write-fetch-head", "--filter=blob:none")
        with suppress(Unreachable):  # a server that gives out no single file: one by one, then
            wanted = "\n".join(missing).encode()
            git(ours, "fetch", "--quiet", *lean, "--stdin", "origin", said=wanted)


def contents(ours: Path, wanted: Mapping[str, str]) -> Iterator[tuple[str, str, bytes]]:
    """Files by path, with the name of their content in git, and their bytes."""
    ids = dict.fromkeys(wanted.values())
    by_id: dict[str, list[str]] = {}
    for path, id_ in wanted.items():
        by_id.setdefault(id_, []).append(path)
    for id_, data in read_all(ours, ids):
        for path in by_id[id_]:
            yield path, id_, data


def measure_all(ours: Path, ids: Iterable[str]) -> dict[str, tuple[str, int]]:
    """SHA-256 and size of contents by their name in git, through one git process."""
    return {id_: (hashlib.sha256(data).hexdigest(), len(data)) for id_, data in read_all(ours, ids)}


def read_all(ours: Path, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Contents by their name in git, through one git process."""
    command = ("git", *settings(), "-C", str(ours), "cat-file", "--batch")
    with subprocess.Popen(  # noqa: S603 - a fixed command
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()
    ) as git_:
        assert git_.stdin is not None  # noqa: S101 - a pipe was asked for
        assert git_.stdout is not None  # noqa: S101
        for id_ in dict.fromkeys(ids):
            git_.stdin.write(f"{id_}\n".encode())
            git_.stdin.flush()
            header = git_.stdout.readline().split()
            if len(header) != 3:
                raise Unreachable(f"The repository is damaged: git cannot read {id_}.")
            data = git_.stdout.read(int(header[2]))
            git_.stdout.read(1)  # the line end after each object
            yield id_, data
        git_.stdin.close()


def git(where: Path, *words: str, said: bytes | None = None, lazy: bool = True) -> bytes:
    """Run git; what it says when it fails is what the person is told."""
    done = subprocess.run(  # noqa: S603 - words are never options of a user
        ("git", *settings(), "-C", str(where), *words),  # noqa: S607
        capture_output=True,
        check=False,
        input=said,
        env=environment() if lazy else {**environment(), "GIT_NO_LAZY_FETCH": "1"},
    )
    if done.returncode:
        told = (done.stdout + b"\n" + done.stderr).decode(errors="replace")
        raise Unreachable(f"Git says: {last(told)}" if told.strip() else "Git says nothing.")
    return done.stdout


def settings() -> tuple[str, ...]:
    """Options of git itself."""
    return tuple(word for setting in CAREFUL for word in ("-c", setting))


def environment() -> dict[str, str]:
    """Ours, with the user's own ways to log in, but asking nobody and working nowhere else."""
    kept = {name: text for name, text in os.environ.items() if name not in ELSEWHERE}
    ssh = {"GIT_SSH_COMMAND": "ssh -oBatchMode=yes -oConnectTimeout=30"}
    return {**ssh, **kept, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def last(said: str) -> str:
    """The words of git that matter, on one line and without passwords."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    told = [line for line in lines if line.startswith(("fatal:", "error:", "remote:", "!"))]
    return SECRET.sub("//", " ".join(dict.fromkeys(told or lines[-1:])))[:600]


def quoted(path: str) -> str:
    """A path as fast-import reads it."""
    if PLAIN.fullmatch(path):
        return path
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
