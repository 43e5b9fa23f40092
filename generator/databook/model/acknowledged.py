"""A warning that the book's keepers know of."""

from __future__ import annotations

from dataclasses import dataclass

from databook.model.scalars import STRICT, Line, Slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """A warning that the book's keepers know of: it is no longer raised, and the page says why."""

    __pydantic_config__ = STRICT

    code: Slug
    """The warning's code, as `databook check` prints it."""
    reason: Line
    """What is odd about the figure as printed, and why it stands so. Readers see this."""
    about: str = ""
    """Only where the warning says this, such as a period or an area; else wherever it is raised."""
