"""The words of a figure's status, and what they and the units mean."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from databook.model import Unit


class Status(StrEnum):
    """Whether there is a number, and if not, which kind of nothing there is.

    A true zero is a number: its value is 0 and its status `published` or `provisional`.
    """

    PUBLISHED = "published"
    PROVISIONAL = "provisional"
    WITHHELD = "withheld"
    NEARLY_ZERO = "rounds to zero"
    NONE_RECORDED = "none recorded"
    NOT_AVAILABLE = "not available"
    NOT_APPLICABLE = "not applicable"


MEANINGS = {
    Status.PUBLISHED: "There is a number, as published. A true zero is 0.",
    Status.PROVISIONAL: "There is a number, and its publisher says that it may be revised.",
    Status.WITHHELD: "There is a number, and it is withheld so that nobody can be identified.",
    Status.NEARLY_ZERO: "The number is above zero and would round to it, so none is given.",
    Status.NONE_RECORDED: "None were recorded; the publisher gives no number.",
    Status.NOT_AVAILABLE: "The publisher has no number for this period and place.",
    Status.NOT_APPLICABLE: "There can be no number: the question does not arise here.",
}
UNITS = {
    Unit.PERCENT: "Percent: 12.3 is 12.3%. Differences are in percentage points.",
    Unit.RATE: "A rate per so many; the field “per” says how many: 62.1 per 10,000.",
    Unit.COUNT: "A count.",
    Unit.SCORE: "Points on a scale, which the unit in words names.",
    Unit.RATIO: "One number over another.",
    Unit.MONEY: "Pounds sterling.",
    Unit.DAYS: "Days.",
}

_WITHOUT = {
    "c": Status.WITHHELD,
    "k": Status.NEARLY_ZERO,
    "low": Status.NEARLY_ZERO,
    "w": Status.NONE_RECORDED,
    "x": Status.NOT_AVAILABLE,
    "z": Status.NOT_APPLICABLE,
}


def status_of(*, missing: bool, marked: Sequence[str]) -> Status:
    """The status of a figure with these markers. Withheld before all else."""
    if not missing:
        return Status.PROVISIONAL if "p" in marked else Status.PUBLISHED
    return next((_WITHOUT[m] for m in _WITHOUT if m in marked), Status.NOT_AVAILABLE)
