"""Is what was read a data book? Shape first, then meaning; every fault at once, none raised.

`card` depends on one folder and the context alone, so that it can run in any process and be kept.
"""

from __future__ import annotations

from databook.validate.acknowledging import settled
from databook.validate.book_rules import across
from databook.validate.calendar import calendar
from databook.validate.checks import checks
from databook.validate.entrance import card, claims, context, figures_of
from databook.validate.links import content
from databook.validate.pages_named import aims, astray, led, moves
from databook.validate.performance import measured, performance
from databook.validate.site_pages import Addresses

__all__ = [
    "Addresses",
    "across",
    "aims",
    "astray",
    "calendar",
    "card",
    "checks",
    "claims",
    "content",
    "context",
    "figures_of",
    "led",
    "measured",
    "moves",
    "performance",
    "settled",
]
