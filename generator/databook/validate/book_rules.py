"""What all indicators must mean together, and with the outcomes they speak to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from databook import slips
from databook.model import Indicator, Standing
from databook.observations import Card, Context
from databook.problems import Place, Problem, in_order
from databook.sources import Sources
from databook.validate.faults import (
    Fault,
    Rule,
    Unread,
    error,
    nearest,
    run,
    warning,
)

# Friedman: three to five headline indicators for an outcome; with more, none is one.
MOST_HEADLINES = 5


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


RULES: tuple[Rule[Whole], ...] = (
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

    unsure = Unread(fields=frozenset() if claimed is not None else frozenset({"every-indicator"}))
    return in_order(run(RULES, whole, place, unsure))
