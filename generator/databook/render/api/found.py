"""What the book found about an indicator or measure, in the shapes of the interface."""

from __future__ import annotations

from dataclasses import dataclass

from databook.findings import (
    Assurance,
    Benchmark,
    Direction,
    RatingWord,
    Signal,
    Sureness,
    TrendWord,
    TurnWord,
    Verdict,
)
from databook.render.api.declared import DOCUMENTED, Day
from databook.render.api.statuses import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """A 95 % interval around a value."""

    __pydantic_config__ = DOCUMENTED

    lower: float
    """Lower limit, in the value's unit."""
    upper: float
    """Upper limit, in the value's unit."""
    method: str
    """How it was made: published, or the name of the method by which this book made it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A period: its code as data files carry it, and the days from and to which it goes."""

    __pydantic_config__ = DOCUMENTED

    code: str
    """As data files carry it: 2024/25, 2024-Q1."""
    label: str
    """In words."""
    start: Day
    """First day."""
    end: Day
    """Last day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of one place in one period."""

    __pydantic_config__ = DOCUMENTED

    period: Span
    """When."""
    value: float | None
    """The number, unrounded; null where `status` says that there is none."""
    status: Status
    """Whether there is a number, and if not, why."""
    markers: tuple[str, ...]
    """Shorthand of official statistics: p provisional, r revised, e estimated..."""
    interval: Limits | None = None
    """The 95 % interval, where one is published or can be had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """From one figure to a later one of the same definition."""

    __pydantic_config__ = DOCUMENTED

    earlier: Figure
    """From here."""
    later: Figure
    """To here."""
    difference: float
    """Later minus earlier, in the unit (percentage points for percent)."""
    direction: Direction
    """Which way the number went."""
    verdict: Verdict
    """Whether that is better or worse."""
    clear: bool | None
    """Whether it is more than chance; null where no test could be made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The place's figure against a benchmark's of the same period."""

    __pydantic_config__ = DOCUMENTED

    benchmark: Benchmark
    """country, region, or neighbours (the mean of similar places)."""
    name: str
    """Its name."""
    period: Span
    """When."""
    own: float
    """The place's value."""
    value: float | None
    """The benchmark's value; null where `reason` says why there is none."""
    difference: float | None
    """Own minus the benchmark's; null with it."""
    verdict: Verdict
    """Better or worse; only on which side the figure lies where `tested` is false."""
    tested: bool
    """Whether the verdict rests on the 95 % interval."""
    reason: str
    """Why nothing better can be said, where that is so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """The place among its statistical neighbours."""

    __pydantic_config__ = DOCUMENTED

    period: Span
    """When."""
    rank: int | None
    """1 is best, or highest where neither way is better; null where the place has no figure."""
    of: int
    """How many places have a figure."""
    best_first: bool
    """False: rank 1 is the highest, because neither way is better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trended:
    """Recent trend over the latest five comparable figures."""

    __pydantic_config__ = DOCUMENTED

    word: TrendWord
    """The judgement."""
    reason: str
    """What it rests on, or why there is none."""
    first: str
    """Code of the first period; empty where there is no trend."""
    last: str
    """Code of the last period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """Red, amber, green or not rated, under a named scheme."""

    __pydantic_config__ = DOCUMENTED

    word: RatingWord
    """The rating."""
    scheme: str
    """The scheme."""
    reason: str
    """What it rests on, or why there is none."""
    target: float | None
    """The target's value; null where none is declared."""
    target_period: str
    """Code of the period by which it is to be reached."""
    share_of_target: float | None
    """Share of the target reached, of 1; null where not rated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """The latest figure against the forecast that was frozen before it was known."""

    __pydantic_config__ = DOCUMENTED

    word: TurnWord
    """The judgement."""
    sureness: Sureness
    """How far outside the forecast's interval the figure lies."""
    reason: str
    """What it rests on, or why there is none."""
    period: str
    """Code of the period judged; empty where none is."""
    actual: float | None
    """What came; null where nothing is judged."""
    expected: float | None
    """What had been forecast; null where nothing is judged."""
    made_on: Day | None
    """When the forecast was made; null where nothing is judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What a forecast says of one period. A limit is null where no interval may be given."""

    __pydantic_config__ = DOCUMENTED

    period: str
    """Code of the period."""
    value: float
    """What is expected."""
    lower_80: float | None
    """Lower limit of the 80 % interval."""
    upper_80: float | None
    """Upper limit of the 80 % interval."""
    lower_95: float | None
    """Lower limit of the 95 % interval."""
    upper_95: float | None
    """Upper limit of the 95 % interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vintage:
    """A forecast: one frozen on its day, or the baseline computed for this edition."""

    __pydantic_config__ = DOCUMENTED

    made_on: Day
    """The day it was made."""
    origin: str
    """Code of the last period that was known."""
    method: str
    """How it was made."""
    scenario: str
    """Name of the declared scenario; empty for the baseline."""
    frozen: bool
    """True: made once and kept. False: computed for this edition."""
    reconstructed: bool
    """True: made later, as if on that day, from what was known then."""
    illustrative: bool
    """True: an example that nobody undertook."""
    points: tuple[Foreseen, ...]
    """What it says, period by period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """The difference between two groups of the place."""

    __pydantic_config__ = DOCUMENTED

    breakdown: str
    """Name of the column of groups."""
    first: str
    """One group."""
    second: str
    """The other."""
    period: str
    """Code of the period."""
    difference: float
    """First minus second."""
    interval: Limits | None
    """The 95 % interval of the difference, where it can be had."""
    narrowing: bool | None
    """Whether it has become smaller; null with fewer than two comparable periods."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steady:
    """For monthly and quarterly figures: whether the latest is more than the usual variation."""

    __pydantic_config__ = DOCUMENTED

    signal: Signal
    """What, if anything, is unusual about the latest figure."""
    verdict: Verdict
    """Whether that is good."""
    mean: float
    """Mean of the present phase."""
    lower: float
    """Lower limit of the usual variation."""
    upper: float
    """Upper limit of the usual variation."""
    assurance: Assurance
    """Whether the target will be reached as things run now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Everything the book says about one indicator or measure in its place."""

    __pydantic_config__ = DOCUMENTED

    slug: str
    """The indicator, or programme/measure."""
    area: str
    """Code of the place (or of the area) whose figures are judged."""
    sentences: tuple[str, ...]
    """The finding in plain English, as the page opens with it."""
    latest: Figure | None
    """The newest figure; null where the place has none at all."""
    previous: Move | None
    """Change from the period before; null where there is nothing to compare with."""
    overall: Move | None
    """Change from the first comparable figure; null likewise."""
    run: int
    """For how many steps in a row the latest change has gone on."""
    comparisons: tuple[Compared, ...]
    """Against the country, the region and similar places."""
    ranking: Ranked | None
    """Among similar places; null where nothing can be ranked."""
    trend: Trended
    """Recent trend."""
    rating: Rated
    """Rating."""
    turn: Turned
    """Whether the curve has turned."""
    control: Steady | None
    """For monthly and quarterly figures; null for others."""
    gaps: tuple[Apart, ...]
    """Differences between groups."""
    baseline: Vintage | None
    """Where things are heading if nothing changes; null where no forecast can be made."""
    vintages: tuple[Vintage, ...]
    """Forecasts that were frozen, oldest first."""
    age_days: int | None
    """From the end of the latest period to the edition's date; null without a figure."""
    stale: bool
    """Older than twice its frequency, or its next release is overdue."""
    overdue: str
    """When the next release was due, if that has passed: 2026-06."""
