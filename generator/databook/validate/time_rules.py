"""What an indicator's targets and breaks must mean beside its figures."""

from __future__ import annotations

from collections.abc import Iterator

from databook import periods
from databook.model import Better, Measurable, Target, Unit
from databook.periods import Period, PeriodError
from databook.sources import Path
from databook.validate import rating_rules
from databook.validate.faults import Fault, Rule, did_you_mean, error, warning
from databook.validate.figures import GROUPS
from databook.validate.language.names import direction_as_named
from databook.validate.subject import Subject

# Where figures are above this percentage, a target below one is a proportion.
LEAST_PERCENT = 2.0


def target_period_read(subject: Subject[Measurable]) -> Iterator[Fault]:
    """A target is set against the figure of its own period, so both must be of one type."""
    target = subject.indicator.target
    if target is None:
        return
    yield from _unread(subject, target.period, ("target", "period"))
    if target.baseline_period:
        path: Path = ("target", "baseline_period")
        fault = next(_unread(subject, target.baseline_period, path), None)
        if fault:
            yield fault
        elif _has_own(subject) and _own_value(subject, target.baseline_period) is None:
            yield Fault(
                what=f"There is no figure of {target.baseline_period} to count from.",
                fix="Name a period for which data.csv has a value for the place.",
                path=path,
            )


def target_after_baseline(subject: Subject[Measurable]) -> Iterator[Fault]:
    """A target is for a time after the one that it is counted from."""
    target = subject.indicator.target
    if target is None or not target.baseline_period:
        return
    try:
        aim, base = _parsed(subject, target.period), _parsed(subject, target.baseline_period)
    except PeriodError:
        return  # told as a period that cannot be read
    if aim.step <= base.step:
        yield Fault(
            what=f"The target is for {aim.code}, which is not after its baseline, {base.code}.",
            fix="Mend the year of one of the two; they may be swapped.",
            path=("target", "period"),
        )


def target_in_unit(subject: Subject[Measurable]) -> Iterator[Fault]:
    """A target written as a proportion is a hundredth of what was meant: 0.15 is not 15 %."""
    target = subject.indicator.target
    if target is None or subject.indicator.unit is not Unit.PERCENT or not subject.figures:
        return
    own = subject.figures.own["value"].drop_nulls().to_list()
    if own and 0 < target.value < 1 and min(own) >= LEAST_PERCENT and not target.reason:
        yield Fault(
            what=f"The target is {target.value} %, but no figure here is below {min(own):.10g} %.",
            fix=f"Write {(100 * target.value).normalize():f} if {target.value} was a proportion; "
            "if it is meant, say why in “reason:”.",
            path=("target", "value"),
        )


def target_in_order(subject: Subject[Measurable]) -> Iterator[Fault]:
    """A range whose ends are swapped can never be met."""
    target = subject.indicator.target
    if target and target.upper is not None and target.upper < target.value:
        yield Fault(
            what=f"The target's upper end, {target.upper}, is below its value, {target.value}.",
            fix="Swap them.",
            path=("target", "upper"),
        )


def target_above_baseline(subject: Subject[Measurable]) -> Iterator[Fault]:
    """A target that is worse than its own baseline promises to go backwards, and wants a reason."""
    target = subject.indicator.target
    if target and target.baseline_period:
        yield from _behind(subject)


def target_not_behind(subject: Subject[Measurable]) -> Iterator[Fault]:
    """A target that is worse than where we stand has been reached, or promises to go backwards;
    it wants a reason.
    """
    target = subject.indicator.target
    if target and not target.baseline_period:
        yield from _behind(subject)


def _behind(subject: Subject[Measurable]) -> Iterator[Fault]:
    target, better = subject.indicator.target, subject.indicator.better
    if not target or target.reason or better is Better.NEUTRAL or not subject.figures:
        return
    base, said = start(subject, target)
    if base is None:
        return
    if better is Better.HIGHER and not target.value and not target.upper:
        return  # told as a target that cannot be rated
    goal = float(target.value if target.upper is None or better is Better.HIGHER else target.upper)
    if (goal < base) if better is Better.HIGHER else (goal > base):
        named = next(direction_as_named(subject.indicator, subject.context), None)
        if named is not None:  # name and target agree that “better:” is the slip
            yield Fault(
                what=f"{named.what[:-1]}, and the target of {target.value} is worse than the "
                f"{base:.10g} of {said}.",
                fix="Correct “better:”; if it is meant, say why in “reason:” of the target.",
                path=("better",),
            )
            return
        yield Fault(
            what=f"The target of {target.value} is worse than the {base:.10g} of {said}.",
            fix="Check it and “better:”; if it is meant, say why in “reason:”.",
            path=("target", "value"),
        )


