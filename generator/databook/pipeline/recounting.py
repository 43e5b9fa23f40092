"""What one indicator's page of history and record for later editions are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from databook import analyse, compare, render
from databook.changes import Shown, Subject
from databook.compare import record
from databook.findings import Finding, Outturn
from databook.observations import Context, ProtectedCard
from databook.pages import Page
from databook.past import SAID
from databook.pipeline.remembering import Memory


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
