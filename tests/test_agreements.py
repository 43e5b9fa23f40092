"""Payment by results: Plymouth's trial as printed, and what holds of any such agreement."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import papers
import tiny
from databook import payment, protect, words
from databook.agreements import Agreement
from databook.analyse import agreement as analysis
from databook.findings import RatingWord
from databook.model import RatingScheme
from databook.performance import Performance
from databook.reckonings import AgreementFinding
from databook.render.agreements import answer
from databook.render.population import fallen, sentence

PLYMOUTH = papers.text("agreements", "plymouth-childrens-centres")
LUTON = RatingScheme(id="luton", title="Percent of target achieved")


@pytest.fixture(scope="module")
def plymouth() -> Agreement:
    found, problems = papers.checked("agreements", PLYMOUTH)
    assert problems == ()
    return found.agreements[0]


@pytest.fixture(scope="module")
def finding(plymouth: Agreement) -> AgreementFinding:
    return analysis.agreement(plymouth, LUTON)


# --- as printed ----------------------------------------------------------------------------


def test_seventeen_centres_eleven_in_30_and_six_in_70_percent_areas(finding):
    assert finding.centres == 17
    assert finding.by_type == {"30% area": 11, "70% area": 6}


def test_cumulative_counts_earn_nought_one_three_three_points(finding):
    quarters = finding.settlements[0].quarters
    assert [q.cumulative for q in quarters] == [14, 22, 32, 37]
    assert [q.points for q in quarters] == [0, 1, 3, 3]
    assert [q.award for q in quarters] == [0, 672_00, 1_344_00, 0]
    assert finding.settlements[0].earned == 2_016_00


def test_the_hidden_rule_gives_the_printed_thresholds():
    assert payment.thresholds(188, 20, (40, 60, 80, 100)) == (16, 23, 31, 38)


def test_the_fourth_quarter_is_paid_from_the_next_year(finding):
    quarters = finding.settlements[0].quarters
    assert [q.paid for q in quarters] == [
        date(2012, 7, 1), date(2012, 10, 1), date(2013, 1, 1), date(2013, 4, 1)
    ]  # fmt: skip
    assert [q.paid_year for q in quarters] == ["2012/13"] * 3 + ["2013/14"]
    assert [q.after_year for q in quarters] == [False, False, False, True]


def test_expected_is_under_the_budget_and_the_worst_case_far_over_it(finding):
    due = finding.liability
    assert (due.expected_points, due.expected) == (119, 79_968_00)
    assert (due.worst_points, due.worst, due.over) == (204, 137_088_00, 57_088_00)
    assert due.affordable_points == 119
    assert due.affordable_share == Fraction(80_000, 137_088)


def test_points_that_are_worth_nothing_cost_nothing():
    source = papers.changed(PLYMOUTH, ("value_per_point: 672", "value_per_point: 0"))
    found, _ = papers.checked("agreements", source)
    due = analysis.agreement(found.agreements[0], LUTON).liability
    assert (due.worst, due.affordable_share) == (0, None)
    assert "£0" in answer(found.agreements[0], analysis.agreement(found.agreements[0], LUTON))


def test_points_and_rating_of_one_result_stand_apart(finding):
    settled = finding.settlements[0]
    assert settled.share_of_target == Fraction(37, 38)
    assert settled.rating is RatingWord.GREEN
    assert (settled.points, settled.most_points) == (3, 4)


def test_all_that_is_paid_for_is_effort(finding):
    assert finding.only_effort_paid


def test_breastfeeding_rose_while_its_gap_widened(plymouth, finding):
    gap, table = finding.population[0], plymouth.population[0]
    assert gap.gaps == (Decimal("-10.7"), Decimal("-8.4"), Decimal("-11.7"))
    assert (gap.change, gap.gap_change) == (Decimal("1.3"), Decimal("1.0"))
    assert gap.opposite
    assert "opposite stories" in sentence(table, gap)
    assert [str(v) for v in table.lines[1].values] == ["34", "37.5", "35.3"]


def test_the_gap_in_development_narrowed_partly_because_the_other_areas_fell(plymouth, finding):
    gap, table = finding.population[1], plymouth.population[1]
    assert gap.gaps == (Decimal(9), Decimal(10), Decimal(6))
    assert not gap.opposite
    assert "from 81 to 80" in fallen(table, gap)


def test_a_gap_that_closed_because_those_behind_rose_is_no_loss_to_those_ahead(plymouth):
    table = plymouth.population[1]
    lines = [replace(x, values=(*x.values[:2], Decimal(82))) if "other" in x.name else x
             for x in table.lines]  # fmt: skip
    risen = [replace(x, values=(*x.values[:2], Decimal(79))) if "30%" in x.name else x
             for x in lines]  # fmt: skip
    changed = replace(table, lines=tuple(risen))
    assert fallen(changed, analysis.gap(changed)) == ""


def test_the_answer_says_what_it_may_cost(plymouth, finding):
    said = answer(plymouth, finding)
    assert "£79,968 of the £80,000 budget" in said
    assert said.endswith("£137,088, which is £57,088 more than the budget.")


# --- what the check says -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("total-not-as-reckoned", "    - code: total-not-as-reckoned\n", "    - code: other\n"),
        ("worst-case-over-budget", "    - code: worst-case-over-budget\n", "    - code: other\n"),
        ("denominator-mismatch", "      - code: denominator-mismatch\n", "      - code: other\n"),
        ("only-effort-paid", "  - code: only-effort-paid\n", "  - code: other\n"),
    ],
)
def test_each_doubt_about_the_trial_is_found_by_the_check(code, old, new):
    found = papers.codes("agreements", papers.changed(PLYMOUTH, (old, new)))
    assert sorted(found) == sorted([code, "acknowledged-nothing"])


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("centres-sum", "printed_centres: 17", "printed_centres: 20"),
        ("trigger-unsound", "trigger: breastfeeding-support", "trigger: breastfeding-support"),
        ("thresholds-order", "thresholds: [16, 23, 31, 38]", "thresholds: [16, 31, 23, 38]"),
        ("thresholds-order", "thresholds: [16, 23, 31, 38]", "thresholds: [16, 23, 38]"),
        ("thresholds-off-rule", "thresholds: [16, 23, 31, 38]", "thresholds: [15, 23, 31, 38]"),
        ("points-not-as-reckoned", "printed_points: [0, 1, 3, 3]", "printed_points: [0, 1, 3, 4]"),
        ("quarter-unreadable", "first_quarter: 2012-Q2", "first_quarter: 2012/13 Q1"),
        ("population-unsound", 'gap: ["Plymouth", "National"]', 'gap: ["Plymouth", "Nation"]'),
        ("population-unsound", "values: [34, 37.5, 35.3]", "values: [34, 37.5]"),
        ("population-unsound", 'codes: ["2009", "2010", "2011"]', 'codes: ["2009", "x", "2011"]'),
        ("indicator-unknown", "indicator: child-poverty", "indicator: child-povert"),
    ],
)
def test_a_slip_in_an_agreement_is_found(code, old, new):
    assert code in papers.codes("agreements", papers.changed(PLYMOUTH, (old, new)))


def test_an_agreement_of_one_s_own_says_nothing_of_what_a_source_prints():
    own = papers.changed(PLYMOUTH, ("printed_centres: 17\n", ""))
    assert papers.codes("agreements", own) == papers.codes("agreements", PLYMOUTH)
    address = "agreements/one/"
    assert papers.shown("agreements", own)[address] == papers.shown("agreements", PLYMOUTH)[address]


@pytest.mark.parametrize(
    ("new", "said", "rating"),
    [
        ("[14]", "So far one quarter earns £0.", "The target is for four quarters"),
        ("[14, 8]", "So far two quarters earn £0 and £672.", "The target is for four quarters"),
        ("[14, 8, 10, 5]", "The four quarters earn £0, £672, £1,344 and £0.", "Green"),
    ],
)
def test_a_year_that_is_not_over_is_not_rated_against_the_target_of_all_of_it(new, said, rating):
    source = papers.changed(PLYMOUTH, ("new: [14, 8, 10, 5]", f"new: {new}"))
    source = papers.changed(source, ("    printed_points: [0, 1, 3, 3]\n", ""))
    page = html.unescape(papers.shown("agreements", source)["agreements/one/"])
    assert said in page
    judged = page.partition("By the rating scheme")[2].partition("of the target")[0]
    assert rating in judged
    assert ("Not rated" in judged) is (rating != "Green")


def test_a_problem_stands_at_the_figure_it_speaks_of():
    _, problems = papers.checked(
        "agreements", papers.changed(PLYMOUTH, ("printed_centres: 17", "printed_centres: 20"))
    )
    line = PLYMOUTH.split("\n").index("printed_centres: 17") + 1
    assert [(p.place.line, p.place.column) for p in problems if p.code == "centres-sum"] == [
        (line, 18)
    ]


def test_nobody_has_counted_people_in_a_quarter_that_has_not_begun():
    real = papers.changed(PLYMOUTH, ("counted: false", "counted: true"))
    assert "period-ahead" not in papers.codes("agreements", real)
    ahead = papers.changed(real, ("first_quarter: 2012-Q2", "first_quarter: 2026-Q1"))
    _, problems = papers.checked("agreements", ahead)
    (problem,) = [p for p in problems if p.code == "period-ahead"]
    assert problem.place.line == ahead.split("\n").index("    new: [14, 8, 10, 5]") + 1
    made_up = papers.changed(PLYMOUTH, ("first_quarter: 2012-Q2", "first_quarter: 2026-Q1"))
    assert "period-ahead" not in papers.codes("agreements", made_up)


def test_an_error_cannot_be_acknowledged_away():
    source = papers.changed(PLYMOUTH, ("printed_centres: 17", "printed_centres: 20"))
    source = papers.changed(source, ("  - code: only-effort-paid\n", "  - code: centres-sum\n"))
    assert "centres-sum" in papers.codes("agreements", source)


def test_small_counts_of_real_people_stop_the_build_and_are_gone():
    source = papers.changed(PLYMOUTH, ("counted: false", "counted: true"))
    found, _ = papers.checked("agreements", source)
    safe = protect.papers(found, tiny.context(), {})
    assert safe.value is not None
    assert [p.code for p in safe.problems] == ["disclosure-small-count"]
    assert safe.value.agreements[0].examples[0].new == ()
    withheld = analysis.agreement(safe.value.agreements[0], LUTON).settlements[0]
    assert (withheld.points, withheld.earned, withheld.rating) == (None, None, RatingWord.NOT_RATED)


def example(**about):
    agreement = papers.checked("agreements", PLYMOUTH)[0].agreements[0]
    one = replace(agreement.examples[0], counted=True, **about)
    safe = protect.papers(
        Performance(agreements=(replace(agreement, examples=(one,)),)), tiny.context(), {}
    )
    return sorted({p.code for p in safe.problems})


def test_few_in_reach_few_left_and_points_tell_small_counts_too():
    assert example(reach=40, new=(8, 7, 9), printed_points=()) == []
    assert example(reach=27, new=(8, 7, 9), printed_points=()) == ["disclosure-complement"]
    assert example(reach=4, new=(), printed_points=()) == ["disclosure-small-count"]
    # Nobody reached the threshold of four, and the counts are withheld because there were some.
    told = example(reach=40, new=(), thresholds=(4, 20, 30), printed_points=(0, 1))
    assert told == ["disclosure-derived"]
    assert example(reach=40, new=(), thresholds=(9, 20, 30), printed_points=(0, 1)) == []


# --- what the pages say --------------------------------------------------------------------


def test_points_and_rating_stand_side_by_side_and_each_payment_has_its_year():
    page = html.unescape(papers.shown("agreements", PLYMOUTH)["agreements/one/"])
    assert "3 of 4 points" in page
    assert "37 of 38 is 97.4% of the target" in page
    assert "quarter 4 is paid in April 2013 from the budget of 2013/14" in page
    assert page.count("£137,088") >= 2
    assert "earn £0, £672, £1,344 and £0" in page


def test_every_acknowledged_doubt_is_said_on_the_page(plymouth):
    page = html.unescape(papers.shown("agreements", PLYMOUTH)["agreements/one/"])
    said = [*plymouth.acknowledged, *plymouth.money.acknowledged]
    said += [a for e in plymouth.examples for a in e.acknowledged]
    said += [a for s in plymouth.pathway.stages for a in s.acknowledged]
    assert len(said) == 9
    for known in said:
        assert known.reason in page


def test_withheld_counts_leave_no_trace_on_the_page():
    source = papers.changed(PLYMOUTH, ("counted: false", "counted: true"))
    page = html.unescape(papers.shown("agreements", source)["agreements/one/"])
    assert "[c] withheld so that nobody can be identified" in page
    for gone in ("£672 and", "of the target. Scheme", "3 of 4 points", "£2,016"):
        assert gone not in page


def test_the_population_page_tells_both_stories_with_the_printed_figures(plymouth):
    page = html.unescape(papers.shown("agreements", PLYMOUTH)["agreements/one/population/"])
    assert "tell opposite stories" in page
    for figure in ("44.7%", "45.9%", "47.0%", "34%", "37.5%", "35.3%", "−10.7", "−8.4", "−11.7"):
        assert f">{figure}<" in page


# --- what holds of any agreement -----------------------------------------------------------

steps = st.lists(st.integers(1, 500), min_size=1, max_size=8, unique=True).map(sorted)
news = st.lists(st.integers(0, 200), max_size=12)


@given(news, steps)
def test_points_never_fall_and_never_pass_the_most(new, thresholds):
    found = payment.points(payment.cumulated(new), thresholds)
    assert all(a <= b for a, b in pairwise(found))
    assert all(0 <= p <= len(thresholds) for p in found)


@given(st.lists(st.integers(0, 500), max_size=12), steps)
def test_points_are_kept_even_where_a_corrected_count_falls(cumulative, thresholds):
    found = payment.points(cumulative, thresholds)
    assert all(a <= b for a, b in pairwise(found))
    for at, count in enumerate(cumulative):
        assert found[at] >= sum(count >= t for t in thresholds)


@given(news, steps, st.integers(0, 10_000_00))
def test_awards_sum_to_points_times_value(plymouth_new, thresholds, value):
    found, _ = papers.checked("agreements", PLYMOUTH)
    one = found.agreements[0]
    example = replace(one.examples[0], new=tuple(plymouth_new), thresholds=tuple(thresholds))
    money = replace(one.money, value_per_point=Decimal(value) / 100)
    settled = analysis.settle(example, money, LUTON)
    awards = [q.award for q in settled.quarters]
    assert all(a >= 0 for a in awards)
    assert sum(awards) == (settled.points or 0) * value


@given(st.integers(0, 5_000), st.integers(1, 100))
def test_thresholds_by_rule_end_at_the_target_and_never_fall(reach, share):
    found = payment.thresholds(reach, share, (40, 60, 80, 100))
    assert found[-1] == -(-reach * share // 100)
    assert all(a <= b for a, b in pairwise(found))


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_pounds_become_pence_without_loss(pounds):
    assert Decimal(payment.pence(pounds)) / payment.PENCE == pounds


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_a_financial_year_begins_in_april(day):
    start = int(analysis.financial_year(day)[:4])
    assert date(start, 4, 1) <= day <= date(start + 1, 3, 31)


@pytest.mark.parametrize(
    ("noun", "more"), [("centre", "centres"), ("library", "libraries"), ("branch", "branches"),
                       ("day", "days"), ("class", "classes")],
)  # fmt: skip
def test_what_earns_points_may_be_called_by_any_noun(noun: str, more: str) -> None:
    assert words.plural(2, noun) == f"two {more}"


def test_an_invented_agreement_says_so_and_shows_the_shares_of_its_pathway() -> None:
    page = html.unescape(
        papers.shown("agreements", papers.text("agreements", "example-reading-partners"))[
            "agreements/one/"
        ]
    )
    assert "illustrative" in page.partition("</h1>")[0]
    assert "78.3% of the stage before" in page
    assert "95% interval 72.7% to 83.1%" in page
    assert "the source prints no review" not in page
