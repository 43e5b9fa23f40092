"""Measure the same pages made by others: plain MkDocs with Material, and vl-convert for charts.

    python benchmarks/peers.py [--indicators 10] [--areas 103]

Prints one table in Markdown with ratios. All in one run on one machine, since figures of two
machines cannot be compared. CPU is user and system time of all processes.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import generate_book
import run

CONFIG = """\
site_name: The same pages by MkDocs
site_url: https://example.org/
use_directory_urls: true
theme:
  name: material
  font: false
  features: [navigation.tabs, navigation.indexes, navigation.prune]
plugins: [search]
markdown_extensions: [tables, md_in_html]
"""


def main() -> None:
    """Build one book three ways and print what a page or a chart of each costs."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--indicators", type=int, default=10)
    parser.add_argument("--areas", type=int, default=103)
    options = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    with tempfile.TemporaryDirectory(prefix="databook-peers-") as scratch:
        root = Path(scratch) / "book"
        generate_book.write_book(root, options.indicators, options.areas, pages=True)
        ours = run.cost(root, None, jobs=1, extra=())
        site = root / "build" / "site"
        pages = sorted(path.parent for path in site.glob("areas/*/measure-*/index.html"))
        theirs = mkdocs(Path(scratch) / "mkdocs", pages)
        pen, convert = charts(root, site)
    page, other = 1000 * ours.cpu / ours.told["pages"], 1000 * theirs / len(pages)
    print("| what | ms of CPU | against databook |\n| --- | ---: | ---: |")
    print(f"| a page by databook, all in ({ours.told['pages']:,} pages) | {page:.1f} | 1 |")
    print(f"| a page by MkDocs ({len(pages):,} pages) | {other:.1f} | {other / page:.1f} |")
    print(f"| a chart by databook's pen | {pen:.2f} | 1 |")
    print(f"| the same chart by vl-convert | {convert:.1f} | {convert / pen:.0f} |")


def mkdocs(folder: Path, pages: list[Path]) -> float:
    """CPU seconds of MkDocs for pages with the same chart and figures as ours."""
    docs = folder / "docs"
    (docs / "places").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (docs / "index.md").write_text("# Home\n", encoding="utf-8")
    for page in pages:
        name = f"{page.parent.name}-{page.name}"
        (docs / "places" / f"{name}.md").write_text(markdown(name, page), encoding="utf-8")
    before = children()
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file"]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run([*command, str(folder / "mkdocs.yml")], check=True, env=quiet)
    return children() - before


def markdown(name: str, page: Path) -> str:
    """Our page's chart, and its figures as a table in Markdown: less than our page holds."""
    html = (page / "index.html").read_text(encoding="utf-8")
    svg = re.search(r"<svg[^>]*role=.?img.*?</svg>", html, re.DOTALL)
    table = re.search(r"<table.*?</table>", html, re.DOTALL)
    assert svg is not None
    assert table is not None
    rows = [
        [re.sub(r"<[^>]+>|\s+", " ", cell).strip() for cell in re.split(r"</t[dh]>", row)[:-1]]
        for row in table[0].split("</tr>")[:-1]
    ]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "| --- " * len(rows[0]) + "|")
    figures = "\n".join(lines)
    return f"# {name}\n\nThe figures of a place.\n\n<figure>{svg[0]}</figure>\n\n{figures}\n"


def charts(root: Path, site: Path) -> tuple[float, float]:
    """Milliseconds a chart: our pen from a finding, and vl-convert from the specification."""
    import vl_convert

    from databook import analyse, load, protect, validate
    from databook.draw import pen, trend
    from databook.pipeline.surroundings import surroundings

    context = surroundings(root).context
    assert context is not None
    drawn, specs = [], []
    for slug in load.slugs(root):
        card = validate.card(load.indicator(root, slug).value, context).value
        safe = protect.card(card, context).value
        drawn.append((analyse.card(safe, context), safe.indicator))
        specs.append((site / "indicators" / slug / "trend.vl.json").read_text(encoding="utf-8"))

    def ours() -> None:
        for finding, indicator in drawn:
            picture = trend.picture(finding, indicator, "wide")
            pen.svg(picture, name="trend", title="Title", description="Description")

    def theirs() -> None:
        for spec in specs:
            vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])

    vl_convert.vegalite_to_svg(specs[0], allowed_base_urls=[])  # the engine's own start
    ours()
    return timed(ours) / len(specs), timed(theirs) / len(specs)


def timed(work: object) -> float:
    """Milliseconds of CPU of all threads."""
    began = time.process_time()
    work()  # type: ignore[operator]
    return 1000 * (time.process_time() - began)


def children() -> float:
    """CPU seconds of all processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
