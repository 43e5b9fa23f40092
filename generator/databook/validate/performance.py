"""Programmes and papers: shape first, then the rules of each kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from databook.agreements import Agreement
from databook.audits import Audit
from databook.boards import Board
from databook.checklists import Checklist
from databook.observations import Card, Context
from databook.performance import Performance
from databook.plans import Plan
from databook.problems import Checked, Level, Place, Problem, in_order
from databook.programmes import Measure, Programme
from databook.register import Register
from databook.sources import Document, Sources
from databook.validate import (
    acknowledging,
    agreement_rules,
    language,
    measures,
    plan_rules,
    programme_rules,
    unwritten,
)
from databook.validate.audit_rules import RULES as AUDIT_RULES
from databook.validate.board_rules import CHECKLIST_RULES
from databook.validate.board_rules import RULES as BOARD_RULES
from databook.validate.faults import NOTHING, Fault, Rule, Unread, run
from databook.validate.papers import InPerformance
from databook.validate.register_rules import RULES as REGISTER_RULES
from databook.validate.shape import Shaped, shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of paper: its folder, its class, and the rules on it."""

    folder: str
    cls: type
    rules: Sequence[Rule[InPerformance]] = ()


KINDS: tuple[Kind, ...] = (
    Kind(folder="agreements", cls=Agreement, rules=agreement_rules.RULES),
    Kind(folder="audits", cls=Audit, rules=AUDIT_RULES),
    Kind(folder="boards", cls=Board, rules=BOARD_RULES),
    Kind(folder="checklists", cls=Checklist, rules=CHECKLIST_RULES),
    Kind(folder="plans", cls=Plan, rules=plan_rules.RULES),
    Kind(folder="registers", cls=Register, rules=REGISTER_RULES),
)
PROGRAMME_RULES: tuple[Rule[InPerformance], ...] = (
    *language.PROGRAMME_RULES,
    *programme_rules.RULES,
)


def performance(
    sources: Sources, context: Context, indicators: frozenset[str]
) -> Checked[Performance]:
    """Programmes and papers in shape, and every fault in them. `indicators`: slugs of the book."""
    problems: list[Problem] = []
    programmes = {
        slug: folder.document
        for slug, folder in sources.programmes.items()
        if folder.document is not None
    }
    unread: dict[str, Unread] = {}  # by file
    shaped = {"programmes": _shapes(programmes, Programme, problems, unread)}
    for kind in KINDS:
        papers = sources.papers.get(kind.folder, {})
        shaped[kind.folder] = _shapes(papers, kind.cls, problems, unread)
    found: dict[str, Any] = {folder: tuple(papers.values()) for folder, papers in shaped.items()}
    whole = Performance(
        stories={
            slug: folder.story.html for slug, folder in sources.programmes.items() if folder.story
        },
        **found,
    )

    def ask(rules: Sequence[Rule[InPerformance]], document: Document, paper: Any) -> None:
        subject = InPerformance(
            paper=paper, performance=whole, context=context, indicators=indicators
        )
        known = acknowledging.acknowledged(document)
        problems.extend(unwritten.unwritten(document))

        def place(fault: Fault) -> Place:
            return document.place(fault.path, key=fault.key, word=fault.word)

        lost = unread[document.path]
        unsure = replace(lost, fields=context.doubtful | lost.fields)
        problems.extend(run(rules, subject, place, unsure, known.covers))
        if not context.doubtful and not lost.places:
            # What is acknowledged of figures, the figures must call for: see `measures`.
            problems.extend(known.unused(lambda code: code not in measures.CODES))

    for slug, programme in shaped["programmes"].items():
        ask(PROGRAMME_RULES, programmes[slug], programme)
        told = sources.programmes[slug].story
        problems += language.story(told) if told else ()
    for kind in KINDS:
        for slug, paper in shaped[kind.folder].items():
            ask(kind.rules, sources.papers[kind.folder][slug], paper)
    return Checked(value=whole, problems=in_order(problems))


def measured(
    sources: Sources,
    context: Context,
    programmes: Sequence[Programme],
    told: Collection[Problem] = (),
) -> Checked[Mapping[str, Card[Measure]]]:
    """The figures of programmes' measures, by "programme/measure", before `protect`.

    `told`: what has been found wrong in the programmes.
    """
    wrong = {problem.place.path for problem in told if problem.level is Level.ERROR}
    cards: dict[str, Card[Measure]] = {}
    problems: list[Problem] = []
    for programme in programmes:
        folder = sources.programmes[programme.slug]
        document = folder.document
        lost = NOTHING
        if document is not None and document.path in wrong:
            lost = shape(document, Programme, programme.slug).unread
        found, faults = measures.figured(folder, programme, context, lost)
        cards |= found
        problems += faults
    return Checked(value=cards, problems=in_order(problems))


def _shapes(
    documents: Mapping[str, Document],
    cls: type,
    problems: list[Problem],
    unread: dict[str, Unread],
) -> dict[str, Any]:
    found = {}
    for slug, document in documents.items():
        one: Shaped[Any] = shape(document, cls, slug)
        problems += one.problems
        unread[document.path] = one.unread
        if one.value is not None:
            found[slug] = one.value
    return found
