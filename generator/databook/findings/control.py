"""Control (XmR) charts as values: usual ups and downs, and signals of more than that."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from databook.findings.judgements import Verdict
from databook.periods import Period


class Signal(StrEnum):
    """Why a figure of a monthly or quarterly series is more than the usual ups and downs."""

    NONE = "within the usual range"
    OUTSIDE = "outside the limits"
    TREND = "seven in a row in one direction"
    NEAR = "two of three near a limit"
    SHIFT = "seven in a row on one side of the mean"


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlPoint:
    """One figure on an XmR chart: the rule it meets, the side, and whether that is good.

    `verdict` is BETTER, WORSE, HIGHER or LOWER where there is a signal, else SIMILAR.
    """

    period: Period
    value: float
    signal: Signal
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlPhase:
    """A stretch of one definition with its own mean and limits.

    `trial`: too few figures for the limits to be relied on.
    """

    points: tuple[ControlPoint, ...]
    mean: float
    lower: float
    upper: float
    lower_near: float
    upper_near: float
    average_range: float
    trial: bool


class Assurance(StrEnum):
    """Whether a process, as it runs now, will reach its target."""

    PASS = "will reach the target every time, unless something changes"  # noqa: S105 - no password
    FAIL = "will miss the target every time, unless something changes"
    HIT_AND_MISS = "will sometimes reach the target and sometimes miss it"
    UNSETTLED = "is changing, so that its limits do not say what comes next"
    NONE = "is not judged against a target"


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """An XmR chart as values: the usual ups and downs, and what goes beyond them."""

    phases: tuple[ControlPhase, ...]  # one for each definition, oldest first
    assurance: Assurance
    target: float | None = None

    @property
    def latest(self) -> ControlPoint:
        """The newest figure."""
        return self.phases[-1].points[-1]
