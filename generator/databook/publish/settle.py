"""What the register would say after a publication, or why it must not be."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from databook import published
from databook.publish import manifest
from databook.publish.refusals import NotDue, Refused
from databook.published import Entry, Register, Revision

if TYPE_CHECKING:
    from databook.publish.plan import Wanted
    from databook.publish.target import Target

# Old revisions stand at such names, so no edition may have one.
RESERVED = re.compile(r".*-r\d+|versions\.json|index\.html|latest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The step from one register to the next. `entry` is the edition as it will stand."""

    before: Register
    entry: Entry
    same: bool = False  # it stands there already, byte for byte

    @property
    def after(self) -> Register:
        """The register with the edition in it; its root is known when all is planned."""
        return self.before.with_entry(self.entry)

    @property
    def leads(self) -> bool:
        """Whether the edition is the newest and stands at the root too."""
        return self.after.newest == self.entry

    @property
    def former(self) -> Revision | None:
        """The revision that it corrects."""
        return self.entry.revisions[-2] if len(self.entry.revisions) > 1 else None


def register(target: Target) -> Register:
    """What stands there. An empty place has an empty register; anything else is refused."""
    text = target.read(published.REGISTER)
    if text is None:
        if [name for name in target.names("") if name not in ("CNAME", ".git/")]:
            raise Refused(
                f"{target.name} holds something that is no published book, and would be swept "
                "away. Give an empty or a new place."
            )
        return Register()
    try:
        return published.from_json(text)
    except (ValueError, KeyError, TypeError) as wrong:
        raise Refused(
            f"{published.REGISTER} in {target.name} cannot be read ({wrong}). "
            "Nothing was changed; bring that file back first."
        ) from wrong


def settle(target: Target, wanted: Wanted) -> Change:
    """Add the edition to what stands there, or correct it, where either may be."""
    if RESERVED.fullmatch(wanted.id):
        raise Refused(f"An edition cannot be called {wanted.id!r}: that name has another use here.")
    before = register(target)
    old = before.entry(wanted.id)
    built = manifest.digest(wanted.built)
    bare = not wanted.withdraw or all(r.withdrawn for r in old.revisions[:-1]) if old else True
    if old is not None and old.now.built == built and bare:
        return Change(before=before, entry=old, same=True)
    if old is None and wanted.correction:
        raise Refused(
            f"There is no edition {wanted.id} in {target.name} that could be corrected. "
            "Publish it with --edition."
        )
    if old is not None and not wanted.correction:
        raise NotDue(
            f"Edition {wanted.id} is published already, with other contents, and what is "
            "published is never changed in silence. To correct it: databook publish "
            f'TARGET --correct {wanted.id} --reason "what was wrong". For a new edition, change '
            "edition.id in scorecards/databook.yaml."
        )
    former = old.revisions if old else ()
    if wanted.withdraw:
        former = tuple(replace(revision, withdrawn=True) for revision in former)
    revision = replace(wanted.revision(built), number=len(former) + 1)
    entry = Entry(id=wanted.id, title=wanted.title, date=wanted.date, revisions=(*former, revision))
    if old is not None and old.date != wanted.date:
        raise Refused(
            f"Edition {wanted.id} speaks of {old.date}, and a correction cannot move it to "
            f"{wanted.date}. Set edition.date in scorecards/databook.yaml back."
        )
    return Change(before=before, entry=entry)
