"""The page of an edition that says what changed in it, and the same in a sentence for feeds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from databook import words
from databook.changes import Changes, Fate, FigureChange, Subject
from databook.observations import Context
from databook.pages import Page, SearchRecord
from databook.past import Issue
from databook.render.changes import FATES, HAPPENED, summary, told
from databook.render.changes_plain import as_json
from databook.render.templates import fill

PATH = "changes/"
NOTHING = "No figure, judgement or declaration changed."
FIRST = "This is the first edition."
UNKNOWN = (
    "This is a draft, which knows of no earlier edition. What changed is said once it is published."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What changed with an edition. No `changes`: there is no earlier edition to compare with.

    `corrected`: corrections of editions since the one before, with what it is called.
    """

    changes: Changes | None = None
    first: bool = False  # there is none, rather than none that is known
    before: Issue | None = None
    corrected: tuple[Issue, ...] = ()
    correcting: str = ""

    @property
    def sentence(self) -> str:
        """All of it in a sentence or two."""
        parts = [f"Corrected: {self.correcting}"] if self.correcting else []
        if self.changes is None:
            parts.append(FIRST if self.first else UNKNOWN)
        else:
            told = _of_readers(self.changes)
            parts.append(NOTHING if told.nothing else summary(told))
        if self.corrected:
            names = words.listed(list(dict.fromkeys(issue.id for issue in self.corrected)))
            parts.append(f"Corrected since: {names}.")
        return " ".join(parts)


def changes_page(news: News, context: Context) -> Page:
    """What changed since the edition before."""
    settings = context.settings
    changes = _of_readers(news.changes) if news.changes else None
    subjects = told(changes)["subjects"] if changes else []
    pairs = list(zip(changes.subjects, subjects, strict=True)) if changes else []
    view = {
        "summary": news.sentence,
        "known": changes is not None,
        "before": _link(news.before, settings.address) if news.before else None,
        "correcting": news.correcting,
        "corrected": [
            {**_link(issue, settings.address), "reason": issue.reason,
             "day": words.day(date.fromisoformat(issue.published))}
            for issue in news.corrected
        ],
        "book": changes.book if changes else (),
        "flips": [
            {"title": s["title"], "url": s["url"], **flip} for s in subjects for flip in s["flips"]
        ],
        "revised": list(_revised(changes)) if changes else [],
        "new": list(_new(changes)) if changes else [],
        "other": list(_other(pairs)),
        "fates": list(_fates(pairs)),
        "redefined": [
            {"title": s["title"], "url": s["url"], "notes": s["notes"],
             "wordings": [w for w in s["wordings"] if w.defines]}
            for s in subjects if any(w.defines for w in s["wordings"])
        ],
        "forecasts": [
            {"title": s["title"], "url": s["url"], "said": s["forecasts"]}
            for s in subjects if s["forecasts"]
        ],
        "pages": [
            {"title": page.title, "path": page.path, "what": FATES[page.fate]}
            for page in (changes.pages if changes else ())
        ],
    }  # fmt: skip
    return Page(
        path=PATH,
        title="What changed",
        description=news.sentence[:300],
        content=fill("whats_new.html.j2", view=view, settings=settings),
        section="about",
        search=SearchRecord(
            title="What changed in this edition",
            text="New figures, revised figures, corrections, judgements that flipped, indicators "
            "added, redefined and retired",
            synonyms=("revisions", "changes", "what is new", "corrections", "news"),
            summary=news.sentence[:300],
        ),
    )


def changes_json(news: News) -> bytes:
    """The same for programs."""
    if news.changes is None:
        return b'{"subjects":[]}\n'
    return as_json(_of_readers(news.changes)).encode()


def by_outcome(news: News) -> Mapping[str, str]:
    """What changed for each outcome that anything changed for, in a sentence."""
    if news.changes is None:
        return {}
    found: dict[str, list[Subject]] = {}
    for subject in _of_readers(news.changes).subjects:
        for outcome in getattr(subject.indicator, "outcomes", ()):
            found.setdefault(outcome, []).append(subject)
    return {
        outcome: _sentence(replace(news.changes, book=(), pages=(), subjects=tuple(subjects)))
        for outcome, subjects in sorted(found.items())
    }


