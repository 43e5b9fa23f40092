"""Citations of the book's pages for reference managers: CSL-JSON, BibTeX and RIS."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from databook.citing import UNPUBLISHED, Cited
from databook.observations import Context
from databook.performance import Performance
from databook.render.entries import Entry

PATHS = {kind: f"data/citations.{kind}" for kind in ("json", "bib", "ris")}
# What LaTeX takes for commands.
_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def references(
    context: Context, entries: Sequence[Entry], performance: Performance
) -> Mapping[str, bytes]:
    """The same citations in three forms, by path."""
    book = context.cited
    pages = list(_pages(context, entries, performance))
    csl = [_csl(title, path, book) for title, path in pages]
    bib = "\n".join(_bibtex(title, path, book) for title, path in pages)
    ris = "\n".join(_ris(title, path, book) for title, path in pages)
    return {
        PATHS["json"]: f"{json.dumps(csl, ensure_ascii=False, indent=1)}\n".encode(),
        PATHS["bib"]: bib.encode(),
        PATHS["ris"]: ris.encode(),
    }


def _pages(
    context: Context, entries: Sequence[Entry], performance: Performance
) -> Iterator[tuple[str, str]]:
    """Title and path of every page that says something of its own about people."""
    yield context.settings.title, ""
    for framework in context.frameworks:
        yield framework.title, f"frameworks/{framework.slug}/"
        for outcome in framework.outcomes:
            title = f"{framework.title}: {outcome.title}"
            yield title, f"frameworks/{framework.slug}/{outcome.slug}/"
    for entry in entries:
        yield entry.indicator.title, entry.url
    for programme in performance.programmes:
        if programme.illustrative:
            continue
        yield programme.title, f"programmes/{programme.slug}/"
        for measure in programme.measures:
            key = f"{programme.slug}/{measure.slug}"
            if key in performance.figures:
                yield f"{measure.title}: {programme.title}", f"programmes/{key}/"


def _key(path: str, book: Cited) -> str:
    """A name for the citation that no other page of any edition has."""
    return re.sub(r"[^a-z0-9]+", "-", f"databook-{book.edition}-{path}").strip("-")


def _csl(title: str, path: str, book: Cited) -> dict[str, object]:
    day = book.date
    return {
        "id": _key(path, book),
        "type": "webpage",
        "title": title,
        **({"container-title": book.title} if path else {}),
        "author": [{"literal": book.publisher}],
        "publisher": book.publisher,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "version": book.edition,
        "URL": book.address(path),
        **({} if book.published else {"note": UNPUBLISHED.capitalize()}),
    }


def _bibtex(title: str, path: str, book: Cited) -> str:
    state = "" if book.published else f" ({UNPUBLISHED})"
    fields = {
        "author": f"{{{_latex(book.publisher)}}}",
        "title": f"{{{_latex(title)}}}",
        "howpublished": _latex(book.title),
        "edition": _latex(book.edition + state),
        "year": str(book.date.year),
        "month": str(book.date.month),
        "url": book.address(path),
    }
    lines = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items())
    return f"@misc{{{_key(path, book)},\n{lines}}}\n"


def _latex(text: str) -> str:
    return "".join(_LATEX.get(letter, letter) for letter in text)


def _ris(title: str, path: str, book: Cited) -> str:
    lines = [
        ("TY", "ELEC"),
        ("AU", book.publisher),
        ("TI", title),
        *([("T2", book.title)] if path else []),
        ("PB", book.publisher),
        ("PY", str(book.date.year)),
        ("DA", f"{book.date:%Y/%m/%d}"),
        ("ET", book.edition),
        ("UR", book.address(path)),
        *([] if book.published else [("N1", UNPUBLISHED.capitalize())]),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {' '.join(text.split())}\r\n" for tag, text in lines)
