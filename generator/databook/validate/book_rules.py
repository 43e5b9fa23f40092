"""What the book must mean as a whole: its settings, its frameworks, and all indicators together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from databook import areas, slips
from databook.model import Framework, Indicator, Standing
from databook.observations import Card, Context
from databook.problems import Place, Problem, in_order
from databook.sources import Sources
from databook.validate.faults import (
    Fault,
    Rule,
    did_you_mean,
    error,
    listed,
    nearest,
    nearest_code,
    run,
    warning,
)

# Friedman: three to five headline indicators for an outcome; with more, none is one.
MOST_HEADLINES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class InBook:
    """A framework among the others."""

    framework: Framework
    context: Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """The book with all its indicators."""

    context: Context
    indicators: tuple[Indicator, ...]
    claimed: frozenset[str] = frozenset()  # outcomes named by indicators that have errors

    def speaking_to(self) -> Mapping[str, tuple[Indicator, ...]]:
        """Indicators by the outcome that they name."""
        found: defaultdict[str, tuple[Indicator, ...]] = defaultdict(tuple)
        for indicator in self.indicators:
            for reference in dict.fromkeys(indicator.outcomes):
                found[reference] += (indicator,)
        return found


# --- settings --------------------------------------------------------------------------------


def place_known(context: Context) -> Iterator[Fault]:
    """Every page is about this place and compares it with these."""
    settings = context.settings
    wanted = {
        ("place",): settings.place,
        ("comparisons", "country"): settings.comparisons.country,
        ("comparisons", "region"): settings.comparisons.region,
    }
    codes = context.area
    named = {a.name.casefold(): f"Write its code, “{a.code}”. " for a in context.areas}
    for path, code in wanted.items():
        if codes and code not in codes and (code or path == ("place",)):
            yield Fault(
                what=f"“{code}” is not the code of an area of this book.",
                fix=f"{named.get(code.casefold()) or nearest_code(code, codes)}Known areas are in "
                "scorecards/areas.",
                path=path,
                about=f"area {code}",
            )


def scheme_sound(context: Context) -> Iterator[Fault]:
    """A scheme is known by its name, and amber lies below green."""
    seen: set[str] = set()
    for number, scheme in enumerate(context.settings.rating_schemes):
        if scheme.id in seen:
            yield Fault(
                what=f"Two rating schemes are called “{scheme.id}”.",
                fix="Give each a name of its own.",
                path=("rating_schemes", number, "id"),
            )
        seen.add(scheme.id)
        if scheme.amber > scheme.green:
            yield Fault(
                what=f"Amber begins at {scheme.amber}, above green at {scheme.green}.",
                fix="Swap them.",
                path=("rating_schemes", number, "amber"),
            )


def address_whole(context: Context) -> Iterator[Fault]:
    """Permanent addresses of pages are made by writing after this one."""
    address, repository = context.settings.address, context.settings.repository
    if not address.endswith("/") or address.startswith("mailto:"):
        yield Fault(
            what=f"“{address}” is not the address of a folder.",
            fix="Write an address such as https://example.org/databook/, with the slash at the "
            "end.",
            path=("address",),
        )
    if repository and not repository.startswith(("https://", "http://")):
        yield Fault(
            what=f"“{repository[:60]}” is not a web address.",
            fix="Start it with https://, or leave it empty.",
            path=("repository",),
        )


def main_frameworks_known(context: Context) -> Iterator[Fault]:
    """The home page shows the outcomes of the frameworks that are named here."""
    known = [framework.slug for framework in context.frameworks]
    for number, slug in enumerate(context.settings.main_frameworks if known else ()):
        if slug not in known and slug not in context.unread:
            yield Fault(
                what=f"There is no framework “{slug}”.",
                fix=f"{did_you_mean(slug, known)}Write {listed(known)}.",
                path=("main_frameworks", number),
                about=f"framework {slug}",
            )


def page_levels_known(context: Context) -> Iterator[Fault]:
    """Places get pages by their level, so a level that no place has gives none."""
    asked, known = context.settings.area_pages, areas.levels(context.areas)
    for number, level in enumerate(asked.levels if asked else ()):
        if known and level not in known:
            yield Fault(
                what=f"No place in areas.csv has the level “{level}”.",
                fix=f"{did_you_mean(level, known)}Write {listed(known)}.",
                path=("area_pages", "levels", number),
            )


def moves_lead_on(context: Context) -> Iterator[Fault]:
    """An old address that leads to another old one, or is given twice, leads readers in circles."""
    moved = context.settings.moved
    seen: dict[str, str] = {}
    for number, one in enumerate(moved):
        if one.old in seen:
            yield Fault(
                what=f"“{one.old}” has moved twice: to “{seen[one.old]}” and to “{one.new}”.",
                fix="Keep the line with the address that it has now.",
                path=("moved", number, "old"),
            )
        seen.setdefault(one.old, one.new)
    for number, one in enumerate(moved):
        if one.new == one.old or one.new.startswith(one.old):
            yield Fault(
                what=f"“{one.old}” is said to have moved to itself, or below itself.",
                fix="Write under “new:” where it is now, or delete the two lines.",
                path=("moved", number, "new"),
            )
        elif (further := seen.get(one.new)) is not None:
            yield Fault(
                what=f"“{one.new}” has itself moved, to “{further}”.",
                fix=f"Write “new: {further}” here, so that nobody is led on twice.",
                path=("moved", number, "new"),
            )


SETTINGS_RULES: tuple[Rule[Context], ...] = (
    error("area-level-unknown", page_levels_known, "area_pages"),
    error("main-framework-unknown", main_frameworks_known, "main_frameworks"),
    error("place-unknown", place_known, "place", "comparisons"),
    error("scheme-unsound", scheme_sound, "rating_schemes"),
    error("address-incomplete", address_whole, "address", "repository"),
    error("moved-in-circles", moves_lead_on, "moved"),
)


# --- frameworks ------------------------------------------------------------------------------


def about_outcome(reference: str, frameworks: Sequence[Framework]) -> str:
    """What is missing where an outcome is not there: the whole framework, or the outcome."""
    slug = reference.split("/")[0]
    there = any(framework.slug == slug for framework in frameworks)
    return f"outcome {reference}" if there else f"framework {slug}"


def outcome_meant(reference: str, known: Sequence[str]) -> str:
    """The question "Did you mean ...? " for an outcome; a framework in common is no likeness."""
    slug, _, outcome = reference.partition("/")
    beside = {one.partition("/")[2]: one for one in known if one.startswith(f"{slug}/")}
    if not beside:
        return did_you_mean(reference, known)
    near = nearest(outcome, beside)
    return f"Did you mean “{beside[near]}”? " if near else ""


def outcome_named_once(book: InBook) -> Iterator[Fault]:
    """Two outcomes under one name would share one page; under one title nobody could tell them
    apart.
    """
    named = [("outcomes", n, o.slug) for n, o in enumerate(book.framework.outcomes)]
    named += [("enablers", n, e.slug) for n, e in enumerate(book.framework.enablers)]
    seen: set[str] = set()
    for part, number, slug in named:
        if slug in seen:
            yield Fault(
                what=f"The name “{slug}” is taken by another outcome or enabler above.",
                fix="Give each a name of its own.",
                path=(part, number, "slug"),
            )
        seen.add(slug)
    looks: dict[str, tuple[str, int]] = {}
    for part, number, title in (
        *(("outcomes", n, o.title) for n, o in enumerate(book.framework.outcomes)),
        *(("enablers", n, e.title) for n, e in enumerate(book.framework.enablers)),
    ):
        own = (part, number)
        if (first := looks.setdefault(slips.seen_as(title), own)) != own:
            above = first[0].removesuffix("s")
            yield Fault(
                what=f"The title “{title}” looks like that of another {above} above.",
                fix=f"{slips.stranger(title)} Say in the title what sets the two apart.",
                path=(part, number, "title"),
            )


def crosswalk_resolves(book: InBook) -> Iterator[Fault]:
    """Readers follow the crosswalk from one framework to another, so it must lead somewhere."""
    own = book.framework.slug
    frameworks = [f for f in book.context.frameworks if f.outcomes]
    known = [f"{f.slug}/{o.slug}" for f in frameworks for o in f.outcomes]
    for number, outcome in enumerate(book.framework.outcomes):
        for at, reference in enumerate(outcome.speaks_to):
            path = ("outcomes", number, "speaks_to", at)
            if reference.split("/")[0] in book.context.unread:
                continue
            if reference not in known:
                yield Fault(
                    what=f"There is no outcome “{reference}”.",
                    fix=f"{did_you_mean(reference, known)}Write {listed(known)}.",
                    path=path,
                    about=about_outcome(reference, book.context.frameworks),
                )
            elif reference.startswith(f"{own}/"):
                yield Fault(
                    what=f"“{reference}” is an outcome of this same framework.",
                    fix="A crosswalk names outcomes of other frameworks; delete it.",
                    path=path,
                )


FRAMEWORK_RULES: tuple[Rule[InBook], ...] = (
    error("outcome-duplicate", outcome_named_once, "outcomes", "enablers"),
    error("crosswalk-unknown", crosswalk_resolves, "outcomes"),
)


# --- all indicators together -----------------------------------------------------------------


def title_once(whole: Whole) -> Iterator[Fault]:
    """Two indicators under one title cannot be told apart in a list or by a search."""
    for field in ("title", "short"):
        seen: dict[str, str] = {}
        for indicator in whole.indicators:
            title = str(getattr(indicator, field))
            first = seen.setdefault(slips.seen_as(title), indicator.slug)
            if first != indicator.slug:
                yield Fault(
                    what=f"“{field}” is “{title}”, as in the indicator “{first}”.",
                    fix=f"{slips.stranger(title)} Say in the title what sets the two apart.",
                    path=("indicators", indicator.slug, field),
                )


def outcome_measured(whole: Whole) -> Iterator[Fault]:
    """An outcome without any measure should say what would be measured if there were data."""
    speaking = whole.speaking_to()
    for framework in whole.context.frameworks:
        if framework.slug in whole.context.unread:
            continue
        for number, outcome in enumerate(framework.outcomes):
            name = f"{framework.slug}/{outcome.slug}"
            if name in speaking or name in whole.claimed or outcome.development:
                continue
            yield Fault(
                what=f"No indicator speaks to the outcome “{outcome.title}”.",
                fix=f"Name “{framework.slug}/{outcome.slug}” under “outcomes:” of an indicator, "
                "or say under “development:” what you would measure.",
                path=("frameworks", framework.slug, "outcomes", number, "slug"),
            )


def headlines_few(whole: Whole) -> Iterator[Fault]:
    """Where everything is a headline, nothing is; three to five say it."""
    speaking = whole.speaking_to()
    for framework in whole.context.frameworks:
        for number, outcome in enumerate(framework.outcomes):
            named = speaking.get(f"{framework.slug}/{outcome.slug}", ())
            count = sum(i.standing is Standing.HEADLINE for i in named)
            if count > MOST_HEADLINES:
                yield Fault(
                    what=f"“{outcome.title}” has {count} headline indicators; "
                    f"{MOST_HEADLINES} are the most that readers take in.",
                    fix="Write “standing: secondary” in those that matter less.",
                    path=("frameworks", framework.slug, "outcomes", number, "slug"),
                )


WHOLE_RULES: tuple[Rule[Whole], ...] = (
    error("title-duplicate", title_once),
    error("outcome-unmeasured", outcome_measured, "every-indicator"),
    warning("headlines-many", headlines_few),
)


def across(
    context: Context,
    cards: Sequence[Card[Indicator]],
    sources: Sources | None = None,
    *,
    claimed: frozenset[str] | None = frozenset(),
) -> tuple[Problem, ...]:
    """Rules over all indicators. With `sources` the problems know their line, else the file.

    `claimed`: the outcomes named by indicators that are left out because they have errors; None
    where nobody can know, since any outcome that seems to lack an indicator may be named there.
    """
    named = claimed or frozenset()
    known = [f"{f.slug}/{o.slug}" for f in context.frameworks for o in f.outcomes]
    whole = Whole(
        context=context,
        indicators=tuple(c.indicator for c in cards),
        claimed=named
        | {nearest(name, known) for name in named}
        | {one for one in known if one.partition("/")[2] in named},
    )

    def place(fault: Fault) -> Place:
        folder, slug, *path = fault.path
        if folder == "frameworks":
            document = sources.frameworks.get(str(slug)) if sources else None
            name = f"scorecards/frameworks/{slug}.yaml"
        else:
            held = sources.indicators.get(str(slug)) if sources else None
            document = held.document if held else None
            name = f"scorecards/indicators/{slug}/indicator.yaml"
        return document.place(tuple(path)) if document else Place(path=name)

    left_out = frozenset() if claimed is not None else frozenset({"every-indicator"})
    return in_order(run(WHOLE_RULES, whole, place, left_out))
