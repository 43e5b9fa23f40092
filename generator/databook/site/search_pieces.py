"""Cuts Pagefind's index into smaller pieces, so that a reader fetches little before an answer.

Pagefind cuts its list of words into pieces of about 25 kB and keeps the whole text of every page
for excerpts. A search for two words fetched 50 kB of index then; ours are about 1 kB each, and of
a page with a summary, which is shown in place of an excerpt, the text is left out.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from typing import Any

from databook.site.search_order import MARK, numbered, pack, squeezed, unpack, write

PIECES = 2  # which item of the meta list names the pieces: [first word, last word, file]
SIZE = 1_500  # bytes of words in a piece, before compression: about 1 kB after it
# Typing shows what begins with the letters so far, looked for in one piece; so words that begin
# with the same letters stay together.
TOGETHER = 3


def smaller(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same index in smaller pieces."""
    done = dict(files)
    for path in [p for p in files if p.endswith(".pf_meta")]:
        meta = unpack(done[path])
        folder = path.rpartition("/")[0] + "/index/"
        words: list[Any] = []
        for _, _, name in meta[PIECES]:
            (listed,) = unpack(done.pop(f"{folder}{name}.pf_index"))
            words += listed
        meta[PIECES] = []
        pieces = list(_pieces(words))
        for number, piece in enumerate(pieces):
            data = pack([piece])
            name = numbered("w", number, len(pieces), data)
            done[f"{folder}{name}.pf_index"] = data
            meta[PIECES].append([piece[0][0], piece[-1][0], name])
        done[path] = pack(meta)
    for path in [p for p in done if p.endswith(".pf_fragment")]:
        done[path] = _without_text(done[path])
    return done


def _pieces(words: list[Any]) -> Iterator[list[Any]]:
    """Words in order, in lists of about SIZE bytes."""
    piece: list[Any] = []
    size = 0
    for word in words:
        length = len(write(word))
        begins_anew = piece and word[0][:TOGETHER] != piece[-1][0][:TOGETHER]
        if begins_anew and size + length > SIZE:
            yield piece
            piece, size = [], 0
        piece.append(word)
        size += length
    if piece:
        yield piece


def _without_text(data: bytes) -> bytes:
    """What is shown of a page; without its text where it has a summary."""
    page = json.loads(gzip.decompress(data).removeprefix(MARK))
    if not page["meta"].get("summary"):
        return data
    page["content"] = ""
    return squeezed(json.dumps(page, ensure_ascii=False, sort_keys=True).encode())
