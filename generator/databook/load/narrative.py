"""Contributors' Markdown: safe HTML of it, and what it must not hold."""

from __future__ import annotations

from pathlib import Path as FilePath

import nh3
from markdown_it import MarkdownIt

from databook.load import folders
from databook.load.text import decode
from databook.problems import Checked
from databook.sources import Narrative

CAP = 64_000


def story(root: FilePath, name: str) -> Checked[Narrative]:
    """Read the story of an indicator; its headings begin at the third level."""
    data = folders.read_bytes(root, name, cap=CAP)
    if data.value is None:
        return Checked(value=None, problems=data.problems)
    text = decode(data.value, name)
    if text.value is None:
        return Checked(value=None, problems=text.problems)
    html = nh3.clean(MarkdownIt("commonmark", {"html": False}).enable("table").render(text.value))
    return Checked(value=Narrative(path=name, text=text.value, html=html), problems=text.problems)


page = story
