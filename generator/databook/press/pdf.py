"""Reads and settles a PDF as Chromium writes it: plain objects, one table of them, no updates.

Only what printing a book needs: on which page each link's target stands, so that the contents can
say so, and the few strings of the file that tell when and by which build it was made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

TABLE = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
ENTRY = re.compile(rb"(\d{10}) \d{5} ([nf])")
REFERENCE = re.compile(rb"(\d+) 0 R")
PAGES = re.compile(rb"/Type /Pages\b")
KIDS = re.compile(rb"/Kids \[([^\]]*)\]")
DESTINATIONS = re.compile(rb"/Dests (\d+) 0 R")
DESTINATION = re.compile(rb"/([^\s/\[\]<>()]+) \[(\d+) 0 R /XYZ")
ROOT = re.compile(rb"/Root (\d+) 0 R")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
MADE_AT = re.compile(rb"(/(?:CreationDate|ModDate) \()D:\d{14}[+-]\d\d'\d\d'(\))")
# Chromium writes some bookmarks twice over, where a heading stands beside the end of a page.
TWICE = re.compile(rb"(/Title \()((?:[^()\\]|\\.){5,}?)(\2)(\))")
TWICE_WIDE = re.compile(rb"(/Title <FEFF)((?:[0-9A-F]{4}){5,}?)(\2)(>)")
MADE_WITH = re.compile(rb"(/Creator \()((?:[^()\\]|\\.)*)(\))")


def places(pdf: bytes) -> Mapping[str, int]:
    """The page, from 1, on which each target of a link in the document stands."""
    objects = Objects(pdf)
    root = ROOT.search(pdf[-400:])
    catalog = objects[int(root[1])] if root else b""
    named = DESTINATIONS.search(catalog)
    top = re.search(rb"/Pages (\d+) 0 R", catalog)
    if named is None or top is None:
        return {}
    number = {page: at for at, page in enumerate(leaves(objects, int(top[1])), start=1)}
    return {
        unescaped(name): number[int(page)]
        for name, page in DESTINATION.findall(objects[int(named[1])])
        if int(page) in number
    }


class Objects:
    """The file's objects by number, without their streams; empty where there is none."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        table = TABLE.search(pdf[-64:])
        # The table counts from object 0, which is never one.
        at = int(table[1]) if table else len(pdf)
        self.at = [int(place) for place, _ in ENTRY.findall(pdf, at)]

    def __getitem__(self, number: int) -> bytes:
        if not 0 < number < len(self.at):
            return b""
        start = self.at[number]
        end = self.pdf.find(b"endobj", start)
        return self.pdf[start:end].partition(b">> stream")[0]


def leaves(objects: Objects, top: int) -> Iterator[int]:
    """The pages in order. They lie in a tree."""
    body = objects[top]
    kids = KIDS.search(body) if PAGES.search(body) else None
    if kids is None:
        yield top
        return
    for reference in REFERENCE.findall(kids[1]):
        yield from leaves(objects, int(reference))


def unescaped(name: bytes) -> str:
    """A PDF name as text."""
    return ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), name).decode("utf-8", "replace")


def settled(pdf: bytes, day: date, maker: str) -> bytes:
    """The same file on any day: dated by the edition, and without the browser's long name.

    Every string keeps its length, so that the table of objects stays true.
    """
    stamp = f"D:{day:%Y%m%d}000000+00'00'".encode()
    pdf = MADE_AT.sub(lambda found: found[1] + stamp + found[2], pdf, count=2)

    pdf = TWICE.sub(lambda t: t[1] + t[2] + b" " * len(t[3]) + t[4], pdf)
    pdf = TWICE_WIDE.sub(lambda t: t[1] + t[2] + b"0020" * (len(t[3]) // 4) + t[4], pdf)

    def named(found: re.Match[bytes]) -> bytes:
        room = len(found[2])
        return found[1] + maker.encode()[:room].ljust(room) + found[3]

    return MADE_WITH.sub(named, pdf, count=1)
