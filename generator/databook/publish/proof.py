"""Checks that what stands is what was published: every edition, every file, every byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from databook import published
from databook.publish import manifest, settle
from databook.publish.manifest import Sums
from databook.publish.refusals import Refused
from databook.publish.target import Target
from databook.published import Entry, Register, Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is not as it was published. `kind`: changed, missing, added, unreadable."""

    kind: str
    path: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was looked at, and what is wrong. `register`: SHA-256 of the register itself."""

    editions: int
    revisions: int
    files: int
    register: str
    faults: tuple[Fault, ...] = ()


def verify(target: Target, expected: str = "") -> Verified:
    """Look at every file of every edition. `expected`: the digest that the register had."""
    sums = target.sums()
    text = target.read(published.REGISTER)
    if text is None:
        raise Refused(f"{target.name} holds no published book: there is no {published.REGISTER}.")
    own = manifest.measure(text)[0]
    try:
        register = settle.register(target)
    except Refused as wrong:
        fault = Fault(kind="unreadable", path=published.REGISTER, what=str(wrong))
        return Verified(editions=0, revisions=0, files=len(sums), register=own, faults=(fault,))
    faults = tuple(_faults(target, register, sums))
    if expected and expected != own:
        what = f"its SHA-256 is {own}, not the {expected} that was asked for"
        faults = (Fault(kind="changed", path=published.REGISTER, what=what), *faults)
    return Verified(
        editions=len(register.entries),
        revisions=sum(len(entry.revisions) for entry in register.entries),
        files=len(sums),
        register=own,
        faults=faults,
    )


def _faults(target: Target, register: Register, sums: Sums) -> Iterator[Fault]:
    wanted: dict[str, str] = {published.REGISTER: sums[published.REGISTER][0]}
    wanted |= register.root
    unknown: list[str] = []
    for entry in register.entries:
        for revision in entry.revisions:
            if revision.withdrawn:
                continue  # the page that stands in its place is among the root's
            found = _revision(target, entry, revision)
            if isinstance(found, Fault):
                yield found
                unknown.append(entry.folder(revision))
                continue
            folder = entry.folder(revision)
            wanted |= {folder + path: digest for path, (digest, _) in found.items()}
            wanted[folder + manifest.NAME] = revision.manifest
            if entry == register.newest and revision == entry.now:
                # The register's page takes the place of the edition's own.
                at_root = {path: digest for path, (digest, _) in found.items()}
                wanted |= {p: d for p, d in at_root.items() if p not in register.root}
    newest = register.newest
    blind = newest is not None and newest.folder() in unknown  # then nobody knows the root either
    for fault in _compared(wanted, sums):
        known = fault.path.startswith(published.EDITIONS) or not blind
        if known and not fault.path.startswith(tuple(unknown)):
            yield fault


def _revision(target: Target, entry: Entry, revision: Revision) -> Sums | Fault:
    path = entry.folder(revision) + manifest.NAME
    text = target.read(path)
    if text is None:
        return Fault(kind="missing", path=path, what="the manifest of a published edition is gone")
    if manifest.measure(text)[0] != revision.manifest:
        what = "the manifest is not the one that was published, so its files cannot be trusted"
        return Fault(kind="changed", path=path, what=what)
    return manifest.sums_of(text)


def _compared(wanted: Mapping[str, str], sums: Sums) -> Iterator[Fault]:
    for path in sorted(wanted.keys() | sums.keys()):
        if path not in sums:
            yield Fault(kind="missing", path=path, what="it was published and is gone")
        elif path not in wanted:
            yield Fault(kind="added", path=path, what="it was never published")
        elif sums[path][0] != wanted[path]:
            yield Fault(kind="changed", path=path, what="its bytes are not those published")
