"""Language discipline: outcomes are conditions, indicators count everybody, measures a service."""

from __future__ import annotations

from databook.validate.language.classify import Deciding, Idea, Reading, classify
from databook.validate.language.outcomes import RULES

__all__ = ["RULES", "Deciding", "Idea", "Reading", "classify"]
