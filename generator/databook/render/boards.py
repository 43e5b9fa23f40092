"""Boards and partnerships: their framework, their reports, and the list of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from databook import words
from databook.boards import Board
from databook.observations import Context
from databook.pages import Page, SearchRecord
from databook.performance import Performance, PerformanceFindings
from databook.render import reports
from databook.render.checklists import tally
from databook.render.entries import Entry
from databook.render.templates import fill


def board_pages(
    context: Context,
    performance: Performance,
    findings: PerformanceFindings,
    entries: Sequence[Entry],
) -> Iterator[Page]:
    """The list of boards, a page for each, and the quarterly reports that this book makes."""
    if not performance.boards:
        return
    yield _list(performance, context)
    for board in performance.boards:
        quarters = reports.quarters(board, context)
        yield _page(board, performance, quarters)
        for quarter in quarters:
            yield reports.report_page(
                board, quarter, quarters, context, entries, performance, findings
            )


def _list(performance: Performance, context: Context) -> Page:
    lines = [
        {
            "board": board,
            "url": f"boards/{board.slug}/",
            "reports": len(reports.quarters(board, context)),
        }
        for board in performance.boards
    ]
    steps = [
        {"title": c.title, "url": f"checklists/{c.slug}/", "said": tally(c)}
        for c in performance.checklists
    ]
    return Page(
        path="boards/",
        title="Boards and reports",
        description="Boards and partnerships that watch over performance, their frameworks, their "
        "calendars, and the quarterly reports that this book makes.",
        content=fill("boards.html.j2", lines=lines, steps=steps, performance=performance),
        section="services",
        search=SearchRecord(
            title="Boards and reports",
            text="board partnership governance quarterly report calendar minister safeguarding",
            filters={"kind": ("Section",)},
            summary="Boards and partnerships, their frameworks, calendars and quarterly reports.",
        ),
        edit="scorecards/boards",
    )


def _page(board: Board, performance: Performance, quarters: Sequence[reports.Quarter]) -> Page:
    audits = {audit.slug: audit for audit in performance.audits}
    plans = {plan.slug: plan for plan in performance.plans}
    view: dict[str, Any] = {
        "levels": [
            {"level": level, "url": f"audits/{level.audit}/" if level.audit in audits else ""}
            for level in board.levels
        ],
        "levels_note": _levels_note(board),
        "calendar": [
            {"month": words.month(due.month), "datetime": due.month, "items": due.items}
            for due in board.calendar
        ],
        "quarters": [
            {"title": q.period.label, "url": reports.address(board, q)} for q in reversed(quarters)
        ],
        "plans": [
            {"title": plans[slug].title, "url": f"plans/{slug}/"}
            for slug in board.plans
            if slug in plans
        ],
    }
    return Page(
        path=f"boards/{board.slug}/",
        title=board.title,
        description=board.summary[:300],
        content=fill("board.html.j2", board=board, view=view, performance=performance),
        section="services",
        search=SearchRecord(
            title=board.title,
            text=" ".join(
                [
                    *board.purpose, *board.requires, *board.benefits, *board.monitors_itself,
                    *board.criteria, *board.report_contents, *(r.title for r in board.reports),
                    *(layer.title for layer in board.layers), *(lev.title for lev in board.levels),
                ]
            ),
            synonyms=board.synonyms,
            summary=board.summary[:200],
            filters={"kind": ("Board",)},
        ),
        edit=f"scorecards/boards/{board.slug}.yaml",
    )  # fmt: skip


def _levels_note(board: Board) -> str:
    """How the levels that the source counts meet those it lists."""
    beyond = [level.title for level in board.levels if level.beyond]
    if board.levels_said is None or not beyond:
        return ""
    return (
        f"The source says {words.count(board.levels_said)} levels. It adds "
        f"{words.plural(len(beyond), 'function')} without counting "
        f"{'it' if len(beyond) == 1 else 'them'}: {words.listed(beyond)}."
    )
