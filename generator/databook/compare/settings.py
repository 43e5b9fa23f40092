"""What holds for the whole book, on both sides: who publishes it, and by which rules it judges."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from databook.changes import Wording
from databook.observations import Context

NAMED = (
    ("Title", "title"),
    ("Publisher", "publisher"),
    ("Notice on every page", "notice"),
    ("Licence", "licence"),
    ("Address", "address"),
    ("Contact", "contact"),
    ("Whose well-being", "population"),
)


def settings(before: Context, after: Context) -> tuple[Wording, ...]:
    """Each declaration of databook.yaml that readers would find otherwise."""
    pairs = [
        (what, str(getattr(before.settings, name)), str(getattr(after.settings, name)))
        for what, name in NAMED
    ]
    pairs += [(what, say(before), say(after)) for what, say in SAID.items()]
    return tuple(
        Wording(what=what, before=old, after=new, defines=what in RULES)
        for what, old, new in pairs
        if old != new
    )


def _edition(context: Context) -> str:
    edition = context.settings.edition
    return f"{edition.id} of {edition.date.isoformat()}"


def _place(context: Context) -> str:
    return context.place.name


def _compared(context: Context) -> str:
    with_ = context.settings.comparisons
    codes = [code for code in (with_.country, with_.region, *context.neighbour_codes) if code]
    names = [context.area[code].name if code in context.area else code for code in codes]
    return f"{', '.join(names)}; neighbours by their {with_.neighbours}"


def _small_numbers(context: Context) -> str:
    policy = context.settings.disclosure
    by = f", published before by {policy.published_by}" if policy.published_by else ""
    zero = "shown" if policy.zero_ok else "withheld"
    return f"counts from 1 to {policy.threshold} are withheld, zero is {zero}{by}"


def _ratings(context: Context) -> str:
    return "; ".join(
        f"{scheme.title}: green from {scheme.green}%, amber from {scheme.amber}%"
        for scheme in context.settings.rating_schemes
    )


SAID: Mapping[str, Callable[[Context], str]] = {
    "Edition": _edition,
    "Place": _place,
    "Compared with": _compared,
    "Small numbers": _small_numbers,
    "Rating schemes": _ratings,
}
# Those by which every figure of the book is shown or judged.
RULES = frozenset({"Place", "Compared with", "Small numbers", "Rating schemes"})
