"""What a headline owes its readers: a forecast, a history, a story, powers; and how old it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from databook.ages import DAYS_PER_YEAR, old, overdue
from databook.model import Indicator, Measurable, Power, Standing
from databook.validate.faults import Fault, listed
from databook.validate.subject import Subject

# Fewer figures show no direction, and nothing is forecast from them (methods, baselines).
FEWEST = 3


def headline_told(subject: Subject[Indicator]) -> Iterator[Fault]:
    """A headline is where people look first: they ask why, who helps and what is being done."""
    indicator = subject.indicator
    if indicator.standing is not Standing.HEADLINE:
        return
    has = {"story.md": subject.story, "partners": indicator.partners, "actions": indicator.actions}
    lacks = [name for name, there in has.items() if not there]
    if lacks:
        yield Fault(
            what=f"This headline indicator has no {listed(lacks)}.",
            fix="Add them, or write “standing: secondary”.",
            path=("standing",),
        )


def headline_forecast(subject: Subject[Indicator]) -> Iterator[Fault]:
    """A baseline is history and a forecast; without one nobody can say whether the curve turns."""
    if _headline(subject) and not subject.frozen and _history(subject) < FEWEST:
        yield Fault(
            what="This headline indicator has no forecast, and too few figures to make one.",
            fix=f"Give it {FEWEST} figures or more, keep a forecast in forecasts.csv, or write "
            "“standing: secondary”.",
            path=("standing",),
        )


def headline_frozen(subject: Subject[Indicator]) -> Iterator[Fault]:
    """Only a forecast that was frozen on a day can be judged by what came after; one that is
    made anew each time is always right.
    """
    if _headline(subject) and not subject.frozen and _history(subject) >= FEWEST:
        yield Fault(
            what="No forecast of this headline indicator has been frozen.",
            fix=f"Run `databook forecast {subject.indicator.slug}`, and keep "
            "forecasts.csv with the figures.",
            path=("standing",),
        )


def headline_history(subject: Subject[Indicator]) -> Iterator[Fault]:
    """One or two figures show no direction, whatever line is drawn between them."""
    count = _history(subject)
    if _headline(subject) and subject.frozen and count < FEWEST:
        yield Fault(
            what=f"This headline indicator has a history of {count} figures.",
            fix="Add earlier figures, or write “standing: secondary” until there are more.",
            path=("standing",),
        )


def headline_powerful(subject: Subject[Indicator]) -> Iterator[Fault]:
    """Headlines are those that the public understands, that say something central, and that have
    good data: high on all three. The others are secondary, or wait for better data.
    """
    indicator = subject.indicator
    if indicator.standing is not Standing.HEADLINE:
        return
    if indicator.powers is None:
        yield Fault(
            what="This headline indicator does not say its powers.",
            fix="Add “powers:” with “communication:”, “proxy:” and “data:”, each high, medium "
            "or low.",
            path=("standing",),
        )
        return
    for name in ("communication", "proxy", "data"):
        power = getattr(indicator.powers, name)
        if power is not Power.HIGH:
            yield Fault(
                what=f"This headline indicator's {name} power is {power.value}, not high.",
                fix="Write “standing: secondary” (or development, where data are wanting), or "
                "acknowledge why it leads all the same.",
                path=("powers", name),
            )


def figures_fresh(subject: Subject[Measurable]) -> Iterator[Fault]:
    """A figure that is old, or that newer ones should have followed, no longer says how we are
    doing. It is old after twice the time between figures, unless the next are still to come.
    """
    indicator, today = subject.indicator, subject.context.settings.edition.date
    latest = _latest(subject)
    due = indicator.source.next_release if indicator.source else ""
    late = overdue(indicator, today)
    if latest is None or (due and not late):
        return
    add = "Add the newer figures; or, if there are none, say in “next_release:” when they are due."
    if old(latest, indicator, today):
        age = (today - latest).days / DAYS_PER_YEAR
        missed = f", and the next figures were due in {late}" if late else ""
        yield Fault(
            what=f"The newest figure is of a time that ended on {latest.isoformat()}, "
            f"{age:.1f} years before this edition{missed}.",
            fix=add,
            path=("source", "next_release") if late else ("source",),
            key=not late,
        )
    elif late:
        yield Fault(
            what=f"The next figures were due in {late}, and this edition speaks of "
            f"{today.isoformat()}.",
            fix=add,
            path=("source", "next_release"),
        )


def _headline(subject: Subject[Indicator]) -> bool:
    if subject.context.area and subject.context.settings.place not in subject.context.area:
        return False  # whose figures are meant, nobody knows; it is told in databook.yaml
    return subject.indicator.standing is Standing.HEADLINE and subject.figures is not None


def _history(subject: Subject[Indicator]) -> int:
    """Figures of the place itself."""
    return int(subject.figures.own["value"].count()) if subject.figures else 0


def _latest(subject: Subject[Measurable]) -> date | None:
    """The end of the newest period that the table speaks of, be it only to say that it has none."""
    if subject.figures is None or len(subject.figures.known_periods) < len(
        subject.figures.readings
    ):
        return None  # a period that cannot be read may be the newest
    today = subject.context.settings.edition.date
    ends = (period.end for period, _ in subject.figures.known_periods.values())
    return max((end for end in ends if end <= today), default=None)
