"""What a programme's measures must mean: pairs, quadrants, contributions, and slips as printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from databook import slips
from databook.model import Standing, Unit
from databook.programmes import Measure, PopulationItem, Programme, Quadrant
from databook.sources import Path
from databook.validate import indicator_rules
from databook.validate.faults import Fault, Rule, did_you_mean, error, listed, warning
from databook.validate.framework_rules import about_outcome
from databook.validate.papers import InPerformance
from databook.validate.subject import Subject

QUALITY = (Quadrant.EFFORT_QUALITY, Quadrant.EFFECT_QUALITY)
EFFECT = (Quadrant.EFFECT_QUANTITY, Quadrant.EFFECT_QUALITY)
# A change is told by the words that the source sets have for it ("reduction in…", "increase in…").
_CHANGE = re.compile(
    r"\b(?:reductions?|increases?|decreases?|falls?|rises?)\s+(?:in|of)\b|\bless likely\b|"
    r"\bshowing (?:reduced|improved|increased)\b",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:increases?|rises?)\s+(?:in|of)\b", re.IGNORECASE)
_HARM = re.compile(
    r"\b(?:injur(?:y|ies)|deaths?|harm|abuse|neglect|suicides?|exclusions?|crimes?)\b",
    re.IGNORECASE,
)
# Things that are simply so: "Children are safer" can be wished for, and not counted.
_SO = re.compile(r"^(?:[a-z’' ]+ )?(?:are|is|grow up|live) [a-z]+(?:er|y|e|d)?$", re.IGNORECASE)
_AFTER = re.compile(r"\bafter\s+([a-z]+)", re.IGNORECASE)


def measures_once(subject: InPerformance) -> Iterator[Fault]:
    """A measure is found by its name, in addresses and in data.csv; each needs one of its own."""
    seen: set[str] = set()
    for path, measure in _measures(subject):
        if measure.slug in seen:
            yield Fault(
                what=f"Two measures are called “{measure.slug}”.",
                fix="Rename one of them, or delete it: a measure has one quadrant in a programme.",
                path=(*path, "slug"),
            )
        seen.add(measure.slug)
    titles: dict[str, Measure] = {}
    for path, measure in _measures(subject):
        first = titles.setdefault(slips.seen_as(measure.title), measure)
        if first is not measure:
            apart = "" if first.quadrant is measure.quadrant else ", in another quadrant"
            yield Fault(
                what=f"“{measure.title}” is the title of the measure “{first.slug}” too{apart}.",
                fix="Say in the title what sets the two apart, or delete one: a measure has one "
                "quadrant in a programme.",
                path=(*path, "title"),
            )


def pairs_sound(subject: InPerformance) -> Iterator[Fault]:
    """A number and its percentage stand side by side, so each must name the other and both must
    be about effort, or both about effect.
    """
    known = {m.slug: m for _, m in _measures(subject)}
    for path, measure in _measures(subject):
        if not measure.pairs_with:
            continue
        other = known.get(measure.pairs_with)
        if other is None:
            yield Fault(
                what=f"There is no measure “{measure.pairs_with}” to pair with.",
                fix=f"{did_you_mean(measure.pairs_with, known)}Name a measure of this programme.",
                path=(*path, "pairs_with"),
            )
        elif wrong := _mismatch(measure, other, known):
            yield Fault(
                what=f"“{measure.slug}” and “{other.slug}” are no pair: {wrong}.",
                fix="Pair a number with the percentage of the same thing, each naming the other.",
                path=(*path, "pairs_with"),
            )


def _mismatch(one: Measure, other: Measure, known: Mapping[str, Measure]) -> str:
    if other.pairs_with != one.slug:
        # Where the other names a measure that is not there, that is the slip, and told.
        astray = other.pairs_with and other.pairs_with not in known
        return "" if astray else f"“{other.slug}” does not name “{one.slug}”"
    if (one.quadrant in EFFECT) != (other.quadrant in EFFECT):
        return "one is about effort, the other about effect"
    if (one.quadrant in QUALITY) == (other.quadrant in QUALITY):
        return "both are quantities, or both are qualities"
    return ""


def contribution_known(subject: InPerformance) -> Iterator[Fault]:
    """Programme and outcome meet only by this link, so it must lead to an outcome of the book."""
    known = [f"{f.slug}/{o.slug}" for f in subject.context.frameworks for o in f.outcomes]
    for path, one in _contributors(subject):
        for number, reference in enumerate(one.contributes_to if known else ()):
            if reference.split("/")[0] in subject.context.unread:
                continue  # its outcomes cannot be read, which is told in its file
            if reference not in known:
                yield Fault(
                    what=f"There is no outcome “{reference}”.",
                    fix=f"{did_you_mean(reference, known)}Write {listed(known, 20)}.",
                    path=(*path, "contributes_to", number),
                    about=about_outcome(reference, subject.context.frameworks),
                )


def indicator_known(subject: InPerformance) -> Iterator[Fault]:
    """A link to an indicator must lead to one of the book."""
    known = sorted(subject.indicators)
    for path, slug in _indicators(subject):
        if slug not in subject.indicators:
            yield Fault(
                what=f"There is no indicator “{slug}”.",
                fix=f"{did_you_mean(slug, known)}Name an indicator's folder, or leave it out.",
                path=path,
            )


def quadrant_fits_unit(subject: InPerformance) -> Iterator[Fault]:
    """Quantities are counted and qualities are shares or averages; a count among the qualities
    says how much was done and passes for how well.
    """
    for path, measure in _measures(subject):
        quality = measure.quadrant in QUALITY
        if quality and measure.unit is Unit.COUNT:
            what = f"“{measure.short}” is a count, but stands among the qualities."
            fix = "Make it a percentage or a rate, or move it to a quantity quadrant."
        elif not quality and measure.unit is Unit.PERCENT:
            what = f"“{measure.short}” is a percentage, but stands among the quantities."
            fix = "Count it, or move it to a quality quadrant."
        else:
            continue
        # Where its name says so too, the quadrant is the slip, else the unit.
        named = re.search(r"%|percent|per cent", f"{measure.title} {measure.short}", re.I)
        at = "quadrant" if bool(named) is (measure.unit is Unit.PERCENT) else "unit"
        yield Fault(what=what, fix=fix, path=(*path, at))


def effect_has_percentage(subject: InPerformance) -> Iterator[Fault]:
    """A number of people better off says little until one knows of how many."""
    for path, measure in _measures(subject):
        if measure.unit is Unit.PERCENT:
            continue  # it is one, and stands in the wrong quadrant
        if measure.quadrant is Quadrant.EFFECT_QUANTITY and not measure.pairs_with:
            yield Fault(
                what=f"“{measure.short}” counts who is better off, but no percentage stands "
                "beside it.",
                fix="Add the percentage as a measure and pair the two by “pairs_with:”.",
                path=path,
            )


def percentage_has_whole(subject: InPerformance) -> Iterator[Fault]:
    """A percentage means nothing until numerator and denominator are named."""
    for path, measure in _measures(subject):
        if measure.unit is Unit.PERCENT and not measure.definition:
            yield Fault(
                what=f"“{measure.short}” is a percentage, but nothing says of what.",
                fix="Add “definition:”: who is counted, out of whom.",
                path=(*path, "unit"),
            )


def level_not_change(subject: InPerformance) -> Iterator[Fault]:
    """What is published is where things stand; the change is worked out from it. A “reduction in
    days lost” has no baseline, and less of it can be better or worse.
    """
    for path, one in _contributors(subject):
        for name in ("title", "short", "as_printed"):
            text = getattr(one, name, "")
            if (found := _CHANGE.search(text)) and not _wrong_way(text):
                yield Fault(
                    what=f"“{found.group()}” names a change, not where things stand.",
                    fix="Name the level, such as “Days lost to exclusion”; if only the source "
                    "prints a change, acknowledge “measure-is-change” and say so.",
                    path=(*path, name),
                    word=found.group(),
                )
                break


def printed_right_way(subject: InPerformance) -> Iterator[Fault]:
    """An increase of harm is nobody's aim: a sign was lost, or it was printed the wrong way."""
    for path, one in _contributors(subject):
        if found := _wrong_way(one.as_printed):
            more, harm = found
            yield Fault(
                what=f"“{more} … {harm}” is printed as something to wish for.",
                fix="Declare which way is better, never read it from such a word; acknowledge "
                "“printed-wrong-way” and say how it is taken.",
                path=(*path, "as_printed"),
                word=more,
            )


