"""What a page of an indicator in a place costs, in books of three sizes.

    python benchmarks/places.py              # 1,000, 10,000 and 66,000 such pages
    python benchmarks/places.py 1000 10000

Each book is made by `generate_book.py --pages`, built from nothing by one process and thrown away.
Seconds are of the processor, so that other work on the machine counts for less. The mean of a small
book holds what every build costs, however small (MkDocs, the index of search, loading libraries):
"each further" is what the pages cost that the larger of two books has more.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from generate_book import write_book

AREAS = 170
PLACES = AREAS - 2  # a country and a region have no pages; the book's own place has others
SIZES = (1_000, 10_000, 66_000)


def main() -> None:
    """Build a book of each size and print a line for it."""
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    print(
        "| indicators | pages of places | all pages | CPU s | ms a page | ms each further "
        "| peak MB | kB a page |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)
    before: tuple[int, float] | None = None
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            line, before = measured(Path(folder), round(size / (PLACES - 1)), before)
            print(line, flush=True)


def measured(
    folder: Path, indicators: int, before: tuple[int, float] | None
) -> tuple[str, tuple[int, float]]:
    """One line of the table; the pages and seconds that the next is set against."""
    book, out = folder / "book", folder / "site"
    write_book(book, indicators, AREAS, pages=True)
    seconds, peak = built(book, out)
    pages = [entry for entry in walk(out) if entry.name == "index.html"]
    ours = [p for p in pages if p.parent.parent.parent == out / "areas"]
    size = sum(p.stat().st_size for p in ours) / len(ours) / 1000
    each = 1000 * seconds / len(pages)
    further = ""
    if before is not None:
        further = f"{1000 * (seconds - before[1]) / (len(pages) - before[0]):.1f}"
    line = (
        f"| {indicators} | {len(ours):,} | {len(pages):,} | {seconds:.0f} | {each:.1f} | {further} "
        f"| {peak / 1000:.0f} | {size:.1f} |"
    )
    return line, (len(pages), seconds)


def walk(folder: Path) -> list[Path]:
    """Every file of a site."""
    return [Path(where) / name for where, _, names in os.walk(folder) for name in names]


def built(book: Path, out: Path) -> tuple[float, int]:
    """Seconds of CPU of a build and all its helpers, and the peak memory in kB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "databook", "build", str(book), "--out", str(out)]
    subprocess.run([*command, "--jobs", "1"], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, after.ru_maxrss


if __name__ == "__main__":
    main()
