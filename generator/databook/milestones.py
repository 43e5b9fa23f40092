"""What is late, SMART or followed by nobody: asked by the check and the analysis alike."""

from __future__ import annotations

import re
from datetime import date

from databook.model import ActionState
from databook.periods import PeriodError, PeriodType, parse
from databook.plans import Plan, PlanAction
from databook.reckonings import Smart

# An action that has come this far, or that nobody was asked to do, cannot be late.
DONE = (ActionState.IMPLEMENTED, ActionState.EFFECT_OBSERVED, ActionState.NOT_COMMISSIONED)

# Figures that count nothing: a year, a quarter of it, a part of a document.
NO_NUMBERS = re.compile(
    r"\b((19|20)\d\d([/-]\d\d(\d\d)?)?|Q[1-4]|(section|page|stage|phase|part) \d+)\b", re.IGNORECASE
)
# Numbers in words, in what an action is to be measured by.
NUMBER_WORDS = re.compile(
    r"\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|fifty|dozen|"
    r"hundred|all|every|each|both|none|nobody|half|halved|doubled|twice|"
    r"a third|a quarter|a fifth)\b",
    re.IGNORECASE,
)


def smart(action: PlanAction, *, recommendation: bool) -> Smart:
    """Which of the five an action states."""
    measures = " ".join((action.measure, *(m.measure for m in action.milestones)))
    return Smart(
        specific=bool(action.owner) and len(action.title.split()) > 1,
        measurable=_counts(f"{action.title} {measures}") or bool(NUMBER_WORDS.search(measures)),
        achievable=bool(action.resources),
        relevant=recommendation or bool(action.indicators),
        timed=bool(action.due) or any(m.due for m in action.milestones),
    )


def _counts(text: str) -> bool:
    """Whether a number stands there that is no year, quarter or section."""
    return bool(re.search(r"[0-9]", NO_NUMBERS.sub("", text)))


def is_late(due: str, state: ActionState, as_at: date) -> bool:
    """Whether the day (or the whole month) has passed and the thing is not done."""
    if state in DONE or (last := last_day(due)) is None:
        return False
    return last < as_at


def last_day(due: str) -> date | None:
    """The day, or the last of the month, by which something is due; None where there is none."""
    kind = PeriodType.MONTH if len(due) == len("2007-03") else PeriodType.DAY
    try:
        return parse(due, kind).end
    except PeriodError:
        return None  # nothing is due, or on a day that no calendar has, which is told


def unmeasured(plan: Plan) -> tuple[int, ...]:
    """Recommendations for which nothing is measured, done or reported."""
    covered = {n for one in plan.indicators for n in one.recommendations}
    covered |= {n for m in plan.schedule for report in m.reports for n in report.recommendations}
    return tuple(
        r.number for r in plan.recommendations if r.number not in covered and not r.actions
    )
