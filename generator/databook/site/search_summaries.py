"""Puts the sentence that is shown of each page into a finished index, and changes it there.

Sentences hold the newest figures, so they change more often than the words a page is found by.
Pagefind is not told them: a figure that changes costs one small file and the list of files, and
not an index anew. Both ways give the same bytes.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from databook.site.search_order import (
    DIGITS,
    MARK,
    named,
    numbered,
    pack,
    redone,
    squeezed,
    unpack,
)

PAGES = 1  # which item of the meta list names the pages: [file, words]
END = ".pf_fragment"
# What a list of pages that were found shows of each; filters lie elsewhere.
SHOWN = ("anchors", "content", "meta", "url")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """Where in an index the pages are: by their addresses, the files that are shown of them."""

    folder: str
    meta: str
    entry: str
    shown: Mapping[str, str]


def dressed(
    files: Mapping[str, bytes], said: Mapping[str, str], sorts: Mapping[str, str]
) -> tuple[dict[str, bytes], Pieces]:
    """The index with the sentence of each page in it; names of files begin with a page's sort."""
    done = dict(files)
    meta = next(path for path in files if path.endswith(".pf_meta"))
    folder = meta.rpartition("/")[0]
    entry = next(path for path in files if path.endswith("pagefind-entry.json"))
    listed = unpack(done[meta])
    shown = {}
    for number, (old, *rest) in enumerate(listed[PAGES]):
        page, data = _saying(done.pop(f"{folder}/fragment/{old}{END}"), said)
        path = page["url"].removeprefix("/")
        name = shown[path] = numbered(sorts[path], number, len(listed[PAGES]), data)
        done[f"{folder}/fragment/{name}{END}"] = data
        listed[PAGES][number] = [name, *rest]
    done[meta] = pack(listed)
    return done, Pieces(folder=folder, meta=meta, entry=entry, shown=shown)


def redressed(
    pieces: Pieces, said: Mapping[str, str], read: Callable[[str], bytes]
) -> tuple[dict[str, bytes], Pieces]:
    """The files of an index that are others once these pages say something else."""
    done: dict[str, bytes] = {}
    shown, renamed = dict(pieces.shown), {}
    for page in said:
        old = pieces.shown[page]
        _, data = _saying(read(f"{pieces.folder}/fragment/{old}{END}"), said)
        shown[page] = renamed[old] = redone(old, data)
        done[f"{pieces.folder}/fragment/{shown[page]}{END}"] = data
    listed = unpack(read(pieces.meta))
    listed[PAGES] = [[renamed.get(name, name), *rest] for name, *rest in listed[PAGES]]
    data = pack(listed)
    start, _, old = pieces.meta.removesuffix(".pf_meta").rpartition("pagefind.")
    new = named(old, data)
    meta = f"{start}pagefind.{new}.pf_meta"
    done[meta] = data
    done[pieces.entry] = read(pieces.entry).replace(f'"{old}"'.encode(), f'"{new}"'.encode())
    return done, Pieces(folder=pieces.folder, meta=meta, entry=pieces.entry, shown=shown)


def _saying(data: bytes, said: Mapping[str, str]) -> tuple[dict[str, Any], bytes]:
    """What is shown of a page: its sentence, or its text where it has none."""
    whole = json.loads(gzip.decompress(data).removeprefix(MARK))
    page = {name: whole[name] for name in SHOWN}
    if sentence := said.get(page["url"].removeprefix("/")):
        page["meta"]["summary"] = sentence
        page["content"] = ""
    text = json.dumps(page, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return page, squeezed(text.encode())


def digests(said: Mapping[str, str]) -> dict[str, str]:
    """What each page says, in few bytes."""
    return {path: hashlib.sha256(text.encode()).hexdigest()[:DIGITS] for path, text in said.items()}