def _sentence(changes: Changes) -> str:
    names = [subject.indicator.short for subject in changes.subjects]
    return f"{words.sentence_case(words.listed(names))}. {summary(changes)}"


def _of_readers(changes: Changes) -> Changes:
    """Without what every edition changes: its own name and day, and words that follow from them."""
    book = tuple(w for w in changes.book if w.what != "Edition")
    told = tuple(subject.url for subject in changes.subjects)
    pages = tuple(
        page
        for page in changes.pages
        if page.fate is not Fate.CHANGES
        and not page.path.startswith(("indicators/", *told))  # told with what it is of
    )
    return replace(changes, book=book, pages=pages)


def _link(issue: Issue, address: str) -> dict[str, str]:
    return {
        "name": issue.id,
        "url": f"{address}{issue.folder}",
        "day": words.day(issue.date),
    }


Pairs = Sequence[tuple[Subject, Mapping[str, Any]]]


def _worded(changes: Changes, kind: FigureChange) -> Iterator[tuple[Subject, Mapping[str, Any]]]:
    """Subjects with figures of one kind of change, and those figures in words."""
    subjects = tuple(
        replace(subject, figures=tuple(f for f in subject.figures if f.change is kind))
        for subject in changes.subjects
        if subject.counts.get(kind) and subject.fate is not Fate.APPEARS
    )
    yield from zip(subjects, told(replace(changes, subjects=subjects))["subjects"], strict=True)


def _revised(changes: Changes) -> Iterator[dict[str, Any]]:
    """Revised figures of each indicator, the book's own place first."""
    for subject, said in _worded(changes, FigureChange.REVISED):
        more = subject.counts[FigureChange.REVISED] - len(said["figures"])
        yield {"title": said["title"], "url": said["url"], "rows": said["figures"], "more": more}


def _new(changes: Changes) -> Iterator[dict[str, Any]]:
    """Indicators with new figures: the newest of them, and how many there are."""
    for subject, said in _worded(changes, FigureChange.ADDED):
        pairs = list(zip(subject.figures, said["figures"], strict=False))
        own = [pair for pair in pairs if pair[0].area == subject.figures[0].area]
        periods = sorted({f.period for f, _ in own}, key=lambda p: p.step, reverse=True)
        newest = max(own, key=lambda pair: pair[0].period.step, default=None)
        yield {
            "title": said["title"],
            "url": said["url"],
            "many": f"{subject.counts[FigureChange.ADDED]:,}",
            "periods": words.listed([p.short for p in periods[:3]]) if periods else "",
            "newest": newest[1] if newest else None,
        }


def _other(pairs: Pairs) -> Iterator[dict[str, Any]]:
    """Figures withheld, taken away, marked otherwise or recounted, as counts."""
    for subject, said in pairs:
        counts = [
            f"{many:,} {HAPPENED[kind]}"
            for kind, many in subject.counts.items()
            if kind not in (FigureChange.ADDED, FigureChange.REVISED)
        ]
        if counts and subject.fate not in (Fate.APPEARS, Fate.VANISHES):
            yield {"title": said["title"], "url": said["url"], "counts": words.listed(counts),
                   "notes": said["notes"]}  # fmt: skip


def _fates(pairs: Pairs) -> Iterator[dict[str, Any]]:
    words_ = {Fate.APPEARS: "Added", Fate.VANISHES: "Retired", Fate.MOVES: "Renamed"}
    for subject, said in pairs:
        if subject.fate in words_:
            yield {
                "what": words_[subject.fate],
                "title": said["title"],
                "url": "" if subject.fate is Fate.VANISHES else said["url"],
                "old": said["was"] or said["url"],
                # Of one that was renamed only those that changed are counted, and told above.
                "figures": ""
                if subject.fate is Fate.MOVES
                else words.plural(sum(subject.counts.values()), "figure"),
            }
