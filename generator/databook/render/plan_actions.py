"""What a plan's page says of actions, of what is late or unowned, and of the eight questions."""

from __future__ import annotations

from typing import Any

from databook import words
from databook.model import ActionState
from databook.plans import DevelopmentPlan, Plan, PlanAction
from databook.reckonings import Item, PlanFinding, Smart

# How far a state reaches along the three steps of an action.
REACHED = {
    ActionState.SIGNED_OFF: 1,
    ActionState.IN_PROGRESS: 1,
    ActionState.IMPLEMENTED: 2,
    ActionState.EFFECT_OBSERVED: 3,
}
STEPS = (
    ("signed off", "signed_off"),
    ("implemented", "implemented"),
    ("effect observed", "effect_observed"),
)
QUESTIONS = (
    ("objective", "Which objective of the business plan does it serve?"),
    ("methodology", "How will it be done?"),
    ("components", "Which components does it need, such as training or a procedure?"),
    ("expertise", "What expertise does it need?"),
    ("consultation", "Who is to be consulted?"),
    ("resources", "What resources does it need?"),
    ("quality_assurance", "How will quality be assured and performance measured?"),
    ("timescale", "By when, overall and for each component?"),
)


def action_view(
    action: PlanAction, smart: Smart, plan: Plan, finding: PlanFinding
) -> dict[str, Any]:
    """One action with its steps, its milestones and what it does not state."""
    moved = [one for one in plan.indicators if one.slug in action.indicators]
    late = {(i.title, i.due) for i in finding.items if i.late}
    return {
        "action": action,
        "owner": action.owner or "Nobody named",
        "due": words.month(action.due) if action.due else "No date",
        "late": (action.title, action.due) in late,
        "steps": steps(action),
        "moves": [{"slug": one.slug, "short": one.short} for one in moved],
        "smart": smart_status(smart),
        "letters": [
            {"letter": letter, "word": word, "stated": stated}
            for letter, word, stated in smart.letters
        ],
        "milestones": [
            {
                "step": step,
                "due": words.month(step.due) if step.due else "no date",
                "owner": step.owner or action.owner or "nobody named",
                "state": str(step.state),
                "late": (step.title, step.due) in late,
            }
            for step in action.milestones
        ],
    }


def steps(action: PlanAction) -> list[words.Status]:
    """Signed off, implemented, effect observed: each reached, with its day, or not recorded."""
    if action.state is ActionState.NOT_COMMISSIONED:
        return [words.no_status("Not commissioned")]
    reached = REACHED.get(action.state, 0)
    found = []
    for number, (word, field) in enumerate(STEPS, start=1):
        day = getattr(action, field)
        said = words.sentence_case(word)
        if day:
            found.append(words.reached_status(f"{said}: {words.day(day)}"))
        elif number <= reached:
            found.append(words.reached_status(f"{said}: yes, no day recorded"))
        else:
            found.append(words.no_status(f"{said}: not recorded"))
    return found


def smart_status(smart: Smart) -> words.Status:
    """Whether an action states all five."""
    if not smart.missing:
        return words.reached_status("States all five of SMART")
    return words.no_status(f"Not SMART: nothing makes it {words.listed(list(smart.missing))}")


def followed(plan: Plan, finding: PlanFinding) -> str:
    """What is late, unowned and without any measure, in a sentence."""
    if not plan.recommendations and not finding.items:
        return ""
    actions = [i for i in finding.items if i.what == "action"]
    late = [i for i in finding.items if i.late]
    parts = []
    if actions:
        unowned = sum(i.unowned for i in actions)
        of = words.plural(len(actions), "action")
        parts.append(
            f"{words.count(unowned)} of {of} {'names' if unowned == 1 else 'name'} no owner"
            if unowned
            else f"{'each of ' if len(actions) > 1 else ''}{of} names an owner"
        )
    parts.append(f"{'nothing' if not late else words.count(len(late))} is late"
                 if len(late) < 2 else f"{words.count(len(late))} things are late")  # fmt: skip
    if finding.unmeasured:
        numbers = words.listed([str(n) for n in finding.unmeasured])
        noun = "recommendation" if len(finding.unmeasured) == 1 else "recommendations"
        verb = "has" if len(finding.unmeasured) == 1 else "have"
        parts.append(f"{noun} {numbers} {verb} no measure, action or report")
    return f"As at {words.day(finding.as_at)}, {words.listed(parts)}."


def dated(item: Item) -> dict[str, str]:
    """A late thing in a list."""
    return {
        "title": item.title,
        "under": f"{item.what.capitalize()} under {item.under}",
        "owner": item.owner or "nobody named",
        "due": words.month(item.due) if item.due else "no date",
        "state": item.state,
    }


def development(plan: DevelopmentPlan) -> list[tuple[str, list[str]]]:
    """The eight questions, each with its answer's lines; none means the question is open."""
    found: list[tuple[str, list[str]]] = []
    for field, question in QUESTIONS:
        said = getattr(plan, field)
        if field == "components":
            said = [
                f"{c.title}, by {words.month(c.due)}" if c.due else f"{c.title} (no date)"
                for c in plan.components
            ]
        found.append((question, said if isinstance(said, list) else [said] if said else []))
    return found
