"""The other half of the subject, gathered: programmes with their figures, and the papers around."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NewType

from databook.agreements import Agreement
from databook.audits import Audit
from databook.boards import Board
from databook.charts import Chart, Charts
from databook.checklists import Checklist
from databook.findings import Finding
from databook.observations import Card
from databook.plans import Plan
from databook.programmes import Measure, Programme
from databook.reckonings import AgreementFinding, PlanFinding
from databook.register import Register

# A measure's figures after `protect`: no cell holds a number that must be withheld.
ProtectedMeasure = NewType("ProtectedMeasure", Card[Measure])


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformanceFindings:
    """What the analysis found about it, by name, and the pictures drawn of that."""

    measures: Mapping[str, Finding] = field(default_factory=dict)  # by "programme/measure"
    charts: Mapping[str, Charts] = field(default_factory=dict)  # of them, once `draw` has been
    pictures: Mapping[str, Chart] = field(default_factory=dict)  # by "agreement/table", then too
    agreements: Mapping[str, AgreementFinding] = field(default_factory=dict)
    plans: Mapping[str, PlanFinding] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """Everything about performance that the book declares, each kind in order of name.

    `figures` holds, by "programme/measure", the safe figures of each measure that has any;
    `stories` the safe HTML of programmes' story.md.
    """

    programmes: tuple[Programme, ...] = ()
    figures: Mapping[str, ProtectedMeasure] = field(default_factory=dict)
    stories: Mapping[str, str] = field(default_factory=dict)
    agreements: tuple[Agreement, ...] = ()
    plans: tuple[Plan, ...] = ()
    audits: tuple[Audit, ...] = ()
    boards: tuple[Board, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    registers: tuple[Register, ...] = ()
