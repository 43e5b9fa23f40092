"""What a plan's actions must say: who, by when, how much, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from databook.milestones import is_late, last_day, smart, unmeasured
from databook.model import ActionState
from databook.plans import Plan
from databook.sources import Path
from databook.validate.faults import Fault, Rule, error, listed, warning
from databook.validate.papers import InPerformance


def actions_smart(subject: InPerformance) -> Iterator[Fault]:
    """An action that names nobody, no day and no number cannot be followed up."""
    plan: Plan = subject.paper
    for n, recommendation in enumerate(plan.recommendations):
        for at, action in enumerate(recommendation.actions):
            lacks = smart(action, recommendation=True).missing
            if lacks:
                yield Fault(
                    what=f"The action is not SMART: nothing makes it {listed(lacks)}.",
                    fix="Add “owner:”, “due:”, a “measure:” with a number, and “resources:”.",
                    path=("recommendations", n, "actions", at),
                )


def nothing_late(subject: InPerformance) -> Iterator[Fault]:
    """What is late is said openly, and first to those who can still do it."""
    plan: Plan = subject.paper
    today = plan.as_at or subject.context.settings.edition.date
    for path, title, due, state in _dated(plan):
        if is_late(due, state, today):
            yield Fault(
                what=f"“{title[:60]}” was due {due} and is {state}, as at {today.isoformat()}.",
                fix="Bring its “state:” up to date, or agree on another day.",
                path=(*path, "due"),
            )


def planned_commissioned(subject: InPerformance) -> Iterator[Fault]:
    """A plan that counts on work which nobody has been asked to do will miss it."""
    for path, title, due, state in _dated(subject.paper):
        if due and state is ActionState.NOT_COMMISSIONED:
            yield Fault(
                what=f"“{title[:60]}” is planned for {due}, but has not been commissioned.",
                fix="Commission it, take it out, or acknowledge it with the reason.",
                path=(*path, "state"),
            )


def recommendations_followed(subject: InPerformance) -> Iterator[Fault]:
    """A recommendation without measure, action or report will be forgotten."""
    plan: Plan = subject.paper
    open_ones = unmeasured(plan)
    for at, recommendation in enumerate(plan.recommendations):
        if recommendation.number in open_ones:
            yield Fault(
                what=f"Recommendation {recommendation.number} has no measure, action or report.",
                fix="Add “actions:”, or name it under “recommendations:” of a measure or "
                "report; or acknowledge that the source has none.",
                path=("recommendations", at),
            )


def days_in_order(subject: InPerformance) -> Iterator[Fault]:
    """An action is signed off, then implemented, and only then can its effect be observed."""
    plan: Plan = subject.paper
    for n, recommendation in enumerate(plan.recommendations):
        for at, action in enumerate(recommendation.actions):
            days = (action.signed_off, action.implemented, action.effect_observed)
            known = [day for day in days if day]
            if known != sorted(known):
                yield Fault(
                    what="The days of signing off, implementing and observing are out of order.",
                    fix="Correct them.",
                    path=("recommendations", n, "actions", at, "implemented"),
                )


def days_real(subject: InPerformance) -> Iterator[Fault]:
    """A day that no calendar has is never reached, and never late."""
    plan: Plan = subject.paper
    given = [(path, due) for path, _, due, _ in _dated(plan)]
    parts = plan.development.components if plan.development else ()
    given += [(("development", "components", n), part.due) for n, part in enumerate(parts)]
    for path, due in given:
        if due and last_day(due) is None:
            key = "month" if path[0] == "schedule" else "due"
            yield Fault(
                what=f"{due} is not in the calendar.",
                fix="Write a month or a day, such as 2025-11 or 2025-11-27.",
                path=(*(path[:2] if key == "month" else path), key),
            )


def days_past(subject: InPerformance) -> Iterator[Fault]:
    """What is done lies behind us: a day to come is one on which nobody has signed anything."""
    plan: Plan = subject.paper
    today = subject.context.settings.edition.date
    for n, recommendation in enumerate(plan.recommendations):
        for at, action in enumerate(recommendation.actions):
            for key in ("signed_off", "implemented", "effect_observed"):
                day = getattr(action, key)
                if day and today < day < date.max:
                    yield Fault(
                        what=f"{day.isoformat()} comes after this edition, {today.isoformat()}.",
                        fix="Mend the year, or leave it out until it has happened.",
                        path=("recommendations", n, "actions", at, key),
                        about="edition",
                    )


def _dated(plan: Plan) -> Iterator[tuple[Path, str, str, ActionState]]:
    """Everything with a day and a state: where it stands, title, day, state."""
    for n, recommendation in enumerate(plan.recommendations):
        for at, action in enumerate(recommendation.actions):
            path: Path = ("recommendations", n, "actions", at)
            yield path, action.title, action.due, action.state
            for i, step in enumerate(action.milestones):
                yield (*path, "milestones", i), step.title, step.due, step.state
    for n, one in enumerate(plan.evidence):
        yield ("evidence", n), one.title, one.due, one.state
    for n, meeting in enumerate(plan.schedule):
        for at, report in enumerate(meeting.reports):
            yield ("schedule", n, "reports", at), report.title, meeting.month, report.state


RULES: tuple[Rule[InPerformance], ...] = (
    error("days-out-of-order", days_in_order),
    error("date-unreal", days_real),
    error("days-to-come", days_past, "settings.edition"),
    warning("action-not-smart", actions_smart),
    warning("milestone-late", nothing_late, "settings.edition"),
    warning("milestone-not-commissioned", planned_commissioned),
    warning("recommendation-unfollowed", recommendations_followed),
)
