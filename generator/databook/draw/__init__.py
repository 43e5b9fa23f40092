"""Draw: a finding becomes pictures, each with its Vega-Lite specification and its words.

`picture.py` is the layout; `trend.py`, `neighbours.py` and `groups.py` make it once; `pen.py` and
`vl_pen.py` draw it. This stage touches no file and holds only figures that the finding holds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from databook import control_words, words
from databook.charts import Chart, Charts
from databook.draw import control, describe, groups, neighbours, sparkline, trend
from databook.draw import pen as direct
from databook.draw.explore import spec as explore
from databook.draw.picture import Picture, Size
from databook.draw.population import population
from databook.draw.spine import svg as spine
from databook.draw.strip import chart as strip
from databook.findings import Finding, Groups
from databook.model import Measurable

__all__ = ["brief", "charts", "explore", "population", "spine", "strip"]

PenName = Literal["direct", "vl-convert"]


def charts(finding: Finding, indicator: Measurable, *, pen: PenName = "direct") -> Charts:
    """All pictures of one finding."""
    return Charts(
        trend=_over_time(pen, finding, indicator),
        neighbours=_chart(
            pen, "neighbours", lambda size: neighbours.picture(finding, indicator, size),
            f"{indicator.short}: {finding.place} and similar places",
            describe.neighbours(finding, indicator),
        ),
        groups=tuple(_groups(pen, found, finding, indicator) for found in finding.groups),
        sparkline=sparkline.svg(finding, indicator),
    )  # fmt: skip


def brief(finding: Finding, indicator: Measurable) -> Charts:
    """The pictures of one of many places: its trend and its sparkline, in few bytes each.

    The interactive chart is one for all places of the indicator, and no specification is made.
    """
    if control_ := finding.control:
        sizes = (control.picture(finding, control_, indicator, size) for size in ("wide", "narrow"))
        said = " ".join(control_words.sentences(control_, indicator))
    else:
        sizes = (trend.picture(finding, indicator, size, brief=True) for size in ("wide", "narrow"))
        said = describe.trend(finding, indicator)
    title = f"{indicator.short} in {_there(finding)}"
    drawn = [
        direct.svg(picture, name="trend", title=title, description=said)
        for picture in sizes
        if picture
    ]
    chart = None
    if len(drawn) == 2:
        chart = Chart(
            name="trend", title=title, description=said, wide=drawn[0], narrow=drawn[1], spec={}
        )
    return Charts(
        trend=chart, neighbours=None, groups=(), sparkline=sparkline.slim(finding, indicator)
    )


def _there(finding: Finding) -> str:
    """A place, or a service by its common name, as it stands in the title of a chart."""
    name = words.in_prose(finding.place)
    return f"the {name}" if name[:1].islower() and not name.startswith("the ") else name


def _over_time(pen: PenName, finding: Finding, indicator: Measurable) -> Chart | None:
    """The trend with its forecast; of months and quarters, the chart of what is usual."""
    if control_ := finding.control:
        return _chart(
            pen, "trend", lambda size: control.picture(finding, control_, indicator, size),
            f"{indicator.short} in {_there(finding)}: the usual ups and downs, and what goes "
            "beyond them",
            " ".join(control_words.sentences(control_, indicator)),
        )  # fmt: skip
    return _chart(
        pen, "trend", lambda size: trend.picture(finding, indicator, size),
        f"{indicator.short} in {_there(finding)}: where it has been and where it is heading",
        describe.trend(finding, indicator),
    )  # fmt: skip


def _groups(pen: PenName, found: Groups, finding: Finding, indicator: Measurable) -> Chart | None:
    step = groups.period_step(found)
    if step is None:
        return None
    return _chart(
        pen, f"group-{found.breakdown.replace('_', '-')}",
        lambda size: groups.picture(found, indicator, size),
        f"{indicator.short} in {_there(finding)} by {found.title[:1].lower()}{found.title[1:]}",
        describe.groups(found, step, finding, indicator),
    )  # fmt: skip


def _chart(
    pen: PenName,
    name: str,
    lay_out: Callable[[Size], Picture | None],
    title: str,
    description: str,
) -> Chart | None:
    from databook.draw import altair_spec, vl_pen  # both import their libraries late

    wide, narrow = lay_out("wide"), lay_out("narrow")
    if wide is None or narrow is None:
        return None
    draw = direct.svg if pen == "direct" else vl_pen.svg
    return Chart(
        name=name,
        title=title,
        description=description,
        wide=draw(wide, name=name, title=title, description=description),
        narrow=draw(narrow, name=name, title=title, description=description),
        spec=altair_spec.spec(wide, narrow=narrow, description=description),
    )
