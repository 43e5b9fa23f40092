"""What is found on the way from a sheet to its figures, in the order in which it is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from databook.importing.answers import Question

SEVERAL = 6  # how many examples are shown


@dataclass(slots=True)
class Talk:
    """Local to one sheet: what was said, left out, and is to be asked."""

    said: list[tuple[str, str]] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    questions: list[Question] = field(default_factory=list)

    def say(self, subject: str, finding: str) -> None:
        """Tell what was understood of a subject."""
        self.said.append((subject, finding))


def some(texts: Sequence[str], most: int = SEVERAL) -> str:
    """The first few of many texts, in a row."""
    shown = ", ".join(str(text) for text in texts[:most])
    return f"{shown} and {len(texts) - most} more" if len(texts) > most else shown
