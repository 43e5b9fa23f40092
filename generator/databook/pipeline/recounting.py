"""What an indicator's page of history, and records for later editions, are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from databook import analyse, compare, render
from databook.changes import Shown, Subject
from databook.compare import record
from databook.findings import Finding, Outturn
from databook.observations import Context, ProtectedCard
from databook.pages import Page
from databook.past import SAID, Past
from databook.performance import Performance, PerformanceFindings
from databook.pipeline import remembering
from databook.pipeline.remembering import Memory
from databook.problems import Problem

MEASURES = "programmes/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount:
    """What is kept of one indicator for the pages about all of them."""

    change: Subject | None = field(default=None, repr=False)
    outturns: tuple[Outturn, ...] = ()


def of_indicator(
    card: ProtectedCard, finding: Finding, memory: Memory, context: Context
) -> tuple[Page, Mapping[str, bytes], Recount]:
    """The page of what editions said of an indicator, and what this one says for later ones."""
    home = f"indicators/{card.indicator.slug}/"
    own = record.said(card, finding)
    history = compare.history(memory.spoken, own)
    editions = [
        (voice.issue.id, voice.forecast)
        for voice in history.voices
        if voice.issue is not None and voice.issue.holds and voice.forecast is not None
    ]
    outturns = analyse.outturns(finding, card.indicator, editions)
    page = render.history_page(card.indicator, finding, history, outturns, context)
    files = {
        f"{home}{SAID}": record.said_as_json(own),
        f"{home}history.csv": render.history_csv(history, context),
    }
    now = Shown(url=home, card=card, finding=finding)
    change = memory.change(home.rstrip("/"), now, context)
    return page, files, Recount(change=change, outturns=outturns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Programmes' measures as they are shown now, and what earlier editions said of them.

    All by their place in the site, "programmes/mentors/matches".
    """

    performance: Performance  # with [r] where the edition before said otherwise
    memories: Mapping[str, Memory] = field(default_factory=dict, repr=False)
    shown: Mapping[str, Shown] = field(default_factory=dict, repr=False)
    changes: Mapping[str, Subject] = field(default_factory=dict, repr=False)

    @property
    def in_print(self) -> tuple[Problem, ...]:
        """Numbers that are withheld now, but that an edition still shows."""
        cards = self.performance.figures
        return tuple(
            problem
            for key, memory in self.memories.items()
            for problem in remembering.in_print(cards[key.removeprefix(MEASURES)], memory)
        )

    def told(self, findings: PerformanceFindings, context: Context) -> Measures:
        """With what they show and what changed, once their figures are analysed."""
        shown, changes = {}, {}
        for key, memory in self.memories.items():
            name = key.removeprefix(MEASURES)
            card, finding = self.performance.figures[name], findings.measures[name]
            shown[key] = Shown(url=f"{key}/", card=card, finding=finding)
            change = memory.change(key, shown[key], context)
            if change is not None:
                changes[key] = change
        return replace(self, shown=shown, changes=changes)

    @property
    def files(self) -> Mapping[str, bytes]:
        """What this edition says of each, for later ones."""
        return {
            f"{key}/{SAID}": record.said_as_json(record.said(one.card, one.finding))
            for key, one in self.shown.items()
            if one.finding is not None
        }


def of_measures(performance: Performance, past: Past | None) -> Measures:
    """The measures that have figures, each with its memory."""
    memories = {
        f"{MEASURES}{name}": remembering.memory(past, f"{MEASURES}{name}/")
        for name in performance.figures
    }
    figures = {
        name: memories[f"{MEASURES}{name}"].marked(card)
        for name, card in performance.figures.items()
    }
    return Measures(performance=replace(performance, figures=figures), memories=memories)
