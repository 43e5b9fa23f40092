"""Checklists: steps in order, each with its state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from databook import words
from databook.checklists import Checklist, StepState
from databook.observations import Context
from databook.pages import Page, SearchRecord
from databook.performance import Performance, PerformanceFindings
from databook.render.entries import Entry
from databook.render.templates import fill

_TONE = {
    StepState.NOT_CLAIMED: "none",
    StepState.NOT_BEGUN: "bad",
    StepState.BEGUN: "flat",
    StepState.DONE: "good",
}


def checklist_pages(
    context: Context,
    performance: Performance,
    findings: PerformanceFindings,
    entries: Sequence[Entry],
) -> Iterator[Page]:
    """A page for each checklist."""
    del context, findings, entries
    yield from (_page(checklist) for checklist in performance.checklists)


def tally(checklist: Checklist) -> str:
    """How many steps are in which state, in a sentence."""
    states = [step.state for step in checklist.steps]
    said = [f"{words.count(states.count(s))} {s}" for s in StepState if s in states]
    return f"{words.sentence_case(words.plural(len(states), 'step'))}: {words.listed(said)}."


def _page(checklist: Checklist) -> Page:
    sentence = tally(checklist)
    steps = [
        {"step": step, "status": _status(step.state), "number": number}
        for number, step in enumerate(checklist.steps, start=1)
    ]
    return Page(
        path=f"checklists/{checklist.slug}/",
        title=checklist.title,
        description=f"{checklist.summary} {sentence}"[:300],
        content=fill("checklist.html.j2", checklist=checklist, steps=steps, sentence=sentence),
        section="services",
        search=SearchRecord(
            title=checklist.title,
            text=f"{checklist.summary} {' '.join(s.title for s in checklist.steps)}",
            synonyms=("checklist", "practical steps"),
            summary=sentence,
            filters={"kind": ("Checklist",)},
        ),
        edit=f"scorecards/checklists/{checklist.slug}.yaml",
    )


def _status(state: StepState) -> words.Status:
    tone, word = _TONE[state], words.sentence_case(state)
    return words.Status(tone=tone, shape=words.SHAPES[tone], word=word, short=word)
