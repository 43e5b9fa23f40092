"""Gives Pagefind's index the same bytes every time.

Pagefind 1.5 writes the values of a filter, and the list of filters, in the order in which a hash
table happens to hold them, and names files after their content; everything else it writes is the
same each time. So we read those two kinds of file, put their lists in order, and name them anew.

A file is gzip around the mark `pagefind_dcd` and CBOR (RFC 8949) of arrays, texts and numbers:
a filter is [name, [[value, [page...]]...]]; the list of everything ("meta") is
[version, [page...], [index piece...], [[filter's name, its file]...], [sort...], [field...]].
"""

from __future__ import annotations

import gzip
import hashlib
import json
import struct
import zlib
from collections.abc import Mapping
from typing import Any

MARK = b"pagefind_dcd"
FILTERS = 3  # which item of the meta list names the filters
GZIP_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"  # no time, no name, no system
NEGATIVE, TEXT, ARRAY = 1, 3, 4  # CBOR's major types; 0 is a number
DIGITS = 10
MARKS = 4  # digits of a digest in the names of many files


def ordered(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The index with its lists in order. An index of another make is a loud failure."""
    done = dict(files)
    renamed: dict[str, str] = {}
    for path in sorted(p for p in files if p.endswith(".pf_filter")):
        name, values = unpack(done.pop(path))
        data = pack([name, sorted(values)])
        folder, _, old = path.removesuffix(".pf_filter").rpartition("/")
        new = named(old, data)
        renamed[old] = new
        done[f"{folder}/{new}.pf_filter"] = data
    moved: dict[str, str] = {}
    for path in sorted(p for p in files if p.endswith(".pf_meta")):
        meta = unpack(done.pop(path))
        meta[FILTERS] = sorted([name, renamed[file]] for name, file in meta[FILTERS])
        data = pack(meta)
        start, _, old = path.removesuffix(".pf_meta").rpartition("pagefind.")
        new = named(old, data)
        moved[old] = new
        done[f"{start}pagefind.{new}.pf_meta"] = data
    for path in [p for p in done if p.endswith("pagefind-entry.json")]:
        entry = json.loads(done[path])
        for language in entry["languages"].values():
            language["hash"] = moved[language["hash"]]
        done[path] = json.dumps(entry, sort_keys=True, separators=(",", ":")).encode()
    return dict(sorted(done.items()))


def named(old: str, data: bytes) -> str:
    """A file's name: its language, which Pagefind puts first, and a digest of its content."""
    return f"{old.partition('_')[0]}_{hashlib.sha256(data).hexdigest()[:DIGITS]}"


def numbered(sort: str, number: int, count: int, data: bytes) -> str:
    """A short name of one of many files, for every reader who searches fetches all names.

    Its number makes it unlike the others, and the digest unlike what it was before, which a
    browser may still keep.
    """
    return redone(f"{sort}{number:0{len(f'{count:x}')}x}{'-' * MARKS}", data)


def redone(name: str, data: bytes) -> str:
    """Such a name for the same file with another content."""
    return name[:-MARKS] + hashlib.sha256(data).hexdigest()[:MARKS]


def unpack(data: bytes) -> Any:
    """The value in a file of the index."""
    plain = gzip.decompress(data)
    if not plain.startswith(MARK):
        raise ValueError("not a file of Pagefind's index")
    value, end = read(plain, len(MARK))
    if end != len(plain):
        raise ValueError("a file of Pagefind's index goes on after its end")
    return value


def pack(value: Any) -> bytes:
    """A file of the index that holds a value; the same bytes on any system."""
    return squeezed(write(value))


def squeezed(content: bytes) -> bytes:
    """A file of the index with this content."""
    plain = MARK + content
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = squeeze.compress(plain) + squeeze.flush()
    return GZIP_HEAD + body + struct.pack("<II", zlib.crc32(plain), len(plain) & 0xFFFFFFFF)


def read(data: bytes, at: int) -> tuple[Any, int]:
    """The CBOR value at a position, and where it ends."""
    kind, small = data[at] >> 5, data[at] & 31
    at += 1
    if small > 27 or kind not in (0, NEGATIVE, TEXT, ARRAY):
        raise ValueError("Pagefind writes its index in another way than it did")
    size = 0 if small < 24 else 1 << (small - 24)
    number = int.from_bytes(data[at : at + size]) if size else small
    at += size
    if kind == 0:
        return number, at
    if kind == NEGATIVE:
        return -1 - number, at
    if kind == TEXT:
        return data[at : at + number].decode(), at + number
    items = []
    for _ in range(number):
        item, at = read(data, at)
        items.append(item)
    return items, at


def write(value: Any) -> bytes:
    """CBOR of numbers, texts and arrays of such."""
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(NEGATIVE, -1 - value)
    if isinstance(value, str):
        return head(TEXT, len(value.encode())) + value.encode()
    return head(ARRAY, len(value)) + b"".join(map(write, value))


def head(kind: int, number: int) -> bytes:
    """The first bytes of a CBOR value: its kind, and its number or length, as short as can be."""
    if number < 24:
        return bytes([kind << 5 | number])
    size = next(i for i in range(4) if number < 1 << (8 << i))
    return bytes([kind << 5 | 24 + size]) + number.to_bytes(1 << size)
