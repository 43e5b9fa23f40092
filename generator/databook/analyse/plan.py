"""Plans: percent of target beside distance travelled, what is late or unowned, what is SMART."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from databook.findings import RatingWord
from databook.milestones import is_late, smart, unmeasured
from databook.model import ActionState, Better, RatingScheme, Settings
from databook.plans import Figure, Plan, PlanIndicator
from databook.reckonings import Item, PlanFinding, Standing
from databook.targets import band, distance_travelled, scheme_of, share_of_target

CENSORED = "the figure is only known not to be above a limit"
NO_BASELINE = "no baseline is available"
NO_TARGET = "no target is set"
NEUTRAL = "neither higher nor lower is better"
WITHHELD = "the figure is withheld"
AT_START = "at the start"
NO_HEADROOM = "the baseline is already at the target, so there is no way to go"


def plan(plan: Plan, settings: Settings) -> PlanFinding:
    """Everything that follows from what one plan declares."""
    as_at = plan.as_at or settings.edition.date
    scheme = scheme_of(plan.rating_scheme, settings)
    return PlanFinding(
        as_at=as_at,
        declared=plan.as_at is not None,
        standings={one.slug: standing(one, scheme) for one in plan.indicators},
        smart={
            (recommendation.number, number): smart(action, recommendation=True)
            for recommendation in plan.recommendations
            for number, action in enumerate(recommendation.actions)
        },
        items=tuple(items(plan, as_at)),
        unmeasured=unmeasured(plan),
        answered=answered(plan),
    )


def standing(indicator: PlanIndicator, scheme: RatingScheme) -> Standing:
    """A measure's share of target and distance travelled, and the colour that may be given."""
    now = indicator.latest or indicator.baseline
    aim, base = _exact(indicator.target), _exact(indicator.baseline)
    actual = _exact(now)
    obstacle = _obstacle(now, indicator.target)
    share = None
    if actual is not None and aim is not None and not obstacle:
        # A literal reading takes higher as better where the plan's own target says neither.
        better = Better.LOWER if indicator.better is Better.LOWER else Better.HIGHER
        share = share_of_target(actual, aim, better)
    literal, reason = band(share, scheme) if share is not None else (RatingWord.NOT_RATED, obstacle)
    refused = indicator.not_rated or (NEUTRAL if indicator.better is Better.NEUTRAL else "")
    if share is not None and refused:
        rating, reason = RatingWord.NOT_RATED, refused
    else:
        rating = literal
    travelled, why = _travelled(indicator, actual, base, aim)
    needed = aim - actual if aim is not None and actual is not None and not obstacle else None
    return Standing(
        slug=indicator.slug,
        share_of_target=share,
        literal=literal,
        rating=rating,
        reason=reason,
        scheme=scheme.title,
        distance_travelled=travelled,
        distance_reason=why,
        change_needed=needed,
        relative_change=needed / actual if needed is not None and actual else None,
    )


def _exact(figure: Figure) -> Fraction | None:
    return None if figure.value is None or figure.at_most else Fraction(figure.value)


def _obstacle(now: Figure, target: Figure) -> str:
    """Why no share of the target can be had, or nothing."""
    if now.at_most or target.at_most:
        return CENSORED
    if target.value is None:
        return NO_TARGET
    if now.value is None:
        return WITHHELD if now.marker == "c" else NO_BASELINE
    return ""


def _travelled(
    indicator: PlanIndicator, actual: Fraction | None, base: Fraction | None, aim: Fraction | None
) -> tuple[Fraction | None, str]:
    if actual is None or base is None or aim is None:
        return None, _obstacle(indicator.latest or indicator.baseline, indicator.target)
    way = distance_travelled(actual, base, aim)
    if way is None:
        return None, NO_HEADROOM
    return way, AT_START if indicator.latest is None else ""


# --- actions -------------------------------------------------------------------------------


def items(plan: Plan, as_at: date) -> Iterator[Item]:
    """Actions, milestones and evidence in order, with what is late or unowned."""
    for recommendation in plan.recommendations:
        under = f"recommendation {recommendation.number}"
        for action in recommendation.actions:
            yield _item(
                "action", action.title, under, action.owner, action.due, action.state, as_at
            )
            for step in action.milestones:
                owner = step.owner or action.owner
                yield _item("milestone", step.title, under, owner, step.due, step.state, as_at)
    for one in plan.evidence:
        under = f"evidence {one.number}"
        yield _item("evidence", one.title, under, one.owner, one.due, one.state, as_at)
    for meeting in plan.schedule:
        for report in meeting.reports:
            yield _item(
                "report", report.title, "schedule", report.owner, meeting.month, report.state, as_at
            )


def _item(
    what: str, title: str, under: str, owner: str, due: str, state: ActionState, as_at: date
) -> Item:
    return Item(
        what=what,
        title=title,
        under=under,
        owner=owner,
        due=due,
        state=str(state),
        late=is_late(due, state, as_at),
        unowned=not owner,
    )


def answered(plan: Plan) -> int:
    """How many of the eight fields of a development plan are filled."""
    if plan.development is None:
        return 0
    return sum(bool(getattr(plan.development, name)) for name in plan.development.__slots__)
