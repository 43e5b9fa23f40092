"""The quarterly performance report that the book makes for a board from its own indicators.

It speaks of what the book knows in this edition: figures released in a quarter and replaced since
are no longer in it, and the report says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from databook import words
from databook.boards import Board
from databook.findings import Benchmark, RatingWord, Verdict
from databook.milestones import last_day
from databook.model import ActionState
from databook.observations import Context
from databook.pages import Page, SearchRecord
from databook.performance import Performance, PerformanceFindings
from databook.periods import Period, PeriodType, later, parse
from databook.render import report_lines, report_services
from databook.render.entries import Entry, comparison
from databook.render.overview import country_name
from databook.render.templates import fill

FINISHED = frozenset(
    {ActionState.IMPLEMENTED, ActionState.EFFECT_OBSERVED, ActionState.NOT_COMMISSIONED}
)
COLOURS = (RatingWord.RED, RatingWord.AMBER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """One quarter that is reported on; not `over` while the edition's day lies in it."""

    period: Period
    over: bool

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.period.start <= day <= self.period.end


def quarters(board: Board, context: Context) -> tuple[Quarter, ...]:
    """Every quarter from the board's first to that of the edition, oldest first."""
    if not board.reports_on or not board.reports_from:
        return ()
    today = context.settings.edition.date
    first = parse(board.reports_from, PeriodType.QUARTER)
    last = 4 * today.year + (today.month - 1) // 3
    found = (later(first, n) for n in range(last - first.step + 1))
    return tuple(Quarter(period=period, over=period.end < today) for period in found)


def address(board: Board, quarter: Quarter) -> str:
    """Where the report of a quarter stands."""
    return f"boards/{board.slug}/reports/{quarter.period.code.lower()}/"


def report_page(
    board: Board,
    quarter: Quarter,
    every: Sequence[Quarter],
    context: Context,
    entries: Sequence[Entry],
    performance: Performance,
    findings: PerformanceFindings,
) -> Page:
    """The report of one quarter."""
    fresh = [e for e in entries if quarter.holds(_day(e.indicator.source.released))]
    known = [e for e in entries if _day(e.indicator.source.released) <= quarter.period.end]
    coloured = [e for e in known if e.finding.rating.word in COLOURS]
    worse = [e for e in fresh if e not in coloured and _going_wrong(e)]
    measured = [
        one
        for one in report_services.measured(performance, findings)
        if quarter.holds(_day(one.released))
    ]
    actions = _actions(entries, performance, findings, quarter)
    view: dict[str, Any] = {
        "sentences": _sentences(fresh, known, len(measured), quarter, context),
        "fresh": [report_lines.line(e) for e in fresh],
        "coloured": [report_lines.closer(e) for e in sorted(coloured, key=_worst_first)],
        "rated": _ratings(known),
        "worse": [report_lines.closer(e) for e in worse],
        "measures": [report_services.line(one) for one in measured],
        "off_course": [
            report_services.closer(one, performance.stories.get(one.programme.slug, ""))
            for one in measured
            if one.finding.rating.word in COLOURS
        ],
        "due": [a for a in actions if a["in_quarter"]],
        "overdue": [a for a in actions if not a["in_quarter"]],
        "missing": _missing(known, quarter, context.settings.edition.date),
        "next": _announced(entries, quarter, context.settings.edition.date),
        "others": [
            {"title": q.period.short, "url": address(board, q), "current": q is quarter}
            for q in every
        ],
        "country": country_name(context) or "the country",
    }
    title = f"Quarterly performance report, {quarter.period.label}"
    return Page(
        path=address(board, quarter),
        title=title,
        description=" ".join(view["sentences"])[:300],
        content=fill(
            "quarter.html.j2", board=board, quarter=quarter, view=view, performance=performance,
            settings=context.settings, title=title,
        ),
        section="services",
        search=SearchRecord(
            title=title,
            text=f"{board.title} red amber corrective action actual numbers benchmark "
            + " ".join(e.indicator.short for e in (*fresh, *coloured)),
            synonyms=(quarter.period.code, quarter.period.short, "performance report"),
            summary=" ".join(view["sentences"])[:200],
            filters={"kind": ("Report",)},
            behind=True,
        ),
        edit=f"scorecards/boards/{board.slug}.yaml",
    )  # fmt: skip


