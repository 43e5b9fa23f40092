"""Every file of the whole that will stand: old editions kept, the new one, and the root.

Links between pages are relative, so the newest edition at the root and at its own address are the
same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from databook import published
from databook.publish import manifest, notes
from databook.publish.manifest import Data, Facts, Sums
from databook.publish.settle import Change
from databook.publish.target import Target
from databook.published import Entry, Register, Revision

# For the host and for search engines: meant for the root, and of no use at an edition's address.
ROOT_ONLY = re.compile(r"404\.html|sitemap(-\d+)?\.xml|robots\.txt|_headers|\.nojekyll")
KEPT = ("CNAME",)  # the host's own, which no book holds
REGISTER_PAGE = published.EDITIONS + "index.html"
VERSIONS = "versions.json"
BEGIN, END = "<!--databook:register-->", "<!--/databook:register-->"
# One rule for every edition's address: what is searched for is found once, at the root.
NOT_INDEXED = "/editions/:edition/*\n  X-Robots-Tag: noindex\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An edition that somebody wants published."""

    id: str
    title: str
    date: str
    address: str  # the book's permanent address
    files: Mapping[str, Data] = field(repr=False)  # the site as it was built
    built: Sums = field(repr=False)
    facts: Facts = field(repr=False)
    published: str  # the day
    indicators: int
    correction: bool = False
    withdraw: bool = False  # what it corrects must not stay within reach
    reason: str = ""

    def revision(self, built: str) -> Revision:
        """What the register says of it, before its files are known."""
        return Revision(
            number=1,
            published=self.published,
            commit=self.facts.commit,
            built=built,
            manifest="",
            files=0,
            bytes=0,
            pages=0,
            indicators=self.indicators,
            reason=self.reason,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The new whole. `keep`: what is there already, by its new and its old name.

    `like` leads from a new folder to an old one whose files are probably the same.
    """

    keep: Mapping[str, str]
    files: Mapping[str, Data] = field(repr=False)
    like: Mapping[str, str]
    register: Register = field(repr=False)


def edition_files(target: Target, change: Change, wanted: Wanted) -> tuple[Change, dict[str, Data]]:
    """The edition's own files with its manifest, and what the register says of them."""
    files = {path: data for path, data in wanted.files.items() if not ROOT_ONLY.fullmatch(path)}
    entry, revision = change.entry, change.entry.now
    if change.former is not None:
        old = change.before.entry(entry.id)
        assert old is not None  # noqa: S101 - a correction corrects something
        changed = notes.changed(target, old.folder(), files)
        revision = replace(revision, changed=changed)
        entry = replace(entry, revisions=(*entry.revisions[:-1], revision))
        files |= notes.noted(files, entry, wanted.address)
    sums = {path: manifest.measure(data) for path, data in files.items()}
    said = {
        "id": entry.id,
        "title": entry.title,
        "date": entry.date,
        "revision": revision.number,
        **({"reason": revision.reason} if revision.reason else {}),
    }
    text = manifest.as_json(said, wanted.facts, sums)
    revision = replace(
        revision,
        manifest=manifest.measure(text)[0],
        files=len(sums),
        bytes=sum(size for _, size in sums.values()),
        pages=sum(is_page(path) and "/embed/" not in path for path in sums),
    )
    entry = replace(entry, revisions=(*entry.revisions[:-1], revision))
    return replace(change, entry=entry), {**files, manifest.NAME: text}


def lost(target: Target, change: Change, wanted: Wanted) -> Mapping[str, str]:
    """Pages of earlier editions that the newest does not have, with the last that had them."""
    if not change.leads:
        return change.before.gone
    former = change.before.newest
    gone = dict(change.before.gone)
    if former is not None:
        there = (path for path in target.files(former.folder()) if is_page(path))
        gone |= {path.removesuffix("index.html"): former.id for path in there}
    return {page: id_ for page, id_ in gone.items() if f"{page}index.html" not in wanted.files}


def plan(
    target: Target,
    change: Change,
    wanted: Wanted,
    own: Mapping[str, Data],
    made: Mapping[str, bytes],
) -> Plan:
    """Put it all together. `own`: the edition's files; `made`: pages made for the root."""
    former = change.before.newest
    after, entry = change.after, change.entry
    keep = _folders_kept(change)
    root: dict[str, Data] = {}
    if change.leads:
        served = {p: d for p, d in wanted.files.items() if ROOT_ONLY.fullmatch(p)}
        served["_headers"] = manifest.content(served.get("_headers", b"")) + NOT_INDEXED.encode()
        root = {p: d for p, d in own.items() if p != manifest.NAME}
        root |= served
        keep |= {name: name for name in KEPT if target.read(name) is not None}
        outside = {**{p: served[p] for p in served}, **made}
    else:
        dealt = {published.REGISTER, VERSIONS, published.EDITIONS}
        keep |= {name: name for name in target.names("") if name not in dealt}
        outside = dict(made)
    outside |= notes.tombstones(after)
    versions = versions_json(after)
    outside |= {VERSIONS: versions, published.EDITIONS + VERSIONS: versions}
    known = {} if change.leads else dict(change.before.root)
    sums = known | {path: manifest.measure(data)[0] for path, data in outside.items()}
    for name in KEPT:
        if name in keep and (data := target.read(name)) is not None:
            sums[name] = manifest.measure(data)[0]
    register = replace(after, root=sums)
    # The edition's own files first: those are looked for among the files of the edition before.
    files = {entry.folder() + path: data for path, data in own.items()}
    files |= {**root, **outside, published.REGISTER: published.as_json(register)}
    nearest = change.before.entry(entry.id) or former
    like = {entry.folder(): nearest.folder()} if nearest is not None else {}
    return Plan(keep=keep, files=files, like=like, register=register)


def _folders_kept(change: Change) -> dict[str, str]:
    """Folders of what was published before, by the name they will have and the one they have.

    What an edition corrects moves to a folder of its own; what is withdrawn goes.
    """
    entry = change.entry
    keep = {
        other.folder(revision): other.folder(revision)
        for other in change.before.entries
        for revision in other.revisions
        if other.id != entry.id and not revision.withdrawn
    }
    if (old := change.before.entry(entry.id)) is not None:
        stay = [r for r in entry.revisions[:-1] if not r.withdrawn]
        keep |= {old.folder(r): old.folder(r) for r in stay if r != change.former}
        if change.former in stay:
            keep[entry.folder(change.former)] = old.folder()
    return keep


def versions_json(register: Register) -> bytes:
    """The editions as Material's version selector reads them: newest first."""
    newest = register.newest
    listed = [
        {
            "version": entry.id,
            "title": entry.id,
            "aliases": ["latest"] if entry == newest else [],
        }
        for entry in reversed(register.entries)
    ]
    return (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode()


def with_block(page: bytes, block: str) -> bytes:
    """The page of editions with the register in the place that is kept for it."""
    text = page.decode()
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("the page of editions has no place for the register")
    return f"{before}{begin}{block}{end}{after}".encode()


def is_page(path: str) -> bool:
    """Whether a file is a page that people can link to."""
    return path == "index.html" or path.endswith("/index.html")


def page_base(target: Target, register: Register, wanted: Wanted, entry: Entry) -> bytes:
    """The page of editions as the newest edition holds it, before the register is put in."""
    newest = register.newest
    if newest is None or newest.id == entry.id:
        return manifest.content(wanted.files[REGISTER_PAGE])
    data = target.read(newest.folder() + REGISTER_PAGE)
    if data is None:
        raise ValueError(f"{newest.folder()}{REGISTER_PAGE} is missing")
    return data
