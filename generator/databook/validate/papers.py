"""What a rule about a programme or paper may ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from databook.observations import Context
from databook.performance import Performance


@dataclass(frozen=True, slots=True, kw_only=True)
class InPerformance:
    """What a rule about one paper may ask: the paper, the rest of its half, and the book."""

    paper: Any
    performance: Performance
    context: Context
    indicators: frozenset[str]
