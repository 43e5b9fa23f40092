"""What changes between two states of a book, as readers are told: one report, four formats.

`told` puts everything into words once; text, Markdown and HTML are three ways of laying out the
same words.
"""

from __future__ import annotations

from typing import Any

from databook import words
from databook.changes import (
    Changes,
    Fate,
    Figure,
    FigureChange,
    Flip,
    PageChange,
    Side,
    Subject,
)
from databook.model import Measurable
from databook.observations import MARKERS

# Figures told one by one for one indicator; the rest are counted.
LISTED = 40
NOT_REPEATED = "not repeated here"
CONCEALED = (
    "A figure is newly withheld. The number it had is not repeated here, and what is said of the "
    "earlier side was worked out without it. It is still in the history of the repository: if it "
    "should never have been there, tell the people who keep the book."
)
UNBROKEN = (
    "What is counted is declared otherwise, and no break in the series is declared with it: "
    "say under `breaks` from which period the new definition holds, or that it holds for all."
)
HAPPENED = {
    FigureChange.ADDED: "added",
    FigureChange.REVISED: "revised",
    FigureChange.REMOVED: "removed",
    FigureChange.WITHHELD: "newly withheld",
    FigureChange.MARKED: "marked otherwise",
    FigureChange.BEHIND: "with other counts, limits or notes behind it",
}
FATES = {
    Fate.APPEARS: "New",
    Fate.CHANGES: "Changed",
    Fate.MOVES: "Moved",
    Fate.VANISHES: "Gone",
}


def told(changes: Changes) -> dict[str, Any]:
    """Everything that changes, in words."""
    return {
        "title": changes.title,
        "base": side(changes.base),
        "head": side(changes.head),
        "summary": summary(changes),
        "book": changes.book,
        "subjects": [_subject(subject) for subject in changes.subjects],
        "pages": [_page(page) for page in changes.pages],
        "redirects": redirects(changes),
    }


def side(it: Side) -> str:
    """What a side is called: "main (edition 2026-q1, commit 1234567)"."""
    edition = f"edition {it.edition}" if it.edition else "no edition"
    commit = f"commit {it.revision[:7]}"
    if it.revision and it.revision.startswith(it.name):
        return f"{commit} ({edition})"
    return f"{it.name} ({edition}, {commit})" if it.revision else f"{it.name} ({edition})"


def summary(changes: Changes) -> str:
    """All in a sentence or two."""
    if changes.nothing:
        return "Readers would find everything as it was."
    subjects = [
        f"{words.count(many)} {fate.lower()}"
        for fate, many in (
            (FATES[fate], sum(s.fate is fate for s in changes.subjects)) for fate in Fate
        )
        if many
    ]
    counted = {kind: sum(s.counts.get(kind, 0) for s in changes.subjects) for kind in FigureChange}
    figures = [f"{many:,} {HAPPENED[kind]}" for kind, many in counted.items() if many]
    flips = sum(len(s.flips) for s in changes.subjects)
    pages = [
        f"{words.count(many)} {FATES[fate].lower()}"
        for fate, many in ((f, sum(p.fate is f for p in changes.pages)) for f in Fate)
        if many
    ]
    parts = [
        f"For the whole book: {words.listed([w.what.lower() for w in changes.book])}."
        if changes.book
        else "",
        f"Indicators and measures: {words.listed(subjects)}." if subjects else "",
        f"Figures: {words.listed(figures)}." if figures else "",
        f"Judgements that change: {words.count(flips)}." if flips else "",
        f"Pages: {words.listed(pages)}." if pages else "",
    ]
    return " ".join(part for part in parts if part)


def redirects(changes: Changes) -> list[str]:
    """Lines for databook.yaml, so that links to pages that moved go on working.

    Pages below one that moved are led on with it, and need no lines.
    """
    moved = [(page.was, page.path) for page in changes.pages if page.fate is Fate.MOVES]
    told: list[tuple[str, str]] = []
    for was, now in sorted(moved, key=lambda pair: (len(pair[0]), pair)):
        if not any(was.startswith(o) and now == n + was.removeprefix(o) for o, n in told):
            told.append((was, now))
    if not told:
        return []
    lines = [(f'  - old: "{was}"', f'    new: "{now}"') for was, now in sorted(told)]
    return ["moved:", *(line for pair in lines for line in pair)]


