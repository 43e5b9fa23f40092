"""One card through the whole analysis: gaps, breaks, withheld figures, places without data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from analyse_values import COUNTRY, NEAR, PLACE, REGION, card, context, indicator, target
from databook import analyse
from databook.findings import Benchmark, Direction, Finding, TurnWord, Verdict
from databook.model import Better, Break, Breakdown, Comparisons, Unit, Vintage, VintagePoint
from databook.periods import PeriodType

Row = Mapping[str, Any]


def rows(area: str, figures: Mapping[int, float | None], **more: Any) -> list[Row]:
    return [
        {"period": str(year), "area": area, "value": value,
         "marker": "x" if value is None else None, **more}
        for year, value in figures.items()
    ]  # fmt: skip


def found(data: Sequence[Row], **more: Any) -> Finding:
    edition = more.pop("edition", date(2026, 1, 1))
    return analyse.card(card(indicator(**more), data), context(edition=edition))


def test_a_year_that_is_not_in_the_file_is_a_point_without_a_figure() -> None:
    own = found(rows(PLACE, {2020: 10, 2022: 12})).own
    assert [(p.period.code, p.value, p.markers) for p in own.points] == [
        ("2020", 10, ()),
        ("2021", None, ("x",)),
        ("2022", 12, ()),
    ]


def test_a_place_that_stops_before_the_others_is_shown_without_its_newest_figures() -> None:
    own = found([*rows(PLACE, {2022: 10}), *rows(COUNTRY, {2022: 9, 2023: 8})]).own
    assert own.points[-1].period.code == "2023"
    assert own.points[-1].value is None
    assert own.latest is not None
    assert own.latest.period.code == "2022"


def test_a_place_with_no_row_at_all_is_still_a_finding_with_reasons() -> None:
    finding = found(rows(COUNTRY, {2023: 8}), target=target("5"))
    assert finding.latest is None
    assert finding.comparisons == ()
    assert finding.ranking is None
    assert finding.rating.reason == "no figure"
    assert finding.turn.word is TurnWord.NOT_JUDGED
    assert finding.age_days is None


def test_a_card_without_a_single_row_is_still_a_finding() -> None:
    assert found([]).own.points == ()


def test_zero_is_a_figure_and_withheld_is_none() -> None:
    data = [*rows(PLACE, {2022: 0}), {"period": "2023", "area": PLACE, "marker": "[c]"}]
    own = found(data).own
    assert [(p.value, p.markers) for p in own.points] == [(0, ()), (None, ("c",))]


def test_a_withheld_figure_is_not_rated_and_says_why() -> None:
    finding = found([{"period": "2023", "area": PLACE, "marker": "c"}], target=target("5"))
    assert finding.rating.reason == "the figure is withheld"


def test_a_figure_that_the_publisher_forecast_is_not_taken_as_one_that_happened() -> None:
    data = [*rows(PLACE, {2022: 10}), *rows(PLACE, {2023: 11}, marker="f")]
    assert [p.period.code for p in found(data).own.points] == ["2022"]


def test_no_change_is_told_across_a_declared_break() -> None:
    changed = Break(period="2023", reason="New definition.")
    finding = found(rows(PLACE, {2021: 10, 2022: 11, 2023: 20}), breaks=(changed,))
    assert finding.previous is None
    assert finding.overall is None
    assert [p.since_break for p in finding.own.points] == [0, 0, 1]


def test_a_break_marked_in_the_data_counts_as_one_that_is_declared() -> None:
    data = [
        *rows(PLACE, {2021: 10}),
        *rows(PLACE, {2022: 20}, marker="b"),
        *rows(PLACE, {2023: 21}),
    ]
    finding = found(data)
    assert finding.overall is not None
    assert finding.overall.earlier.period.code == "2022"


def test_a_break_in_one_neighbours_series_breaks_the_average() -> None:
    data = [
        *rows(PLACE, {2021: 10, 2022: 11}),
        *rows(NEAR[0], {2021: 10, 2022: 11}),
        *rows(NEAR[1], {2021: 10}),
        *rows(NEAR[1], {2022: 30}, marker="b"),
    ]
    average = found(data).neighbour_average
    assert average is not None
    assert [p.since_break for p in average.points] == [0, 1]


def test_a_break_in_a_missing_year_still_breaks_the_series() -> None:
    changed = Break(period="2022", reason="New definition.")
    finding = found(rows(PLACE, {2021: 10, 2023: 20}), breaks=(changed,))
    assert finding.previous is None


def test_the_previous_change_skips_a_missing_year_and_names_the_year_it_starts_from() -> None:
    finding = found(rows(PLACE, {2019: 10, 2020: 12, 2022: 9}))
    assert finding.previous is not None
    assert finding.previous.earlier.period.code == "2020"
    assert finding.previous.verdict is Verdict.BETTER
    assert finding.previous.clear is None


def test_a_run_counts_steps_in_one_direction_and_stops_at_a_gap() -> None:
    on_end = found(rows(PLACE, {2018: 9, 2019: 8, 2020: 9, 2021: 10, 2022: 11}))
    assert (on_end.run, on_end.run_direction) == (3, Direction.UP)
    gapped = found(rows(PLACE, {2018: 8, 2019: 9, 2021: 10, 2022: 11}))
    assert (gapped.run, gapped.run_direction) == (1, Direction.UP)
    across = found(rows(PLACE, {2018: 8, 2020: 9}))
    assert (across.run, across.run_direction) == (0, None)


def test_a_clear_change_needs_counts_and_an_unclear_one_says_so() -> None:
    data = [
        {"period": "2022", "area": PLACE, "value": 20.0, "numerator": 20, "denominator": 100},
        {"period": "2023", "area": PLACE, "value": 18.0, "numerator": 18, "denominator": 100},
    ]
    many = [row | {"numerator": row["numerator"] * 100, "denominator": 10000} for row in data]
    few_change, many_change = found(data).previous, found(many).previous
    assert few_change is not None
    assert many_change is not None
    assert (few_change.clear, many_change.clear) == (False, True)


def test_pooled_years_that_overlap_are_never_tested_for_change() -> None:
    data = [
        {"period": p, "area": PLACE, "value": v, "numerator": 100 * v, "denominator": 10000}
        for p, v in (("2019-2021", 20.0), ("2020-2022", 10.0))
    ]
    finding = found(data, periods=PeriodType.POOLED_CALENDAR_YEARS)
    assert finding.previous is not None
    assert finding.previous.clear is None
    assert finding.trend.reason.startswith("The periods share years")


def test_comparisons_are_of_one_period_and_a_missing_benchmark_says_so() -> None:
    data = [*rows(PLACE, {2022: 10, 2023: 11}), *rows(COUNTRY, {2022: 9})]
    by = {c.benchmark: c for c in found(data).comparisons}
    country, region = by[Benchmark.COUNTRY], by[Benchmark.REGION]
    assert (country.verdict, country.value) == (Verdict.NOT_COMPARED, None)
    assert country.reason == "England has no figure for 2023."
    assert region.reason == "South East has no figure for 2023."


def test_the_neighbours_average_says_how_many_and_how_far_apart() -> None:
    data = [
        *rows(PLACE, {2023: 11}),
        *rows(NEAR[0], {2023: 8}),
        *rows(NEAR[1], {2023: 14}),
        *rows(NEAR[2], {2023: None}),
    ]
    near = found(data).comparisons[-1]
    assert (near.value, near.count, near.expected) == (11, 2, 3)
    assert (near.lowest, near.highest) == (8, 14)
    assert near.verdict is Verdict.SAME


def test_a_book_without_places_to_compare_with_compares_nothing() -> None:
    finding = analyse.card(
        card(indicator(), rows(PLACE, {2023: 11})), context(comparisons=Comparisons())
    )
    assert [c.benchmark for c in finding.comparisons] == [Benchmark.NEIGHBOURS]
    assert finding.country is None


def test_groups_come_in_declared_order_with_the_countrys_beside_them() -> None:
    sexes = Breakdown(column="sex", title="Sex", groups=("Girls", "Boys"), gap=("Boys", "Girls"))
    data: list[Row] = []
    for area, girls, boys in ((PLACE, 10.0, 14.0), (COUNTRY, 9.0, 12.0)):
        data += rows(area, {2023: 12}, sex="All")
        data += rows(area, {2023: girls}, sex="Girls") + rows(area, {2023: boys}, sex="Boys")
    of = indicator(breakdowns=(sexes,))
    finding = analyse.card(card(of, data, totals={"sex": "All"}), context())
    (groups,) = finding.groups
    assert [s.group for s in groups.series] == ["Girls", "Boys"]
    assert [s.points[0].value for s in groups.country] == [9, 12]
    assert groups.gap is not None
    assert (groups.gap.difference, groups.gap.interval) == (4, None)
    assert groups.gap.narrowing is None
    assert finding.own.points[0].value == 12


def test_published_limits_go_before_those_worked_out_from_counts() -> None:
    data = [{"period": "2023", "area": PLACE, "value": 20.0, "numerator": 20, "denominator": 100,
             "lower": 15.0, "upper": 26.0}]  # fmt: skip
    latest = found(data).latest
    assert latest is not None
    assert latest.interval is not None
    assert (latest.interval.method, latest.interval.upper) == ("published", 26.0)


def test_a_figure_older_than_two_years_is_stale() -> None:
    fresh = found(rows(PLACE, {2023: 10}), edition=date(2025, 12, 1))
    old = found(rows(PLACE, {2023: 10}), edition=date(2026, 2, 1))
    assert (fresh.stale, old.stale) == (False, True)
    assert fresh.age_days == 701


@pytest.mark.parametrize(
    ("due", "overdue"),
    [("", ""), ("2026-01", ""), ("2025-12", "2025-12"), ("2026-01-14", "2026-01-14"),
     ("2026-01-15", "")],
)  # fmt: skip
def test_a_release_is_overdue_once_its_month_or_day_has_gone(due: str, overdue: str) -> None:
    finding = found(rows(PLACE, {2025: 1}), next_release=due, edition=date(2026, 1, 15))
    assert (finding.overdue, finding.stale) == (overdue, bool(overdue))


def frozen(origin: str, values: Mapping[str, float], **more: Any) -> Vintage:
    return Vintage(
        made_on=more.get("made_on", date(2021, 1, 1)), origin=origin, method="declared",
        author="Somebody", assumptions="", reconstructed=False, scenario=more.get("scenario", ""),
        points=tuple(
            VintagePoint(period=p, value=v, lower_80=None, upper_80=None, lower_95=None,
                         upper_95=None)
            for p, v in values.items()
        ),
    )  # fmt: skip


def judged(data: Sequence[Row], vintages: Sequence[Vintage], **more: Any) -> Finding:
    return analyse.card(card(indicator(**more), data, vintages=tuple(vintages)), context())


def test_the_newest_vintage_that_has_a_later_figure_is_judged() -> None:
    finding = judged(
        rows(PLACE, {2020: 10, 2021: 11, 2022: 12}),
        [
            frozen("2022", {"2023": 12}, made_on=date(2023, 1, 1)),
            frozen("2020", {"2021": 13, "2022": 14}),
            frozen("2019", {"2020": 10}, made_on=date(2020, 1, 1)),
        ],
    )
    assert finding.turn.forecast is not None
    assert finding.turn.forecast.origin.code == "2020"
    assert finding.turn.word is TurnWord.SLOWING
    # The vintage from 2019 starts at a year without a figure and cannot be drawn or judged.
    assert [f.origin.code for f in finding.vintages] == ["2020", "2022"]


def test_a_scenario_is_kept_but_never_judged() -> None:
    finding = judged(
        rows(PLACE, {2020: 10, 2021: 11}), [frozen("2020", {"2021": 13}, scenario="hopeful")]
    )
    assert finding.turn.word is TurnWord.NOT_JUDGED
    assert len(finding.vintages) == 1


def test_no_turn_is_judged_across_a_break() -> None:
    finding = judged(
        rows(PLACE, {2020: 10, 2021: 11}), [frozen("2020", {"2021": 13})],
        breaks=(Break(period="2021", reason="New."),),
    )  # fmt: skip
    assert finding.turn.word is TurnWord.NOT_JUDGED
    assert "definition has changed since 2020" in finding.turn.reason


def test_a_figure_past_the_end_of_the_forecast_is_said_to_be_unjudged() -> None:
    finding = judged(rows(PLACE, {2020: 10, 2021: 11, 2022: 9}), [frozen("2020", {"2021": 13})])
    assert finding.turn.period is not None
    assert finding.turn.period.code == "2021"
    assert finding.turn.periods_judged == 1


def test_a_figure_past_the_end_of_a_forecast_with_an_interval_gets_the_reason_in_words() -> None:
    sure = VintagePoint(period="2021", value=13, lower_80=12, upper_80=14, lower_95=11, upper_95=15)
    vintage = replace(frozen("2020", {}), points=(sure,))
    turn = judged(rows(PLACE, {2020: 10, 2021: 11, 2022: 9}), [vintage]).turn
    assert (turn.word, turn.sureness) == (TurnWord.SLOWING, "likely")
    assert turn.reason.startswith("The forecast from 2020 ends with 2021")


def test_a_forecast_from_earlier_figures_is_marked_reconstructed_and_uses_no_later_one() -> None:
    figures = {2014 + i: v for i, v in enumerate([20, 19, 18, 17.2, 16, 30, 40])}
    data = card(indicator(), rows(PLACE, figures))
    made = analyse.forecast_vintage(
        data, context(), made_on=date(2026, 1, 1), author="Somebody", as_known_on="2018"
    )
    assert made.value is not None
    assert (made.value.origin, made.value.reconstructed) == ("2018", True)
    assert [(p.period, p.value) for p in made.value.points] == [("2019", 15.5), ("2020", 15.0)]
    assert made.value.points[0].lower_80 == 13.952


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"method": "crystal-ball"}, "forecast-method"),
        ({"as_known_on": "lately"}, "forecast-period"),
        ({"as_known_on": "2015"}, "forecast-too-few"),
        ({"method": "ols", "as_known_on": "2017"}, "forecast-too-few"),
    ],
)
def test_a_forecast_that_cannot_be_made_is_a_problem_that_says_how_to_mend_it(
    more: dict[str, str], code: str
) -> None:
    data = card(indicator(), rows(PLACE, {2014 + i: 20.0 - i for i in range(6)}))
    made = analyse.forecast_vintage(
        data, context(), made_on=date(2026, 1, 1), author="Somebody", **more
    )
    assert made.value is None
    assert [p.code for p in made.problems] == [code]
    assert made.problems[0].fix


def test_a_forecast_never_leaves_what_the_figure_can_be() -> None:
    values = {2014 + i: v for i, v in enumerate([9.0, 7.5, 6.1, 4.6, 3.0, 1.5, 0.2])}
    percent = found(rows(PLACE, values)).baseline
    score = found(rows(PLACE, values), unit=Unit.SCORE).baseline
    assert percent is not None
    assert score is not None
    assert {p.value for p in percent.points} == {0.0}
    assert score.points[-1].value < 0


def test_a_percentage_that_is_really_a_rate_may_pass_100() -> None:
    values = {2014 + i: 40.0 + 12 * i for i in range(7)}
    baseline = found(rows(PLACE, values)).baseline
    assert baseline is not None
    assert baseline.points[-1].value == pytest.approx(148)


def test_figures_that_never_moved_are_carried_on_without_a_false_interval() -> None:
    baseline = found(rows(PLACE, {2014 + i: 100.0 for i in range(8)})).baseline
    assert baseline is not None
    assert baseline.points[0].value == 100
    assert baseline.points[0].lower_80 is None


def test_monthly_figures_get_no_yearly_forecast_and_no_yearly_trend() -> None:
    data = [{"period": f"2025-{m:02d}", "area": PLACE, "value": 10.0 + m} for m in range(1, 13)]
    finding = found(data, periods=PeriodType.MONTH)
    assert finding.baseline is None
    assert finding.trend.reason.startswith("The test is made for yearly figures")


def test_neither_way_better_is_told_as_higher_and_is_never_judged() -> None:
    data = [
        *rows(PLACE, {2022: 10, 2023: 12}),
        *rows(COUNTRY, {2023: 11}),
        *rows(NEAR[0], {2023: 9}),
    ]
    finding = found(data, better=Better.NEUTRAL, target=target("5"))
    assert finding.previous is not None
    assert finding.previous.verdict is Verdict.HIGHER
    assert finding.comparisons[0].verdict is Verdict.HIGHER
    assert finding.rating.word == "not rated"
    assert finding.turn.reason.startswith("Neither higher nor lower")
    assert finding.ranking is not None
    assert not finding.ranking.best_first


def test_the_book_measures_its_own_forecasts() -> None:
    wobble = {2012 + i: 10.0 + (1 if i % 2 else -1) for i in range(10)}
    finding = found([*rows(PLACE, wobble), *rows(REGION, wobble), *rows(COUNTRY, {2021: 1})])
    measured = analyse.backtest([finding])
    assert measured.series == 2
    one, two, _ = measured.accuracy
    # The latest figure is always 2 away from the next one and right about the one after it.
    assert (one.steps, one.cases, one.error, one.inside_95) == (1, 10, 1.0, 1.0)
    assert (two.error, two.inside_80) == (0.0, 1.0)


def test_a_backtest_of_nothing_says_so() -> None:
    assert analyse.backtest([]).accuracy == ()


def test_a_forecast_of_ours_without_an_interval_is_set_beside_the_figure_but_not_judged() -> None:
    data = card(indicator(), rows(PLACE, {2020: 12, 2021: 11, 2022: 10}))
    made = analyse.forecast_vintage(data, context(), made_on=date(2023, 1, 1), author="Somebody")
    assert made.value is not None
    turn = judged(rows(PLACE, {2020: 12, 2021: 11, 2022: 10, 2023: 9}), [made.value]).turn
    assert (turn.word, turn.expected, turn.actual) == (TurnWord.NOT_JUDGED, 10, 9)
    assert turn.reason.startswith("No interval could be made")


def test_a_forecast_that_people_declared_without_an_interval_is_judged_and_says_so() -> None:
    turn = judged(rows(PLACE, {2022: 10, 2023: 9}), [frozen("2022", {"2023": 10})]).turn
    assert turn.word is TurnWord.TURNED
    assert turn.reason.startswith("The forecast was made without an interval")
