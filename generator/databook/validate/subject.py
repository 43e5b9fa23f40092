"""What the rules about an indicator look at."""

from __future__ import annotations

from dataclasses import dataclass

from databook.model import Indicator
from databook.observations import Context
from databook.validate.figures import Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An indicator with what its rules need: the book around it and its figures, if read."""

    indicator: Indicator
    context: Context
    figures: Figures | None
    story: bool
