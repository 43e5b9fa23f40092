"""All that is found about one indicator in one place."""

from __future__ import annotations

from dataclasses import dataclass

from databook.findings.control import Control
from databook.findings.forecasts import Forecast, Turn
from databook.findings.groups import Groups
from databook.findings.judgements import Change, Comparison, Direction, Ranking, Rating, Trend
from databook.findings.series import Point, Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Everything the book knows about one indicator in one place."""

    slug: str
    area: str
    place: str
    own: Series
    country: Series | None
    region: Series | None
    neighbours: tuple[Series, ...]
    neighbour_average: Series | None  # computed: mean (or median) of published values
    previous: Change | None  # from the period before, same definition
    overall: Change | None  # from the first comparable point to the latest (point to point)
    run: int  # how many steps in a row the latest change has gone on in one direction
    run_direction: Direction | None
    comparisons: tuple[Comparison, ...]
    ranking: Ranking | None
    trend: Trend
    rating: Rating
    baseline: Forecast | None  # computed from all data to date, for the chart
    vintages: tuple[Forecast, ...]  # frozen ones, oldest first
    turn: Turn
    groups: tuple[Groups, ...]
    age_days: int | None  # from the end of the latest period to the edition's date
    stale: bool  # older than twice the frequency, or its next release is overdue
    overdue: str = ""  # "2026-06" where the next release was due before the edition's date
    control: Control | None = None  # for monthly and quarterly series; takes a forecast's place

    @property
    def latest(self) -> Point | None:
        """The newest figure of the place."""
        return self.own.latest
