"""The newest figures of one place as a file: a line for each indicator."""

from __future__ import annotations

import io
from collections.abc import Sequence

from defusedcsv import csv  # spreadsheets must not run text as a formula

from databook.areas import View
from databook.model import Indicator
from databook.observations import Context
from databook.render import area_rows
from databook.render.area_rows import Row

MOST_DECIMALS = 6  # as many as a published figure may have; a computed one has no end
COLUMNS = (
    "indicator", "title", "unit", "better", "area", "area_name", "period", "value", "lower",
    "upper", "marker", "country", "against_country", "country_tested", "similar_places",
    "against_similar_places", "similar_places_tested", "against_forecast",
    "forecast_reconstructed", "page",
)  # fmt: skip


def latest_csv(view: View, mine: Sequence[tuple[Indicator, Row]], context: Context) -> bytes:
    """Each indicator's newest figure, what it is beside, and judgements in the API's words."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_line(indicator, row, view, context) for indicator, row in mine)
    return text.getvalue().encode()


def _line(indicator: Indicator, row: Row, view: View, context: Context) -> tuple[str, ...]:
    return (
        indicator.slug,
        indicator.title,
        indicator.unit_label,
        str(indicator.better),
        view.area.code,
        view.area.name,
        row.period,
        _number(row.value),
        _number(row.lower),
        _number(row.upper),
        row.marks.replace("[", "").replace("]", ""),
        _number(row.country_value),
        row.judged.country,
        _truth(row.judged.country_tested),
        _number(row.similar_value),
        row.judged.similar,
        _truth(row.judged.similar_tested),
        row.judged.turn,
        _truth(row.remade if row.judged.turn else None),
        f"{context.settings.address}{area_rows.address(view, indicator.slug)}",
    )


def _truth(value: bool | None) -> str:
    """Whether something is so; empty where the question does not arise."""
    return "" if value is None else str(value).lower()


def _number(value: float | None) -> str:
    """A number in its shortest decimal text: 6, 24.06."""
    return "" if value is None else repr(round(value, MOST_DECIMALS)).removesuffix(".0")
