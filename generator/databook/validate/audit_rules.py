"""What audits and reviews must mean beyond their shape."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from databook.audits import Audit, AuditAction, Grade
from databook.validate.faults import Fault, Rule, did_you_mean, error, listed, warning

if TYPE_CHECKING:
    from databook.validate.papers import InPerformance

JUDGED = frozenset({Grade.MET, Grade.PARTLY, Grade.NOT_MET})
# SMART as the source spells it, and the field that answers each letter; "specific" is the title.
SMART = {
    "measure": "measurable",
    "achievable": "achievable",
    "realistic": "realistic",
    "due": "timescale",
}


def grid_known(subject: InPerformance) -> Iterator[Fault]:
    """A grade belongs to one agency and one standard of the grid."""
    audit: Audit = subject.paper
    known = {
        "agency": {agency.slug for agency in audit.agencies},
        "standard": {standard.slug for standard in audit.standards},
    }
    for number, found in enumerate(audit.assessments):
        for part, slug in (("agency", found.agency), ("standard", found.standard)):
            if slug not in known[part]:
                yield Fault(
                    what=f"There is no {part} “{slug}” in this audit.",
                    fix=f"{did_you_mean(slug, known[part])}Write {listed(sorted(known[part]))}.",
                    path=("assessments", number, part),
                )


def graded_once(subject: InPerformance) -> Iterator[Fault]:
    """Of two grades for one agency and standard nobody knows which holds."""
    seen: set[tuple[str, str]] = set()
    for number, found in enumerate(subject.paper.assessments):
        key = (found.agency, found.standard)
        if key in seen:
            yield Fault(
                what=f"“{found.agency}” is graded twice on “{found.standard}”.",
                fix="Keep the newer grade; the older one stays in the history of the file.",
                path=("assessments", number),
            )
        seen.add(key)


def grade_shown(subject: InPerformance) -> Iterator[Fault]:
    """A grade without evidence or date says only that somebody gave it."""
    for number, found in enumerate(subject.paper.assessments):
        missing = [
            word for word, there in (("evidence", found.evidence), ("date", found.assessed))
            if found.grade in JUDGED and not there
        ]  # fmt: skip
        if missing:
            yield Fault(
                what=f"The grade “{found.grade}” has no {' and no '.join(missing)}.",
                fix="Add “evidence:” and “assessed:”, or grade it “not assessed”.",
                path=("assessments", number, "grade"),
            )


def scale_has_a_source(subject: InPerformance) -> Iterator[Fault]:
    """Without a scale two auditors give one agency two grades."""
    audit: Audit = subject.paper
    if audit.standards and not audit.scale_source:
        yield Fault(
            what="The source gives no scale for these standards.",
            fix="The scale of this software is used (met, partly met, not met, not assessed, not "
            "applicable); name in “scale_source:” who has agreed one.",
            path=("standards",),
        )


def small_counts_withheld(subject: InPerformance) -> Iterator[Fault]:
    """A small count of cases can point to one family."""
    threshold = subject.context.settings.disclosure.threshold
    for number, count in enumerate(subject.paper.counts):
        if count.value is not None and 1 <= count.value <= threshold:
            yield Fault(
                what=f"A count of {threshold} or fewer stands here.",
                fix="Take the number out and write “marker: c”; the raw count belongs nowhere in "
                "this repository.",
                path=("counts", number, "value"),
            )
        if (count.value is None) != bool(count.marker):
            yield Fault(
                what="A count has either a value or a marker that says why there is none.",
                fix="Give one of the two.",
                path=("counts", number),
            )


def one_scope(subject: InPerformance) -> Iterator[Fault]:
    """Whether all deaths are reviewed, or only unexpected ones, decides what a count means."""
    scopes = {process.covers for process in subject.paper.processes}
    if len(scopes) > 1:
        yield Fault(
            what="One process is said to look at all deaths, another only at unexpected ones.",
            fix="Say in a note which deaths each process and each count is about.",
            path=("processes",),
        )


def actions_smart(subject: InPerformance) -> Iterator[Fault]:
    """An action that is not specific, measurable, achievable, realistic and timed cannot be
    followed up.
    """
    for path, action in _actions(subject.paper):
        missing = [word for field, word in SMART.items() if not getattr(action, field)]
        if missing:
            yield Fault(
                what=f"The action is not SMART: not {', not '.join(missing)}.",
                fix="Add " + ", ".join(f"“{f}:”" for f, w in SMART.items() if w in missing) + ".",
                path=path,
            )
        if not action.owner:
            yield Fault(
                what="Nobody answers for this action.", fix="Add “owner:” with a role.", path=path
            )


def states_in_order(subject: InPerformance) -> Iterator[Fault]:
    """An action is signed off, then carried out, and only then can an effect be seen."""
    today = subject.context.settings.edition.date
    for path, action in _actions(subject.paper):
        days = [action.signed_off, action.implemented, action.effect_observed]
        known = [day for day in days if day is not None]
        gap = any(days[n] is None and days[n + 1] is not None for n in range(2))
        if gap or known != sorted(known) or any(day > today for day in known):
            yield Fault(
                what="Signing off, implementing and seeing an effect are out of order.",
                fix="Give “signed_off:”, “implemented:” and “effect_observed:” in this order, "
                "none before the one above, none in the future.",
                path=path,
                about="edition" if any(day > today for day in known) else "",
            )
        if action.effect_observed and not action.effect:
            yield Fault(
                what="An effect was seen, and nobody says which.",
                fix="Add “effect:”.",
                path=(*path, "effect_observed"),
            )


def _actions(audit: Audit) -> Iterator[tuple[tuple[str | int, ...], AuditAction]]:
    for r, recommendation in enumerate(audit.recommendations):
        for a, action in enumerate(recommendation.actions):
            yield ("recommendations", r, "actions", a), action


def assessed_by_now(subject: InPerformance) -> Iterator[Fault]:
    """Nobody can have assessed on a day that is still to come."""
    today = subject.context.settings.edition.date
    for number, found in enumerate(subject.paper.assessments):
        if found.assessed and today < found.assessed < date.max:
            yield Fault(
                what=f"{found.assessed.isoformat()} comes after this edition, {today.isoformat()}.",
                fix="Mend the year, or move on “edition: date:” in databook.yaml.",
                path=("assessments", number, "assessed"),
                about="edition",
            )


RULES: tuple[Rule[InPerformance], ...] = (
    error("audit-grid-unknown", grid_known, "agencies/slug", "standards/slug"),
    error("audit-graded-twice", graded_once),
    error("audit-day-to-come", assessed_by_now, "settings.edition"),
    warning("audit-grade-unshown", grade_shown),
    warning("audit-scale-unsourced", scale_has_a_source),
    error("audit-small-count", small_counts_withheld),
    warning("audit-scope-differs", one_scope),
    warning("audit-action-not-smart", actions_smart),
    error("audit-action-order", states_in_order),
)
