"""Why nothing was published, in words for the person who tried."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - a decision, not a fault
    """It must not be published; what to do instead is part of the words."""


class NotDue(Refused):
    """Nothing is wrong: its day has not come, or it is out and what changed since has to wait."""


class Taken(Exception):  # noqa: N818 - a state of affairs
    """Somebody else is publishing to the same place, or has just done so."""


class Unreachable(Exception):  # noqa: N818 - the machine or the network
    """Git could not do its part: no network, no right to write, no space over there."""
