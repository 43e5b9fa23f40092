"""The one place that knows MkDocs' plugin interface. It is used in two ways.

`part: frame` is how the site stage runs MkDocs: the narrative pages are made harmless and given
the frame's slots, and a frame page is added. Without it (plain `mkdocs build`, `mkdocs serve`,
`mike`) MkDocs itself builds nothing, and the whole book is built in its place.

MkDocs is a process of its own at each new frame, so what it does not need is not loaded here: no
stage, no tables.
"""

from __future__ import annotations

import json
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config import base, config_options
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files

from databook import narrative, slots
from databook.citing import Cited
from databook.problems import Level

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

SUMMARY = 200  # characters of a page's first words that describe it
CONTENTS_FROM = 3  # headings that make a list of contents worth its room


class Options(base.Config):  # type: ignore[no-untyped-call]
    """What mkdocs.yml may say of the plugin."""

    part = config_options.Choice(("book", "frame"), default="book")
    told = config_options.Type(str, default="")


class DatabookPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Hooks of MkDocs, in the order in which it calls them."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []

    @property
    def framing(self) -> bool:
        """Whether the site stage is running MkDocs."""
        return self.config.part == "frame"

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the frame page; or leave MkDocs nothing to do."""
        if not self.framing:
            return Files([])
        files.append(File.generated(config, f"{slots.PAGE}.md", content="# Frame\n"))
        return files

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Keep only what may be said at the head of a page: no template of one's own."""
        del config, files
        page.meta = {k: str(v) for k, v in page.meta.items() if k in ("title", "description")}
        return markdown

    def on_page_content(
        self, html: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:  # fmt: skip
        """Make the page harmless, and take note of it for search."""
        del config
        if page.file.src_uri == f"{slots.PAGE}.md":
            return ""
        html, pieces = narrative.with_ids(narrative.clean(html))
        html = narrative.to_headings(html, page.url, {f.url for f in files.documentation_pages()})
        own = next((piece.text for piece in pieces if piece.level == 1), "")
        title = str(page.meta.get("title") or own or page.title or "")
        if not own:
            html = f"<h1>{escape(title)}</h1>\n{html}"
        html = narrative.with_code(narrative.with_tables(html, escape(title)))
        text = narrative.plain_text(html)
        summary = str(page.meta.get("description") or narrative.opening(html, SUMMARY))
        record = {"path": page.url, "title": title, "text": text, "description": summary}
        self.told.append(record)
        page.meta = {"title": title, "description": summary}
        to_root = "../" * page.url.count("/") or "./"
        return page_body(html, pieces).replace('="root:', f'="{to_root}')

    def on_page_context(
        self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> Any:
        """Fill the slots, or mark them."""
        del nav
        book = config.extra["databook"]
        context["book"] = book
        if page.file.src_uri == f"{slots.PAGE}.md":
            context["slots"] = slots.marks(book["keys"])
            return context
        context["slots"] = slots.filled(
            {
                "title": slots.title(page.meta["title"], book["short_title"]),
                "description": escape(page.meta["description"]),
                "canonical": escape(book["address"] + page.url),
                "preview": slots.preview(
                    cited_of(book), page.meta["title"], page.meta["description"], page.url
                ),
                "content": page.content or "",
                "cite": slots.cite(cited_of(book), page.meta["title"], page.url, ""),
                "edit": slots.edit_link(book["repository"], f"content/{page.file.src_uri}"),
            },
            section=section_of(page.url, book["sections"]),
            at=page.url,
            keys=book["keys"],
        )
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Tell the site stage what there is; or build the whole book."""
        if self.framing:
            text = json.dumps(self.told, ensure_ascii=False, indent=1)
            Path(self.config.told).write_text(text, encoding="utf-8")
            return
        build_book(Path(config.config_file_path).parent, Path(config.site_dir))

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Watch what a book is made of, besides content/."""
        del builder
        for name in ("scorecards", "theme"):
            folder = Path(config.config_file_path).parent / name
            if folder.is_dir():
                server.watch(str(folder))
        return server


def page_body(html: str, pieces: tuple[narrative.Piece, ...]) -> str:
    """A narrative page: its text, and beside it what is on it."""
    listed = [piece for piece in pieces if piece.level == 2]
    if len(listed) < CONTENTS_FROM:
        return f'<div class="db-prose">{html}</div>'
    links = "".join(f'<li><a href="#{p.id}">{escape(p.text)}</a></li>' for p in listed)
    return (
        f'<div class="db-narrative"><div class="db-prose">{html}</div>'
        f'<nav class="db-contents" aria-labelledby="on-this-page"><p id="on-this-page">'
        f"On this page</p><ul>{links}</ul></nav></div>"
    )


def cited_of(book: dict[str, Any]) -> Cited:
    """The book as citations name it."""
    return Cited(
        publisher=book["publisher"],
        title=book["title"],
        edition=book["edition"],
        date=date.fromisoformat(book["date"]),
        home=book["address"],
        published=book["published"],
    )


def section_of(path: str, sections: dict[str, str]) -> str:
    """The tab that a narrative page belongs to."""
    under = [place for place in sections if place and path.startswith(place)]
    return sections[max(under, key=len)] if under else "about"


def build_book(root: Path, out: Path) -> None:
    """Build the whole book where MkDocs would have put its pages."""
    from databook import pipeline  # late: the frame's build must not load it

    built = pipeline.build(pipeline.Order(root=root, out=out))
    if built.failed:
        wrong = (p for p in built.problems if p.level is Level.ERROR)
        lines = [f"{p.place.path}:{p.place.line}:{p.place.column}: {p.what}" for p in wrong]
        raise PluginError("the book has errors:\n" + "\n".join(lines))
