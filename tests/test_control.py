"""Charts of months and quarters: what they draw, what they say, and when there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from analyse_values import indicator, series
from databook import analyse, control_words, draw, words
from databook.analyse import xmr
from databook.draw import control as control_picture
from databook.draw import pen, vl_pen
from databook.findings import (
    Assurance,
    Finding,
    Point,
    Rating,
    RatingWord,
    Series,
    Signal,
    Sureness,
    Trend,
    TrendWord,
    Turn,
    TurnWord,
)
from databook.model import Better, Indicator, Target, Unit, Vintage, VintagePoint
from databook.periods import PeriodType, later, parse
from databook.render import blocks

WORKED = (20, 22, 19, 21, 23, 20, 18, 22, 25, 26, 25, 27, 26, 28, 27, 26)
STEADY = (20, 22, 19, 21, 23, 20, 22, 19, 21, 22, 20, 21, 20)
START = parse("2024-01", PeriodType.MONTH)


def months(values: Sequence[float | None]) -> Series:
    points = [
        Point(period=later(START, n), value=v, markers=() if v is not None else ("x",))
        for n, v in enumerate(values)
    ]
    return series(points, "The club")


def monthly(**more: object) -> Indicator:
    return indicator(
        unit=Unit.RATE, per=1000, better=Better.HIGHER, periods=PeriodType.MONTH, **more
    )


def aim(value: str) -> Target:
    return Target(period="2025-12", value=Decimal(value), set_by="Nobody: an example")


def finding(values: Sequence[float | None], of: Indicator) -> Finding:
    own = months(values)
    return Finding(
        slug="club", area="club", place="The club", own=own, country=None, region=None,
        neighbours=(), neighbour_average=None, previous=None, overall=None, run=0,
        run_direction=None, comparisons=(), ranking=None,
        trend=Trend(word=TrendWord.UNKNOWN, reason="monthly"),
        rating=Rating(word=RatingWord.NOT_RATED, scheme="", reason="no target set"),
        baseline=None, vintages=(),
        turn=Turn(word=TurnWord.NOT_JUDGED, sureness=Sureness.UNKNOWN, reason="none"),
        groups=(), age_days=10, stale=False, control=xmr.control(own, of),
    )  # fmt: skip


def picture(values: Sequence[float | None], of: Indicator):
    found = finding(values, of)
    assert found.control is not None
    made = control_picture.picture(found, found.control, of, "wide")
    assert made is not None
    return made


# --- the picture -----------------------------------------------------------------------------


def test_mean_and_limits_are_drawn_where_they_hold() -> None:
    rules = picture(WORKED, monthly()).panels[0].rules
    drawn = {r.role: round(r.y, 4) for r in rules if r.role == "mean"}
    assert drawn == {"mean": 23.4375}
    assert sorted(round(r.y, 4) for r in rules if r.role == "limit") == [18.1175, 28.7575]


def test_each_signal_is_told_from_a_usual_figure_without_colour() -> None:
    dots = picture(WORKED, monthly()).panels[0].dots
    assert [d.role for d in dots] == ["signal-worse"] * 8 + ["signal-better"] * 8
    labels = [label.text for label in picture(WORKED, monthly()).panels[0].labels]
    assert "worse than usual" in labels
    assert "better than usual" in labels


def test_no_line_crosses_a_missing_month() -> None:
    values = [*STEADY[:6], None, *STEADY[6:]]
    lines = picture(values, monthly()).panels[0].lines
    assert [len(line.points) for line in lines] == [6, 7]


def test_a_limit_below_what_is_possible_is_not_drawn() -> None:
    low = (1, 4, 0, 3, 1, 4, 0, 2, 1, 3, 0, 4, 1)
    found = finding(low, monthly())
    assert found.control is not None
    assert found.control.phases[0].lower < 0
    rules = picture(low, monthly()).panels[0].rules
    assert all(rule.y >= 0 for rule in rules)
    assert len([rule for rule in rules if rule.role == "limit"]) == 1


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_both_pens_draw_it_and_all_words_stay_inside(size: str) -> None:
    of = monthly(target=aim("30"))
    found = finding(WORKED, of)
    assert found.control is not None
    made = control_picture.picture(found, found.control, of, size)  # type: ignore[arg-type]
    assert made is not None
    words = [label.text for label in made.panels[0].labels]
    direct = pen.svg(made, name="x", title="t", description="d")
    other = vl_pen.svg(made, name="x", title="t", description="d")
    for text in words:
        assert f">{text}<" in direct
        assert f">{text}<" in other
    for label in made.panels[0].labels:
        assert -made.left - 1 <= label.x <= made.width - made.left + 1


def test_it_takes_the_place_of_the_trend_with_its_forecast() -> None:
    of = monthly()
    chart = draw.charts(finding(WORKED, of), of).trend
    assert chart is not None
    assert "the usual ups and downs" in chart.title
    assert "c-forecast" not in chart.wide


# --- the words -------------------------------------------------------------------------------


def said(values: Sequence[float | None], **more: object) -> str:
    of = monthly(**more)
    found = finding(values, of)
    assert found.control is not None
    return " ".join(control_words.sentences(found.control, of))


def test_a_steady_series_asks_for_no_explanation() -> None:
    text = said(STEADY)
    assert "comes and goes by itself" in text
    assert "asks for no explanation" in text
    assert "No earlier figure gives a signal" in text


def test_a_changing_series_is_not_said_to_have_a_usual_level() -> None:
    text = said(WORKED)
    assert "comes and goes by itself" not in text
    assert "There has been no one usual level since January 2024: 16 of 16" in text


@pytest.mark.parametrize(
    ("target", "word"),
    [
        ("30", "will be missed every time"),
        ("15", "will be reached every time"),
        ("21", "sometimes"),
    ],
)
def test_what_to_expect_of_a_target_while_figures_are_steady(target: str, word: str) -> None:
    assert word in said(STEADY, target=aim(target))


def test_nothing_is_expected_of_a_target_while_figures_change() -> None:
    assert "is not judged against the limits" in said(WORKED, target=aim("30"))


def test_limits_from_few_figures_are_named_as_on_trial() -> None:
    assert "rest on twelve figures and are on trial" in said(STEADY[:12])
    assert "on trial" not in said(STEADY)


def test_neither_better_nor_worse_where_neither_way_is_good() -> None:
    of = replace(monthly(), better=Better.NEUTRAL, better_reason="Neither.")
    found = finding(WORKED, of).control
    assert found is not None
    assert {str(p.verdict) for p in found.phases[0].points} == {"higher", "lower"}
    assert found.assurance is Assurance.NONE


def test_yearly_and_short_series_have_no_such_chart() -> None:
    assert xmr.control(months(STEADY), indicator()) is None
    assert xmr.control(months(STEADY[:7]), monthly()) is None
    assert xmr.control(months(STEADY[:8]), monthly()) is not None


def test_a_series_that_never_moves_gives_no_signal() -> None:
    found = xmr.control(months([5] * 12), monthly())
    assert found is not None
    assert {p.signal for p in found.phases[0].points} == {Signal.NONE}


def test_a_book_s_monthly_card_gets_a_chart_and_no_forecast() -> None:
    from analyse_values import PLACE, card, context

    rows = [
        {"period": later(START, n).code, "area": PLACE, "value": float(v)}
        for n, v in enumerate(STEADY)
    ]
    found = analyse.card(card(monthly(), rows), context(edition=date(2026, 1, 1)))
    assert found.control is not None
    assert found.baseline is None
    facts = {fact["name"]: fact["detail"] for fact in blocks.facts(found, monthly())}
    assert facts[blocks.AGAINST_FORECAST].startswith("Forecasts are made of yearly figures only.")


def test_a_forecast_that_people_made_of_months_is_judged_and_not_said_to_be_drawn() -> None:
    from analyse_values import PLACE, card, context

    rows = [
        {"period": later(START, n).code, "area": PLACE, "value": float(v)}
        for n, v in enumerate(STEADY)
    ]
    made = Vintage(
        made_on=date(2024, 6, 1), origin="2024-05", method="declared", author="Those who know",
        assumptions="Nothing changes", reconstructed=False, scenario="",
        points=(VintagePoint(period="2024-06", value=22.0, lower_80=None, upper_80=None,
                             lower_95=None, upper_95=None),),
    )  # fmt: skip
    found = analyse.card(card(monthly(), rows, vintages=(made,)), context(edition=date(2026, 1, 1)))
    assert found.turn.forecast is not None
    told = blocks.caption(found, monthly())
    assert "dash-dotted" not in told
    assert "The forecast made on 1 June 2024 is not drawn; a table below has it." in told


@pytest.mark.parametrize(
    ("periods", "since"),
    [(PeriodType.MONTH, "since January 2024 "),
     (PeriodType.QUARTER, "since the quarter January to March 2024 ")],
)  # fmt: skip
def test_it_is_said_since_when(periods: PeriodType, since: str) -> None:
    start = parse("2024-01" if periods is PeriodType.MONTH else "2024-Q1", periods)
    own = series([Point(period=later(start, n), value=v) for n, v in enumerate(STEADY)], "Club")
    of = replace(monthly(), periods=periods)
    found = xmr.control(own, of)
    assert found is not None
    assert since in control_words.sentences(found, of)[0]


@pytest.mark.parametrize("many", [5, 13])
def test_no_forecast_of_months_is_frozen_and_it_is_said_why(many: int) -> None:
    from analyse_values import PLACE, card, context

    rows = [
        {"period": later(START, n).code, "area": PLACE, "value": float(v)}
        for n, v in enumerate(STEADY[:many])
    ]
    data, around, day = card(monthly(), rows), context(edition=date(2026, 1, 1)), date(2026, 1, 1)
    made = analyse.forecast_vintage(data, around, made_on=day, author="Somebody")
    assert [problem.code for problem in made.problems] == ["forecast-not-yearly"]
    assert "eight figures" in made.problems[0].fix
    assert "eight figures" in analyse.card(data, around).turn.reason


@pytest.mark.parametrize(("last", "clear"), [(24, False), (32, True), (9, True)])
def test_a_step_without_an_interval_is_clear_only_beyond_the_usual_steps(
    last: int, clear: bool
) -> None:
    from analyse_values import PLACE, card, context

    rows = [
        {"period": later(START, n).code, "area": PLACE, "value": float(v)}
        for n, v in enumerate((*STEADY, last))
    ]
    of = replace(monthly(), unit=Unit.COUNT, per=None)
    found = analyse.card(card(of, rows), context(edition=date(2026, 1, 1)))
    assert found.previous is not None
    assert found.previous.clear is clear


def test_of_a_run_whose_newest_step_is_small_only_that_step_is_called_chance() -> None:
    from analyse_values import PLACE, card, context

    rows = [
        {"period": later(START, n).code, "area": PLACE, "value": float(v)}
        for n, v in enumerate((*STEADY, 22, 23))
    ]
    of = replace(monthly(), unit=Unit.COUNT, per=None)
    found = analyse.card(card(of, rows), context(edition=date(2026, 1, 1)))
    said = " ".join(words.headline(found, of))
    assert "It has risen two months running" in said
    assert "the last step by itself may be no more than chance" in said
