"""The calendar of editions: which are announced, and for which day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from databook.model import STRICT, Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One edition that is announced."""

    __pydantic_config__ = STRICT

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$", max_length=40)]
    """Short name of the edition, such as 2027-q1: the one that databook.yaml will carry."""
    date: Day
    """The day on which it will be published, and not before."""
    note: str = ""
    """What readers may expect of it, in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Announced editions. From editions.yaml; what has been published stands where it was put."""

    __pydantic_config__ = STRICT

    format: Literal[1]
    """Version of this file format: 1."""
    kind: Literal["editions"]
    """This file describes: editions."""
    planned: tuple[Planned, ...] = ()
    """Editions in the order of their days. Leave those that are out, to show that days are kept."""
