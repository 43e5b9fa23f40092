"""XmR charts for monthly and quarterly figures."""

from __future__ import annotations

from collections.abc import Sequence

from recorder import Example, Method

from analyse_values import indicator, series, target
from databook.analyse import xmr
from databook.findings import Assurance, Control, Point, Series
from databook.model import Better, Indicator
from databook.periods import PeriodType, later, parse

METHOD = Method(
    title="Monthly and quarterly figures: XmR charts",
    words="""
    A figure that comes every month or quarter goes up and down by itself. The chart shows how far
    it usually goes, so that nobody explains what needs no explanation. Four signals say that
    something is more than the usual ups and downs, in this order: a figure outside the limits;
    seven in a row that rise or fall at every step; two of three near one limit; seven in a row on
    one side of the mean. Whether a signal is good follows from which way is better.""",
    formula="""
    moving range = size of the step from each figure to the next; limits = mean ± 2.66 × mean moving
    range. Before that, moving ranges of 3.267 times their mean or more are left out once. Near a
    limit means in the outer third of the way to it. Limits from fewer than 13 figures are on trial.
    A missing period ends a run and gives no moving range; a new definition begins anew.""",
    source="""
    Shewhart; Wheeler (Understanding Variation, 1993); the NHS programme Making Data Count as
    applied by the package NHSRplotthedots 0.2.2. Its spreadsheet leaves no moving range out. That a
    missing month ends a run is this book's own choice.""",
)

SPIKE = (1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1)
# Twenty draws from the standard normal distribution in R after set.seed(123).
NORMAL = (
    -0.56047564655, -0.23017748948, 1.55870831415, 0.07050839142, 0.12928773516,
    1.71506498688, 0.46091620597, -1.26506123461, -0.68685285190, -0.44566197001,
    1.22408179743, 0.35981382705, 0.40077145059, 0.11068271594, -0.55584113452,
    1.78691313681, 0.49785047823, -1.96661715662, 0.70135590156, -0.47279140773,
)  # fmt: skip
WORKED = (20, 22, 19, 21, 23, 20, 18, 22, 25, 26, 25, 27, 26, 28, 27, 26)
START = parse("2024-01", PeriodType.MONTH)


def test_a_spike_is_kept_out_of_the_limits(example: Example) -> None:
    """One spike among eighteen figures

    The published limits with the two great steps left out, and without leaving any out."""
    example.given(figures=SPIKE)
    _expect(example, SPIKE, 1.944444, -0.715556, 4.604444)
    _expect(example, SPIKE, 1.944444, -3.062614, 6.951503, screen=False)


def test_twenty_random_figures(example: Example) -> None:
    """Twenty draws from the normal distribution

    The published limits of the package's own test."""
    example.given(figures=[round(value, 4) for value in NORMAL])
    _expect(example, NORMAL, 0.1416238, -3.011380, 3.294627)


def test_twenty_random_figures_with_one_error(example: Example) -> None:
    """The same twenty with a 10 in the fifteenth place

    One wrong figure moves the mean; screening keeps it from hiding itself."""
    spoilt = (*NORMAL[:14], 10.0, *NORMAL[15:])
    example.given(fifteenth_figure=10)
    _expect(example, spoilt, 0.6694159, -2.383666, 3.722497)
    _expect(example, spoilt, 0.6694159, -4.596625, 5.935457, screen=False)


def test_a_trend_needs_seven_that_all_rise(example: Example) -> None:
    """Seven that rise, and seven that pause

    Six rises in a row make a trend; an equal pair among them makes none."""
    rising, paused = (1, 2, 3, 4, 5, 6, 7), (1, 2, 3, 3, 4, 5, 6)
    example.given(rising=rising, paused=paused)
    example.expect("in the trend of the first", _places(xmr.trends(rising)), "1, 2, 3, 4, 5, 6, 7")
    example.expect("in the trend of the second", _places(xmr.trends(paused)), "none")


def test_two_of_three_near_a_limit(example: Example) -> None:
    """Two of three near one limit

    Only those near the limit are marked; on the other side of the mean they do not count."""
    near = [False, False, True, False, True, False, False]
    example.given(near_a_limit="third and fifth of seven")
    one_side = xmr.two_of_three(near, [1] * 7)
    both_sides = xmr.two_of_three(near, [1, -1, 1, -1, 1, -1, 1])
    example.expect("marked, all on one side", _places(one_side), "3, 5")
    example.expect("marked, on both sides", _places(both_sides), "none")


def test_a_shift_needs_seven_on_one_side(example: Example) -> None:
    """Eight above the mean, then one below

    All eight are marked; with one of them on the mean itself the run ends there."""
    example.given(sides="eight above, one below")
    shifted = xmr.shifts([1] * 8 + [-1])
    ended = xmr.shifts([1, 1, 1, 0, 1, 1, 1, 1, -1])
    example.expect("marked", _places(shifted), "1, 2, 3, 4, 5, 6, 7, 8")
    example.expect("marked with the fourth on the mean", _places(ended), "none")


def test_the_four_rules_together(example: Example) -> None:
    """Sixteen months with each kind of signal

    A figure that meets several rules is told by the first of them."""
    example.given(figures=WORKED)
    _expect(example, WORKED, 23.4375, 18.1175, 28.7575)
    found = xmr.signals(WORKED, xmr.limits(WORKED, xmr.moving_ranges([WORKED])))
    for word, wanted in (
        ("outside the limits", "7"),
        ("two of three near a limit", "12, 14, 15"),
        ("seven in a row on one side of the mean", "1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 13, 16"),
    ):
        example.expect(word, _places([signal == word for signal, _ in found]), wanted)


