"""The frame that every page is hung in: the one of the last build, of a cache, or a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from databook import render, schema, site, store
from databook.observations import Context
from databook.pipeline import cache
from databook.problems import Problem
from databook.site import Frame
from databook.store import Made


def frame_digest(made: Made) -> str:
    """Digest of what of the last frame shows on every page."""
    digest: str = store.unpack(made.kept)[1]
    return digest


def frame_kept(made: Made) -> Frame:
    """The frame that the last build made, for pages that are hung later."""
    frame: Frame = store.unpack(made.kept)[0]
    return frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Framed:
    """The frame, with the files that came with it, and a digest of what shows on every page.

    The schemas come with it, since like the frame they change with the program.
    """

    frame: Frame
    digest: str
    made: Made
    files: Mapping[str, bytes | None]
    fresh: bool


def framed(
    root: Path, context: Context, key: str, old: Made | None, shared: Path | None = None
) -> Framed:
    """The frame of the last build, or a new one where something behind it has changed."""
    if old is not None and old.key == key:
        frame, digest = store.unpack(old.kept)
        files: dict[str, bytes | None] = dict.fromkeys(old.files)
        return Framed(frame=frame, digest=digest, made=old, files=files, fresh=False)
    known = cache.get(shared, key)
    if known is not None and isinstance(known.value, tuple):
        frame, digest = known.value
        return _framed(key, frame, digest, known.problems, known.files, fresh=False)
    with store.workshop(root) as staging:
        whole = site.make_frame(root, context, staging)
    # The words of content/index.md stand on the home page, which is one of ours.
    pages = {path: data for path, data in whole.files.items() if path != "index.html"}
    pages |= render.book_card(context)
    pages |= {f"schemas/{name}": text.encode() for name, text in schema.files().items()}
    pages |= render.api_schemas(context)
    search = {path: record for path, record in whole.search.items() if path}
    frame = replace(whole, files={}, search=search)
    hangers = replace(frame, search={}, problems=())
    digest = store.mix(*(f"{name}={getattr(hangers, name)!r}" for name in hangers.__slots__))
    entry = cache.Entry(value=(frame, digest), problems=whole.problems, files=pages)
    cache.put(shared, key, entry)
    return _framed(key, frame, digest, whole.problems, pages, fresh=True)


def _framed(
    key: str,
    frame: Frame,
    digest: str,
    problems: tuple[Problem, ...],
    files: Mapping[str, bytes],
    *,
    fresh: bool,
) -> Framed:
    kept = store.pack((frame, digest))
    made = Made(key=key, problems=problems, kept=kept, files=tuple(files))
    return Framed(frame=frame, digest=digest, made=made, files=files, fresh=fresh)
