"""The page of what each edition said of an indicator, and how what was forecast turned out."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from defusedcsv import csv  # spreadsheets must not run text as a formula

from databook import words
from databook.findings import Finding, Hit, Outturn
from databook.model import Measurable
from databook.observations import Context
from databook.pages import Page
from databook.past import RATING, TREND, TURN, History, Revised, Told, Voice
from databook.periods import parse
from databook.render.templates import fill

SHOWN = 24  # editions side by side in the table; older ones are in the download
NOT_YET = "not yet"
COLUMNS = ("edition", "revision", "edition_date", "published", "period", "value", "marker")


def history_page(
    indicator: Measurable,
    finding: Finding,
    history: History,
    outturns: Sequence[Outturn],
    context: Context,
) -> Page:
    """What every edition said of each period, what it judged, and what it expected."""
    path = f"indicators/{indicator.slug}/"
    newest = tuple(reversed(history.voices))[:SHOWN]
    said = summary(history, outturns)
    view = {
        "summary": said,
        "place": finding.place,
        "columns": [_column(voice, path, context) for voice in newest],
        "rows": [_row(code, newest, indicator) for code in history.periods],
        "symbols": _symbols(newest),
        "older": len(history.voices) - len(newest),
        "revised": [_revised(r, indicator, context) for r in reversed(history.revised)],
        "judged": [_judged(voice, indicator) for voice in newest],
        "outturns": [row for o in reversed(outturns) for row in _outturn(o, indicator)],
        "concealed": history.concealed,
    }
    title = f"{indicator.title}: what each edition said"
    return Page(
        path=f"{path}history/",
        title=title,
        description=" ".join(said)[:300],
        content=fill("history.html.j2", view=view, indicator=indicator, path=path),
        section="indicators",
    )


def history_csv(history: History, context: Context) -> bytes:
    """The revision triangle as a long table: a row for each edition and period."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    edition = context.settings.edition
    for voice in history.voices:
        issue = voice.issue
        about = (
            (issue.id, issue.number, issue.date.isoformat(), issue.published)
            if issue
            else (edition.id, "", edition.date.isoformat(), "")
        )
        for code, told in voice.told.items():
            value = "" if told.value is None else repr(told.value).removesuffix(".0")
            writer.writerow((*about, code, value, " ".join(told.markers)))
    return text.getvalue().encode()


def summary(history: History, outturns: Sequence[Outturn]) -> tuple[str, ...]:
    """How many editions there are, what they revised, and how good their forecasts were."""
    count = len(history.voices)
    if count == 1:
        told = "No earlier edition with this figure is known."
    else:
        told = f"{words.sentence_case(words.plural(count, 'edition'))} spoke of this figure."
        many = len(history.revised)
        told += (
            f" {words.sentence_case(words.plural(many, 'time'))} a figure was revised."
            if many
            else " None has revised a figure that an earlier one had published."
        )
    hits = [hit for outturn in outturns for hit in outturn.hits if _fair(outturn)]
    judged = [hit for hit in hits if hit.inside_80 is not None]
    if not judged:
        return (told,)
    inside = sum(bool(hit.inside_80) for hit in judged)
    held = (
        f"Of {words.plural(len(judged), 'figure')} that came out after being forecast with an "
        f"interval, {words.count(inside)} fell inside the 80% interval."
        if len(judged) > 1
        else "The one figure that came out after being forecast with an interval "
        + ("fell inside the 80% interval." if inside else "fell outside the 80% interval.")
    )
    return told, held


def _fair(outturn: Outturn) -> bool:
    """Whether it was made before the figures came out, on present course."""
    return not outturn.forecast.reconstructed and not outturn.forecast.scenario


# --- the triangle --------------------------------------------------------------------------------


def _column(voice: Voice, path: str, context: Context) -> dict[str, Any]:
    settings = context.settings
    if voice.issue is None:
        edition = settings.edition
        return {"name": edition.id, "url": f"{settings.address}{path}", "note": "this edition",
                "date": words.day(edition.date), "redefined": voice.redefined,
                "alike": voice.alike}  # fmt: skip
    issue = voice.issue
    return {
        "name": issue.id,
        "url": f"{settings.address}{issue.folder}{path}",
        "note": "" if issue.holds else "before its correction",
        "date": words.day(issue.date),
        "redefined": voice.redefined,
        "alike": voice.alike,
    }


