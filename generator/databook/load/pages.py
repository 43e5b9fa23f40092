"""What lies in `content/`: pages under names that become addresses, pictures, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path as FilePath
from pathlib import PurePosixPath

from databook import slips
from databook.load import folders
from databook.load.faults import fault
from databook.pages import MARKDOWN_BYTES, MEDIA, MEDIA_BYTES, NAME
from databook.problems import Place, Problem

# What other programs call a page in Markdown.
_ALSO_MARKDOWN = (".markdown", ".mdown", ".mkdn", ".mkd", ".txt")


def unfit(root: FilePath, folder: str) -> Iterator[Problem]:
    """Files that the site cannot be made with, told before anybody makes it."""
    for path in folders.tree(root, folder, ending="").value or ():
        name = path.removeprefix(f"{folder}/")
        if not all(NAME.fullmatch(part) for part in name.split("/")):
            what = f"“{name[:80]}” cannot be part of an address."
            fix = f"{_named(name)}Use small letters a to z, digits and single hyphens."
            yield fault("page-name", Place(path=path), what, fix)
            continue
        dot = PurePosixPath(name).suffix
        if dot not in (".md", *MEDIA):
            what = f"“{name[:80]}” is of a kind that cannot be published."
            fix = "Move it out of content/, or save it as one of these."
            if dot in _ALSO_MARKDOWN:
                fix = f"Rename it to {name.removesuffix(dot)}.md."
            yield fault("page-kind", Place(path=path), what, fix)
            continue
        size, most = (root / path).stat().st_size, MARKDOWN_BYTES if dot == ".md" else MEDIA_BYTES
        if size > most and dot != ".md":
            what = f"The file holds {size / 1000:,.0f} kB; at most {most / 1000:,.0f} kB are taken."
            yield fault("page-too-big", Place(path=path), what, "Make the picture smaller.")


def _named(name: str) -> str:
    """The name that the file could have, with its ending."""
    dot = PurePosixPath(name).suffix
    meant = f"{slips.slug(name.removesuffix(dot))}{dot.casefold()}"
    fits = all(NAME.fullmatch(part) for part in meant.split("/"))
    return f"Rename it to {meant}. " if fits and meant != name else ""
