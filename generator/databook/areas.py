"""Which places have pages of their own, at which address, and whom each of them is set against.

A book is about one place. Where `area_pages` names levels, each place of those levels is seen in
turn as that one place is seen: beside the country, its own region and its own neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from databook.model import Area
from databook.observations import Context
from databook.periods import Period

# A place that took its form longer ago is no news to its readers; many official codes begin in 2009
# for no other reason than that they were given out then.
RECENT_YEARS = 10
MOST_ANCESTORS = 12  # a chain of parents longer than this goes in a circle


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One place, and the places it is set against."""

    area: Area
    country: Area | None
    region: Area | None
    neighbours: tuple[Area, ...]  # closest first
    slug: str = ""  # its name in addresses
    own: bool = False  # whether it is the place the book is about


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One place on a line: its figure, the country's, and two ranges that lie around them."""

    value: float
    country: float | None
    lowest: float  # of all places
    highest: float
    near: tuple[float, float] | None  # the lowest and highest of the similar places
    tone: str  # of the status that the figure has
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The places of one region, and the figures of those that have one."""

    name: str
    views: tuple[View, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """One indicator in all places in one period, by region."""

    period: Period
    groups: tuple[Group, ...]
    country: tuple[str, float] | None = None
    own: tuple[str, float] | None = None  # the place that the book is about

    @property
    def values(self) -> tuple[float, ...]:
        """The figures of all places."""
        return tuple(value for group in self.groups for value in group.values)


def own(context: Context) -> View:
    """The book's own place, compared as the settings say."""
    compared = context.settings.comparisons
    return View(
        area=context.place,
        country=_other(context, compared.country),
        region=_other(context, compared.region),
        neighbours=tuple(_named(context, code) for code in context.neighbour_codes),
        own=True,
    )


def views(context: Context) -> tuple[View, ...]:
    """Every place that has pages, in order of names; none where the book is about one place."""
    paged = with_pages(context)
    if not paged:
        return ()
    names, near, ours = slugs(context), _neighbours(context), own(context)
    return tuple(
        View(
            area=area,
            country=ours.country if area == context.place else _country(context, area),
            region=ours.region if area == context.place else _region(context, area),
            neighbours=near.get(area.code, ()),
            slug=names[area.code],
            own=area == context.place,
        )
        for area in sorted(paged, key=lambda each: (each.name.casefold(), each.code))
    )


def with_pages(context: Context) -> tuple[Area, ...]:
    """The places whose level the settings name, in the order of areas.csv."""
    asked = context.settings.area_pages
    return tuple(a for a in context.areas if asked and a.level in asked.levels)


def levels(areas: Iterable[Area]) -> tuple[str, ...]:
    """The levels there are, in the order in which they are first named."""
    return tuple(dict.fromkeys(area.level for area in areas))


@lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """A name as it stands in addresses."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("’", "")).strip("-")


def slugs(context: Context) -> Mapping[str, str]:
    """Names of all places in addresses, by code. No two are the same.

    Places with pages come first; of two with one name each says its parent, or else its code.
    """
    paged = with_pages(context)
    first = {area.code for area in paged}
    found: dict[str, str] = {}
    taken: set[str] = set()
    for group in (paged, tuple(a for a in context.areas if a.code not in first)):
        shared = Counter(slug(area.name) for area in group)
        fuller = Counter(_fuller(area, context) for area in group)
        for area in group:
            tries = [slug(area.name)] if shared[slug(area.name)] == 1 else []
            tries += [_fuller(area, context)] if fuller[_fuller(area, context)] == 1 else []
            plain = f"{slug(area.name)}-{slug(area.code)}".strip("-")
            chosen = next((t for t in tries if t and t not in taken), plain)
            while chosen in taken:
                chosen += "-2"
            taken.add(chosen)
            found[area.code] = chosen
    return found


def ended(area: Area, day: date) -> date | None:
    """The last day of a place that is no more; None where it is, or nobody can read the date."""
    last = day_of(area.valid_to)
    return last if last and last < day else None


def begun(area: Area, day: date) -> date | None:
    """The first day of a place in its present form, where that is not long ago."""
    first = day_of(area.valid_from)
    return first if first and first <= day and first.year >= day.year - RECENT_YEARS else None


def day_of(text: str) -> date | None:
    """The day that a date of areas.csv names; None where it is none, or nobody can read it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def ancestor(context: Context, area: Area, level: str) -> Area | None:
    """The place of a level that another lies in, as `parent` says; None where it lies in none."""
    above: Area | None = area
    for _ in range(MOST_ANCESTORS):
        above = context.area.get(above.parent) if above else None
        if above is None or above.level == level:
            break
    return above if above and above.level == level else None


def _country(context: Context, area: Area) -> Area | None:
    """The country that the settings name, unless the place is known to lie in another.

    Where they name none it is the book's own place, if the other lies in it.
    """
    code = context.settings.comparisons.country
    found = context.area.get(code)
    if found and ancestor(context, area, found.level) not in (None, found):
        return None  # it lies in another country
    if not code and ancestor(context, area, context.place.level) == context.place:
        found = context.place
    return None if found == area else found


def _region(context: Context, area: Area) -> Area | None:
    """What it lies in at the level of the region that the settings name, or else at the next."""
    declared = context.area.get(context.settings.comparisons.region)
    if declared is not None:
        return ancestor(context, area, declared.level)
    parent = context.area.get(area.parent)
    return None if parent in (context.place, _country(context, area)) else parent


def _fuller(area: Area, context: Context) -> str:
    """A name that says its parent, too: richmond-yorkshire."""
    parent = context.area.get(area.parent)
    return f"{slug(area.name)}-{slug(parent.name)}" if parent and slug(area.name) else ""


def _neighbours(context: Context) -> Mapping[str, tuple[Area, ...]]:
    found: dict[str, list[Area]] = {}
    for each in sorted(context.neighbours, key=lambda n: n.rank):
        found.setdefault(each.area, []).append(_named(context, each.neighbour))
    return {code: tuple(areas) for code, areas in found.items()}


def _other(context: Context, code: str) -> Area | None:
    """A place to compare with; None where none is declared, or the book's own place is."""
    return _named(context, code) if code and code != context.settings.place else None


def _named(context: Context, code: str) -> Area:
    return context.area.get(code) or Area(code=code, name=code, level="")
