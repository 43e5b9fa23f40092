"""What goes with a chart wherever it goes without its page: its answer, source and edition.

The page offers it from here, the embed page and the picture print it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from databook import words
from databook.charts import Chart, Charts
from databook.findings import Finding
from databook.model import Measurable
from databook.observations import Context
from databook.render import blocks

EMBED = "embed/"
SOCIAL = "social.png"  # a preview: beside a page, and at the root for the whole book
# Room for all of it at 700 px; a narrower frame is scrolled.
FRAME_HEIGHT = 760
INVENTED = "Invented figures, to show how a page looks."


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """One chart on its way out of the book."""

    chart: Chart = field(repr=False)
    folder: str  # of the page it stands on
    embed: str  # address of its embed page
    title: str
    answer: str  # what it says, in one sentence
    caption: str  # what its lines and marks are
    source: str
    edition: str
    notice: str
    page: str  # the page's address in the newest edition
    frame: str  # the embed page's address in the newest edition
    png: bool

    @property
    def alternative(self) -> str:
        """The words for those who do not see the picture."""
        return self.chart.description

    @property
    def code(self) -> str:
        """What puts the chart into another page. No script, and no style that a policy refuses."""
        from markupsafe import escape

        return (
            f'<iframe src="{escape(self.frame)}" title="{escape(self.title)}" '
            f'width="100%" height="{FRAME_HEIGHT}" loading="lazy"></iframe>'
        )


def shared(
    charts: Charts, finding: Finding, indicator: Measurable, context: Context, folder: str,
    *, invented: bool = False,
) -> tuple[Shared, ...]:  # fmt: skip
    """Each chart of a page, in the page's order; the first is at the page's own embed address."""
    settings = context.settings
    day = words.day(settings.edition.date)
    found = []
    for number, (chart, answer, caption) in enumerate(_charts(charts, finding, indicator)):
        embed = f"{folder}{EMBED}" + (f"{chart.name}/" if number else "")
        found.append(
            Shared(
                chart=chart,
                folder=folder,
                embed=embed,
                title=chart.title,
                answer=answer,
                caption=caption,
                source=source(indicator, finding, context, invented=invented),
                edition=f"Edition {settings.edition.id} of {day}: {settings.title}.",
                notice=settings.notice,
                page=f"{settings.address}{folder}",
                frame=f"{settings.address}{embed}",
                png=settings.pictures == "png",
            )
        )
    return tuple(found)


def shared_of_measure(
    charts: Charts, finding: Finding, measure: Measurable, context: Context, folder: str,
    *, invented: bool,
) -> tuple[Shared, ...]:  # fmt: skip
    """The one chart that a measure's page shows."""
    one = Charts(trend=charts.trend, neighbours=None, groups=(), sparkline="")
    return shared(one, finding, measure, context, folder, invented=invented)


def source(
    indicator: Measurable, finding: Finding, context: Context, *, invented: bool
) -> str:  # fmt: skip
    """Who published the figures and when, under which licence."""
    if invented:
        return INVENTED
    origin = indicator.source
    if origin is None:
        return ""
    licence = origin.licence or context.settings.licence
    told = blocks.released(indicator, finding).rstrip(".")
    return f"Source: {origin.publisher}, {origin.title}. {told}. {licence}."


def _charts(
    charts: Charts, finding: Finding, indicator: Measurable
) -> Iterator[tuple[Chart, str, str]]:
    """Each chart with what it says and what its marks are."""
    if charts.trend is not None:
        answer = words.headline(finding, indicator)[0]
        yield charts.trend, answer, blocks.caption(finding, indicator)
    for groups, chart in zip(finding.groups, charts.groups, strict=False):
        if chart is not None:
            yield chart, chart.description, f"{groups.title}. {indicator.unit_label}."
    if charts.neighbours is not None:
        caption = (
            f"Each similar place beside {finding.place}, on one scale. {indicator.unit_label}."
        )
        yield charts.neighbours, charts.neighbours.description, caption
