"""The templates of specifications: built and validated by Altair, and kept beside this module.

Altair takes a second to come and to check them, in each process; so what it made is kept in
`templates.json`, and a test proves that it would make the same again (`pytest --accept
tests/test_draw_pens.py` writes it anew).
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from databook.draw import style

KEPT = Path(__file__).with_name("templates.json")
# Marks of which one row of data holds a whole run, and the columns that differ within it.
UNFOLDED = {
    "band": ["x", "y", "y2"],
    "line": ["x", "y"],
    "hint": ["x", "y", "Period", "Figure", "Note"],
}
HINT = "hint"  # the look of rows that answer the pointer


@lru_cache
def template(facet: bool, *, interactive: bool) -> dict[str, Any]:
    """The specification of a chart with nothing of any one case in it, nor of its looks: one for
    charts of a single plot, whose marks differ but not their meaning, one for small multiples.

    The static pen's, which only tests ask for, is built when asked.
    """
    if not interactive:
        return built(facet, interactive=False)
    there = json.loads(KEPT.read_text(encoding="utf-8"))
    found: dict[str, Any] = there["small multiples" if facet else "single plot"]
    return found


def text() -> str:
    """The file of templates as Altair makes it now."""
    templates = {
        "single plot": built(False, interactive=True),
        "small multiples": built(True, interactive=True),
    }
    return json.dumps(templates, indent=1) + "\n"


def built(facet: bool, *, interactive: bool) -> dict[str, Any]:
    """A template, built and validated by Altair; imported late, because it takes half a second."""
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
    done: dict[str, Any] = chart.to_dict()
    return done


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

    # Rows of the other layout stay out; what `only` is missing from belongs to both.
    mine = f"indexof(datum.look, '{name}') === 0 && (!datum.only || datum.only === screen)"
    steps: list[Any] = [alt.FilterTransform(filter=mine)]
    if name in UNFOLDED:
        steps.append(alt.FlattenTransform(flatten=UNFOLDED[name]))
    return alt.Chart(
        data=alt.Undefined, mark=mark, encoding=alt.FacetedEncoding(**encoding),
        transform=steps, name=name,
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

    kinds = {
        "fill": alt.Fill, "stroke": alt.Stroke, "strokeWidth": alt.StrokeWidth,
        "strokeDash": alt.StrokeDash, "opacity": alt.Opacity, "size": alt.Size,
    }  # fmt: skip
    # Every layer names the type: Vega-Lite merges only scales of one type into one.
    scale = (
        alt.Scale(type="ordinal", domain=[], range=[])  # `_looking` fills them
        if stated
        else alt.Scale(type="ordinal")
    )
    return kinds[channel](field="look", type="nominal", legend=None, scale=scale)
