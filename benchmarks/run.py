"""Measure what building costs: per stage, from nothing, after one changed value, and unchanged.

    python benchmarks/run.py [--sizes 100 1000] [--areas 13] [--keep DIR]

Prints tables in Markdown. CPU is user and system time of the build and every process it starts,
in one process (`--jobs 1`) so that all of it can be counted; wall time is with a process for each
core. Figures of a busy machine are worth little but their ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
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
    peak: int  # bytes of the largest process
    told: dict[str, Any]


def main() -> None:
    """Write the books, build them, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000], metavar="N")
    parser.add_argument("--areas", type=int, default=13)
    parser.add_argument("--keep", type=Path, help="leave the books here")
    options = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    with tempfile.TemporaryDirectory(prefix="databook-bench-") as scratch:
        home = options.keep or Path(scratch)
        books = {size: home / f"book-{size}" for size in options.sizes}
        for size, root in books.items():
            generate_book.write_book(root, size, options.areas)
        print_stages(books[min(books)])
        print_builds(books)


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
    from databook.pipeline import whole

    def timed(stage: str, work: Callable[..., Any], *given: Any) -> Any:
        began = time.process_time()
        made = work(*given)
        spent[stage] += time.process_time() - began
        return made

    context = whole.surroundings(root).context
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
        timed("render", render.entry, safe, finding, charts)
        timed("site: hang", site.hang, page, frame)
        if number == 0:
            spent.clear()
    return len(slugs) - 1


# --- whole builds ----------------------------------------------------------------------------


def print_builds(books: dict[int, Path]) -> None:
    """Cold, one changed value, and nothing changed, for each size."""
    print("| indicators | build | pages made | s of CPU | s wall | peak MB | site MB | files |")
    print("| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    cold = {}
    for size, root in books.items():
        for name, before in (
            ("from nothing", None),
            ("one changed value", change),
            ("again", None),
        ):
            one = cost(root, before, jobs=1, fresh=name == "from nothing")
            all_cores = cost(root, before, jobs=os.cpu_count() or 1, fresh=name == "from nothing")
            files, size_mb = extent(root / "build" / "site")
            print(
                f"| {size:,} | {name} | {one.told['made']:,} | {one.cpu:.1f} | "
                f"{all_cores.wall:.1f} | {one.peak / 1e6:,.0f} | {size_mb:,.0f} | {files:,} |"
            )
            if name == "from nothing":
                cold[size] = one.cpu
    least, most = min(cold), max(cold)
    if least != most:
        dearer = (cold[most] / most) / (cold[least] / least)
        print(f"\nAn indicator costs {dearer:.2f} times as much among {most:,} as among {least:,}.")


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


def cost(root: Path, before: Callable[[Path], None] | None, *, jobs: int, fresh: bool) -> Cost:
    """Run one build and measure it, in a process of its own so that nothing else is counted."""
    if before is not None:
        before(root)
    command = [sys.executable, "-m", "databook", "build", str(root), "--json", "--jobs", str(jobs)]
    command += ["--fresh"] if fresh else []
    watch = (
        "import json, resource, subprocess, sys, time\n"
        "began = time.monotonic()\n"
        "done = subprocess.run(sys.argv[1:], capture_output=True, text=True)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(json.dumps([done.returncode, time.monotonic() - began,\n"
        "    used.ru_utime + used.ru_stime, used.ru_maxrss, done.stdout, done.stderr]))\n"
    )
    measured = subprocess.run(
        [sys.executable, "-c", watch, *command], capture_output=True, text=True, check=True
    )
    code, wall, cpu, peak, said, wrong = json.loads(measured.stdout)
    if code:
        sys.exit(f"the build failed:\n{said}{wrong}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(cpu=cpu, wall=wall, peak=peak * unit, told=json.loads(said))


def extent(site: Path) -> tuple[int, float]:
    """How many files a site has, and how many megabytes."""
    sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes) / 1e6


if __name__ == "__main__":
    main()
