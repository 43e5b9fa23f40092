"""A branch of a git repository as the place of publication, as GitHub Pages serves it.

One commit a publication, made in a repository of our own and pushed as one change of one
reference. Git stores each content once and hands over only what the other side does not have; of
old editions not even the files are fetched.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from databook.publish import manifest
from databook.publish.manifest import Data, Sums
from databook.publish.plan import Plan
from databook.publish.refusals import Refused, Taken, Unreachable

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
REJECTED = ("[rejected]", "stale info", "non-fast-forward", "fetch first", "cannot lock ref")


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A branch; `head` is its commit, empty where it does not exist yet."""

    name: str
    shop: Path  # our own repository
    branch: str
    head: str

    def read(self, path: str) -> bytes | None:
        """What a file holds."""
        if not self.head or not self._id(path):
            return None
        return git(self.shop, "cat-file", "blob", f"{self.head}:{path}")

    def names(self, folder: str) -> tuple[str, ...]:
        """What stands in a folder."""
        return tuple(name + ("/" if kind == "tree" else "") for kind, _, name in self._tree(folder))

    def files(self, folder: str) -> tuple[str, ...]:
        """Every file below a folder."""
        return tuple(name for _, _, name in self._tree(folder, "-r"))

    def sums(self) -> Sums:
        """Every file; a content that stands at several names is read once."""
        found = {name: id_ for _, id_, name in self._tree("", "-r")}
        measured = measure_all(self.shop, found.values())
        return {name: measured[id_] for name, id_ in found.items()}

    def lay_out(self, paths: Sequence[str], into: Path) -> Path:
        """Write these files into a folder; a content that stands at several names is read once."""
        there = {name: id_ for _, id_, name in self._tree("", "-r")} if paths else {}
        wanted = {path: there[path] for path in paths if path in there}
        fetch(self.shop, wanted.values())
        placed: dict[str, Path] = {}
        for path, id_, data in contents(self.shop, wanted):
            to = into / path
            to.parent.mkdir(parents=True, exist_ok=True)
            to.unlink(missing_ok=True)
            if id_ in placed:
                os.link(placed[id_], to)
            else:
                to.write_bytes(data)
                placed[id_] = to
        return into

    def swap(self, plan: Plan, message: str) -> None:
        """Commit the new whole, read it back, and push it if the branch is still where it was."""
        stream = "".join(f"{piece}\n" for piece in self._kept(plan.keep))
        commit = commit_of(self.shop, self.head, stream, plan.files, message)
        check(self.shop, commit, plan.files)
        lease = f"--force-with-lease=refs/heads/{self.branch}:{self.head}"
        push(self.shop, lease, f"{commit}:refs/heads/{self.branch}", self.name)

    def _kept(self, keep: Mapping[str, str]) -> Iterator[str]:
        for new, old in keep.items():
            mode = "040000" if old.endswith("/") else "100644"
            yield f"M {mode} {self._id(old.rstrip('/'))} {quoted(new.rstrip('/'))}"

    def _id(self, path: str) -> str:
        words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{self.head}:{path}")
        try:
            return git(self.shop, *words).decode().strip()
        except Unreachable:
            return ""

    def _tree(self, folder: str, *how: str) -> list[tuple[str, str, str]]:
        if not self.head or (folder and not self._id(folder.rstrip("/"))):
            return []
        told = git(self.shop, "ls-tree", "-z", *how, f"{self.head}:{folder.rstrip('/')}")
        lines = (line.partition("\t") for line in told.decode().split("\0")[:-1])
        return [(about.split()[1], about.split()[2], name) for about, _, name in lines]


@contextmanager
def opened(
    url: str, branch: str, book: Path, *, shop: Path | None = None, reading: bool = False
) -> Iterator[Branch]:
    """Fetch where the branch stands. Only the last commit, and no file before one is asked for."""
    url = address(url, book)
    name = f"{SECRET.sub('//', url)}, branch {branch}"
    with tempfile.TemporaryDirectory(dir=shop, prefix="work-git-") as folder:
        ours = Path(folder)
        git(ours, "init", "--quiet", "--bare", ".")
        git(ours, "remote", "add", "origin", "--", url)
        head = tip(ours, branch, name)
        if head:
            lean = () if reading else ("--filter=blob:none",)
            ref = f"+refs/heads/{branch}:refs/remotes/origin/{branch}"
            git(ours, "fetch", "--quiet", "--no-tags", "--depth=1", *lean, "origin", ref)
            head = git(ours, "rev-parse", f"refs/remotes/origin/{branch}").decode().strip()
        yield Branch(name=name, shop=ours, branch=branch, head=head)


def address(url: str, book: Path) -> str:
    """The address of a repository: as given, a folder, or the name of one of the book's remotes."""
    if not url or url.startswith("-") or not url.isprintable():
        raise Refused(f"{url!r} is no address of a git repository.")
    if Path(url).is_dir():
        return str(Path(url).resolve())
    if re.fullmatch(r"[A-Za-z0-9._-]+", url):
        try:
            return git(book, "remote", "get-url", "--", url).decode().strip()
        except Unreachable as none:
            raise Refused(
                f"This book's repository has no remote called {url!r}. Write git:ADDRESS#branch."
            ) from none
    return url


def tip(ours: Path, branch: str, name: str) -> str:
    """The commit a branch is at; empty where there is no such branch."""
    try:
        told = git(ours, "ls-remote", "origin", f"refs/heads/{branch}").decode()
    except Unreachable as failed:
        raise Unreachable(f"Git does not reach {name}. {failed}") from failed
    return told.split()[0] if told.strip() else ""


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


def check(ours: Path, commit: str, files: Mapping[str, Data]) -> None:
    """Read back every file that was brought in."""
    found = measure_all(ours, (f"{commit}:{path}" for path in files))
    for path, data in files.items():
        if found[f"{commit}:{path}"] != manifest.measure(data):
            raise OSError(f"{path} does not hold what was written to it")


def push(ours: Path, lease: str, change: str, name: str) -> None:
    """Move the branch, if nobody else has moved it meanwhile."""
    try:
        git(ours, "push", "--porcelain", "--quiet", lease, "origin", change)
    except Unreachable as failed:
        said = str(failed)
        if any(word in said for word in REJECTED):
            raise Taken(
                f"Somebody else published to {name} in the meantime, so nothing was changed. "
                "Run this again: it then builds on what they published."
            ) from failed
        raise Unreachable(
            f"Git could not push to {name}. {said} If the line broke at the very end it may have "
            "arrived: run this again, which then does nothing twice."
        ) from failed


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
