"""One indicator from its folder to its finished files: the whole line for the smallest part.

A task knows nothing of other indicators, so any process may do it, in any order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from databook import analyse, draw, load, protect, render, site, validate
from databook.model import Indicator
from databook.observations import Context
from databook.pages import SearchRecord
from databook.past import Past
from databook.pipeline import everywhere, recounting, remembering
from databook.pipeline.recounting import Recount
from databook.problems import Problem
from databook.render import AreaRows, Entry
from databook.site import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What later steps, and later builds, need of an indicator that is done."""

    indicator: Indicator
    entry: Entry | None = None
    told: bytes = field(default=b"", repr=False)  # its finding, as the interface tells it
    tried: analyse.Tried | None = None  # how forecasts made earlier would have done
    search: Mapping[str, SearchRecord] = field(default_factory=dict)
    recount: Recount = field(default_factory=Recount)  # of what earlier editions said
    places: AreaRows | None = None  # a row for each place that has pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What one task came to. No `kept` where the indicator has errors."""

    slug: str
    problems: tuple[Problem, ...]
    kept: Kept | None = None
    claims: frozenset[str] | None = frozenset()
    """Outcomes it names, where it is not kept because of errors; None: nobody knows."""
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What every task stands on. Without a frame tasks only look for problems."""

    root: Path
    context: Context
    frame: Frame | None = None
    past: Past | None = None


def indicator(slug: str, ground: Ground) -> Done:
    """Take one indicator along the line, as far as it goes without an error."""
    read = load.indicator(ground.root, slug)
    claims = validate.claims(read.value)
    if read.value is None:
        return Done(slug=slug, problems=read.problems, claims=claims)
    card = validate.card(read.value, ground.context, read.problems)
    if card.value is None:
        return Done(slug=slug, problems=card.problems, claims=claims)
    table = validate.figures_of(read.value)
    safe = protect.card(card.value, ground.context, table)
    problems = card.problems + safe.problems
    if safe.value is None or read.errors or card.errors or safe.errors:
        return Done(slug=slug, problems=problems, claims=claims)
    kept = Kept(indicator=safe.value.indicator)
    if ground.frame is None:
        return Done(slug=slug, problems=problems, kept=kept)
    memory = remembering.memory(ground.past, f"indicators/{slug}/")
    in_print = remembering.in_print(safe.value, memory)
    if in_print:
        return Done(slug=slug, problems=problems + in_print, claims=claims)
    shown = memory.marked(safe.value)
    finding = analyse.card(shown, ground.context)
    charts = draw.charts(finding, shown.indicator)
    page = render.indicator_page(shown, finding, charts, ground.context)
    report = render.report_page(shown, finding, charts, ground.context)
    documents, told = render.indicator_files(shown, finding, ground.context)
    past, records, recount = recounting.of_indicator(shown, finding, memory, ground.context)
    places = everywhere.pages(shown, finding, charts, ground.context, ground.frame)
    files = {
        site.address(past): site.hang(past, ground.frame),
        **records,
        site.address(page): site.hang(page, ground.frame),
        site.address(report): site.hang(report, ground.frame),
        **render.downloads(shown, finding, charts, ground.context),
        **render.indicator_shared(shown, finding, charts, ground.context, ground.frame.stamped),
        **documents,
        **places.files,
    }
    search = {page.path: page.search} if page.search else {}
    entry = render.entry(shown, finding, charts)
    kept = Kept(
        indicator=shown.indicator,
        entry=entry,
        told=told,
        search=search,
        tried=analyse.tries(finding),
        recount=recount,
        places=places.rows,
    )
    return Done(slug=slug, problems=problems, kept=kept, files=files)
