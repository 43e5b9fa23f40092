"""Random findings of every shape that drawing must stand: for the tests of `draw`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from databook import periods
from databook.findings import (
    Finding,
    Forecast,
    ForecastPoint,
    Gap,
    Groups,
    Interval,
    Point,
    Rating,
    RatingWord,
    Series,
    Sureness,
    Trend,
    TrendWord,
    Turn,
    TurnWord,
)
from databook.model import Better, Break, Indicator, Source, Target, Unit
from databook.periods import Period, PeriodType

FIRST = {
    PeriodType.CALENDAR_YEAR: "2014",
    PeriodType.ACADEMIC_YEAR: "2014/15",
    PeriodType.FINANCIAL_YEAR: "2014/15",
    PeriodType.SNAPSHOT_MARCH: "2014",
    PeriodType.POOLED_CALENDAR_YEARS: "2012-2014",
    PeriodType.POOLED_FINANCIAL_YEARS: "2012/13-2014/15",
    PeriodType.QUARTER: "2014-Q3",
    PeriodType.MONTH: "2014-11",
    PeriodType.TERM: "2014/15 spring",
    PeriodType.DAY: "2014-05-05",
}
PLACES = (
    "Portsmouth",
    "Southend-on-Sea",
    "Bournemouth, Christchurch and Poole",
    "Newcastle upon Tyne",
    "Stockton-on-Tees",
    "Llanfairpwllgwyngyll",
)


def indicator(
    unit: Unit = Unit.PERCENT,
    type_: PeriodType = PeriodType.ACADEMIC_YEAR,
    *,
    target: Target | None = None,
    decimals: int = 1,
    unit_label: str = "% of pupils",
) -> Indicator:
    """An indicator with only what drawing asks of it."""
    source = Source(publisher="Office", title="Figures", url="https://example.org", released="2026")
    return Indicator(
        slug="absence", format=1, kind="indicator", title="Absence & <absence>", short="Absence",
        plain="Plain.", reads_as="{value} of pupils in {place}", population="Pupils", unit=unit,
        unit_label=unit_label, decimals=decimals, better=Better.LOWER, outcomes=("a/b",),
        periods=type_, definition="Defined.", topic="School", source=source, target=target,
    )  # fmt: skip


def period(n: int, type_: PeriodType = PeriodType.ACADEMIC_YEAR) -> Period:
    """The n-th period of a series."""
    return periods.later(periods.parse(FIRST[type_], type_), n)


def series(
    values: list[float | None] | tuple[float | None, ...],
    *,
    name: str = "Portsmouth",
    type_: PeriodType = PeriodType.ACADEMIC_YEAR,
    marks: dict[int, tuple[str, ...]] | None = None,
    breaks: tuple[int, ...] = (),
    intervals: dict[int, Interval] | None = None,
    group: str = "",
) -> Series:
    """A series from its values; None without a mark is not available."""
    points = tuple(
        Point(
            period=period(n, type_),
            value=value,
            markers=(marks or {}).get(n, () if value is not None else ("x",)),
            interval=(intervals or {}).get(n),
            since_break=sum(n >= b for b in breaks),
        )
        for n, value in enumerate(values)
    )
    return Series(area=name, name=name, points=points, group=group)


def forecast(own: Series, steps: int, spread: float, *, frozen: bool = False) -> Forecast | None:
    """The last value carried forward with growing doubt."""
    start = own.latest
    if start is None or start.value is None:
        return None
    value = start.value
    points = tuple(
        ForecastPoint(
            period=periods.later(start.period, n), value=value,
            lower_80=value - n * spread, upper_80=value + n * spread,
            lower_95=value - 2 * n * spread, upper_95=value + 2 * n * spread,
        )
        for n in range(1, steps + 1)
    )  # fmt: skip
    return Forecast(
        made_on=date(2022, 11, 1), origin=start.period, origin_value=value, method="last value",
        author="", assumptions="", points=points, frozen=frozen,
    )  # fmt: skip


def finding(
    own: Series,
    *,
    country: Series | None = None,
    region: Series | None = None,
    neighbours: tuple[Series, ...] = (),
    baseline: Forecast | None = None,
    judged: Forecast | None = None,
    groups: tuple[Groups, ...] = (),
) -> Finding:
    """A finding with only what drawing asks of it."""
    turn = Turn(word=TurnWord.NOT_JUDGED, sureness=Sureness.UNKNOWN, reason="", forecast=judged)
    return Finding(
        slug="absence", area=own.area, place=own.name, own=own, country=country, region=region,
        neighbours=neighbours, neighbour_average=None, previous=None, overall=None, run=0,
        run_direction=None, comparisons=(), ranking=None,
        trend=Trend(word=TrendWord.UNKNOWN, reason=""),
        rating=Rating(word=RatingWord.NOT_RATED, scheme="", reason=""),
        baseline=baseline, vintages=(judged,) if judged else (), turn=turn, groups=groups,
        age_days=1, stale=False,
    )  # fmt: skip


@st.composite
def cases(draw: st.DrawFn) -> tuple[Finding, Indicator]:
    """Any finding and its indicator."""
    type_ = draw(st.sampled_from(list(FIRST)))
    unit = draw(st.sampled_from([Unit.PERCENT, Unit.RATE, Unit.SCORE, Unit.COUNT, Unit.MONEY]))
    low, high = {
        Unit.PERCENT: (0, 100), Unit.SCORE: (-3, 3), Unit.RATE: (0, 900), Unit.COUNT: (0, 9_000_000)
    }.get(unit, (0, 50_000))  # fmt: skip
    length = draw(st.integers(1, 14))
    value = st.integers(low * 10, high * 10).map(lambda n: n / 10)
    values = st.lists(st.one_of(st.none(), value, value, value), min_size=length, max_size=length)
    place = draw(st.sampled_from(PLACES))
    own = _own(draw, draw(values.filter(any)), place, type_, (high - low) / 20)

    def other(name: str) -> Series:
        return series(draw(values), name=name, type_=type_)

    spread = (high - low) / draw(st.integers(10, 200))
    target = draw(st.one_of(st.none(), value))
    made = None
    if target is not None:
        when = periods.later(own.points[-1].period, draw(st.integers(-2, 12)))
        upper = draw(st.sampled_from([None, Decimal(repr(target)) + 1]))
        made = Target(
            period=when.code, value=Decimal(repr(target)), upper=upper, set_by="Nobody",
            illustrative=draw(st.booleans()),
        )  # fmt: skip
    steps = draw(st.integers(0, 4))
    case = finding(
        own,
        country=other("England") if draw(st.booleans()) else None,
        region=other("South East") if draw(st.booleans()) else None,
        neighbours=tuple(other(p) for p in PLACES[: draw(st.integers(0, 6))] if p != place),
        baseline=forecast(own, steps, spread) if steps else None,
        judged=_judged(own) if draw(st.booleans()) else None,
        groups=_groups(draw, type_, value) if draw(st.booleans()) else (),
    )
    return case, indicator(unit, type_, target=made, decimals=draw(st.integers(0, 2)))


def _own(
    draw: st.DrawFn, values: list[float | None], place: str, type_: PeriodType, half: float
) -> Series:
    several = st.sets(st.integers(0, len(values) - 1), max_size=3)
    marks: dict[int, tuple[str, ...]] = {
        n: ("p",) if values[n] is not None else ("c",) for n in draw(several)
    }
    intervals = {
        n: Interval(lower=v - half / 2, upper=v + half, method="published")
        for n in draw(several)
        if (v := values[n]) is not None
    }
    breaks = tuple(sorted(draw(st.sets(st.integers(1, len(values)), max_size=2))))
    return series(values, name=place, type_=type_, marks=marks, breaks=breaks, intervals=intervals)


def _judged(own: Series) -> Forecast | None:
    earlier = Series(area=own.area, name=own.name, points=own.points[:-2])
    return forecast(earlier, 3, 0.0, frozen=True)


def _groups(
    draw: st.DrawFn, type_: PeriodType, value: st.SearchStrategy[float]
) -> tuple[Groups, ...]:
    names = ("Boys", "Girls", "Eligible for free school meals at any time", "Not known")
    chosen = names[: draw(st.integers(1, 4))]
    own = tuple(
        series([draw(st.one_of(st.none(), value))], type_=type_, group=g, marks={}) for g in chosen
    )
    country = tuple(series([draw(value)], name="England", type_=type_, group=g) for g in chosen)
    gap = Gap(
        breakdown="who", first="Boys", second="Girls", period=period(0, type_), difference=1.5,
        interval=None,
    )  # fmt: skip
    shown = country if draw(st.booleans()) else ()
    return (Groups(breakdown="who_is", title="Who", series=own, country=shown, gap=gap),)


def a_break(step: int) -> Break:
    """A declared break."""
    return Break(period=period(step).code, reason="Counted anew.")