def _wrong_way(text: str) -> tuple[str, str] | None:
    """The word for more, and the harm that there would be more of."""
    more = _MORE.search(text)
    harm = _HARM.search(text, more.end()) if more else None
    return (more.group(), harm.group()) if more and harm else None


def item_can_be_counted(subject: InPerformance) -> Iterator[Fault]:
    """What is simply so, such as “Children are safer”, has no number in it: it is an outcome."""
    programme: Programme = subject.paper
    for number, item in enumerate(programme.population_items):
        if item.kind == "indicator" and _SO.search(item.title) and not item.indicator:
            yield Fault(
                what=f"No number can be put to “{item.title}” as it stands.",
                fix="Write “kind: outcome”, or name what would be counted.",
                path=("population_items", number, "kind"),
            )


def follow_up_agrees(subject: InPerformance) -> Iterator[Fault]:
    """The number and the percentage of one thing must be taken at one point of time."""
    known = {m.slug: m for _, m in _measures(subject)}
    for path, measure in _measures(subject):
        other = known.get(measure.pairs_with)
        if other is None or measure.quadrant in QUALITY:
            continue
        own, theirs = _AFTER.search(measure.as_printed), _AFTER.search(other.as_printed)
        if own and theirs and own[1].lower() != theirs[1].lower():
            yield Fault(
                what=f"The number is printed “after {own[1]}”, its percentage “after {theirs[1]}”.",
                fix="Look up whether one point of time is meant; acknowledge “follow-up-differs” "
                "and say how it is taken.",
                path=(*path, "as_printed"),
                word=own.group(),
            )


