"""What each edition said of each period, edition by edition: the revision triangle, and more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from databook.compare.subject import DEFINING, SAME
from databook.model import Measurable
from databook.past import History, Issue, Revised, Said, Told, Voice
from databook.periods import parse
from databook.words import Status, no_status

# While these are the same, a figure of one edition can be set beside that of another.
COUNTED_IN = ("unit", "per", "periods")
WITHHELD = "c"


def history(past: Sequence[tuple[Issue, Said]], now: Said) -> History:
    """All that was said, with nothing in it that is withheld now."""
    hidden = frozenset(t.period for t in now.own if t.value is None and WITHHELD in t.markers)
    shown = {t.period for _, said in past for t in said.own if t.value is not None}
    concealed = bool(hidden & shown)
    spoken: list[tuple[Issue | None, Said]] = [*past, (None, now)]
    voices: list[Voice] = []
    for number, (issue, said) in enumerate(spoken):
        earlier = spoken[number - 1][1].indicator if number else None
        voice = _voice(issue, said, now, hidden, concealed)
        voices.append(replace(voice, redefined=tuple(_redefined(earlier, said.indicator))))
    codes = {code for voice in voices if voice.alike for code in voice.told}
    type_ = now.indicator.periods
    return History(
        voices=tuple(voices),
        periods=tuple(sorted(codes, key=lambda code: parse(code, type_).step, reverse=True)),
        revised=tuple(_revised(voices)),
        concealed=concealed,
    )


def _voice(
    issue: Issue | None, said: Said, now: Said, hidden: frozenset[str], concealed: bool
) -> Voice:
    alike = all(getattr(said.indicator, n) == getattr(now.indicator, n) for n in COUNTED_IN)
    told = {
        t.period: Told(period=t.period, value=None, markers=(WITHHELD,))
        if t.period in hidden
        else t
        for t in said.own
    }
    return Voice(
        issue=issue,
        told=told if alike else {},
        judgements=_safe(said.judgements) if concealed else said.judgements,
        # A forecast carries on from the figures before it, and from it they can be reckoned.
        forecast=said.forecast if alike and not concealed else None,
        alike=alike,
    )


def _safe(judgements: Mapping[str, Status]) -> dict[str, Status]:
    """Judgements, without one that would tell the figure itself."""
    return {
        about: no_status("Compared") if status.short == SAME else status
        for about, status in judgements.items()
    }


def _redefined(before: Measurable | None, after: Measurable) -> Iterator[str]:
    for what, name in DEFINING:
        if before is not None and getattr(before, name, None) != getattr(after, name, None):
            yield what


def _revised(voices: Sequence[Voice]) -> Iterator[Revised]:
    last: dict[str, float] = {}
    for voice in voices:
        for code, told in voice.told.items():
            if told.value is None:
                continue
            before = last.get(code)
            if before is not None and before != told.value:
                yield Revised(
                    period=code, issue=voice.issue, before=before, after=told.value
                )  # fmt: skip
            last[code] = told.value
