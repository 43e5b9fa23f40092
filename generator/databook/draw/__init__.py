"""Draw: a finding becomes pictures, each with its Vega-Lite specification and its words.

`picture.py` lays out once; `pen.py` and `vl_pen.py` draw that same layout. This stage looks at
no file and holds only figures that the finding holds.
"""

from __future__ import annotations

from databook.charts import Chart, Charts
from databook.draw import describe, pen, sparkline, trend
from databook.findings import Finding
from databook.model import Indicator

__all__ = ["charts"]


def charts(finding: Finding, indicator: Indicator) -> Charts:
    """All pictures of one finding."""
    return Charts(
        trend=_trend(finding, indicator),
        neighbours=None,
        groups=tuple(None for _ in finding.groups),
        sparkline=sparkline.svg(finding, indicator),
    )


def _trend(finding: Finding, indicator: Indicator) -> Chart | None:
    title = f"{indicator.short}: where {finding.place} has been and where it is heading"
    description = describe.trend(finding, indicator)
    drawn = []
    for size in ("wide", "narrow"):
        picture = trend.picture(finding, indicator, size)
        if picture is None:
            return None
        drawn.append(pen.svg(picture, name="trend", title=title, description=description))
    return Chart(
        name="trend", title=title, description=description, wide=drawn[0], narrow=drawn[1], spec={}
    )
