"""An indicator that is in order becomes its finished files: the second half of its line.

Apart from `task.py`, because it loads every stage, and a check needs none of those here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from databook import analyse, draw, render, site
from databook.observations import ProtectedCard
from databook.pipeline import everywhere, recounting, remembering
from databook.pipeline.task import Ground, Kept
from databook.problems import Checked
from databook.site import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """Finished files, and what is kept for later steps."""

    kept: Kept
    files: Mapping[str, bytes] = field(repr=False)


def made(card: ProtectedCard, ground: Ground, frame: Frame) -> Checked[Making]:
    """Analyse, draw, render and hang one indicator; nothing where an edition shows too much."""
    home, context = f"indicators/{card.indicator.slug}/", ground.context
    memory = remembering.memory(ground.past, home)
    in_print = remembering.in_print(card, memory)
    if in_print:
        return Checked(value=None, problems=in_print)
    shown = memory.marked(card)
    finding = analyse.card(shown, context)
    charts = draw.charts(finding, shown.indicator)
    page = render.indicator_page(shown, finding, charts, context)
    report = render.report_page(shown, finding, charts, context)
    documents, told = render.indicator_files(shown, finding, context)
    past, records, recount = recounting.of_indicator(shown, finding, memory, context)
    places = everywhere.pages(shown, finding, charts, context, frame)
    files = {
        site.address(past): site.hang(past, frame),
        **records,
        site.address(page): site.hang(page, frame),
        site.address(report): site.hang(report, frame),
        **render.downloads(shown, finding, charts, context),
        **render.indicator_shared(shown, finding, charts, context, frame.stamped),
        **documents,
        **places.files,
    }
    kept = Kept(
        indicator=shown.indicator,
        entry=render.entry(shown, finding, charts, context),
        told=told,
        search={page.path: page.search} if page.search else {},
        tried=analyse.tries(finding),
        recount=recount,
        places=places.rows,
    )
    return Checked(value=Making(kept=kept, files=files), problems=())
