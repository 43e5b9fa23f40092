"""Small values to feed the analysis with: points, series, indicators, a book's context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from databook.analyse import intervals
from databook.findings import Forecast, ForecastPoint, Point, Series
from databook.model import (
    Area,
    Better,
    Comparisons,
    Edition,
    Indicator,
    Neighbour,
    RatingScheme,
    Settings,
    Source,
    Target,
    Unit,
)
from databook.observations import SCHEMA, Card, Context, Observations, ProtectedCard
from databook.periods import PeriodType, parse

PLACE, COUNTRY, REGION = "E06000044", "E92000001", "E12000008"
NEAR = ("E06000045", "E06000015", "E06000026")
YEAR = PeriodType.CALENDAR_YEAR


def indicator(
    *, unit: Unit = Unit.PERCENT, better: Better = Better.LOWER, periods: PeriodType = YEAR,
    per: int | None = None, **more: Any,
) -> Indicator:  # fmt: skip
    """An indicator with just enough declared."""
    source = more.pop("next_release", "")
    return Indicator(
        slug="example", format=1, kind="indicator", title="Example", short="Example",
        plain="An example.", reads_as="{value} in {place}", population="Children",
        unit=unit, per=per, unit_label="%", better=better, outcomes=("frame/outcome",),
        periods=periods, definition="An example.", topic="Examples",
        source=Source(
            publisher="Somebody", title="Figures", url="https://example.org/",
            released="2025-01", next_release=source,
        ),
        **more,
    )  # fmt: skip


def target(value: str, *, upper: str | None = None, baseline_period: str = "") -> Target:
    """A target for 2025."""
    return Target(
        period="2025", value=Decimal(value), upper=None if upper is None else Decimal(upper),
        baseline_period=baseline_period, set_by="Somebody",
    )  # fmt: skip


def point(
    year: int | str, value: float | None, *, counts: tuple[float, float] | None = None,
    limits: tuple[float, float] | None = None, of: Indicator | None = None, since_break: int = 0,
    markers: tuple[str, ...] = (), type_: PeriodType = YEAR,
) -> Point:  # fmt: skip
    """One figure, with counts or published limits if they are given."""
    numerator, denominator = counts or (None, None)
    lower, upper = limits or (None, None)
    found = intervals.of_point(value, numerator, denominator, lower, upper, of or indicator())
    return Point(
        period=parse(str(year), type_), value=value, numerator=numerator,
        denominator=denominator, interval=found, markers=markers, since_break=since_break,
    )  # fmt: skip


def series(values: Mapping[int, float | None] | Sequence[Point], name: str = "Place") -> Series:
    """A series of one place from values by year, or from points."""
    if isinstance(values, Mapping):
        values = [
            point(year, value, markers=() if value is not None else ("x",))
            for year, value in values.items()
        ]
    return Series(area=name, name=name, points=tuple(values))


def from_first(first: int, values: Sequence[float | None]) -> Series:
    """A series of years in a row from the first."""
    return series({first + i: value for i, value in enumerate(values)})


def forecast(
    origin: int, origin_value: float, values: Sequence[float], *,
    limits: Sequence[tuple[float, float, float, float]] | None = None,
    made_on: date = date(2020, 6, 1), scenario: str = "",
) -> Forecast:  # fmt: skip
    """A frozen forecast; `limits` are lower and upper 80 %, lower and upper 95 %."""
    points = []
    for i, value in enumerate(values):
        low, high, low_95, high_95 = limits[i] if limits else (None,) * 4
        points.append(
            ForecastPoint(
                period=parse(str(origin + 1 + i), YEAR), value=value,
                lower_80=low, upper_80=high, lower_95=low_95, upper_95=high_95,
            )
        )  # fmt: skip
    return Forecast(
        made_on=made_on, origin=parse(str(origin), YEAR), origin_value=origin_value,
        method="declared", author="Somebody", assumptions="None.", points=tuple(points),
        frozen=True, scenario=scenario,
    )  # fmt: skip


def settings(*, edition: date = date(2026, 1, 1), **more: Any) -> Settings:
    """Settings of a book about one place with a country and a region to compare with."""
    return Settings(
        format=1, kind="databook", title="Book", short_title="Book", summary="A book.",
        publisher="Somebody", place=PLACE, population="children", contact="somebody",
        address="https://example.org/", edition=Edition(id="one", date=edition),
        comparisons=more.pop("comparisons", Comparisons(country=COUNTRY, region=REGION)),
        rating_schemes=(RatingScheme(id="percent-of-target", title="Percent of target"),),
        **more,
    )  # fmt: skip


def context(**more: Any) -> Context:
    """A context with the place, three similar places, a region and a country."""
    names = {
        PLACE: "Portsmouth", REGION: "South East", COUNTRY: "England",
        NEAR[0]: "Southampton", NEAR[1]: "Derby", NEAR[2]: "Plymouth",
    }  # fmt: skip
    return Context(
        settings=settings(**more),
        areas=tuple(Area(code=code, name=name, level="place") for code, name in names.items()),
        neighbours=tuple(
            Neighbour(area=PLACE, neighbour=code, rank=rank) for rank, code in enumerate(NEAR, 1)
        ),
        frameworks=(),
    )


def card(
    of: Indicator, rows: Sequence[Mapping[str, Any]], *, totals: Mapping[str, str] | None = None,
    vintages: tuple[Any, ...] = (),
) -> ProtectedCard:  # fmt: skip
    """A card from rows that name a period, an area, a value and whatever else they have."""
    groups = dict(totals or {})
    full = []
    for line, row in enumerate(rows, start=2):
        period = parse(str(row["period"]), of.periods)
        blank = dict.fromkeys(SCHEMA) | groups
        full.append(blank | {"line": line, "code": period.code, "step": period.step} | dict(row))
    schema = {**SCHEMA, **{name: pl.String() for name in groups}}
    frame = pl.DataFrame(full, schema=schema).sort("area", *groups, "step")
    found = Observations(frame=frame, breakdowns=tuple(groups), totals=groups)
    return ProtectedCard(Card(indicator=of, observations=found, vintages=vintages))
