"""Read the folders of a book: documents, data packages and narratives, and what is wrong in them.

Reads only; what the words and figures mean is for `validate` to say. Nothing raises on account
of a file's content, and no link is followed.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from databook.load import (
    document,
    folder_names,
    folders,
    forecasts,
    mkdocs,
    narrative,
    packages,
    pages,
)
from databook.load.faults import WHY
from databook.problems import Checked, Problem, in_order
from databook.sources import Document, Folder, Narrative, Package, Sources, Table

__all__ = [
    "WHY",
    "book",
    "calendar",
    "common",
    "content",
    "indicator",
    "names",
    "performance",
    "slugs",
]

SCORECARDS = "scorecards"
INDICATORS = f"{SCORECARDS}/indicators"
FRAMEWORKS = f"{SCORECARDS}/frameworks"
PROGRAMMES = f"{SCORECARDS}/programmes"
# Folders of working documents, one YAML file each.
PAPERS = ("agreements", "audits", "boards", "checklists", "plans", "registers")
CONTENT = "content"
# What a book keeps in its folder of scorecards.
PARTS = (
    "databook.yaml", "editions.yaml", "areas", "frameworks", "indicators", "programmes", *PAPERS,
    "schemas",
)  # fmt: skip


def book(root: Path) -> Checked[Sources]:
    """Read the whole book: all that can be read, and every fault of reading."""
    shared = common(root)
    problems: list[Problem] = [*shared.problems]
    indicators: dict[str, Folder] = {}
    for slug in slugs(root):
        folder = indicator(root, slug)
        problems += folder.problems
        if folder.value is not None:
            indicators[slug] = folder.value
    empty = Sources(settings=None, areas=None, frameworks={}, indicators={})
    sources = replace(shared.value or empty, indicators=indicators)
    return Checked(value=sources, problems=in_order(problems))


def common(root: Path) -> Checked[Sources]:
    """Read what all indicators share: settings, areas, frameworks; look over the folders."""
    settings = document.read(root, f"{SCORECARDS}/databook.yaml")
    areas = packages.read(root, f"{SCORECARDS}/areas")
    problems: list[Problem] = [*settings.problems, *areas.problems]
    frameworks: dict[str, Document] = {}
    unread: set[str] = set()
    names = folder_names.named(root, FRAMEWORKS, ending=".yaml")
    problems += names.problems
    unread |= folder_names.unread(names.problems)
    for slug in names.value or ():
        framework = document.read(root, f"{FRAMEWORKS}/{slug}.yaml")
        problems += framework.problems
        if framework.value is not None:
            frameworks[slug] = framework.value
        else:
            unread.add(slug)
    problems += folder_names.named(root, INDICATORS).problems
    problems += folder_names.strays(root, SCORECARDS, PARTS)
    problems += mkdocs.problems(root)
    sources = Sources(
        settings=settings.value,
        areas=areas.value,
        frameworks=frameworks,
        indicators={},
        unread=frozenset(unread),
    )
    return Checked(value=sources, problems=in_order(problems))


def calendar(root: Path) -> Checked[Document]:
    """Read which editions are announced; a book may do without."""
    name = f"{SCORECARDS}/editions.yaml"
    return document.read(root, name) if folders.exists(root, name) else Checked(value=None)


def performance(root: Path) -> Checked[Sources]:
    """Read the other half of the subject: programmes, and the papers around them."""
    problems: list[Problem] = []
    programmes: dict[str, Folder] = {}
    for slug in _names(root, PROGRAMMES, "", problems):
        folder = _folder(root, f"{PROGRAMMES}/{slug}", slug, "programme.yaml")
        problems += folder.problems
        if folder.value is not None:
            programmes[slug] = folder.value
    papers: dict[str, dict[str, Document]] = {}
    for kind in PAPERS:
        papers[kind] = {}
        for slug in _names(root, f"{SCORECARDS}/{kind}", ".yaml", problems):
            paper = document.read(root, f"{SCORECARDS}/{kind}/{slug}.yaml")
            problems += paper.problems
            if paper.value is not None:
                papers[kind][slug] = paper.value
    sources = Sources(
        settings=None,
        areas=None,
        frameworks={},
        indicators={},
        programmes=programmes,
        papers=papers,
    )
    return Checked(value=sources, problems=in_order(problems))


def _names(root: Path, name: str, ending: str, problems: list[Problem]) -> tuple[str, ...]:
    """Slugs in a folder that a book may do without."""
    if not folders.exists(root, name):
        return ()
    names = folder_names.named(root, name, ending=ending)
    problems += names.problems
    return names.value or ()


def slugs(root: Path) -> tuple[str, ...]:
    """Names of the indicators' folders, in order; `common` tells of folders that are unfit."""
    return folder_names.named(root, INDICATORS).value or ()


def names(root: Path, kind: str) -> tuple[str, ...]:
    """Names of the programmes, or of the papers of one kind, whatever is wrong in them."""
    folder = f"{SCORECARDS}/{kind}"
    ending = "" if kind == "programmes" else ".yaml"
    return (
        (folder_names.named(root, folder, ending=ending).value or ())
        if folders.exists(root, folder)
        else ()
    )


def indicator(root: Path, slug: str) -> Checked[Folder]:
    """Read one indicator's folder; a part that cannot be read is None, and its fault is told."""
    return _folder(root, f"{INDICATORS}/{slug}", slug, "indicator.yaml")


def _folder(root: Path, name: str, slug: str, declared: str) -> Checked[Folder]:
    present = folders.files(root, name)
    if present.value is None:
        return Checked(value=None, problems=present.problems)
    problems: list[Problem] = [*present.problems]
    described: Checked[Document] = Checked(value=None)
    package: Checked[Package] = Checked(value=None)
    story: Checked[Narrative] = Checked(value=None)
    frozen: Checked[Table] = Checked(value=None)
    if declared in present.value:
        described = document.read(root, f"{name}/{declared}")
    if any(file in present.value for file in packages.NAMES):
        package = packages.read(root, name)
    elif "data.csv" in present.value:
        problems.append(packages.undescribed(name))
    if "story.md" in present.value:
        story = narrative.story(root, f"{name}/story.md")
    if "forecasts.csv" in present.value:
        about = ("measure",) if declared == "programme.yaml" else ()
        frozen = forecasts.read(root, f"{name}/forecasts.csv", about)
    parts = (described, package, story, frozen)
    problems += (problem for part in parts for problem in part.problems)
    problems += folder_names.missing(root, name, present.value, declared)
    problems += folder_names.unexpected(
        name, present.value, packages.paths(package.value), declared
    )
    folder = Folder(
        slug=slug,
        document=described.value,
        package=package.value,
        story=story.value,
        forecasts=frozen.value,
        files=present.value,
    )
    return Checked(value=folder, problems=in_order(problems))


def content(root: Path) -> Checked[tuple[Narrative, ...]]:
    """Read the narrative pages that MkDocs will build, and refuse what they must not hold."""
    names = folders.tree(root, CONTENT, ending=".md")
    problems: list[Problem] = [*names.problems, *pages.unfit(root, CONTENT)]
    found: list[Narrative] = []
    for name in names.value or ():
        page = narrative.page(root, name)
        problems += page.problems
        if page.value is not None:
            found.append(page.value)
    return Checked(value=tuple(found), problems=in_order(problems))
