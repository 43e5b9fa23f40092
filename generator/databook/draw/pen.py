"""The direct pen: a picture as inline SVG, written in a fraction of a millisecond.

Only presentation attributes and classes, so a strict Content-Security-Policy has nothing to
refuse; text is text; the name and description are the picture's own `<title>` and `<desc>`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import Protocol, TypeVar

from databook.draw import style
from databook.draw.picture import Label, Panel, Picture
from databook.draw.style import Look, colour


class Mark(Protocol):
    """Anything that is drawn."""

    @property
    def role(self) -> str:
        """Its role, which decides its look."""
        ...


M = TypeVar("M", bound=Mark)


def svg(picture: Picture, *, name: str, title: str, description: str) -> str:
    """The complete inline element; `name` must be unique within the page."""
    panels = []
    for index, panel in enumerate(picture.panels):
        x, y = picture.corner(index)
        panels.append(f'<g transform="translate({n(x)},{n(y)})">{_panel(panel, picture)}</g>')
    return wrap(picture, "".join(panels), name=name, title=title, description=description)


def wrap(picture: Picture, inside: str, *, name: str, title: str, description: str) -> str:
    """The outer element that both pens share, with its accessible name."""
    key = f"{name}-{picture.size}"
    return (
        f'<svg class="db-{picture.size} c-{picture.kind}" role="img" '
        f'aria-labelledby="{key}-title {key}-desc" xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {n(picture.width)} {n(picture.height)}" '
        f'width="{n(picture.width)}" height="{n(picture.height)}" '
        f'font-family="sans-serif" font-size="{n(style.TEXT)}">'
        f'<title id="{key}-title">{escape(title)}</title>'
        f'<desc id="{key}-desc">{escape(description)}</desc>{inside}</svg>'
    )


def _panel(panel: Panel, picture: Picture) -> str:
    x, y = picture.x.place, picture.y.place
    joined = (
        _groups(panel.boxes, style.BOXES, lambda m: _box(x(m.x), x(m.x2), y(m.y), y(m.y2))),
        _groups(
            panel.bands, style.BANDS, lambda m: _area([(x(a), y(b), y(c)) for a, b, c in m.points])
        ),
        _groups(panel.rules, style.RULES, lambda m: _rule(x(m.x), x(m.x2), y(m.y), y(m.y2))),
        _groups(panel.lines, style.LINES, lambda m: _path([(x(a), y(b)) for a, b in m.points])),
        _groups(panel.leaders, style.LEADERS, lambda m: _rule(m.x, m.x2, m.y, m.y2)),
        _groups(panel.dots, style.DOTS, lambda m: _dot(x(m.x), y(m.y), style.DOTS[m.role].radius)),
        _groups(panel.labels, style.LABELS, _text),
    )
    return "".join(part for parts in joined for part in parts)


def _groups(
    marks: Iterable[M], looks: Mapping[str, Look], draw: Callable[[M], str]
) -> Iterator[str]:
    """Marks in order, those of one role that follow each other under one `<g>` with its look."""
    for role, same in groupby(marks, key=lambda mark: mark.role):
        yield f'<g class="c-{role}"{_attributes(looks[role])}>{"".join(map(draw, same))}</g>'


@lru_cache(maxsize=256)
def _attributes(look: Look) -> str:
    found = [f' fill="{colour(look.fill)}"' if look.fill else ' fill="none"']
    if look.stroke:
        found.append(f' stroke="{colour(look.stroke)}" stroke-width="{n(look.width, 2)}"')
    if look.dash:
        found.append(f' stroke-dasharray="{" ".join(map(n, look.dash))}"')
    if look.opacity < 1:
        found.append(f' opacity="{n(look.opacity, 2)}"')
    if look.bold:
        found.append(' font-weight="bold"')
    return "".join(found)


def _box(x: float, x2: float, y: float, y2: float) -> str:
    left, top = min(x, x2), min(y, y2)
    return f'<rect x="{n(left)}" y="{n(top)}" width="{n(abs(x2 - x))}" height="{n(abs(y2 - y))}"/>'


def _area(points: list[tuple[float, float, float]]) -> str:
    there = "L".join(f"{n(x)},{n(upper)}" for x, _, upper in points)
    back = "L".join(f"{n(x)},{n(lower)}" for x, lower, _ in reversed(points))
    return f'<path d="M{there}L{back}Z"/>'


def _path(points: list[tuple[float, float]]) -> str:
    return f'<path d="M{"L".join(f"{n(x)},{n(y)}" for x, y in points)}"/>'


def _rule(x: float, x2: float, y: float, y2: float) -> str:
    return f'<line x1="{n(x)}" y1="{n(y)}" x2="{n(x2)}" y2="{n(y2)}"/>'


def _dot(x: float, y: float, radius: float) -> str:
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(radius, 2)}"/>'


def _text(label: Label) -> str:
    anchor = "" if label.anchor == "start" else f' text-anchor="{label.anchor}"'
    return (
        f'<text x="{n(label.x)}" y="{n(label.y)}"{anchor}>{escape(label.text, quote=False)}</text>'
    )


def n(value: float, decimals: int = 1) -> str:
    """A number in as few letters as a tenth of a pixel needs."""
    if decimals == 1:  # some five hundred of them are in each picture
        text = f"{value:.1f}"
        text = text[:-2] if text[-1] == "0" else text
        return "0" if text == "-0" else text
    text = f"{value:.{decimals}f}"
    if text.endswith("0"):
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
