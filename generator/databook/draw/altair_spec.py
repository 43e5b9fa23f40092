"""The Vega-Lite specification of a picture, from Altair templates: single plots, small multiples.

Altair builds and validates the templates; a chart only puts its own figures, looks, scales and
sizes into a template's dictionary. The layout is explicit throughout (no autosize,
no axes that measure text), so the specification means the same picture as the direct pen draws.
Time is counted in steps, not dates, so no time zone can shift it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, groupby
from typing import Any

from databook.draw import style
from databook.draw.altair_template import HINT, template
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
RANGES: Mapping[str, Callable[[Look], Any]] = {
    "fill": lambda look: colour(look.fill) if look.fill else "transparent",
    "stroke": lambda look: colour(look.stroke) if look.stroke else "transparent",
    "strokeWidth": lambda look: look.width,
    "strokeDash": lambda look: list(look.dash) or [1, 0],
    "opacity": lambda look: look.opacity,
    "size": lambda look: 4 * look.radius**2,
}
PIXELS = 2  # decimals of a pixel: a hundredth is more than any screen shows
ALIGN = {"start": "left", "middle": "center", "end": "right"}


def spec(
    picture: Picture,
    *,
    narrow: Picture | None = None,
    description: str = "",
    interactive: bool = True,
) -> dict[str, Any]:
    """The specification with the picture's figures inside.

    `interactive` adds what the pointer can ask of each figure; the static pen goes without. The
    narrow layout is in it, too: rows that only one layout has say which, the parameter `screen`
    chooses, and `usermeta.narrow` holds the measures that go with it (see explore.js).
    """
    rows = list(_rows(picture))
    if narrow:
        rows = _both(rows, list(_rows(narrow)))
    made = {
        **_looking(template(picture.kind == "neighbours", interactive=interactive), rows),
        **_case(picture, interactive=interactive),
        "datasets": {"marks": rows},
        "description": description,
    }
    if cell := made.pop("cell", None):
        made["spec"] = {**made["spec"], **cell}
    if narrow:
        made["usermeta"] = {"narrow": _case(narrow, interactive=interactive)}
    return made


def _both(wide: list[Row], narrow: list[Row]) -> list[Row]:
    """Rows of two layouts in one list, each in its order: what both have stands in it once."""
    keys, others = ([tuple(row.items()) for row in rows] for rows in (wide, narrow))
    in_wide, in_narrow = set(keys), set(others)
    shared = [key for key in others if key in in_wide]
    if shared != [key for key in keys if key in in_narrow]:
        shared, in_narrow = [], set()  # in another order: better twice than wrongly stacked
    done: list[Row] = []
    rest = iter(zip(others, narrow, strict=True))
    for key, row in zip(keys, wide, strict=True):
        if key not in in_narrow:
            done.append({**row, "only": "wide"})
            continue
        for other, own in rest:
            if other == key:
                break
            done.append({**own, "only": "narrow"})
        done.append(row)
    return done + [{**own, "only": "narrow"} for _, own in rest]


def _looking(made: dict[str, Any], rows: Iterable[Row]) -> dict[str, Any]:
    """A template with the looks of these rows in the scales that state them."""
    used = {row["look"] for row in rows}
    looks = {role: look for role, look in LOOKS.items() if role in used}
    facet = "spec" in made
    layers = [
        {**layer, "encoding": {c: _stated(c, e, looks) for c, e in layer["encoding"].items()}}
        for layer in (made["spec"] if facet else made)["layer"]
    ]
    return (
        {**made, "spec": {**made["spec"], "layer": layers}} if facet else made | {"layer": layers}
    )


def _stated(channel: str, encoding: Any, looks: Mapping[str, Look]) -> Any:
    if channel not in RANGES or "domain" not in encoding.get("scale", ()):
        return encoding
    scale = {
        **encoding["scale"],
        "domain": list(looks),
        "range": [RANGES[channel](look) for look in looks.values()],
    }
    return {**encoding, "scale": scale}


def _case(picture: Picture, *, interactive: bool) -> dict[str, Any]:
    """What is of this size: scales and measures."""
    params = {"screen": picture.size, "x_low": picture.x.low, "x_high": picture.x.high,
              "y_low": picture.y.low, "y_high": picture.y.high}  # fmt: skip
    made: dict[str, Any] = {
        "padding": 4 if interactive and picture.kind == "neighbours" else _padding(picture),
        "params": [{"name": name, "value": value} for name, value in params.items()],
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
        which = {"panel": index} if picture.kind == "neighbours" else {}
        for row in chain(_shapes(panel), _words(panel)):
            yield which | row


def _shapes(panel: Panel) -> Iterator[Row]:
    for mark, spans in (("box", panel.boxes), ("rule", panel.rules)):
        for m in spans:
            yield {"look": f"{mark}-{m.role}", "x": m.x, "x2": m.x2, "y": m.y, "y2": m.y2}
    for hair in panel.leaders:
        ends = {"x": hair.x, "x2": hair.x2, "y": hair.y, "y2": hair.y2}
        yield {"look": f"leader-{hair.role}"} | {k: round(v, PIXELS) for k, v in ends.items()}
    for n, band in enumerate(panel.bands):
        x, low, high = _columns(band.points)
        yield {"look": f"band-{band.role}", "run": n, "x": x, "y": high, "y2": low}
    for n, line in enumerate(panel.lines):
        x, y = _columns(line.points)
        yield {"look": f"line-{line.role}", "run": n, "x": x, "y": y}
    for dot in panel.dots:
        yield {"look": f"dot-{dot.role}", "x": dot.x, "y": dot.y}


def _words(panel: Panel) -> Iterator[Row]:
    for label in panel.labels:
        look = f"label-{label.role}"
        weight = "bold" if LOOKS[look].bold else "normal"
        yield {
            "look": look, "x": round(label.x, PIXELS), "y": round(label.y, PIXELS),
            "text": label.text, "align": ALIGN[label.anchor], "weight": weight,
        }  # fmt: skip
    for place, hints in groupby(panel.hints, key=lambda hint: hint.place):
        told = ((h.x, h.y, h.period, h.value, h.note) for h in hints)
        names = ("x", "y", "Period", "Figure", "Note")
        yield {"look": HINT, "Place": place, **dict(zip(names, _columns(told), strict=True))}


def _columns(points: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """What belongs to one run of figures stands in one row, which the template unfolds."""
    return zip(*points, strict=True)
