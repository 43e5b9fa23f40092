"""Plans: Herefordshire's measures as printed, and what makes an action late or not SMART."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

import papers
import tiny
from databook import protect
from databook.analyse import plan as analysis
from databook.findings import RatingWord
from databook.milestones import is_late, smart
from databook.model import ActionState
from databook.performance import Performance, PerformanceFindings
from databook.plans import Figure, PlanAction
from databook.reckonings import PlanFinding, Standing
from databook.render import report_services
from databook.render.plan_actions import development, steps
from databook.render.plans import answer

HEREFORDSHIRE = papers.text("plans", "herefordshire-jar-improvement")
G, A, R, N = RatingWord.GREEN, RatingWord.AMBER, RatingWord.RED, RatingWord.NOT_RATED


@pytest.fixture(scope="module")
def herefordshire():
    found, problems = papers.checked("plans", HEREFORDSHIRE)
    assert problems == ()
    return found.plans[0]


@pytest.fixture(scope="module")
def finding(herefordshire) -> PlanFinding:
    return analysis.plan(herefordshire, tiny.context().settings)


# --- as printed ----------------------------------------------------------------------------

# Percent of target at the baseline by Luton's rule, the colour by arithmetic, the colour given.
TABLE = [
    ("referrals", "79.5", R, R),
    ("referrals-to-initial-assessment", "75.4", R, R),
    ("initial-assessments-in-7-days", "93.5", A, A),
    ("core-assessments", "72.2", R, R),
    ("core-assessments-in-35-days", "95.0", G, G),
    ("protection-register", "98.8", G, N),
    ("health-assessments", "97.5", G, G),
    ("ot-within-12-weeks", "100.0", G, G),
    ("transition-plans", None, N, N),
    ("care-leavers-accommodation", "89.5", R, N),
    ("joint-commissioning", "95.1", G, G),
    ("short-breaks", "90.0", A, A),
    ("staff-trained-caf", None, N, N),
    ("cafs-completed", None, N, N),
    ("social-workers", "75.8", R, R),
    ("turnover", "91.3", A, A),
    ("vacancies", "-134.0", R, R),
    ("retention", "101.3", G, G),
]


@pytest.mark.parametrize(("slug", "share", "literal", "given"), TABLE)
def test_each_measure_has_its_share_of_target_and_colour(finding, slug, share, literal, given):
    standing: Standing = finding.standings[slug]
    shown = standing.share_of_target
    assert (None if shown is None else f"{_half_up(100 * shown)}") == share
    assert (standing.literal, standing.rating) == (literal, given)


def _half_up(value) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.1"), "ROUND_HALF_UP")


def test_the_table_is_the_whole_plan(herefordshire):
    assert [one.slug for one in herefordshire.indicators] == [row[0] for row in TABLE]


def test_boundaries_are_exact(finding):
    assert finding.standings["core-assessments-in-35-days"].share_of_target == Decimal("0.95")
    assert finding.standings["short-breaks"].share_of_target == Decimal("0.9")


def test_nothing_is_travelled_at_the_start_whatever_the_colour(finding):
    for slug, standing in finding.standings.items():
        if slug == "ot-within-12-weeks":
            assert standing.distance_travelled is None
            assert "no way to go" in standing.distance_reason
        elif standing.share_of_target is not None:
            assert standing.distance_travelled == 0


def test_half_the_way_may_still_be_red(herefordshire):
    one = herefordshire.indicators[1]
    moved = type(one)(**{f: getattr(one, f) for f in one.__slots__} | {
        "latest": Figure(printed="57", value=Decimal(57))})  # fmt: skip
    found = analysis.standing(moved, tiny.context().settings.rating_schemes[0])
    assert round(float(found.share_of_target), 3) == 0.877
    assert (found.rating, found.distance_travelled) == (R, Decimal("0.5"))
    assert found.change_needed == 8  # from where it is now, not from where it began


def test_an_answer_speaks_of_the_newest_figures_where_there_are_any(herefordshire):
    first, *rest = herefordshire.indicators
    moved = replace(first, latest=Figure(printed="200", value=Decimal(200)))
    plan = replace(herefordshire, indicators=(moved, *rest))
    said = answer(plan, analysis.plan(plan, tiny.context().settings))
    assert "the target reached so far," in said
    assert "March 2006" not in said


def test_the_answer_counts_the_colours(herefordshire, finding):
    assert answer(herefordshire, finding) == (
        "18 measures: by the share of the target reached in March 2006, before anything was done, "
        "five green, three amber, five red and five not rated."
    )


def test_recommendations_one_to_sixteen_of_which_three_have_nothing(herefordshire, finding):
    assert [r.number for r in herefordshire.recommendations] == list(range(1, 17))
    assert finding.unmeasured == (13, 14, 15)


def test_lateness_is_counted_to_the_day_the_plan_declares(herefordshire, finding):
    assert (finding.as_at, finding.declared) == (date(2006, 8, 31), True)
    assert [i.title for i in finding.items if i.late] == []


def test_read_at_the_editions_date_every_open_item_is_late():
    source = papers.changed(HEREFORDSHIRE, ("as_at: 2006-08-31\n", ""))
    late = [p for p in papers.checked("plans", source)[1] if p.code == "milestone-late"]
    assert len(late) > 20
    assert not [p for p in late if "effectiveness" in p.what]  # not commissioned: not late


def test_the_count_of_care_leavers_stands_nowhere_in_the_plan():
    assert "19/20" not in HEREFORDSHIRE
    assert "89.5% [c]" in HEREFORDSHIRE


def test_the_schedule_runs_from_september_to_march(herefordshire):
    months = [(m.month, len(m.reports)) for m in herefordshire.schedule]
    assert months == [
        ("2006-09", 4), ("2006-10", 3), ("2006-11", 4), ("2006-12", 2), ("2007-01", 1),
        ("2007-03", 2),
    ]  # fmt: skip
    assert [e.number for e in herefordshire.evidence] == list(range(1, 11))


# --- what the check says of the figures as printed -----------------------------------------


@pytest.mark.parametrize(
    ("code", "times"),
    [
        ("unit-name-clash", 4),
        ("stated-change-differs", 2),
        ("target-backwards", 1),
        ("milestone-not-commissioned", 2),
        ("recommendation-unfollowed", 3),
        ("action-not-smart", 6),
    ],
)
def test_every_contradiction_of_the_source_is_found_by_the_check(code, times):
    found = papers.codes("plans", HEREFORDSHIRE.replace(f"code: {code}\n", "code: other\n"))
    assert found.count(code) == times


PLAN = """\
format: 1
kind: plan
title: A town's plan
summary: An invented plan.
cited: A test
as_at: 2026-11-22
recommendations:
  - number: 1
    title: Do better
    actions:
      - title: Train the whole team
        owner: Head of training
        due: 2027-03
        measure: 40 people trained
        resources: £2,000
