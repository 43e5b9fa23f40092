"""Places and which of them are alike."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A place at a level. From `areas/data.csv`."""

    code: str
    name: str
    level: str
    parent: str = ""
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A statistical neighbour of a place. From `areas/neighbours.csv`."""

    area: str
    neighbour: str
    rank: int
    closeness: str = ""
