"""What lies in the folders of a book under a right name, and what nothing would read there."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from databook import slips
from databook.load.faults import fault
from databook.load.folders import collisions, exists, listing, not_a_file
from databook.problems import Checked, Level, Place, Problem

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLUG_LENGTH = 60
KNOWN = (
    "datapackage.yaml",
    "datapackage.json",
    "data.csv",
    "story.md",
    "forecasts.csv",
)


def named(root: Path, name: str, *, ending: str = "") -> Checked[tuple[str, ...]]:
    """Slugs of the folders in a folder (or, with an ending, of the files that end so)."""
    entries = listing(root, name)
    if entries.value is None:
        return Checked(value=None, problems=entries.problems)
    problems = [*entries.problems, *_loose(root, name, entries.value)]
    slugs: list[str] = []
    for entry in entries.value:
        path = f"{name}/{entry.name}"
        if not ending and entry.name in OF_FOLDERS and not entry.is_dir(follow_symlinks=False):
            continue  # told by `_loose`, all together
        if entry.is_dir(follow_symlinks=False) is bool(ending) or not entry.name.endswith(ending):
            problems.append(_stray(path, ending))
            continue
        slug = entry.name.removesuffix(ending) if ending else entry.name
        if len(slug) > SLUG_LENGTH or not SLUG.fullmatch(slug):
            problems.append(_slug(path, slug))
        else:
            slugs.append(slug)
    problems += collisions(name, [entry.name for entry in entries.value])
    return Checked(value=tuple(slugs), problems=tuple(problems))


def strays(root: Path, name: str, known: Collection[str]) -> list[Problem]:
    """What lies in a folder where nothing reads it: under a slip of a known name, or quite other.

    Of other files only such as a book is made of are told; a README may lie anywhere.
    """
    entries = listing(root, name).value or ()
    there = [entry.name for entry in entries]
    absent = [part for part in known if part not in there]
    problems = []
    for entry in entries:
        near = difflib.get_close_matches(entry.name.casefold(), absent, n=1, cutoff=0.75)
        whole = entry.is_dir(follow_symlinks=False)
        if entry.name in known or not (near or whole or entry.name.endswith((".yaml", ".csv"))):
            continue
        what = f"{entry.name} is not a file or folder that databook reads here."
        fix = f"Did you mean {near[0]}? Rename it." if near else "Move it where it belongs."
        level, place = (Level.ERROR if near else Level.WARNING), Place(path=f"{name}/{entry.name}")
        told = fault("folder-unexpected", place, what, fix, level=level)
        problems.append(replace(told, about=f"{name}/{near[0]}") if near else told)
    return problems


# The file that makes a folder what it is, and the folder that such folders lie in.
HOMES = {"indicator.yaml": "indicators", "programme.yaml": "programmes"}


OF_FOLDERS = (*HOMES, *KNOWN)


def _loose(root: Path, name: str, entries: Collection[os.DirEntry[str]]) -> list[Problem]:
    """Files of an indicator or programme that lie beside the folders and not in one of them."""
    files = [entry.name for entry in entries if entry.is_file(follow_symlinks=False)]
    lying = [file for file in OF_FOLDERS if file in files]
    if not lying or name.rpartition("/")[2] not in HOMES.values():
        return []
    first, every = lying[0], ", ".join(lying)
    homes = [e.name for e in entries if e.is_dir() and not exists(root, f"{name}/{e.name}/{first}")]
    what = f"Beside the folders nothing reads {every}."
    fix = "Make a folder, named as it is to be in addresses, such as school-absence, and move "
    fix += f"{every} into it."
    if len(homes) == 1:
        fix = f"Move {every} into {homes[0]}/, which has no {first}."
    return [fault("folder-no-indicator", Place(path=f"{name}/{first}"), what, fix)]


def missing(root: Path, name: str, present: Collection[str], declared: str) -> list[Problem]:
    """The one file that no such folder can do without: indicator.yaml or programme.yaml."""
    if declared in present:
        return []
    for other, home in HOMES.items():
        if other in present:
            what = f"This file belongs to one of the {home}, but its folder lies elsewhere."
            fix = f"Move the folder into scorecards/{home}/."
            return [fault("folder-no-indicator", Place(path=f"{name}/{other}"), what, fix)]
    for sub in present:
        if sub.endswith("/") and exists(root, f"{name}/{sub}{declared}"):
            what = f"{sub} lies one folder too deep to be read."
            fix = f"Move it up into scorecards/{HOMES[declared]}/."
            return [fault("folder-no-indicator", Place(path=f"{name}/{sub[:-1]}"), what, fix)]
    if exists(root, f"{name.rpartition('/')[0]}/{declared}"):
        return []  # it lies beside the folder, which is told
    what = f"The folder has no file {declared}."
    fix = "Add one, or delete the folder."
    return [fault("folder-no-indicator", Place(path=f"{name}/{declared}"), what, fix)]


def unexpected(
    name: str, present: Collection[str], described: Collection[str], declared: str
) -> list[Problem]:
    """Files that nothing reads: a typing slip in a name is an error, a stray a warning."""
    problems: list[Problem] = []
    # What makes this a folder of another kind is told by `missing`.
    expected = (declared, *KNOWN, *(HOMES if declared not in present else ()))
    tops = {path.split("/")[0] + ("/" if "/" in path else "") for path in described}
    tables = [file for file in present if file.endswith(".csv") and file not in expected]
    for file in present:
        if file in expected or file in tops:
            continue
        if file.rstrip("/") in expected:
            problems.append(not_a_file(f"{name}/{file[:-1]}"))
            continue
        absent = [known for known in expected if known not in present]
        near = difflib.get_close_matches(file.casefold(), absent, n=1, cutoff=0.75)
        if not near and tables == [file] and any(path not in present for path in described):
            continue  # the one that is described under another name, which is told there
        what = f"{file} is not a file that databook reads."
        fix = f"Did you mean {near[0]}? Rename it." if near else "Delete it, or move it elsewhere."
        if file.endswith((".xlsx", ".xls", ".ods")) and not near:
            fix = "Keep it outside the book, and make a table of it with `databook import`."
        level = Level.ERROR if near else Level.WARNING
        place = Place(path=f"{name}/{file.rstrip('/')}")
        problems.append(fault("folder-unexpected", place, what, fix, level=level))
    return problems


def _stray(path: str, ending: str) -> Problem:
    kind = f"a file ending in {ending}" if ending else "a folder"
    what = f"This is not {kind}, so it is not read."
    if meant := _meant_ending(path, ending):
        fix = f"Rename it to {meant.rpartition('/')[2]}."
        return fault("folder-unexpected", Place(path=path), what, fix)
    fix, stem = "Move or delete it.", path.removesuffix(".yaml")
    if not ending and stem != path:
        declared = "programme.yaml" if "/programmes/" in path else "indicator.yaml"
        fix = f"Each has a folder of its own: move it to {stem}/{declared}."
    return fault("folder-unexpected", Place(path=path), what, fix, level=Level.WARNING)


def _meant_ending(path: str, ending: str) -> str:
    """The name that a YAML file was to have, which another program has ended otherwise."""
    if ending != ".yaml":
        return ""
    found = re.fullmatch(r"(.+?)(\.yml|\.YAML|\.YML|\.yaml\.txt|\.yml\.txt)", path)
    return f"{found[1]}.yaml" if found else ""


def unread(problems: Collection[Problem]) -> frozenset[str]:
    """Names in small letters of what lies in a folder under a name that keeps it from being read.

    Whoever refers to it has made no mistake.
    """
    names = (p.place.path.rpartition("/")[2] for p in problems if p.level is Level.ERROR)
    return frozenset(name.split(".")[0].casefold() for name in names)


def _slug(path: str, slug: str) -> Problem:
    what = f"“{slug[:80]}” cannot become a web address."
    odd = f"{letter} " if (letter := slips.stranger(slug)) else ""
    meant = slips.slug(slug)
    if SLUG.fullmatch(meant) and len(meant) <= SLUG_LENGTH:
        odd = f"{odd}Rename it to {path.rpartition('/')[2].replace(slug, meant)}. "
    fix = (
        f"{odd}Use small letters a to z, digits and single hyphens, at most {SLUG_LENGTH} signs, "
        "such as school-absence."
    )
    about = f"{path.rpartition('/')[0]}/{meant}" if meant else ""
    return replace(fault("folder-slug", Place(path=path), what, fix), about=about)