def tells_its_figures(subject: InPerformance) -> Iterator[Fault]:
    """A page about figures begins with a sentence that holds the figure, and names who published
    it; a measure of the data development agenda needs neither.
    """
    for path, measure in _measures(subject):
        if measure.standing is Standing.DEVELOPMENT:
            continue
        for name in ("reads_as", "source"):
            if not getattr(measure, name):
                yield Fault(
                    what=f"“{measure.short}” is {measure.standing.value}, but has no “{name}”.",
                    fix=f"Add “{name}:”, or write “standing: development” while nothing is "
                    "published.",
                    path=path,
                )


# --- rules of indicators, asked of measures -------------------------------------------------


def _of_measures(
    check: Callable[[Subject[Any]], Iterator[Fault]], *, told: bool = False
) -> Callable[[InPerformance], Iterator[Fault]]:
    """A rule about one indicator, asked of each measure (`told`: of those that are published)."""

    def asked(subject: InPerformance) -> Iterator[Fault]:
        for path, measure in _measures(subject):
            if told and not measure.reads_as:
                continue
            about: Subject[Any] = Subject(
                indicator=measure, context=subject.context, figures=None, story=False
            )
            for fault in check(about):
                yield replace(fault, path=(*path, *fault.path))

    asked.__doc__ = check.__doc__
    return asked


def _measures(subject: InPerformance) -> Iterator[tuple[Path, Measure]]:
    programme: Programme = subject.paper
    for number, measure in enumerate(programme.measures):
        yield ("measures", number), measure


def _contributors(subject: InPerformance) -> Iterator[tuple[Path, Measure | PopulationItem]]:
    yield from _measures(subject)
    programme: Programme = subject.paper
    for number, item in enumerate(programme.population_items):
        yield ("population_items", number), item


def _indicators(subject: InPerformance) -> Iterator[tuple[Path, str]]:
    for path, measure in _measures(subject):
        for number, slug in enumerate(measure.contributes_to_indicators):
            yield (*path, "contributes_to_indicators", number), slug
    programme: Programme = subject.paper
    for number, item in enumerate(programme.population_items):
        if item.indicator:
            yield ("population_items", number, "indicator"), item.indicator


RULES: tuple[Rule[InPerformance], ...] = (
    error("measure-repeated", measures_once),
    error("pair-unsound", pairs_sound),
    error("contribution-unknown", contribution_known),
    error("contribution-indicator-unknown", indicator_known),
    error("measure-untold", tells_its_figures),
    warning("quadrant-unit", quadrant_fits_unit),
    warning("effect-without-percentage", effect_has_percentage),
    warning("percentage-of-what", percentage_has_whole),
    warning("measure-is-change", level_not_change),
    warning("printed-wrong-way", printed_right_way),
    warning("item-uncountable", item_can_be_counted),
    warning("follow-up-differs", follow_up_agrees),
    error("measure-rate-per", _of_measures(indicator_rules.rate_has_per)),
    error("measure-better-reason", _of_measures(indicator_rules.neutral_has_reason)),
    error("measure-scheme-unknown", _of_measures(indicator_rules.scheme_exists)),
    error("measure-sentence", _of_measures(indicator_rules.sentence_has_slots, told=True)),
)
