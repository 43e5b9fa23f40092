"""Where a colour hangs by a thread: on a digit that was rounded, or on what its rule leaves unsaid.

Of a plan's measures here, and of figures with a target where `about_figures` is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from databook.findings import RatingWord
from databook.model import Better, Measurable, RatingScheme, Unit
from databook.plans import Plan, PlanIndicator
from databook.targets import band, exact, scheme_of, share_of_target
from databook.validate.faults import Fault
from databook.validate.papers import InPerformance
from databook.validate.subject import Subject

# A share of the target is shown with one decimal.
SHOWN = Decimal("0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """A figure and the target that it is rated against."""

    actual: Fraction
    step: Fraction  # one unit of the last digit that it was written with; 0 where it is exact
    aim: Fraction
    better: Better
    scheme: RatingScheme

    def share(self, moved: Fraction = Fraction(0)) -> Fraction | None:
        """How much of the target is reached, had the figure been so much greater."""
        return share_of_target(self.actual + moved, self.aim, self.better)


def lower_is_better_said(subject: InPerformance) -> Iterator[Fault]:
    """“At least 95% of the target achieved” says nothing where less is better: read to the letter
    it calls the worst figure the best. Where a scheme leaves that unsaid, the colour is our
    reading of it and not the scheme's own.
    """
    plan: Plan = subject.paper
    scheme = scheme_of(plan.rating_scheme, subject.context.settings)
    if scheme.lower_is_better != "unsaid":
        return
    for number, one in enumerate(plan.indicators):
        rated = _rated(one, scheme)
        if rated is None or one.better is not Better.LOWER or not rated.aim or not rated.actual:
            continue
        share = rated.share()
        assert share is not None  # noqa: S101 - a target above zero has a share
        letter, inverse = rated.actual / rated.aim, rated.aim / rated.actual
        yield Fault(
            what="The rating scheme does not say how a figure counts where lower is better. To "
            f"the letter {_number(rated.actual)} reaches {_said(letter, scheme)} of the target of "
            f"{_number(rated.aim)}. It is counted as 2 less that, {_said(share, scheme)}; the "
            f"target divided by the figure would be {_said(inverse, scheme)}.",
            fix="Find out how those who set the scheme count, or acknowledge it with the reason.",
            path=("indicators", number, "better"),
        )


def target_can_be_rated(subject: InPerformance) -> Iterator[Fault]:
    """The share of a target that is achieved has no meaning where the target is zero and more is
    better, or where neither way is better: no rating is given, and readers ask why there is none.
    """
    for number, one in enumerate(subject.paper.indicators):
        if one.target.value is None or one.not_rated:
            continue
        path = ("indicators", number, "target", "value")
        if one.better is Better.NEUTRAL:
            yield Fault(
                what="There is a target though neither way is better, so nothing says when it is "
                "met.",
                fix="Say which way is better, or acknowledge what the source prints.",
                path=path,
            )
        elif one.better is Better.HIGHER and one.target.value == 0:
            yield Fault(
                what="The target is 0 though higher is better, so no share of it can be achieved.",
                fix="Check the target and “better:”, or acknowledge what the source prints.",
                path=path,
            )


def rating_of_plan_firm(subject: InPerformance) -> Iterator[Fault]:
    """A colour that one more digit of the figure could change is a toss of a coin, and whether a
    share is rounded before or after it is rated must not decide it unseen.
    """
    plan: Plan = subject.paper
    scheme = scheme_of(plan.rating_scheme, subject.context.settings)
    for number, one in enumerate(plan.indicators):
        rated = None if one.not_rated else _rated(one, scheme)
        if rated is not None and (doubt := _doubt(rated)):
            field = "latest" if one.latest else "baseline"
            yield Fault(
                what=doubt,
                fix="Write the figure with more digits, if its publisher has them; or acknowledge "
                "it with the reason.",
                path=("indicators", number, field, "value"),
            )


def rating_of_figure_firm(subject: Subject[Measurable]) -> Iterator[Fault]:
    """A colour that one more digit of the figure could change is a toss of a coin, and whether a
    share is rounded before or after it is rated must not decide it unseen.
    """
    # Of a book's own figures only a share that readers see on the other side of the boundary is
    # marked: whole percentages stand near one too often for a word each time.
    one, figures = subject.indicator, subject.figures
    if figures is None or one.target is None or one.target.upper is not None:
        return
    own = figures.own.drop_nulls("value")
    if one.better is Better.NEUTRAL or not own.height or not one.target.value:
        return
    if own["step"][-1] != max(cell.step for cell in figures.cells):
        return  # others have a newer figure, which is told; this one will not be rated for long
    value, aim = exact(own["value"][-1]), exact(one.target.value)
    share = share_of_target(value, aim, one.better)
    scheme = scheme_of(one.rating_scheme, subject.context.settings)
    if share is not None and (doubt := _misread(_of(value, aim), share, scheme)):
        yield Fault(
            what=doubt,
            fix="Check the target and the figure. If both are right, the colour is too: "
            "acknowledge it with the reason, which readers see.",
            path=("target", "value"),
        )


def _rated(one: PlanIndicator, scheme: RatingScheme) -> Rated | None:
    """The figure that a plan's measure is rated by; None where it has no rating."""
    now, aim = one.latest or one.baseline, one.target
    if one.better is Better.NEUTRAL or now.value is None or aim.value is None:
        return None
    if now.at_most or aim.at_most or now.marker:
        return None
    exponent = now.value.as_tuple().exponent
    step = Fraction(10) ** min(0, exponent) if isinstance(exponent, int) else Fraction(0)
    return Rated(
        actual=exact(now.value),
        step=Fraction(0) if one.unit is Unit.COUNT else step,
        aim=exact(aim.value),
        better=one.better,
        scheme=scheme,
    )