def _row(code: str, voices: Sequence[Voice], indicator: Measurable) -> dict[str, Any]:
    """A period, with the figure of each edition, newest first."""
    found = [_cell(voice, code, indicator) for voice in voices]
    earlier = [*found[1:], None]
    return {
        "period": parse(code, indicator.periods).short,
        "cells": [
            {
                "text": text,
                "faint": text == NOT_YET,
                "changed": before is not None and "[r]" in text and before != text,
            }
            for text, before in zip(found, earlier, strict=True)
        ],
    }


def _cell(voice: Voice, code: str, indicator: Measurable) -> str:
    if not voice.alike:
        return "[z]"
    told = voice.told.get(code)
    if told is not None:
        return _figure(told, indicator)
    steps = [parse(other, indicator.periods).step for other in voice.told]
    ahead = not steps or parse(code, indicator.periods).step > max(steps)
    return NOT_YET if ahead else "[x]"


def _figure(told: Told, indicator: Measurable) -> str:
    marks = " ".join(f"[{mark}]" for mark in told.markers)
    if told.value is None:
        return marks or "[x]"
    return f"{words.bare(told.value, indicator)} {marks}".strip()


def _symbols(voices: Sequence[Voice]) -> str:
    """What each symbol in the table means."""
    used = {mark for voice in voices for told in voice.told.values() for mark in told.markers}
    used |= {"z"} if any(not voice.alike for voice in voices) else set()
    used |= {"x"}
    return words.explained(used)


def _revised(revised: Revised, indicator: Measurable, context: Context) -> dict[str, str]:
    change = revised.after - revised.before
    size = f"{'up' if change > 0 else 'down'} " + words.between(
        revised.after, revised.before, indicator
    )
    small = words.rounded(change, indicator.decimals) == 0
    return {
        "period": parse(revised.period, indicator.periods).short,
        "edition": revised.issue.name if revised.issue else context.settings.edition.id,
        "before": words.brief(revised.before, indicator),
        "after": words.brief(revised.after, indicator),
        "size": "by less than is shown" if small else size,
    }


# --- what was judged and expected ----------------------------------------------------------------


def _judged(voice: Voice, indicator: Measurable) -> dict[str, Any]:
    latest = max(
        voice.told.values(),
        key=lambda told: (told.value is not None, parse(told.period, indicator.periods).step),
        default=None,
    )
    nothing = words.no_status("Not compared")
    against = next(
        (status for about, status in voice.judgements.items() if about.startswith("Against ")),
        nothing,
    )
    known = latest is not None and latest.value is not None
    return {
        "latest": _figure(latest, indicator) if latest else "[z]",
        "period": parse(latest.period, indicator.periods).short if latest and known else "",
        "rating": voice.judgements.get(RATING, words.no_status("Not rated")),
        "turn": voice.judgements.get(TURN, words.no_status("Not judged")),
        "trend": voice.judgements.get(TREND, words.no_status("Not judged")),
        "against": against,
    }


def _outturn(outturn: Outturn, indicator: Measurable) -> Iterator[dict[str, str]]:
    forecast = outturn.forecast
    made = f"Edition {outturn.edition}" if outturn.edition else words.day(forecast.made_on)
    if forecast.reconstructed:
        made += ", reconstructed afterwards"
    elif not outturn.edition:
        made += ", frozen"
    if forecast.scenario:
        made += f", scenario “{forecast.scenario}”"
    for hit in outturn.hits:
        yield {
            "made": made,
            "origin": forecast.origin.short,
            "period": hit.period.short,
            "expected": f"{words.bare(hit.expected, indicator)} [f]",
            "actual": words.bare(hit.actual, indicator),
            "error": _error(hit, indicator),
            "eighty": _inside(hit.inside_80),
            "ninety_five": _inside(hit.inside_95),
        }
    if outturn.redefined:
        yield {
            "made": made, "origin": forecast.origin.short, "period": "later",
            "expected": "[z]", "actual": "another definition",
            "error": "[z]", "eighty": "[z]", "ninety_five": "[z]",
        }  # fmt: skip


def _error(hit: Hit, indicator: Measurable) -> str:
    """How far the figure lay from what was expected of it, with its sign."""
    text = words.number(hit.error, indicator.decimals)
    return text if text.startswith(words.MINUS) or not text.strip("0.,") else f"+{text}"


def _inside(inside: bool | None) -> str:
    return "[z]" if inside is None else "inside" if inside else "outside"
