"""What an agreement must mean: who takes part, what points are worth, and what may be due."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from databook import payment
from databook.agreements import Agreement, Example
from databook.findings import RatingWord
from databook.periods import PeriodError, PeriodType, later, parse
from databook.sources import Path
from databook.targets import band, scheme_of
from databook.validate import pathway_rules
from databook.validate.faults import Fault, Rule, did_you_mean, error, listed, warning
from databook.validate.papers import InPerformance


def centres_add_up(subject: InPerformance) -> Iterator[Fault]:
    """What is paid is a multiple of the number of centres, so that number must be right."""
    agreement: Agreement = subject.paper
    if agreement.printed_centres not in (None, agreement.centres):
        yield Fault(
            what=f"The providers run {agreement.centres} centres, but “printed_centres” says "
            f"{agreement.printed_centres}.",
            fix="Count again; where the source can be read in two ways, take the one that adds up.",
            path=("printed_centres",),
        )


def triggers_sound(subject: InPerformance) -> Iterator[Fault]:
    """A worked case belongs to one of the measures that are paid for."""
    agreement: Agreement = subject.paper
    known = [t.slug for t in agreement.triggers]
    for number, slug in enumerate(known):
        if slug in known[:number]:
            yield Fault(
                what=f"Two triggers are called “{slug}”.",
                fix="Give each a name of its own.",
                path=("triggers", number, "slug"),
            )
    for number, example in enumerate(agreement.examples):
        if example.trigger not in known:
            yield Fault(
                what=f"There is no trigger “{example.trigger}”.",
                fix=f"{did_you_mean(example.trigger, known)}Write {listed(known)}.",
                path=("examples", number, "trigger"),
            )


def thresholds_rise(subject: InPerformance) -> Iterator[Fault]:
    """Each further point asks for more; and no trigger earns more points than the agreement has."""
    agreement: Agreement = subject.paper
    for number, example in enumerate(agreement.examples):
        steps = example.thresholds
        if any(b <= a for a, b in pairwise(steps)) or steps[0] < 1:
            yield Fault(
                what="The thresholds do not rise from one point to the next.",
                fix="Write them in order, such as [16, 23, 31, 38].",
                path=("examples", number, "thresholds"),
            )
        if len(steps) != agreement.money.points_per_trigger:
            yield Fault(
                what=f"There are {len(steps)} thresholds for "
                f"{agreement.money.points_per_trigger} points.",
                fix="Give one threshold for each point that a trigger can earn.",
                path=("examples", number, "thresholds"),
            )


def quarters_real(subject: InPerformance) -> Iterator[Fault]:
    """What is paid in which year follows from the quarter."""
    agreement: Agreement = subject.paper
    given: list[tuple[Path, str]] = [
        (("examples", n, "first_quarter"), e.first_quarter)
        for n, e in enumerate(agreement.examples)
    ]
    given += [(("reviews", n, "quarter"), r.quarter) for n, r in enumerate(agreement.reviews)]
    for path, text in given:
        try:
            parse(text, PeriodType.QUARTER)
        except PeriodError as wrong:
            yield Fault(
                what=f"“{text}” is not {wrong.expected}.",
                fix="Write the calendar quarter: April to June 2012 is 2012-Q2.",
                path=path,
            )


def quarters_begun(subject: InPerformance) -> Iterator[Fault]:
    """Nobody can have counted people in a quarter that had not begun when the edition was made."""
    day = subject.context.settings.edition.date
    for number, example in enumerate(subject.paper.examples):
        if not example.counted:
            continue  # the source's own numbers, by which it explains itself
        try:
            first = parse(example.first_quarter, PeriodType.QUARTER)
        except PeriodError:
            continue  # told already
        quarters = [later(first, n) for n in range(len(example.new))]
        ahead = next((n for n, each in enumerate(quarters) if each.start > day), None)
        if ahead is not None:
            yield Fault(
                what=f"“{quarters[ahead].code}” begins after the edition's date, {day}.",
                fix="Mend the counts or “first_quarter:”, or “edition: date:” in databook.yaml.",
                path=("examples", number, "new", ahead),
            )


def points_as_reckoned(subject: InPerformance) -> Iterator[Fault]:
    """Points that do not follow from counts and thresholds would be paid for nothing."""
    agreement: Agreement = subject.paper
    for number, example in enumerate(agreement.examples):
        found = payment.points(payment.cumulated(example.new), example.thresholds)
        if example.printed_points and example.printed_points != found:
            yield Fault(
                what=f"The points are printed as {_row(example.printed_points)}, but the counts "
                f"earn {_row(found)}.",
                fix="Check counts and thresholds; points are the thresholds reached by the "
                "cumulative count, and never fall.",
                path=("examples", number, "printed_points"),
            )


def thresholds_by_rule(subject: InPerformance) -> Iterator[Fault]:
    """A rule that does not give the printed thresholds is not their rule."""
    agreement: Agreement = subject.paper
    for number, example in enumerate(agreement.examples):
        found = _by_rule(example)
        if found and found != example.thresholds:
            yield Fault(
                what=f"The rule gives thresholds of {_row(found)}, not {_row(example.thresholds)}.",
                fix="Check the shares and the reach; each share is rounded up.",
                path=("examples", number, "rule"),
            )


def reach_counts_same(subject: InPerformance) -> Iterator[Fault]:
    """A target that is a share of some people says little when others are counted against it."""
    agreement: Agreement = subject.paper
    counts = {t.slug: t.counts for t in agreement.triggers}
    for number, example in enumerate(agreement.examples):
        counted = counts.get(example.trigger, example.reach_counts)
        if counted.casefold() != example.reach_counts.casefold():
            yield Fault(
                what=f"The target is set as a share of {example.reach_counts}, but {counted} are "
                "counted against it.",
                fix="Count both among the same people, or acknowledge it with the reason.",
                path=("examples", number, "reach_counts"),
            )


def expected_money(subject: InPerformance) -> Iterator[Fault]:
    """A total that is not points times value hides a rounding that somebody will have to pay."""
    agreement: Agreement = subject.paper
    money = agreement.money
    if money.printed_expected is None or agreement.printed_centres not in (None, agreement.centres):
        return  # a wrong number of centres is told, and makes every total wrong
    points = agreement.centres * money.expected_points
    reckoned = points * payment.pence(money.value_per_point)
    if reckoned != payment.pence(money.printed_expected):
        yield Fault(
            what=f"{points} points at £{money.value_per_point:,} are "
            f"£{reckoned / payment.PENCE:,.2f}, not £{money.printed_expected:,}.",
            fix="Correct the total, or acknowledge it with the reason.",
            path=("money", "printed_expected"),
        )


def worst_case_covered(subject: InPerformance) -> Iterator[Fault]:
    """Every point that may be earned is a promise; one that the budget cannot keep is a risk."""
    agreement: Agreement = subject.paper
    money = agreement.money
    points = agreement.centres * money.points_per_trigger * len(agreement.triggers)
    worst, budget = points * payment.pence(money.value_per_point), payment.pence(money.budget)
    if worst > budget:
        yield Fault(
            what=f"If every point is earned, £{worst / payment.PENCE:,.0f} are due against a "
            f"budget of £{budget / payment.PENCE:,.0f}.",
            fix="Limit the points, the value or the total; or acknowledge the risk.",
            path=("money", "budget"),
        )


def effect_paid(subject: InPerformance) -> Iterator[Fault]:
    """Who is paid for effort alone is paid whether or not anybody is better off."""
    if payment.only_effort_paid(subject.paper):
        yield Fault(
            what="Every measure that is paid for counts effort; none says whether anybody is "
            "better off.",
            fix="Let at least one trigger be an effect, or acknowledge it with the reason.",
            path=("triggers",),
            key=True,
        )


def systems_agree(subject: InPerformance) -> Iterator[Fault]:
    """Two systems that judge one result differently are both right by their own rule. Readers must
    see both and be told of it, or they take the one that they see first for the whole truth.
    """
    agreement: Agreement = subject.paper
    scheme = scheme_of("", subject.context.settings)
    for number, example in enumerate(agreement.examples):
        totals, target = payment.cumulated(example.new), example.thresholds[-1]
        if not totals or target < 1:
            continue
        share = Fraction(totals[-1], target)
        won, most = payment.points(totals, example.thresholds)[-1], len(example.thresholds)
        if band(share, scheme)[0] is RatingWord.GREEN and won < most:
            yield Fault(
                what=f"{totals[-1]} of {target} is {float(100 * share):.1f}% of the target and "
                f"green by the rating scheme, but earns {won} of {most} points.",
                fix="Check the thresholds. If both are right, acknowledge it with the reason: the "
                "page shows them side by side.",
                path=("examples", number, "new"),
            )


def indicators_known(subject: InPerformance) -> Iterator[Fault]:
    """A link to a page that is not there helps nobody."""
    agreement: Agreement = subject.paper
    given: list[tuple[Path, str]] = [
        (("population", n, "indicator"), t.indicator) for n, t in enumerate(agreement.population)
    ]
    given += [
        (("sections", n, "points", at, "indicator"), point.indicator)
        for n, section in enumerate(agreement.sections)
        for at, point in enumerate(section.points)
    ]
    for path, slug in given:
        if slug and slug not in subject.indicators:
            yield Fault(
                what=f"There is no indicator “{slug}” in this book.",
                fix=did_you_mean(slug, subject.indicators) or "Leave it out.",
                path=path,
            )


def _by_rule(example: Example) -> tuple[int, ...]:
    rule = example.rule
    if rule is None:
        return ()
    return payment.thresholds(example.reach, rule.target_share, rule.point_shares)


def _row(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))


RULES: tuple[Rule[InPerformance], ...] = (
    error("centres-sum", centres_add_up, "providers/centres"),
    error("trigger-unsound", triggers_sound, "triggers/slug"),
    error("thresholds-order", thresholds_rise, "money/points_per_trigger"),
    error("quarter-unreadable", quarters_real),
    error("period-ahead", quarters_begun),
    error("indicator-unknown", indicators_known),
    warning("points-not-as-reckoned", points_as_reckoned),
    warning("thresholds-off-rule", thresholds_by_rule),
    warning("denominator-mismatch", reach_counts_same, "triggers/counts", "triggers/slug"),
    warning("systems-disagree", systems_agree),
    warning(
        "total-not-as-reckoned", expected_money, "money", "printed_centres", "providers/centres"
    ),
    warning(
        "worst-case-over-budget",
        worst_case_covered,
        "money",
        "printed_centres",
        "providers/centres",
        "triggers",
    ),
    warning("only-effort-paid", effect_paid, "triggers/quadrant"),
    *pathway_rules.RULES,
)
