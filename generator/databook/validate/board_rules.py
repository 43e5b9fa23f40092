"""What boards and checklists must mean beyond their shape."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from databook.boards import Board
from databook.checklists import Checklist, StepState
from databook.validate.faults import Fault, Rule, did_you_mean, error, warning

if TYPE_CHECKING:
    from databook.validate.papers import InPerformance


def levels_add_up(subject: InPerformance) -> Iterator[Fault]:
    """A framework that counts its levels and then lists others leaves open which are in it."""
    board: Board = subject.paper
    counted = [level for level in board.levels if not level.beyond]
    beyond = [level for level in board.levels if level.beyond]
    said = board.levels_said
    if said is None:
        return
    if said != len(counted):
        yield Fault(
            what=f"The source says {said} levels, and {len(counted)} are listed.",
            fix="Look again at the source, or mark those it does not count with “beyond: true”.",
            path=("levels_said",),
        )
    elif beyond:
        yield Fault(
            what=f"The source says {said} levels, and names {len(beyond)} more functions beside "
            f"them: {len(board.levels)} in all.",
            fix="Say in a note how this book takes it; nothing else is to mend.",
            path=("levels_said",),
        )


def audits_known(subject: InPerformance) -> Iterator[Fault]:
    """A level that names an audit leads readers to its page."""
    known = {audit.slug for audit in subject.performance.audits}
    for number, level in enumerate(subject.paper.levels):
        if level.audit and level.audit not in known:
            yield Fault(
                what=f"There is no audit “{level.audit}”.",
                fix=f"{did_you_mean(level.audit, known)}Audits are in scorecards/audits.",
                path=("levels", number, "audit"),
                about=f"scorecards/audits/{level.audit}.yaml",
            )


def plans_known(subject: InPerformance) -> Iterator[Fault]:
    """A board that names a plan leads readers to its page."""
    known = {plan.slug for plan in subject.performance.plans}
    for number, slug in enumerate(subject.paper.plans):
        if slug not in known:
            yield Fault(
                what=f"There is no plan “{slug}”.",
                fix=f"{did_you_mean(slug, known)}Plans are in scorecards/plans.",
                path=("plans", number),
                about=f"scorecards/plans/{slug}.yaml",
            )


def thresholds_given(subject: InPerformance) -> Iterator[Fault]:
    """A colour without known limits cannot be given again, or checked."""
    for number, rule in enumerate(subject.paper.ratings):
        if not rule.thresholds:
            yield Fault(
                what=f"“{rule.title}” has no thresholds.",
                fix="Ask whoever uses it for the limits of each colour; until then nothing is "
                "rated by it here.",
                path=("ratings", number),
            )


def report_can_be_made(subject: InPerformance) -> Iterator[Fault]:
    """A quarterly report is made from a first quarter on, and not before that quarter begins."""
    board: Board = subject.paper
    if not board.reports_on:
        return
    today = subject.context.settings.edition.date
    now = f"{today.year}-Q{(today.month + 2) // 3}"
    if not board.reports_from or board.reports_from > now:
        yield Fault(
            what="The first quarter of the reports is missing."
            if not board.reports_from
            else f"{board.reports_from} begins after this edition, {now}.",
            fix="Write “reports_from:” with a quarter such as 2026-Q1.",
            path=("reports_from",) if board.reports_from else ("reports_on",),
            about="edition" if board.reports_from else "",
        )


def months_in_order(subject: InPerformance) -> Iterator[Fault]:
    """A calendar is read from top to bottom."""
    months = [due.month for due in subject.paper.calendar]
    for number in range(1, len(months)):
        if months[number] <= months[number - 1]:
            yield Fault(
                what=f"{months[number]} stands after {months[number - 1]}.",
                fix="Put the months in order, each once.",
                path=("calendar", number, "month"),
            )


RULES: tuple[Rule[InPerformance], ...] = (
    warning("board-levels-miscounted", levels_add_up),
    error("board-audit-unknown", audits_known),
    error("board-plan-unknown", plans_known),
    warning("board-rating-without-thresholds", thresholds_given),
    error("board-report-quarter", report_can_be_made, "reports_from", "settings.edition"),
    error("board-calendar-order", months_in_order),
)


def done_is_shown(subject: InPerformance) -> Iterator[Fault]:
    """A step that is ticked without evidence says only that somebody ticked it."""
    checklist: Checklist = subject.paper
    for number, step in enumerate(checklist.steps):
        if step.state is StepState.DONE and not step.evidence:
            yield Fault(
                what=f"“{step.title}” is done, and nothing shows it.",
                fix="Add “evidence:”.",
                path=("steps", number, "state"),
            )


def states_have_an_owner(subject: InPerformance) -> Iterator[Fault]:
    """Whoever says how far a step has come answers for it."""
    checklist: Checklist = subject.paper
    claimed = [s for s in checklist.steps if s.state is not StepState.NOT_CLAIMED]
    if claimed and not checklist.claimed_by:
        yield Fault(
            what="The states of the steps are nobody's.",
            fix="Add “claimed_by:” with the body whose states these are.",
            path=("steps",),
        )


def page_is_named(subject: InPerformance) -> Iterator[Fault]:
    """A link says where it leads."""
    for number, step in enumerate(subject.paper.steps):
        if bool(step.page) != bool(step.page_title):
            yield Fault(
                what="A page needs both an address and a title.",
                fix="Give “page:” and “page_title:”, or neither.",
                path=("steps", number),
            )


CHECKLIST_RULES: tuple[Rule[InPerformance], ...] = (
    warning("step-done-without-evidence", done_is_shown),
    error("checklist-unclaimed", states_have_an_owner),
    error("step-page-unnamed", page_is_named),
)
