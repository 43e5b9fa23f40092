"""What lists keep of an indicator: made once, in its own task, for all lists there are."""

from __future__ import annotations

from dataclasses import replace

from databook.charts import Charts
from databook.findings import Finding
from databook.observations import Context, ProtectedCard
from databook.render import book_files, catalogue, entries, places, sheets
from databook.render.entries import Entry, Lines


def entry(card: ProtectedCard, finding: Finding, charts: Charts, context: Context) -> Entry:
    """Keep what lists show; leave out what only the indicator's own page needs."""
    indicator = card.indicator
    lines = Lines(
        cells=entries.cells(finding, indicator, charts.sparkline),
        **places.lines(finding, indicator, context),
        latest=sheets.latest_row(finding, indicator, context),
        figures=sheets.figure_rows(finding, indicator),
        indexed=book_files.indexed(finding, indicator),
        catalogued=catalogue.catalogued(finding, indicator, context),
    )
    return Entry(
        indicator=replace(indicator, definition="-", quality=""),
        finding=entries.shortened(finding),
        lines=lines,
        figures=card.observations.frame["value"].count(),
        known=len(finding.own.known),
        story=entries.opening(card.story_html),
    )
