"""Hangs a page in the frame: the one thing done once for every page, so it only joins strings."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from databook import slots
from databook.pages import Page
from databook.site.frame import ROOT, Frame

# Addresses in content start at the site's root. Templates escape quotation marks in text, so
# this text stands only at the start of an attribute's value.
MARKED = '="root:'
LAST = "end"  # the slot after the last piece of text, which holds nothing


def hang(page: Page, frame: Frame, *, absolute: bool = False) -> bytes:
    """The finished HTML of a page. `absolute`: for the error page, which is served anywhere."""
    base = frame.base if absolute else prefix(page.path)
    own = {
        "title": slots.title(page.title, frame.title),
        "description": escape(page.description),
        "canonical": escape(frame.home + page.path),
        "preview": slots.preview(
            frame.cited,
            page.title,
            page.description,
            page.path,
            picture=page.picture,
            section=page.section,
        ),
        "head": page.head,
        "content": page.content.replace(MARKED, '="' + base),
        "cite": slots.cite(frame.cited, page.title, page.path, page.section, page.content),
        "edit": slots.edit_link(frame.repository, page.edit),
        "scripts": scripts(page.scripts, base, frame),
        LAST: "",
    }
    near, exactly = slots.nearest(page.path, frame.keys)
    done: list[str] = []
    for text, name in skeleton(frame, base, page.section, near, exactly):
        done += (text, own[name])
    return "".join(done).encode()


def prefix(path: str) -> str:
    """The way from a page back to the site's root."""
    return "../" * path.count("/") or "./"


def scripts(names: tuple[str, ...], base: str, frame: Frame) -> str:
    """The elements that load what a page needs, after everything else."""
    return "".join(
        f'<script type="module" src="{escape(base + frame.stamped.get(name, name))}"></script>\n'
        for name in names
    )


@lru_cache(maxsize=256)
def skeleton(
    frame: Frame, base: str, section: str, near: str | None, exactly: bool
) -> tuple[tuple[str, str], ...]:
    """The frame for one depth and one place in the navigation: text and the slot after it."""
    done: list[tuple[str, str]] = []
    text = ""
    for literal, mark in zip(frame.parts[::2], (*frame.parts[1::2], LAST), strict=True):
        text += literal.replace(ROOT, base)
        kind, _, key = mark.partition(":")
        if key:
            path = frame.keys[key]
            text += slots.lit(kind, key, path, section=section, at=near, exactly=exactly)
        elif mark != LAST:
            done.append((text, mark))
            text = ""
    return (*done, (text, LAST))
