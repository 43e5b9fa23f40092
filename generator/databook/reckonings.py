"""What the analysis found about agreements, pathways and plans, as frozen values.

Money is whole pence. A judgement that cannot be made is a value with a reason, as in `findings`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from databook.findings import Interval, RatingWord
from databook.periods import Period

# --- pathways ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stage of a row: how many, and what share of the stage before they are.

    `share` and its interval are fractions of 1; None with a `reason` where there can be no share.
    """

    count: int | None
    marker: str
    share: float | None
    interval: Interval | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PathwayRow:
    """The steps of one row, in order of the stages."""

    title: str
    steps: tuple[Step, ...]


# --- agreements ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """One quarter of a worked case: counts, points and what is paid when."""

    period: Period
    new: int | None  # None: withheld
    cumulative: int | None
    points: int | None  # total so far: never falls
    award_points: int | None
    award: int | None  # pence
    paid: date  # first day of the month in which it is paid
    paid_year: str  # financial year of that month
    after_year: bool  # paid from another year's budget than the agreement's


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A worked case from the first quarter to the last, beside the rating of its target.

    The two are never merged: points follow the agreement, the rating follows a rating scheme.
    """

    example: str
    trigger: str
    quarters: tuple[Quarter, ...]
    points: int | None
    most_points: int
    earned: int | None  # pence
    target: int
    reached: int | None
    share_of_target: Fraction | None
    rating: RatingWord
    rating_reason: str
    scheme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Liability:
    """What may have to be paid, set against the budget. All money in pence."""

    centres: int
    most_points: int  # of one centre
    value: int
    budget: int
    expected_points: int
    expected: int
    worst_points: int
    worst: int
    earned: int | None  # in the worked cases
    affordable_points: int  # most points in all that the budget covers

    @property
    def over(self) -> int:
        """How far the worst case is over the budget (negative: under it)."""
        return self.worst - self.budget

    @property
    def affordable_share(self) -> Fraction | None:
        """The share of all points up to which the budget holds; None where points cost nothing."""
        return Fraction(self.budget, self.worst) if self.worst else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationGap:
    """First line minus second, period by period, beside the change of one line."""

    table: str
    periods: tuple[Period, ...]
    gaps: tuple[Decimal, ...]
    change: Decimal  # of the line that the table is about, first to last period
    gap_change: Decimal  # of the gap's size: positive is wider
    improved: bool | None  # None: no change
    widened: bool | None
    fell: tuple[str, ...]  # lines of the gap that got worse in the last step

    @property
    def opposite(self) -> bool:
        """Whether point to point and the gap tell opposite stories."""
        return self.improved is not None and self.improved is self.widened


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFinding:
    """Everything reckoned from one agreement."""

    centres: int
    by_type: Mapping[str, int]
    settlements: tuple[Settlement, ...]
    liability: Liability
    pathway: tuple[PathwayRow, ...] = ()
    population: tuple[PopulationGap, ...] = ()
    only_effort_paid: bool = False


# --- plans ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a measure of a plan stands: share of target and distance travelled, never merged.

    `literal` is the colour of the arithmetic alone; `rating` the one that may be given.
    """

    slug: str
    share_of_target: Fraction | None
    literal: RatingWord
    rating: RatingWord
    reason: str
    scheme: str
    distance_travelled: Fraction | None
    distance_reason: str
    change_needed: Fraction | None  # target minus the newest figure, in the measure's unit
    relative_change: Fraction | None  # the same as a share of the newest figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Smart:
    """Which of the five an action states: whether it is said, not whether it is so."""

    specific: bool  # an owner, and a title that says what is done
    measurable: bool  # a number in a measure or a milestone
    achievable: bool  # what it takes
    relevant: bool  # a recommendation or an indicator
    timed: bool  # a day or month

    @property
    def letters(self) -> tuple[tuple[str, str, bool], ...]:
        """The five in order: letter, word, stated."""
        return (
            ("S", "specific", self.specific),
            ("M", "measurable", self.measurable),
            ("A", "achievable", self.achievable),
            ("R", "relevant", self.relevant),
            ("T", "timed", self.timed),
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not stated."""
        return tuple(word for _, word, stated in self.letters if not stated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing of a plan with a day and an owner, however deep it stands."""

    what: str  # "action", "milestone", "evidence"
    title: str
    under: str  # "recommendation 9", "evidence 5"
    owner: str
    due: str
    state: str
    late: bool
    unowned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFinding:
    """Everything worked out from one plan."""

    as_at: date
    declared: bool  # `as_at` is the plan's own; else the edition's date
    standings: Mapping[str, Standing] = field(default_factory=dict)
    smart: Mapping[tuple[int, int], Smart] = field(default_factory=dict)  # recommendation, action
    items: tuple[Item, ...] = ()
    unmeasured: tuple[int, ...] = ()  # recommendations without measure, action or report
    answered: int = 0  # of the eight fields of a development plan
