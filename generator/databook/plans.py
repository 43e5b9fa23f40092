"""A plan: recommendations, actions and milestones, risks, schedule of reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from databook.model import STRICT, Line, Slug, Title


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Recommendations, actions and milestones, risks, reports. From plans/<slug>.yaml."""

    __pydantic_config__ = STRICT

    slug: Slug
    """Taken from the file's name; do not write it in the file."""
    format: Literal[1]
    """Version of this file format: 1."""
    kind: Literal["plan"]
    """This file describes: plan."""
    title: Title
    """Name in plain English."""
    summary: Line
    """What it is, in a sentence or two."""
    cited: Line
    """Where it comes from: document and slide or section."""
