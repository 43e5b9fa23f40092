"""What a plan's figures and references must mean; of its actions, see `action_rules`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from databook.model import Better, Unit
from databook.plans import PRINTED_COUNTS, Figure, Plan, PlanIndicator
from databook.sources import Path
from databook.validate import action_rules, rating_rules
from databook.validate.faults import Fault, Rule, did_you_mean, error, listed, warning
from databook.validate.papers import InPerformance

# What a name says of its unit: a pattern, and the units that it fits.
NAMES: tuple[tuple[re.Pattern[str], frozenset[Unit]], ...] = (
    (re.compile(r"\bper 1,?0{2,}\b", re.IGNORECASE), frozenset({Unit.RATE})),
    (re.compile(r"^(no\.?|number|#) (of )?", re.IGNORECASE), frozenset({Unit.COUNT})),
    (re.compile(r"^(%|percent|proportion)", re.IGNORECASE), frozenset({Unit.PERCENT})),
)
UP_TO = re.compile(r"^(up to|at most|no more than|less than|under|<)", re.IGNORECASE)


def counts_agree(subject: InPerformance) -> Iterator[Fault]:
    """Where a percentage and its own counts disagree, one is wrong and nobody can tell which."""
    for path, figure, indicator in _figures(subject.paper):
        value, counts = figure.value, figure.counts
        if indicator.unit is not Unit.PERCENT or value is None or counts is None:
            continue
        top, bottom = counts
        if not bottom:
            continue
        found = 100 * top / bottom
        if abs(found - value) > _unit(value):
            yield Fault(
                what=f"{value}% is {_given(figure)}, but {top} of {bottom} are {found:.1f}%.",
                fix="Find out which is right, or acknowledge it with the reason.",
                path=(*path, "value"),
            )


def _given(figure: Figure) -> str:
    return "printed" if figure.printed else "given"


def counts_as_printed(subject: InPerformance) -> Iterator[Fault]:
    """Counts that are printed one way and declared another leave readers to guess."""
    for path, figure, _ in _figures(subject.paper):
        if figure.numerator is None or figure.denominator is None:
            continue
        found = [(Decimal(a), Decimal(b)) for a, b in PRINTED_COUNTS.findall(figure.printed)]
        if found and (figure.numerator, figure.denominator) not in found:
            top, bottom = found[0]
            yield Fault(
                what=f"“{figure.printed}” is printed, but numerator and denominator are "
                f"{figure.numerator} and {figure.denominator}.",
                fix=f"Write {top} and {bottom}, or mend “printed”.",
                path=(*path, "printed"),
            )


_PRINTED = re.compile(r"[£$€]?\s*(-?[0-9]{1,3}(?:,[0-9]{3})+|-?[0-9]+)(\.[0-9]+)?\s*%?")


def value_as_printed(subject: InPerformance) -> Iterator[Fault]:
    """What is worked out from a figure must be worked out from the one that readers see."""
    for path, figure, _ in _figures(subject.paper):
        found = _PRINTED.fullmatch(figure.printed.strip())
        if not found or figure.value is None:
            continue
        said = Decimal(found[1].replace(",", "") + (found[2] or ""))
        if said not in (figure.value, 100 * figure.value):
            yield Fault(
                what=f"“{figure.printed}” is printed, but the value is {figure.value}.",
                fix=f"Write “value: {said}”, or mend “printed”.",
                path=(*path, "value"),
            )


def change_as_stated(subject: InPerformance) -> Iterator[Fault]:
    """A target said to be so many percent above the baseline should be that."""
    for number, one in enumerate(subject.paper.indicators):
        stated, base, aim = one.stated_change, one.baseline.value, one.target.value
        if stated is None or base is None or aim is None or not base:
            continue
        meant = base * (1 + stated / 100)
        if meant.quantize(_unit(aim), ROUND_HALF_UP) != aim:
            change = 100 * (aim - base) / base
            yield Fault(
                what=f"The target is called {stated:+}% on {base}, which is {meant.normalize():f}; "
                f"{aim} is {_given(one.target)}, a change of {change:+.1f}%.",
                fix="Find out which is right, or acknowledge it with the reason.",
                path=("indicators", number, "stated_change"),
            )


def target_ahead(subject: InPerformance) -> Iterator[Fault]:
    """A target that is worse than where we stood promises to go backwards, and wants a reason."""
    for number, one in enumerate(subject.paper.indicators):
        base, aim = one.baseline.value, one.target.value
        if base is None or aim is None or one.target_reason or one.better is Better.NEUTRAL:
            continue
        if (aim < base) if one.better is Better.HIGHER else (aim > base):
            yield Fault(
                what=f"The target of {aim} is worse than the baseline of {base}.",
                fix="Check it and “better:”; if it is meant, say why in “target_reason:”.",
                path=("indicators", number, "target"),
                key=True,
            )


def name_fits_unit(subject: InPerformance) -> Iterator[Fault]:
    """Who reads “number of” takes a percentage or a rate for a count."""
    for number, one in enumerate(subject.paper.indicators):
        said = [units for pattern, units in NAMES if pattern.search(one.title)]
        clashing = [units for units in said if one.unit not in units]
        if clashing:
            words = listed(sorted(str(u) for units in clashing for u in units))
            yield Fault(
                what=f"The name speaks of a {words.strip('“”')}, but the unit is {one.unit}.",
                fix="Correct the unit or the name, or acknowledge what the source prints.",
                path=("indicators", number, "unit"),
            )


def limits_declared(subject: InPerformance) -> Iterator[Fault]:
    """“Up to 50%” is a limit and not a figure: nothing can be worked out from it."""
    for path, figure, _ in _figures(subject.paper):
        if UP_TO.match(figure.printed) and not figure.at_most:
            yield Fault(
                what=f"“{figure.printed}” is a limit, but is treated as a figure.",
                fix="Add “at_most: true”.",
                path=(*path, "printed"),
            )


def figure_or_marker(subject: InPerformance) -> Iterator[Fault]:
    """A missing figure says why it is missing; a figure that is there is not called missing."""
    for path, figure, _ in _figures(subject.paper):
        if figure.value is None and not figure.marker:
            yield Fault(
                what="There is neither a figure nor a marker.",
                fix="Add “value:”, or “marker: x” where none is available.",
                path=path,
            )
        if figure.value is not None and figure.marker in ("x", "z"):
            yield Fault(
                what=f"The figure {figure.value} is there, but marked [{figure.marker}].",
                fix="Delete one of them.",
                path=(*path, "marker"),
            )


def references_known(subject: InPerformance) -> Iterator[Fault]:
    """What stands for a recommendation that is not there stands for nothing."""
    plan: Plan = subject.paper
    known = {r.number for r in plan.recommendations}
    slugs = [one.slug for one in plan.indicators]
    given: list[tuple[Path, int]] = [
        (("indicators", n, "recommendations", at), number)
        for n, one in enumerate(plan.indicators)
        for at, number in enumerate(one.recommendations)
    ]
    given += [
        (("schedule", n, "reports", at, "recommendations", i), number)
        for n, meeting in enumerate(plan.schedule)
        for at, report in enumerate(meeting.reports)
        for i, number in enumerate(report.recommendations)
    ]
    # A number given twice, or left out, is told itself; which one is missing nobody can say.
    sure = len(known) == len(plan.recommendations)
    for path, number in given:
        if sure and number not in known:
            yield Fault(
                what=f"There is no recommendation {number}.",
                fix="Correct the number, or add it under “recommendations:”.",
                path=path,
            )
    for n, recommendation in enumerate(plan.recommendations):
        for at, action in enumerate(recommendation.actions):
            for i, slug in enumerate(action.indicators):
                if slug not in slugs:
                    yield Fault(
                        what=f"There is no indicator “{slug}” in this plan.",
                        fix=did_you_mean(slug, slugs) or f"Write {listed(slugs)}.",
                        path=("recommendations", n, "actions", at, "indicators", i),
                    )


def numbered_once(subject: InPerformance) -> Iterator[Fault]:
    """Recommendations and indicators are found by number and name, so each has its own."""
    plan: Plan = subject.paper
    for field, key in (
        ("recommendations", "number"),
        ("indicators", "slug"),
        ("evidence", "number"),
    ):
        seen: set[object] = set()
        for at, one in enumerate(getattr(plan, field)):
            if getattr(one, key) in seen:
                yield Fault(
                    what=f"“{getattr(one, key)}” is given twice.",
                    fix="Give each its own.",
                    path=(field, at, key),
                )
            seen.add(getattr(one, key))


def scheme_known(subject: InPerformance) -> Iterator[Fault]:
    """A colour means nothing without the scheme that gave it."""
    name = subject.paper.rating_scheme
    known = [s.id for s in subject.context.settings.rating_schemes]
    if name and name not in known:
        yield Fault(
            what=f"There is no rating scheme “{name}”.",
            fix=f"{did_you_mean(name, known)}Write {listed(known)}.",
            path=("rating_scheme",),
        )


def _figures(plan: Plan) -> Iterator[tuple[Path, Figure, PlanIndicator]]:
    for number, one in enumerate(plan.indicators):
        for field in ("baseline", "latest", "target"):
            figure: Figure | None = getattr(one, field)
            if figure is not None:
                yield ("indicators", number, field), figure, one


def _unit(value: Decimal) -> Decimal:
    """One unit of the last digit that a number was written with."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(0, exponent) if isinstance(exponent, int) else 0)


RULES: tuple[Rule[InPerformance], ...] = (
    error("plan-reference", references_known, "recommendations/number", "indicators/slug"),
    error("plan-repeated", numbered_once),
    error("scheme-unknown", scheme_known, "rating_scheme", "settings.rating_schemes"),
    error("figure-or-marker", figure_or_marker),
    error("counts-not-as-printed", counts_as_printed),
    error("value-not-as-printed", value_as_printed),
    warning("value-not-its-counts", counts_agree),
    warning("stated-change-differs", change_as_stated),
    warning("target-backwards", target_ahead),
    warning("unit-name-clash", name_fits_unit),
    warning("figure-is-limit", limits_declared),
    warning("target-unrated", rating_rules.target_can_be_rated),
    warning("rating-unsaid", rating_rules.lower_is_better_said),
    warning("rating-on-edge", rating_rules.rating_of_plan_firm),
    *action_rules.RULES,
)
