"""Measure what building costs: per stage, from nothing, after one changed value, and unchanged.

    python benchmarks/run.py [--sizes 100 1000] [--areas 13] [--keep DIR] [--serve]
    python benchmarks/run.py --national     # 430 indicators in 170 areas, each with its pages

Prints tables in Markdown. CPU is user and system time of the build and every process it starts,
in one process (`--jobs 1`) so that all of it can be counted; wall time is with a process for each
core. Memory is of all processes of that build together, looked at twenty times a second. Figures
of a busy machine are worth little but their ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import generate_book

SAMPLE = 60  # indicators that the stages are timed on, after one that warms everything up
CHANGED = "scorecards/indicators/measure-00003/data.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one run of `databook build` took."""

    cpu: float
    wall: float
    peak: int  # bytes of all its processes together
    told: dict[str, Any]


def main() -> None:
    """Write the books, build them, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000], metavar="N")
    parser.add_argument("--areas", type=int, default=13)
    parser.add_argument("--keep", type=Path, help="leave the books here")
    parser.add_argument("--serve", action="store_true", help="measure `databook serve` too")
    parser.add_argument("--national", action="store_true", help="430 indicators, 170 areas, pages")
    options = parser.parse_args()
    sizes, areas = ([430], 170) if options.national else (options.sizes, options.areas)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    with tempfile.TemporaryDirectory(prefix="databook-bench-") as scratch:
        home = options.keep or Path(scratch)
        books = {size: home / f"book-{size}" for size in sizes}
        for size, root in books.items():
            generate_book.write_book(root, size, areas, pages=options.national)
        if not options.national:
            print_stages(books[min(books)])
        print_builds(books)
        if options.serve:
            import serve

            print("\n`databook serve`, milliseconds from saving a value until the page is there:\n")
            for size, root in books.items():
                shown, built = serve.measured(root, 5)
                print(f"{size:,} indicators: {serve.said(shown)}; whole book {serve.said(built)}")


# --- stages ----------------------------------------------------------------------------------


def print_stages(root: Path) -> None:
    """CPU of each stage for one indicator."""
    os.environ["POLARS_MAX_THREADS"] = "1"  # as the command line has it
    spent: defaultdict[str, float] = defaultdict(float)
    count = time_stages(root, spent)
    print("| stage | ms of CPU an indicator |\n| --- | ---: |")
    for stage, seconds in spent.items():
        print(f"| {stage} | {1000 * seconds / count:.2f} |")
    print(f"| together | {1000 * sum(spent.values()) / count:.2f} |\n")


def time_stages(root: Path, spent: defaultdict[str, float]) -> int:
    """Take indicators down the line by hand, with a stop-watch at each stage."""
    from databook import analyse, draw, load, protect, render, site, validate
    from databook.pipeline.surroundings import surroundings

    def timed(stage: str, work: Callable[..., Any], *given: Any) -> Any:
        began = time.process_time()
        made = work(*given)
        spent[stage] += time.process_time() - began
        return made

    context = surroundings(root).context
    assert context is not None
    with tempfile.TemporaryDirectory() as folder:
        frame = site.make_frame(root, context, Path(folder))
    slugs = load.slugs(root)[: SAMPLE + 1]
    for number, slug in enumerate(slugs):
        read = timed("load", load.indicator, root, slug)
        card = timed("validate", validate.card, read.value, context)
        safe = timed("protect", protect.card, card.value, context).value
        finding = timed("analyse", analyse.card, safe, context)
        charts = timed("draw", draw.charts, finding, safe.indicator)
        page = timed("render", render.indicator_page, safe, finding, charts, context)
        timed("render", render.report_page, safe, finding, charts, context)
        timed("render: downloads", render.downloads, safe, finding, charts, context)
        timed("render", render.entry, safe, finding, charts, context)
        timed("site: hang", site.hang, page, frame)
        if number == 0:
            spent.clear()
    return len(slugs) - 1


# --- whole builds ----------------------------------------------------------------------------


HEAD = (
    "indicators", "build", "pages made", "s of CPU", "s wall", "peak MB", "site MB", "files",
    "kB a page",
)  # fmt: skip
ROWS = ("from nothing", "one changed value", "another", "again", "fresh clone, shared cache")


def print_builds(books: dict[int, Path]) -> None:
    """Cold, one changed value, nothing changed, and from a cache, for each size."""
    print("| " + " | ".join(HEAD) + " |")
    print("| ---: | --- |" + " ---: |" * (len(HEAD) - 2))
    cold = {}
    for size, root in books.items():
        spent = {}
        for name in ROWS:
            spent[name] = print_row(size, root, name)
        cold[size] = spent["from nothing"]
        shares = (f"{name} {cpu / cold[size]:.1%}" for name, cpu in spent.items())
        print(f"\nOf the CPU from nothing: {', '.join(list(shares)[1:])}.\n", flush=True)
    least, most = min(cold), max(cold)
    if least != most:
        dearer = (cold[most] / most) / (cold[least] / least)
        print(f"\nAn indicator costs {dearer:.2f} times as much among {most:,} as among {least:,}.")


def print_row(size: int, root: Path, name: str) -> float:
    """One kind of build; gives its seconds of CPU."""
    book, shared, before = root, root.parent / f"cache-{size}", None
    extra = ["--cache", str(shared)]
    if name == "from nothing":
        extra = ["--fresh"]
    elif name == "fresh clone, shared cache":
        cost(root, forgotten, jobs=os.cpu_count() or 1, extra=extra)  # fills the cache
        before = forgotten
    elif name != "again":
        before = change
    one = cost(book, before, jobs=1, extra=extra)
    all_cores = cost(book, before, jobs=os.cpu_count() or 1, extra=extra)
    files, size_mb, page_kb = extent(root / "build" / "site")
    print(
        f"| {size:,} | {name} | {one.told['made']:,} | {one.cpu:.1f} | {all_cores.wall:.1f} | "
        f"{max(one.peak, all_cores.peak) / 1e6:,.0f} | {size_mb:,.0f} | {files:,} | "
        f"{page_kb:.1f} |",
        flush=True,
    )
    return one.cpu


def forgotten(root: Path) -> None:
    """As in a clone that was never built."""
    for left in (".databook", "build"):
        shutil.rmtree(root / left, ignore_errors=True)


def change(root: Path) -> None:
    """Another figure for the place in its newest year, as a revision would bring it."""
    file = root / CHANGED
    lines = file.read_text(encoding="utf-8").splitlines()
    at = max(n for n, line in enumerate(lines) if line.split(",")[1] == generate_book.code(2))
    fields = lines[at].split(",")
    fields[3] = str(int(fields[3]) + 7)
    per = generate_book.KINDS[2][4]
    fields[2] = f"{int(fields[3]) * per / int(fields[4]):.1f}"
    lines[at] = ",".join(fields)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


WATCH = """
import json, os, resource, subprocess, sys, threading, time

