"""Compare who does the work: one process, a pool of two, a Dask cluster with two workers.

    python benchmarks/many_machines.py [--indicators 200] [--areas 13] [--rounds 3]
    python benchmarks/many_machines.py --book FOLDER

Builds the same book, a generated one or that of a folder, from nothing in each way, in turn, and
prints seconds of waiting and their ratios, the best round of each. It ends with a fault unless
every byte is the same. Needs the extra `databook[cluster]`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import generate_book

WORKERS = 2
DASK = (sys.executable, "-c", "from dask.__main__ import main; main()")


def main() -> None:
    """Write the book, build it in each way, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--indicators", type=int, default=200)
    parser.add_argument("--areas", type=int, default=13)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--book", type=Path, help="a book to build in place of a generated one")
    options = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    told = options.book or f"{options.indicators} indicators, {options.areas} areas"
    print(f"{told}\n")
    with tempfile.TemporaryDirectory(prefix="databook-bench-") as scratch, cluster() as address:
        root = Path(scratch) / "book"
        if options.book:
            shutil.copytree(options.book, root, ignore=shutil.ignore_patterns(".databook", "build"))
        else:
            generate_book.write_book(root, options.indicators, options.areas)
        ways = {
            "one process": ("--jobs", "1"),
            f"pool of {WORKERS}": ("--jobs", str(WORKERS)),
            f"Dask, {WORKERS} workers": ("--scheduler", address),
        }
        sites = {name: Path(scratch) / f"site-{at}" for at, name in enumerate(ways)}
        # In turn, so that a machine that is busy for a while is so for all of them.
        rounds = [
            {name: seconds(root, sites[name], how) for name, how in ways.items()}
            for _ in range(options.rounds)
        ]
        best = {name: min(each[name] for each in rounds) for name in ways}
        table(best)
        manifests = {manifest(site) for site in sites.values()}
        if len(manifests) != 1:
            sys.exit("The sites differ.")
        print(f"\nAll files of all three are the same: {manifests.pop()[:16]}")


def table(best: dict[str, float]) -> None:
    """Print what each way took, and its share of what one process took."""
    alone = next(iter(best.values()))
    print("| who does the work | seconds | of one process |")
    print("| --- | ---: | ---: |")
    for name, took in best.items():
        print(f"| {name} | {took:.1f} | {took / alone:.2f} |")


def seconds(root: Path, site: Path, how: tuple[str, ...]) -> float:
    """How long one build from nothing takes, as whoever waits for it sees it."""
    command = (sys.executable, "-m", "databook", "build", root, "--out", site, "--fresh", "-q")
    began = time.monotonic()
    done = subprocess.run([*map(str, command), *how], check=False, capture_output=True, text=True)
    took = time.monotonic() - began
    if done.returncode:
        sys.exit(f"the build with {' '.join(how)} failed:\n{done.stderr}")
    return took


def manifest(site: Path) -> str:
    """One digest of path and SHA-256 of every file."""
    files = (path for path in site.rglob("*") if path.is_file())
    lines = {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }
    return hashlib.sha256(json.dumps(lines, sort_keys=True).encode()).hexdigest()


@contextmanager
def cluster() -> Iterator[str]:
    """A scheduler and workers of its own, as the README starts them."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = str(found.getsockname()[1])
    address = f"tcp://127.0.0.1:{port}"
    commands = (
        ("scheduler", "--host", "127.0.0.1", "--port", port),
        ("worker", address, "--nworkers", str(WORKERS), "--nthreads", "1"),
    )
    running = [
        subprocess.Popen([*DASK, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for words in commands
    ]
    try:
        yield address
    finally:
        for one in reversed(running):
            one.terminate()
            one.wait()


if __name__ == "__main__":
    main()
