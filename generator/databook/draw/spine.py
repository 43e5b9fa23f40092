"""One line of a spine chart: where a place lies among all places, worst at the left.

The country stands in the middle, so that lines under one another share it. All letters are in the
table around the line; the picture has only its text alternative.
"""

from __future__ import annotations

from html import escape

from databook.areas import Mark
from databook.draw.pen import n
from databook.model import Better

WIDTH, HEIGHT, EDGE = 150.0, 20.0, 8.0
MIDDLE = HEIGHT / 2


def svg(mark: Mark, better: Better) -> str:
    """The inline picture. Better lies to the right; where neither way is better, higher does."""
    ends = [mark.value, mark.lowest, mark.highest, *(mark.near or ())]
    ends += [mark.country] if mark.country is not None else []
    sign = -1 if better is Better.LOWER else 1
    low, high = min(sign * v for v in ends), max(sign * v for v in ends)
    centre = (low + high) / 2 if mark.country is None else sign * mark.country
    reach = max(high - centre, centre - low) or 1.0

    def x(value: float) -> float:
        return WIDTH / 2 + (sign * value - centre) / reach * (WIDTH / 2 - EDGE)

    bars = _bar("c-all", x(mark.lowest), x(mark.highest))
    bars += _bar("c-near", *(x(v) for v in mark.near)) if mark.near else ""
    middle = f'<path class="c-mid" d="M{n(WIDTH / 2)},1v{n(HEIGHT - 2)}"/>'
    return (
        f'<svg class="c-spine" role="img" aria-label="{escape(mark.label)}" '
        f'viewBox="0 0 {n(WIDTH)} {n(HEIGHT)}" width="{n(WIDTH)}" height="{n(HEIGHT)}">'
        f"{bars}{middle if mark.country is not None else ''}"
        f'<path class="c-{mark.tone}" d="{_shape(mark.tone, x(mark.value))}"/></svg>'
    )


def _bar(role: str, one: float, other: float) -> str:
    left, right = min(one, other), max(one, other)
    height = 8 if role == "c-all" else 4
    path = f"M{n(left)},{n(MIDDLE - height / 2)}h{n(right - left)}v{height}H{n(left)}z"
    return f'<path class="{role}" d="{path}"/>'


def _shape(tone: str, x: float) -> str:
    """The shape of a status: a disc, a diamond, a square or a ring (whose fill is paper)."""
    match tone:
        case "bad":
            return f"M{n(x)},{n(MIDDLE - 6)}l6,6l-6,6l-6,-6z"
        case "flat":
            return f"M{n(x - 4.5)},{n(MIDDLE - 4.5)}h9v9h-9z"
        case _:
            return f"M{n(x - 5)},{n(MIDDLE)}a5,5 0 1 0 10,0a5,5 0 1 0 -10,0z"