def family(root):
    # Memory of a process and all below it. Pages that several share are counted for each.
    parents, sizes = {}, {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                text = open(f"/proc/{name}/stat").read().rpartition(")")[2].split()
                parents[int(name)], sizes[int(name)] = int(text[1]), int(text[21])
            except OSError:
                pass
    total, waiting = 0, [root]
    while waiting:
        one = waiting.pop()
        total += sizes.get(one, 0)
        waiting += [child for child, parent in parents.items() if parent == one]
    return total * resource.getpagesize()

def watch():
    while os.path.isdir("/proc/self"):
        peaks.append(family(done.pid))
        time.sleep(0.05)

began, peaks = time.monotonic(), [0]
done = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
threading.Thread(target=watch, daemon=True).start()
said, wrong = done.communicate()
wall = time.monotonic() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
unit = 1 if sys.platform == "darwin" else 1024
peak = max(*peaks, used.ru_maxrss * unit)
print(json.dumps([done.returncode, wall, used.ru_utime + used.ru_stime, peak, said, wrong]))
"""


def cost(
    root: Path, before: Callable[[Path], None] | None, *, jobs: int, extra: Sequence[str]
) -> Cost:
    """Run one build and measure it, in a process of its own so that nothing else is counted."""
    if before is not None:
        before(root)
    command = [sys.executable, "-m", "databook", "build", str(root), "--json", "--jobs", str(jobs)]
    measured = subprocess.run(
        [sys.executable, "-c", WATCH, *command, *extra],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    code, wall, cpu, peak, said, wrong = json.loads(measured.stdout)
    if code:
        sys.exit(f"the build failed:\n{said}{wrong}")
    return Cost(cpu=cpu, wall=wall, peak=peak, told=json.loads(said))


def extent(site: Path) -> tuple[int, float, float]:
    """How many files a site has, how many megabytes, and kilobytes of HTML for each page."""
    files = [path for path in site.rglob("*") if path.is_file()]
    sizes = [path.stat().st_size for path in files]
    pages = [path.stat().st_size for path in files if path.name == "index.html"]
    return len(files), sum(sizes) / 1e6, sum(pages) / len(pages) / 1e3


if __name__ == "__main__":
    main()
