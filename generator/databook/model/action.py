"""What is done about a figure, by whom, and what might help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from databook.model.choices import ActionState
from databook.model.scalars import STRICT, Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A person or body with a part to play."""

    __pydantic_config__ = STRICT

    name: Line
    """Name of the partner (a body or a role, never a private person)."""
    role: Line
    """What they can contribute."""
    illustrative: bool = False
    """True where nobody has published this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """Something that works, or might, to do better."""

    __pydantic_config__ = STRICT

    title: Line
    """What it is."""
    evidence: str = ""
    """Why we think it works."""
    url: str = ""
    """Where the evidence can be read."""
    cost: Literal["", "no-cost", "low-cost", "funded"] = ""
    """What it would cost, roughly."""
    illustrative: bool = False
    """True where nobody has published this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What somebody does about it, by when, and how far it has come."""

    __pydantic_config__ = STRICT

    title: Line
    """What is done."""
    owner: str = ""
    """The role or body that answers for it."""
    due: date | None = None
    """The day by which it is to be done: 2027-03-31."""
    state: ActionState = ActionState.PROPOSED
    """How far it has come, from proposed to effect observed."""
    measure: str = ""
    """How we will know it had an effect."""
    cost: str = ""
    """What it costs, in words or pounds."""
    illustrative: bool = False
    """True where nobody has published this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Somebody's answer to "Is this OK?"."""

    __pydantic_config__ = STRICT

    answer: Annotated[str, Field(min_length=1, max_length=40)]
    """A word or two: "Not yet"."""
    text: Line
    """Why that is the answer, in a sentence or two."""
    by: str = ""
    """Whose answer it is: a body or a role."""
    illustrative: bool = False
    """True where it is an example."""
