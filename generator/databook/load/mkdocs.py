"""mkdocs.yml, as far as a slip in it would keep people from using MkDocs with the book."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from databook.load import document, folders
from databook.load.faults import fault
from databook.problems import Level, Place, Problem
from databook.sources import Path as DocumentPath
from databook.sources import Plain

NAME = "mkdocs.yml"
# MkDocs knows anchors, tags such as !ENV and more keys than we do; those are its own affair.
OURS = ("yaml-syntax", "yaml-tab", "yaml-space", "yaml-duplicate-key", "text-merge-conflict")


def _entries(nav: Plain, path: DocumentPath) -> Iterator[tuple[DocumentPath, str]]:
    """Every page that the menu names, however deep, with its place in the file."""
    if isinstance(nav, str):
        yield path, nav
    elif isinstance(nav, list):
        for number, item in enumerate(nav):
            yield from _entries(item, (*path, number))
    elif isinstance(nav, dict):
        for title, item in nav.items():
            yield from _entries(item, (*path, title))


def _pages(root: Path) -> list[str]:
    found = folders.tree(root, "content", ending=".md").value or ()
    return [name.removeprefix("content/") for name in found]


def problems(root: Path) -> tuple[Problem, ...]:
    """What is wrong with the configuration of MkDocs, where the book has one."""
    if not folders.exists(root, NAME):
        return ()
    read = document.read(root, NAME)
    wrong = tuple(p for p in read.problems if p.code in OURS or p.code.startswith("folder-"))
    if read.value is None or not isinstance(read.value.data, dict):
        return wrong
    data, place = read.value.data, read.value.place
    plugins = data.get("plugins")
    names = [next(iter(p)) if isinstance(p, dict) and p else p for p in plugins or ()]
    if "databook" not in names:
        at = place(("plugins",), key=True) if "plugins" in data else Place(path=NAME)
        what = "The plugin “databook” is not switched on."
        fix = "Write “plugins:” and below it “  - databook”."
        wrong = (*wrong, fault("mkdocs-plugin", at, what, fix))
    folder = data.get("docs_dir", "docs")
    if (
        isinstance(folder, str)
        and folder.strip("./") != "content"
        and folders.exists(root, "content")
    ):
        at = place(("docs_dir",)) if "docs_dir" in data else Place(path=NAME)
        what = f"MkDocs is told to look for pages in “{folder}”; the book has them in “content”."
        wrong = (*wrong, fault("mkdocs-folder", at, what, "Write “docs_dir: content”."))
    for path, page in _entries(data.get("nav"), ("nav",)):
        if page.endswith(".md") and not folders.exists(root, f"content/{page}"):
            near = difflib.get_close_matches(page, _pages(root), n=1, cutoff=0.75)
            what = f"“nav” leads to “{page[:80]}”, and content/ has no such page."
            fix = f"{f'Did you mean “{near[0]}”? ' if near else ''}Add the page, or mend the line."
            wrong = (*wrong, fault("mkdocs-nav", place(path), what, fix))
    if "hooks" in data:
        what = "“hooks” has MkDocs run a program of its own choice."
        at, level = place(("hooks",), key=True), Level.WARNING
        wrong = (*wrong, fault("mkdocs-hooks", at, what, "Take it out.", level=level))
    return wrong
