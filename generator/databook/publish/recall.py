"""The editions that stand at a place, as the past of another: which there were, and their files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from databook.past import BOOK, FIGURES, SAID, Issue, Past
from databook.publish import manifest
from databook.publish.refusals import Refused
from databook.publish.settle import register
from databook.publish.target import Target
from databook.published import Entry, Register, Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The edition that asks what was said before it. With `reason` it is a correction.

    `withdrawing`: its own former revisions will be gone, so that they tell nothing any more.
    """

    id: str
    day: date
    commit: str = ""
    correcting: bool = False
    reason: str = ""
    withdrawing: bool = False
    today: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One revision that still stands, with the digest of its manifest.

    `now`: its folder; the one that a correction replaces will have another.
    """

    issue: Issue
    now: str
    manifest: str = field(repr=False)


def recall(target: Target, asking: Asking, into: Path) -> Past:
    """What stood before an edition. Files of a place that is no folder are put into one.

    An edition that is published already is told what it was told then, so that it comes out the
    same whatever was published or corrected since.
    """
    known = register(target)
    standing = list(_standing(known, asking))
    own = known.entry(asking.id)
    correcting, today = asking.reason if asking.correcting else "", asking.today
    if own is not None and _again(own, asking):
        standing = list(_as_then(target, own, standing))
        first = own.now.number == 1
        correcting = "" if first else own.now.reason
        today = None if first else date.fromisoformat(own.now.published)
    moving = {each.issue.folder: each.now for each in standing if each.now != each.issue.folder}
    past = Past(
        root=into,
        issues=tuple(each.issue for each in standing),
        sums=_sums(target, standing, into),
        moving=moving,
        correcting=correcting,
        today=today if correcting else None,
    )
    there = [path.relative_to(into).as_posix() for path in map(past.place, past.sums)]
    return replace(past, root=target.lay_out(there, into))


def _again(own: Entry, asking: Asking) -> bool:
    """Whether what is asked for is there already, as far as can be known before it is built."""
    if not asking.correcting:
        return True
    return own.now.commit == asking.commit and own.now.reason == asking.reason


def _standing(known: Register, asking: Asking) -> Iterator[Standing]:
    """Every revision of every earlier edition, and former ones of the edition itself."""
    for entry in known.entries:
        mine = entry.id == asking.id
        if not mine and (entry.date, entry.id) >= (asking.day.isoformat(), asking.id):
            continue
        if mine and asking.withdrawing:
            continue
        for revision in entry.revisions:
            if not revision.withdrawn:
                holds = revision == entry.now and not mine
                now = entry.folder(revision)
                there = f"{now.rstrip('/')}-r{revision.number}/"
                later = mine and revision == entry.now
                issue = _issue(entry, revision, there if later else now, holds=holds)
                yield Standing(issue=issue, now=now, manifest=revision.manifest)


def _issue(entry: Entry, revision: Revision, folder: str, *, holds: bool) -> Issue:
    return Issue(
        id=entry.id,
        date=date.fromisoformat(entry.date),
        number=revision.number,
        published=revision.published,
        folder=folder,
        reason=revision.reason if revision.number > 1 else "",
        holds=holds,
    )


def _as_then(target: Target, own: Entry, standing: Sequence[Standing]) -> Iterator[Standing]:
    """Those alone that the edition knew of when it was made."""
    data = target.read(own.folder() + BOOK)
    if data is None:
        return
    try:
        knew = {(id_, number) for id_, number in json.loads(data)["knew"]}
    except (ValueError, KeyError, TypeError) as wrong:
        raise Refused(f"{own.folder()}{BOOK} cannot be read ({wrong}).") from wrong
    there = [each for each in standing if each.issue.key in knew]
    last = {each.issue.id: each.issue.number for each in there}
    for each in there:
        issue = each.issue
        holds = issue.number == last[issue.id] and issue.id != own.id
        yield replace(each, issue=replace(issue, holds=holds))


def _sums(target: Target, standing: Sequence[Standing], into: Path) -> Mapping[str, str]:
    """Digests of all that tells of the past, by the manifests, which the register vouches for."""
    names = [each.now + manifest.NAME for each in standing]
    root = target.lay_out(names, into)
    found: dict[str, str] = {}
    for each, name in zip(standing, names, strict=True):
        data = (root / name).read_bytes() if (root / name).is_file() else b""
        if manifest.measure(data)[0] != each.manifest:
            raise Refused(
                f"{name} in {target.name} is not what was published, so nothing can be told of the "
                "past. `databook verify` says what else is changed; bring it back first."
            )
        for path, (digest, _) in manifest.sums_of(data).items():
            if _needed(path):
                found[each.issue.folder + path] = digest
    return found


def _needed(path: str) -> bool:
    """Whether a file of an edition tells later ones what it said."""
    deep = {"indicators": 2, "programmes": 3}.get(path.partition("/")[0])
    own = path.count("/") == deep
    return path == BOOK or (own and path.endswith((f"/{SAID}", f"/{FIGURES}")))
