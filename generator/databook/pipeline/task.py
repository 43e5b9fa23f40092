"""One indicator from its folder to its finished files: the whole line for the smallest part.

How far it is in order is found here; `making.py` takes it from there.

A task knows nothing of other indicators, so any process may do it, in any order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from databook import load, protect, validate
from databook.model import Indicator
from databook.observations import Context
from databook.pages import SearchRecord
from databook.past import Past
from databook.problems import Place, Problem

if TYPE_CHECKING:  # what only `making.py` makes
    from databook.analyse import Tried
    from databook.pipeline.recounting import Recount
    from databook.render import AreaRows, Entry
    from databook.site import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What later steps, and later builds, need of an indicator that is done.

    Its declaration alone, where it was only looked through.
    """

    indicator: Indicator
    entry: Entry | None = None
    told: bytes = field(default=b"", repr=False)  # its finding, as the interface tells it
    tried: Tried | None = None  # how forecasts made earlier would have done
    search: Mapping[str, SearchRecord] = field(default_factory=dict)
    recount: Recount | None = None  # of what earlier editions said
    places: AreaRows | None = None  # a row for each place that has pages
    aims: tuple[tuple[str, Place], ...] = ()  # where the links of its story lead in the book


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What one task came to. No `kept` where the indicator has errors."""

    slug: str
    problems: tuple[Problem, ...]
    kept: Kept | None = None
    claims: frozenset[str] | None = frozenset()
    """Outcomes it names, where it is not kept because of errors; None: nobody knows."""
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What every task stands on. Without a frame tasks only look for problems."""

    root: Path
    context: Context
    frame: Frame | None = None
    past: Past | None = None


def indicator(slug: str, ground: Ground) -> Done:
    """Take one indicator along the line, as far as it goes without an error."""
    read = load.indicator(ground.root, slug)
    claims = validate.claims(read.value)
    if read.value is None:
        return Done(slug=slug, problems=read.problems, claims=claims)
    card = validate.card(read.value, ground.context, read.problems)
    if card.value is None:
        return Done(slug=slug, problems=card.problems, claims=claims)
    table = validate.figures_of(read.value)
    safe = protect.card(card.value, ground.context, table)
    problems = card.problems + safe.problems
    if safe.value is None or read.errors or card.errors or safe.errors:
        return Done(slug=slug, problems=problems, claims=claims)
    aims = validate.aims(read.value.story) if read.value.story is not None else ()
    kept = Kept(indicator=safe.value.indicator, aims=aims)
    if ground.frame is None:
        return Done(slug=slug, problems=problems, kept=kept)
    # Late, because it loads every stage; whoever only looks for problems needs no more.
    from databook.pipeline.making import made

    making = made(safe.value, ground, ground.frame)
    if making.value is None:
        return Done(slug=slug, problems=problems + making.problems, claims=claims)
    kept = replace(making.value.kept, aims=aims)
    return Done(slug=slug, problems=problems, kept=kept, files=making.value.files)


def claimed(claims: Sequence[frozenset[str] | None]) -> frozenset[str] | None:
    """Outcomes named by indicators that have errors; None where one of them cannot be read."""
    known = [each for each in claims if each is not None]
    return frozenset().union(*known) if len(known) == len(claims) else None
