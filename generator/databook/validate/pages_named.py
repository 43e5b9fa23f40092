"""Pages of the book that stories, papers and settings name from outside its own text: all there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence

from databook.problems import Level, Place, Problem
from databook.sources import Narrative
from databook.validate.faults import Fault, did_you_mean, problem
from databook.validate.links import Text, link_leads_somewhere, placed
from databook.validate.site_pages import OWN, Addresses, address, is_made


def aims(narrative: Narrative) -> tuple[tuple[str, Place], ...]:
    """Where the links of a story lead in the book, and where each stands.

    A story is read with its indicator, which knows no other; so they are looked up later.
    """
    text = Text(narrative=narrative, others={})
    place = placed(narrative)
    return tuple(
        (target, place(Fault(what="", fix="", line=offset + 1)))
        for offset, target in text.targets()
        if target.split("#")[0]
    )


def astray(told: Iterable[tuple[str, Place]], addresses: Addresses) -> Iterator[Problem]:
    """Links of stories that lead to no page of the book."""
    for target, place in told:
        bare = re.split(r"[?#]", target)[0]
        folder = posixpath.join(*place.path.split("/")[1:3])
        whole = posixpath.normpath(posixpath.join(folder, bare))
        first, _, rest = whole.partition("/")
        known = addresses.get(first)
        climbs = whole.startswith("..")
        if climbs or (known is not None and rest and not is_made(rest, known)):
            fix = f"{did_you_mean(rest, known or ())}See {first}/ for what there is."
            if target.startswith("www."):
                fix = "An address on the web begins with https://: write it before www."
            yield problem(
                "link-broken",
                Level.ERROR,
                place,
                f"The link to “{target[:80]}” leads to no page.",
                " ".join((link_leads_somewhere.__doc__ or "").split()),
                "It climbs out of the book; write fewer “../”." if climbs else fix,
            )


def moves(
    moved: Iterable[tuple[str, str, Place, Place]],
    narratives: Sequence[Narrative],
    addresses: Addresses,
) -> Iterator[Problem]:
    """Pages that have moved: the new one is there, and the old one is no more."""
    moved = list(moved)
    yield from led(((new, place) for _, new, _, place in moved), narratives, addresses)
    pages = {address(narrative.path) for narrative in narratives}
    for old, _, place, _ in moved:
        first, _, rest = old.strip("/").partition("/")
        known = addresses.get(first)
        if old in pages or (not rest and old in OWN) or (known and rest and is_made(rest, known)):
            yield problem(
                "moved-still-there",
                Level.ERROR,
                place,
                f"“{old}” is still a page of the book, so nobody can be led on from it.",
                STILL,
                "Write the address that the page had before, or delete the two lines.",
            )


STILL = "Two pages cannot have one address: readers would see only one of them."
LED = "A paper that names a page to go on to must lead there."


def led(
    targets: Iterable[tuple[str, Place]], narratives: Sequence[Narrative], addresses: Addresses
) -> Iterator[Problem]:
    """Pages that papers name by their address from the root of the book, and that are not there."""
    pages = {address(narrative.path) for narrative in narratives}
    for target, place in targets:
        whole = target.split("#")[0].strip("/")
        first, _, rest = whole.partition("/")
        known = addresses.get(first)
        if not whole or not addresses or f"{whole}/" in pages:
            continue
        if (is_made(rest, known) or not rest) if known is not None else f"{first}/" in OWN:
            continue
        near = did_you_mean(rest, known) if known else did_you_mean(f"{first}/", {*OWN, *pages})
        yield problem(
            "page-unknown",
            Level.ERROR,
            place,
            f"The book has no page “{target[:80]}”.",
            LED,
            f"{near}Write the address of a page as the site has it, such as indicators/neet/.",
        )
