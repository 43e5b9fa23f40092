"""What databook.yaml must mean: places and frameworks that are there, sound addresses."""

from __future__ import annotations

from collections.abc import Iterator

from databook import areas
from databook.observations import Context
from databook.validate.faults import Fault, Rule, did_you_mean, error, listed, nearest_code


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


RULES: tuple[Rule[Context], ...] = (
    error("area-level-unknown", page_levels_known, "area_pages"),
    error("main-framework-unknown", main_frameworks_known, "main_frameworks"),
    error("place-unknown", place_known, "place", "comparisons"),
    error("scheme-unsound", scheme_sound, "rating_schemes"),
    error("address-incomplete", address_whole, "address", "repository"),
    error("moved-in-circles", moves_lead_on, "moved"),
)
