"""The report of what changes for programs, with its numbers, and for people at a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from databook import words
from databook.changes import Changes, Figure, Side, Subject, Wording
from databook.render.changes import redirects, summary, tame, told


def as_json(changes: Changes) -> str:
    """All of it with its numbers."""
    report = {
        "title": changes.title,
        "base": _side(changes.base),
        "head": _side(changes.head),
        "summary": summary(changes),
        "book": [_declared(wording) for wording in changes.book],
        "subjects": [_plain(subject) for subject in changes.subjects],
        "pages": [
            {"change": p.fate, "url": p.path, "was": p.was, "title": p.title} for p in changes.pages
        ],
        "redirects": redirects(changes),
    }
    return json.dumps(report, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _side(it: Side) -> Mapping[str, str]:
    on = it.date.isoformat() if it.date else ""
    return {"name": it.name, "edition": it.edition, "date": on, "commit": it.revision}


def _plain(subject: Subject) -> dict[str, Any]:
    return {
        "key": subject.key,
        "change": subject.fate,
        "title": subject.indicator.title,
        "url": subject.url,
        "was": subject.was,
        "counts": subject.counts,
        "figures": [_numbers(figure) for figure in subject.figures],
        "judgements": [
            {"about": f.about, "before": f.before.short, "after": f.after.short}
            for f in subject.flips
        ],
        "declarations": [_declared(wording) for wording in subject.wordings],
        "forecasts": list(subject.forecasts),
        "texts": list(subject.texts),
    }


def _declared(wording: Wording) -> dict[str, Any]:
    return {
        "what": wording.what,
        "before": wording.before,
        "after": wording.after,
        "defines": wording.defines,
    }


def _numbers(figure: Figure) -> dict[str, Any]:
    return {
        "change": figure.change,
        "period": figure.period.code,
        "area": figure.area,
        "groups": list(figure.groups),
        "before": figure.before,
        "after": figure.after,
        "markers_before": list(figure.markers_before),
        "markers_after": list(figure.markers_after),
    }


# --- for people at a terminal ----------------------------------------------------------------


def as_text(changes: Changes) -> str:
    """The report in plain lines."""
    view = told(changes)
    lines = [f"{view['title']}: from {view['base']} to {view['head']}", view["summary"]]
    if view["book"]:
        lines += ["", "For the whole book", *_declarations(view["book"])]
    for subject in view["subjects"]:
        lines += ["", *_text(subject)]
    if view["pages"]:
        lines += ["", "Pages"]
        lines += [
            f"  {page['fate']}: {page['was'] + ' -> ' if page['was'] else ''}"
            f"{page['path'] or '(home)'}  {page['title']}"
            for page in view["pages"]
        ]
    if view["redirects"]:
        lines += ["  So that old links go on working, add to scorecards/databook.yaml:"]
        lines += [f"    {line}" for line in view["redirects"]]
    return "".join(f"{tame(line)}\n" for line in lines)


def _text(subject: Mapping[str, Any]) -> list[str]:
    lines = [f"{subject['fate']}: {subject['title']}  {subject['url']}"]
    lines += [f"  was at {subject['was']}"] if subject["was"] else []
    same = subject["before"] == subject["after"]
    for name in () if same else ("before", "after"):
        lines += [f"  {name}: {' '.join(subject[name])}"] if subject[name] else []
    lines += [
        f"  {flip['about']}: {_status(flip['before'])} -> {_status(flip['after'])}"
        for flip in subject["flips"]
    ]
    lines += [f"  Figures: {words.listed(subject['counts'])}"] if subject["counts"] else []
    lines += [f"    {_row(figure)}" for figure in subject["figures"]]
    lines += [f"    and {subject['more']:,} more"] if subject["more"] else []
    lines += _declarations(subject["wordings"])
    lines += [f"  Forecast. {said}" for said in subject["forecasts"]]
    lines += [f"  Words: {subject['texts']}"] if subject["texts"] else []
    lines += [f"  Note: {note}" for note in subject["notes"]]
    return lines


def _declarations(wordings: Iterable[Wording]) -> list[str]:
    return [f"  {w.what}: {w.before or '(none)'} -> {w.after or '(none)'}" for w in wordings]


def _row(figure: Mapping[str, str]) -> str:
    both = dict.fromkeys(part for part in (figure["before"], figure["after"]) if part)
    change = " -> ".join(both)
    size = f", {figure['size']}" if figure["size"] else ""
    return f"{figure['period']}, {figure['who']}: {figure['change']}, {change}{size}"


def _status(status: words.Status) -> str:
    return f"{status.shape} {status.short}"
