"""The contributor's guide read as what it tells people to do: commands to run, lines to change."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

FENCE = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)
Step = tuple[str, str]  # "sh", "diff", "text"..., and what stands in the block


def steps(text: str) -> Iterator[Step]:
    """The blocks of one page in order."""
    for _, kind, body in FENCE.findall(text):
        yield kind, textwrap.dedent(body)


def commands(block: str) -> list[str]:
    """The commands of a block, one a line."""
    return [line for line in block.splitlines() if line.strip()]


def edit(book: Path, block: str) -> None:
    """Make a change that the guide shows: lines with - go and lines with + take their place.

    Lines without a minus before them go to the end of the file, or, in a table, to where a
    reader would add them: after the last row of an earlier period.
    """
    head, *lines = block.splitlines()
    file = book / head.removeprefix("--- ")
    text = file.read_text("utf-8")
    old: list[str] = []
    new: list[str] = []
    for line in [*lines, "-"]:
        if line.startswith("-") and new:
            text = _exchanged(text, old, new)
            old, new = [], []
        (old if line.startswith("-") else new).append(line[1:])
    file.write_text(text, "utf-8")


def _exchanged(text: str, old: list[str], new: list[str]) -> str:
    added = "".join(f"{line}\n" for line in new)
    if not old:
        return text + added
    gone = "".join(f"{line}\n" for line in old)
    assert text.count(gone) == 1, f"the guide changes a line that is not there: {gone}"
    return text.replace(gone, added)
