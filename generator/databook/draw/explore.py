"""One interactive chart for an indicator in any place: a Vega-Lite specification without figures.

The figures are those of the table in the page that asks for it (`explore.js` reads them), so that
thousands of pages share one small file and none can show another figure than it prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from databook import periods
from databook.draw.style import TEXT, colour
from databook.model import Measurable, Unit

TABLE = "table"  # the name under which the script gives the figures
WIDE = {"width": 560, "height": 300}
NARROW = {"width": 190, "height": 280}
# The place itself, then whatever the table has beside it, in its order.
COLOURS = ("own", "country", "region", "frozen", "target")
DASHES = ((1, 0), (7, 4), (2, 3), (9, 3, 2, 3), (4, 4))


def spec(indicator: Measurable) -> Mapping[str, Any]:
    """The specification; its first series is the place whose page it is shown on."""
    soft, ink = colour("soft"), colour("ink")
    axis = {
        "labelColor": soft, "domainColor": soft, "tickColor": soft, "gridColor": colour("grid"),
        "labelFontSize": TEXT,
    }  # fmt: skip
    series = {
        "field": "Place",
        "type": "nominal",
        "sort": None,
        "legend": {"orient": "top", "title": None, "columns": 2, "symbolType": "stroke"},
    }
    x = {
        "field": "Period", "type": "ordinal", "sort": None, "title": None,
        "axis": {"labelAngle": 0, "labelOverlap": "greedy"},
    }  # fmt: skip
    y = {"field": "y", "type": "quantitative", "title": None}
    title = {
        "text": indicator.unit_label, "anchor": "start", "frame": "group", "color": soft,
        "fontSize": TEXT, "fontWeight": "normal",
    }  # fmt: skip
    # No line joins figures of two definitions: the script counts the runs between these.
    breaks = [periods.parse(b.period, indicator.periods).short for b in indicator.breaks]
    colours = {"scale": {"range": [colour(name) for name in COLOURS]}}
    dashes = {"scale": {"range": [list(dash) for dash in DASHES]}}
    told = [{"field": field} for field in ("Place", "Period", "Figure", "Note")]
    return {
        "data": {"name": TABLE},
        "background": "transparent",
        "autosize": {"type": "pad"},
        **WIDE,
        "title": title,
        "encoding": {"x": x, "y": y, "color": {**series, **colours}},
        "layer": [
            {
                "mark": {"type": "line", "strokeWidth": 2.25},
                "encoding": {"strokeDash": {**series, **dashes}, "detail": {"field": "run"}},
            },
            {
                "name": "hint",
                "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
                "encoding": {"tooltip": told},
            },
        ],
        "config": {
            "aria": False,
            "font": "sans-serif",
            "view": {"stroke": None},
            "axis": axis,
            "legend": {"labelColor": ink, "labelFontSize": TEXT, "symbolStrokeWidth": 2.5},
        },
        "usermeta": {
            "narrow": NARROW,
            "unit": "%" if indicator.unit is Unit.PERCENT else "",
            "breaks": breaks,
        },
    }
