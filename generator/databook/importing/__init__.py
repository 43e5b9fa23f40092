"""Makes an indicator's folder of a sheet as people have it: understands, asks, and then writes.

Nothing is guessed silently: what a sheet leaves open comes back as a `Question`, and every row and
figure that is not taken is counted with its reason. No file is opened here.
"""

from __future__ import annotations

from databook.importing.answers import LAYOUTS, Answers, Question, Understanding
from databook.importing.grid import Grid, SheetWantedError, UnreadableError, from_bytes
from databook.importing.understand import understand
from databook.importing.writing import files

__all__ = [
    "LAYOUTS",
    "Answers",
    "Grid",
    "Question",
    "SheetWantedError",
    "Understanding",
    "UnreadableError",
    "files",
    "from_bytes",
    "understand",
]
