"""Notes of corrections on the pages that a correction changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from databook.publish import manifest
from databook.publish.manifest import Data
from databook.publish.target import Target
from databook.published import Entry, Register, Revision

BEGIN, END = "<!--databook:corrected-->", "<!--/databook:corrected-->"
NOTE = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END) + "\n?", re.DOTALL)
MAIN = re.compile(r"<main\b[^>]*>\n?")
# Between pages of two builds only what is in <main> is compared: a new style sheet changes the
# head of every page, and corrects nothing.
CONTENT = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)


def changed(target: Target, folder: str, files: Mapping[str, Data]) -> tuple[str, ...]:
    """Pages of which readers see something else than before; those that are new among them."""
    found = []
    for path, data in files.items():
        if not (path == "index.html" or path.endswith("/index.html")):
            continue
        old = target.read(folder + path)
        if old is None or words_of(old) != words_of(manifest.content(data)):
            found.append(path.removesuffix("index.html"))
    return tuple(sorted(found))


def words_of(page: bytes) -> str:
    """What a page holds, without notes of corrections."""
    text = NOTE.sub("", page.decode())
    main = CONTENT.search(text)
    return main[1] if main else text


def noted(files: Mapping[str, Data], entry: Entry, address: str) -> dict[str, bytes]:
    """The changed pages, each with the reason for every correction that touched it."""
    pages: dict[str, list[str]] = {}
    for number, revision in enumerate(entry.revisions[1:], start=1):
        corrected = entry.revisions[number - 1]
        former = address + entry.folder(corrected)
        for page in revision.changed:
            was = escape(former + ("" if corrected.withdrawn else page))
            word = "It was withdrawn" if corrected.withdrawn else "As it was before"
            pages.setdefault(page, []).append(
                f"<p><strong>Corrected</strong> on "
                f'<time datetime="{revision.published}">{revision.published}</time>: '
                f'{escape(revision.reason)} <a href="{was}">{word}</a>.</p>'
            )
    return {
        path: with_note(manifest.content(files[path]), "".join(said))
        for page, said in pages.items()
        if (path := f"{page}index.html") in files
    }


def with_note(page: bytes, said: str) -> bytes:
    """A page with notes as the first thing in it."""
    note = f'{BEGIN}<aside class="db-corrected" aria-label="Corrections">{said}</aside>{END}\n'
    return MAIN.sub(lambda main: main[0] + note, page.decode(), count=1).encode()


def tombstones(register: Register) -> dict[str, bytes]:
    """What stands in place of revisions that were withdrawn, by path."""
    return {
        f"{entry.folder(revision)}index.html": tombstone(entry, revision).encode()
        for entry in register.entries
        for revision in entry.revisions
        if revision.withdrawn
    }


def tombstone(entry: Entry, revision: Revision) -> str:
    """A page that needs nothing else, since everything around it is gone."""
    after = entry.revisions[revision.number]
    name = escape(entry.id)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>Withdrawn: {name}</title></head>\n'
        f"<body><main><h1>Edition {name} as it was published on {revision.published} is withdrawn"
        f'</h1>\n<p>It was corrected on <time datetime="{after.published}">{after.published}'
        f"</time>, and nothing of it is kept here: {escape(after.reason)}</p>\n"
        f'<p><a href="../{name}/">The corrected edition</a></p></main></body></html>\n'
    )
