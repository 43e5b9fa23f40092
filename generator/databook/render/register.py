"""The register of sources: what each part of each document holds, and where the book carries it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from databook import words
from databook.observations import Context
from databook.pages import Page, SearchRecord
from databook.performance import Performance, PerformanceFindings
from databook.register import Carried, Register, Row
from databook.render.entries import Entry
from databook.render.templates import fill

FOLDER = "sources/"
_TONE = {
    Carried.WHOLE: "good",
    Carried.PARTLY: "flat",
    Carried.NOT_YET: "bad",
    Carried.LOST: "none",
}


def register_pages(
    context: Context,
    performance: Performance,
    findings: PerformanceFindings,
    entries: Sequence[Entry],
) -> Iterator[Page]:
    """The table of all parts, the register of contradictions, and a page for each part."""
    del findings, entries
    registers = performance.registers
    if not any(register.rows for register in registers):
        return
    titles = {d.slug: d.short for r in registers for d in r.documents}
    whole = {d.slug: f"“{d.title}”" for r in registers for d in r.documents}
    yield _overview(registers, titles)
    for register in registers:
        if register.rows:
            yield _register(register, titles)
        yield from (_row(register, n, whole, context) for n in range(len(register.rows)))


def carried_status(state: Carried) -> words.Status:
    """How far a part is carried, as a status."""
    tone = _TONE[state]
    word = words.sentence_case(state)
    return words.Status(tone=tone, shape=words.SHAPES[tone], word=word, short=word)


def address(row: Row) -> str:
    """Where a part of a source has its page."""
    return f"{FOLDER}{row.id.lower()}/"


def _line(row: Row, titles: dict[str, str]) -> dict[str, Any]:
    return {
        "row": row,
        "anchor": row.id.lower(),
        "url": address(row),
        "documents": "; ".join(titles.get(slug, slug) for slug in row.documents),
        "status": carried_status(row.state),
    }


def _overview(registers: Iterable[Register], titles: dict[str, str]) -> Page:
    found = [(register, row) for register in registers for row in register.rows]
    lines = [_line(row, titles) | {"register": register.title} for register, row in found]
    counts = {state: sum(row.state is state for _, row in found) for state in Carried}
    said = [f"{counts[state]} {state}" for state in Carried if counts[state]]
    documents = [document for register in registers for document in register.documents]
    sentence = (
        f"{len(found)} parts of {words.plural(len(documents), 'document')}: {words.listed(said)}."
    )
    view = {
        "lines": lines,
        "sentence": sentence,
        "documents": documents,
        "questions": [
            {"title": r.title, "url": f"{FOLDER}{r.slug}/", "count": len(r.rows)}
            for r in registers
            if r.rows
        ],
    }
    return Page(
        path=FOLDER,
        title="Where each source document is carried",
        description=f"What the source documents hold, slide by slide and section by section, and "
        f"where this book carries it. {sentence}"[:300],
        content=fill("sources.html.j2", view=view),
        section="method",
        search=SearchRecord(
            title="Where each source document is carried",
            text=" ".join(f"{d.title} {d.author}" for d in documents),
            synonyms=("source documents", "seed documents", "slides", "provenance"),
            summary=sentence,
            filters={"kind": ("Source",)},
            behind=True,
        ),
        edit="scorecards/registers",
        scripts=("assets/databook/table.js",),
    )


def _register(register: Register, titles: dict[str, str]) -> Page:
    view = {"lines": [_line(row, titles) for row in register.rows]}
    return Page(
        path=f"{FOLDER}{register.slug}/",
        title=register.title,
        description=register.summary[:300],
        content=fill("source-register.html.j2", view=view, register=register),
        section="method",
        search=SearchRecord(
            title=register.title,
            text=" ".join((register.summary, *(row.title for row in register.rows))),
            summary=register.summary,
            filters={"kind": ("Source",)},
            behind=True,
        ),
        edit=f"scorecards/registers/{register.slug}.yaml",
        scripts=("assets/databook/table.js",),
    )


def _row(register: Register, number: int, titles: dict[str, str], context: Context) -> Page:
    row = register.rows[number]
    before = register.rows[number - 1] if number else None
    after = register.rows[number + 1] if number + 1 < len(register.rows) else None
    view = _line(row, titles) | {
        "before": {"url": address(before), "row": before} if before else None,
        "after": {"url": address(after), "row": after} if after else None,
        "links": [
            {"url": link.to, "text": link.text} for link in row.where
        ],
        "permanent": f"{context.settings.address}{address(row)}",
    }  # fmt: skip
    return Page(
        path=address(row),
        title=f"{row.id} {row.title}",
        description=f"{row.at}. {row.holds}"[:300],
        content=fill("source.html.j2", view=view, register=register, row=row),
        section="method",
        search=SearchRecord(
            title=f"{row.title} ({row.id})",
            text=f"{row.holds} {row.at} {row.decision} {row.why} {' '.join(row.codes)}",
            synonyms=row.synonyms,
            summary=f"{row.at}: {row.holds}"[:200],
            filters={"kind": ("Source",)},
            behind=True,
            speaks_of=tuple(sorted({link.to.partition("#")[0] for link in row.where})),
        ),
        edit=f"scorecards/registers/{register.slug}.yaml",
    )
