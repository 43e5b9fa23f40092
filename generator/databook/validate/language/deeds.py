"""Actions beside an indicator, a measure or a programme: SMART, and not silently late."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from databook.model import Action, ActionState
from databook.observations import Context
from databook.validate.faults import Fault, listed

_OPEN = (ActionState.SIGNED_OFF, ActionState.IN_PROGRESS)


def actions_smart(one: Any, _: Context) -> Iterator[Fault]:
    """An action that names nobody, no day and no way of telling its effect cannot be followed
    up, and will be reported as done when it has been talked about.
    """
    for number, action in enumerate(one.actions):
        has = {"owner": action.owner, "measure": action.measure, "due": action.due}
        if lacks := [name for name, there in has.items() if not there]:
            yield Fault(
                what=f"The action “{_cut(action)}” has no {listed(lacks)}.",
                fix="Say who answers for it (“owner:”), how we will know that it had an effect "
                "(“measure:”), and by which day (“due:”).",
                path=("actions", number, "title"),
            )


def actions_stated(one: Any, context: Context) -> Iterator[Fault]:
    """Where the day of an action has gone by and nobody says what became of it, readers take it
    for done.
    """
    yield from _late(one, context, (ActionState.PROPOSED,))


def actions_on_time(one: Any, context: Context) -> Iterator[Fault]:
    """What is late is said openly, and first to those who can still do it."""
    yield from _late(one, context, _OPEN)


def _late(one: Any, context: Context, states: tuple[ActionState, ...]) -> Iterator[Fault]:
    today = context.settings.edition.date
    for number, action in enumerate(one.actions):
        if action.due and action.due < today and action.state in states:
            yield Fault(
                what=f"“{_cut(action)}” was due on {action.due.isoformat()} and is "
                f"{action.state.value}, as at {today.isoformat()}.",
                fix="Bring its “state:” up to date (“not commissioned” is an answer too), or "
                "agree on another day.",
                path=("actions", number, "due"),
            )


def _cut(action: Action) -> str:
    return action.title if len(action.title) <= 60 else f"{action.title[:57]}..."
