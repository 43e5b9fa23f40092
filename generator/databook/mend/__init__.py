"""Mend what is mechanical in the text of a file, and leave alone whatever is not understood.

Bytes and problems in, bytes out. Every change is made at the place where a problem was told, to
the text that the problem is about; nothing is parsed and written anew, so that comments, quotes,
line ends and the order of everything stay as somebody wrote them.
"""

from __future__ import annotations

from collections.abc import Sequence

from databook.mend import csv_text, whole, yaml_text
from databook.problems import Problem

__all__ = ["mended"]


def mended(data: bytes, path: str, problems: Sequence[Problem]) -> bytes:
    """The file with all that can be mended of these problems, which are about it."""
    codes = {problem.code for problem in problems}
    data = whole.mended(data, path, codes)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    if path.endswith(".csv"):
        text = csv_text.mended(text, problems)
    elif path.endswith((".yaml", ".yml")):
        text = yaml_text.mended(text, problems)
    elif path.endswith(".md"):
        text = whole.headings(text, problems)
    return text.encode("utf-8")
