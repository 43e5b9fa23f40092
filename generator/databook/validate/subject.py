"""What the rules about an indicator look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic

from databook.model import Vintage
from databook.observations import Context, M
from databook.validate.figures import Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject(Generic[M]):
    """An indicator or measure with what its rules need: the book around it, and its figures."""

    indicator: M
    context: Context
    figures: Figures | None
    story: bool
    frozen: bool = False  # whether a forecast has been frozen
    vintages: tuple[Vintage, ...] = ()  # those that could be read
    words: str = ""  # what story.md says