def test_good_or_bad_by_the_declared_direction(example: Example) -> None:
    """The same months where higher, and where lower, is better

    The last figure stands above the mean: better, worse, or only higher."""
    example.given(figures=WORKED)
    for better, wanted in ((Better.HIGHER, "better"), (Better.LOWER, "worse"),
                           (Better.NEUTRAL, "higher")):  # fmt: skip
        found = _chart(WORKED, better)
        example.expect(f"last figure, {better}", str(found.latest.verdict), wanted)


def test_a_target_inside_above_and_below_the_limits(example: Example) -> None:
    """A target against the limits of those months

    Inside the limits it is sometimes reached and sometimes missed, whatever anybody promises."""
    example.given(limits="18.1175 to 28.7575", targets=[30, 25, 15])
    for aim, high, low in (
        (30, Assurance.FAIL, Assurance.PASS),
        (25, Assurance.HIT_AND_MISS, Assurance.HIT_AND_MISS),
        (15, Assurance.PASS, Assurance.FAIL),
    ):
        up = xmr.assurance(18.1175, 28.7575, aim, Better.HIGHER)
        down = xmr.assurance(18.1175, 28.7575, aim, Better.LOWER)
        neutral = xmr.assurance(18.1175, 28.7575, aim, Better.NEUTRAL)
        example.expect(f"{aim}, higher is better", str(up), str(high))
        example.expect(f"{aim}, lower is better", str(down), str(low))
        assert neutral is Assurance.NONE


def test_no_promise_while_figures_change(example: Example) -> None:
    """A target while the latest figure goes beyond the usual

    The limits describe what was; where the latest figure leaves that, they promise nothing."""
    example.given(figures=WORKED, target=30, last_figure="one of seven or more above the mean")
    found = xmr.control(_months(WORKED), indicator(
        better=Better.HIGHER, periods=PeriodType.MONTH, target=target("30")))  # fmt: skip
    assert found is not None
    example.expect("the target", str(found.assurance), str(Assurance.UNSETTLED))
    steady = (20, 22, 19, 21, 23, 20, 22, 19, 21, 22, 20, 21, 20)
    calm = xmr.control(_months(steady), indicator(
        better=Better.HIGHER, periods=PeriodType.MONTH, target=target("30")))  # fmt: skip
    assert calm is not None
    example.expect(
        "the target, in thirteen steady months", str(calm.assurance), str(Assurance.FAIL)
    )


def test_limits_are_on_trial_until_the_thirteenth_figure(example: Example) -> None:
    """Twelve figures, and thirteen

    From fewer than 13 figures the limits are named as on trial; from fewer than 8 there is no
    chart."""
    example.given(figures="the first 7, 12 and 13 of the sixteen")
    example.expect("a chart from 7", xmr.control(_months(WORKED[:7]), _of()) is not None, False)
    for number, trial in ((12, True), (13, False)):
        phase = _chart(WORKED[:number]).phases[-1]
        example.expect(f"on trial with {number}", phase.trial, trial)


def test_a_missing_month_ends_a_run(example: Example) -> None:
    """Eight months above the mean with a month missing among them

    Four on each side of the missing month are no run of seven."""
    values = [20, 20, 20, 20, 20, 20, 20, 20, 25, 25, 25, 25, None, 25, 25, 25, 25]
    example.given(figures="eight of 20, then four of 25, one missing, four of 25")
    marked = _chart(values).phases[-1].points
    high = [p.period.code for p in marked if p.value == 25 and "row" in p.signal]
    example.expect("months of 25 in a run", len(high), 0)


def test_a_new_definition_begins_with_limits_of_its_own(example: Example) -> None:
    """Eight months under one definition and eight under the next

    Each stretch has its own mean."""
    points = _months(WORKED).points
    broken = [
        Point(period=p.period, value=p.value, since_break=int(n >= 8)) for n, p in enumerate(points)
    ]
    example.given(figures=WORKED, new_definition="from the ninth")
    found = xmr.control(series(broken), _of())
    assert found is not None
    means = [round(phase.mean, 4) for phase in found.phases]
    example.expect("means", "; ".join(map(str, means)), "20.625; 26.25")


def _of(better: Better = Better.HIGHER) -> Indicator:
    return indicator(better=better, periods=PeriodType.MONTH)


def _months(values: Sequence[float | None]) -> Series:
    return series([Point(period=later(START, n), value=value) for n, value in enumerate(values)])


def _chart(values: Sequence[float | None], better: Better = Better.HIGHER) -> Control:
    found = xmr.control(_months(values), _of(better))
    assert found is not None
    return found


def _places(marks: Sequence[object]) -> str:
    return ", ".join(str(n) for n, mark in enumerate(marks, start=1) if mark) or "none"


def _expect(
    example: Example,
    values: Sequence[float],
    mean: float,
    lower: float,
    upper: float,
    *,
    screen: bool = True,
) -> None:
    found = xmr.limits(values, xmr.moving_ranges([values]), screen=screen)
    how = "" if screen else ", nothing left out"
    example.expect(f"mean{how}", found.mean, mean, within=1e-6)
    example.expect(f"lower limit{how}", found.lower, lower, within=1e-6)
    example.expect(f"upper limit{how}", found.upper, upper, within=1e-6)
