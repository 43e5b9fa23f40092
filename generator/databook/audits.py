"""An audit or review: standards and who meets them; recommendations and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from databook.model import STRICT, Acknowledged, Line, Slug, Text, Title


class AuditType(StrEnum):
    """The kinds of audit and review under a safeguarding board."""

    SECTION_11 = "section-11"
    SINGLE_AGENCY = "single-agency"
    MULTI_AGENCY = "multi-agency"
    THEMED_REVIEW = "themed-review"
    SERIOUS_CASE_REVIEW = "serious-case-review"
    CHILD_DEATH_OVERVIEW = "child-death-overview"


class Grade(StrEnum):
    """How far an agency meets a standard. The scale is this software's own."""

    MET = "met"
    PARTLY = "partly met"
    NOT_MET = "not met"
    NOT_ASSESSED = "not assessed"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """One standard that agencies are held to."""

    __pydantic_config__ = STRICT

    slug: Slug
    """Name that assessments use."""
    title: Title
    """The standard in a few words."""
    text: str = ""
    """The standard as the source words it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardSet:
    """Another set of standards, for those who are not held to the first."""

    __pydantic_config__ = STRICT

    title: Title
    """Name of the set."""
    for_whom: Line
    """Who is held to it."""
    standards: tuple[Line, ...] = ()
    """Its standards, where they are known."""
    note: str = ""
    """What is not known about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An agency, or a kind of agency, that is held to the standards."""

    __pydantic_config__ = STRICT

    slug: Slug
    """Name that assessments use."""
    title: Title
    """Its name."""
    duty: Literal["statutory", "commissioned", "voluntary"]
    """Whether the law, a contract or its own choice binds it."""
    illustrative: bool = False
    """True where it is invented."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """How far one agency meets one standard, on what evidence, and when that was seen."""

    __pydantic_config__ = STRICT

    agency: Slug
    """The agency."""
    standard: Slug
    """The standard."""
    grade: Grade
    """met, partly met, not met, not assessed or not applicable."""
    evidence: str = ""
    """What shows it."""
    assessed: date | None = None
    """When it was assessed."""
    action: str = ""
    """What is to be done about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditAction:
    """What follows from a recommendation. Signing off is not the end; its effect is."""

    __pydantic_config__ = STRICT

    title: Line
    """Specific: what is done."""
    owner: str = ""
    """The role or body that answers for it."""
    due: date | None = None
    """Timescale: when it is to be done."""
    measure: str = ""
    """Measurable: how one will see that it is done."""
    achievable: str = ""
    """Achievable: with which means."""
    realistic: str = ""
    """Realistic: why it can be expected to help."""
    signed_off: date | None = None
    """When it was signed off."""
    implemented: date | None = None
    """When it was carried out."""
    effect_observed: date | None = None
    """When an effect was seen."""
    effect: str = ""
    """Which effect was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """What an audit or review recommends, and the actions that follow."""

    __pydantic_config__ = STRICT

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9.()-]{0,11}$")]
    """Its number."""
    title: Line
    """What is recommended."""
    actions: tuple[AuditAction, ...] = ()
    """What follows from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """One part of reviewing deaths, and which deaths it looks at."""

    __pydantic_config__ = STRICT

    title: Title
    """Name of the process."""
    covers: Literal["unexpected deaths", "all deaths"]
    """Which deaths the source says it looks at."""
    text: Line
    """What is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A count of cases in a period; small ones are withheld."""

    __pydantic_config__ = STRICT

    period: Title
    """The period, in words."""
    what: Title
    """What is counted."""
    value: Annotated[int, Field(ge=0)] | None = None
    """The count, where it may be published."""
    marker: Literal["", "c", "x", "z", "w"] = ""
    """Why there is none: c withheld, x not available, z not applicable, w none recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """An audit or review: standards, findings, recommendations. From audits/<slug>.yaml."""

    __pydantic_config__ = STRICT

    slug: Slug
    """Taken from the file's name; do not write it in the file."""
    format: Literal[1]
    """Version of this file format: 1."""
    kind: Literal["audit"]
    """This file describes: audit."""
    type: AuditType
    """section-11, single-agency, multi-agency, themed-review, serious-case-review or
    child-death-overview."""
    title: Title
    """Name in plain English."""
    summary: Line
    """What it is, in a sentence or two."""
    cited: Line
    """Where it comes from: document and slide or section."""
    illustrative: bool = False
    """True where all of it is an example: nobody did or found any of this."""
    done_by: tuple[Line, ...] = ()
    """Who carries it out, and who is told."""
    method: tuple[Line, ...] = ()
    """How it is done."""
    reports: tuple[Line, ...] = ()
    """Who is told, and how often."""
    scale_source: str = ""
    """Who set the scale of grades; empty where the source gives none."""
    standards: tuple[Standard, ...] = ()
    """The standards in order."""
    alternative_sets: tuple[StandardSet, ...] = ()
    """Other sets of standards."""
    agencies: tuple[Agency, ...] = ()
    """Who is held to them."""
    agency_word: Title = "agency"
    """What one of those who are held to them is called."""
    assessments: tuple[Assessment, ...] = ()
    """What was found; whatever is not listed has not been assessed."""
    processes: tuple[Process, ...] = ()
    """For child deaths: the processes and which deaths they look at."""
    counts: tuple[Count, ...] = ()
    """Counts of cases."""
    recommendations: tuple[Recommendation, ...] = ()
    """What is recommended."""
    synonyms: tuple[Title, ...] = ()
    """Everyday words that should find it."""
    notes: tuple[Text, ...] = ()
    """Notes for readers, such as errata in the source."""
    acknowledged: tuple[Acknowledged, ...] = ()
    """Warnings that are known, each with its reason; readers see it as an erratum."""
