"""The book's record as a forecaster: how its own method would have done on its own series."""

from __future__ import annotations

from databook import words
from databook.findings import Backtest
from databook.pages import Page, SearchRecord
from databook.render.templates import fill


def record_page(record: Backtest) -> Page:
    """A page under the method that measures the forecasts of this very book."""
    rows = [
        {
            "ahead": words.plural(accuracy.steps, "year"),
            "cases": f"{accuracy.cases:,}",
            "error": words.number(accuracy.error, 2),
            "inside_80": words.share(accuracy.inside_80),
            "inside_95": words.share(accuracy.inside_95),
        }
        for accuracy in record.accuracy
    ]
    title = "How good our forecasts have been"
    first = record.accuracy[0] if record.accuracy else None
    summary = (
        f"One year ahead, {words.share(first.inside_80)} of {first.cases:,} figures fell inside "
        f"the 80% interval and {words.share(first.inside_95)} inside the 95% interval."
        if first
        else "No series of this book is long enough to try the forecasts on."
    )
    return Page(
        path="method/forecast-record/",
        title=title,
        description=summary,
        content=fill("record.html.j2", rows=rows, summary=summary, series=f"{record.series:,}"),
        section="method/forecast-record",
        search=SearchRecord(
            title=title,
            text="forecast accuracy backtest interval baseline error trust",
            summary=summary,
            filters={"kind": ("Method",)},
        ),
    )
