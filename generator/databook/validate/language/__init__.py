"""Language discipline: outcomes are conditions, indicators count everybody, measures a service.

`classify` reads one statement; the rules hold outcomes, indicators and programmes to what they are.
"""

from __future__ import annotations

from databook.validate.language.causes import story
from databook.validate.language.classify import Deciding, Idea, Reading, classify
from databook.validate.language.indicators import RULES as INDICATOR_RULES
from databook.validate.language.measures import RULES as PROGRAMME_RULES
from databook.validate.language.outcomes import RULES

__all__ = [
    "INDICATOR_RULES",
    "PROGRAMME_RULES",
    "RULES",
    "Deciding",
    "Idea",
    "Reading",
    "classify",
    "story",
]
