"""Plans as YAML declares them: recommendations, actions and milestones, risks, reports.

An action is not at its end when it is signed off, nor when it is implemented, but when its effect
has been observed; so it has a day for each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from databook.model import (
    STRICT,
    Acknowledged,
    ActionState,
    Better,
    Line,
    Number,
    Slug,
    Text,
    Title,
    Unit,
)

Due = Annotated[str, Field(pattern=r"^(\d{4}-\d{2}(-\d{2})?)?$")]
Day = date
# "19/20", "19 / 20" and "19 of 20", but no date and no financial year.
PRINTED_COUNTS = re.compile(r"(?<![\d/])(\d{1,6})\s*(?:/|of|out of)\s*(\d{1,6})(?![\d/])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A step that shows, by a day and by a number where possible, that an action gets on."""

    __pydantic_config__ = STRICT

    title: Line
    """What will be there."""
    due: Due = ""
    """Month or day: 2007-03 or 2007-03-31."""
    owner: str = ""
    """The role or body that answers for it."""
    measure: str = ""
    """The number that shows it has been reached."""
    state: ActionState = ActionState.PROPOSED
    """How far it has come, from proposed to effect observed."""
    cited: str = ""
    """Section of the source."""
    note: str = ""
    """What readers should know of it."""
    acknowledged: tuple[Acknowledged, ...] = ()
    """Warnings that are known, with the reason that readers see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAction:
    """What somebody does for a recommendation."""

    __pydantic_config__ = STRICT

    title: Line
    """What is done."""
    owner: str = ""
    """The role or body that answers for it."""
    due: Due = ""
    """When it is to be done: 2007-03 or 2007-03-31."""
    measure: str = ""
    """How we will know it had an effect, with a number."""
    resources: str = ""
    """What it takes: money, people, time."""
    indicators: tuple[Slug, ...] = ()
    """Indicators of this plan that it should move."""
    state: ActionState = ActionState.PROPOSED
    """How far it has come, from proposed to effect observed."""
    signed_off: Day | None = None
    """When it was signed off."""
    implemented: Day | None = None
    """When it was seen to be implemented."""
    effect_observed: Day | None = None
    """When its effect was observed."""
    milestones: tuple[Milestone, ...] = ()
    """Steps on the way, each with a day and a number where possible."""
    cited: str = ""
    """Section of the source."""
    illustrative: bool = False
    """True where nobody has published this."""
    acknowledged: tuple[Acknowledged, ...] = ()
    """Warnings that are known, with the reason that readers see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """What an inspection or review asked for, and what is done about it."""

    __pydantic_config__ = STRICT

    number: Annotated[int, Field(ge=1)]
    """Its number in the source, by which the rest of this file names it."""
    title: Line
    """What it is about."""
    actions: tuple[PlanAction, ...] = ()
    """What is done."""
    note: str = ""
    """What readers should know of it."""
    acknowledged: tuple[Acknowledged, ...] = ()
    """Warnings that are known, with the reason that readers see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A position or a target, as printed and as a number."""

    __pydantic_config__ = STRICT

    printed: str = ""
    """As the source prints it, withheld parts as [c]; left out of a plan of your own."""
    value: Number | None = None
    """The number; leave out where there is none."""
    at_most: bool = False
    """True for "up to 50%": the value is only known not to be above it."""
    marker: Literal["", "c", "x", "z"] = ""
    """Why there is no number: c withheld, x not available, z not applicable."""
    numerator: Decimal | None = None
    """How many are counted, where the source gives it and it may be published."""
    denominator: Decimal | None = None
    """Of how many: all that could have been counted."""

    @property
    def counts(self) -> tuple[Decimal, Decimal] | None:
        """How many of how many, as declared or as printed: "89.5% (19/20)"."""
        if self.numerator is not None and self.denominator is not None:
            return self.numerator, self.denominator
        for top, bottom in PRINTED_COUNTS.findall(self.printed):
            if int(top) <= int(bottom):  # more of fewer, such as 2006/07, is a year
                return Decimal(top), Decimal(bottom)
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanIndicator:
    """A measure by which the plan is judged: where it stands and where it is to be."""

    __pydantic_config__ = STRICT

    slug: Slug
    """Short name."""
    code: str = ""
    """The source's identifier."""
    title: Line
    """Name in full; in a plan that cites a source, as printed there."""
    short: Annotated[str, Field(min_length=1, max_length=60)]
    """Name for tables and links."""
    plain: Line
    """What it is, in one sentence that anybody understands."""
    unit: Unit
    """What the value counts. Declared, never read from the name."""
    unit_label: Title
    """The unit in words."""
    decimals: Annotated[int, Field(ge=0, le=6)] = 1
    """Decimal places shown."""
    of_people: bool = True
    """False where things are counted, such as centres or policies: few of them are no secret."""
    better: Better
    """Which way is good: higher, lower or neutral."""
    better_reason: str = ""
    """Why neither way is better, or why this one is where that is not plain."""
    baseline: Figure
    """Where it stood."""
    latest: Figure | None = None
    """Where it stands now, if there is a later figure."""
    target: Figure
    """Where it is to be."""
    target_reason: str = ""
    """Why, if the target is worse than the baseline."""
    stated_change: Number | None = None
    """The change in percent that the source says the target is."""
    not_rated: str = ""
    """Why no colour can be given although there are figures."""
    errata: tuple[Line, ...] = ()
    """Contradictions in the source that no check can see here, such as with a withheld count."""
    recommendations: tuple[int, ...] = ()
    """Numbers of the recommendations that it stands for."""
    part: str = ""
    """Part of a recommendation, as printed: "6(2)"."""
    note: str = ""
    """What readers should know of it."""
    acknowledged: tuple[Acknowledged, ...] = ()
    """Warnings that are known, with the reason that readers see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report that is due."""

    __pydantic_config__ = STRICT

    title: Line
    """What is reported."""
    owner: str = ""
    """The role or body that reports."""
    recommendations: tuple[int, ...] = ()
    """The recommendations that it covers."""
    state: ActionState = ActionState.PROPOSED
    """How far it has come, from proposed to effect observed."""
    note: str = ""
    """What readers should know of it."""
    acknowledged: tuple[Acknowledged, ...] = ()
    """Warnings that are known, with the reason that readers see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A month of the schedule, and the reports due in it."""

    __pydantic_config__ = STRICT

    month: Annotated[str, Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]
    """Month: 2006-09."""
    reports: Annotated[tuple[Report, ...], Field(min_length=1)]
    """What is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What would show success."""

    __pydantic_config__ = STRICT

    number: Annotated[int, Field(ge=1)]
    """Its number in the source."""
    group: Title
    """Heading it stands under."""
    title: Line
    """What it is."""
    owner: str = ""
    """The role or body that answers for it."""
    due: Due = ""
    """The month or day by which it is due: 2027-03 or 2027-03-31."""
    state: ActionState = ActionState.PROPOSED
    """How far it has come, from proposed to effect observed."""
    note: str = ""
    """What readers should know of it."""
    acknowledged: tuple[Acknowledged, ...] = ()
    """Warnings that are known, with the reason that readers see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """One line of the risk log."""

    __pydantic_config__ = STRICT

    title: Line
    """What may go wrong."""
    likelihood: Literal["low", "medium", "high"]
    """How likely it is: low, medium or high."""
    impact: Literal["low", "medium", "high"]
    """How much harm it would do."""
    mitigation: str = ""
    """What is done against it."""
    remedy: str = ""
    """What is done if it happens."""
    owner: str = ""
    """The role or body that answers for it."""
    reviewed: Day | None = None
    """When it was last looked at."""
    illustrative: bool = False
    """True where nobody has published this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A part of a development plan, with a timescale of its own."""

    __pydantic_config__ = STRICT

    title: Line
    """What is made: training, a procedure."""
    due: Due = ""
    """When it is to be ready."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DevelopmentPlan:
    """The eight things that a development plan should say (Luton, chapter 55, section 4)."""

    __pydantic_config__ = STRICT

    objective: str = ""
    """The business plan objective."""
    methodology: str = ""
    """How it will be done."""
    components: tuple[Component, ...] = ()
    """What is needed, such as training or a procedure."""
    expertise: str = ""
    """The expertise required to complete the objective."""
    consultation: str = ""
    """Who is to be consulted."""
    resources: str = ""
    """What it takes."""
    quality_assurance: str = ""
    """Quality assurance and performance measures."""
    timescale: str = ""
    """The overall timescale; each component has its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Lines that belong together under a heading, such as success criteria."""

    __pydantic_config__ = STRICT

    title: Title
    """Heading."""
    lines: Annotated[tuple[Line, ...], Field(min_length=1)]
    """Lines in order."""
    numbered: bool = False
    """Whether the source numbers them."""
    cited: Line
    """Document and slide or section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Recommendations, actions and milestones, risks, reports. From plans/<slug>.yaml."""

    __pydantic_config__ = STRICT

    slug: Slug
    """Taken from the file's name; do not write it in the file."""
    format: Literal[1]
    """Version of this file format: 1."""
    kind: Literal["plan"]
    """This file describes: plan."""
    title: Title
    """Name in plain English."""
    summary: Line
    """What it is, in a sentence or two."""
    cited: Line
    """Where it comes from: document and slide or section."""
    place: str = ""
    """Where it applies."""
    illustrative: bool = False
    """True where it is an example and no such plan exists."""
    as_at: Day | None = None
    """The day it is read as standing at; lateness is counted to it, not to the edition's date."""
    as_at_reason: str = ""
    """Why lateness is counted to that day and not to the edition's."""
    baseline_period: str = ""
    """When the baselines were taken, in words."""
    target_period: str = ""
    """When the targets are to be reached, in words."""
    rating_scheme: str = ""
    """Rating scheme, where it is not the book's first."""
    recommendations: tuple[Recommendation, ...] = ()
    """What was asked for, and what is done about it."""
    indicators: tuple[PlanIndicator, ...] = ()
    """Measures by which the plan is judged."""
    schedule: tuple[Meeting, ...] = ()
    """Reports by month."""
    evidence: tuple[Evidence, ...] = ()
    """What would show success."""
    criteria: tuple[Heading, ...] = ()
    """Success criteria, terms of reference, reporting rules."""
    risks: tuple[Risk, ...] = ()
    """The risk log."""
    risks_note: str = ""
    """What the source says of a risk log, where it prints none."""
    development: DevelopmentPlan | None = None
    """Luton's eight fields, where the plan is a development plan."""
    synonyms: tuple[Title, ...] = ()
    """Everyday words that should find this page."""
    notes: tuple[Text, ...] = ()
    """Notes for readers, such as errata in the source."""
    acknowledged: tuple[Acknowledged, ...] = ()
    """Warnings that are known, with the reason that readers see."""
