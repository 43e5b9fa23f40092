"""Hostile books: a clear error, quickly, in little memory, and nothing else happens.

Each book is checked in a process of its own that may open no socket, whose writes are watched,
and whose memory and time are measured. The inputs are those of the threat model that reading
and checking must withstand.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from memory import PEAK

TINY = Path(__file__).parent / "cases" / "books" / "tiny"
READING = "scorecards/indicators/reading"
MEMORY = 512  # MB at the most, library and all
SECONDS = 5.0  # of CPU beyond what an innocent book takes

# Runs the check with sockets forbidden; prints what was said, the memory at its highest, and CPU.
GUARDED = (
    PEAK
    + """
import json, resource, socket, sys, time
def no(*a, **k): raise SystemExit("a socket was opened")
socket.socket.connect = no; socket.create_connection = no; socket.getaddrinfo = no
from pathlib import Path
from databook import pipeline
from databook.problems import as_plain
root = Path(sys.argv[1])
found = pipeline.check(pipeline.Order(root=root, out=root, fresh=True))
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"problems": [as_plain(p) for p in found], "memory": peak(),
                  "cpu": used.ru_utime + used.ru_stime}))
"""
)

Spoil = Callable[[Path], object]


def put(name: str, data: bytes | str) -> Spoil:
    def spoil(root: Path) -> None:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)

    return spoil


def swap(name: str, old: str, new: str) -> Spoil:
    def spoil(root: Path) -> None:
        path = root / name
        text = path.read_text("utf-8")
        assert text.count(old) == 1, old
        path.write_text(text.replace(old, new), "utf-8")

    return spoil


def link(name: str, target: str) -> Spoil:
    def spoil(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).unlink(missing_ok=True)
        (root / name).symlink_to(target)

    return spoil


def folder(name: str) -> Spoil:
    def spoil(root: Path) -> None:
        (root / name).unlink(missing_ok=True)
        (root / name).mkdir()

    return spoil


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.csv", "0\n" * 10_000_000)
    return out.getvalue()


YAML, DATA, PACKAGE = (f"{READING}/{n}" for n in ("indicator.yaml", "data.csv", "datapackage.yaml"))
ROW = "2025,N2,All,71.0,,,,,p,"
PATH = "path: data.csv"
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(8)
)
HOSTILE: dict[str, tuple[Spoil, str]] = {
    # 17 formulas in downloads
    "formula": (swap(DATA, ROW, ROW + "=HYPERLINK(1)"), "table-formula"),
    "formula-after-tab": (swap(DATA, ROW, ROW + "\t=1"), "table-"),
    "formula-full-width": (swap(DATA, ROW, ROW + "＝1+1"), "table-formula"),
    "formula-at": (swap(DATA, ROW, ROW + "@SUM(A1)"), "table-formula"),
    # 18 to 23 YAML
    "key-twice": (swap(YAML, "decimals: 1", "decimals: 1\ndecimals: 2"), "yaml-duplicate-key"),
    "alias-bomb": (put(YAML, BOMB), "yaml-alias"),
    "merge-key": (swap(YAML, "topic: School", "<<: {topic: School}"), "yaml-alias"),
    "python-tag": (
        swap(YAML, "topic: School", "topic: !!python/object/apply:os.system [id]"), "yaml-tag",
    ),
    "depth-bomb": (put(YAML, "[" * 40_000), "yaml-too-deep"),
    "escape-of-no-letter": (swap(YAML, "topic: School", 'topic: "\\U88888888"'), "yaml-syntax"),
    "5000-digits": (swap(YAML, "decimals: 1", "decimals: " + "9" * 5_000), "number-wrong"),
    "no-day": (swap("scorecards/databook.yaml", "2026-03-31", "2024-99-99"), "date-wrong"),
    "yes-is-no-truth": (swap(YAML, "illustrative: true", "illustrative: on"), "truth-wrong"),
    "two-documents": (swap(YAML, "topic: School", "topic: School\n---\na: b"), "yaml-several"),
    "nul": (swap(YAML, "topic: School", "topic: Sch\x00ool"), "text-control-character"),
    "escape-sequence": (swap(YAML, "topic: School", "topic: \x1b[31mred"), "text-control"),
    "huge-yaml": (put(YAML, "a: b\n" * 100_000), "text-too-big"),
    # 24, 25, 27, 28, 30 data packages
    "remote-data": (swap(PACKAGE, PATH, "path: http://127.0.0.1:9/x.csv"), "package-path"),
    "remote-schema": (
        swap(PACKAGE, "    schema:\n", "    schema: http://127.0.0.1:9/s.json\n    x:\n"),
        "package-reference",
    ),
    "remote-profile": (
        swap(PACKAGE, "name: reading\n", "name: reading\nprofile: http://127.0.0.1:9/p\n"),
        "package-reference",
    ),
    "traversal": (swap(PACKAGE, PATH, "path: ../../../../etc/passwd"), "package-path"),
    "absolute": (swap(PACKAGE, PATH, "path: /etc/passwd"), "package-path"),
    "file-address": (swap(PACKAGE, PATH, "path: file:///etc/passwd"), "package-path"),
    "extrapaths": (swap(PACKAGE, PATH, PATH + "\n    extrapaths: [/etc/passwd]"), "package-ref"),
    "redos": (
        swap(
            PACKAGE, "{name: note, type: string}",
            "{name: note, type: string, constraints: {pattern: '(a+)+$'}}",
        ),
        "package-pattern",
    ),
    "zip-bomb": (put(f"{READING}/data.zip", zipped()), "folder-unexpected"),
    "compression": (swap(PACKAGE, PATH, PATH + "\n    compression: zip"), "package-compressed"),
    "utf-7": (swap(PACKAGE, "encoding: utf-8", "encoding: utf-7"), "package-encoding"),
    # 26 links out of the book
    "link-to-passwd": (link(DATA, "/etc/passwd"), "folder-symlink"),
    "link-to-environment": (link("content/environ.md", "/proc/self/environ"), "folder-symlink"),
    "folder-for-a-table": (folder(DATA), "folder-not-a-file"),
    "folder-for-a-story": (folder(f"{READING}/story.md"), "folder-not-a-file"),
    "folder-for-a-paper": (folder("scorecards/frameworks/x.yaml"), "folder-"),
    "half-a-letter": (swap(YAML, "topic: School", 'topic: "\\ud800"'), "yaml-syntax"),
    "settings-of-a-story": (put(f"{READING}/story.md", "---\ntemplate: x\n---\nA"), "text-front"),
    "linked-folder": (link("scorecards/indicators/etc", "/etc"), "folder-symlink"),
    # 29, 31, 32 tables
    "nul-in-csv": (swap(DATA, ROW, ROW + "\x00"), "text-control-character"),
    "huge-cell": (swap(DATA, ROW, ROW + "x" * 100_001), "table-cell-too-long"),
    "too-many-rows": (put(DATA, "period,area,value\n" + "2024,N1,1\n" * 60_000), "table-too-big"),
    "huge-file": (put(DATA, b"x" * 6_000_000), "text-too-big"),
    "arabic-digits": (swap(DATA, ROW, "2025,N2,All,٣,,,,,p,"), "table-number"),
    "underscore-number": (swap(DATA, ROW, "2025,N2,All,1_000,,,,,p,"), "table-number"),
    "no-number": (swap(DATA, ROW, "2025,N2,All,NaN,,,,,p,"), "table-number"),
    "thousands": (swap(DATA, ROW, '2025,N2,All,"1,234",,,,,p,'), "table-number"),
    "line-separator": (swap(DATA, ROW, ROW + "a\u2028b"), "text-control-character"),
    "heading-twice": (swap(DATA, "marker,note", "marker,marker"), "table-header"),
    "quote-alone": (swap(DATA, ROW, '2025,N2,"All,71.0,,,,,p,'), "table-line-break"),
    "ragged": (swap(DATA, ROW, ROW + ",,,,"), "table-row-length"),
    "merge-bomb": (put(DATA, "<<<<<<< a\n" * 40_000), "text-merge-conflict"),
    "infinite": (swap(DATA, ROW, "2025,N2,All,1e999,,,,,p,"), "table-number"),
    "turned-round": (swap(YAML, "topic: School", "topic: Sch\u202eloo"), "text-control"),
    # 33 to 36 names
    "homoglyph-folder": (
        put("scorecards/indicators/r\u0435ading/indicator.yaml", "a: b"), "folder-slug",
    ),
    "pages-collide": (
        lambda root: (put("content/a.md", "# A")(root), put("content/a/index.md", "# A")(root)),
        "page-twice",
    ),
    "case-collides": (
        lambda root: (put("content/a.md", "# A")(root), put("content/A.md", "# A")(root)),
        "folder-collision",
    ),
    "long-name": (
        put("scorecards/indicators/" + "x" * 200 + "/indicator.yaml", "a: b"), "folder-slug",
    ),
    "long-title": (swap(YAML, "title: Children", "title: " + "x" * 20_000 + " "), "length-wrong"),
    # 37, 1, 2, 4, 5, 8, 9 Markdown
    "brackets": (put("content/p.md", "# A\n\n" + "[" * 20_000), "text-too-nested"),
    "open-links": (put("content/p.md", "# A\n\n" + "[a](" * 5_000), "text-too-nested"),
    "open-tags": (put("content/p.md", "# A\n\n" + "<div " * 20_000), "text-"),
    "deep-list": (put("content/p.md", "# A\n\n" + "- " * 300 + "x"), "text-too-nested"),
    "script": (put("content/p.md", "# A\n\n<script>alert(1)</script>"), "text-html"),
    "script-in-title": (
        put("content/p.md", '---\ntitle: "<img src=x onerror=a>"\n---\n'), "text-title",
    ),
    "description-breaks-out": (
        put("content/p.md", "---\ntitle: A\ndescription: '\"><script>a</script>'\n---\n"),
        "text-title",
    ),
    "clobbers-the-page": (put("content/p.md", '# A\n\n<h1 id="__config">x</h1>'), "text-html"),
    "attributes": (put("content/p.md", "# A\n\n*x*{: onmouseover=a }"), "text-attributes"),
    "disguised-link": (put("content/p.md", "# A\n\n[a](JaVaScRiPt&colon;alert(1))"), "text-link"),
    "template": (put("content/p.md", "---\ntemplate: ../../etc/passwd\n---\n# A"), "text-front"),
    "snippet": (put("content/p.md", '# A\n\n--8<-- "/etc/hostname"'), "text-snippet"),
}  # fmt: skip


def guarded(root: Path) -> dict:
    done = subprocess.run(
        [sys.executable, "-c", GUARDED, str(root)],
        capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "POLARS_MAX_THREADS": "1", "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2_000:]
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def innocent(tmp_path_factory: pytest.TempPathFactory) -> float:
    """CPU that the tiny book takes, most of it for loading libraries."""
    root = tmp_path_factory.mktemp("innocent") / "book"
    shutil.copytree(TINY, root)
    return guarded(root)["cpu"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_book_gets_a_clear_error_and_nothing_else(
    name: str, tmp_path: Path, innocent: float
) -> None:
    spoil, code = HOSTILE[name]
    root = tmp_path / "book"
    shutil.copytree(TINY, root)
    spoil(root)
    before = {p: p.lstat().st_mtime_ns for p in tmp_path.rglob("*") if ".databook" not in p.parts}
    found = guarded(root)
    assert any(p["code"].startswith(code) for p in found["problems"]), found["problems"]
    assert all(p["message"] and p["fix"] for p in found["problems"])
    assert found["cpu"] - innocent < SECONDS
    assert found["memory"] < MEMORY
    after = {p: p.lstat().st_mtime_ns for p in tmp_path.rglob("*") if ".databook" not in p.parts}
    before.pop(root)
    after.pop(root)
    assert before == after


def test_a_named_pipe_keeps_nobody_waiting(tmp_path: Path) -> None:
    root = tmp_path / "book"
    shutil.copytree(TINY, root)
    (root / DATA).unlink()
    os.mkfifo(root / DATA)
    assert any(p["code"] == "folder-not-a-file" for p in guarded(root)["problems"])


def test_no_module_of_a_book_is_run_in_the_place_of_a_real_one(tmp_path: Path) -> None:
    root = tmp_path / "book"
    shutil.copytree(TINY, root, ignore=shutil.ignore_patterns(".databook"))
    for number in range(20):  # enough for several processes
        shutil.copytree(
            root / "scorecards/indicators/reading", root / f"scorecards/indicators/r{number}"
        )
    names = ("yaml", "click", "polars", "pydantic", "nh3", "csv", "multiprocessing", "socket")
    for name in names:
        (root / f"{name}.py").write_text(f"open('ran-{name}', 'w')\nraise SystemExit(9)\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "databook", "check", "--jobs", "2", "--quiet"], cwd=root,
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert not list(root.glob("ran-*")), done.stderr
    assert done.returncode == 1, done.stderr  # the same title many times
    assert "title-duplicate" in done.stdout
