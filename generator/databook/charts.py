"""A chart as a value: what it says, its Vega-Lite specification, and static pictures of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One chart of an indicator page.

    `wide` and `narrow` are complete inline `<svg role="img">` elements, one laid out for 760 px
    and one for 300 px (a phone's column); the page shows the one that fits. `spec` is the
    Vega-Lite specification with its data inside, for the reader who asks for the interactive
    chart. `description` says the finding in a sentence and is the picture's text alternative.
    """

    name: str  # "trend", "neighbours", "group-sex": unique within a page, safe in an id
    title: str
    description: str
    wide: str = field(repr=False)
    narrow: str = field(repr=False)
    spec: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Charts:
    """All pictures of one finding. A chart that the data cannot carry is None."""

    trend: Chart | None
    neighbours: Chart | None
    groups: tuple[Chart | None, ...]  # one for each of Finding.groups, in order
    sparkline: str  # inline <svg role="img"> about 96 x 24, "" where there are under two points
