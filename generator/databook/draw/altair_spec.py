"""The Vega-Lite specification of a picture, from Altair templates: single plots, small multiples.

Altair builds and validates a template once; after that a chart only puts its own figures,
scales and sizes into the template's dictionary. The layout is explicit throughout (no autosize,
no axes that measure text), so the specification means the same picture as the direct pen draws.
Time is counted in steps, not dates, so no time zone can shift it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any

from databook.draw import style
from databook.draw.picture import Panel, Picture
from databook.draw.style import Look, colour

Row = dict[str, Any]

LOOKS: Mapping[str, Look] = {
    f"{mark}-{role}": look
    for mark, looks in (
        ("box", style.BOXES),
        ("band", style.BANDS),
        ("rule", style.RULES),
        ("line", style.LINES),
        ("leader", style.LEADERS),
        ("dot", style.DOTS),
        ("label", style.LABELS),
    )
    for role, look in looks.items()
}
ALIGN = {"start": "left", "middle": "center", "end": "right"}


def spec(
    picture: Picture,
    *,
    narrow: Picture | None = None,
    description: str = "",
    interactive: bool = True,
) -> dict[str, Any]:
    """The specification with the picture's figures inside.

    `interactive` adds what the pointer can ask of each figure; the static pen goes without.
    `usermeta.narrow` holds what differs in the layout for a narrow screen (see explore.js).
    """
    made = {
        **template(picture.kind == "neighbours", interactive=interactive),
        **_case(picture, interactive=interactive),
    }
    made["description"] = description
    if cell := made.pop("cell", None):
        made["spec"] = {**made["spec"], **cell}
    if narrow:
        made["usermeta"] = {"narrow": _case(narrow, interactive=interactive)}
    return made


def _case(picture: Picture, *, interactive: bool) -> dict[str, Any]:
    """What is of this case and size: figures, scales and measures."""
    scales = {"x_low": picture.x.low, "x_high": picture.x.high,
              "y_low": picture.y.low, "y_high": picture.y.high}  # fmt: skip
    made: dict[str, Any] = {
        "padding": 4 if interactive and picture.kind == "neighbours" else _padding(picture),
        "params": [{"name": name, "value": value} for name, value in scales.items()],
        "datasets": {"marks": list(_rows(picture))},
    }
    measures = {"width": picture.panel_width, "height": picture.panel_height}
    if picture.kind != "neighbours":
        return made | measures
    spacing = {"row": picture.gap_y, "column": picture.gap_x}
    return made | {"cell": measures, "columns": picture.columns, "spacing": spacing}


def _padding(picture: Picture) -> dict[str, float]:
    rows = -(-len(picture.panels) // picture.columns)
    columns = min(picture.columns, len(picture.panels))
    width = columns * picture.panel_width + (columns - 1) * picture.gap_x
    height = rows * picture.panel_height + (rows - 1) * picture.gap_y
    return {
        "left": picture.left,
        "top": picture.top,
        "right": picture.width - picture.left - width,
        "bottom": picture.height - picture.top - height,
    }


def _rows(picture: Picture) -> Iterator[Row]:
    for index, panel in enumerate(picture.panels):
        for row in chain(_shapes(panel), _words(panel)):
            yield {"panel": index, **row}


def _shapes(panel: Panel) -> Iterator[Row]:
    for mark, spans in (("box", panel.boxes), ("rule", panel.rules), ("leader", panel.leaders)):
        for m in spans:
            look = f"{mark}-{m.role}"
            yield {"mark": mark, "look": look, "x": m.x, "x2": m.x2, "y": m.y, "y2": m.y2}
    for n, band in enumerate(panel.bands):
        for x, low, high in band.points:
            look = f"band-{band.role}"
            yield {"mark": "band", "look": look, "run": n, "x": x, "y": high, "y2": low}
    for n, line in enumerate(panel.lines):
        for x, y in line.points:
            yield {"mark": "line", "look": f"line-{line.role}", "run": n, "x": x, "y": y}
    for dot in panel.dots:
        yield {"mark": "dot", "look": f"dot-{dot.role}", "x": dot.x, "y": dot.y}


def _words(panel: Panel) -> Iterator[Row]:
    for label in panel.labels:
        look = f"label-{label.role}"
        weight = "bold" if LOOKS[look].bold else "normal"
        yield {
            "mark": "label", "look": look, "x": label.x, "y": label.y, "text": label.text,
            "align": ALIGN[label.anchor], "weight": weight,
        }  # fmt: skip
    for h in panel.hints:
        yield {
            "mark": "hint", "x": h.x, "y": h.y, "Place": h.place, "Period": h.period,
            "Figure": h.value, "Note": h.note,
        }  # fmt: skip


@lru_cache
def template(facet: bool, *, interactive: bool) -> dict[str, Any]:
    """The validated Altair specification of a chart, with nothing of any one case in it: one for
    charts of a single plot, whose marks differ but not their meaning, one for small multiples.

    Altair is imported here, late, because it takes half a second and the static pen needs none.
    """
    import altair as alt

    layers = alt.LayerChart(layer=[*_marks(), *([_hint_layer()] if interactive else [])])
    chart: alt.LayerChart | alt.FacetChart = layers
    # A facet has no width of its own, so a viewer has to find it; the static pen knows it.
    fitted = interactive and facet
    if facet:
        # Vega-Lite names the panels of a facet whatever is asked; ours carry their own names.
        nameless = alt.Header(labelExpr="''", labelFontSize=0, title=None)
        by = alt.Facet(field="panel", type="ordinal", header=nameless)
        chart = alt.FacetChart(spec=layers, facet=by, columns=1, bounds="flush")
    chart = chart.properties(
        data=alt.NamedData("marks"),
        autosize=alt.AutoSizeParams(type="pad" if fitted else "none"),
    ).configure(
        background="transparent",
        font="sans-serif",
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(disable=True),
        aria=False,
    )
    made: dict[str, Any] = chart.to_dict()
    return made


def _marks() -> list[Any]:
    import altair as alt

    def x(field: str = "x", *, pixels: bool = False) -> Any:
        return alt.X(field=field, type="quantitative", axis=None, scale=_scale("x", pixels=pixels))

    def y(field: str = "y", *, pixels: bool = False) -> Any:
        return alt.Y(field=field, type="quantitative", axis=None, scale=_scale("y", pixels=pixels))

    x2, y2 = alt.X2(field="x2"), alt.Y2(field="y2")
    fill, stroke, opacity = _look("fill"), _look("stroke"), _look("opacity")
    pen = {"stroke": stroke, "strokeWidth": _look("strokeWidth"), "strokeDash": _look("strokeDash")}
    stated = {c: _look(c, stated=True) for c in (*pen, "opacity")}
    faint = {"opacity": opacity, "detail": alt.Detail(field="run", type="nominal")}
    put, out = {"x": x(), "y": y()}, {"x": x(pixels=True), "y": y(pixels=True)}
    ends = {"x2": x2, "y2": y2}
    text = alt.MarkDef(
        type="text", baseline="alphabetic", fontSize=style.TEXT,
        align=alt.ExprRef("datum.align"), fontWeight=alt.ExprRef("datum.weight"),
    )  # fmt: skip
    return [
        _layer("box", alt.MarkDef(type="rect"), **put, **ends, fill=fill),
        _layer("band", alt.MarkDef(type="area"), **put, y2=y2, fill=fill, **faint),
        _layer("rule", alt.MarkDef(type="rule"), **put, **ends, **stated),
        _layer("line", alt.MarkDef(type="line"), **put, **pen, **faint),
        _layer("leader", alt.MarkDef(type="rule"), **out, **ends, **pen, opacity=opacity),
        _layer(
            "dot", alt.MarkDef(type="point", shape="circle", opacity=1), **put,
            fill=_look("fill", stated=True), stroke=stroke, strokeWidth=_look("strokeWidth"),
            size=_look("size", stated=True),
        ),
        _layer("label", text, **out, fill=fill, text=alt.Text(field="text", type="nominal")),
    ]  # fmt: skip


def _layer(name: str, mark: Any, **encoding: Any) -> Any:
    import altair as alt

    only = alt.FilterTransform(filter=f"datum.mark === '{name}'")
    return alt.Chart(
        data=alt.Undefined, mark=mark, encoding=alt.FacetedEncoding(**encoding),
        transform=[only], name=name,
    )  # fmt: skip


def _hint_layer() -> Any:
    """Invisible until the pointer, or the keyboard through explore.js, comes to a figure."""
    import altair as alt

    fields = ("Place", "Period", "Figure", "Note")
    return _layer(
        "hint",
        alt.MarkDef(type="point", shape="circle", size=196, filled=True, opacity=0, aria=False),
        x=alt.X(field="x", type="quantitative", axis=None, scale=_scale("x")),
        y=alt.Y(field="y", type="quantitative", axis=None, scale=_scale("y")),
        tooltip=[alt.Tooltip(field=f, type="nominal") for f in fields],
    )


def _scale(axis: str, *, pixels: bool = False) -> Any:
    import altair as alt

    if pixels:
        return None
    domain = alt.ExprRef(f"[{axis}_low, {axis}_high]")
    return alt.Scale(domain=domain, nice=False, zero=False)


def _look(channel: str, *, stated: bool = False) -> Any:
    """A channel that follows the role. All layers share one scale from roles to looks; one
    layer states it.
    """
    import altair as alt

    ranges: dict[str, list[Any]] = {
        "fill": [colour(k.fill) if k.fill else "transparent" for k in LOOKS.values()],
        "stroke": [colour(k.stroke) if k.stroke else "transparent" for k in LOOKS.values()],
        "strokeWidth": [k.width for k in LOOKS.values()],
        "strokeDash": [list(k.dash) or [1, 0] for k in LOOKS.values()],
        "opacity": [k.opacity for k in LOOKS.values()],
        "size": [4 * k.radius**2 for k in LOOKS.values()],
    }
    kinds = {
        "fill": alt.Fill, "stroke": alt.Stroke, "strokeWidth": alt.StrokeWidth,
        "strokeDash": alt.StrokeDash, "opacity": alt.Opacity, "size": alt.Size,
    }  # fmt: skip
    # Every layer names the type: Vega-Lite merges only scales of one type into one.
    scale = (
        alt.Scale(type="ordinal", domain=list(LOOKS), range=ranges[channel])
        if stated
        else alt.Scale(type="ordinal")
    )
    return kinds[channel](field="look", type="nominal", legend=None, scale=scale)