def _day(text: str) -> date:
    """The first day of "2025-11", or the day of "2025-11-27"."""
    parts = [int(part) for part in text.split("-")]
    return date(parts[0], parts[1], parts[2] if len(parts) > 2 else 1)


def _sentences(
    fresh: Sequence[Entry],
    known: Sequence[Entry],
    measured: int,
    quarter: Quarter,
    context: Context,
) -> list[str]:
    of = f"{words.some(len(fresh))} of {words.plural(len(known), 'indicator')}"
    if len(known) == 1:
        of = "the one indicator" if fresh else "no indicator"
    also = f", and for {words.plural(measured, 'measure')} of services" if measured else ""
    said = [f"From {quarter.period.label}, new figures came out for {of}{also}."]
    if fresh:
        verdicts = [e.finding.previous.told if e.finding.previous else None for e in fresh]
        better, worse = verdicts.count(Verdict.BETTER), verdicts.count(Verdict.WORSE)
        text = (
            f"Since the previous figure, {words.some(better)} moved in the right direction and "
            f"{words.some(worse)} in the wrong one"
        )
        unsaid = len(fresh) - better - worse
        said.append(
            f"{text}; for {words.count(unsaid)} neither can be said." if unsaid else f"{text}."
        )
    if not quarter.over:
        today = words.day(context.settings.edition.date)
        said.append(f"The quarter is not over: this is how things stood on {today}.")
    return said


def _going_wrong(item: Entry) -> bool:
    """Worse than before, or than the country where that is more than chance."""
    finding = item.finding
    country = comparison(finding, Benchmark.COUNTRY)
    fell = finding.previous is not None and finding.previous.told is Verdict.WORSE
    behind = country is not None and country.tested and country.verdict is Verdict.WORSE
    return fell or behind


def _worst_first(item: Entry) -> tuple[int, str]:
    return COLOURS.index(item.finding.rating.word), item.indicator.title


def _ratings(known: Sequence[Entry]) -> str:
    """How many are green, amber, red and not rated: counts, and no average."""
    ratings = [e.finding.rating.word for e in known]
    return ", ".join(f"{ratings.count(word)} {word}" for word in RatingWord)


def _of_indicators(entries: Iterable[Entry]) -> Iterator[report_services.Owed]:
    for item in entries:
        for action in item.indicator.actions:
            if action.due is not None:
                about = {"url": item.url, "about": item.indicator.short}
                yield action.due, action.state, report_lines.action(action) | about


def _actions(
    entries: Iterable[Entry],
    performance: Performance,
    findings: PerformanceFindings,
    quarter: Quarter,
) -> list[dict[str, Any]]:
    """Actions due in the quarter, and those due before it that are not finished."""
    owed = [*_of_indicators(entries), *report_services.owed(performance, findings)]
    return [
        line | {"in_quarter": quarter.holds(day)}
        for day, state, line in sorted(owed, key=lambda one: (one[0], one[2]["url"]))
        if quarter.holds(day) or (day < quarter.period.start and state not in FINISHED)
    ]


def _missing(known: Iterable[Entry], quarter: Quarter, today: date) -> list[dict[str, str]]:
    """Figures that were to be out by the quarter's end, or by now, and are not in this book."""
    by = min(quarter.period.end, today)
    return [
        {"title": item.indicator.title, "url": item.url, "due": words.month(due)}
        for item, due, last in _due(known)
        if last <= by
    ]


def _due(entries: Iterable[Entry]) -> Iterator[tuple[Entry, str, date]]:
    """Releases that are announced: of one for November it is late when November is over."""
    for item in entries:
        due = item.indicator.source.next_release
        if due and (last := last_day(due)):
            yield item, due, last


def _announced(entries: Iterable[Entry], quarter: Quarter, today: date) -> list[dict[str, str]]:
    """What is to come by the end of the next quarter; of one that is not over, its rest too."""
    coming = later(quarter.period, 1)
    start = coming.start if quarter.over else today
    return [
        {"title": item.indicator.title, "url": item.url, "due": words.month(due)}
        for item, due, last in _due(entries)
        if start <= last and _day(due) <= coming.end
    ]
