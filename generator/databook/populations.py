"""Population figures printed in a working document: background to it, never its performance.

They come without counts, so no interval can be had and nothing is tested; only differences are
told. Figures keep the decimals they were printed with.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from databook.model import STRICT, Better, Line, Slug, Title, Unit
from databook.periods import PeriodType


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationLine:
    """One place or group in a population table, with a figure for each period."""

    __pydantic_config__ = STRICT

    name: Title
    """Name of the place or group, as printed."""
    values: Annotated[tuple[Decimal, ...], Field(min_length=1)]
    """Figures in order of the periods, with as many decimals as were printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationTable:
    """Population figures that stand in the background of an agreement. Not its performance."""

    __pydantic_config__ = STRICT

    slug: Slug
    """Short name."""
    title: Title
    """What the figures say."""
    unit: Unit
    """What a value counts."""
    unit_label: Title
    """The unit in words."""
    better: Better
    """Which way is good: higher, lower or neutral."""
    periods: PeriodType
    """What kind of period."""
    codes: Annotated[tuple[str, ...], Field(min_length=2)]
    """The periods in order."""
    lines: Annotated[tuple[PopulationLine, ...], Field(min_length=2)]
    """The figures, a line for each place or group."""
    gap: tuple[Title, Title]
    """The two lines whose difference is told, first minus second."""
    about: Title
    """The line whose change from the first to the last period is set beside the gap."""
    indicator: str = ""
    """The indicator of this book that measures the same thing, if any."""
    cited: Line
    """Document and slide or section."""
    notes: tuple[Line, ...] = ()
    """What to know before relying on it."""
