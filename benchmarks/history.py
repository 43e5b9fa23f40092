"""Publishes the demonstration book ten times in a row, from its own history, and checks the lot.

    python benchmarks/history.py [--keep FOLDER] [--years 9]

Each edition holds what had been released by its day (see tests/history.py). It is published into
a folder and into a bare repository, verified, and at the end what the newest says of all the
others is set beside the sources: every figure of the revision triangle, every error of a forecast.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY / "tests"))

import editions  # noqa: E402 - the tests' own ways
import history  # noqa: E402
from databook.pipeline import publishing  # noqa: E402
from databook.pipeline.publishing import PublishOrder  # noqa: E402
from links import dead_links  # noqa: E402


def main() -> None:
    """Publish, measure, check, print."""
    options = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    options.add_argument("--keep", type=Path, help="leave the editions in this folder")
    options.add_argument("--years", type=int, default=9, help="editions before the book as it is")
    asked = options.parse_args()
    home = asked.keep or Path(tempfile.mkdtemp(prefix="databook-history-"))
    if asked.keep:
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
    steps = history.steps(tuple(history.YEARS)[-asked.years :])
    try:
        faults = run(home, steps)
    finally:
        if not asked.keep:
            shutil.rmtree(home, ignore_errors=True)
    raise SystemExit(1 if faults else 0)


def run(home: Path, steps: tuple[history.Step, ...]) -> int:
    """All editions into both places; how many faults there were."""
    book, site, pages = home / "book", home / "site", home / "pages.git"
    history.begin(book)
    editions.bare(pages)
    print("| edition | indicators | folder, MB | bare, MB | CPU s | faults |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    total = 0
    for step in steps:
        history.take(book, step)
        began = cpu()
        for place in (site, pages):
            order = PublishOrder(root=book, target=str(place), today=step.day)
            done = publishing.publish_edition(order)
            assert not done.failed, done.problems
        spent = cpu() - began
        found = [*editions.faults(site), *editions.faults(pages)]
        total += len(found)
        number = len(list((book / "scorecards/indicators").iterdir()))
        told = (step.id, number, f"{mb(site):.1f}", f"{mb(pages):.1f}", f"{spent:.1f}", len(found))
        print(f"| {' | '.join(map(str, told))} |", flush=True)
    editions.git(pages, "gc", "--quiet", "--aggressive")
    one = mb(site / "editions" / steps[-1].id)
    print(
        f"\nOne edition (the newest): {one:.1f} MB. {len(steps)} editions: {mb(site):.1f} MB in a "
        f"folder ({mb(site) / one:.2f} times one), {mb(pages):.1f} MB in a bare repository, packed "
        f"({mb(pages) / one:.2f} times one)."
    )
    triangle = history.triangle_faults(site, steps)
    count, record = history.forecast_faults(site, steps)
    print(
        f"Triangle: {len(triangle)} faults. Forecasts of editions set against figures: {count}, "
        f"{len(record)} faults."
    )
    for line in (*triangle, *record)[:20]:
        print(f"  {line}")
    dead = dead_links(site)
    print(f"Dead links and fragments on all pages of all editions: {len(dead)}.")
    for line in dead[:20]:
        print(f"  {line}")
    again = PublishOrder(root=book, target=str(site), today=steps[-1].day)
    same = publishing.publish_edition(again).same
    print(f"The same commit again: {'nothing to do' if same else 'DIFFERENT'}.")
    return total + len(triangle) + len(record) + len(dead) + (not same)


def mb(place: Path) -> float:
    """Size on the disk in megabytes."""
    return history.size(place) / 1e6


def cpu() -> float:
    """Seconds of CPU, those of children too."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = [resource.getrusage(each) for each in who]
    return sum(each.ru_utime + each.ru_stime for each in used)


if __name__ == "__main__":
    main()
