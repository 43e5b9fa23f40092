"""Payment by results, and pathways."""

from __future__ import annotations

from recorder import Example, Method

from databook import payment
from databook.analyse import pathway
from databook.pathways import Cell, Row, Stage
from databook.reckonings import Step

METHOD = Method(
    title="Payment by results and pathways",
    words="""
    A point is won when the cumulative count reaches its threshold; once won it is kept, even if
    the count is corrected downwards later. Money is reckoned in whole pence from a declared value
    of a point, never from the budget. Along a pathway, a stage is a share of the stage before
    only where both count the same thing and everybody at the later stage was at the earlier.""",
    formula="""
    points after a quarter = the greater of the points before and the number of thresholds that
    the cumulative count has reached; award = new points × value of a point; worst case = centres
    × triggers × points of a trigger × value of a point.""",
    source="""
    Plymouth payment-by-results slides, slides 12 to 17. That points are never taken back is not
    said there and is this book's reading. The interval of a share is Wilson's.""",
)


def test_the_printed_example(example: Example) -> None:
    """Four quarters with 14, 8, 10 and 5 new

    The fourth quarter ends one short of the target and earns nothing."""
    thresholds, new = (16, 23, 31, 38), (14, 8, 10, 5)
    example.given(thresholds=thresholds, new_each_quarter=new, value_of_a_point="£672")
    cumulative = payment.cumulated(new)
    example.expect("cumulative", _row(cumulative), "14; 22; 32; 37")
    found = payment.points(cumulative, thresholds)
    example.expect("points", _row(found), "0; 1; 3; 3")
    awards = [672 * (b - a) for a, b in zip((0, *found), found, strict=False)]
    example.expect("awards in pounds", _row(awards), "0; 672; 1344; 0")


def test_the_rule_behind_the_thresholds(example: Example) -> None:
    """A target of 20% of 188, and thresholds at 40, 60, 80 and 100% of it

    Each share is rounded up. The rule is not printed; it was found from the figures."""
    example.given(reach=188, target_share=20, point_shares=(40, 60, 80, 100))
    example.expect("thresholds", _row(payment.thresholds(188, 20, (40, 60, 80, 100))),
                   "16; 23; 31; 38")  # fmt: skip


def test_a_count_corrected_downwards(example: Example) -> None:
    """A count of 24 that is corrected to 20 a quarter later

    The two points stay; the third is won when 31 is reached again."""
    example.given(thresholds=(16, 23, 31, 38), cumulative=(24, 20, 31))
    example.expect("points", _row(payment.points((24, 20, 31), (16, 23, 31, 38))), "2; 2; 3")


def test_a_stage_of_a_pathway(example: Example) -> None:
    """37 of 188 at the next stage

    One in five, and very probably between 15% and 26%."""
    example.given(stage=188, next_stage=37)
    step = _steps("women", "women", 188, 37)[1]
    example.expect("share", step.share, 37 / 188)
    assert step.interval is not None
    example.expect("lower limit", step.interval.lower, 0.146292, within=1e-5)
    example.expect("upper limit", step.interval.upper, 0.259467, within=1e-5)


def test_contacts_are_no_share_of_women(example: Example) -> None:
    """240 contacts after a stage of 100 women

    A contact is not a woman, and one woman may have several."""
    example.given(women=100, contacts=240)
    step = _steps("women", "contacts", 100, 240)[1]
    example.expect("share", step.share, None)
    example.expect("reason", step.reason, "the unit changes from women to contacts")


def _steps(first: str, second: str, before: int, after: int) -> tuple[Step, ...]:
    stages = (
        Stage(slug="a", title="First", counts=first),
        Stage(slug="b", title="Second", counts=second),
    )
    return pathway.steps(stages, Row(title="Row", cells=(Cell(count=before), Cell(count=after))))


def _row(numbers: object) -> str:
    assert isinstance(numbers, list | tuple)
    return "; ".join(str(number) for number in numbers)
