"""The book's record as a forecaster: how its own method would have done on its own series."""

from __future__ import annotations

from collections.abc import Sequence

from databook import words
from databook.findings import Accuracy, Backtest, Outturn
from databook.model import Indicator
from databook.pages import Page, SearchRecord
from databook.render.templates import fill


def record_page(
    record: Backtest,
    accuracy: Sequence[Accuracy] = (),
    outturns: Sequence[tuple[Indicator, Sequence[Outturn]]] = (),
) -> Page:
    """A page under the method that measures the forecasts of this very book."""
    rows = [_accuracy(each) for each in record.accuracy]
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
        content=fill(
            "record.html.j2",
            rows=rows,
            summary=summary,
            series=f"{record.series:,}",
            made=[_accuracy(each) for each in accuracy],
            indicators=[_of(indicator, found) for indicator, found in outturns],
        ),
        section="method/forecast-record",
        search=SearchRecord(
            title=title,
            text="forecast accuracy backtest interval baseline error trust",
            summary=summary,
            filters={"kind": ("Method",)},
        ),
    )


def _accuracy(accuracy: Accuracy) -> dict[str, str]:
    return {
        "ahead": words.plural(accuracy.steps, "year"),
        "cases": f"{accuracy.cases:,}",
        "error": words.number(accuracy.error, 2),
        "inside_80": words.share(accuracy.inside_80),
        "inside_95": words.share(accuracy.inside_95),
    }


def _of(indicator: Indicator, outturns: Sequence[Outturn]) -> dict[str, str]:
    """How many forecasts of an indicator were made, and how many figures they were set against."""
    hits = [hit for outturn in outturns for hit in outturn.hits]
    return {
        "title": indicator.title,
        "url": f"indicators/{indicator.slug}/history/#outturn",
        "forecasts": f"{len(outturns):,}",
        "after": f"{sum(outturn.forecast.reconstructed for outturn in outturns):,}",
        "figures": f"{len(hits):,}",
    }
