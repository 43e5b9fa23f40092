"""What has figures: indicators and measures of programmes alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from databook.model.choices import Better, Standing, Unit
from databook.model.indicators import Break, Breakdown, Source, Target
from databook.model.settings import Disclosure
from databook.periods import PeriodType


class Measurable(Protocol):
    """What has figures: an indicator of a whole population, or a measure of a programme.

    All that analysing, drawing and wording a figure may ask, so that one way of judging serves
    both and neither is ever turned into the other.
    """

    @property
    def slug(self) -> str:
        """Name in addresses."""

    @property
    def title(self) -> str:
        """Name in plain English."""

    @property
    def short(self) -> str:
        """Name for tables and charts."""

    @property
    def plain(self) -> str:
        """What it is, in one sentence."""

    @property
    def reads_as(self) -> str:
        """The figure as a sentence with {value} and {place} in it."""

    @property
    def unit(self) -> Unit:
        """What the value counts."""

    @property
    def per(self) -> int | None:
        """How many a rate is per."""

    @property
    def unit_label(self) -> str:
        """The unit in words."""

    @property
    def decimals(self) -> int:
        """Decimal places shown."""

    @property
    def better(self) -> Better:
        """Which way is good."""

    @property
    def better_reason(self) -> str:
        """Why neither way is better."""

    @property
    def standing(self) -> Standing:
        """Headline, secondary or development."""

    @property
    def periods(self) -> PeriodType:
        """What kind of period it is counted in."""

    @property
    def definition(self) -> str:
        """Exactly what is counted."""

    @property
    def source(self) -> Source | None:
        """Who published the figures."""

    @property
    def target(self) -> Target | None:
        """What has been undertaken."""

    @property
    def rating_scheme(self) -> str:
        """Rating scheme, where it is not the book's first."""

    @property
    def breaks(self) -> tuple[Break, ...]:
        """Changes of definition."""

    @property
    def breakdowns(self) -> tuple[Breakdown, ...]:
        """Groups that the figures are split by."""

    @property
    def columns(self) -> Mapping[str, str] | None:
        """Names of the usual columns in a table of another layout."""

    @property
    def disclosure(self) -> Disclosure | None:
        """How small numbers are protected."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Notes for readers."""
