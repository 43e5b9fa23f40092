"""What a build depends on, boiled down to digests: the same digests, the same bytes out."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import databook
from databook import store, theme
from databook.past import Past

INDICATORS = "scorecards/indicators"
# What stands around the indicators and shows on their pages.
COMMON = ("scorecards/databook.yaml", "scorecards/areas", "scorecards/frameworks")
# The calendar, programmes and the papers around them: pages of their own, and no others.
PERFORMANCE = tuple(
    f"scorecards/{folder}"
    for folder in (
        "editions.yaml",
        "programmes",
        "agreements",
        "audits",
        "boards",
        "checklists",
        "plans",
        "registers",
    )
)
# What becomes narrative pages and the frame.
FRAME = ("content", "mkdocs.yml")
# Keys under which files of the program stand beside those of the book.
PROGRAM, THEME = "//program", "//theme"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Digests of all inputs of a book."""

    seen: store.Seen = field(repr=False)
    common: str  # what each indicator's page depends on besides its own folder and the frame
    frame: str  # what the frame and the narrative pages depend on
    performance: str  # what only pages about programmes and papers depend on
    indicators: Mapping[str, str]  # by slug
    past: str = ""  # what earlier editions said

    @property
    def everything(self) -> str:
        """While this is the same, so is every byte of the site."""
        folders = (f"{slug}={digest}" for slug, digest in self.indicators.items())
        return store.mix(self.common, self.frame, self.performance, self.past, *folders)


def inputs(
    root: Path, known: store.Seen, *, published: bool = False, past: Past | None = None
) -> Inputs:
    """Look at every file a build reads. Reads again only those that changed."""
    seen = store.look(root, (*COMMON, *PERFORMANCE, *FRAME, INDICATORS), known)
    program = Path(databook.__file__).parent
    for name, folder in ((PROGRAM, program), (THEME, theme.folder())):
        seen |= store.look(folder.parent, (folder.name,), known, name)
    folders: dict[str, dict[str, tuple[store.Stat, str]]] = {}
    rest: dict[str, tuple[store.Stat, str]] = {}
    for path, file in seen.items():
        if path.startswith(f"{INDICATORS}/"):
            slug, _, inside = path.removeprefix(f"{INDICATORS}/").partition("/")
            folders.setdefault(slug, {})[inside] = file
        else:
            rest[path] = file
    tools = f"{sys.version_info[:3]} {_libraries()} {'published' if published else ''}"
    return Inputs(
        seen=seen,
        common=store.mix(tools, _part(rest, *COMMON, PROGRAM, f"{THEME}/theme/pages")),
        frame=store.mix(tools, _part(rest, *COMMON, *FRAME, PROGRAM, THEME)),
        performance=_part(rest, *PERFORMANCE),
        indicators={slug: store.digest(folders[slug]) for slug in sorted(folders)},
        past=past.everything if past else "",
    )


def _part(files: store.Seen, *starts: str) -> str:
    return store.digest({path: file for path, file in files.items() if path.startswith(starts)})


def _libraries() -> str:
    """Names and versions of all installed packages: any may change a byte of what is published."""
    folders = [Path(folder) for folder in sys.path if folder]
    found = {i.name for f in folders if f.is_dir() for i in f.glob("*.dist-info")}
    return " ".join(sorted(found))