def _subject(subject: Subject) -> dict[str, Any]:
    before, after = subject.indicator_before or subject.indicator, subject.indicator
    listed = subject.figures[:LISTED]
    counted = sum(subject.counts.values())
    concealed = bool(subject.counts.get(FigureChange.WITHHELD))
    redefined = any(w.defines for w in subject.wordings)
    return {
        "key": subject.key,
        "title": after.title,
        "fate": FATES[subject.fate],
        "url": subject.url,
        "was": subject.was,
        "before": list(subject.headline_before),
        "after": list(subject.headline),
        "counts": [f"{many:,} {HAPPENED[kind]}" for kind, many in subject.counts.items()],
        "figures": [_figure(figure, before, after) for figure in listed],
        "more": counted - len(listed) if listed else 0,
        "flips": [_flip(flip) for flip in subject.flips],
        "wordings": subject.wordings,
        "forecasts": subject.forecasts,
        "texts": words.sentence_case(words.listed(list(subject.texts))) if subject.texts else "",
        "notes": [
            *([CONCEALED] if concealed else []),
            *([UNBROKEN] if redefined and _no_new_break(subject) else []),
        ],
    }


def _no_new_break(subject: Subject) -> bool:
    """Whether no break is declared with a new definition. A break in words is one, too."""
    return not any(w.what == "Break in the series" for w in subject.wordings)


def _figure(figure: Figure, before: Measurable, after: Measurable) -> dict[str, str]:
    hidden = figure.change is FigureChange.WITHHELD
    return {
        "change": HAPPENED[figure.change],
        "period": figure.period.short,
        "who": ", ".join((figure.place, *figure.groups)),
        "before": NOT_REPEATED
        if hidden
        else _cell(figure.before, figure.markers_before, before)
        if figure.change is not FigureChange.ADDED or figure.markers_before
        else "",
        "after": "" if _gone(figure) else _cell(figure.after, figure.markers_after, after),
        "size": _size(figure, before, after),
        "why": figure.note,
    }


def _gone(figure: Figure) -> bool:
    """Whether the row itself is there no more, so that nothing stands in the figure's place."""
    removed = figure.change is FigureChange.REMOVED
    return removed and figure.after is None and not figure.markers_after


def _cell(value: float | None, markers: tuple[str, ...], indicator: Measurable) -> str:
    marks = "".join(f" [{mark}]" for mark in markers)
    if value is None:
        return marks.strip() or "no figure"
    return words.brief(value, indicator) + marks


def _size(figure: Figure, before: Measurable, after: Measurable) -> str:
    """How much a figure changed, or what its markers now say."""
    match figure.change:
        case FigureChange.REVISED if before.unit == after.unit:
            return _difference(figure, after)
        case FigureChange.MARKED:
            return _markers(figure)
        case FigureChange.BEHIND:
            return words.sentence_case(words.listed(list(figure.behind)))
        case _:
            return ""


def _difference(figure: Figure, indicator: Measurable) -> str:
    assert figure.before is not None  # noqa: S101 - a revised figure has both
    assert figure.after is not None  # noqa: S101
    change = figure.after - figure.before
    if words.rounded(change, indicator.decimals) == 0:
        return "by less than is shown"
    return (
        f"{'up' if change > 0 else 'down'} {words.between(figure.after, figure.before, indicator)}"
    )


def _markers(figure: Figure) -> str:
    """What happened to its markers: "no longer provisional"."""
    was, now = set(figure.markers_before), set(figure.markers_after)
    gone = [f"no longer {_meaning(mark)}" for mark in sorted(was - now)]
    come = [f"now {_meaning(mark)}" for mark in sorted(now - was)]
    return words.listed([*gone, *come]) if gone or come else ""


def _meaning(mark: str) -> str:
    return MARKERS.get(mark, mark).split(":")[0].split(",")[0]


def _flip(flip: Flip) -> dict[str, Any]:
    return {"about": flip.about, "before": flip.before, "after": flip.after}


def _page(page: PageChange) -> dict[str, str]:
    return {"fate": FATES[page.fate], "path": page.path, "title": page.title, "was": page.was}


def tame(text: str) -> str:
    """Text of a book on one line, without the controls that a terminal or log would obey."""
    return "".join(c if c.isprintable() or c == words.NO_BREAK else ascii(c)[1:-1] for c in text)
