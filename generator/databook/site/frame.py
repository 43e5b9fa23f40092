"""The frame as a value: what MkDocs and Material made once, and every page is hung in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from databook import slots
from databook.citing import Cited
from databook.observations import Context
from databook.pages import SearchRecord
from databook.problems import Problem
from databook.site import assets, builder

ROOT = "@@root@@"  # stands in the frame where the way back to the site's root goes


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frame:
    """A page with holes, and everything that comes with it.

    `parts` are pieces of HTML and, between them, names of slots. `files` are the narrative pages
    and assets by address in the site; `search` is what the index should know of the narrative
    pages. Compared by identity, so that `hang` can remember what it made of a frame.
    """

    parts: tuple[str, ...] = field(repr=False)
    title: str
    home: str  # the book's permanent address
    base: str  # its path on the server
    cited: Cited
    repository: str
    keys: Mapping[str, str] = field(repr=False)
    stamped: Mapping[str, str] = field(repr=False)
    files: Mapping[str, bytes] = field(repr=False)
    search: Mapping[str, SearchRecord] = field(repr=False)
    problems: tuple[Problem, ...] = ()


def make_frame(root: Path, context: Context, staging: Path) -> Frame:
    """Let MkDocs build the narrative pages and the frame page, in the folder `staging`."""
    files = assets.own()
    stamped = assets.stamped(files)
    built = builder.build(root, context, staging, stamped)
    settings = context.settings
    html = built.frame.replace('=".."', f'="{ROOT}"').replace('="../', f'="{ROOT}')
    return Frame(
        parts=tuple(slots.MARK.split(html)),
        title=settings.short_title,
        home=settings.address,
        base=urlsplit(settings.address).path or "/",
        cited=context.cited,
        repository=settings.repository,
        keys=built.keys,
        stamped=stamped,
        files={**built.files, **files, "licences.txt": builder.licences(files)},
        search=built.search,
        problems=built.problems,
    )