def target_can_be_rated(subject: Subject[Measurable]) -> Iterator[Fault]:
    """The share of a target that is achieved has no meaning where the target is zero and more is
    better, or where neither way is better: no rating is given, and readers ask why there is none.
    """
    target, better = subject.indicator.target, subject.indicator.better
    if target is None or target.reason:
        return
    if better is Better.HIGHER and target.value == 0 and not target.upper:
        yield Fault(
            what="The target is 0 though higher is better, so no share of it can be achieved.",
            fix="Check the target and “better:”; if both are meant, say why in “reason:”.",
            path=("target", "value"),
        )
    if better is Better.NEUTRAL and target.upper is None:
        yield Fault(
            what="There is a target though neither way is better, so nothing says when it is met.",
            fix="Give a range (“value:” and “upper:”), say which way is better, or say in "
            "“reason:” what the target is for.",
            path=("target", "value"),
        )


def break_period_known(subject: Subject[Measurable]) -> Iterator[Fault]:
    """The line is broken before this period, so the figures must have it."""
    figures = subject.figures
    for number, change in enumerate(subject.indicator.breaks):
        path: Path = ("breaks", number, "period")
        fault = next(_unread(subject, change.period, path), None)
        if fault:
            yield fault
            continue
        code = _parsed(subject, change.period).code
        if figures and code not in figures.frame["code"]:
            known = figures.own["code"].drop_nulls().unique(maintain_order=True).to_list()
            yield Fault(
                what=f"data.csv has no row for the break's period, {change.period}.",
                fix=f"{did_you_mean(code, known)}Name the first period of the new definition.",
                path=path,
            )


def _parsed(subject: Subject[Measurable], text: str) -> Period:
    return periods.parse(periods.split_marker(text)[0], subject.indicator.periods)


def _unread(subject: Subject[Measurable], text: str, path: Path) -> Iterator[Fault]:
    try:
        _parsed(subject, text)
    except PeriodError as wrong:
        kind = subject.indicator.periods.value
        yield Fault(
            what=f"“{text}” is not {wrong.expected}.",
            fix=f"Write it as in the data, whose periods are “{kind}”.",
            path=path,
        )


def _has_own(subject: Subject[Measurable]) -> bool:
    return subject.figures is not None and subject.figures.own.height > 0


def _own_value(subject: Subject[Measurable], text: str) -> float | None:
    if subject.figures is None:
        return None
    own = subject.figures.own
    found = own.filter(own["code"] == _parsed(subject, text).code)["value"].drop_nulls()
    return float(found[0]) if len(found) else None


def start(subject: Subject[Measurable], target: Target) -> tuple[float | None, str]:
    """Where the place stood: at the declared baseline, else in its latest figure."""
    assert subject.figures is not None  # noqa: S101 - the caller has asked
    try:
        if target.baseline_period:
            return _own_value(subject, target.baseline_period), target.baseline_period
    except PeriodError:
        return None, ""
    place = subject.figures.context.settings.place
    own = [cell for cell in subject.figures.cells if cell.area == place]
    return (own[-1].value, own[-1].code) if own else (None, "")


RULES: tuple[Rule[Subject[Measurable]], ...] = (
    error("target-period", target_period_read, "target", "periods"),
    error("target-not-after-baseline", target_after_baseline, "target", "periods"),
    error("target-proportion", target_in_unit, "target", "unit", *GROUPS),
    error("target-range", target_in_order, "target"),
    error("target-backwards", target_above_baseline, "target", "better", "periods", *GROUPS),
    warning("target-behind", target_not_behind, "target", "better", "periods", *GROUPS),
    warning("target-unrated", target_can_be_rated, "target", "better"),
    warning(
        "rating-on-edge",
        rating_rules.rating_of_figure_firm,
        "target",
        "better",
        "unit",
        "periods",
        *GROUPS,
        "settings.rating_schemes",
    ),
    error("break-period", break_period_known, "periods"),
)