def _doubt(rated: Rated) -> str:
    """Why the colour is not firm, or nothing."""
    share = rated.share()
    if share is None or not rated.aim:
        return ""
    word, scheme, percent = band(share, rated.scheme)[0], rated.scheme, 100 * share
    of = _of(rated.actual, rated.aim)
    if percent in (exact(scheme.green), exact(scheme.amber)):
        return (
            f"{of} is exactly {_number(percent)}%, the boundary itself: {word}, because the "
            "boundary belongs to it."
        )
    if doubt := _misread(of, share, scheme):
        return doubt
    ends = [rated.share(sign * rated.step / 2) for sign in (-1, 1)]
    words = {band(end, scheme)[0] for end in ends if end is not None} | {word}
    if len(words) == 1:
        return ""
    low, high = sorted(_shown(end) for end in ends if end is not None)
    names = " or ".join(w for w in RatingWord if w in words)
    return (
        f"{of} is {_shown(share)}%: {word}. But the figure is rounded; before that it may have "
        f"been anything from {low}% to {high}% of the target, {names}."
    )


def _misread(of: str, share: Fraction, scheme: RatingScheme) -> str:
    """Why readers would give a share another colour, by the digits that they see, or nothing."""
    word, shown = band(share, scheme)[0], _shown(share)
    if (other := band(exact(shown) / 100, scheme)[0]) is word:
        return ""
    return f"{of} is a little under {shown}%: {word}, though {shown}% as shown were {other}."


def _of(actual: Fraction, aim: Fraction) -> str:
    return f"{_number(actual)} against a target of {_number(aim)}"


def _shown(share: Fraction) -> Decimal:
    percent = 100 * share
    return (Decimal(percent.numerator) / Decimal(percent.denominator)).quantize(
        SHOWN, ROUND_HALF_UP
    )


def _said(share: Fraction, scheme: RatingScheme) -> str:
    return f"{_shown(share)}% ({band(share, scheme)[0]})"


def _number(value: Fraction) -> str:
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
