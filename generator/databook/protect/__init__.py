"""Disclosure control: after this stage nobody holds a number that could point to a person.

Done here: the primary rule (a count from 1 to the threshold), the complement (a total less its
count), and percentages or rates from which such a count can be worked out. Not done yet:
secondary suppression, that is numbers which follow by subtraction from totals, other groups,
other areas or other editions; that audit is a linear programme over all linked tables.
"""

from __future__ import annotations

from databook.protect.cells import WHY, card, measure
from databook.protect.papers import papers

__all__ = ["WHY", "card", "measure", "papers"]
