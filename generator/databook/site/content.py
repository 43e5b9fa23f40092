"""Stages contributors' narrative files for MkDocs: plain files of known kinds, and no others.

What is copied is what will be published, so links, hidden files and unknown front matter stop
here, before any parser has seen them.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from databook.pages import MARKDOWN_BYTES, MEDIA, MEDIA_BYTES, NAME
from databook.problems import Level, Place, Problem

FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*\r?\n", re.DOTALL | re.MULTILINE)
LINE = re.compile(r"(title|description):[ \t]+(.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """Addresses of the media that were copied, and what is wrong."""

    media: tuple[str, ...]
    problems: tuple[Problem, ...]


def stage(source: Path, target: Path) -> Staged:
    """Copy what may be published from `source` into the empty folder `target`."""
    target.mkdir(parents=True, exist_ok=True)
    media: list[str] = []
    problems: list[Problem] = []
    pages: dict[str, str] = {}
    for path in sorted(plain_files(source, source, problems)):
        name = path.relative_to(source).as_posix()
        if problem := unfit(path, name):
            problems.append(problem)
            continue
        to = target / name
        to.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix != ".md":
            media.append(name)
            to.write_bytes(path.read_bytes())
            continue
        address = folder_of(name)
        if address in pages:
            problems.append(twice(name, pages[address], address))
            continue
        pages[address] = name
        text, faults = with_safe_front(path.read_text(encoding="utf-8-sig"), name)
        problems += faults
        to.write_text(text, encoding="utf-8")
    return Staged(media=tuple(media), problems=tuple(problems))


def plain_files(folder: Path, top: Path, problems: list[Problem]) -> list[Path]:
    """All files under a folder, no link being followed."""
    if not folder.is_dir():
        return []
    found: list[Path] = []
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda e: e.name):
            path = Path(entry.path)
            if entry.name.startswith(".") and not entry.is_symlink():
                continue  # such as .DS_Store, which computers leave behind; nothing of it is copied
            if entry.is_symlink():
                problems.append(is_link(path.relative_to(top).as_posix()))
            elif entry.is_dir(follow_symlinks=False):
                found += plain_files(path, top, problems)
            elif entry.is_file(follow_symlinks=False):
                found.append(path)
    return found


def unfit(path: Path, name: str) -> Problem | None:
    """Why a file cannot be published, if it cannot."""
    kinds = "Markdown (.md), pictures (.png .jpg .jpeg .gif .webp), .pdf and .csv"
    if not all(NAME.fullmatch(part) for part in name.split("/")):
        return fault(
            "content-name",
            name,
            f"{name!r} cannot be part of an address",
            "names of files become addresses of pages",
            "use lower-case letters a-z, digits and single hyphens",
        )
    if path.suffix != ".md" and path.suffix not in MEDIA:
        return fault(
            "content-kind",
            name,
            f"{name!r} is of a kind that cannot be published",
            f"content/ holds {kinds}",
            "move it out of content/ or save it as one of these",
        )
    limit = MARKDOWN_BYTES if path.suffix == ".md" else MEDIA_BYTES
    if (size := path.stat().st_size) > limit:
        return fault(
            "content-size",
            name,
            f"{name!r} has {size:,} bytes, and {limit:,} are allowed",
            "long pages are hard to read and slow to build",
            "split it, or make the picture smaller",
        )
    try:
        if path.suffix == ".md":
            path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return fault(
            "content-encoding",
            name,
            f"{name!r} is not UTF-8 text",
            "letters would be shown wrong",
            "save it with the encoding UTF-8",
        )
    return None


def with_safe_front(text: str, name: str) -> tuple[str, list[Problem]]:
    """The text with title and description alone in its front matter, and what was refused."""
    text = unicodedata.normalize("NFC", text)
    found = FRONT.match(text)
    if not found:
        return text, []
    kept: dict[str, str] = {}
    problems: list[Problem] = []
    for number, line in enumerate(found[1].splitlines(), start=2):
        if not line.strip() or line.startswith("#"):
            continue
        pair = LINE.fullmatch(line.rstrip())
        if pair and "<" not in pair[2]:
            kept[pair[1]] = pair[2].strip().strip("\"'")
        else:
            problems.append(odd_front(name, number, line))
    front = "".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in kept.items()
    )
    # A blank line for each line taken away keeps line numbers; front matter needs one key.
    return (f"---\n{front}---\n" if kept else "") + "\n" + text[found.end() :], problems


def folder_of(name: str) -> str:
    """The address that MkDocs gives a Markdown file."""
    stem = name.removesuffix(".md")
    return "" if stem == "index" else stem.removesuffix("/index") + "/"


# --- words for what is wrong ------------------------------------------------------------------


def fault(code: str, name: str, what: str, why: str, fix: str, line: int = 1) -> Problem:
    """An error in content/."""
    place = Place(path=f"content/{name}", line=line)
    return Problem(code=code, level=Level.ERROR, place=place, what=what, why=why, fix=fix)


def is_link(name: str) -> Problem:
    """A symbolic link."""
    return fault(
        "content-link",
        name,
        f"{name!r} is a symbolic link",
        "it could publish a file from outside the book",
        "put the file itself here",
    )


def twice(name: str, other: str, address: str) -> Problem:
    """Two files for one address."""
    return fault(
        "content-twice",
        name,
        f"{name!r} and {other!r} would both be the page /{address}",
        "one would silently replace the other",
        "rename or remove one of them",
    )


def odd_front(name: str, line: int, text: str) -> Problem:
    """A line of front matter that is not understood."""
    return fault(
        "content-front",
        name,
        f"{text.strip()[:60]!r} is not allowed at the head of a page",
        "only `title: …` and `description: …`, one line each and without <, are read",
        "remove the line",
        line,
    )