indicators:
  - slug: housed
    short: Housed
    title: "% of care leavers in suitable accommodation"
    plain: The share of care leavers who are well housed.
    unit: percent
    unit_label: "% of care leavers"
    better: higher
    baseline: {printed: "89.5%", value: 89.5}
    target: {printed: "100%", value: 100}
    recommendations: [1]
"""


def test_a_plan_in_order_has_no_problems():
    assert papers.codes("plans", PLAN) == []


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("value-not-its-counts", "value: 89.5}", "value: 89.5, numerator: 19, denominator: 20}"),
        ("value-not-its-counts", 'printed: "89.5%"', 'printed: "89.5% (19/20)"'),
        ("unit-name-clash", "unit: percent", "unit: count"),
        ("unit-name-clash", '"% of care leavers in', '"No of care leavers in'),
        ("target-backwards", '{printed: "100%", value: 100}', '{printed: "80%", value: 80}'),
        ("stated-change-differs", "better: higher", "better: higher\n    stated_change: 5"),
        ("figure-is-limit", 'printed: "89.5%"', 'printed: "Up to 89.5%"'),
        ("figure-or-marker", '{printed: "89.5%", value: 89.5}', '{printed: "-"}'),
        ("figure-or-marker", "value: 89.5}", "value: 89.5, marker: x}"),
        ("action-not-smart", "        owner: Head of training\n", ""),
        ("action-not-smart", "        due: 2027-03\n", ""),
        ("milestone-late", "due: 2027-03", "due: 2026-10"),
        ("plan-reference", "recommendations: [1]", "recommendations: [2]"),
        ("plan-repeated", "indicators:\n", "  - {number: 1, title: Again}\nindicators:\n"),
        ("scheme-unknown", "as_at:", "rating_scheme: vital-signs\nas_at:"),
        ("date-wrong", "as_at: 2026-11-22", "as_at: November"),
    ],
)
def test_a_slip_in_a_plan_is_found(code, old, new):
    assert code in papers.codes("plans", papers.changed(PLAN, (old, new)))


def test_a_plan_of_one_s_own_has_its_figures_without_what_a_source_prints():
    own = papers.changed(
        PLAN, ('{printed: "89.5%", value: 89.5}', "{value: 89.5}"),
        ('{printed: "100%", value: 100}', "{value: 100}"),
    )  # fmt: skip
    assert papers.codes("plans", own) == []
    page = papers.shown("plans", own)["plans/one/"]
    assert re.search(r">89\.5%</td>.*?>100%</td>", page)
    assert "As printed" not in page
    nothing = papers.changed(own, ("baseline: {value: 89.5}", "baseline: {}"))
    assert papers.codes("plans", nothing) == ["figure-or-marker"]


def test_an_action_shows_what_it_takes_what_it_is_to_move_and_what_is_noted_of_its_steps():
    told = papers.changed(
        PLAN, ("        resources: £2,000\n", """\
        resources: £2,000
        indicators: [housed]
        milestones:
          - title: A trainer is found
            due: 2026-12
            note: Two have been asked.
            cited: Minutes of May
