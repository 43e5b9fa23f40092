"""Contributors' Markdown as it was read: its words, what the parser made of them, and where.

Checks of a text ask this for places, so that none of them counts lines for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from markdown_it import MarkdownIt
from markdown_it.token import Token

from databook.problems import Place

_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")


@cache
def markdown() -> MarkdownIt:
    """The reader of Markdown, which makes no HTML of what somebody wrote as HTML.

    Apostrophes and quotation marks are set as printers set them.
    """
    options = {"html": False, "maxNesting": 40, "typographer": True}
    return MarkdownIt("commonmark", options).enable(["table", "smartquotes"])


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A text of Markdown, below the settings at the head of its file if there are any.

    Lines are counted from 1 in the text; `before` lines of the file stand above it.
    """

    text: str
    path: str
    before: int = 0

    @cached_property
    def tokens(self) -> list[Token]:
        """What the parser made of it, in order."""
        return markdown().parse(self.text)

    @cached_property
    def lines(self) -> list[str]:
        """Its lines."""
        return self.text.split("\n")

    @cached_property
    def without_code(self) -> list[str]:
        """Its lines, with code blanked out so that columns stay where they are."""
        lines = list(self.lines)
        for token in self.tokens:
            if token.type in ("fence", "code_block") and token.map:
                lines[token.map[0] : token.map[1]] = [""] * (token.map[1] - token.map[0])
        return [_CODE.sub(lambda found: " " * len(found[0]), line) for line in lines]

    def inline(self) -> Iterator[tuple[Token, int]]:
        """Every piece of text with the number of its line."""
        for token in self.tokens:
            line = token.map[0] + 1 if token.map else 1
            for child in token.children or ():
                yield child, line
                line += child.type in ("softbreak", "hardbreak")

    def place(self, line: int, column: int = 1) -> Place:
        """Where a line of the text stands in its file."""
        return Place(path=self.path, line=line + self.before, column=column)

    def spot(self, line: int, sign: str) -> Place:
        """Where a sign stands on a line of the text; its beginning where it is not found."""
        there = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return self.place(line, max(there.find(sign), 0) + 1)
