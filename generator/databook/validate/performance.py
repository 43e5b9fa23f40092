"""Programmes and papers: shape first, then the rules of each kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from databook.agreements import Agreement
from databook.audits import Audit
from databook.boards import Board
from databook.checklists import Checklist
from databook.observations import Card, Context
from databook.performance import Performance
from databook.plans import Plan
from databook.problems import Checked, Place, Problem, in_order
from databook.programmes import Measure, Programme
from databook.register import Register
from databook.sources import Document, Path, Sources
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
from databook.validate.faults import Fault, Rule, run
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
    broken: dict[str, frozenset[Path]] = {}  # by file: the items that are not in shape
    doubtful: dict[str, frozenset[str]] = {}  # by file: the fields in which anything is wrong
    shaped = {"programmes": _shapes(programmes, Programme, problems, broken, doubtful)}
    for kind in KINDS:
        papers = sources.papers.get(kind.folder, {})
        shaped[kind.folder] = _shapes(papers, kind.cls, problems, broken, doubtful)
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

        sound = [_of_sound_items(rule, broken[document.path]) for rule in rules]
        unsure = context.doubtful | doubtful[document.path]
        problems.extend(run(sound, subject, place, unsure, known.covers))
        if not context.doubtful and not broken[document.path]:
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
    sources: Sources, context: Context, programmes: Sequence[Programme]
) -> Checked[Mapping[str, Card[Measure]]]:
    """The figures of programmes' measures, by "programme/measure", before `protect`."""
    cards: dict[str, Card[Measure]] = {}
    problems: list[Problem] = []
    for programme in programmes:
        found, faults = measures.figured(sources.programmes[programme.slug], programme, context)
        cards |= found
        problems += faults
    return Checked(value=cards, problems=in_order(problems))


def _of_sound_items(rule: Rule[InPerformance], broken: frozenset[Path]) -> Rule[InPerformance]:
    """The rule, silent about items whose shape is at fault: those hold stand-ins."""
    if not broken:
        return rule

    @wraps(rule.check)
    def check(subject: InPerformance) -> Iterator[Fault]:
        return (fault for fault in rule.check(subject) if fault.path[:2] not in broken)

    return replace(rule, check=check)


def _shapes(
    documents: Mapping[str, Document],
    cls: type,
    problems: list[Problem],
    broken: dict[str, frozenset[Path]],
    doubtful: dict[str, frozenset[str]],
) -> dict[str, Any]:
    found = {}
    for slug, document in documents.items():
        one: Shaped[Any] = shape(document, cls, slug)
        problems += one.problems
        broken[document.path] = one.broken
        doubtful[document.path] = one.doubtful
        if one.value is not None:
            found[slug] = one.value
    return found
