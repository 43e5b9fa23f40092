"""Prints the book, or a part of it: build, choose the pages, bind them, have a browser print.

Twice, because only then is it known on which page of paper each page of the book begins.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from databook import press, render, store
from databook.areas import slugs
from databook.listing import listing
from databook.model import Framework
from databook.observations import Context
from databook.pipeline.build import build
from databook.pipeline.order import Order, Tell, is_page, silent
from databook.pipeline.surroundings import surroundings
from databook.problems import Problem
from databook.render import Choice, Sheet

STYLES = ("assets/databook/material.css", "assets/databook/databook.css")


class NotThere(LookupError):  # noqa: N818 - it is misuse, and no fault
    """The book has no such part. `known` are the names of those it has."""

    def __init__(self, what: str, name: str, known: Sequence[str]) -> None:
        super().__init__(f"There is no {what} {name!r} in this book.")
        self.name, self.known = name, tuple(known)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintOrder:
    """What is to be printed; the whole book where no part is named."""

    root: Path
    site: Path
    framework: str = ""
    area: str = ""
    board_report: str = ""  # board/quarter
    jobs: int = 1
    tell: Tell = field(default=silent, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What came of it. No `pdf` where the book has errors."""

    problems: tuple[Problem, ...] = ()
    pdf: bytes = field(default=b"", repr=False)
    sheets: int = 0
    numbered: bool = False  # whether the contents say on which page everything is


def print_book(order: PrintOrder) -> Printed:
    """Print; raises NotThere, press.NoBrowser or press.PrintingFailed."""
    browser = press.browser()  # before anything long is begun
    built = build(Order(root=order.root, out=order.site, jobs=order.jobs, tell=order.tell))
    if built.failed:
        return Printed(problems=built.problems)
    around = surroundings(order.root)
    assert around.context is not None  # noqa: S101 - it has been built
    subtitle, chosen = choose(order, around.context)
    sheets = [sheet(order.site, choice) for choice in chosen]
    style = "".join((order.site / name).read_text(encoding="utf-8") for name in STYLES)
    bound = render.Bound(
        subtitle=subtitle,
        settings=around.context.settings,
        style=style,
        fetch=lambda path: (order.site / path).read_bytes(),
    )
    shop = store.folder(order.root)
    order.tell("Printing", 1, 2)
    first = press.printed(render.paper_document(bound, sheets), browser, shop)
    numbers = press.places(first)
    order.tell("Printing, with page numbers", 2, 2)
    pdf = press.printed(render.paper_document(bound, sheets, numbers), browser, shop)
    day = around.context.settings.edition.date
    maker = f"databook {metadata.version('databook')}"
    return Printed(
        problems=built.problems,
        pdf=press.settled(pdf, day, maker),
        sheets=len(sheets),
        numbered=bool(numbers) and numbers == press.places(pdf),
    )


def choose(order: PrintOrder, context: Context) -> tuple[str, tuple[Choice, ...]]:
    """What is printed: its name, and its pages in order."""
    there = pages(order.site)
    if order.area:
        known = [path.split("/")[1] for path in there if path.count("/") == 2]
        known = [name for name in known if f"areas/{name}/" in there]
        name = found("place", order.area, known)
        area = next(
            (context.area[code].name for code, s in slugs(context).items() if s == name), name
        )
        return area, render.of_area(name, there)
    if order.board_report:
        known = [f"{path.split('/')[1]}/{path.split('/')[3]}" for path in there
                 if path.startswith("boards/") and "/reports/" in path]  # fmt: skip
        board, _, quarter = found("board report", order.board_report, known).partition("/")
        return f"Board report, {quarter}", render.of_board_report(board, quarter, there)
    index = json.loads((order.site / "data" / "index.json").read_bytes())
    speaks = {entry["url"]: tuple(entry["outcomes"]) for entry in index["indicators"]}
    if order.framework:
        slug = found("framework", order.framework, [f.slug for f in context.frameworks])
        framework = next(f for f in context.frameworks if f.slug == slug)
        return framework.title, render.of_framework(framework, speaks, there)
    return "", render.of_whole(ordered(context), speaks, there)


def ordered(context: Context) -> list[Framework]:
    """Frameworks as the home page has them: the main ones first."""
    main = context.settings.main_frameworks
    return sorted(context.frameworks, key=lambda f: main.index(f.slug) if f.slug in main else 99)


def found(what: str, name: str, known: Sequence[str]) -> str:
    """A name that the book knows."""
    if name not in known:
        raise NotThere(what, name, known)
    return name


def pages(site: Path) -> list[str]:
    """Addresses of all pages of a site, in order."""
    return sorted(path.removesuffix("index.html") for path in listing(site) if is_page(path))


def sheet(site: Path, choice: Choice) -> Sheet:
    """A page, to be printed."""
    html = (site / choice.path / "index.html").read_text(encoding="utf-8")
    return Sheet(path=choice.path, level=choice.level, runs_on=choice.runs_on, html=html)
