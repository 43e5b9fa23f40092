"""Measures are about the customers of a service; and all rules of language for a programme."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from databook.observations import Context
from databook.programmes import Programme
from databook.sources import Path
from databook.validate.faults import Fault, Rule, error, warning
from databook.validate.language import causes, deeds, definitions, lexicon, names, outcome_words
from databook.validate.papers import InPerformance


def about_customers(subject: InPerformance) -> Iterator[Fault]:
    """Inside a quadrant stand the customers of a service. What is true of everybody in a place is
    an indicator, to which the programme contributes with many others.
    """
    for path, text in _names(subject):
        found = lexicon.POPULATION.find(text)
        if not found and path[-1] != "customers":
            found = lexicon.OF_A_PLACE.find(text) or lexicon.CONDITION.find(text)
        if found:
            yield Fault(
                what=f"“{path[-1]}” says “{found}”: that is a population, not the customers of "
                f"“{subject.paper.name}”.",
                fix="Move it to “population_items:” and name the indicator that it "
                "contributes to; or say which customers are counted.",
                path=path,
                word=found,
            )


def customers_or_place(subject: InPerformance) -> Iterator[Fault]:
    """People named by the place that they live in are everybody there, to whoever reads it; only
    the programme knows that its own customers are meant.
    """
    sure = {fault.path[:2] for fault in about_customers(subject)}
    for path, text in _names(subject):
        found = "" if path[:2] in sure else _of_all(text, subject)
        if found and path[-1] != "customers":
            yield Fault(
                what=f"“{path[-1]}” says “{found}”, which readers take for everybody there and not "
                f"for the customers of “{subject.paper.name}”.",
                fix="Say whom the service worked with, such as “adults who came to the clinic”. If "
                "everybody is meant, move it to “population_items:”.",
                path=path,
                word=found,
            )


def _names(subject: InPerformance) -> Iterator[tuple[Path, str]]:
    """What measures say of whom they count, up to the first that names customers."""
    for number, measure in enumerate(subject.paper.measures):
        for field in ("customers", "title", "unit_label"):
            text = str(getattr(measure, field))
            if not (lexicon.HELPED.find(text) or lexicon.CLIENTS.find(text)):
                yield ("measures", number, field), text


def _of_all(text: str, subject: InPerformance) -> str:
    """Words by which a name speaks of everybody in the place."""
    places = [a.name for a in subject.context.areas if a.code == subject.context.settings.place]
    for place in {*places, str(subject.paper.place)} - {""}:
        # Riverside Library is no place that people live in.
        here = rf"{re.escape(place)}\b(?!(?-i: [A-Z]))"
        everybody = rf"\b(?:{lexicon.PEOPLE}) (?:\w+ ){{0,2}}?(?:in|of|across) {here}"
        if match := re.search(everybody, text, re.IGNORECASE):
            return match[0]
    return ""


def items_of_population(subject: InPerformance) -> Iterator[Fault]:
    """What is set apart as a population figure should be one: customers belong in a quadrant."""
    programme: Programme = subject.paper
    for number, item in enumerate(programme.population_items):
        if found := lexicon.CLIENTS.find(item.title):
            yield Fault(
                what=f"“{found}” are customers, not a population.",
                fix="Make it a measure in its quadrant, or say which people of the place are "
                "meant.",
                path=("population_items", number, "title"),
                word=found,
            )


def outcome_items_dataless(subject: InPerformance) -> Iterator[Fault]:
    """An outcome has no data in it; what is counted is an indicator."""
    programme: Programme = subject.paper
    for number, item in enumerate(programme.population_items):
        if item.kind == "outcome" and (found := outcome_words.DATA_IN_OUTCOME.find(item.title)):
            yield Fault(
                what=f"“{found}” is the language of data, but the item is called an outcome.",
                fix="Write “kind: indicator”, or say the condition itself.",
                path=("population_items", number, "title"),
                word=found,
            )


def no_cause_claimed(subject: InPerformance) -> Iterator[Fault]:
    """A programme contributes to an outcome beside many others; that it caused a change in a
    whole population is more than any of these figures can show.
    """
    return causes.programme_claims(subject.paper)


def of_measures(
    check: Callable[[Any, Context], Iterator[Fault]],
) -> Callable[[InPerformance], Iterator[Fault]]:
    """A check of anything with figures, asked of each measure of a programme."""

    def asked(subject: InPerformance) -> Iterator[Fault]:
        for number, measure in enumerate(subject.paper.measures):
            for fault in check(measure, subject.context):
                yield replace(fault, path=("measures", number, *fault.path))

    asked.__doc__ = check.__doc__
    return asked


def of_both(
    check: Callable[[Any, Context], Iterator[Fault]],
) -> Callable[[InPerformance], Iterator[Fault]]:
    """A check of a programme itself, and of each of its measures."""

    def asked(subject: InPerformance) -> Iterator[Fault]:
        yield from check(subject.paper, subject.context)
        yield from of_measures(check)(subject)

    asked.__doc__ = check.__doc__
    return asked


RULES: tuple[Rule[InPerformance], ...] = (
    error("measure-of-population", about_customers),
    warning("measure-of-place", customers_or_place),
    warning("item-of-customers", items_of_population),
    error("item-not-outcome", outcome_items_dataless),
    warning("cause-claimed", no_cause_claimed),
    warning("jargon", of_measures(names.plain_words)),
    warning("name-of-another-idea", of_measures(names.called_what_it_is)),
    warning("direction-differs", of_measures(names.direction_as_named)),
    error("unit-name-differs", of_measures(names.unit_as_named)),
    warning("populations-differ", of_measures(definitions.same_population)),
    warning("definition-changed", of_measures(definitions.definition_steady)),
    warning("action-not-smart", of_both(deeds.actions_smart)),
    error("action-unstated", of_both(deeds.actions_stated), "settings.edition"),
    warning("action-late", of_both(deeds.actions_on_time), "settings.edition"),
)
