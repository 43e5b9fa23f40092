"""Makes the search index: Pagefind's command reads one small document for each record.

The finished pages are not indexed: of their words most are figures, and a small document made
for the purpose is quicker to read, smaller to fetch, and weighs titles and everyday words rightly.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path

from databook.pages import SearchRecord
from databook.site.assets import short
from databook.site.engine import lighter
from databook.site.search_order import ordered
from databook.site.search_pieces import smaller
from databook.site.search_summaries import END, Pieces, digests, dressed, redressed
from databook.site.search_words import word_lists

SECONDS = 600  # 20,000 records take about one minute
FOLDER = "search-index/"  # in the site
SCRIPT = FOLDER + "pagefind.js"
INSTANCE = b"var PagefindInstance=class{"  # one index and its engine
WORKER = b"var Pagefind=class{"  # where begins what puts several together, in a worker
ENGINE = re.compile(r"wasm\..+\.pagefind$")
SPEAKING = {"Report", "Source"}  # kinds of pages that speak of others
# Weights of title, everyday words and text. Pagefind gives a heading 7 by itself.
USUAL = ("", ' data-pagefind-weight="8"', "")
BEHIND = tuple(f' data-pagefind-weight="{weight}"' for weight in ("0.2", "0.2", "0.1"))


class IndexerError(RuntimeError):
    """Pagefind did not end well: a fault of the machine or of ours, never of the book."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The files of an index (None: as in the old site), and what it takes to change it."""

    files: Mapping[str, bytes | None] = field(default_factory=dict, repr=False)
    pieces: Pieces | None = None
    says: Mapping[str, str] = field(default_factory=dict, repr=False)  # digests of the sentences


def index_search(
    records: Mapping[str, SearchRecord],
    staging: Path,
    language: str = "en",
) -> Index:
    """The index of these records, which stand under the addresses of their pages."""
    documents, output = staging / "documents", staging / "index"
    shutil.rmtree(documents, ignore_errors=True)
    shutil.rmtree(output, ignore_errors=True)
    named = names(records)
    for path in sorted(records):
        folder = documents / path
        folder.mkdir(parents=True, exist_ok=True)
        text = document(records[path], language.partition("-")[0], named.get(path, ()))
        (folder / "index.html").write_text(text, encoding="utf-8")
    if not records:
        return Index()
    run(documents, output)
    files = {
        FOLDER + path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and wanted(path.name)
    }
    said = sentences(records)
    done, pieces = dressed(smaller(files), said, sorts(records))
    done = ordered(done)
    for path in filter(ENGINE.search, done):
        done[path] = lighter(done[path])
    done[SCRIPT] = shorter(done[SCRIPT])
    for name, words in word_lists(records.values()).items():
        done[FOLDER + name] = words
    meta = next(path for path in done if path.endswith(".pf_meta"))
    return Index(files=done, pieces=replace(pieces, meta=meta), says=digests(said))


def names(records: Mapping[str, SearchRecord]) -> dict[str, list[str]]:
    """What other pages call a page or a part of it, by its address."""
    found: dict[str, list[str]] = {}
    for _, record in sorted(records.items()):
        for path in record.speaks_of:
            found.setdefault(path, []).append(record.title)
    return found


def sentences(records: Mapping[str, SearchRecord]) -> dict[str, str]:
    """What is shown of each page in a list of pages that were found."""
    return {path: record.summary for path, record in records.items() if record.summary}


def sorts(records: Mapping[str, SearchRecord]) -> dict[str, str]:
    """A letter for each page, by which `asking.js` knows an indicator before it is fetched."""
    return {path: sort(record) for path, record in records.items()}


def sort(record: SearchRecord) -> str:
    """The letter of a page: what it is about, or that it speaks of others."""
    kinds = set(record.filters.get("kind", ()))
    if kinds & SPEAKING:
        return "b"
    return "i" if "Indicator" in kinds else "p"


def changed(old: Index, records: Mapping[str, SearchRecord], read: Callable[[str], bytes]) -> Index:
    """The old index where pages are found by the same words, but some say something else."""
    said = sentences(records)
    says = digests(said)
    others = {path: text for path, text in said.items() if says[path] != old.says[path]}
    if not others or old.pieces is None:
        return replace(old, files=dict.fromkeys(old.files))
    done, pieces = redressed(old.pieces, others, read)
    gone = {old.pieces.meta} | {
        f"{pieces.folder}/fragment/{old.pieces.shown[path]}{END}" for path in others
    }
    files = {path: None for path in old.files if path not in gone}
    return Index(files={**files, **done}, pieces=pieces, says=says)


def document(record: SearchRecord, language: str, named: Sequence[str] = ()) -> str:
    """What Pagefind reads of one page. Weights: a title's word counts most, then everyday words,
    then what other pages name it.
    """
    filters = "".join(
        f'<i data-pagefind-filter="{escape(name)}">{escape(value)}</i>'
        for name in sorted(record.filters)
        for value in record.filters[name]
    )
    title, everyday, rest = BEHIND if record.behind else USUAL
    synonyms = " · ".join(record.synonyms)
    kinds = ", ".join(record.filters.get("kind", ()))
    status = ", ".join(record.filters.get("status", ()))
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        "<title></title></head><body>"
        f"<main data-pagefind-body>"
        f'<h1 data-pagefind-meta="title"{title}>{escape(record.title)}</h1>'
        f"<p{everyday}>{escape(synonyms)}</p>"
        f'<p data-pagefind-weight="4">{escape(" · ".join(named))}</p>'
        f"<p{rest}>{escape(record.text)}</p></main>"
        f'<div hidden><i data-pagefind-meta="also">{escape(synonyms)}</i>'
        f'<i data-pagefind-meta="kind">{escape(kinds)}</i>'
        f'<i data-pagefind-meta="status">{escape(status)}</i>{filters}</div></body></html>'
    )


def shorter(script: bytes) -> bytes:
    """Pagefind's script without its second half, which runs the first one in a worker.

    An answer takes milliseconds, so a worker would only have the engine fetched a second time;
    and the first half tells when the engine is there, where the second looks every 50 ms.
    """
    kept, there, _ = script.partition(WORKER)
    if not there or INSTANCE not in kept:
        raise IndexerError("Pagefind's script is made in another way than it was")
    return short(SCRIPT, kept.decode() + "export{PagefindInstance};")


def wanted(name: str) -> bool:
    """Whether a file of Pagefind's is for us: not its own search boxes, nor a second engine."""
    ui = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component", "pagefind-highlight")
    return not name.startswith((*ui, "pagefind-worker", "wasm.unknown"))


def run(documents: Path, output: Path) -> None:
    """Run Pagefind; its own words are shown only where it fails."""
    command = [sys.executable, "-P", "-m", "pagefind", "--site", str(documents.absolute())]
    command += ["--output-path", str(output.absolute()), "--silent"]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, no shell
            command, cwd=documents, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise IndexerError(f"Pagefind had not finished after {SECONDS} seconds") from None
    if done.returncode:
        raise IndexerError(f"Pagefind failed:\n{done.stdout}{done.stderr}")
