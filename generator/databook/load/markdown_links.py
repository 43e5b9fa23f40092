"""Links and pictures in contributors' Markdown: safe, there, and said in words.

Links from page to page are for `validate`, which knows all pages.
"""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path as FilePath
from urllib.parse import unquote

from databook.load import folders
from databook.load.faults import fault
from databook.load.markdown_text import Marked
from databook.problems import Place, Problem

SCHEMES = ("https", "http", "mailto")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_REFUSED = re.compile(r"(?<![a-z])(?:javascript|vbscript|data|file):[^\s)]", re.IGNORECASE)


def safe_address(address: str) -> bool:
    """Whether an address is relative or of a scheme that only shows something."""
    bare = "".join(unquote(address).split()).lower()
    scheme = _SCHEME.match(bare)
    if bare.startswith(("//", "\\")):
        return False
    return scheme is None or scheme[0].rstrip(":") in SCHEMES


def unsafe(marked: Marked) -> Iterator[Problem]:
    """Links and pictures whose address would do more than show something of this book."""
    for token, line in marked.inline():
        if token.type == "image" and _elsewhere(str(token.attrs.get("src"))):
            what, fix = "A picture is fetched from elsewhere.", "Put it beside this page."
            yield fault("text-link", marked.spot(line, "!["), what, fix)
        elif token.type == "link_open" and not safe_address(str(token.attrs.get("href"))):
            address = str(token.attrs.get("href"))
            yield _not_accepted(marked.spot(line, address), address)
    # However spelt: readers of Markdown differ, so the raw text is looked through as well.
    for number, text in enumerate(marked.without_code, 1):
        if found := _REFUSED.search(unescape(text).replace("\t", "")):
            column = min(found.start(), max(len(text) - 1, 0)) + 1
            yield _not_accepted(marked.place(number, column), found[0])


def _elsewhere(address: str) -> bool:
    return bool(_SCHEME.match(address)) or address.startswith("//")


def _not_accepted(place: Place, address: str) -> Problem:
    what = f"The link “{address[:60]}” leads to an address that is not accepted."
    fix = "Link to https://, http:// or mailto: addresses, or to a page of the book."
    return fault("text-link", place, what, fix)


def no_pictures(marked: Marked) -> Iterator[Problem]:
    """A story's pictures are the charts; another would not be shown."""
    for token, line in marked.inline():
        if token.type == "image":
            what, fix = "There is a picture here, which would not be shown.", "Say it in words."
            yield fault("text-link", marked.spot(line, "!["), what, fix)


def pictures(root: FilePath, marked: Marked) -> Iterator[Problem]:
    """Pictures of a page: there, and said in words for those who cannot see them."""
    for token, line in marked.inline():
        address = str(token.attrs.get("src", "")) if token.type == "image" else ""
        if not address or _elsewhere(address):
            continue
        place, words, said = marked.spot(line, "!["), token.content.strip(), unquote(address)
        if not words or words.casefold() == posixpath.basename(said).casefold():
            what = "The picture has no words for those who cannot see it."
            if words:
                what = f"“{words}” says nothing of the picture to those who cannot see it."
            fix = "Say between the square brackets what it shows: ![what it shows](file.png)."
            yield fault("picture-text", place, what, fix)
        file = _beside(marked.path, said)
        if not _there(root, marked.path, file):
            what = f"The picture “{said[:80]}” is not there."
            near = _near(root, posixpath.dirname(file), posixpath.basename(file))
            fix = f"{near}Put it beside this page."
            if "\\" in said:
                fix = "Write / between folders, not \\."
            yield fault("picture-missing", place, what, fix)


def files(root: FilePath, marked: Marked) -> Iterator[Problem]:
    """Files that a page offers; pages are for `validate`, figures are put there by the site."""
    for token, line in marked.inline():
        address = str(token.attrs.get("href", "")) if token.type == "link_open" else ""
        bare = re.split(r"[#?]", address)[0]
        if not re.search(r"\.[a-z0-9]{2,4}$", bare) or not safe_address(address):
            continue
        if _SCHEME.match(bare) or bare.endswith((".md", ".csv", ".json", ".zip", ".xml")):
            continue
        file = _beside(marked.path, unquote(bare))
        if _there(root, marked.path, file):
            continue
        stem = posixpath.basename(file).removesuffix(".html") + ".md"
        name = stem if bare.endswith(".html") else posixpath.basename(file)
        near = "" if file.startswith("..") else _near(root, posixpath.dirname(file), name)
        what = f"The link to “{address[:80]}” leads to no file of this folder."
        fix = f"{near}Link to a page by its file, such as about.md."
        if address.startswith("www."):
            fix = f"Write https://{address[:80]}."
        elif re.fullmatch(r"[^@/]+@[^@/]+", address):
            fix = f"Write mailto:{address[:80]}."
        yield fault("link-file", marked.spot(line, address), what, fix)


def _beside(path: str, address: str) -> str:
    """The file that an address means on a page."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), address))


def _there(root: FilePath, path: str, file: str) -> bool:
    """Whether a file lies in the same folder of the book as the page, or below."""
    return file.startswith(f"{path.split('/')[0]}/") and folders.exists(root, file)


def _near(root: FilePath, folder: str, name: str) -> str:
    entries = folders.listing(root, folder).value or ()
    near = difflib.get_close_matches(name, [entry.name for entry in entries], n=1)
    return f"Did you mean {near[0]}? " if near else ""
