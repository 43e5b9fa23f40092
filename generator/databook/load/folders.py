"""Reading files and listing folders without ever following a link out of the book."""

from __future__ import annotations

import difflib
import errno
import os
import re
import stat
import unicodedata
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from databook import slips
from databook.load.faults import fault
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


def read_bytes(root: Path, name: str, *, cap: int) -> Checked[bytes]:
    """Read a file of the book by its name relative to the root; no link, no device, no giant."""
    if (link := _link_on_the_way(root, name)) is not None:
        return Checked(value=None, problems=(_symlink(link),))
    # O_NONBLOCK: opening a named pipe must not wait for a writer.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        handle = os.open(root / name, flags | getattr(os, "O_BINARY", 0))
    except OSError as error:
        return Checked(value=None, problems=(_not_opened(name, error),))
    with os.fdopen(handle, "rb") as file:
        state = os.fstat(file.fileno())
        if not stat.S_ISREG(state.st_mode):
            return Checked(value=None, problems=(_not_a_file(name),))
        if state.st_size > cap:
            return Checked(value=None, problems=(_too_big(name, state.st_size, cap),))
        data = file.read(cap + 1)
    return (
        Checked(value=data)
        if len(data) <= cap
        else Checked(value=None, problems=(_too_big(name, len(data), cap),))
    )


def listing(root: Path, name: str) -> Checked[tuple[os.DirEntry[str], ...]]:
    """Entries of a folder, sorted by name; links are reported and left out, hidden files too."""
    if (link := _link_on_the_way(root, name)) is not None:
        return Checked(value=None, problems=(_symlink(link),))
    try:
        with os.scandir(root / name) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        return Checked(value=None, problems=(_not_opened(name, error),))
    links = tuple(_symlink(f"{name}/{entry.name}") for entry in found if entry.is_symlink())
    kept = (e for e in found if not e.is_symlink() and not e.name.startswith("."))
    return Checked(value=tuple(kept), problems=links)


def exists(root: Path, name: str) -> bool:
    """Whether something stands there, a broken link included (which reading then reports)."""
    return os.path.lexists(root / name)


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
    problems += _collisions(name, [entry.name for entry in entries.value])
    return Checked(value=tuple(slugs), problems=tuple(problems))


def files(root: Path, name: str) -> Checked[tuple[str, ...]]:
    """Names of all that stands in an indicator's folder; subfolders end in a slash."""
    entries = listing(root, name)
    if entries.value is None:
        return Checked(value=None, problems=entries.problems)
    names = tuple(
        f"{e.name}/" if e.is_dir(follow_symlinks=False) else e.name for e in entries.value
    )
    return Checked(value=names, problems=(*entries.problems, *_collisions(name, names)))


def tree(root: Path, name: str, *, ending: str, depth: int = 6) -> Checked[tuple[str, ...]]:
    """Paths of all files below a folder that end so, in order. A missing folder holds none."""
    if not exists(root, name):
        return Checked(value=())
    entries = listing(root, name)
    problems = list(entries.problems)
    found: list[str] = []
    for entry in entries.value or ():
        path = f"{name}/{entry.name}"
        if entry.is_dir(follow_symlinks=False) and depth:
            below = tree(root, path, ending=ending, depth=depth - 1)
            found += below.value or ()
            problems += below.problems
        elif entry.name.endswith(ending):
            found.append(path)
    problems += _collisions(name, [entry.name for entry in entries.value or ()])
    return Checked(value=tuple(found), problems=tuple(problems))


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
    for file in present:
        if file in expected or file in tops:
            continue
        absent = [known for known in expected if known not in present]
        near = difflib.get_close_matches(file.casefold(), absent, n=1, cutoff=0.75)
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


def _collisions(name: str, names: Collection[str]) -> list[Problem]:
    """Names that are one name to a computer that ignores case or the way accents are stored."""
    first: dict[str, str] = {}
    problems: list[Problem] = []
    for each in names:
        folded = unicodedata.normalize("NFKC", each).casefold()
        if folded in first:
            what = f"“{each}” and “{first[folded]}” differ only in case or in kind of letter."
            place = Place(path=f"{name}/{each.rstrip('/')}")
            problems.append(fault("folder-collision", place, what, "Rename or delete one."))
        first.setdefault(folded, each)
    return problems


def _link_on_the_way(root: Path, name: str) -> str | None:
    """First part of the way from the root to a name that is a symbolic link."""
    way = str(root)
    for part in name.split("/"):
        way = f"{way}{os.sep}{part}"
        if os.path.islink(way):  # noqa: PTH114 - asked ten thousand times; a Path is slower to make
            return way[len(str(root)) + 1 :].replace(os.sep, "/")
    return None


def _symlink(name: str) -> Problem:
    return fault(
        "folder-symlink",
        Place(path=name),
        "This is a symbolic link, which would lead somewhere else.",
        "Put the file itself here.",
    )


def _not_a_file(name: str) -> Problem:
    return fault(
        "folder-not-a-file",
        Place(path=name),
        "This is not an ordinary file.",
        "Put an ordinary file here, or rename what stands in its place.",
    )


def _not_opened(name: str, error: OSError) -> Problem:
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        what, fix = "This file or folder is missing.", "Add it, or put it back."
        return fault("folder-missing", Place(path=name), what, fix)
    if error.errno == errno.ELOOP:
        return _symlink(name)
    what = f"The file cannot be opened ({(error.strerror or 'unknown reason').lower()})."
    fix = "See that it is an ordinary file with a short name that you are allowed to read."
    return fault("folder-unreadable", Place(path=name), what, fix)


def _too_big(name: str, size: int, cap: int) -> Problem:
    return fault(
        "text-too-big",
        Place(path=name),
        f"The file holds {size / 1000:,.0f} kB; at most {cap / 1000:,.0f} kB are read.",
        "Shorten it, or split it into several.",
    )
