"""Runs MkDocs with Material on a staged copy of content/, in a process of its own.

The configuration is ours: of the book's mkdocs.yml nothing is executed, so that neither a hook
nor a plugin nor an environment variable in it can reach a build. The process has a time limit,
because Markdown parsers can be made to run for hours.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time
from importlib import metadata
from pathlib import Path
from typing import Any

from databook import slots, theme, words
from databook.observations import Context
from databook.pages import SearchRecord
from databook.problems import Problem
from databook.site import assets, content, navigation
from databook.site.policy import POLICY

SECONDS = 120  # 200 narrative pages take about four
TOLD = "narratives.json"  # what the adapter tells us of the narrative pages
SHIPPED = ("mkdocs-material", "pagefind")  # whose files are part of the site
VENDORED = "vendor/LICENSES.txt"
MARKDOWN: tuple[str | dict[str, Any], ...] = (
    "abbr",
    "admonition",
    "def_list",
    "sane_lists",
    "tables",
    "pymdownx.details",
    # Apostrophes and quotation marks as printers set them, beside the sentences of the program.
    {"smarty": {"smart_dashes": False, "smart_ellipses": False}},
)


class BuilderError(RuntimeError):
    """MkDocs did not end well: a fault of the machine or of ours, never of the book."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What MkDocs made: the frame page's HTML, and the narrative pages by address."""

    frame: str
    files: Mapping[str, bytes]
    search: Mapping[str, SearchRecord]
    keys: Mapping[str, str]
    problems: tuple[Problem, ...]


def build(root: Path, context: Context, staging: Path, stamped: Mapping[str, str]) -> Built:
    """Stage the content, run MkDocs, and read what came of it."""
    staging.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(staging / "content", ignore_errors=True)
    staged = content.stage(root / "content", staging / "content")
    book = book_of(context, stamped)
    settings = staging / "mkdocs.yml"
    # JSON is YAML: nothing in a title can end a string or start a tag.
    text = json.dumps(configuration(context, book, staging), ensure_ascii=False, indent=1)
    settings.write_text(text, encoding="utf-8")
    run(settings, epoch(context))
    told = json.loads((staging / TOLD).read_text(encoding="utf-8"))
    site = staging / "site"
    pages = {page["path"] + "index.html": page for page in told}
    files = {path: (site / path).read_bytes() for path in sorted(pages)}
    files |= {path: (site / path).read_bytes() for path in staged.media}
    return Built(
        frame=(site / slots.PAGE / "index.html").read_text(encoding="utf-8"),
        files=files,
        search={page["path"]: narrative_record(page) for page in told},
        keys=book["keys"],
        problems=staged.problems,
    )


def configuration(context: Context, book: Mapping[str, Any], staging: Path) -> dict[str, Any]:
    """The whole configuration of MkDocs for our build."""
    settings = context.settings
    return {
        "site_name": settings.short_title,
        "site_url": settings.address,
        "docs_dir": str((staging / "content").absolute()),
        "site_dir": str((staging / "site").absolute()),
        "use_directory_urls": True,
        "theme": {
            "name": "material",
            "custom_dir": str((theme.folder() / "overrides").absolute()),
            "font": False,
            "language": settings.language.partition("-")[0],
        },
        "plugins": [{"databook": {"part": "frame", "told": str((staging / TOLD).absolute())}}],
        "markdown_extensions": list(MARKDOWN),
        "validation": {
            "nav": {"omitted_files": "ignore"},
            "links": {
                "not_found": "ignore",
                "absolute_links": "ignore",
                "unrecognized_links": "ignore",
            },
        },
        "extra": {"databook": book},
    }


def book_of(context: Context, stamped: Mapping[str, str]) -> dict[str, Any]:
    """What the frame's template reads as `book`: the same on every page."""
    settings = context.settings
    tabs = navigation.entries(context)

    def style(path: str) -> str:
        return stamped.get(path, path)

    return {
        "language": settings.language,
        "title": settings.title,
        "short_title": settings.short_title,
        "summary": settings.summary,
        "edition": settings.edition.id,
        "date": settings.edition.date.isoformat(),
        "date_words": words.day(settings.edition.date),
        "notice": settings.notice,
        "publisher": settings.publisher,
        "licence": settings.licence,
        "licence_url": settings.licence_url,
        "address": settings.address,
        "repository": settings.repository,
        "published": context.published,
        "policy": POLICY,
        "navigation": [asdict(entry) for entry in tabs],
        "footer": [asdict(entry) for entry in navigation.FOOTER],
        "keys": {entry.key: entry.path for entry, _ in navigation.everything(tabs)},
        "sections": {entry.path: tab.key for entry, tab in navigation.everything(tabs)},
        "icon": style(assets.OURS + "icon.svg"),
        "base_style": style(assets.BASE_STYLE),
        "style": style(assets.STYLE),
        "script": style(assets.OURS + "book.js"),
        "search_script": style(assets.OURS + "search.js"),
        "scheme_script": style(assets.OURS + "scheme.js"),
    }


def run(settings: Path, source_date: int) -> None:
    """Run MkDocs; its own words are shown only where it fails."""
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(source_date),
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "0",
        "TZ": "UTC",
    }
    command = [sys.executable, "-P", "-m", "mkdocs", "build", "--quiet", "--config-file"]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, no shell
            [*command, settings.name],
            cwd=settings.parent,
            env=environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BuilderError(f"MkDocs had not finished after {SECONDS} seconds") from None
    if done.returncode:
        raise BuilderError(f"MkDocs failed:\n{done.stdout}{done.stderr}")


def epoch(context: Context) -> int:
    """The edition's date as MkDocs wants it, so that no clock gets into a page."""
    start = datetime.combine(context.settings.edition.date, time(), tzinfo=UTC)
    return int(start.timestamp())


def narrative_record(page: Mapping[str, Any]) -> SearchRecord:
    """What search should know of a narrative page."""
    return SearchRecord(
        title=page["title"],
        text=f"{page['description']} {page['text']}",
        summary=page["description"],
        filters={"kind": ("Explanation",)},
    )


def licences(files: Mapping[str, bytes]) -> bytes:
    """Licences of the software that the site carries, as those packages state them.

    `files` are the theme's; what was put under vendor/ has its licences beside it.
    """
    parts = ["This site carries parts of the following software.\n"]
    for name in SHIPPED:
        package = metadata.distribution(name)
        parts.append(f"{package.metadata['Name']} {package.version}\n")
        # Of the record only these lines are made into paths: one package has twelve thousand files.
        listed = csv.reader((package.read_text("RECORD") or "").splitlines())
        texts = [
            Path(str(package.locate_file(path))).read_text(encoding="utf-8").strip()
            for path, *_ in listed
            if path.rpartition("/")[2].upper().startswith(("LICENSE", "LICENCE", "COPYING"))
        ]
        stated = package.metadata.json.get("license_expression")
        parts += texts or [f"Licence: {stated or 'see its page at pypi.org'}"]
        parts.append("")
    parts += [data.decode() for path, data in sorted(files.items()) if path.endswith(VENDORED)]
    return ("\n".join(parts) + "\n").encode()