"""),
    )  # fmt: skip
    assert papers.codes("plans", told) == []
    page = papers.shown("plans", told)["plans/one/"]
    assert "<dt>What it takes</dt><dd>£2,000</dd>" in page
    assert 'To move: <a href="#measure-housed">Housed</a>' in page
    assert "Two have been asked." in page
    assert "Source: Minutes of May" in page


@pytest.mark.parametrize(
    ("unit", "value", "shown"),
    [("money", "2690000", "£2,690,000"), ("count", "1250", "1,250"), ("money", "-40", "−£40")],
)
def test_a_figure_of_one_s_own_is_shown_in_its_unit(unit, value, shown):
    own = papers.changed(
        PLAN, ('{printed: "89.5%", value: 89.5}', f"{{value: {value}}}"),
        ("unit: percent", f"unit: {unit}"),
    )  # fmt: skip
    assert f">{shown}</td>" in papers.shown("plans", own)["plans/one/"]


def test_counts_that_give_the_printed_percentage_are_left_in_peace():
    source = papers.changed(
        PLAN, ("value: 89.5}", "value: 89.5, numerator: 170, denominator: 190}")
    )
    assert papers.codes("plans", source) == []


def test_a_target_backwards_with_a_reason_is_left_in_peace():
    source = papers.changed(
        PLAN,
        ('{printed: "100%", value: 100}', '{printed: "80%", value: 80}'),
        ("better: higher", "better: higher\n    target_reason: The count becomes stricter."),
    )
    assert papers.codes("plans", source) == []


def test_an_acknowledgement_covers_what_is_inside_it_and_nothing_else():
    inside = "    actions:\n"
    source = papers.changed(
        PLAN,
        ("        owner: Head of training\n", ""),
        (inside, "    acknowledged: [{code: action-not-smart, reason: Known}]\n" + inside),
    )
    assert papers.codes("plans", source) == []
    elsewhere = papers.changed(
        PLAN,
        ("        owner: Head of training\n", ""),
        (
            "better: higher",
            "better: higher\n    acknowledged: [{code: action-not-smart, reason: K}]",
        ),
    )
    assert sorted(papers.codes("plans", elsewhere)) == ["acknowledged-nothing", "action-not-smart"]


def test_nineteen_of_twenty_is_refused_because_it_points_to_one_person():
    source = papers.changed(PLAN, ("value: 89.5}", "value: 95, numerator: 19, denominator: 20}"))
    found, _ = papers.checked("plans", source)
    safe = protect.papers(found, tiny.context(), {})
    assert safe.value is not None
    assert [p.code for p in safe.problems] == ["disclosure-complement"]
    assert safe.value.plans[0].indicators[0].baseline == Figure(printed="[c]", marker="c")
    told = analysis.plan(safe.value.plans[0], tiny.context().settings)
    assert told.standings["housed"].reason == analysis.WITHHELD


@pytest.mark.parametrize("printed", ["95% (19/20)", "95% (19 of 20)", "19 out of 20"])
def test_counts_in_the_printed_words_are_found_and_refused_too(printed):
    source = papers.changed(
        PLAN, ('{printed: "89.5%", value: 89.5}', f'{{printed: "{printed}", value: 95}}')
    )
    found, _ = papers.checked("plans", source)
    safe = protect.papers(found, tiny.context(), {})
    assert safe.value is not None
    assert [p.code for p in safe.problems] == ["disclosure-complement"]
    assert "19" not in repr(safe.value.plans[0].indicators)


@pytest.mark.parametrize("figure", ["value: 95, denominator: 60}", "value: 97.5, numerator: 195}"])
def test_a_share_that_gives_a_small_count_away_is_refused(figure):
    source = papers.changed(PLAN, ("value: 89.5}", figure), ('"89.5%"', '"a share"'))
    found, _ = papers.checked("plans", source)
    safe = protect.papers(found, tiny.context(), {})
    assert safe.value is not None
    assert [p.code for p in safe.problems] == ["disclosure-derived"]
    assert safe.value.plans[0].indicators[0].baseline == Figure(printed="[c]", marker="c")


@pytest.mark.parametrize("things", [False, True])
def test_a_few_people_are_withheld_and_a_few_centres_are_not(things):
    counted = "unit: count\n    of_people: false" if things else "unit: count"
    source = papers.changed(
        PLAN, ("unit: percent", counted), ('{printed: "89.5%", value: 89.5}',
        '{printed: "3", value: 3}'), ('{printed: "100%", value: 100}', '{printed: "4", value: 4}'),
    )  # fmt: skip
    found, _ = papers.checked("plans", source)
    safe = protect.papers(found, tiny.context(), {})
    assert [p.code for p in safe.problems] == ([] if things else ["disclosure-small-count"])


def test_a_withheld_baseline_does_not_follow_from_the_target():
    source = papers.changed(
        PLAN, ('{printed: "89.5%", value: 89.5}', '{printed: "[c]", marker: c}'),
        ("better: higher", "better: higher\n    stated_change: 10"),
    )  # fmt: skip
    found, _ = papers.checked("plans", source)
    safe = protect.papers(found, tiny.context(), {})
    assert safe.value is not None
    assert [p.code for p in safe.problems] == ["disclosure-derived"]
    assert safe.value.plans[0].indicators[0].stated_change is None


@pytest.mark.parametrize("printed", ["2006/07: 95%", "31/03/2006", "95%"])
def test_years_and_dates_are_no_counts(printed):
    assert Figure(printed=printed).counts is None


# --- what the page says --------------------------------------------------------------------


def test_what_is_late_stands_on_the_page():
    address = "plans/one/"
    assert 'id="late"' not in papers.shown("plans", PLAN)[address]
    late = papers.shown("plans", papers.changed(PLAN, ("due: 2027-03", "due: 2026-10")))[address]
    assert 'id="late"' in late
    assert "Head of training · due October 2026" in late


def test_every_acknowledged_contradiction_is_an_erratum_that_readers_see(herefordshire):
    page = html.unescape(papers.shown("plans", HEREFORDSHIRE)["plans/one/"])
    for one in herefordshire.indicators:
        for known in one.acknowledged:
            assert known.reason in page
        for line in one.errata:
            assert line in page
    assert "19/20" not in page


def test_a_rating_that_may_not_be_given_says_why_and_what_the_arithmetic_is():
    page = papers.shown("plans", HEREFORDSHIRE)["plans/one/"]
    assert "Neither higher nor lower is better" in page
    assert "Read literally, the rule would say green." in page


# --- what is late, what is SMART -----------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "state", "late"),
    [
        ("2026-11", ActionState.PROPOSED, False),  # the month is not over
        ("2026-10", ActionState.PROPOSED, True),
        ("2026-11-21", ActionState.SIGNED_OFF, True),  # signing off is not the end
        ("2026-11-21", ActionState.IN_PROGRESS, True),
        ("2026-11-21", ActionState.IMPLEMENTED, False),
        ("2026-11-22", ActionState.PROPOSED, False),
        ("2006-01", ActionState.NOT_COMMISSIONED, False),
        ("", ActionState.PROPOSED, False),
    ],
)
def test_a_thing_is_late_when_its_day_or_month_is_over_and_it_is_not_done(due, state, late):
    assert is_late(due, state, date(2026, 11, 22)) is late


def test_the_five_letters_are_read_from_what_is_stated():
    whole = PlanAction(
        title="Train the whole team", owner="Head", due="2027-03", measure="40 trained",
        resources="£2,000",
    )  # fmt: skip
    assert smart(whole, recommendation=True).missing == ()
    bare = PlanAction(title="Train")
    assert smart(bare, recommendation=False).missing == (
        "specific", "measurable", "achievable", "relevant", "timed"
    )  # fmt: skip


def test_signed_off_implemented_and_effect_observed_are_told_apart():
    action = PlanAction(
        title="Train", state=ActionState.IMPLEMENTED, signed_off=date(2026, 1, 5)
    )  # fmt: skip
    assert [s.word for s in steps(action)] == [
        "Signed off: 5 January 2026",
        "Implemented: yes, no day recorded",
        "Effect observed: not recorded",
    ]


def test_days_out_of_order_are_refused():
    source = papers.changed(
        PLAN,
        (
            "        due: 2027-03\n",
            "        due: 2027-03\n        signed_off: 2026-06-01\n"
            "        implemented: 2026-05-01\n",
        ),
    )
    assert "days-out-of-order" in papers.codes("plans", source)


def test_the_eight_questions_stay_open_until_answered():
    found, problems = papers.checked(
        "plans", papers.text("plans", "luton-development-plan-template")
    )
    assert problems == ()
    plan = found.plans[0]
    assert plan.development is not None
    questions = development(plan.development)
    assert len(questions) == 8
    assert all(lines == [] for _, lines in questions)
    told = analysis.plan(plan, tiny.context().settings)
    assert told.answered == 0


@pytest.mark.parametrize(
    ("measure", "measurable"),
    [
        ("Twelve volunteers trained", True),
        ("All schools have a plan", True),
        ("20 more families helped", True),
        ("Half as many complaints", True),
        ("More children helped by 2027", False),
        ("Reviewed in Q2 of 2026/27", False),
        ("See section 3", False),
        ("Better relationships", False),
    ],
)
def test_a_number_in_words_can_be_measured_and_a_year_cannot(measure, measurable):
    action = PlanAction(title="Meet head teachers", measure=measure)
    assert smart(action, recommendation=True).measurable is measurable


def test_a_board_is_told_what_a_plan_owes_unless_the_plan_is_read_as_of_old(herefordshire):
    def owed(plan) -> list[str]:
        finding = analysis.plan(plan, tiny.context().settings)
        performance = Performance(plans=(plan,))
        findings = PerformanceFindings(plans={plan.slug: finding})
        return [line["title"] for _, _, line in report_services.owed(performance, findings)]

    assert owed(herefordshire) == []
    current = replace(herefordshire, as_at=None)
    assert "Increase the number of short breaks provided by 10%" in owed(current)
