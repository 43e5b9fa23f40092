"""What a framework must mean: outcomes named once each, and crosswalks that lead on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from databook import slips
from databook.model import Framework
from databook.observations import Context
from databook.validate.faults import Fault, Rule, did_you_mean, error, listed, nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class InBook:
    """A framework among the others."""

    framework: Framework
    context: Context


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


RULES: tuple[Rule[InBook], ...] = (
    error("outcome-duplicate", outcome_named_once),
    error("crosswalk-unknown", crosswalk_resolves),
)
