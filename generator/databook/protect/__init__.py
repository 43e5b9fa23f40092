"""Disclosure control: after this stage nobody holds a number that could point to a person.

Three steps: the primary rule (a count from 1 to the threshold, the complement of one, a share
from which one follows); the proof that nothing withheld follows from what is shown, over groups,
places, periods and denominators that are linked (`sums`, `linked`, `ties`, `attack`, `audit`); and
the same over the published editions. `withhold` finds the fewest further cells that make a table
safe.
"""

from __future__ import annotations

from databook.protect.audit import WHY as _SUMS
from databook.protect.cells import WHY as _CELLS
from databook.protect.cells import card, measure
from databook.protect.papers import papers
from databook.protect.proof import across, between, families
from databook.protect.sheet import WHY as _RAW

WHY = {**_CELLS, **_SUMS, **_RAW}

__all__ = ["WHY", "across", "between", "card", "families", "measure", "papers"]
