"""A checklist of steps, each with its state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from databook.model import STRICT, Line, Slug, Title


class StepState(StrEnum):
    """How far a step has come."""

    NOT_CLAIMED = "not claimed"
    NOT_BEGUN = "not begun"
    BEGUN = "begun"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step and how far it has come."""

    __pydantic_config__ = STRICT

    title: Line
    """The step in a few words."""
    text: str = ""
    """What it means."""
    as_printed: str = ""
    """The source's own words, where they differ."""
    state: StepState = StepState.NOT_CLAIMED
    """not claimed, not begun, begun or done."""
    evidence: str = ""
    """How one can see that it was done."""
    page: Annotated[str, Field(pattern=r"^([a-z0-9][a-z0-9-]*/)*$")] = ""
    """Address of the page of this book that helps with it, such as areas/."""
    page_title: str = ""
    """What a reader finds there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """A checklist of steps, each with its state. From checklists/<slug>.yaml."""

    __pydantic_config__ = STRICT

    slug: Slug
    """Taken from the file's name; do not write it in the file."""
    format: Literal[1]
    """Version of this file format: 1."""
    kind: Literal["checklist"]
    """This file describes: checklist."""
    title: Title
    """Name in plain English."""
    summary: Line
    """What it is, in a sentence or two."""
    cited: Line
    """Where it comes from: document and slide or section."""
    ordered: bool = True
    """Whether the steps follow on one another."""
    claimed_by: str = ""
    """Whose states these are; empty where nobody claims any."""
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    """The steps in order."""
    notes: tuple[Line, ...] = ()
    """Notes for readers."""
