"""Indicators are about everybody who lives somewhere; and all rules of language for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from databook.model import Indicator
from databook.observations import Context
from databook.validate.faults import Fault, Rule, error, warning
from databook.validate.figures import GROUPS
from databook.validate.language import deeds, definitions, headlines, lexicon, names, rebounds
from databook.validate.subject import Subject

_SPOKEN = ("title", "short", "plain", "population")


def about_everybody(subject: Subject[Indicator]) -> Iterator[Fault]:
    """The customers of a service are not the people of a place: a figure of them says how the
    service works, and belongs to a programme.
    """
    for field in _SPOKEN:
        if found := lexicon.CLIENTS.find(str(getattr(subject.indicator, field))):
            yield Fault(
                what=f"“{field}” speaks of “{found}”: these are customers of a service, not a "
                "whole population.",
                fix="Make it a measure of a programme, or say which people of the place it is "
                "about.",
                path=(field,),
                word=found,
            )


def not_of_a_service(subject: Subject[Indicator]) -> Iterator[Fault]:
    """Waiting times, vacancies and timeliness look like figures of a place, but say how a service
    works; read as indicators, they make the service its own purpose.
    """
    for field in ("title", "short", "plain"):
        if found := lexicon.PROCESS.find(str(getattr(subject.indicator, field))):
            yield Fault(
                what=f"“{field}” says “{found}”, as a performance measure would.",
                fix="Make it a measure of the programme that it is about, or acknowledge why it "
                "stands for the people of the place.",
                path=(field,),
                word=found,
            )
            return


def somewhere(subject: Subject[Indicator]) -> Iterator[Fault]:
    """A population is people in a place: who is counted, and where."""
    text, context = subject.indicator.population, subject.context
    if lexicon.GEOGRAPHY.find(text) or lexicon.NAMED_PLACE.search(text):
        return
    named = any(area.name and area.name in text for area in context.areas)
    if not named:
        yield Fault(
            what="“population” says who is counted, but not where.",
            fix="Add where they are counted, such as “who live in the area”.",
            path=("population",),
        )


def scheme_named(subject: Subject[Indicator]) -> Iterator[Fault]:
    """Green under one scheme may be red under another; a colour says which scheme gave it."""
    indicator, schemes = subject.indicator, subject.context.settings.rating_schemes
    if len(schemes) > 1 and indicator.target and not indicator.rating_scheme:
        yield Fault(
            what=f"The book has {len(schemes)} rating schemes, and this target does not say "
            "which rates it.",
            fix=f"Add “rating_scheme:”, such as “{schemes[0].id}”.",
            path=("target",),
            key=True,
        )


def of_indicator(
    check: Callable[[Any, Context], Iterator[Fault]],
) -> Callable[[Subject[Indicator]], Iterator[Fault]]:
    """A check of anything with figures, asked of an indicator."""

    def asked(subject: Subject[Indicator]) -> Iterator[Fault]:
        return check(subject.indicator, subject.context)

    asked.__doc__ = check.__doc__
    return asked


RULES: tuple[Rule[Subject[Indicator]], ...] = (
    error("indicator-of-customers", about_everybody, *_SPOKEN),
    warning("indicator-of-service", not_of_a_service, "title", "short", "plain"),
    warning("population-placeless", somewhere, "population"),
    warning("jargon", of_indicator(names.plain_words), "title", "short", "plain"),
    warning("name-of-another-idea", of_indicator(names.called_what_it_is), "title", "short"),
    warning(
        "direction-differs", of_indicator(names.direction_as_named), "title", "short", "better"
    ),
    error("unit-name-differs", of_indicator(names.unit_as_named), *names.NAMES, "unit", "per"),
    warning("populations-differ", of_indicator(definitions.same_population), "definition", "unit"),
    warning(
        "definition-changed", of_indicator(definitions.definition_steady), "definition", "breaks"
    ),
    warning("target-change-differs", definitions.stated_change, "target", "periods"),
    warning("scheme-unnamed", scheme_named, "target", "rating_scheme"),
    error("headline-thin", headlines.headline_told, "standing", "partners", "actions"),
    error("headline-unforecast", headlines.headline_forecast, "standing", "periods"),
    warning("headline-unfrozen", headlines.headline_frozen, "standing", "periods"),
    warning("headline-short", headlines.headline_history, "standing", "periods"),
    warning("headline-powers", headlines.headline_powerful, "standing", "powers"),
    warning("figures-stale", headlines.figures_fresh, "periods", "settings.edition"),
    warning("rebound-untold", rebounds.rebound_told, "better", "breaks", "periods", *GROUPS),
    warning("action-not-smart", of_indicator(deeds.actions_smart)),
    error("action-unstated", of_indicator(deeds.actions_stated), "settings.edition"),
    warning("action-late", of_indicator(deeds.actions_on_time), "settings.edition"),
)
