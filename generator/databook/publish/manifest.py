"""The manifest of an edition: every file with its SHA-256, and what it was made from.

There is no time of day in it and no name of a machine: the same commit and the same versions give
the same manifest anywhere.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

NAME = "manifest.json"
FORMAT = 1
DESCRIPTOR = re.compile(r"(^|/)datapackage\.(yaml|yml|json)$")
Data = bytes | Path  # what a file holds, or the file that holds it
Sums = Mapping[str, tuple[str, int]]  # path -> SHA-256, size


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an edition was made from."""

    commit: str
    versions: Mapping[str, str] = field(default_factory=dict)  # databook, Python, libraries
    sources: Mapping[str, str] = field(default_factory=dict)  # SHA-256 of each file of the book

    @property
    def packages(self) -> Mapping[str, str]:
        """One digest of each data package, by its folder: of its descriptor and its tables."""
        found: dict[str, dict[str, tuple[str, int]]] = {}
        folders = {path.rpartition("/")[0] for path in self.sources if DESCRIPTOR.search(path)}
        for path, sha in self.sources.items():
            folder, _, name = path.rpartition("/")
            if folder in folders and (DESCRIPTOR.search(path) or name.endswith(".csv")):
                found.setdefault(folder, {})[name] = (sha, 0)
        return {folder: digest(found[folder]) for folder in sorted(found)}


def measure(data: Data) -> tuple[str, int]:
    """SHA-256 and size."""
    if isinstance(data, bytes):
        return hashlib.sha256(data).hexdigest(), len(data)
    with data.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return digest, file.tell()


def content(data: Data) -> bytes:
    """The bytes themselves."""
    return data if isinstance(data, bytes) else data.read_bytes()


def digest(sums: Sums) -> str:
    """One digest of names and contents."""
    lines = (f"{path}\0{sums[path][0]}" for path in sorted(sums))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def as_json(edition: Mapping[str, object], facts: Facts, sums: Sums) -> bytes:
    """The manifest as a file. `edition`: its id, date, revision and the reason for it."""
    data = {
        "format": FORMAT,
        "edition": edition,
        "commit": facts.commit,
        "versions": dict(sorted(facts.versions.items())),
        "packages": facts.packages,
        "sources": dict(sorted(facts.sources.items())),
        "files": [
            {"path": path, "sha256": sums[path][0], "size": sums[path][1]} for path in sorted(sums)
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def sums_of(text: bytes) -> Sums:
    """The files that a manifest names. ValueError, KeyError or TypeError where it is none."""
    return {
        str(file["path"]): (str(file["sha256"]), int(file["size"]))
        for file in json.loads(text)["files"]
    }
